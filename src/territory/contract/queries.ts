import { z } from 'zod'
import { allowedIf, defineQuery, everyone, signedIn } from '../../platform/contract/action.ts'
import { actorFunctions, professionalCategories, serviceKinds } from '../../platform/contract/actor.ts'
import { communeCode, cursor, day, optional } from '../../platform/contract/fields.ts'
import { overUsers, regionalAdminOnly } from './access.ts'
import { communeHit } from './commune.ts'
import { serviceKindShortLabels } from './territory-value-sets.ts'

const ownInstallation = { none: 'organisations and lists: no person is concerned' } as const

/** A value as the screens use it; hidden and ended ones come along, to name what was recorded under them. */
export const codedValue = z.object({
  code: z.string(),
  label: z.string(),
  definition: z.string().nullable(),
  parent: z.string().nullable(),
  keywords: z.array(z.string()),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  hidden: z.boolean(),
})

/** Every list at once: read at the start of the application, kept in its cache, read again on `territory.valueSet.changed`. */
export const valueSets = defineQuery({
  name: 'territory.valueSets',
  title: 'Listes de valeurs',
  input: z.object({}),
  output: z.object({
    sets: z.array(
      z.object({ code: z.string(), title: z.string(), version: z.string(), origin: z.enum(['national', 'regional', 'local']), values: z.array(codedValue) }),
    ),
  }),
  access: signedIn('lists of the trade, the same for all'),
  audit: ownInstallation,
})

/** Communes and arrondissements by name, former name, postal code or INSEE code: « rupt », « st etienne 88 », « 88408 », « paris 8 ». */
export const communes = defineQuery({
  name: 'territory.communes',
  title: 'Recherche de communes',
  input: z.object({ text: z.string().max(80), limit: z.number().int().min(1).max(50).default(12) }),
  output: z.object({ rows: z.array(communeHit) }),
  access: signedIn('official geographic code'),
  audit: ownInstallation,
})

export const serviceCard = z.object({
  id: z.string(),
  kind: z.enum(serviceKinds),
  name: z.string(),
  shortName: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  address: z.string().nullable(),
  postalCode: z.string().nullable(),
  communeCode: z.string().nullable(),
  communeName: z.string().nullable(),
  cptsStatus: z.string().nullable(),
  openToPublic: z.boolean(),
})
export type ServiceCard = z.output<typeof serviceCard>

/** Which DAC and which CPTS for a commune? Open to all: a caller who has no account may ask it (R6, R143). */
export const dacForCommune = defineQuery({
  name: 'territory.dacForCommune',
  title: 'Quel DAC pour cette commune ?',
  input: z.object({ communeCode: communeCode() }),
  output: z.object({
    commune: z.object({ code: z.string(), name: z.string(), departmentCode: z.string().nullable() }),
    dac: serviceCard.nullable(),
    /** Where no perimeter is recorded: the DAC that published directories announce for the département. */
    announced: z.array(serviceCard),
    cpts: z.array(serviceCard),
  }),
  access: everyone('public: which DAC to call for a commune'),
  audit: { none: 'organisations only' },
})

export const services = defineQuery({
  name: 'territory.services',
  title: 'Services',
  input: z.object({
    kinds: z.array(z.enum(serviceKinds)).max(serviceKinds.length).default([]),
    text: z.string().max(80).default(''),
    departmentCode: optional(z.string().max(3)),
    ended: z.boolean().default(false),
    limit: z.number().int().min(1).max(200).default(60),
    cursor,
  }),
  output: z.object({
    rows: z.array(serviceCard.extend({ legalPersonName: z.string().nullable(), endsOn: z.string().nullable() })),
    next: z.string().nullable(),
  }),
  access: signedIn('organisations of the region'),
  audit: ownInstallation,
  csv: {
    file: 'services',
    columns: ['Service', 'Nature', 'Organisme', 'Téléphone', 'Courriel', 'Adresse', 'Code postal', 'Commune'],
    rows: ({ rows }) =>
      rows.map((row) => [row.name, serviceKindShortLabels[row.kind], row.legalPersonName, row.phone, row.email, row.address, row.postalCode, row.communeName]),
  },
})

