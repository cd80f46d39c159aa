import type { Subscriber } from '../../platform/server/subscribers.ts'
import { closePlansOf, moveReferent, reopenPlanOf } from './follow-episode.sql.ts'

/** The plan follows its accompaniment: its référent, its end, its reopening. Runs once per event. */
export const followEpisode: Subscriber = {
  name: 'carePlans.followEpisode',
  types: ['episodes.referent.changed', 'episodes.episode.closed', 'episodes.episode.reopened'],
  react: async (tx, { type, payload }) => {
    const episodeId = String(payload.episodeId)
    if (type === 'episodes.referent.changed') await moveReferent(tx, episodeId, String(payload.toUserId))
    else if (type === 'episodes.episode.closed') await closePlansOf(tx, episodeId)
    else await reopenPlanOf(tx, episodeId)
  },
}
