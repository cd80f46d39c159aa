import { addPlanActionFor } from '../../care-plans/server/api.ts'
import { addTaskFor } from '../../episodes/server/api.ts'
import { assertMayTell, assertSharingAllowed, namesOpenly, recordTimelineItem } from '../../persons/server/api.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { assertValue } from '../../territory/server/api.ts'
import {
  addBlock,
  addCaseDecision,
  answerCaseDecision,
  decisionToPlan,
  decisionToTask,
  handDecisionTo,
  removeCaseDecision,
  signMinutes,
  takeBlock,
  writeBlock,
  writeToActor,
} from '../contract/actions.ts'
import { type BlockId, blockHeldFor, type CaseDecisionId } from '../contract/conference.ts'
import { conferenceKinds } from '../contract/value-sets.ts'
import { countPresent, findConference, insertBlock, updateConference } from './conference.sql.ts'
import { loadConference, ofBlock, ofDecision, openConference, rowOf, tell } from './load.ts'
import { type BlockRow, type DecisionRow, heldByAnother, holdBlock, insertDecision, lockBlock, lockDecision, saveBlock, updateDecision } from './minutes.sql.ts'
import { voletsOpenTo } from './send-minutes.ts'

async function blockAtHand(context: Context, id: BlockId): Promise<BlockRow> {
  const block = await lockBlock(context.tx, id, context.now)
  if (block === undefined) throw notFound('block')
  return block
}

async function decisionAtHand(context: Context, id: CaseDecisionId): Promise<DecisionRow> {
  const decision = await lockDecision(context.tx, id)
  if (decision === undefined || decision.removed) throw notFound('decision')
  return decision
}

/** How an answer to a decision is called in the PPCS. */
const planMode: Readonly<Record<string, string>> = { online: 'online', phone: 'phone', written: 'paper' }

const heldUntil = ({ now }: Context): Date => new Date(now.getTime() + blockHeldFor * 1000)

/** The pen of one passage: taken when it is free, kept by whoever holds it. */
export const takeBlockImplementation = implement(takeBlock, {
  load: (context, { id }) => ofBlock(context, id),
  run: async (context, { id }, target) => {
    const row = await openConference(context, target.id)
    const block = await blockAtHand(context, id)
    const { actor } = context
    if (block.held && block.editorId !== actor.userId) throw conflict('caseConferences.block_taken')
    const until = heldUntil(context)
    await holdBlock(context.tx, id, actor.userId, actor.displayName, until)
    if (!block.held) tell(context, row, target.id, 'penTaken')
    return { id, version: block.version, until: until.toISOString() }
  },
})

export const writeBlockImplementation = implement(writeBlock, {
  load: (context, { id }) => ofBlock(context, id),
  run: async (context, { id, baseVersion, body, release }, target) => {
    const row = await openConference(context, target.id)
    const block = await blockAtHand(context, id)
    const { actor, now } = context
    if (block.held && block.editorId !== actor.userId) throw conflict('caseConferences.block_taken')
    // A pen that ended by itself is taken up again by its last holder as long as nobody else wrote: the version says it.
    const { version } = await mergeEdit(
      context,
      {
        id,
        version: block.version,
        personId: block.personId,
        volet: block.volet,
        holderOrg: block.holderOrg,
        protection: 'shared',
        fields: { body: block.body },
      },
      'case_conferences.block',
      baseVersion,
      { body },
    )
    await saveBlock(context.tx, id, { body, version, at: now, by: actor.userId, byName: actor.displayName, until: release ? null : heldUntil(context) })
    context.emit({ type: 'caseConferences.block.written', personId: row.personId, volet: block.volet, payload: { conferenceId: target.id, blockId: id } })
    if (release) tell(context, row, target.id, 'penGiven')
    return { id, version }
  },
})

export const addBlockImplementation = implement(addBlock, {
  load: (context, { conferenceId }) => loadConference(context, conferenceId),
  run: async (context, { id, conferenceId, heading, volet }) => {
    const row = await openConference(context, conferenceId)
    await insertBlock(context.tx, rowOf(row), { id, questionId: null, heading, volet })
    tell(context, row, conferenceId, 'changed')
    return { id, version: 1 }
  },
})

/** Nothing is confided to somebody to whom the person wants nothing said, or with whom she shares nothing. */
const assertMayConfide = ({ tx }: Context, personId: PersonId, partyId: string | null, name: string): Promise<void> =>
  assertMayTell(tx, personId, { partyIds: partyId === null ? [] : [partyId], name })

export const addCaseDecisionImplementation = implement(addCaseDecision, {
  load: (context, { conferenceId }) => loadConference(context, conferenceId),
  run: async (context, { conferenceId, ...decision }) => {
    const row = await openConference(context, conferenceId)
    await assertMayConfide(context, row.personId, decision.actorPartyId, decision.actorName)
    await insertDecision(context.tx, rowOf(row), { ...decision, at: context.now, by: context.actor.userId })
    tell(context, row, conferenceId, 'changed')
    return { id: decision.id, version: 1 }
  },
})

