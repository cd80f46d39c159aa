import { addDays, type Day, dayOf } from '../../platform/contract/dates.ts'
import type { ServiceId, UserId } from '../../platform/contract/ids.ts'
import { asJob, type JobTime } from '../../platform/server/as-job.ts'
import { asSystem, type Database } from '../../platform/server/db.ts'
import { type Context, implement, noTarget } from '../../platform/server/implement.ts'
import type { Job } from '../../platform/server/worker.ts'
import { isOpenAt, type WorkingCalendar, workingDaysBetween } from '../../territory/contract/working-time.ts'
import { membersOfService, workingCalendar } from '../../territory/server/api.ts'
import { type RelaunchContent, type RelaunchRule, relaunchPreview, relaunchRuleFor } from '../contract/practices.ts'
import { todayOf } from './edit-episode.ts'
import { relaunchOf } from './practices.ts'
import { holdLateTasks, type LateTask, markRelaunched, selectLate, servicesWithLateTasks } from './relaunch.sql.ts'

const atOnce = 200
/** Beyond, a delay is as long: days are not counted one by one over years. */
const longest = 250

const daysLate = (dueOn: Day, today: Day, calendar: WorkingCalendar): number => {
  const oldest = addDays(today, -longest)
  return workingDaysBetween(dueOn < oldest ? oldest : dueOn, today, calendar)
}

/** The step that a rule asks for after so many working days; one at a time, the first before the second. */
function stepOf(rule: RelaunchRule, late: number, task: Pick<LateTask, 'outside' | 'step'>): 'actor' | 'follower' | null {
  const first = task.outside ? rule.letterAfter : rule.actorAfter
  if (task.step === null && first !== null && late >= first) return 'actor'
  // A letter that leaves after the référent would have been told takes its turn before her.
  if (task.step === null && first !== null && task.outside) return null
  return task.step !== 'follower' && rule.followerAfter !== null && late >= rule.followerAfter ? 'follower' : null
}

/** First the colleague who has it (her substitute while she is away), then the référent, else the binôme; null: those who lead the team. */
function whom(task: LateTask, step: 'actor' | 'follower'): UserId | null {
  const followers = [
    { userId: task.referentId, away: task.referentAway },
    { userId: task.binomeId, away: task.binomeAway },
  ].flatMap(({ userId, away }) => (userId === null || away ? [] : [userId]))
  if (step === 'follower') return followers.find((one) => one !== task.assigneeId && one !== task.remindedTo) ?? null
  if (task.assigneeId !== null && !task.assigneeAway) return task.assigneeId
  return task.substituteId ?? followers[0] ?? null
}

/**
 * Relaunches the late tasks of every DAC that is open now, by its rule: each step once for a term, never two on one day. A task that is done, cancelled, or
 * whose file closed, is not looked at. Gives how many were relaunched.
 */
export async function relaunchTasks(db: Database, time: JobTime): Promise<number> {
  const today = dayOf(time.now, time.timeZone)
  let relaunched = 0
  for (const service of await asSystem(db, 'services with late tasks', (tx) => servicesWithLateTasks(tx, today)))
    relaunched += await asJob(db, 'late tasks of a service', time, (context) => relaunchThoseOf(context, service, today))
  return relaunched
}

async function relaunchThoseOf(context: Context, service: ServiceId, today: Day): Promise<number> {
  const { tx, now, timeZone } = context
  const calendar = await workingCalendar(tx, timeZone, service)
  if (!isOpenAt(now, calendar)) return 0
  const content = await relaunchOf(tx, service)
  const leads = (await membersOfService(tx, service, ['team_lead'])).map(({ userId }) => userId)
  let [after, relaunched]: [{ dueOn: Day; id: LateTask['id'] } | null, number] = [null, 0]
  for (;;) {
    const late: readonly LateTask[] = await holdLateTasks(tx, service, today, now, after, atOnce)
    for (const task of late) {
      const step = stepOf(relaunchRuleFor(content, task.kind), daysLate(task.dueOn, today, calendar), task)
      if (step === null || task.remindedOn === today) continue
      const to = whom(task, step)
      await markRelaunched(tx, task.id, { step, on: today, for: task.dueOn, to })
      // Private to the service: the circle is told nothing of its tasks.
      context.emit({
        type: 'episodes.task.relaunched',
        volet: task.volet,
        audience: [service],
        payload: { taskId: task.id, personId: task.personId, serviceId: service, relaunchId: context.newId(), to: (to === null ? leads : [to]).join(' ') },
      })
      relaunched += 1
    }
    const last = late.at(-1)
    if (last === undefined || late.length < atOnce) return relaunched
    after = { dueOn: last.dueOn, id: last.id }
  }
}

export const relaunchPreviewImplementation = implement(relaunchPreview, {
  load: noTarget,
  run: async (context, { content }) => {
    const { tx, timeZone, actor } = context
    const today = todayOf(context)
    const service = actor.serviceId as ServiceId
    const calendar = await workingCalendar(tx, timeZone, service)
    const late = await selectLate(tx, service, today)
    const counts = { late: late.length, actor: 0, follower: 0, letters: 0 }
    for (const task of late) countSteps(counts, content, task, daysLate(task.dueOn, today, calendar))
    return counts
  },
})

/** What each late task would have received by now, were the rule older than it. */
function countSteps(
  counts: { actor: number; follower: number; letters: number },
  content: RelaunchContent,
  task: { readonly kind: string; readonly outside: boolean },
  late: number,
): void {
  const rule = relaunchRuleFor(content, task.kind)
  const first = task.outside ? rule.letterAfter : rule.actorAfter
  if (first !== null && late >= first) counts[task.outside ? 'letters' : 'actor'] += 1
  if (rule.followerAfter !== null && late >= rule.followerAfter) counts.follower += 1
}

/** Every half hour; each DAC in its own opening hours. */
export const episodesCrontab: readonly string[] = ['7,37 * * * * episodes:relaunch']

export const episodesJobs = (timeZone: string): Readonly<Record<string, Job>> => ({
  'episodes:relaunch': async (_payload, { db, clock }) => void (await relaunchTasks(db, { now: clock(), timeZone })),
})
