import type { TriageDecision } from '../../episodes/contract/value-sets.ts'
import { openEpisode } from '../../episodes/server/api.ts'
import type { InputOf } from '../../platform/contract/action.ts'
import { invalid } from '../../platform/contract/errors.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { type AnswerId, noFollowUpCode } from '../contract/sollicitation.ts'
import { decideTriage } from '../contract/triage.ts'
import { assertColleague } from './assign-request.ts'
import { closing } from './close.ts'
import { assertCodes } from './coded.ts'
import { giveAnswers } from './give-answers.ts'
import { passOn } from './pass-on.ts'
import { reorient } from './reorient.ts'
import { type RequestChange, type RequestRow, updateRequest } from './request.sql.ts'
import { assertNotBlocked, holdRequest, loadParent, recordStep } from './request-at-hand.ts'
import { insertDecision } from './triage.sql.ts'

type Input = InputOf<typeof decideTriage>
interface Effect {
  readonly change: RequestChange
  readonly episodeId?: string
  readonly transferTo?: Input['dacId']
}

/** The answer (indicator 3) that a level of accompaniment is. */
const answerOfLevel = { brief: 'B4', sustained: 'B7', intensive: 'B8' } as const

/** What each decision does, in the same transaction as its record. */
const effects: Readonly<Record<TriageDecision, (context: Context, request: RequestRow, input: Input) => Promise<Effect>>> = {
  accompany: async (context, request, { opening }) => {
    assertNotBlocked('take_charge', request)
    if (opening === null) throw invalid('triage_episode_missing')
    if (request.personId === null) throw invalid('person_not_linked')
    const { episodeId } = await openEpisode(context, { ...opening, personId: request.personId, requestId: request.id })
    const answered = await giveAnswers(context, request, [answer(answerOfLevel[opening.level])], { lead: true, again: true })
    return { change: { ...answered, ...(await closing(context, request)), episode_id: episodeId }, episodeId }
  },
  evaluate_first: async (context, request, { givenTo }) => {
    assertNotBlocked('take_charge', request)
    return { change: { ...(await giveAnswers(context, request, [answer('B5')], { again: true })), ...(await given(context, request, givenTo)) } }
  },
  brief_support: async (context, request, { givenTo }) => {
    assertNotBlocked('take_charge', request)
    return { change: { ...(await giveAnswers(context, request, [answer('B4')], { lead: true, again: true })), ...(await given(context, request, givenTo)) } }
  },
  reorient: async (context, request, { reorientation }) => {
    if (reorientation === null) throw invalid('reorientation_name_missing')
    const answered = await reorient(context, request, { ...reorientation, socialOutcome: null }, { lead: true })
    return { change: { ...answered, ...(await closing(context, request)) } }
  },
  exclusively_social: async (context, request, { reorientation }) => {
    if (reorientation === null) throw invalid('reorientation_name_missing')
    const answered = await reorient(context, request, { ...reorientation, socialOutcome: reorientation.socialOutcome ?? 'relayed' }, { lead: true })
    return { change: { ...answered, ...(await closing(context, request)) } }
  },
  other_dac: async (_context, _request, { dacId }) => {
    if (dacId === null) throw invalid('transfer_to_dac_only')
    return { change: {}, transferTo: dacId }
  },
  ask_more: async () => ({ change: {} }),
  no_follow_up: async (context, request, { noFollowUpReason }) => {
    const answered = await giveAnswers(context, request, [{ code: noFollowUpCode, text: null, noFollowUpReason }], { lead: true })
    return { change: { ...answered, ...(await closing(context, request)) } }
  },
}

const answer = (code: string): { code: string; text: null; noFollowUpReason: null; id?: AnswerId } => ({ code, text: null, noFollowUpReason: null })

/** Back from the commission, in the hands of whoever goes and sees, or of nobody yet. */
async function given(context: Context, request: RequestRow, to: Input['givenTo']): Promise<RequestChange> {
  if (to === null) return { status: 'in_progress', triage_since: null }
  await assertColleague(context, request.holderOrg, to)
  return { status: 'in_progress', triage_since: null, assigned_to: to, assigned_at: context.now }
}

export const decideTriageHandler = implement(decideTriage, {
  load: loadParent,
  run: async (context, input) => {
    const { tx, actor, now } = context
    const request = await holdRequest(context, input.sollicitationId)
    if (request.status !== 'triage') throw invalid('triage_not_listed')
    await assertCodes(tx, [['episodes.triage_decision', input.decision]])
    const effect = await effects[input.decision as TriageDecision](context, request, input)
    const { opening } = input
    await insertDecision(tx, {
      id: input.id,
      sollicitationId: request.id,
      decision: input.decision,
      dacReasons: opening?.grounds ?? [],
      level: opening?.level ?? null,
      referentId: opening?.referentId ?? input.givenTo,
      deputyId: opening?.binomeId ?? null,
      comment: input.comment ?? opening?.groundWords ?? null,
      nextStep: opening?.nextStep?.title ?? null,
      nextStepOn: opening?.nextStep?.dueOn ?? null,
      participants: input.participants,
      decidedAt: now,
      decidedBy: actor.userId,
      decidedByName: actor.displayName,
      episodeId: effect.episodeId ?? null,
    })
    await updateRequest(tx, request.id, effect.change)
    await recordStep(context, 'intake.triage.decided', request)
    if (effect.transferTo) await passOn(context, request, effect.transferTo, input.comment ?? 'Décision de la commission d’orientation')
    context.note({ decision: input.decision, episode: effect.episodeId !== undefined })
    return { id: input.id, sollicitationId: request.id, episodeId: effect.episodeId ?? null }
  },
})
