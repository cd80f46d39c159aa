import { z } from 'zod'
import { personNameSchema } from '../../persons/contract/person.ts'
import { type Access, allowedIf, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { type Actor, accompanies } from '../../platform/contract/actor.ts'
import { type Branded, idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { toldIdentity, visitKinds, visitStates } from './told.ts'

export type HospitalVisitId = Branded<'HospitalVisitId'>
export type CandidateId = Branded<'HospitalCandidateId'>

/** Those who accompany: that somebody may be in hospital is of the health volet, which the front desk does not read. */
export const decidesVisits: Access<unknown, unknown> = (actor: Actor) => allowedIf(accompanies(actor), 'Réservé à celles et ceux qui accompagnent dans un DAC.')

export const candidateShape = z.object({
  id: idSchema<CandidateId>(),
  person: personNameSchema,
  birthName: z.string().nullable(),
  usedName: z.string().nullable(),
  givenNames: z.array(z.string()),
  birthPlaceCode: z.string().nullable(),
  birthPlaceName: z.string().nullable(),
  referentName: z.string().nullable(),
  score: z.number().int(),
  reasons: z.array(z.string()),
  /** Without anybody: by her qualified INS, by five traits alike. */
  recognised: z.enum(['ins', 'traits']).nullable(),
  decision: z.enum(['hers', 'not_hers']).nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: z.string().nullable(),
})
export type HospitalCandidate = z.output<typeof candidateShape>

export const visitShape = z.object({
  id: idSchema<HospitalVisitId>(),
  senderName: z.string(),
  kind: z.enum(visitKinds),
  state: z.enum(visitStates),
  admittedAt: z.string().nullable(),
  dischargedAt: z.string().nullable(),
  /** When what the hospital said of her is destroyed. */
  keptUntil: z.string(),
  lastAt: z.string(),
  traits: toldIdentity.omit({ ins: true, phones: true }),
  /** A matricule was told: never shown, it is compared. */
  withIns: z.boolean(),
  birthPlaceName: z.string().nullable(),
  candidates: z.array(candidateShape),
})
export type HospitalVisit = z.output<typeof visitShape>

export const visitViews = ['to_decide', 'decided'] as const
export type VisitView = (typeof visitViews)[number]

/** « Événements hospitaliers à rapprocher »: what hospitals told that may be of somebody whom one's DAC accompanies; the oldest news last. */
export const hospitalVisits = defineQuery({
  name: 'hospitalEvents.visits',
  title: 'Événements hospitaliers à rapprocher',
  input: z.object({ view: z.enum(visitViews).default('to_decide'), limit: z.number().int().min(1).max(100).default(50) }),
  output: z.object({ rows: z.array(visitShape), toDecide: z.number().int() }),
  access: decidesVisits,
  audit: {
    persons: (_input, _target, output) => output.rows.flatMap(({ candidates }) => candidates.map(({ person }) => person.personId)),
    volets: ['administrative', 'health'],
  },
})

/** A candidate as whoever decides sees it. */
export interface CandidateTarget {
  readonly id: CandidateId
  readonly visitId: HospitalVisitId
  readonly personId: PersonId
}
export interface VisitTarget {
  readonly id: HospitalVisitId
  readonly personIds: readonly PersonId[]
}

/** « C’est elle ». */
export const confirmCandidate = defineAction({
  name: 'hospitalEvents.candidate.confirm',
  title: 'C’est elle',
  input: z.object({ id: idSchema<CandidateId>() }),
  output: z.object({ id: idSchema<CandidateId>() }),
  access: decidesVisits,
  audit: { persons: (_input, target: CandidateTarget) => [target.personId], volets: ['health'] },
})

/** « Ce n’est aucune des nôtres »; of a stay that was recognised, « Ce n’est pas elle »: what was written in her file is taken back. */
export const setVisitAside = defineAction({
  name: 'hospitalEvents.visit.setAside',
  title: 'Ce n’est aucune des nôtres',
  input: z.object({ id: idSchema<HospitalVisitId>() }),
  output: z.object({ id: idSchema<HospitalVisitId>() }),
  access: decidesVisits,
  audit: { persons: (_input, target: VisitTarget) => [...target.personIds], volets: ['health'] },
})

/** What was decided is undone, as long as what the hospital said is kept. */
export const reopenVisit = defineAction({
  name: 'hospitalEvents.visit.reopen',
  title: 'Revenir sur ce qui a été décidé',
  input: z.object({ id: idSchema<HospitalVisitId>() }),
  output: z.object({ id: idSchema<HospitalVisitId>() }),
  access: decidesVisits,
  audit: { persons: (_input, target: VisitTarget) => [...target.personIds], volets: ['health'] },
})
