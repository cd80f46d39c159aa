import { z } from 'zod'
import { volets } from '../../platform/contract/actor.ts'
import { type Branded, idSchema, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import { answersSchema } from './form-definition.ts'

export type AssessmentId = Branded<'AssessmentId'>
export type OpinionId = Branded<'OpinionId'>

export const assessmentStates = ['draft', 'finished', 'replaced', 'discarded'] as const
export type AssessmentState = (typeof assessmentStates)[number]

/** Whose work it is: the one who types, a colleague of her service, or a partner (R40). */
export const authorKinds = ['self', 'colleague', 'partner'] as const

/** Who says what she thinks of the result (R61). */
export const opinionGivers = ['person', 'representative', 'caregiver'] as const
export const opinionGiverLabels: Readonly<Record<(typeof opinionGivers)[number], string>> = {
  person: 'La personne',
  representative: 'Son représentant',
  caregiver: 'Son aidant',
}

export const opinionAnswers = ['agrees', 'partly', 'disagrees', 'unable'] as const
export const opinionAnswerLabels: Readonly<Record<(typeof opinionAnswers)[number], string>> = {
  agrees: 'S’y retrouve',
  partly: 'S’y retrouve en partie',
  disagrees: 'Ne s’y retrouve pas',
  unable: 'Ne peut pas s’exprimer',
}

/** The adverbs of AGGIR, as they are noted against an activity. */
export const adverbs = ['spontaneously', 'totally', 'correctly', 'habitually'] as const
export type Adverb = (typeof adverbs)[number]

/** What is noted beside an answer: a remark in words; for AGGIR, the adverbs that are not met. */
export const observationSchema = z.object({
  remark: z.string().trim().max(500, { error: 'Trop long : 500 caractères au plus.' }).optional(),
  unmet: z.array(z.enum(adverbs)).max(adverbs.length).optional(),
})
export type Observation = z.output<typeof observationSchema>
export const observationsSchema = z.record(z.string().max(64), observationSchema.nullable())
export type Observations = Readonly<Record<string, Observation | null>>

/** What the rules of an assessment look at. */
export interface AssessmentTarget {
  readonly id: AssessmentId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly createdBy: UserId | null
  readonly state: AssessmentState
}

/** A result as it is kept: what the server computed that day, under that version of the form. */
export const resultSchema = z.object({
  score: z.number(),
  max: z.number().nullable(),
  band: z.string().nullable(),
  label: z.string().nullable(),
  severity: z.number().int().nullable(),
  printed: z.string(),
  readings: z.array(z.object({ set: z.string(), band: z.string(), label: z.string(), severity: z.number().int() })),
  details: z.record(z.string(), z.number()),
})
export type Result = z.output<typeof resultSchema>

/** The result before this one, of the same form. */
export const formerResultSchema = z.object({
  assessmentId: idSchema<AssessmentId>(),
  printed: z.string(),
  label: z.string().nullable(),
  score: z.number(),
  severity: z.number().int().nullable(),
  performedOn: z.string(),
})
export type FormerResult = z.output<typeof formerResultSchema>

export const authorSchema = z.object({ kind: z.enum(authorKinds), name: z.string(), role: z.string().nullable() })

export const opinionSchema = z.object({
  id: idSchema<OpinionId>(),
  givenBy: z.enum(opinionGivers),
  givenByName: z.string().nullable(),
  explainedOn: z.string(),
  agrees: z.enum(opinionAnswers).nullable(),
  words: z.string().nullable(),
  recordedByName: z.string(),
  recordedAt: z.string(),
})
export type Opinion = z.output<typeof opinionSchema>

/** A line of the list: that it exists, and what came out of it when the reader's volets allow. */
export const assessmentLine = z.object({
  id: idSchema<AssessmentId>(),
  formCode: z.string(),
  formVersion: z.string(),
  kind: z.enum(['grid', 'evaluation', 'screening']),
  state: z.enum(assessmentStates),
  version: z.number().int(),
  performedOn: z.string(),
  author: authorSchema,
  partOf: idSchema<AssessmentId>().nullable(),
  correctsId: idSchema<AssessmentId>().nullable(),
  correctionReason: z.string().nullable(),
  incompleteReason: z.string().nullable(),
  finishedAt: z.string().nullable(),
  holderOrg: idSchema<ServiceId>(),
  createdBy: idSchema<UserId>().nullable(),
  createdByName: z.string().nullable(),
  /** Sections that are complete, among those that the reader sees. */
  sectionsDone: z.number().int(),
  sectionsSeen: z.number().int(),
  result: resultSchema.nullable(),
  former: formerResultSchema.nullable(),
  opinion: opinionSchema.nullable(),
})
export type AssessmentLine = z.output<typeof assessmentLine>

/** The answers of one section, under its volet. */
export const sectionAnswersSchema = z.object({
  section: z.string(),
  volet: z.enum(volets),
  answers: answersSchema,
  observations: observationsSchema,
  complete: z.boolean(),
  version: z.number().int(),
  savedAt: z.string(),
  savedByName: z.string().nullable(),
})
export type SectionAnswers = z.output<typeof sectionAnswersSchema>
