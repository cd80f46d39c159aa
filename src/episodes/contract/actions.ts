import { z } from 'zod'
import { defineAction } from '../../platform/contract/action.ts'
import { code, day, line, optional, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId, type UserId } from '../../platform/contract/ids.ts'
import { carriesEpisode, type EpisodeId, type EpisodeTarget, givesEpisode } from './episode.ts'
import { levelCode, noProblem, problemsOfAxis } from './opening.ts'

const edited = { id: idSchema<EpisodeId>(), baseVersion: seenVersion() }
const version = z.object({ id: idSchema<EpisodeId>(), version: z.number().int() })
const ofThePerson = { persons: (_input: unknown, episode: EpisodeTarget): readonly PersonId[] => [episode.personId] }

export const changeLevel = defineAction({
  name: 'episodes.level.change',
  title: 'Changer le niveau d’accompagnement',
  input: z.object({ ...edited, level: levelCode, reason: optional(line(300)) }),
  output: version,
  access: carriesEpisode,
  audit: ofThePerson,
})

export const changeReferent = defineAction({
  name: 'episodes.referent.change',
  title: 'Changer de référent',
  /** With `handoverUntil`, the outgoing référent keeps the file in her caseload until that day included. */
  input: z.object({ ...edited, referentId: idSchema<UserId>(), reason: code(), handoverUntil: optional(day()) }),
  output: version,
  access: givesEpisode,
  audit: ofThePerson,
})

export const changeBinome = defineAction({
  name: 'episodes.binome.change',
  title: 'Changer le binôme',
  input: z.object({ ...edited, binomeId: optional(idSchema<UserId>()) }),
  output: version,
  access: givesEpisode,
  audit: ofThePerson,
})

export const setProblems = defineAction({
  name: 'episodes.problems.set',
  title: 'Dire les problématiques',
  input: z.object({ ...edited, population: problemsOfAxis.default(noProblem), difficulty: problemsOfAxis.default(noProblem) }),
  output: version,
  access: carriesEpisode,
  audit: ofThePerson,
})

export const putToSleep = defineAction({
  name: 'episodes.dormancy.start',
  title: 'Mettre en veille',
  input: z.object({ ...edited, wakeUpOn: day(), reason: code() }),
  output: version,
  access: carriesEpisode,
  audit: ofThePerson,
})

export const wakeUp = defineAction({
  name: 'episodes.dormancy.end',
  title: 'Réveiller l’accompagnement',
  input: z.object(edited),
  output: version,
  access: carriesEpisode,
  audit: ofThePerson,
})

export const closeEpisode = defineAction({
  name: 'episodes.episode.close',
  title: 'Clore l’accompagnement',
  input: z.object({
    ...edited,
    reason: code(),
    balance: code(),
    objectives: optional(paragraph(4_000)),
    /** Who takes over; asked when the reason is a relay. */
    relay: optional(line(300)),
    /** What the team had booked and that ends with the accompaniment, as it was shown; the agenda cancels it. */
    cancelAppointments: z.array(z.uuid()).max(100).default([]),
  }),
  output: z.object({ id: idSchema<EpisodeId>(), version: z.number().int(), tasksCancelled: z.number().int(), sightsEnded: z.number().int() }),
  access: carriesEpisode,
  audit: ofThePerson,
})

export const reopenEpisode = defineAction({
  name: 'episodes.episode.reopen',
  title: 'Rouvrir l’accompagnement',
  input: z.object({
    ...edited,
    reason: code(),
    level: levelCode,
    referentId: idSchema<UserId>(),
    grounds: z.array(code()).min(1, { error: 'Dites pourquoi le DAC intervient.' }).max(12),
  }),
  output: version,
  access: carriesEpisode,
  audit: ofThePerson,
})
