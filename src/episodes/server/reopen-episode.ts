import { grantSight, recordTimelineItem, sharingState } from '../../persons/server/api.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { assertValue, valueSetLabels } from '../../territory/server/api.ts'
import { reopenEpisode } from '../contract/actions.ts'
import { loadEpisode, mergeEpisode, todayOf } from './edit-episode.ts'
import { findLiveEpisode, findPersonState, updateEpisode } from './episode.sql.ts'
import { checkFollowers } from './followers.ts'
import { assign, insertGround, markReopened, startLevel } from './history.sql.ts'

/** The circle does not come back by itself: each member is confirmed again. */
export const reopenEpisodeImplementation = implement(reopenEpisode, {
  load: loadEpisode,
  run: async (context, { baseVersion, reason, level, referentId, grounds }, target) => {
    const { tx, actor } = context
    const episode = await loadEpisode(context, target)
    if (episode.state !== 'closed') throw conflict('episodes.not_closed')
    if ((await findPersonState(tx, episode.personId))?.deceased) throw invalid('episodes.person_deceased')
    if ((await sharingState(tx, episode.personId)).opposed) throw invalid('episodes.person_opposed')
    if ((await findLiveEpisode(tx, episode.personId, episode.holderOrg)) !== undefined) throw conflict('episodes.already_open')
    const [referentName = ''] = await checkFollowers(tx, episode.holderOrg, referentId, null)
    await assertValue(tx, 'episodes.reopening_reason', reason)
    for (const code of grounds) await assertValue(tx, 'episodes.dac_reason', code)
    const today = todayOf(context)
    const version = await mergeEpisode(context, episode, baseVersion, { state: 'open', closedOn: null, closureReason: null, level, referentId, binomeId: null })
    await grantSight(context, {
      personId: episode.personId,
      partyId: episode.holderOrg,
      partyName: actor.serviceName,
      basis: 'dac_in_charge',
      reason: 'Accompagnement porté par le DAC',
      sourceId: episode.id,
    })
    await updateEpisode(tx, episode.id, version, {
      state: 'open',
      closed_on: null,
      closure_reason: null,
      level,
      level_since: today,
      referent_id: referentId,
      binome_id: null,
    })
    await markReopened(tx, episode.id, reason, today, actor.userId)
    await startLevel(tx, context.newId(), episode, level, today, actor.userId, null)
    await assign(tx, context.newId(), episode, 'referent', referentId, today, null, actor.userId, null)
    await insertGround(tx, context.newId(), episode, grounds, null, today, actor.userId)
    const label = (await valueSetLabels(tx, 'episodes.reopening_reason')).get(reason) ?? ''
    await recordTimelineItem(context, {
      personId: episode.personId,
      kind: 'episodes.opened',
      title: 'Accompagnement rouvert',
      source: 'episodes',
      sourceId: episode.id,
      volet: 'administrative',
      summary: `${label}. Suivi par ${referentName}.`,
    })
    context.emit({
      type: 'episodes.episode.reopened',
      personId: episode.personId,
      volet: 'administrative',
      audience: [referentId],
      payload: { episodeId: episode.id, serviceId: episode.holderOrg, level, referentId, binomeId: null },
    })
    return { id: episode.id, version }
  },
})
