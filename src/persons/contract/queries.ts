import { z } from 'zod'
import { type ActionAudit, defineQuery } from '../../platform/contract/action.ts'
import { cursor } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { answersForTheFile, keptByHerDac, whoeverSeesHer, worksWithPersons, writesIdentities } from './access.ts'
import { withheldVoletSchema } from './access-queries.ts'
import { familyDoctorSchema, identityStatuses, nonOppositionSchema, type PersonTarget, personNameSchema, sharingStateSchema, sightBases } from './person.ts'

const personId = idSchema<PersonId>()
const ofPerson: ActionAudit<unknown, PersonTarget, unknown> = { persons: (_input, person) => [person.personId] }
const volet = z.enum(['administrative', 'social', 'health'])

const hit = personNameSchema.extend({
  /** Her own service accompanies her. */
  inCharge: z.boolean(),
})

export const searchPersons = defineQuery({
  name: 'persons.search',
  title: 'Chercher une personne',
  input: z.object({ text: z.string().max(200), limit: z.number().int().min(1).max(50).default(20) }),
  output: z.object({ rows: z.array(hit), more: z.boolean(), understood: z.array(z.string()), refused: z.array(z.string()) }),
  access: worksWithPersons,
  audit: { persons: (_input, _target, output) => output.rows.map((row) => row.personId), volets: ['administrative'] },
})

export const recentPersons = defineQuery({
  name: 'persons.recent',
  title: 'Dossiers ouverts récemment',
  input: z.object({ limit: z.number().int().min(1).max(50).default(20) }),
  output: z.object({ rows: z.array(personNameSchema.extend({ openedAt: z.string() })) }),
  access: worksWithPersons,
  audit: { persons: (_input, _target, output) => output.rows.map((row) => row.personId), volets: ['administrative'] },
})

/** A look-alike. Outside the actor's sight, only what identification needs: names, birth day, commune, who accompanies her. */
const candidate = z.object({
  person: personNameSchema,
  inScope: z.boolean(),
  address: z.string().nullable(),
  callerInstruction: z.string().nullable(),
  organisations: z.array(z.string()),
  level: z.enum(['same', 'probable', 'possible']),
  score: z.number().int(),
  reasons: z.array(z.string()),
})
export type Candidate = z.output<typeof candidate>

export const personCandidates = defineQuery({
  name: 'persons.candidates',
  title: 'Identités proches',
  input: z.object({
    /** The free line of the desk, or the fields of the form. */
    text: z.string().max(200).default(''),
    birthName: z.string().max(100).nullish(),
    usedName: z.string().max(100).nullish(),
    firstNames: z.string().max(200).nullish(),
    birthDate: z.string().max(10).nullish(),
    sex: z.enum(['F', 'M', 'I']).nullish(),
    birthPlaceCode: z.string().max(5).nullish(),
    phone: z.string().max(40).nullish(),
    matricule: z.string().max(40).nullish(),
    /** The person being edited, left out. */
    except: personId.nullish(),
  }),
  output: z.object({
    rows: z.array(candidate),
    understood: z.array(z.string()),
    /** False while the date, a telephone or the matricule is missing: other organisations are searched only then. */
    everywhere: z.boolean(),
  }),
  access: writesIdentities,
  audit: { persons: (_input, _target, output) => output.rows.map((row) => row.person.personId), volets: ['administrative'] },
})

const protection = z.object({
  id: z.string(),
  version: z.number().int(),
  measure: z.string(),
  scope: z.string().nullable(),
  holderKind: z.string().nullable(),
  representativeName: z.string().nullable(),
  representativePhone: z.string().nullable(),
  documentSeen: z.string().nullable(),
  startsOn: z.string().nullable(),
  endsOn: z.string().nullable(),
})
export type ProtectionRecord = z.output<typeof protection>

const contact = z.object({
  id: z.string(),
  version: z.number().int(),
  kind: z.string(),
  value: z.string(),
  label: z.string().nullable(),
  preferred: z.boolean(),
})
export type ContactPoint = z.output<typeof contact>

