import { z } from 'zod'
import { type ActionAudit, defineQuery, signedIn } from '../../platform/contract/action.ts'
import { professionalCategories, volets } from '../../platform/contract/actor.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { marksStructures, opensExceptionally, reviewsExceptionalAccesses, whoeverSeesHer } from './access.ts'
import { withheldFrom } from './access-actions.ts'
import { type PersonTarget, personNameSchema } from './person.ts'
import { noticeObstacles } from './person-notices.ts'
import { birthDate, personName } from './traits.ts'

const personId = idSchema<PersonId>()
const volet = z.enum(volets)
const ofPerson: ActionAudit<unknown, PersonTarget, unknown> = { persons: (_input, person) => [person.personId] }

/**
 * Who she is, for whoever is about to open exceptionally: one of her names and her exact day of birth. Only what identification needs; whoever opposes
 * care, the file or this professional is not found, like whoever does not exist.
 */
export const exceptionalAccessCandidates = defineQuery({
  name: 'persons.exceptionalAccess.candidates',
  title: 'Retrouver la personne avant un accès exceptionnel',
  input: z.object({ name: personName(), birthDate: birthDate() }),
  output: z.object({
    rows: z.array(
      z.object({
        person: personNameSchema,
        /** Her file is open to the actor already. */
        inScope: z.boolean(),
      }),
    ),
  }),
  access: opensExceptionally,
  audit: { persons: (_input, _target, output) => output.rows.map((row) => row.person.personId), purpose: 'emergency' },
})

const exceptionalAccess = z.object({
  id: z.string(),
  personId,
  /** Null for whoever reviews without seeing the person: `reference` then tells two lines apart. */
  person: personNameSchema.nullable(),
  reference: z.string(),
  userId: z.string(),
  userName: z.string(),
  profession: z.string().nullable(),
  serviceName: z.string().nullable(),
  /** Code of persons.exceptional_access_reason, and its label. */
  reason: z.string(),
  reasonLabel: z.string(),
  explanation: z.string(),
  volets: z.array(volet),
  openedAt: z.string(),
  endsAt: z.string(),
  /** Closed early by the one who opened it, or by the end of her rights. */
  endedAt: z.string().nullable(),
  live: z.boolean(),
  /** How many times the file was read during the access. */
  reads: z.number().int(),
  review: z.object({ outcome: z.enum(['justified', 'not_justified']), comment: z.string(), at: z.string(), byName: z.string() }).nullable(),
})
export type ExceptionalAccess = z.output<typeof exceptionalAccess>

/** Mine: those open now, and those of the last 90 days. */
export const myExceptionalAccesses = defineQuery({
  name: 'persons.myExceptionalAccesses',
  title: 'Mes accès exceptionnels',
  input: z.object({}),
  output: z.object({ rows: z.array(exceptionalAccess) }),
  access: opensExceptionally,
  audit: { persons: (_input, _target, output) => output.rows.map((row) => row.personId) },
})

/** Those that my service answers for: opened by one of its professionals, or on a person it accompanies. */
export const exceptionalAccesses = defineQuery({
  name: 'persons.exceptionalAccesses',
  title: 'Accès exceptionnels à relire',
  input: z.object({ show: z.enum(['to_review', 'reviewed', 'all']).default('to_review'), limit: z.number().int().min(1).max(200).default(100) }),
  output: z.object({
    rows: z.array(
      exceptionalAccess.extend({
        canReview: z.boolean(),
        /** Where the notice to the person stands; what kept it from leaving is said to those who see her. Null for accesses older than notices. */
        notice: z
          .object({
            state: z.enum(['waiting', 'told', 'to_hand', 'settled']),
            obstacle: z.enum(noticeObstacles).nullable(),
            toldAt: z.string().nullable(),
            byName: z.string().nullable(),
          })
          .nullable(),
      }),
    ),
    toReview: z.number().int(),
  }),
  access: reviewsExceptionalAccesses,
  audit: { persons: (_input, _target, output) => output.rows.map((row) => row.personId), purpose: 'oversight' },
})

/**
 * How many shared lines of her Fil the actor does not see, by volet and by reason, never what they are. What is private to a service and what is
 * restricted is never counted.
 */
export const hiddenItems = defineQuery({
  name: 'persons.hidden',
  title: 'Ce qui ne vous est pas ouvert',
  input: z.object({ personId }),
  output: z.object({
    rows: z.array(
      z.object({
        volet,
        count: z.number().int(),
        /** category: the law or the region closes it to her category; function: to her function (desk); withheld: by the person; not_entrusted: the basis gives less. */
        why: z.enum(['category', 'function', 'withheld', 'not_entrusted']),
        /** The whole sentence: « 3 éléments du volet santé ne vous sont pas ouverts : … ». */
        text: z.string(),
      }),
    ),
    total: z.number().int(),
  }),
  access: whoeverSeesHer,
  audit: ofPerson,
})
export type HiddenItems = z.output<typeof hiddenItems.output>

const categoryVolet = z.object({
  category: z.enum(professionalCategories),
  volet,
  allowed: z.boolean(),
  legalReference: z.string(),
  version: z.number().int(),
})

/** The table of the region, known to those to whom it applies, and its history. */
export const categoryVolets = defineQuery({
  name: 'persons.categoryVolets',
  title: 'Ce que chaque catégorie voit',
  input: z.object({}),
  output: z.object({
    rows: z.array(categoryVolet),
    history: z.array(categoryVolet.extend({ reason: z.string(), at: z.string(), byName: z.string().nullable() })),
    canChange: z.boolean(),
  }),
  access: signedIn('La règle qui s’applique à chaque catégorie est connue de tous ceux à qui elle s’applique.'),
  audit: { none: 'a rule for whole categories: no person is concerned' },
})

/** A volet that the person withholds, or withheld; part of persons.rights. */
export const withheldVoletSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  volet: z.enum(['social', 'health']),
  from: z.enum(withheldFrom),
  partyId: z.string().nullable(),
  partyName: z.string().nullable(),
  since: z.string(),
  mode: z.string(),
  givenBy: z.string(),
  reason: z.string().nullable(),
  byName: z.string(),
  recordedAt: z.string(),
  endedAt: z.string().nullable(),
  endReason: z.string().nullable(),
})
export type WithheldVolet = z.output<typeof withheldVoletSchema>

export const sensitiveStructures = defineQuery({
  name: 'persons.sensitiveStructures',
  title: 'Structures sensibles',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      z.object({ partyId: z.string(), name: z.string(), city: z.string().nullable(), reason: z.string(), since: z.string(), byName: z.string().nullable() }),
    ),
  }),
  access: marksStructures,
  audit: { none: 'structures of the directory: no person is concerned' },
})
