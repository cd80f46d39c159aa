import { dayOf } from '../../platform/contract/dates.ts'
import { conflict, forbidden, invalid, notFound } from '../../platform/contract/errors.ts'
import type { ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Context } from '../../platform/server/implement.ts'
import { grantSight, recordTimelineItem } from '../../persons/server/api.ts'
import { assertValue } from '../../territory/server/api.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import type { EpisodeId } from '../contract/episode.ts'
import type { EpisodeToOpen } from '../contract/opening.ts'
import { problemAxes } from '../contract/problem-volets.ts'
import { levels } from '../contract/value-sets.ts'
import { findPersonState, insertEpisode } from './episode.sql.ts'
import { assign, type HistoryOf, insertGround, replaceProblems, startLevel, type WantedProblem } from './history.sql.ts'
import { followerName } from './staff.sql.ts'
import { insertTask } from './task.sql.ts'

/** As `episodes/server/api.ts` publishes it. */
export async function openEpisode(context: Context, opening: EpisodeToOpen): Promise<{ readonly episodeId: EpisodeId; readonly version: number }> {
  const { tx, actor, now } = context
  const service = actor.serviceId
  if (actor.serviceKind !== 'dac' || service === null) throw forbidden('Seul un DAC ouvre un accompagnement.')
  const today = dayOf(now, context.timeZone)
  const person = await findPersonState(tx, opening.personId)
  if (person === undefined) throw notFound('person')
  if (person.deceased) throw invalid('episodes.person_deceased')
  const names = await checkFollowers(context, service, opening.referentId, opening.binomeId)
  for (const code of opening.grounds) await assertValue(tx, 'episodes.dac_reason', code)

  const episode: HistoryOf = { id: opening.episodeId, personId: opening.personId, holderOrg: service }
  await grantSight(context, {
    personId: episode.personId, partyId: service, basis: 'dac_in_charge', volets: ['administrative', 'social', 'health'],
    reason: 'Accompagnement porté par le DAC', sourceId: episode.id,
  })
  const opened = await insertEpisode(tx, { ...episode, level: opening.level, referentId: opening.referentId, binomeId: opening.binomeId, openedOn: today, requestId: opening.requestId, createdBy: actor.userId, createdAt: now })
  if (!opened) throw conflict('episodes.already_open')
  await startLevel(tx, context.newId(), episode, opening.level, today, actor.userId, null)
  await assign(tx, context.newId(), episode, 'referent', opening.referentId, today, null, actor.userId, null)
  if (opening.binomeId !== null) await assign(tx, context.newId(), episode, 'binome', opening.binomeId, today, null, actor.userId, null)
  await insertGround(tx, context.newId(), episode, opening.grounds, opening.groundWords, today, actor.userId)
  await setProblems(context, episode, opening)
  if (opening.nextStep !== null) {
    await assertValue(tx, 'episodes.task_kind', opening.nextStep.kind)
    await insertTask(tx, { id: context.newId(), personId: episode.personId, episodeId: episode.id, holderOrg: service, kind: opening.nextStep.kind, title: opening.nextStep.title, details: null,
      assigneeId: opening.referentId, dueOn: opening.nextStep.dueOn, dueTime: null, source: 'episodes.episode', sourceId: episode.id, step: null, volet: 'administrative', createdAt: now, createdBy: actor.userId })
  }
  await recordTimelineItem(context, {
    personId: episode.personId, kind: 'episodes.opened', title: 'Accompagnement ouvert', volet: 'administrative', source: 'episodes', sourceId: episode.id,
    summary: `Niveau ${labelOf(levels, opening.level).toLowerCase()}, suivi par ${names.join(' et ')}.`,
  })
  context.emit({ type: 'episodes.episode.opened', personId: episode.personId, volet: 'administrative', audience: [opening.referentId], payload: { episodeId: episode.id, serviceId: service, level: opening.level, requestId: opening.requestId } })
  return { episodeId: episode.id, version: 1 }
}

/** The names of référent and binôme, once both may follow files here. */
export async function checkFollowers({ tx, now, timeZone }: Context, service: ServiceId, referentId: UserId, binomeId: UserId | null): Promise<readonly string[]> {
  if (referentId === binomeId) throw invalid('episodes.same_referent_and_binome')
  const names: string[] = []
  for (const userId of binomeId === null ? [referentId] : [referentId, binomeId]) {
    const name = await followerName(tx, userId, service, dayOf(now, timeZone))
    if (name === undefined) throw invalid('episodes.not_a_referent')
    names.push(name)
  }
  return names
}

/** Checks the codes of both axes and brings the current problems to them. */
export async function setProblems(context: Context, episode: HistoryOf, { population, difficulty }: Pick<EpisodeToOpen, 'population' | 'difficulty'>): Promise<void> {
  const wanted: WantedProblem[] = []
  for (const [axis, given] of [['population', population], ['difficulty', difficulty]] as const) {
    if (given.principal !== null) wanted.push({ axis, code: given.principal, principal: true })
    for (const code of given.others) wanted.push({ axis, code, principal: false })
  }
  if (new Set(wanted.map((one) => `${one.axis}:${one.code}`)).size < wanted.length) throw invalid('episodes.problem_twice')
  for (const one of wanted) await assertValue(context.tx, problemAxes[one.axis], one.code)
  await replaceProblems(context.tx, context.newId, episode, wanted, dayOf(context.now, context.timeZone), context.actor.userId)
}
