import { circleParties } from '../../care-team/server/api.ts'
import { liveEpisode } from '../../episodes/server/api.ts'
import { silenceTowards } from '../../persons/contract/silences.ts'
import { loadPerson, namesOpenly, recordTimelineItem, samePartyAs, sharingState } from '../../persons/server/api.ts'
import { dayOf, formatDay } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { assertValue } from '../../territory/server/api.ts'
import {
  addCaseDocument,
  addQuestion,
  answerInvitation,
  cancelConference,
  editConference,
  inviteParticipant,
  markPresence,
  planConference,
  recordCaseAgreement,
} from '../contract/actions.ts'
import type { ConferenceId } from '../contract/conference.ts'
import { conferenceKinds } from '../contract/value-sets.ts'
import {
  askGuestsAgain,
  findConference,
  insertConference,
  insertDocument,
  insertParticipant,
  insertQuestion,
  lockParticipant,
  setParticipant,
  updateConference,
} from './conference.sql.ts'
import { answerInAgenda, inviteInAgenda, leaveToTell, placeInAgenda, takeFromAgenda } from './in-agenda.ts'
import { loadConference, ofParticipant, openConference, rowOf, tell } from './load.ts'

/** Refuses whoever must hear nothing or with whom nothing is shared; a card or an account that is not in the circle (nor staff of the DAC) may not be invited by it. */
async function assertMayInvite(context: Context, personId: PersonId, one: { readonly partyId: string | null; readonly name: string }): Promise<void> {
  const { tx } = context
  const sharing = await sharingState(tx, personId)
  const partyIds = one.partyId === null ? [] : await samePartyAs(tx, [one.partyId])
  if (silenceTowards(sharing.silences, { partyIds, name: one.name }) !== null) throw invalid('caseConferences.silence_forbids')
  if (one.partyId === null || one.partyId === context.actor.userId) return
  if (!(await circleParties(tx, personId)).some(({ partyId }) => partyId === one.partyId)) throw invalid('caseConferences.not_in_circle')
}

export const planConferenceImplementation = implement(planConference, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, input) => {
    const { tx, actor, now } = context
    await assertValue(tx, 'case_conferences.kind', input.kind)
    const holderOrg = String(actor.serviceId)
    const episode = await liveEpisode(tx, input.personId, actor.serviceId)
    const animatorId = input.animatorId ?? actor.userId
    await insertConference(tx, { ...input, episodeId: episode?.id ?? null, holderOrg, animatorId, at: now, by: actor.userId })
    const of = { conferenceId: input.id, personId: input.personId, holderOrg }
    // The Fil is read by the whole circle: a structure that protects somebody in danger is not named there.
    const named: string[] = []
    for (const one of input.participants) {
      await assertMayInvite(context, input.personId, one)
      if (await namesOpenly(tx, input.personId, one.partyId)) named.push(one.name)
      if (!(await insertParticipant(tx, of, one))) throw invalid('caseConferences.already_invited')
    }
    await placeInAgenda(context, { ...input, animatorId })
    for (const question of input.questions) await insertQuestion(tx, of, { ...question, byName: actor.displayName })
    await recordTimelineItem(context, {
      personId: input.personId,
      kind: 'case_conference',
      title: `${labelOf(conferenceKinds, input.kind)} prévue le ${formatDay(dayOf(new Date(input.startsAt), context.timeZone))}`,
      summary: named.length === 0 ? null : french(`Invités : ${named.join(', ')}.`),
      source: 'case_conferences',
      sourceId: input.id,
      volet: 'administrative',
    })
    context.emit({
      type: 'caseConferences.conference.planned',
      personId: input.personId,
      volet: 'administrative',
      audience: input.participants.flatMap(({ partyId }) => (partyId === null ? [] : [partyId])),
      payload: { conferenceId: input.id, startsAt: input.startsAt, minutes: input.minutes, animatorId },
    })
    return { id: input.id, version: 1 }
  },
})

const columns: Readonly<Record<string, string>> = {
  startsAt: 'starts_at',
  minutes: 'minutes',
  place: 'place',
  videoUrl: 'video_url',
  animatorId: 'animator_id',
}

/** « 12/01/2027 à 9 h 30 », where the installation is. */
const whenWords = (instant: string, timeZone: string): string => {
  const [hour = '', minute = ''] = new Intl.DateTimeFormat('fr-FR', { timeZone, hour: 'numeric', minute: '2-digit', hourCycle: 'h23' })
    .format(new Date(instant))
    .split(':')
  return `${formatDay(dayOf(new Date(instant), timeZone))} à ${Number(hour)}\u00a0h\u00a0${minute}`
}

/** A line of the Fil about a meeting that moves or is cancelled; it names nobody. */
const writeInFil = (context: Context, row: { readonly personId: PersonId; readonly kind: string }, id: ConferenceId, words: string, because: string) =>
  recordTimelineItem(context, {
    personId: row.personId,
    kind: 'case_conference',
    title: `${labelOf(conferenceKinds, row.kind)} ${words}`,
    summary: because,
    source: 'case_conferences',
    sourceId: id,
    volet: 'administrative',
  })

