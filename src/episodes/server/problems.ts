import { invalid } from '../../platform/contract/errors.ts'
import type { Context } from '../../platform/server/implement.ts'
import { assertValue } from '../../territory/server/api.ts'
import type { EpisodeOpening } from '../contract/opening.ts'
import { problemAxes } from '../contract/problem-volets.ts'
import { todayOf } from './edit-episode.ts'
import { type HistoryOf, replaceProblems, type WantedProblem } from './history.sql.ts'

export type ProblemsOfEpisode = Pick<EpisodeOpening, 'population' | 'difficulty'>

/** Checks the codes of both axes and brings the current problems of the episode to them; `kept` are codes it already had. */
export async function bringProblemsTo(
  context: Context,
  episode: HistoryOf,
  { population, difficulty }: ProblemsOfEpisode,
  kept: ReadonlySet<string> = new Set(),
): Promise<void> {
  const wanted: WantedProblem[] = []
  for (const [axis, given] of [
    ['population', population],
    ['difficulty', difficulty],
  ] as const) {
    if (given.principal !== null) wanted.push({ axis, code: given.principal, principal: true })
    for (const code of given.others) wanted.push({ axis, code, principal: false })
  }
  if (new Set(wanted.map((one) => `${one.axis}:${one.code}`)).size < wanted.length) throw invalid('episodes.problem_twice')
  for (const one of wanted) await assertValue(context.tx, problemAxes[one.axis], one.code, kept.has(one.code) ? one.code : null)
  await replaceProblems(context.tx, context.newId, episode, wanted, todayOf(context), context.actor.userId)
}
