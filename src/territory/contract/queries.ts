import { z } from 'zod'
import { allowedIf, defineQuery, everyone, signedIn } from '../../platform/contract/action.ts'
import { actorFunctions, serviceKinds } from '../../platform/contract/actor.ts'
import { communeCode, cursor, optional } from '../../platform/contract/fields.ts'
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
