import { loadPerson, recordTimelineItem } from '../../persons/server/api.ts'
import { invalid, notFound } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { assertValue } from '../../territory/server/api.ts'
import { activitiesOfPerson, correctActivity } from '../contract/activities.ts'
import { defaultCnoLevel } from '../contract/activity-levels.ts'
import { type ActivityType, activityTypes } from '../contract/value-sets.ts'
import { lockActivity, selectActivities, updateActivity } from './activity.sql.ts'
import { moveLastContact, takeContactBack } from './episode.sql.ts'

/** As an activity holds its instant: UTC, to the second. */
const toTheSecond = (instant: string): string => `${new Date(instant).toISOString().slice(0, 19)}Z`

/** Somebody was spoken to: the person, or a relative. */
const isContact = ({ reached, withWhom }: { readonly reached: boolean; readonly withWhom: string }): boolean =>
  reached && (withWhom === 'person' || withWhom === 'relative')

/** The Fil keeps its first line and receives another when the kind changes: nothing is corrected silently. */
export const correctActivityImplementation = implement(correctActivity, {
  load: async ({ tx }, { id }) => {
    const activity = await lockActivity(tx, id)
    if (activity === undefined) throw notFound('activity')
    return activity
  },
  run: async (context, { id, baseVersion, changes }) => {
    const { tx, actor, now } = context
    const activity = await lockActivity(tx, id)
    if (activity === undefined) throw notFound('activity')
    if (changes.kind !== undefined) await assertValue(tx, 'episodes.activity_type', changes.kind)
    if (changes.at !== undefined && Date.parse(changes.at) > now.getTime() + 600_000) throw invalid('episodes.activity_in_the_future')
    const { personId, holderOrg, volet, protection, version: _version, id: _id, ...fields } = activity
    const merged = await mergeEdit(
      context,
      { id, version: activity.version, personId, volet, holderOrg, protection, fields },
      'episodes.activity',
      baseVersion,
      changes.at === undefined ? changes : { ...changes, at: toTheSecond(changes.at) },
    )
    if (merged.version === activity.version) return { id, version: activity.version }
    const after = { ...activity, ...merged.changes }
    const kindChanged = after.kind !== activity.kind
    const level = kindChanged ? { cnoLevel: defaultCnoLevel[after.kind as ActivityType] ?? 2 } : {}
    await updateActivity(tx, id, merged.version, { ...merged.changes, ...level }, { at: now, name: actor.displayName })
    if (isContact(activity) && (!isContact(after) || after.at < activity.at)) await takeContactBack(tx, personId, holderOrg, activity.at)
    if (isContact(after)) await moveLastContact(tx, personId, holderOrg, after.at)
    if (kindChanged)
      await recordTimelineItem(context, {
        personId,
        kind: `episodes.${after.kind}`,
        title: french(`Correction : ${labelOf(activityTypes, after.kind).toLowerCase()}, et non ${labelOf(activityTypes, activity.kind).toLowerCase()}`),
        source: 'episodes.activity',
        sourceId: id,
        volet,
        protection,
      })
    context.emit({
      type: 'episodes.activity.corrected',
      volet,
      audience: [holderOrg],
      payload: { activityId: id, personId, minutes: after.minutes, kilometres: after.kilometres },
    })
    return { id, version: merged.version }
  },
})

export const activitiesOfPersonImplementation = implement(activitiesOfPerson, {
  sharedPlans: true,
  load: (context, { personId }) => loadPerson(context, personId),
  run: async ({ tx, actor }, { personId }) => ({ rows: await selectActivities(tx, personId, actor.serviceId as ServiceId) }),
})