/** Whom I work with: to assign, to hand over, to name. */
export const colleagues = defineQuery({
  name: 'territory.colleagues',
  title: 'Mes collègues',
  input: z.object({ functions: z.array(z.enum(actorFunctions)).default([]) }),
  output: z.object({
    rows: z.array(z.object({ userId: z.string(), name: z.string(), jobTitle: z.string().nullable(), functions: z.array(z.enum(actorFunctions)) })),
  }),
  access: (actor) => allowedIf(actor.kind === 'user' && actor.serviceId !== null, 'Choisissez d’abord le service où vous exercez.'),
  audit: { none: 'colleagues of one’s own service' },
})

const site = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  address: z.string().nullable(),
  postalCode: z.string().nullable(),
  communeCode: z.string().nullable(),
  communeName: z.string().nullable(),
  phone: z.string().nullable(),
  endsOn: z.string().nullable(),
  version: z.number().int(),
})
export const legalPersonRow = z.object({
  id: z.string(),
  name: z.string(),
  legalForm: z.string().nullable(),
  siren: z.string().nullable(),
  finessLegal: z.string().nullable(),
  version: z.number().int(),
  services: z.number().int(),
})

/** A service with its legal person, its places, how many communes and members it has: what its administration shows. */
export const serviceDetail = defineQuery({
  name: 'territory.service',
  title: 'Fiche d’un service',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    service: serviceCard.extend({
      legalPersonId: z.string().nullable(),
      finess: z.string().nullable(),
      startsOn: z.string().nullable(),
      endsOn: z.string().nullable(),
      announcedDepartments: z.array(z.string()),
      version: z.number().int(),
    }),
    legalPerson: legalPersonRow.nullable(),
    sites: z.array(site),
    communes: z.number().int(),
    members: z.number().int(),
  }),
  access: regionalAdminOnly,
  audit: ownInstallation,
})

export const legalPersons = defineQuery({
  name: 'territory.legalPersons',
  title: 'Organismes',
  input: z.object({ text: z.string().max(80).default(''), limit: z.number().int().min(1).max(200).default(50), cursor }),
  output: z.object({ rows: z.array(legalPersonRow), next: z.string().nullable() }),
  access: regionalAdminOnly,
  audit: ownInstallation,
})

const perimeterRow = z.object({
  communeCode: z.string(),
  communeName: z.string(),
  departmentCode: z.string().nullable(),
  epciName: z.string().nullable(),
  startsOn: z.string(),
  endsOn: z.string().nullable(),
  source: z.string(),
})

/** The communes of a service on a day. */
export const perimeter = defineQuery({
  name: 'territory.perimeter',
  title: 'Périmètre d’un service',
  input: z.object({ serviceId: z.uuid(), on: optional(day()), cursor }),
  output: z.object({ rows: z.array(perimeterRow), total: z.number().int(), next: z.null() }),
  access: signedIn('perimeters are public: which DAC for which commune'),
  audit: ownInstallation,
  csv: {
    file: 'perimetre',
    columns: ['Code INSEE', 'Commune', 'Département', 'EPCI', 'Depuis', 'Jusqu’au'],
    rows: ({ rows }) => rows.map((row) => [row.communeCode, row.communeName, row.departmentCode, row.epciName, row.startsOn, row.endsOn]),
  },
})

const previewRow = z.object({
  communeCode: z.string(),
  communeName: z.string(),
  /** Already in the perimeter of this service at these dates. */
  already: z.boolean(),
  /** The other DAC that has it at these dates. */
  other: z.object({ serviceName: z.string(), startsOn: z.string(), endsOn: z.string().nullable() }).nullable(),
})

