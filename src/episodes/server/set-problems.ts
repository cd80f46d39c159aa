import { conflict } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { setProblems } from '../contract/actions.ts'
import type { EpisodeOpening } from '../contract/opening.ts'
import { loadEpisode, mergeEpisode } from './edit-episode.ts'
import { updateEpisode } from './episode.sql.ts'
import { type CurrentProblem, currentProblems } from './history.sql.ts'
import { bringProblemsTo } from './problems.ts'

export const setProblemsImplementation = implement(setProblems, {
  load: loadEpisode,
  run: async (context, { baseVersion, population, difficulty }, target) => {
    const episode = await loadEpisode(context, target)
    if (episode.state === 'closed') throw conflict('episodes.closed')
    const rows = await currentProblems(context.tx, episode.id)
    const current = { population: axisOf(rows, 'population'), difficulty: axisOf(rows, 'difficulty') }
    // Its history is of the health volet, as most of the codes are.
    const version = await mergeEpisode(context, episode, baseVersion, { population: sorted(population), difficulty: sorted(difficulty) }, current, 'health')
    if (version === episode.version) return { id: episode.id, version }
    await bringProblemsTo(context, episode, { population, difficulty }, new Set(rows.map((row) => row.code)))
    await updateEpisode(context.tx, episode.id, version, {})
    context.emit({ type: 'episodes.problems.changed', personId: episode.personId, volet: 'administrative', payload: { episodeId: episode.id } })
    return { id: episode.id, version }
  },
})

type Axis = EpisodeOpening['population']

/** The order of those besides says nothing. */
function sorted({ principal, others }: Axis): Axis {
  return { principal, others: [...others].sort() }
}

function axisOf(rows: readonly CurrentProblem[], axis: CurrentProblem['axis']): Axis {
  const ofAxis = rows.filter((row) => row.axis === axis)
  return sorted({ principal: ofAxis.find((row) => row.principal)?.code ?? null, others: ofAxis.filter((row) => !row.principal).map((row) => row.code) })
}
