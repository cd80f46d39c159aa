import { z } from 'zod'
import { code, day, line, optional, paragraph } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId, type UserId } from '../../platform/contract/ids.ts'
import type { EpisodeId } from './episode.ts'
import { type Level, levels } from './value-sets.ts'

export const levelCode: z.ZodType<Level, Level> = z.enum(levels.values.map((value) => value.code) as [Level, ...Level[]], { error: 'Niveau à choisir.' })

/** The problems of one axis: the principal one, and those besides. */
export const problemsOfAxis = z.object({ principal: optional(code()), others: z.array(code()).max(20).default([]) })
export const noProblem = { principal: null, others: [] }

/**
 * What opening an accompaniment takes, besides the person: the decision of the commission d'orientation holds the same fields.
 * `grounds` are codes of episodes.dac_reason (R9: why the DAC acts), `nextStep` becomes the first task of the référent.
 */
export const episodeOpeningFields = {
  episodeId: idSchema<EpisodeId>(),
  level: levelCode,
  referentId: idSchema<UserId>(),
  binomeId: optional(idSchema<UserId>()),
  grounds: z.array(code()).min(1, { error: 'Dites pourquoi le DAC intervient.' }).max(12),
  groundWords: optional(paragraph(2_000)),
  population: problemsOfAxis.default(noProblem),
  difficulty: problemsOfAxis.default(noProblem),
  nextStep: optional(z.object({ kind: code(), title: line(160), dueOn: optional(day()) })),
}

export const episodeOpening = z.object(episodeOpeningFields)
export type EpisodeOpening = z.output<typeof episodeOpening>

/** As `openEpisode` of the server takes it: the request is the one that led to it, if any. */
export interface EpisodeToOpen extends EpisodeOpening {
  readonly personId: PersonId
  readonly requestId: string | null
}
