import { z } from 'zod'
import { type ActionAudit, defineAction } from '../../platform/contract/action.ts'
import { professionalCategories, volets } from '../../platform/contract/actor.ts'
import { code, day, line, optional, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { decidesForTheRegion, keptByHerDac, marksStructures, openedItHerself, opensExceptionally, supervisesExceptionalAccess } from './access.ts'
import type { ExceptionalAccessId, ExceptionalAccessTarget, PersonTarget, WithheldVoletId } from './person.ts'

const personId = idSchema<PersonId>()
const exceptionalAccessId = idSchema<ExceptionalAccessId>()
const versioned = z.object({ id: z.string(), version: z.number().int() })
const ofPerson: ActionAudit<unknown, PersonTarget, unknown> = { persons: (_input, person) => [person.personId], purpose: 'rights' }
const ofAccess: ActionAudit<unknown, ExceptionalAccessTarget, unknown> = { persons: (_input, target) => [target.personId] }

/** Longest exceptional access, in hours; never extended, opened again with a new reason. */
export const exceptionalAccessHours = 24

/**
 * Opens a file without being around the person, for herself only. Absent, opposed or refused persons answer alike: not found. Never opens what is
 * private to a service or restricted, nor what the person withholds.
 */
export const openExceptionalAccess = defineAction({
  name: 'persons.exceptionalAccess.open',
  title: 'Ouvrir un accès exceptionnel',
  input: z.object({
    id: exceptionalAccessId,
    personId,
    /** Code of persons.exceptional_access_reason. */
    reason: code(),
    explanation: paragraph(1000).refine((text) => text.length >= 10, { error: 'Expliquez en quelques mots : 10 caractères au moins.' }),
    hours: z
      .number({ error: 'À choisir.' })
      .int()
      .min(1, { error: 'Une heure au moins.' })
      .max(exceptionalAccessHours, { error: `${exceptionalAccessHours} heures au plus.` }),
  }),
  output: z.object({ id: z.string(), endsAt: z.string() }),
  access: opensExceptionally,
  audit: { persons: (input) => [input.personId], purpose: 'emergency' },
  // It opens a file that nothing else opens: whoever sits down at a workstation left open does not.
  reauthentication: 30,
})

export const closeExceptionalAccess = defineAction({
  name: 'persons.exceptionalAccess.close',
  title: 'Fermer l’accès exceptionnel',
  input: z.object({ id: exceptionalAccessId }),
  output: z.object({ id: z.string() }),
  access: openedItHerself,
  audit: { ...ofAccess, purpose: 'emergency' },
})

export const reviewExceptionalAccess = defineAction({
  name: 'persons.exceptionalAccess.review',
  title: 'Relire un accès exceptionnel',
  input: z.object({
    id: exceptionalAccessId,
    outcome: z.enum(['justified', 'not_justified'], { error: 'À choisir.' }),
    comment: paragraph(1000),
  }),
  output: z.object({ id: z.string() }),
  access: supervisesExceptionalAccess,
  audit: { ...ofAccess, purpose: 'oversight' },
})

/** From whom a volet is withheld: a category of R.1110-2, or one named party. */
export const withheldFrom = ['health', 'social', 'legal_protection', 'coordination', 'party'] as const

/** The person keeps a volet from a category of professionals or from one of them. Acts at their next request. */
export const withholdVolet = defineAction({
  name: 'persons.volet.withhold',
  title: 'Fermer un volet à la demande de la personne',
  input: z
    .object({
      id: idSchema<WithheldVoletId>(),
      personId,
      volet: z.enum(['social', 'health'], { error: 'À choisir.' }),
      from: z.enum(withheldFrom, { error: 'À choisir.' }),
      /** The card, the account or the service that it is withheld from, when `from` is 'party'. */
      partyId: optional(z.uuid()),
      since: day(),
      /** Codes of persons.information_mode and persons.right_exercised_by. */
      mode: code(),
      givenBy: code().default('person'),
      reason: optional(line(300)),
    })
    .refine((input) => (input.from === 'party') === (input.partyId !== null), {
      error: 'Choisissez le professionnel dans la liste de ceux qui voient la personne.',
      path: ['partyId'],
    }),
  /** `narrowed`: how many rights see less now. */
  output: versioned.extend({ narrowed: z.number().int() }),
  access: keptByHerDac,
  audit: ofPerson,
})

export const stopWithholdingVolet = defineAction({
  name: 'persons.volet.stopWithholding',
  title: 'Rouvrir un volet que la personne avait fermé',
  input: z.object({ id: idSchema<WithheldVoletId>(), personId, reason: line(300) }),
  output: versioned.extend({ widened: z.number().int() }),
  access: keptByHerDac,
  audit: ofPerson,
})

/** What a category of professionals sees of a volet (R.1110-1, R.1110-2 CSP), changed by a region with its legal reference. Acts at the next request. */
export const changeCategoryVolet = defineAction({
  name: 'persons.categoryVolets.change',
  title: 'Changer ce qu’une catégorie voit',
  reauthentication: 15,
  input: z.object({
    category: z.enum(professionalCategories, { error: 'À choisir.' }),
    volet: z.enum(volets, { error: 'À choisir.' }),
    baseVersion: seenVersion(),
    allowed: z.boolean(),
    legalReference: line(200),
    reason: paragraph(1000),
  }),
  output: z.object({ version: z.number().int() }),
  access: decidesForTheRegion,
  audit: { none: 'a rule for a whole category: no person is concerned' },
})

/** Around a person marked at risk, the name of a sensitive structure is said to the DAC in charge only. */
export const markSensitiveStructure = defineAction({
  name: 'persons.sensitiveStructure.mark',
  title: 'Marquer une structure sensible',
  input: z.object({
    /** Card of the directory. */
    partyId: z.uuid(),
    sensitive: z.boolean(),
    reason: line(300),
  }),
  output: z.object({ partyId: z.string() }),
  access: marksStructures,
  audit: { none: 'a structure of the directory: no person is concerned' },
})
