import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { type Context, implement, noTarget } from '../../platform/server/implement.ts'
import { assertValue, valueSetLabels } from '../../territory/server/api.ts'
import { answerHandover, type HandoverProposalId, handoversForMe, loadBoard, proposeHandover, withdrawHandover } from '../contract/load-board.ts'
import { handOver } from './change-referent.ts'
import { loadEpisode, mergeEpisode, todayOf } from './edit-episode.ts'
import { checkFollowers } from './followers.ts'
import { insertProposal, lockProposal, type ProposalRow, selectBoard, selectForMe, settleProposal } from './load-board.sql.ts'
import { loadPointsOf } from './practices.ts'

async function loadProposal({ tx }: Context, { id }: { readonly id: HandoverProposalId }): Promise<ProposalRow> {
  const proposal = await lockProposal(tx, id)
  if (proposal === undefined) throw notFound('handover proposal')
  return proposal
}

/** Private to the service: the circle learns of a new référent, not of what was proposed. */
function tell(context: Context, what: string, { personId, holderOrg, episodeId }: Pick<ProposalRow, 'personId' | 'holderOrg' | 'episodeId'>): void {
  context.emit({ type: `episodes.handover.${what}`, volet: 'administrative', audience: [holderOrg], payload: { personId, episodeId } })
}

export const proposeHandoverImplementation = implement(proposeHandover, {
  load: (context, { episodeId }) => loadEpisode(context, { id: episodeId }),
  run: async (context, { id, episodeId, toUserId, reason, words, handoverUntil }) => {
    const { tx, actor, now } = context
    const episode = await loadEpisode(context, { id: episodeId })
    if (episode.state === 'closed') throw conflict('episodes.closed')
    if (episode.referentId === toUserId) throw invalid('episodes.already_referent')
    if (handoverUntil !== null && handoverUntil < todayOf(context)) throw invalid('episodes.handover_in_the_past')
    await checkFollowers(tx, episode.holderOrg, toUserId, null)
    await assertValue(tx, 'episodes.referent_change_reason', reason)
    await insertProposal(tx, {
      id,
      personId: episode.personId,
      episodeId,
      fromUserId: episode.referentId,
      toUserId,
      reason,
      words,
      handoverUntil,
      at: now,
      by: actor.userId,
      byName: actor.displayName,
      holderOrg: episode.holderOrg,
    })
    tell(context, 'proposed', { ...episode, episodeId })
    return { id }
  },
})

/** Accepted, the file changes hands as if the référent had been changed; a file that changed hands meanwhile does not. */
export const answerHandoverImplementation = implement(answerHandover, {
  load: loadProposal,
  run: async (context, { id, accept, words }) => {
    const { tx, now } = context
    const proposal = await loadProposal(context, { id })
    if (proposal.state !== 'waiting') throw conflict('episodes.handover_answered')
    let version: number | null = null
    if (accept) {
      const episode = await loadEpisode(context, { id: proposal.episodeId })
      if (episode.state === 'closed') throw conflict('episodes.closed')
      if (episode.referentId !== proposal.fromUserId) throw conflict('episodes.handover_outdated')
      const [toName = ''] = await checkFollowers(tx, episode.holderOrg, proposal.toUserId, null)
      version = await mergeEpisode(context, episode, episode.version, { referentId: proposal.toUserId })
      const reasonLabel = (await valueSetLabels(tx, 'episodes.referent_change_reason')).get(proposal.reason) ?? ''
      const until = proposal.handoverUntil !== null && proposal.handoverUntil >= todayOf(context) ? proposal.handoverUntil : null
      await handOver(context, episode, version, { toUserId: proposal.toUserId, toName, reason: proposal.reason, reasonLabel, until })
    }
    await settleProposal(tx, id, accept ? 'accepted' : 'declined', words, now)
    tell(context, accept ? 'accepted' : 'declined', proposal)
    return { id, version }
  },
})

export const withdrawHandoverImplementation = implement(withdrawHandover, {
  load: loadProposal,
  run: async (context, { id }) => {
    const proposal = await loadProposal(context, { id })
    if (proposal.state !== 'waiting') throw conflict('episodes.handover_answered')
    await settleProposal(context.tx, id, 'withdrawn', null, context.now)
    tell(context, 'withdrawn', proposal)
    return { id }
  },
})

export const loadBoardImplementation = implement(loadBoard, {
  load: noTarget,
  run: async (context) => {
    const service = context.actor.serviceId as ServiceId
    return { points: await loadPointsOf(context.tx, service), files: await selectBoard(context.tx, service, todayOf(context)) }
  },
})

export const handoversForMeImplementation = implement(handoversForMe, {
  sharedPlans: true,
  load: noTarget,
  run: async ({ tx, actor }) => ({ rows: await selectForMe(tx, actor.userId) }),
})
