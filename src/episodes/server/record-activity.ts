import { loadPerson, recordTimelineItem } from '../../persons/server/api.ts'
import type { InputOf } from '../../platform/contract/action.ts'
import { invalid } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { assertValue } from '../../territory/server/api.ts'
import { counterpartLabels, recordActivity } from '../contract/activities.ts'
import { defaultCnoLevel } from '../contract/activity-levels.ts'
import type { ActivityId } from '../contract/episode.ts'
import { type ActivityType, activityTypes } from '../contract/value-sets.ts'
import { insertActivity } from './activity.sql.ts'
import { findLiveEpisode, moveLastContact } from './episode.sql.ts'
import { insertTask } from './task.sql.ts'

/** Keeps what was done, with its next step, its line in the Fil and its event, in the caller's transaction. */
export async function recordActivityNow(context: Context, input: InputOf<typeof recordActivity>): Promise<{ id: ActivityId }> {
  const { tx, actor, now } = context
  const service = actor.serviceId as ServiceId
  const at = input.at ?? now.toISOString()
  // A clock of a browser may be a little fast.
  if (Date.parse(at) > now.getTime() + 600_000) throw invalid('episodes.activity_in_the_future')
  await assertValue(tx, 'episodes.activity_type', input.kind)
  const episode = await findLiveEpisode(tx, input.personId, service)
  const protection = input.isPrivate ? 'org_private' : 'shared'
  const cnoLevel = input.cnoLevel ?? defaultCnoLevel[input.kind as ActivityType] ?? 2
  await insertActivity(tx, { ...input, at, episodeId: episode?.id ?? null, holderOrg: service, protection, cnoLevel, doneBy: actor.userId })
  if (input.reached && (input.withWhom === 'person' || input.withWhom === 'relative')) await moveLastContact(tx, input.personId, service, at)
  if (input.nextStep !== null) {
    await assertValue(tx, 'episodes.task_kind', input.nextStep.kind)
    await insertTask(tx, {
      id: context.newId(),
      personId: input.personId,
      episodeId: episode?.id ?? null,
      holderOrg: service,
      kind: input.nextStep.kind,
      title: input.nextStep.title,
      details: null,
      assigneeId: actor.userId,
      dueOn: input.nextStep.dueOn,
      dueTime: null,
      source: 'episodes.activity',
      sourceId: input.id,
      step: null,
      volet: input.volet,
      createdAt: now,
      createdBy: actor.userId,
    })
  }
  await recordTimelineItem(context, {
    personId: input.personId,
    kind: `episodes.${input.kind}`,
    title: titleOf(input),
    summary: input.words,
    source: 'episodes.activity',
    sourceId: input.id,
    volet: input.volet,
    protection,
    at,
  })
  const payload = { activityId: input.id, kind: input.kind, personId: input.personId }
  context.emit({
    type: 'episodes.activity.recorded',
    volet: input.volet,
    payload,
    ...(input.isPrivate ? { audience: [service] } : { personId: input.personId }),
  })
  return { id: input.id }
}

export const recordActivityImplementation = implement(recordActivity, {
  load: async (context, { personId }) => loadPerson(context, personId),
  run: (context, input) => recordActivityNow(context, input),
})

/** « Appel · un proche, sans réponse » */
function titleOf({
  kind,
  withWhom,
  partner,
  reached,
}: {
  readonly kind: string
  readonly withWhom: keyof typeof counterpartLabels
  readonly partner: string | null
  readonly reached: boolean
}): string {
  const who = partner ?? (withWhom === 'other' ? null : counterpartLabels[withWhom].toLowerCase())
  return [who === null ? labelOf(activityTypes, kind) : `${labelOf(activityTypes, kind)} · ${who}`, ...(reached ? [] : ['sans réponse'])].join(', ')
}
