import { invalid, notFound } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { assertValue, valueSetLabels } from '../../territory/server/api.ts'
import { editProtection, recordProtection } from '../contract/actions.ts'
import { recordTimelineItem } from './api.ts'
import { ofThePerson } from './person-at-hand.ts'
import { insertProtection, lockProtection, updateProtection } from './protection.sql.ts'

interface Coded {
  readonly measure?: string | undefined
  readonly scope?: string | null | undefined
  readonly holderKind?: string | null | undefined
}

async function assertCodes(context: Context, coded: Coded, kept: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const lists = [
    ['persons.protection_measure', 'measure'],
    ['persons.protection_scope', 'scope'],
    ['persons.protection_holder', 'holderKind'],
  ] as const
  for (const [list, field] of lists) {
    const value = coded[field]
    if (value !== null && value !== undefined) await assertValue(context.tx, list, value, kept[field] as string | null | undefined)
  }
}

const assertPeriod = (startsOn: string | null, endsOn: string | null): void => {
  if (startsOn !== null && endsOn !== null && endsOn < startsOn) throw invalid('protection_ends_before_start')
}

async function tell(context: Context, personId: PersonId, id: string, measure: string, title: (label: string) => string): Promise<void> {
  const label = (await valueSetLabels(context.tx, 'persons.protection_measure')).get(measure) ?? 'Mesure de protection'
  await recordTimelineItem(context, { personId, kind: 'protection', title: title(label), source: 'persons', sourceId: id, volet: 'administrative' })
  context.emit({ type: 'persons.protection.changed', personId, volet: 'administrative', payload: { personId, id } })
}

export const recordProtectionHandler = implement(recordProtection, {
  load: ofThePerson,
  run: async (context, input) => {
    await assertCodes(context, input)
    assertPeriod(input.startsOn, input.endsOn)
    await insertProtection(context.tx, { ...input, holderOrg: String(context.actor.serviceId), by: context.actor.userId, at: context.now })
    await tell(context, input.personId, input.id, input.measure, (label) => label)
    return { id: input.id, version: 1 }
  },
})

export const editProtectionHandler = implement(editProtection, {
  load: ofThePerson,
  run: async (context, { id, personId, baseVersion, changes }) => {
    const row = await lockProtection(context.tx, personId, id)
    if (row === undefined) throw notFound('protection_measure')
    await assertCodes(context, changes, row.fields)
    const edited = await mergeEdit(context, row, 'protection_measure', baseVersion, changes)
    if (Object.keys(edited.changes).length === 0) return { id, version: edited.version }
    const after = { ...row.fields, ...edited.changes } as { measure: string; startsOn: string | null; endsOn: string | null }
    assertPeriod(after.startsOn, after.endsOn)
    await updateProtection(context.tx, id, edited.changes, edited.version)
    await tell(context, personId, id, after.measure, (label) => `${label} : mise à jour`)
    return { id, version: edited.version }
  },
})
