import { dayOf } from '../../platform/contract/dates.ts'
import { conflict, notFound } from '../../platform/contract/errors.ts'
import { type Context, type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { assertCommune } from '../../territory/server/api.ts'
import { confirmLocalCard, createLocalCard, editLocalCard, removeLocalCard } from '../contract/actions.ts'
import { plainPhone } from '../contract/phones.ts'
import { deriveLocalEntry, isListed } from './entry.sql.ts'
import { confirmCard, endLocalCard, insertLocalCard, type LocalCard, type LocalCardFields, lockLocalCard, updateLocalCard } from './local-card.sql.ts'

async function cardAt({ tx }: Context, { id }: { readonly id: string }): Promise<LocalCard> {
  const card = await lockLocalCard(tx, id)
  if (card === null) throw notFound('local card')
  return card
}

interface Told {
  readonly communeCode?: string | null | undefined
  readonly phone?: string | null | undefined
  readonly otherPhone?: string | null | undefined
}

/** Telephones as digits, so that whoever calls is found; the commune must exist. */
async function checked<Card extends Told>(tx: Context['tx'], card: Card): Promise<Card> {
  if (card.communeCode != null) await assertCommune(tx, card.communeCode)
  return {
    ...card,
    ...(card.phone == null ? {} : { phone: plainPhone(card.phone) }),
    ...(card.otherPhone == null ? {} : { otherPhone: plainPhone(card.otherPhone) }),
  }
}

export const localCards: readonly Implementation[] = [
  implement(createLocalCard, {
    load: noTarget,
    run: async ({ tx, actor, now, timeZone, emit }, { id, ...card }) => {
      // The id of a professional or of a structure is not free for a card of one's own.
      if (await isListed(tx, id)) throw conflict('id_taken')
      await insertLocalCard(tx, id, await checked(tx, card), actor, now, dayOf(now, timeZone))
      await deriveLocalEntry(tx, id)
      emit({ type: 'directory.localCard.created', payload: { partyId: id } })
      return { partyId: id, version: 1 }
    },
  }),
  implement(editLocalCard, {
    load: cardAt,
    run: async (context, { id, baseVersion, changes }, { serviceId, version, ...fields }) => {
      const record = { id, version, personId: null, volet: 'administrative' as const, holderOrg: null, protection: 'shared', fields: { ...fields } }
      const merged = await mergeEdit(context, record, 'directory.local_card', baseVersion, await checked(context.tx, changes))
      if (merged.version !== version) {
        await updateLocalCard(context.tx, id, { ...fields, ...merged.changes } as LocalCardFields, merged.version, dayOf(context.now, context.timeZone))
        await deriveLocalEntry(context.tx, id)
        context.note({ fields: Object.keys(merged.changes) })
        context.emit({ type: 'directory.localCard.edited', payload: { partyId: id } })
      }
      return { partyId: id, version: merged.version }
    },
  }),
  implement(confirmLocalCard, {
    load: async (context, input) => {
      await cardAt(context, input)
      return null
    },
    run: async ({ tx, now, timeZone }, { id }) => {
      await confirmCard(tx, id, dayOf(now, timeZone))
      return { partyId: id }
    },
  }),
  implement(removeLocalCard, {
    load: cardAt,
    run: async ({ tx, now, emit }, { id }) => {
      await endLocalCard(tx, id, now)
      await deriveLocalEntry(tx, id)
      emit({ type: 'directory.localCard.removed', payload: { partyId: id } })
      return { partyId: id }
    },
  }),
]