/** An answer may come after the minutes are signed: the actor who was absent says yes or no in her own time. */
export const answerCaseDecisionImplementation = implement(answerCaseDecision, {
  load: (context, { id }) => ofDecision(context, id),
  run: async (context, { id, baseVersion, answer, mode, words }, target) => {
    const decision = await decisionAtHand(context, id)
    if (decision.planActionId !== null || decision.taskId !== null) throw conflict('caseConferences.decision_used')
    await assertValue(context.tx, 'case_conferences.answer_mode', mode)
    const { actor, now, timeZone } = context
    const { version } = await mergeEdit(
      context,
      {
        id,
        version: decision.version,
        personId: decision.personId,
        volet: decision.volet,
        holderOrg: decision.holderOrg,
        protection: 'shared',
        fields: { answer: decision.answer, answerMode: decision.answerMode, answerWords: decision.answerWords },
      },
      'case_conferences.decision',
      baseVersion,
      { answer, answerMode: mode, answerWords: words },
    )
    const hers = decision.partyId !== null && (actor.parties as readonly string[]).includes(decision.partyId)
    await updateDecision(context.tx, id, version, {
      answer,
      answered_on: dayOf(now, timeZone),
      answer_mode: mode,
      answer_words: words,
      answer_noted_by_name: hers ? null : actor.displayName,
    })
    context.emit({
      type: 'caseConferences.decision.answered',
      personId: target.personId,
      volet: decision.volet,
      audience: [target.animatorId],
      payload: { conferenceId: target.id, decisionId: id, answer },
    })
    return { id, version }
  },
})

/** What was decided together is signed as it was: afterwards, another actor is another decision. */
export const handDecisionToImplementation = implement(handDecisionTo, {
  load: (context, { id }) => ofDecision(context, id),
  run: async (context, { id, baseVersion, actorPartyId, actorName, actorRole }, target) => {
    const { tx } = context
    const row = await findConference(tx, target.id, { lock: true })
    if (row === undefined) throw notFound('conference')
    if (row.state === 'cancelled') throw conflict('caseConferences.cancelled')
    if (row.state === 'signed') throw conflict('caseConferences.decided_when_signed')
    const decision = await decisionAtHand(context, id)
    if (decision.planActionId !== null || decision.taskId !== null) throw conflict('caseConferences.decision_used')
    await assertMayConfide(context, row.personId, actorPartyId, actorName)
    const openly = (await namesOpenly(tx, row.personId, decision.partyId)) && (await namesOpenly(tx, row.personId, actorPartyId))
    const { version } = await mergeEdit(
      context,
      {
        id,
        version: decision.version,
        personId: decision.personId,
        volet: decision.volet,
        holderOrg: decision.holderOrg,
        protection: openly ? 'shared' : 'org_private',
        fields: {
          actorPartyId: decision.partyId,
          actorName: decision.actorName,
          actorRole: decision.actorRole,
          answer: decision.answer,
          answerMode: decision.answerMode,
          answerWords: decision.answerWords,
        },
      },
      'case_conferences.decision',
      baseVersion,
      { actorPartyId, actorName, actorRole, answer: null, answerMode: null, answerWords: null },
    )
    if (version === decision.version) return { id, version }
    await updateDecision(tx, id, version, {
      actor_party_id: actorPartyId,
      actor_name: actorName,
      actor_role: actorRole,
      answer: null,
      answered_on: null,
      answer_mode: null,
      answer_words: null,
      answer_noted_by_name: null,
    })
    tell(context, row, target.id, 'changed')
    return { id, version }
  },
})

export const removeCaseDecisionImplementation = implement(removeCaseDecision, {
  load: (context, { id }) => ofDecision(context, id),
  run: async (context, { id }, target) => {
    await openConference(context, target.id)
    const decision = await decisionAtHand(context, id)
    if (decision.planActionId !== null || decision.taskId !== null) throw conflict('caseConferences.decision_used')
    await updateDecision(context.tx, id, decision.version + 1, { removed_at: context.now })
    tell(context, target, target.id, 'changed')
    return { id, version: decision.version + 1 }
  },
})

/** What becomes an action or a task: accepted by its actor (R100), not refused by the person, not used yet. */
async function decisionToUse(context: Context, id: CaseDecisionId): Promise<DecisionRow> {
  const decision = await decisionAtHand(context, id)
  if (decision.planActionId !== null || decision.taskId !== null) throw conflict('caseConferences.decision_used')
  if (decision.answer === 'refused') throw conflict('caseConferences.decision_refused')
  const row = await findConference(context.tx, decision.conferenceId, { lock: true })
  if (row === undefined) throw notFound('conference')
  if (row.state === 'cancelled') throw conflict('caseConferences.cancelled')
  if (row.agreement === 'refused') throw conflict('caseConferences.agreement_refused')
  if (row.agreement === 'not_asked') throw conflict('caseConferences.agreement_missing')
  // What she said of this professional since it was decided holds.
  await assertMayConfide(context, row.personId, decision.partyId, decision.actorName)
  return decision
}

