import { sql } from 'kysely'
import type { Subscriber } from '../../platform/server/subscribers.ts'

/** The minutes and kilometres of a visit follow the correction of the activity that it made. */
export const visitsFollowActivities: Subscriber = {
  name: 'agenda.corrected-visits',
  types: ['episodes.activity.corrected'],
  react: async (tx, { payload }) => {
    const { activityId, minutes, kilometres } = payload
    if (typeof activityId !== 'string') return
    await sql`update agenda.visit_record set minutes = ${minutes ?? null}, kilometres = ${kilometres ?? null} where activity_id = ${activityId}`.execute(tx)
  },
}
