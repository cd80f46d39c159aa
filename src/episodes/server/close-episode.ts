import { endCircleAccess, withdrawInvitations } from '../../care-team/server/api.ts'
import { endSight, grantSight, recordTimelineItem, tellSightChanged } from '../../persons/server/api.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { assertValue, valueSetLabels } from '../../territory/server/api.ts'
import { closeEpisode } from '../contract/actions.ts'
import { yearsKeptAfterClosure } from '../contract/episode.ts'
import { loadEpisode, mergeEpisode, todayOf } from './edit-episode.ts'
import { endCircleSight, hasOtherLiveEpisode, updateEpisode } from './episode.sql.ts'
import { endAssignments, endCriticalSequences, endLevel, insertClosure } from './history.sql.ts'
import { cancelOpenTasks } from './task.sql.ts'

export const closeEpisodeImplementation = implement(closeEpisode, {
  load: loadEpisode,
  run: async (context, { baseVersion, reason, balance, objectives, relay, cancelAppointments }, target) => {
    const { tx, actor, now } = context
    const episode = await loadEpisode(context, target)
    if (episode.state === 'closed') throw conflict('episodes.closed')
    await assertValue(tx, 'episodes.closure_reason', reason)
    await assertValue(tx, 'episodes.closure_balance', balance)
    if (reason === 'relay' && relay === null) throw invalid('episodes.relay_missing')
    const today = todayOf(context)
    const version = await mergeEpisode(context, episode, baseVersion, { state: 'closed', closedOn: today, closureReason: reason })
    await updateEpisode(tx, episode.id, version, {
      state: 'closed',
      closed_on: today,
      closure_reason: reason,
      dormant_since: null,
      wake_up_on: null,
      dormancy_reason: null,
    })
    const closureId = context.newId<string>()
    await insertClosure(tx, closureId, episode, { reason, balance, objectives, relay }, today, actor.userId)
    await endLevel(tx, episode.id, today)
    await endAssignments(tx, episode.id, today, null)
    await endCriticalSequences(tx, episode.id, today, actor.userId)
    const tasksCancelled = await cancelOpenTasks(tx, { episodeId: episode.id }, 'Accompagnement clos', now, actor.userId)
    const label = (await valueSetLabels(tx, 'episodes.closure_reason')).get(reason) ?? ''
    await recordTimelineItem(context, {
      personId: episode.personId,
      kind: 'episodes.closed',
      title: 'Accompagnement clos',
      source: 'episodes',
      sourceId: episode.id,
      volet: 'administrative',
      summary: label,
    })
    // The circle was there for this accompaniment: it stops seeing the file now, unless another DAC goes on.
    const goesOn = await hasOtherLiveEpisode(tx, episode.personId, episode.id)
    if (!goesOn) await endCircleAccess(context, episode.personId, 'mission_ended')
    await withdrawInvitations(context, episode.personId, episode.holderOrg)
    const left = goesOn ? [] : await endCircleSight(tx, episode.personId)
    tellSightChanged(context, episode.personId, left, 'ended')
    const sightsEnded = left.length
    // The DAC's own sight now stands on the closure, until its end; what stood on the episode ends.
    await grantSight(context, {
      personId: episode.personId,
      partyId: episode.holderOrg,
      partyName: actor.serviceName,
      basis: 'dac_in_charge',
      reason: 'Accompagnement clos : dossier gardé deux ans (CNIL, délibération 2023-095)',
      sourceId: closureId,
      until: yearsLater(now, yearsKeptAfterClosure),
    })
    await endSight(context, { personId: episode.personId, sourceId: episode.id })
    context.emit({
      type: 'episodes.episode.closed',
      personId: episode.personId,
      volet: 'administrative',
      audience: [episode.referentId],
      payload: { episodeId: episode.id, serviceId: episode.holderOrg, reason },
    })
    for (const appointmentId of new Set(cancelAppointments))
      context.emit({
        // For whoever reacts alone: told to no browser.
        type: 'episodes.episode.appointmentLeft',
        payload: { personId: episode.personId, episodeId: episode.id, serviceId: episode.holderOrg, appointmentId, left: left.join(',') },
      })
    context.note({ tasksCancelled, sightsEnded, appointmentsLeft: cancelAppointments.length })
    return { id: episode.id, version, tasksCancelled, sightsEnded }
  },
})

/** The same instant some years later. */
function yearsLater(at: Date, years: number): Date {
  const later = new Date(at)
  later.setUTCFullYear(later.getUTCFullYear() + years)
  return later
}
