import { dayOf, formatDay } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { type Context, implement, noTarget } from '../../platform/server/implement.ts'
import { assertValue, valueSetLabels } from '../../territory/server/api.ts'
import { handNotice, noticeLetter, noticesToHand, type PersonNoticeId, personNotices, recordNoticeWish, withholdNotice } from '../contract/notice-actions.ts'
import { isRepresented, noticeWords } from '../contract/person-notices.ts'
import { assertMayTell, personNames } from './api.ts'
import { ofThePerson, today } from './person-at-hand.ts'
import {
  type HerFacts,
  insertNoticeWish,
  type NoticeAtHand,
  selectNotice,
  selectNoticesToHand,
  selectPersonNotices,
  settleNotice,
} from './person-notice.sql.ts'

const reasonList = 'persons.exceptional_access_reason'
const withheldList = 'persons.notice_withheld_reason'

const represented = ({ minor, measures }: HerFacts): boolean => minor || isRepresented(measures)
const representatives = ({ measures }: HerFacts): string[] => [
  ...new Set(measures.filter((one) => isRepresented([one])).flatMap(({ name }) => (name === null ? [] : [name]))),
]

/** A notice that waits for somebody, or that was sent: Mon espace santé may give back what it could not deliver. */
async function toSettle({ tx }: Context, personId: PersonId, id: PersonNoticeId): Promise<NoticeAtHand> {
  const notice = await selectNotice(tx, personId, id, true)
  if (notice === undefined) throw notFound('person_notice')
  if (notice.state !== 'to_hand' && notice.state !== 'sent') throw conflict('person_notice_settled')
  if (notice.deceased) throw conflict('person_notice_deceased')
  return notice
}

function tell(context: Context, personId: PersonId, id: string): void {
  context.emit({ type: 'persons.personNotice.changed', audience: [String(context.actor.serviceId)], payload: { id, personId } })
}

export const handNoticeHandler = implement(handNotice, {
  load: ofThePerson,
  run: async (context, input) => {
    const { tx, actor, now } = context
    const notice = await toSettle(context, input.personId, input.id)
    if (input.on > today(context) || input.on < dayOf(notice.happenedAt, context.timeZone))
      throw invalid('input_invalid', { count: 1 }, { fields: { on: 'Entre l’ouverture du dossier et aujourd’hui. Votre saisie est gardée.' } })
    if (input.to === 'representative') {
      if (!represented(notice)) throw invalid('person_notice_no_representative')
      if (input.toName === null) throw invalid('input_invalid', { count: 1 }, { fields: { toName: 'À qui ? Votre saisie est gardée.' } })
      await assertMayTell(tx, input.personId, { partyIds: [], name: input.toName })
    }
    if (input.way === 'post' && notice.atRisk && (input.words?.length ?? 0) < 10) throw invalid('person_notice_post_at_risk')
    await settleNotice(tx, {
      id: input.id,
      state: 'handed',
      way: input.way,
      givenTo: input.to,
      givenToName: input.to === 'person' ? null : input.toName,
      on: input.on,
      at: now,
      by: actor.userId,
      byName: actor.displayName,
      reason: null,
      words: input.words,
    })
    tell(context, input.personId, input.id)
    context.note({ way: input.way, to: input.to })
    return { id: input.id }
  },
})

export const withholdNoticeHandler = implement(withholdNotice, {
  load: ofThePerson,
  run: async (context, { id, personId, reason, words }) => {
    await assertValue(context.tx, withheldList, reason)
    const notice = await toSettle(context, personId, id)
    if (notice.state === 'sent') throw conflict('person_notice_settled')
    await settleNotice(context.tx, {
      id,
      state: 'withheld',
      way: null,
      givenTo: null,
      givenToName: null,
      on: today(context),
      at: context.now,
      by: context.actor.userId,
      byName: context.actor.displayName,
      reason,
      words,
    })
    tell(context, personId, id)
    context.note({ reason })
    return { id }
  },
})

export const recordNoticeWishHandler = implement(recordNoticeWish, {
  load: ofThePerson,
  run: async (context, input) => {
    const { tx, actor, now } = context
    if (input.saidOn > today(context))
      throw invalid('input_invalid', { count: 1 }, { fields: { saidOn: 'Ce jour n’est pas encore venu. Votre saisie est gardée.' } })
    await assertValue(tx, 'persons.information_mode', input.mode)
    await assertValue(tx, 'persons.right_exercised_by', input.givenBy)
    await insertNoticeWish(tx, { ...input, at: now, by: actor.userId, byName: actor.displayName, holderOrg: String(actor.serviceId) })
    tell(context, input.personId, input.id)
    context.note({ wish: input.wish })
    return { id: input.id }
  },
})

/** The label of why the file was opened. */
async function withLabels<Row extends { readonly reason: string | null }>(
  { tx }: Context,
  rows: readonly Row[],
): Promise<(Omit<Row, 'reason'> & { reasonLabel: string })[]> {
  const labels = await valueSetLabels(tx, reasonList)
  return rows.map(({ reason, ...row }) => ({ ...row, reasonLabel: labels.get(reason ?? '') ?? '' }))
}

export const personNoticesHandler = implement(personNotices, {
  load: ofThePerson,
  run: async (context, { personId }) => {
    const hers = await selectPersonNotices(context.tx, personId)
    const { wish, atRisk, deceased } = hers
    return { rows: await withLabels(context, hers.rows), wish, atRisk, deceased, represented: represented(hers), representatives: representatives(hers) }
  },
})

export const noticesToHandHandler = implement(noticesToHand, {
  load: noTarget,
  run: async (context, { limit }) => {
    const rows = await selectNoticesToHand(context.tx, limit)
    const labelled = await withLabels(context, rows)
    return {
      rows: labelled.map(({ minor, measures, deceased, atRisk, total: _total, ...row }) => {
        const hers = { minor, measures, deceased, atRisk }
        return { ...row, represented: represented(hers), representatives: representatives(hers) }
      }),
      total: rows[0]?.total ?? 0,
    }
  },
})

export const noticeLetterHandler = implement(noticeLetter, {
  load: ofThePerson,
  run: async (context, { id, personId }) => {
    const { tx, timeZone, actor } = context
    const notice = await selectNotice(tx, personId, id, false)
    const person = (await personNames(tx, [personId])).get(personId)
    if (notice === undefined || person === undefined) throw notFound('person_notice')
    if (notice.deceased) throw conflict('person_notice_deceased')
    const lines = [...(notice.address?.split('\n') ?? []), notice.commune].filter((line): line is string => line !== null && line.trim() !== '')
    return {
      person,
      ...noticeWords({
        kind: notice.kind,
        on: formatDay(dayOf(notice.happenedAt, timeZone)),
        service: notice.service ?? { name: actor.serviceName, phone: null },
      }),
      address: notice.hidesAddress || notice.atRisk || notice.address === null ? null : lines,
      representatives: representatives(notice),
      serviceName: actor.serviceName,
    }
  },
})
