import { invalid, notFound } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { assertValue, valueSetLabels } from '../../territory/server/api.ts'
import { reassignCaseload } from '../contract/reassignment.ts'
import { handOver } from './change-referent.ts'
import { todayOf } from './edit-episode.ts'
import { followedBy } from './episode.sql.ts'
import { checkFollowers } from './followers.ts'

export const reassignCaseloadImplementation = implement(reassignCaseload, {
  load: async ({ tx, actor }, { fromUserId, episodeIds }) => {
    if (actor.serviceId === null) throw notFound('caseload')
    const episodes = await followedBy(tx, actor.serviceId, fromUserId)
    if (episodeIds.some((id) => !episodes.some((one) => one.id === id))) throw notFound('episode')
    return { personIds: episodes.filter((one) => episodeIds.length === 0 || episodeIds.includes(one.id)).map((one) => one.personId) }
  },
  run: async (context, { fromUserId, toUserId, reason, episodeIds, handoverUntil }) => {
    const { tx, actor } = context
    if (actor.serviceId === null) throw notFound('caseload')
    if (handoverUntil !== null && handoverUntil < todayOf(context)) throw invalid('episodes.handover_in_the_past')
    if (fromUserId === toUserId) throw invalid('episodes.already_referent')
    const [toName = ''] = await checkFollowers(tx, actor.serviceId, toUserId, null)
    await assertValue(tx, 'episodes.referent_change_reason', reason)
    const reasonLabel = (await valueSetLabels(tx, 'episodes.referent_change_reason')).get(reason) ?? ''
    const episodes = (await followedBy(tx, actor.serviceId, fromUserId)).filter((one) => episodeIds.length === 0 || episodeIds.includes(one.id))
    if (episodes.length === 0) throw invalid('episodes.nothing_to_reassign')
    for (const episode of episodes) {
      const { version } = await mergeEdit(
        context,
        {
          id: episode.id,
          version: episode.version,
          personId: episode.personId,
          volet: 'administrative',
          holderOrg: episode.holderOrg,
          protection: 'shared',
          fields: { referentId: fromUserId },
        },
        'episodes.episode',
        episode.version,
        { referentId: toUserId },
      )
      await handOver(context, episode, version, { toUserId, toName, reason, reasonLabel, until: handoverUntil })
    }
    context.note({ count: episodes.length })
    return { count: episodes.length }
  },
})
