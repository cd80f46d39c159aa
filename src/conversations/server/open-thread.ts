import { loadPerson } from '../../persons/server/api.ts'
import { invalid } from '../../platform/contract/errors.ts'
import { newId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import { type Context, implement, noTarget } from '../../platform/server/implement.ts'
import { openProfessionalThread, openThread } from '../contract/actions.ts'
import { mostParticipants, type ThreadTarget } from '../contract/thread.ts'
import { tellParticipants } from './load.ts'
import { type Card, insertParticipants, selectCards, selectReachable } from './participant.sql.ts'
import { holderOf, insertThread, type NewThread } from './thread.sql.ts'

export const openThreadImplementation = implement(openThread, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, { id, personId, subject, reach, volet, participants }) => {
    const around = (await selectReachable(context.tx, personId)).filter((one) => one.userId !== context.actor.userId)
    const able = around.filter((one) => one.volets.includes(volet))
    const wanted = reach === 'circle' ? able.filter((one) => one.follows) : chosen(able, participants, context.actor.userId)
    await open(context, { id, personId, subject, reach, volet }, wanted)
    return { id }
  },
})

export const openProfessionalThreadImplementation = implement(openProfessionalThread, {
  load: noTarget,
  run: async (context, { id, subject, participants }) => {
    const known = await selectCards(context.tx, participants)
    // Outside any file there is no volet: the one that every professional has.
    await open(context, { id, personId: null, subject, reach: 'chosen', volet: 'administrative' }, chosen(known, participants, context.actor.userId))
    return { id }
  },
})

/** Those named, without the actor; refuses one who is not among those able. */
function chosen<One extends Card>(able: readonly One[], named: readonly UserId[], self: UserId): readonly One[] {
  const others = [...new Set(named)].filter((one) => one !== self)
  const found = able.filter((one) => others.includes(one.userId))
  if (found.length < others.length) throw invalid('conversations.not_reachable')
  return found
}

async function open(context: Context, thread: Pick<NewThread, 'id' | 'personId' | 'subject' | 'reach' | 'volet'>, others: readonly Card[]): Promise<void> {
  const { tx, actor, now } = context
  if (others.length === 0) throw invalid('conversations.alone')
  if (others.length >= mostParticipants) throw invalid('conversations.too_many', { most: mostParticipants })
  const holderOrg = holderOf(actor) as ServiceId
  await insertThread(tx, { ...thread, holderOrg, createdBy: actor.userId, createdByName: actor.displayName, at: now })
  const target: Pick<ThreadTarget, 'id' | 'personId' | 'volet' | 'holderOrg'> = { ...thread, holderOrg }
  const [self] = await selectCards(tx, [actor.userId])
  const own: Card = self ?? { userId: actor.userId, name: actor.displayName, profession: null }
  // In one statement: once somebody takes part, only who takes part may add.
  const cards = [own, ...others].map(({ userId, name, profession }) => ({ id: newId(), userId, name, profession }))
  await insertParticipants(tx, { thread: target, cards, fromNumber: 1, at: now, by: actor })
  await tellParticipants(context, 'conversations.thread.opened', thread.id, { by: actor.userId })
}
