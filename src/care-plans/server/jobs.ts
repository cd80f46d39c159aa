import { raiseByRule } from '../../liaison/server/api.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { french } from '../../platform/contract/typography.ts'
import { asJob } from '../../platform/server/as-job.ts'
import type { Database } from '../../platform/server/db.ts'
import type { Job } from '../../platform/server/worker.ts'
import { plansPastTerm } from './lists.sql.ts'

/** Each morning; graphile-worker reads minute, hour, day, month, weekday. */
export const carePlansCrontab: readonly string[] = ['45 6 * * * carePlans:terms']

/**
 * Plans whose review was due: the rules of alerts of their DAC say from how many days on somebody must take it. Told once for a term; a new version, which
 * has a term of its own, may be told anew. All of them, `page` a transaction: what is told stays told if the next page fails. Gives how many alerts were raised.
 */
export async function alertOnTerms(db: Database, time: { readonly now: Date; readonly timeZone: string }, page = 200): Promise<number> {
  let raised = 0
  let after: string | null = null
  for (;;) {
    const told: { readonly raised: number; readonly last: string | null } = await tellPage(db, time, after, page)
    raised += told.raised
    if (told.last === null) return raised
    after = told.last
  }
}

async function tellPage(
  db: Database,
  time: { readonly now: Date; readonly timeZone: string },
  after: string | null,
  page: number,
): Promise<{ readonly raised: number; readonly last: string | null }> {
  return asJob(db, 'terms of plans that have passed', time, async (context) => {
    let raised = 0
    const plans = await plansPastTerm(context.tx, after, page)
    for (const plan of plans) {
      const rule = await raiseByRule(context, {
        personId: plan.personId,
        service: plan.service,
        fulfils: (when) => when.trigger === 'plan_term' && plan.days > when.days,
        summary: french(`À revoir avant le ${formatDay(plan.reviewOn)}.`),
        source: 'care-plans.term',
        sourceId: plan.planId,
        onceSince: plan.reviewOn,
        volet: 'social',
      })
      if (rule !== null) raised += 1
    }
    return { raised, last: plans.length < page ? null : (plans.at(-1)?.planId ?? null) }
  })
}

export function carePlansJobs(timeZone: string): Readonly<Record<string, Job>> {
  return { 'carePlans:terms': async (_payload, { db, clock }) => void (await alertOnTerms(db, { now: clock(), timeZone })) }
}
