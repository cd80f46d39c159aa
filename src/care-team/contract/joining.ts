import { z } from 'zod'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { birthDate, personName } from '../../persons/contract/traits.ts'
import { type Access, type ActionAudit, allowedIf, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { accompanies } from '../../platform/contract/actor.ts'
import { code, optional, paragraph } from '../../platform/contract/fields.ts'
import { type Branded, idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { whoeverIsAround } from './access.ts'
import { accessWish } from './actions.ts'

export type JoinRequestId = Branded<'JoinRequestId'>

/** Whom the request reached, which the asker is never told. */
export interface JoinTarget {
  readonly reached: readonly PersonId[]
}

/** Asked by a professional of the directory, by name and day of birth. The answer on the screen is the same whether the person is known here or not. */
export const askToJoin = defineAction({
  name: 'careTeam.join.ask',
  title: 'Demander à rejoindre un cercle',
  input: z.object({
    id: idSchema<JoinRequestId>(),
    name: personName(),
    birthDate: birthDate(),
    role: code(),
    words: paragraph(600),
  }),
  output: z.object({ id: idSchema<JoinRequestId>() }),
  access: (actor, _target: JoinTarget) =>
    allowedIf(
      actor.professionalId !== null && (actor.category === 'health' || actor.category === 'social'),
      'Réservé aux professionnels de santé et du social inscrits à l’annuaire.',
    ),
  audit: { persons: (_input, { reached }) => reached },
})

export interface JoinAnswerTarget extends PersonTarget {
  readonly isFamilyDoctor: boolean
}

/** The DAC in charge, or the médecin traitant when she is of the équipe de soins herself. */
export const answersJoining: Access<JoinAnswerTarget, unknown> = (actor, person) =>
  allowedIf((accompanies(actor) && person.inCharge) || person.isFamilyDoctor, 'Réservé au DAC qui accompagne la personne et à son médecin traitant.')

const ofAnswer: ActionAudit<unknown, JoinAnswerTarget, unknown> = { persons: (_input, person) => [person.personId] }

export const answerJoining = defineAction({
  name: 'careTeam.join.answer',
  title: 'Répondre à la demande de rejoindre le cercle',
  /** Accepted, she enters the circle with her role and her access; the person was told, when and by whom. */
  input: z.object({
    id: idSchema<JoinRequestId>(),
    personId: idSchema<PersonId>(),
    accept: z.boolean(),
    access: accessWish.nullish(),
    words: optional(paragraph(300)),
  }),
  output: z.object({ id: idSchema<JoinRequestId>(), memberId: z.string().nullable() }),
  access: answersJoining,
  audit: ofAnswer,
})

export const joinRequests = defineQuery({
  name: 'careTeam.joinRequests',
  title: 'Demandes pour rejoindre le cercle',
  input: z.object({ personId: idSchema<PersonId>() }),
  output: z.object({
    /** Empty for whoever may not answer. */
    rows: z.array(
      z.object({
        id: idSchema<JoinRequestId>(),
        name: z.string(),
        profession: z.string().nullable(),
        place: z.string().nullable(),
        role: z.string(),
        words: z.string(),
        askedAt: z.string(),
      }),
    ),
    isFamilyDoctor: z.boolean(),
  }),
  access: whoeverIsAround,
  audit: { persons: (_input, person: PersonTarget) => [person.personId] },
})
