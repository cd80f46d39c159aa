import { callOutcomeLabels } from '../../care-team/contract/provider-search.ts'
import { careRoles } from '../../care-team/contract/value-sets.ts'
import { callToFollow, namedMember } from '../../care-team/server/api.ts'
import type { Day } from '../../platform/contract/dates.ts'
import { newId, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { FeedEvent } from '../../platform/server/feed.ts'
import type { Subscriber } from '../../platform/server/subscribers.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import type { TaskId } from '../contract/episode.ts'
import { dayOfEvent } from './sequence.sql.ts'
import { finishTasksFrom, followerOf, insertTask, tellTasks } from './task.sql.ts'

const fromCall = 'care_team.provider_call'

/**
 * What happens in the circle and leaves something to do. « À rappeler » is a task of whoever called, with its day; the next word of the same provider ends
 * it. Whoever comes in the place of a member to whom the file was open: the person is to be told before it opens.
 */
export const tasksOfTheCircle: Subscriber = {
  name: 'episodes.tasksOfTheCircle',
  types: ['careTeam.providerCall.recorded', 'careTeam.member.replaced'],
  react: async (tx, event) => {
    if (event.type === 'careTeam.providerCall.recorded') await followCall(tx, event)
    else await informOfNewcomer(tx, event)
  },
}

async function followCall(tx: Tx, event: FeedEvent): Promise<void> {
  const { callId } = event.payload
  const call = typeof callId === 'string' ? await callToFollow(tx, callId) : undefined
  if (call === undefined) return
  const ended = await finishTasksFrom(tx, {
    source: fromCall,
    sourceIds: call.earlier,
    outcome: `Rappelé par ${call.calledByName} : ${callOutcomeLabels[call.outcome].toLowerCase()}`,
    at: event.at,
  })
  const added: TaskId[] = []
  if (call.outcome === 'call_back') {
    const id = newId<TaskId>()
    await insertTask(tx, {
      id,
      personId: call.personId,
      episodeId: (await followerOf(tx, call.personId, call.holderOrg))?.episodeId ?? null,
      holderOrg: call.holderOrg,
      kind: 'call_professional',
      title: `Rappeler ${call.name}`.slice(0, 160),
      details: [french(`Recherché : ${labelOf(careRoles, call.need).toLowerCase()}.`), call.words].filter(Boolean).join('\n'),
      assigneeId: call.calledBy as UserId,
      dueOn: call.callBackOn as Day,
      dueTime: null,
      source: fromCall,
      sourceId: call.id,
      step: null,
      volet: 'administrative',
      createdAt: new Date(event.at),
      createdBy: null,
    })
    added.push(id)
  }
  await tellTasks(tx, call.holderOrg, call.personId, [
    ...ended.map(({ id }) => ({ id, type: 'finished' as const })),
    ...added.map((id) => ({ id, type: 'added' as const })),
  ])
}

async function informOfNewcomer(tx: Tx, event: FeedEvent): Promise<void> {
  const { memberId, serviceId } = event.payload
  if (typeof memberId !== 'string' || typeof serviceId !== 'string') return
  const member = await namedMember(tx, memberId)
  if (member === undefined || !member.closed) return
  const follower = await followerOf(tx, member.personId, serviceId)
  const id = newId<TaskId>()
  await insertTask(tx, {
    id,
    personId: member.personId as PersonId,
    episodeId: follower?.episodeId ?? null,
    holderOrg: serviceId as ServiceId,
    kind: 'inform_person',
    title: `Informer la personne, puis ouvrir le dossier à ${member.name}`.slice(0, 160),
    details: null,
    assigneeId: follower?.referentId ?? null,
    dueOn: await dayOfEvent(tx, event.at),
    dueTime: null,
    source: 'care_team.member',
    sourceId: memberId,
    step: null,
    volet: 'administrative',
    createdAt: new Date(event.at),
    createdBy: null,
  })
  await tellTasks(tx, serviceId, member.personId, [{ id, type: 'added' }])
}