export const decisionToPlanImplementation = implement(decisionToPlan, {
  load: (context, { id }) => ofDecision(context, id),
  run: async (context, { id, objectiveId, actionId }, target) => {
    const decision = await decisionToUse(context, id)
    // The PPCS is read by the whole circle: around somebody in danger, a structure that protects is not named there, nor found by its card.
    const openly = await namesOpenly(context.tx, decision.personId, decision.partyId)
    await addPlanActionFor(context, {
      objectiveId,
      id: actionId,
      personId: decision.personId,
      title: decision.words,
      volet: decision.volet,
      actorPartyId: openly ? decision.partyId : null,
      actorName: openly ? decision.actorName : 'Un intervenant que le DAC connaît',
      actorRole: openly ? decision.actorRole : null,
      dueOn: decision.dueOn,
      answer: decision.answer === 'accepted' ? { mode: planMode[decision.answerMode ?? ''] ?? 'oral', words: decision.answerWords } : null,
    })
    await updateDecision(context.tx, id, decision.version + 1, { plan_action_id: actionId })
    tell(context, target, target.id, 'changed')
    return { id, version: decision.version + 1, actionId }
  },
})

export const decisionToTaskImplementation = implement(decisionToTask, {
  load: (context, { id }) => ofDecision(context, id),
  run: async (context, { id, assigneeId }, target) => {
    const decision = await decisionToUse(context, id)
    const taskId = await addTaskFor(context, {
      personId: decision.personId,
      kind: 'follow_action',
      title: decision.words.slice(0, 160),
      dueOn: decision.dueOn as never,
      assigneeId: assigneeId ?? context.actor.userId,
      source: 'case_conferences.decision',
      sourceId: id,
      volet: decision.volet,
    })
    await updateDecision(context.tx, id, decision.version + 1, { task_id: taskId })
    tell(context, target, target.id, 'changed')
    return { id, version: decision.version + 1, taskId }
  },
})

/** Noted when it is printed: a letter leaves the software, so the wishes of the person are asked as before any sending. */
export const writeToActorImplementation = implement(writeToActor, {
  load: (context, { id }) => ofDecision(context, id),
  run: async (context, { id }, target) => {
    const { tx, actor, now, timeZone } = context
    const decision = await decisionAtHand(context, id)
    if (decision.answer !== null) throw conflict('caseConferences.decision_answered')
    const row = await findConference(tx, decision.conferenceId, { lock: true })
    if (row === undefined) throw notFound('conference')
    if (row.state === 'cancelled') throw conflict('caseConferences.cancelled')
    if (row.agreement === 'refused') throw conflict('caseConferences.agreement_refused')
    await assertSharingAllowed(tx, decision.personId)
    await assertMayTell(tx, decision.personId, { partyIds: decision.partyId === null ? [] : [decision.partyId], name: decision.actorName }, decision.words)
    if (!(await voletsOpenTo(tx, decision.personId, { partyId: decision.partyId, name: decision.actorName })).includes(decision.volet))
      throw invalid('caseConferences.letter_volet_closed')
    await updateDecision(tx, id, decision.version + 1, { letter_on: dayOf(now, timeZone), letter_by_name: actor.displayName })
    tell(context, target, target.id, 'changed')
    return { id, version: decision.version + 1 }
  },
})

export const signMinutesImplementation = implement(signMinutes, {
  load: (context, { id }) => loadConference(context, id),
  run: async (context, { id, baseVersion }) => {
    const { tx, actor, now } = context
    const row = await openConference(context, id)
    if (row.state !== 'held') throw conflict('caseConferences.not_held')
    if (row.version !== baseVersion) throw conflict('stale_version')
    if ((await countPresent(tx, id)) === 0) throw conflict('caseConferences.nobody_present')
    if (row.agreement === 'not_asked') throw conflict('caseConferences.agreement_missing')
    if (await heldByAnother(tx, id, actor.userId, now)) throw conflict('caseConferences.being_written')
    const version = await updateConference(tx, id, { state: 'signed', signed_at: now, signed_by: actor.userId, signed_by_name: actor.displayName })
    await recordTimelineItem(context, {
      personId: row.personId,
      kind: 'case_conference',
      title: french(`Compte rendu signé : ${labelOf(conferenceKinds, row.kind)}`),
      source: 'case_conferences',
      sourceId: id,
      volet: 'administrative',
    })
    tell(context, row, id, 'signed')
    return { id, version }
  },
})
