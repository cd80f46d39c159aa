import { grantSight, recordTimelineItem, sharingState } from '../../persons/server/api.ts'
import { conflict, forbidden, invalid, notFound } from '../../platform/contract/errors.ts'
import type { Context } from '../../platform/server/implement.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { assertValue } from '../../territory/server/api.ts'
import type { EpisodeId } from '../contract/episode.ts'
import type { EpisodeToOpen } from '../contract/opening.ts'
import { levels } from '../contract/value-sets.ts'
import { todayOf } from './edit-episode.ts'
import { findPersonState, insertEpisode } from './episode.sql.ts'
import { checkFollowers } from './followers.ts'
import { assign, type HistoryOf, insertGround, startLevel } from './history.sql.ts'
import { bringProblemsTo } from './problems.ts'
import { insertTask } from './task.sql.ts'

/** As `episodes/server/api.ts` publishes it. */
export async function openEpisode(context: Context, opening: EpisodeToOpen): Promise<{ readonly episodeId: EpisodeId; readonly version: number }> {
  const { tx, actor, now } = context
  const service = actor.serviceId
  if (actor.serviceKind !== 'dac' || service === null) throw forbidden('Seul un DAC ouvre un accompagnement.')
  const today = todayOf(context)
  const person = await findPersonState(tx, opening.personId)
  if (person === undefined) throw notFound('person')
  if (person.deceased) throw invalid('episodes.person_deceased')
  if ((await sharingState(tx, opening.personId)).opposed) throw invalid('episodes.person_opposed')
  const names = await checkFollowers(tx, service, opening.referentId, opening.binomeId)
  for (const code of opening.grounds) await assertValue(tx, 'episodes.dac_reason', code)

  const episode: HistoryOf = { id: opening.episodeId, personId: opening.personId, holderOrg: service }
  await grantSight(context, {
    personId: episode.personId,
    partyId: service,
    partyName: actor.serviceName,
    basis: 'dac_in_charge',
    reason: 'Accompagnement porté par le DAC',
    sourceId: episode.id,
  })
  const opened = await insertEpisode(tx, {
    ...episode,
    level: opening.level,
    referentId: opening.referentId,
    binomeId: opening.binomeId,
    openedOn: today,
    requestId: opening.requestId,
    createdBy: actor.userId,
    createdAt: now,
  })
  if (!opened) throw conflict('episodes.already_open')
  await startLevel(tx, context.newId(), episode, opening.level, today, actor.userId, null)
  await assign(tx, context.newId(), episode, 'referent', opening.referentId, today, null, actor.userId, null)
  if (opening.binomeId !== null) await assign(tx, context.newId(), episode, 'binome', opening.binomeId, today, null, actor.userId, null)
  await insertGround(tx, context.newId(), episode, opening.grounds, opening.groundWords, today, actor.userId)
  await bringProblemsTo(context, episode, opening)
  if (opening.nextStep !== null) {
    await assertValue(tx, 'episodes.task_kind', opening.nextStep.kind)
    await insertTask(tx, {
      id: context.newId(),
      personId: episode.personId,
      episodeId: episode.id,
      holderOrg: service,
      kind: opening.nextStep.kind,
      title: opening.nextStep.title,
      details: null,
      assigneeId: opening.referentId,
      dueOn: opening.nextStep.dueOn,
      dueTime: null,
      source: 'episodes.episode',
      sourceId: episode.id,
      step: null,
      volet: 'administrative',
      createdAt: now,
      createdBy: actor.userId,
    })
  }
  await recordTimelineItem(context, {
    personId: episode.personId,
    kind: 'episodes.opened',
    title: 'Accompagnement ouvert',
    volet: 'administrative',
    source: 'episodes',
    sourceId: episode.id,
    summary: `Niveau ${labelOf(levels, opening.level).toLowerCase()}, suivi par ${names.join(' et ')}.`,
  })
  context.emit({
    type: 'episodes.episode.opened',
    personId: episode.personId,
    volet: 'administrative',
    audience: [opening.referentId],
    payload: {
      episodeId: episode.id,
      serviceId: service,
      level: opening.level,
      requestId: opening.requestId,
      referentId: opening.referentId,
      binomeId: opening.binomeId,
    },
  })
  return { episodeId: episode.id, version: 1 }
}
