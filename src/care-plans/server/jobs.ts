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
 * has a term of its own, may be told anew. Gives how many alerts were raised.
 */
export async function alertOnTerms(db: Database, time: { readonly now: Date; readonly timeZone: string }): Promise<number> {
  return asJob(db, 'terms of plans that have passed', time, async (context) => {
    let raised = 0
    for (const plan of await plansPastTerm(context.tx)) {
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
    return raised
  })
}

export function carePlansJobs(timeZone: string): Readonly<Record<string, Job>> {
  return { 'carePlans:terms': async (_payload, { db, clock }) => void (await alertOnTerms(db, { now: clock(), timeZone })) }
}
