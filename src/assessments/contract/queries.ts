import { z } from 'zod'
import { sightBases } from '../../persons/contract/person.ts'
import { allowedIf, defineQuery, signedIn } from '../../platform/contract/action.ts'
import { holds, volets } from '../../platform/contract/actor.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { type AssessedPerson, readsAssessments } from './access.ts'
import {
  type AssessmentId,
  type AssessmentTarget,
  assessmentLine,
  formerResultSchema,
  opinionSchema,
  resultSchema,
  sectionAnswersSchema,
} from './assessment.ts'
import { answersSchema, formDefinitionSchema } from './form-definition.ts'

const assessedPerson = z.object({
  personId: idSchema<PersonId>(),
  bases: z.array(z.enum(sightBases)),
  volets: z.array(z.enum(volets)),
  inCharge: z.boolean(),
  deceased: z.boolean(),
})
const ofThePerson = { persons: ({ personId }: { readonly personId: PersonId }): readonly PersonId[] => [personId] }

/** Drafts, then what is finished, the latest first; corrected ones come along, marked as replaced. */
export const assessmentsOfPerson = defineQuery({
  name: 'assessments.ofPerson',
  title: 'Évaluations de la personne',
  input: z.object({ personId: idSchema<PersonId>() }),
  output: z.object({ person: assessedPerson, rows: z.array(assessmentLine) }),
  access: (actor, person: AssessedPerson) => readsAssessments(actor, person),
  audit: ofThePerson,
})

/** One assessment: its answers section by section, those that the reader's volets open. */
export const assessmentDetail = defineQuery({
  name: 'assessments.assessment',
  title: 'Évaluation',
  input: z.object({ id: idSchema<AssessmentId>() }),
  output: z.object({
    person: assessedPerson,
    /** Whole years on the day it was made; null without a birth day. */
    age: z.number().int().nullable(),
    assessment: assessmentLine,
    sections: z.array(sectionAnswersSchema),
    /** The answers of the one before, of the same form, that the reader sees. */
    formerAnswers: z.object({ performedOn: z.string(), answers: answersSchema }).nullable(),
    opinions: z.array(opinionSchema),
    /** The grids that belong to it: what was filled within it, else what was known that day. */
    grids: z.array(
      z.object({
        formCode: z.string(),
        assessmentId: idSchema<AssessmentId>(),
        state: z.string(),
        performedOn: z.string(),
        result: resultSchema.nullable(),
        within: z.boolean(),
      }),
    ),
    /** The one that corrects it, once begun. */
    correctedBy: z.object({ id: idSchema<AssessmentId>(), state: z.string() }).nullable(),
  }),
  access: (actor, target: AssessmentTarget & { readonly person: AssessedPerson }) => readsAssessments(actor, target.person),
  audit: { persons: (_input, target) => [target.personId] },
})

/** The last result of each grid, and the one before: « GIR 3, GIR 4 en mars ». For the Synthèse. */
export const latestScores = defineQuery({
  name: 'assessments.latestScores',
  title: 'Derniers scores',
  input: z.object({ personId: idSchema<PersonId>() }),
  output: z.object({
    rows: z.array(
      z.object({
        formCode: z.string(),
        shortTitle: z.string(),
        assessmentId: idSchema<AssessmentId>(),
        performedOn: z.string(),
        result: resultSchema,
        former: formerResultSchema.nullable(),
        change: z.enum(['better', 'worse', 'same']).nullable(),
      }),
    ),
  }),
  access: (actor, person: AssessedPerson) => readsAssessments(actor, person),
  audit: ofThePerson,
})

/** The forms that the region loaded beside those that come with Jalon, every version: the browser needs them to draw an assessment. */
export const regionalForms = defineQuery({
  name: 'assessments.regionalForms',
  title: 'Formulaires de la région',
  input: z.object({}),
  output: z.object({ rows: z.array(formDefinitionSchema) }),
  access: signedIn('questions and scores, without any answer'),
  audit: { none: 'forms, no person' },
})

/** When each version of the region came, and by whom: for whoever publishes them. */
export const formVersions = defineQuery({
  name: 'assessments.formVersions',
  title: 'Versions des formulaires de la région',
  input: z.object({}),
  output: z.object({ rows: z.array(z.object({ code: z.string(), version: z.string(), loadedAt: z.string(), loadedByName: z.string() })) }),
  access: (actor) => allowedIf(holds(actor, 'regional_admin'), 'Réservé à l’administration régionale.'),
  audit: { none: 'forms, no person' },
})
