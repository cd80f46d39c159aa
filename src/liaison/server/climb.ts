import { asJob, type JobTime } from '../../platform/server/as-job.ts'
import type { Database } from '../../platform/server/db.ts'
import type { Context } from '../../platform/server/implement.ts'
import { afterWorkingMinutes, isOpenAt } from '../../territory/contract/working-time.ts'
import { workingCalendar } from '../../territory/server/api.ts'
import { delayClimbing, holdClimbing, markClimbed } from './alert.sql.ts'
import { leaveNotices } from './notices.ts'
import { climbsAt, routeOf } from './route-alert.ts'

const highest = 2
const atOnce = 100

/**
 * Sends further the alerts that nobody took in their time: to the binôme, then to those who lead the team; within opening hours only, since their time is
 * counted in these. Each in its turn, held while it is: two processes never send the same one twice. Gives how many went further.
 */
export async function climbAlerts(db: Database, time: JobTime): Promise<number> {
  return asJob(db, 'alerts that nobody took', time, async (context) => {
    const { tx, now, timeZone } = context
    const due = await holdClimbing(tx, now, atOnce)
    let climbed = 0
    for (const alert of due) {
      const calendar = await workingCalendar(tx, timeZone, alert.holderOrg)
      // The hours of the DAC changed meanwhile, or the day is a holiday that nobody had set: it waits for the opening, and leaves its turn to the others.
      if (!isOpenAt(now, calendar)) {
        await delayClimbing(tx, alert.id, afterWorkingMinutes(now, 1, calendar))
        continue
      }
      const rank = Math.min(alert.escalation + 1, highest)
      const route = await routeOf(tx, alert, now, rank)
      const nextAt = rank >= highest ? null : await climbsAt(tx, alert.holderOrg, now, timeZone, alert.escalateAfter)
      await markClimbed(tx, alert.id, { rank, addressees: route.addressees, because: route.because, at: now, nextAt })
      await leaveNotices(context, { cause: 'liaison.alert', causeId: alert.id, rank, to: route.addressees, service: alert.holderOrg })
      tellClimbed(context, alert, route.addressees)
      climbed += 1
    }
    return climbed
  })
}

function tellClimbed(
  context: Context,
  alert: { readonly id: string; readonly personId: never | string; readonly holderOrg: string; readonly volet: 'administrative' | 'social' | 'health' },
  to: readonly string[],
): void {
  context.emit({
    type: 'liaison.alert.climbed',
    volet: alert.volet,
    audience: [alert.holderOrg, ...to],
    payload: { alertId: alert.id, personId: alert.personId },
  })
}
