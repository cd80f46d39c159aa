import { z } from 'zod'
import { type ActionAudit, defineAction } from '../../platform/contract/action.ts'
import { code, communeCode, day, line, optional, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { doneByThoseWhoAccompany, keptByHerDac, writesIdentities } from './access.ts'
import { type PersonTarget, silenceKinds } from './person.ts'
import { parsePhone } from './phones.ts'
import { birthDate, birthGivenNamesSchema, birthPlaceCode, personName, provisionalTraitsSchema, sexSchema } from './traits.ts'

const personId = idSchema<PersonId>()
const versioned = z.object({ id: z.string(), version: z.number().int() })
const ofPerson: ActionAudit<unknown, PersonTarget, unknown> = { persons: (_input, person) => [person.personId] }

/** A telephone as typed; kept as phones.ts keeps it. */
export const phone = (): z.ZodType<string, string> =>
  z.string({ error: 'À remplir.' }).transform((typed, context) => {
    const parsed = parsePhone(typed)
    if (parsed.ok) return parsed.phone.value
    context.addIssue({ code: 'custom', message: parsed.message })
    return z.NEVER
  }) as unknown as z.ZodType<string, string>

/** A provisional person from what a call gives: one name at least. */
export const createPersonAction = defineAction({
  name: 'persons.person.create',
  title: 'Créer une identité',
  input: provisionalTraitsSchema.and(
    z.object({
      id: personId,
      communeCode: optional(communeCode()),
      address: optional(line(200)),
      phone: optional(phone()),
      callerInstruction: optional(line(300)),
      /** The look-alikes were shown and set aside. */
      lookAlikesSeen: z.boolean().default(false),
    }),
  ),
  output: versioned,
  access: writesIdentities,
  audit: { persons: (input) => [input.id] },
})

/** The fields of a person that are edited together; those left out do not change. */
export const personChanges = z.object({
  birthName: optional(personName()).optional(),
  usedName: optional(personName()).optional(),
  birthGivenNames: z.union([birthGivenNamesSchema, z.array(z.never()).max(0)]).optional(),
  usedGivenName: optional(personName(50)).optional(),
  birthDate: optional(birthDate()).optional(),
  birthDateApproximate: z.boolean().optional(),
  sex: optional(sexSchema).optional(),
  birthPlaceCode: optional(birthPlaceCode()).optional(),
  birthPlaceName: optional(line(120)).optional(),
  communeCode: optional(communeCode()).optional(),
  address: optional(line(200)).optional(),
  callerInstruction: optional(line(300)).optional(),
  language: optional(code()).optional(),
  needsInterpreter: z.boolean().optional(),
  isMilitary: z.boolean().optional(),
})
export type PersonChanges = z.output<typeof personChanges>

export const editPerson = defineAction({
  name: 'persons.person.edit',
  title: 'Corriger l’identité',
  input: z.object({ id: personId, baseVersion: seenVersion(), changes: personChanges }),
  output: versioned.extend({ identityLost: z.boolean() }),
  access: keptByHerDac,
  audit: ofPerson,
})

export const checkIdentity = defineAction({
  name: 'persons.identity.check',
  title: 'Vérifier l’identité sur une pièce',
  input: z.object({ personId, document: code() }),
  output: versioned.extend({ identityStatus: z.string() }),
  access: keptByHerDac,
  audit: ofPerson,
})

export const setAttributes = defineAction({
  name: 'persons.identity.setAttributes',
  title: 'Signaler un homonyme, un doute ou une identité fictive',
  input: z.object({ personId, attributes: z.array(z.enum(['homonym', 'doubtful', 'fictitious'])).max(3), reason: optional(line(300)) }),
  output: versioned.extend({ identityStatus: z.string() }),
  access: keptByHerDac,
  audit: ofPerson,
})

const contactFields = { kind: code(), value: line(254), label: optional(line(80)), preferred: z.boolean().default(false) }

export const addContact = defineAction({
  name: 'persons.contact.add',
  title: 'Ajouter un moyen de joindre',
  input: z.object({ id: z.uuid(), personId, ...contactFields }),
  output: versioned,
  access: keptByHerDac,
  audit: ofPerson,
})

export const editContact = defineAction({
  name: 'persons.contact.edit',
  title: 'Corriger un moyen de joindre',
  input: z.object({
    id: z.uuid(),
    personId,
    baseVersion: seenVersion(),
    changes: z.object({
      kind: code().optional(),
      value: line(254).optional(),
      label: optional(line(80)).optional(),
      preferred: z.boolean().optional(),
      ended: z.literal(true).optional(),
    }),
  }),
  output: versioned,
  access: keptByHerDac,
  audit: ofPerson,
})

const protectionFields = {
  measure: code(),
  scope: optional(code()),
  holderKind: optional(code()),
  representativeName: optional(line(120)),
  representativePartyId: optional(z.uuid()),
  representativePhone: optional(phone()),
  documentSeen: optional(line(200)),
  startsOn: optional(day()),
  endsOn: optional(day()),
}

export const recordProtection = defineAction({
  name: 'persons.protection.record',
  title: 'Noter une mesure de protection',
  input: z.object({ id: z.uuid(), personId, ...protectionFields }),
  output: versioned,
  access: keptByHerDac,
  audit: ofPerson,
})

export const editProtection = defineAction({
  name: 'persons.protection.edit',
  title: 'Corriger une mesure de protection',
  input: z.object({
    id: z.uuid(),
    personId,
    baseVersion: seenVersion(),
    changes: z.object(
      Object.fromEntries(Object.entries(protectionFields).map(([key, schema]) => [key, schema.optional()])) as {
        [K in keyof typeof protectionFields]: z.ZodOptional<(typeof protectionFields)[K]>
      },
    ),
  }),
  output: versioned,
  access: keptByHerDac,
  audit: ofPerson,
})

export const recordFamilyDoctor = defineAction({
  name: 'persons.familyDoctor.record',
  title: 'Noter le médecin traitant',
  input: z.object({
    id: z.uuid(),
    personId,
    state: z.enum(['declared', 'de_facto', 'unknown', 'none', 'military'], { error: 'À choisir.' }),
    professionalId: optional(z.uuid()),
    name: optional(line(120)),
    phone: optional(phone()),
    commune: optional(line(100)),
    startsOn: optional(day()),
    /** Where several CPTS cover the commune: the one to seize. */
    cptsId: optional(z.uuid()),
  }),
  output: z.object({
    id: z.string(),
    /** What « aucun » opened: a referral to the CPTS, or why not: none there, commune unknown, person not informed yet or opposed. */
    referral: z.enum(['none', 'sent', 'already_open', 'no_cpts', 'commune_unknown', 'not_informed', 'opposed']),
    referralId: z.string().nullable(),
  }),
  access: keptByHerDac,
  audit: ofPerson,
})

export const recordConcertation = defineAction({
  name: 'persons.familyDoctor.concert',
  title: 'Noter la concertation avec le médecin traitant',
  input: z.object({ id: z.uuid(), personId, outcome: code(), opinion: optional(paragraph(1000)), phone: optional(phone()) }),
  output: z.object({ id: z.string() }),
  access: doneByThoseWhoAccompany,
  audit: ofPerson,
})

export const followReferral = defineAction({
  name: 'persons.familyDoctorReferral.follow',
  title: 'Suivre la saisine de la CPTS',
  input: z.object({
    id: z.uuid(),
    personId,
    baseVersion: seenVersion(),
    state: z.enum(['received', 'reminded', 'proposed', 'designated', 'declined', 'failed'], { error: 'À choisir.' }),
    remindOn: optional(day()),
    outcome: optional(paragraph(500)),
  }),
  output: versioned,
  access: keptByHerDac,
  audit: ofPerson,
})

export const collectNonOppositions = defineAction({
  name: 'persons.nonOppositions.collect',
  title: 'Recueillir les non-oppositions',
  input: z
    .object({
      id: z.uuid(),
      personId,
      answers: z
        .array(
          z.object({ number: z.union([z.literal(1), z.literal(2), z.literal(3)]), state: z.enum(['non_opposition', 'opposition'], { error: 'À choisir.' }) }),
        )
        .min(1, { error: 'Au moins une réponse.' })
        .max(3),
      collectedOn: day(),
      mode: code(),
      givenBy: code().default('person'),
      documentVersion: optional(code()),
      comment: optional(line(300)),
    })
    .refine((input) => new Set(input.answers.map((answer) => answer.number)).size === input.answers.length, {
      error: 'Une seule réponse par question.',
      path: ['answers'],
    }),
  output: z.object({ suspended: z.number().int() }),
  access: keptByHerDac,
  audit: ofPerson,
})

export const giveInformation = defineAction({
  name: 'persons.information.give',
  title: 'Noter l’information donnée',
  input: z.object({
    id: z.uuid(),
    personId,
    givenOn: day(),
    givenTo: code(),
    mode: code(),
    documentVersion: optional(code()),
    givenByName: optional(line(120)),
  }),
  output: z.object({ id: z.string() }),
  access: keptByHerDac,
  audit: ofPerson,
})

export const recordSilence = defineAction({
  name: 'persons.silence.record',
  title: 'Noter « ne rien dire à… »',
  input: z
    .object({
      id: z.uuid(),
      personId,
      kind: z.enum(silenceKinds, { error: 'À choisir.' }),
      towards: line(120),
      relation: optional(code()),
      partyId: optional(z.uuid()),
      since: day(),
      reason: optional(line(300)),
    })
    .refine((input) => input.kind !== 'no_sharing' || input.partyId !== null, {
      error: 'Choisissez le professionnel dans l’annuaire ou dans le cercle.',
      path: ['partyId'],
    }),
  output: versioned.extend({ suspended: z.number().int() }),
  access: keptByHerDac,
  audit: ofPerson,
})

export const endSilence = defineAction({
  name: 'persons.silence.end',
  title: 'Lever « ne rien dire à… »',
  input: z.object({ id: z.uuid(), personId, reason: line(300) }),
  output: versioned.extend({ suspended: z.number().int() }),
  access: keptByHerDac,
  audit: ofPerson,
})

export const recordDeathAction = defineAction({
  name: 'persons.death.record',
  title: 'Enregistrer le décès',
  input: z.object({ personId, on: day(), source: optional(code()) }),
  output: versioned,
  access: keptByHerDac,
  audit: ofPerson,
})

export const withdrawDeath = defineAction({
  name: 'persons.death.withdraw',
  title: 'Annuler un décès enregistré par erreur',
  input: z.object({ personId, reason: line(300) }),
  output: versioned,
  access: doneByThoseWhoAccompany,
  audit: ofPerson,
})
