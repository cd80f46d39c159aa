import { finishTasksOf, leaveTask } from '../../episodes/server/api.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { french } from '../../platform/contract/typography.ts'
import { asSystem, type Database } from '../../platform/server/db.ts'
import type { Subscriber } from '../../platform/server/subscribers.ts'
import type { Job } from '../../platform/server/worker.ts'
import { relaunchRule, relaunchSource, selectPointlessRelaunches, selectUnanswered } from './relaunch.sql.ts'

/** Leaves a task for each decision that waits too long, by the rule of the region. Gives how many; run twice, it finds them relaunched. */
export async function relaunchDecisions(db: Database, now: Date): Promise<number> {
  return asSystem(db, 'decisions without an answer', async (tx) => {
    const waiting = await selectUnanswered(tx, await relaunchRule(tx), now)
    for (const one of waiting)
      await leaveTask(tx, {
        personId: one.personId,
        holderOrg: one.holderOrg,
        kind: 'follow_action',
        title: `Relancer ${one.actorName}\u00a0: ${one.words}`.slice(0, 160),
        details: french(`Sans réponse depuis le ${formatDay(one.since)}.${one.dueOn === null ? '' : ` Attendu pour le ${formatDay(one.dueOn)}.`}`),
        assigneeId: one.assigneeId,
        source: relaunchSource,
        sourceId: one.id,
        volet: one.volet,
        at: now,
      })
    return waiting.length
  })
}

const noLongerAsked = 'Sans objet : la décision n’attend plus cette réponse'

/** The answer that came ends the task that asked for it; so does what makes the question pointless: taken away, carried out, confided to another, meeting cancelled. */
export const relaunchesEndWithAnswers: Subscriber = {
  name: 'case-conferences.relaunches',
  types: ['caseConferences.decision.answered', 'caseConferences.conference.changed', 'caseConferences.conference.cancelled'],
  react: async (tx, event) => {
    const { decisionId, answer, conferenceId } = event.payload
    if (event.type !== 'caseConferences.decision.answered') {
      const sourceIds = typeof conferenceId === 'string' ? await selectPointlessRelaunches(tx, conferenceId) : []
      if (sourceIds.length > 0) await finishTasksOf(tx, { source: relaunchSource, sourceIds, outcome: french(noLongerAsked), at: event.at })
      return
    }
    if (typeof decisionId !== 'string') return
    await finishTasksOf(tx, { source: relaunchSource, sourceIds: [decisionId], outcome: answer === 'accepted' ? 'A accepté' : 'A refusé', at: event.at })
  },
}

/** Each working morning, before the desk opens. */
export const caseConferencesCrontab: readonly string[] = ['20 6 * * 1-5 caseConferences:relaunch']

export const caseConferencesJobs: Readonly<Record<string, Job>> = {
  'caseConferences:relaunch': async (_payload, { db, clock }) => void (await relaunchDecisions(db, clock())),
}
