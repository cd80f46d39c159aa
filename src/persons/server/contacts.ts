import { invalid, notFound } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { assertValue } from '../../territory/server/api.ts'
import { addContact, editContact } from '../contract/actions.ts'
import { parsePhone } from '../contract/phones.ts'
import { insertContact, lockContact, lockPreferredContact, updateContact } from './contact.sql.ts'
import { ofThePerson } from './person-at-hand.ts'

const byPhone = new Set(['mobile', 'home_phone', 'work_phone', 'institution_phone'])
const email = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}$/

/** The value as it is kept: a telephone as its digits, an e-mail in lower case; refuses what cannot be dialled or sent to. */
function keptValue(kind: string, typed: string, field: string): string {
  if (byPhone.has(kind)) {
    const parsed = parsePhone(typed)
    if (!parsed.ok) throw invalid('input_invalid', { count: 1 }, { fields: { [field]: parsed.message } })
    return parsed.phone.value
  }
  if (kind !== 'email') return typed
  if (!email.test(typed))
    throw invalid('input_invalid', { count: 1 }, { fields: { [field]: 'Adresse non comprise. Écrivez-la comme nom@exemple.fr. Votre saisie est gardée.' } })
  return typed.toLowerCase()
}

/** One preferred way at a time: the former one yields, with its history. */
async function yieldPreference(context: Context, personId: PersonId, to: string): Promise<void> {
  const former = await lockPreferredContact(context.tx, personId, to)
  if (former === undefined) return
  const { version } = await mergeEdit(context, former, 'contact_point', former.version, { preferred: false })
  await updateContact(context.tx, former.id, { preferred: false }, version, context.now)
}

const tell = (context: Context, personId: PersonId): void =>
  context.emit({ type: 'persons.contact.changed', personId, volet: 'administrative', payload: { personId } })

export const addContactHandler = implement(addContact, {
  load: ofThePerson,
  run: async (context, { id, personId, kind, value, label, preferred }) => {
    await assertValue(context.tx, 'persons.contact_kind', kind)
    const kept = keptValue(kind, value, 'value')
    if (preferred) await yieldPreference(context, personId, id)
    await insertContact(context.tx, { id, personId, kind, value: kept, label, preferred, holderOrg: String(context.actor.serviceId) })
    tell(context, personId)
    return { id, version: 1 }
  },
})

export const editContactHandler = implement(editContact, {
  load: ofThePerson,
  run: async (context, { id, personId, baseVersion, changes }) => {
    const row = await lockContact(context.tx, personId, id)
    if (row === undefined) throw notFound('contact_point')
    const kind = changes.kind ?? String(row.fields.kind)
    if (changes.kind !== undefined) await assertValue(context.tx, 'persons.contact_kind', changes.kind, String(row.fields.kind))
    const value =
      changes.value === undefined && changes.kind === undefined ? undefined : keptValue(kind, changes.value ?? String(row.fields.value), 'changes.value')
    const edited = await mergeEdit(context, row, 'contact_point', baseVersion, { ...changes, value })
    if (edited.changes.preferred === true) await yieldPreference(context, personId, id)
    if (Object.keys(edited.changes).length > 0) {
      await updateContact(context.tx, id, edited.changes, edited.version, context.now)
      tell(context, personId)
    }
    return { id, version: edited.version }
  },
})
