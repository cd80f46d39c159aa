import { dayOf } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { type Context, type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import { decodeCursor, encodeCursor } from '../../platform/server/keyset.ts'
import {
  campaign,
  correctCard,
  editRelation,
  errorReports,
  handleReport,
  ownWords,
  recordExchange,
  removeExchange,
  removeNote,
  reportError,
  withdrawCorrection,
  writeNote,
} from '../contract/own-words.ts'
import { plainPhone } from '../contract/phones.ts'
import { readableName } from '../contract/readable-name.ts'
import { readCampaign, readCampaignChoices } from './campaign.sql.ts'
import {
  endCorrection,
  endWords,
  insertCorrection,
  insertExchange,
  insertNote,
  insertReport,
  listReports,
  markReport,
  readOwnWords,
  serviceKeeping,
  serviceOfReport,
  writeRelation,
} from './own-words.sql.ts'
import { type DirectoryParty, readParties } from './party.sql.ts'

/** Words are kept of whoever the directory shows; who left it is not there any more. */
async function shownParty({ tx }: Context, { partyId }: { readonly partyId: string }): Promise<DirectoryParty> {
  const [party] = await readParties(tx, [partyId as never])
  if (party === undefined) throw notFound('directory party')
  return party
}

const keeping =
  (table: 'own_note' | 'exchange') =>
  async ({ tx }: Context, { id }: { readonly id: string }): Promise<NonNullable<Awaited<ReturnType<typeof serviceKeeping>>>> => {
    const kept = await serviceKeeping(tx, table, id)
    if (kept === null) throw notFound('words of a service')
    return kept
  }

function corrected(field: string, value: string): string {
  if (field !== 'phone' && field !== 'other_phone') return value
  const phone = plainPhone(value)
  if (phone === null || !/^\d{4,10}$/.test(phone)) throw invalid('correction_phone')
  return phone
}

function placeOf(cursor: string | null): readonly [string, string] | null {
  const values = decodeCursor(cursor, 2)
  return values === null ? null : [String(values[0]), String(values[1])]
}

export const ownWordsOfServices: readonly Implementation[] = [
  implement(writeNote, {
    load: async (context, input) => {
      await shownParty(context, input)
      return null
    },
    run: async ({ tx, actor, now }, { id, partyId, words }) => {
      await insertNote(tx, id, partyId, words, actor, now)
      return { id }
    },
  }),
  implement(removeNote, {
    load: keeping('own_note'),
    run: async ({ tx, now }, { id }) => {
      await endWords(tx, 'own_note', id, now)
      return { id }
    },
  }),
  implement(correctCard, {
    load: async (context, input) => {
      await shownParty(context, input)
      return null
    },
    run: async ({ tx, actor, now, emit, note }, { id, partyId, field, value }) => {
      const kept = corrected(field, value)
      await endCorrection(tx, partyId, field, now)
      await insertCorrection(tx, id, partyId, field, kept, actor, now)
      note({ field })
      emit({ type: 'directory.card.corrected', payload: { partyId, field } })
      return { id }
    },
  }),
  implement(withdrawCorrection, {
    load: async (context, input) => {
      await shownParty(context, input)
      return null
    },
    run: async ({ tx, now, emit }, { partyId, field }) => {
      if ((await endCorrection(tx, partyId, field, now)) === 0) throw conflict('correction_gone')
      emit({ type: 'directory.card.corrected', payload: { partyId, field } })
      return { id: partyId }
    },
  }),
  implement(reportError, {
    load: async (context, input) => {
      await shownParty(context, input)
      return null
    },
    run: async (context, { id, partyId, about, words }) => {
      const party = await shownParty(context, { partyId })
      const label = party.kind === 'structure' ? readableName(party.label) : party.label
      await insertReport(context.tx, { id, partyId, label, about, words }, context.actor, context.now)
      context.emit({ type: 'directory.errorReport.sent', payload: { reportId: id } })
      return { id }
    },
  }),
  implement(handleReport, {
    load: async ({ tx }, { id }) => {
      const report = await serviceOfReport(tx, id)
      if (report === null) throw notFound('error report')
      return report
    },
    run: async ({ tx, actor, now, emit }, { id, state, answer }) => {
      await markReport(tx, id, state, answer, actor, now)
      emit({ type: 'directory.errorReport.handled', payload: { reportId: id } })
      return { id }
    },
  }),
  implement(editRelation, {
    load: async (context, input) => {
      await shownParty(context, input)
      return null
    },
    run: async ({ tx, actor, now }, { partyId, baseVersion, ...relation }) => {
      const version = await writeRelation(tx, partyId, baseVersion, { ...relation, tags: [...new Set(relation.tags)] }, actor, now)
      if (version === null) throw conflict('relation_changed')
      return { version }
    },
  }),
  implement(recordExchange, {
    load: async (context, input) => {
      await shownParty(context, input)
      return null
    },
    run: async ({ tx, actor, now, timeZone }, exchange) => {
      if (exchange.happenedOn > dayOf(now, timeZone)) throw invalid('exchange_future')
      await insertExchange(tx, exchange, actor, now)
      return { id: exchange.id }
    },
  }),
  implement(removeExchange, {
    load: keeping('exchange'),
    run: async ({ tx, now }, { id }) => {
      await endWords(tx, 'exchange', id, now)
      return { id }
    },
  }),
  implement(ownWords, {
    load: noTarget,
    run: async (context, { partyId }) => {
      await shownParty(context, { partyId })
      return readOwnWords(context.tx, partyId)
    },
  }),
  implement(errorReports, {
    load: noTarget,
    run: async ({ tx }, { state, limit, cursor }) => {
      const found = await listReports(tx, state, limit, placeOf(cursor))
      const rows = found.rows.slice(0, limit)
      const last = rows.at(-1)
      return { rows, next: found.rows.length > limit && last !== undefined ? encodeCursor([last.reportedAt, last.id]) : null, total: found.total }
    },
  }),
  implement(campaign, {
    load: noTarget,
    run: async ({ tx, now, timeZone }, { cursor, limit, ...filter }) => {
      if ((filter.asked === 'since' || filter.asked === 'notSince') && filter.since === null) throw invalid('campaign_since')
      const found = await readCampaign(tx, { ...filter, limit, after: placeOf(cursor) }, dayOf(now, timeZone))
      const rows = found.rows.slice(0, limit)
      const last = rows.at(-1)
      return {
        rows: rows.map(({ key: _key, ...row }) => row),
        next: found.rows.length > limit && last !== undefined ? encodeCursor([last.key, last.partyId]) : null,
        total: found.total,
        optedOut: found.optedOut,
        ...(cursor === null ? await readCampaignChoices(tx, dayOf(now, timeZone)) : { tags: [], departments: [] }),
      }
    },
  }),
]