/** What pasted codes, EPCI and départements amount to, before anything is recorded: communes, overlaps, codes that nobody knows. */
export const perimeterPreview = defineQuery({
  name: 'territory.perimeterPreview',
  title: 'Communes à ajouter',
  input: z.object({
    serviceId: z.uuid(),
    text: z.string().max(40_000).default(''),
    epciCodes: z.array(z.string().max(9)).max(100).default([]),
    departmentCodes: z.array(z.string().max(3)).max(20).default([]),
    startsOn: day(),
    endsOn: optional(day()),
  }),
  output: z.object({ rows: z.array(previewRow), unknown: z.array(z.string()) }),
  access: regionalAdminOnly,
  audit: ownInstallation,
})

/** EPCI and départements by name or number, to fill a perimeter. */
export const areas = defineQuery({
  name: 'territory.areas',
  title: 'EPCI et départements',
  input: z.object({ text: z.string().max(80) }),
  output: z.object({ rows: z.array(z.object({ kind: z.enum(['epci', 'department']), code: z.string(), name: z.string(), communes: z.number().int() })) }),
  access: regionalAdminOnly,
  audit: ownInstallation,
})

/** Where the rule « one commune, one DAC » has holes: by département, and the communes of one of them. The database refuses overlaps. */
export const coverage = defineQuery({
  name: 'territory.coverage',
  title: 'Couverture par les DAC',
  input: z.object({ departmentCode: optional(z.string().max(3)) }),
  output: z.object({
    departments: z.array(z.object({ code: z.string(), name: z.string(), communes: z.number().int(), covered: z.number().int(), dacs: z.array(z.string()) })),
    holes: z.array(z.object({ communeCode: z.string(), communeName: z.string(), epciName: z.string().nullable(), population: z.number().int().nullable() })),
  }),
  access: regionalAdminOnly,
  audit: ownInstallation,
})

const membership = z.object({
  id: z.string(),
  serviceId: z.string(),
  serviceName: z.string(),
  serviceKind: z.enum(serviceKinds),
  functions: z.array(z.enum(actorFunctions)),
  jobTitle: z.string().nullable(),
  startsOn: z.string(),
  endsOn: z.string().nullable(),
  version: z.number().int(),
})
const account = z.object({
  id: z.string(),
  givenName: z.string(),
  familyName: z.string(),
  nationalId: z.string().nullable(),
  professionLabel: z.string().nullable(),
  category: z.enum(professionalCategories),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  status: z.enum(['active', 'disabled']),
  version: z.number().int(),
  memberships: z.array(membership),
})
export type Account = z.output<typeof account>

/** Accounts by name: all of them for the regional administrator, those of her service for whoever looks after a team. */
export const users = defineQuery({
  name: 'territory.users',
  title: 'Utilisateurs',
  input: z.object({
    text: z.string().max(80).default(''),
    serviceId: optional(z.uuid()),
    status: optional(z.enum(['active', 'disabled'])),
    function: optional(z.enum(actorFunctions)),
    limit: z.number().int().min(1).max(200).default(50),
    cursor,
  }),
  output: z.object({ rows: z.array(account), next: z.string().nullable(), total: z.number().int() }),
  access: overUsers,
  audit: { none: 'accounts of professionals: no accompanied person is concerned' },
  csv: {
    file: 'utilisateurs',
    columns: ['Nom', 'Prénom', 'Profession', 'Services', 'Compte'],
    rows: ({ rows }) =>
      rows.map((row) => [
        row.familyName,
        row.givenName,
        row.professionLabel,
        row.memberships.map((held) => held.serviceName).join(' ; '),
        row.status === 'active' ? 'ouvert' : 'fermé',
      ]),
  },
})

/** The lists and what the region made of them. */
export const valueSetDetail = defineQuery({
  name: 'territory.valueSet',
  title: 'Une liste de valeurs',
  input: z.object({ code: z.string().max(64) }),
  output: z.object({
    code: z.string(),
    title: z.string(),
    version: z.string(),
    origin: z.enum(['national', 'regional', 'local']),
    values: z.array(codedValue.extend({ origin: z.enum(['national', 'regional', 'local']), nationalMapping: z.string().nullable() })),
  }),
  access: regionalAdminOnly,
  audit: ownInstallation,
})