export const editConferenceImplementation = implement(editConference, {
  load: (context, { id }) => loadConference(context, id),
  run: async (context, { id, baseVersion, because, changes }) => {
    const { tx, timeZone, actor } = context
    const row = await openConference(context, id)
    const wanted = { ...changes, ...(changes.startsAt === undefined ? {} : { startsAt: new Date(changes.startsAt).toISOString().replace('.000Z', 'Z') }) }
    const { startsAt, minutes, place, videoUrl, animatorId } = row
    const merged = await mergeEdit(
      context,
      {
        id,
        version: row.version,
        personId: row.personId,
        volet: 'administrative',
        holderOrg: row.holderOrg,
        protection: 'shared',
        fields: { startsAt, minutes, place, videoUrl, animatorId },
      },
      'case_conferences.conference',
      baseVersion,
      wanted,
    )
    if (merged.version === row.version) return { id, version: row.version }
    const moves = merged.changes.startsAt !== undefined
    if (moves && row.state !== 'planned') throw conflict('caseConferences.already_held')
    const version = await updateConference(tx, id, {
      ...Object.fromEntries(Object.entries(merged.changes).map(([field, value]) => [columns[field] as string, value])),
      ...(moves ? { moved_from: startsAt, moved_because: because } : {}),
    })
    const after = (await findConference(tx, id)) ?? row
    if (row.state === 'planned') await placeInAgenda(context, after)
    if (moves) {
      await askGuestsAgain(tx, id, actor.parties)
      const to = whenWords(after.startsAt, timeZone)
      await writeInFil(context, row, id, `déplacée du ${whenWords(startsAt, timeZone)} au ${to}`, String(because))
      await leaveToTell(context, after, `Concertation déplacée au ${to}`)
    }
    tell(context, row, id, 'changed')
    return { id, version }
  },
})

export const cancelConferenceImplementation = implement(cancelConference, {
  load: (context, { id }) => loadConference(context, id),
  run: async (context, { id, because }) => {
    const row = await openConference(context, id)
    if (row.state !== 'planned') throw conflict('caseConferences.already_held')
    const version = await updateConference(context.tx, id, { state: 'cancelled', cancelled_because: because })
    const on = whenWords(row.startsAt, context.timeZone)
    await leaveToTell(context, row, `Concertation du ${on} annulée`)
    await takeFromAgenda(context, id, because)
    await writeInFil(context, row, id, `du ${on} annulée`, because)
    tell(context, row, id, 'cancelled')
    return { id, version }
  },
})

export const inviteParticipantImplementation = implement(inviteParticipant, {
  load: (context, { conferenceId }) => loadConference(context, conferenceId),
  run: async (context, { conferenceId, ...one }) => {
    const row = await openConference(context, conferenceId)
    await assertMayInvite(context, row.personId, one)
    if (!(await insertParticipant(context.tx, rowOf(row), one))) throw invalid('caseConferences.already_invited')
    if (row.state === 'planned') await inviteInAgenda(context, conferenceId, { partyId: one.partyId, name: one.name, words: one.role })
    tell(context, row, conferenceId, 'changed')
    return { id: one.id, version: 1 }
  },
})

export const answerInvitationImplementation = implement(answerInvitation, {
  load: (context, { id }) => ofParticipant(context, id),
  run: async (context, { id, state, words }, target) => {
    const row = await openConference(context, target.id)
    if (row.state !== 'planned') throw conflict('caseConferences.already_held')
    const version = await setParticipant(context.tx, id, state, words, context.now)
    await answerInAgenda(context, target.id, (target as { readonly partyId?: string | null }).partyId ?? null, state)
    tell(context, row, target.id, 'changed')
    return { id, version }
  },
})

export const markPresenceImplementation = implement(markPresence, {
  load: (context, { id }) => ofParticipant(context, id),
  run: async (context, { id, state }, target) => {
    const row = await openConference(context, target.id)
    const participant = await lockParticipant(context.tx, id)
    if (participant === undefined) throw notFound('participant')
    const version = await setParticipant(context.tx, id, state, null, context.now)
    // « Excusée » is told days before: the meeting is held once somebody is there, or once its hour has come.
    const begun = state === 'present' || new Date(row.startsAt) <= context.now
    if (row.state === 'planned' && begun) await updateConference(context.tx, target.id, { state: 'held', held_at: context.now })
    tell(context, row, target.id, 'changed')
    return { id, version }
  },
})

export const addQuestionImplementation = implement(addQuestion, {
  load: (context, { conferenceId }) => loadConference(context, conferenceId),
  run: async (context, { conferenceId, id, words, volet }) => {
    const row = await openConference(context, conferenceId)
    await insertQuestion(context.tx, rowOf(row), { id, words, volet, byName: context.actor.displayName })
    tell(context, row, conferenceId, 'changed')
    return { id, version: 1 }
  },
})

export const addCaseDocumentImplementation = implement(addCaseDocument, {
  load: (context, { conferenceId }) => loadConference(context, conferenceId),
  run: async (context, { conferenceId, ...document }) => {
    const row = await openConference(context, conferenceId)
    await insertDocument(context.tx, rowOf(row), { ...document, byName: context.actor.displayName, at: context.now })
    tell(context, row, conferenceId, 'changed')
    return { id: document.id }
  },
})

export const recordCaseAgreementImplementation = implement(recordCaseAgreement, {
  load: (context, { id }) => loadConference(context, id),
  run: async (context, { id, agreement, on, mode, words }) => {
    const row = await openConference(context, id)
    await assertValue(context.tx, 'case_conferences.answer_mode', mode)
    const version = await updateConference(context.tx, id, {
      agreement,
      agreement_on: on,
      agreement_mode: mode,
      agreement_words: words,
      agreement_by_name: context.actor.displayName,
    })
    tell(context, row, id, 'changed')
    return { id, version }
  },
})