/** What the header of the file says, in one statement. */
export const personHeader = defineQuery({
  name: 'persons.header',
  title: 'En-tête du dossier',
  input: z.object({ personId }),
  output: z.object({
    person: personNameSchema,
    version: z.number().int(),
    attributes: z.array(z.string()),
    inCharge: z.boolean(),
    speaksFor: z.boolean(),
    bases: z.array(z.enum(sightBases)),
    volets: z.array(volet),
    phone: z.string().nullable(),
    callerInstruction: z.string().nullable(),
    language: z.string().nullable(),
    needsInterpreter: z.boolean(),
    isMilitary: z.boolean(),
    protections: z.array(protection),
    familyDoctor: familyDoctorSchema.nullable(),
    sharing: sharingStateSchema,
  }),
  access: whoeverSeesHer,
  audit: ofPerson,
})
export type PersonHeaderData = z.output<typeof personHeader.output>

export const personIdentity = defineQuery({
  name: 'persons.identity',
  title: 'Identité et coordonnées',
  input: z.object({ personId }),
  output: z.object({
    personId: z.string(),
    version: z.number().int(),
    birthName: z.string().nullable(),
    usedName: z.string().nullable(),
    birthGivenNames: z.array(z.string()),
    usedGivenName: z.string().nullable(),
    birthDate: z.string().nullable(),
    birthDateApproximate: z.boolean(),
    sex: z.enum(['F', 'M', 'I']).nullable(),
    birthPlaceCode: z.string().nullable(),
    birthPlaceName: z.string().nullable(),
    communeCode: z.string().nullable(),
    commune: z.string().nullable(),
    address: z.string().nullable(),
    /** She hides it, and the actor is not of the DAC that accompanies her: `address` is then null. */
    addressHidden: z.boolean(),
    callerInstruction: z.string().nullable(),
    language: z.string().nullable(),
    needsInterpreter: z.boolean(),
    isMilitary: z.boolean(),
    identityStatus: z.enum(identityStatuses),
    attributes: z.array(z.string()),
    /** Only for those who keep the identity. */
    matricule: z.string().nullable(),
    insRetrievedAt: z.string().nullable(),
    /** The teleservice denied the INS since: it does not leave any more. */
    insContestedAt: z.string().nullable(),
    identityDocument: z.string().nullable(),
    identityCheckedAt: z.string().nullable(),
    identityCheckedBy: z.string().nullable(),
    deceasedOn: z.string().nullable(),
    deathRecordedAt: z.string().nullable(),
    contacts: z.array(contact),
  }),
  access: whoeverSeesHer,
  audit: ofPerson,
})
export type PersonIdentityData = z.output<typeof personIdentity.output>

export const personRights = defineQuery({
  name: 'persons.rights',
  title: 'Information et droits',
  input: z.object({ personId }),
  output: z.object({
    sharing: sharingStateSchema,
    /** Every answer ever given, the last first. */
    history: z.array(nonOppositionSchema.extend({ id: z.string(), number: z.number().int(), comment: z.string().nullable(), recordedAt: z.string() })),
    information: z.array(
      z.object({
        id: z.string(),
        givenOn: z.string(),
        givenTo: z.string(),
        byName: z.string(),
        mode: z.string(),
        documentVersion: z.string().nullable(),
        recordedAt: z.string(),
      }),
    ),
    protections: z.array(protection),
    /** Volets that she keeps from a category or from somebody: those in force first, then those given back. */
    withheld: z.array(withheldVoletSchema),
    /** The document in force today, proposed by the gesture; null when the list offers none. */
    currentDocument: z.string().nullable(),
  }),
  access: whoeverSeesHer,
  audit: ofPerson,
})
export type PersonRightsData = z.output<typeof personRights.output>

