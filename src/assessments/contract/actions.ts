import { z } from 'zod'
import { allowedIf, defineAction } from '../../platform/contract/action.ts'
import { holds } from '../../platform/contract/actor.ts'
import { code, day, line, optional, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type PartyId, type PersonId } from '../../platform/contract/ids.ts'
import { type AssessedPerson, assesses, collectsOpinion, writesAssessment } from './access.ts'
import { type AssessmentId, type AssessmentTarget, authorKinds, type OpinionId, observationsSchema, opinionAnswers, opinionGivers } from './assessment.ts'
import { answersSchema, type FormDefinition } from './form-definition.ts'
import { currentForm, formVersion } from './library.ts'

const id = idSchema<AssessmentId>()
const version = z.object({ id, version: z.number().int() })
const ofThePerson = { persons: (_input: unknown, target: { readonly personId: PersonId }): readonly PersonId[] => [target.personId] }

const authorFields = {
  authorKind: z.enum(authorKinds).default('self'),
  /** Asked when it is not the one who types. */
  authorName: optional(line(120)),
  authorRole: optional(line(120)),
  authorPartyId: optional(idSchema<PartyId>()),
}

/** Begins an assessment with the current version of a form. */
export const startAssessment = defineAction({
  name: 'assessments.assessment.start',
  title: 'Nouvelle évaluation',
  input: z.object({
    id,
    personId: idSchema<PersonId>(),
    form: code(),
    performedOn: optional(day()),
    ...authorFields,
    /** The version that lay before whoever answered without network; the current one by default. */
    formVersion: optional(line(12)),
    /** Refused where somebody began or made the same one for her that day: its author has not seen it, and chooses. */
    alone: z.boolean().default(false),
    /** The evaluation within which this grid is filled. */
    partOf: optional(id),
    /** An earlier evaluation of the same form whose answers are taken as a start. */
    copyFrom: optional(id),
  }),
  output: version,
  access: (actor, person: AssessedPerson, { form, formVersion: version }) =>
    assesses(actor, person, version === null ? currentForm(form) : formVersion(form, version)),
  audit: ofThePerson,
})

/** Says when, and by whom, it was made. */
export const describeAssessment = defineAction({
  name: 'assessments.assessment.describe',
  title: 'Dire quand et par qui',
  input: z.object({ id, baseVersion: seenVersion(), performedOn: day(), ...authorFields }),
  output: version,
  access: writesAssessment,
  audit: ofThePerson,
})

/** Keeps some answers of a section; the others stay as they are. Null takes an answer away. */
export const saveSection = defineAction({
  name: 'assessments.section.save',
  title: 'Enregistrer une rubrique',
  input: z.object({
    id,
    section: code(),
    baseVersion: seenVersion(),
    answers: answersSchema.default({}),
    observations: observationsSchema.default({}),
  }),
  output: z.object({ id, section: z.string(), version: z.number().int(), complete: z.boolean() }),
  access: writesAssessment,
  audit: ofThePerson,
})

/** Ends it: the server computes the score and keeps it with the version of the form. Nothing can be changed afterwards. */
export const finishAssessment = defineAction({
  name: 'assessments.assessment.finish',
  title: 'Terminer l’évaluation',
  input: z.object({ id, incompleteReason: optional(line(300)) }),
  output: version,
  access: writesAssessment,
  audit: ofThePerson,
})

export const discardAssessment = defineAction({
  name: 'assessments.assessment.discard',
  title: 'Abandonner ce brouillon',
  input: z.object({ id }),
  output: version,
  access: writesAssessment,
  audit: ofThePerson,
})

/** Corrects a finished assessment by a new one that starts from its answers; the first stays readable, marked as replaced once the new one is finished. */
export const correctAssessment = defineAction({
  name: 'assessments.assessment.correct',
  title: 'Corriger cette évaluation',
  input: z.object({ id, assessmentId: id, reason: line(300) }),
  output: version,
  access: (actor, target: AssessmentTarget & { readonly person: AssessedPerson; readonly form: FormDefinition | undefined }) => {
    const mine = writesAssessment(actor, target)
    return mine.allowed ? assesses(actor, target.person, target.form) : mine
  },
  audit: ofThePerson,
})

/** The result was explained to the person: what she thinks of it, in her words (R61). */
export const recordOpinion = defineAction({
  name: 'assessments.opinion.record',
  title: 'Noter son avis',
  input: z
    .object({
      id: idSchema<OpinionId>(),
      assessmentId: id,
      givenBy: z.enum(opinionGivers).default('person'),
      givenByName: optional(line(120)),
      explainedOn: optional(day()),
      agrees: optional(z.enum(opinionAnswers)),
      words: optional(paragraph(2_000)),
    })
    .refine((input) => input.agrees !== null || input.words !== null, { path: ['words'], error: 'Notez ce qu’elle en dit, ou cochez une réponse.' }),
  output: z.object({ id: idSchema<OpinionId>() }),
  access: collectsOpinion,
  audit: ofThePerson,
})

/** Longest definition that comes from a screen, in characters of compact JSON: thrice the longest form that comes with Jalon. */
export const longestPublished = 300_000

/** Publishes a version of a form of the region: at once for what begins, never for what was answered before. */
export const publishForm = defineAction({
  name: 'assessments.form.publish',
  title: 'Publier un formulaire de la région',
  input: z.object({ definition: paragraph(longestPublished) }),
  output: z.object({
    code: z.string(),
    version: z.string(),
    /** This very version was there already: nothing changed. */
    already: z.boolean(),
  }),
  access: (actor) => allowedIf(holds(actor, 'regional_admin'), 'Réservé à l’administration régionale.'),
  audit: { none: 'a form, no person' },
})
