import type { Subscriber } from '../../platform/server/subscribers.ts'
import { correctVisitRecord } from './visit.sql.ts'

/** The minutes and kilometres of a visit follow the correction of the activity that it made. */
export const visitsFollowActivities: Subscriber = {
  name: 'agenda.corrected-visits',
  types: ['episodes.activity.corrected'],
  react: async (tx, { payload }) => {
    const { activityId, minutes, kilometres } = payload
    if (typeof activityId !== 'string') return
    await correctVisitRecord(tx, activityId, { minutes: numberOrNull(minutes), kilometres: numberOrNull(kilometres) })
  },
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