export const personFamilyDoctor = defineQuery({
  name: 'persons.familyDoctor',
  title: 'Médecin traitant',
  input: z.object({ personId }),
  output: z.object({
    current: familyDoctorSchema.nullable(),
    former: z.array(familyDoctorSchema.extend({ endsOn: z.string() })),
    concertations: z.array(z.object({ id: z.string(), outcome: z.string(), opinion: z.string().nullable(), at: z.string(), byName: z.string() })),
    referrals: z.array(
      z.object({
        id: z.string(),
        version: z.number().int(),
        state: z.string(),
        cptsName: z.string().nullable(),
        sentAt: z.string(),
        remindOn: z.string().nullable(),
        outcomeAt: z.string().nullable(),
        outcome: z.string().nullable(),
        /** Whom the CPTS proposes, or the person designated. */
        doctor: z.object({ partyId: z.string().nullable(), name: z.string(), phone: z.string().nullable(), commune: z.string().nullable() }).nullable(),
        answeredAt: z.string().nullable(),
        answeredByName: z.string().nullable(),
      }),
    ),
    /** The CPTS of her commune today: what « aucun » would seize. Null while her commune is unknown. */
    cptsThere: z.array(z.object({ id: z.string(), name: z.string() })).nullable(),
  }),
  access: whoeverSeesHer,
  audit: ofPerson,
})
export type PersonFamilyDoctorData = z.output<typeof personFamilyDoctor.output>

export const personAccessList = defineQuery({
  name: 'persons.accessList',
  title: 'Qui peut voir, et qui a ouvert',
  input: z.object({ personId }),
  output: z.object({
    sights: z.array(
      z.object({
        partyId: z.string(),
        name: z.string(),
        kind: z.enum(['service', 'user', 'professional']),
        basis: z.enum(sightBases),
        volets: z.array(volet),
        /** What the basis gives; wider than `volets` where the person withholds one. */
        entrusted: z.array(volet),
        reason: z.string(),
        startsAt: z.string(),
        endsAt: z.string().nullable(),
        suspendedAt: z.string().nullable(),
        suspensions: z.array(z.enum(['opposition', 'refusal', 'limitation'])),
        live: z.boolean(),
      }),
    ),
    readers: z.array(
      z.object({
        userId: z.string().nullable(),
        name: z.string(),
        service: z.string().nullable(),
        times: z.number().int(),
        firstAt: z.string(),
        lastAt: z.string(),
        what: z.array(z.string()),
      }),
    ),
  }),
  access: answersForTheFile,
  audit: ofPerson,
})
export type PersonAccessData = z.output<typeof personAccessList.output>

export const personHistory = defineQuery({
  name: 'persons.history',
  title: 'Historique de l’identité',
  input: z.object({ personId }),
  output: z.object({
    rows: z.array(
      z.object({
        recordId: z.string(),
        recordType: z.string(),
        version: z.number().int(),
        at: z.string(),
        byName: z.string().nullable(),
        changes: z.array(z.object({ field: z.string(), from: z.json(), to: z.json() })),
      }),
    ),
  }),
  access: keptByHerDac,
  audit: ofPerson,
})

/** Who tells the file's « Fil »: its lines by their date, the last first. */
export const personTimeline = defineQuery({
  name: 'persons.timeline',
  title: 'Fil de la personne',
  input: z.object({
    personId,
    kinds: z.array(z.string().max(40)).max(20).default([]),
    volet: volet.nullish(),
    cursor,
    limit: z.number().int().min(1).max(100).default(50),
  }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        at: z.string(),
        kind: z.string(),
        title: z.string(),
        summary: z.string().nullable(),
        authorId: z.string().nullable(),
        authorName: z.string(),
        authorFunction: z.string().nullable(),
        source: z.string(),
        sourceId: z.string(),
        volet,
        protection: z.enum(['shared', 'org_private']),
      }),
    ),
    next: z.string().nullable(),
  }),
  access: whoeverSeesHer,
  audit: ofPerson,
})

/** The referrals to a CPTS that my service follows: those to remind first. */
export const dueReferrals = defineQuery({
  name: 'persons.dueReferrals',
  title: 'Saisines de CPTS à suivre',
  input: z.object({ dueOnly: z.boolean().default(false) }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        version: z.number().int(),
        person: personNameSchema,
        state: z.string(),
        cptsName: z.string().nullable(),
        sentAt: z.string(),
        remindOn: z.string().nullable(),
        due: z.boolean(),
        doctorName: z.string().nullable(),
        answeredAt: z.string().nullable(),
      }),
    ),
  }),
  access: writesIdentities,
  audit: { persons: (_input, _target, output) => output.rows.map((row) => row.person.personId) },
})
