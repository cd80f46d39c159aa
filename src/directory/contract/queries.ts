import { z } from 'zod'
import { allowedIf, defineQuery, signedIn } from '../../platform/contract/action.ts'
import { holds } from '../../platform/contract/actor.ts'
import { communeCode, cursor, optional } from '../../platform/contract/fields.ts'
import { idSchema, type PartyId } from '../../platform/contract/ids.ts'
import { correction } from './correction.ts'
import { directoryFacets } from './facets.ts'
import { directoryHit } from './hit.ts'
import { importSourceCodes } from './import-sources.ts'
import { offer } from './offer.ts'
import { publicCodes, themeFamilyCodes } from './social-themes.ts'

const nobody = { none: 'professionals and structures: no accompanied person is concerned' } as const

/** Where to look around the commune: it alone, within some kilometres of its middle, its intercommunalité, its département. */
export const searchZones = ['commune', 'km10', 'km20', 'epci', 'department'] as const
export type SearchZone = (typeof searchZones)[number]

/** More than this many answers are not counted: the search must be made narrower. */
export const searchCap = 1000

/**
 * One box for everyone: name, trade, speciality, commune, postal code, RPPS, FINESS, telephone; each word by its beginning, accents aside.
 * Those of the commune `near` (by default, that of the service of whoever asks) come first, then of its EPCI, of its département, then the others.
 */
export const searchDirectory = defineQuery({
  name: 'directory.search',
  title: 'Recherche dans l’annuaire',
  input: z.object({
    text: z.string().max(200).default(''),
    near: optional(communeCode()),
    within: optional(z.enum(searchZones)),
    facets: z.array(z.enum(directoryFacets)).max(directoryFacets.length).default([]),
    /** Families of themes and publics, as data·inclusion codes them: services only have some. */
    themes: z.array(z.enum(themeFamilyCodes)).max(themeFamilyCodes.length).default([]),
    publics: z.array(z.enum(publicCodes)).max(publicCodes.length).default([]),
    withFacets: z.boolean().default(false),
    limit: z.number().int().min(1).max(100).default(20),
    cursor,
  }),
  output: z.object({
    rows: z.array(directoryHit),
    next: z.string().nullable(),
    /** Null when there are more than `searchCap`. */
    total: z.number().int().nullable(),
    /** How many answers of each trade or kind, the most frequent first, without the facets chosen; null when not asked or beyond the cap. */
    facets: z.array(z.object({ facet: z.string(), count: z.number().int() })).nullable(),
    /** The same by family of themes and by public; empty where no service answers. */
    themes: z.array(z.object({ code: z.string(), count: z.number().int() })),
    publics: z.array(z.object({ code: z.string(), count: z.number().int() })),
    /** The commune that the distances are counted from. */
    around: z.object({ code: z.string(), name: z.string(), latitude: z.number().nullable(), longitude: z.number().nullable() }).nullable(),
    /** True when nothing begins like what was typed and the rows only sound like it. */
    approximate: z.boolean(),
  }),
  access: signedIn('the directory of professionals and structures is open to every user'),
  audit: nobody,
  csv: {
    file: 'annuaire',
    columns: ['Nom', 'Métier ou nature', 'Lieu d’exercice', 'Code postal', 'Commune', 'Téléphone'],
    rows: ({ rows }) => rows.map((row) => [row.label, row.detail, row.place, row.postalCode, row.city, row.phone]),
  },
})

const practice = z.object({
  /** « Salariée · Établissement public de santé ». */
  detail: z.string(),
  place: z.string().nullable(),
  structureId: z.string().nullable(),
  address: z.string().nullable(),
  postalCode: z.string().nullable(),
  city: z.string().nullable(),
  phones: z.array(z.string()),
  email: z.string().nullable(),
})

/** Everything that is known of a party, with its source and its freshness. */
export const directoryCard = defineQuery({
  name: 'directory.card',
  title: 'Fiche de l’annuaire',
  input: z.object({ partyId: idSchema<PartyId>(), near: optional(communeCode()) }),
  output: z.object({
    hit: directoryHit,
    rpps: z.string().nullable(),
    finess: z.string().nullable(),
    siret: z.string().nullable(),
    /** Skills of her practices and of the file of skills, then diplomas and authorisations, with the file that tells them and its day. */
    skills: z.array(
      z.object({
        label: z.string(),
        kind: z.enum(['skill', 'diploma', 'authorisation']),
        source: z.enum(['rpps', 'skills', 'diplomas']),
        edition: z.string().nullable(),
      }),
    ),
    practices: z.array(practice),
    structure: z.object({ legalName: z.string().nullable(), openedOn: z.string().nullable(), professionals: z.number().int() }).nullable(),
    /** What a structure offers, or what one that only data·inclusion or the ROR has says of itself; null for the others. */
    offer: offer.nullable(),
    /** Addresses of MSSanté. */
    mailboxes: z.array(z.string()),
    /** What services corrected, over the national file: it holds. */
    corrections: z.array(correction),
    local: z
      .object({
        role: z.string().nullable(),
        note: z.string().nullable(),
        otherPhone: z.string().nullable(),
        email: z.string().nullable(),
        address: z.string().nullable(),
        authorName: z.string(),
        serviceName: z.string().nullable(),
        serviceId: z.string().nullable(),
        confirmedOn: z.string(),
        version: z.number().int(),
      })
      .nullable(),
    source: z.object({ code: z.enum(['rpps', 'finess', 'local', 'social', 'ror']), edition: z.string().nullable() }),
  }),
  access: signedIn('the directory of professionals and structures is open to every user'),
  audit: nobody,
})

/** What the directory is made of, said at the foot of its pages. */
export const directorySources = defineQuery({
  name: 'directory.sources',
  title: 'Sources de l’annuaire',
  input: z.object({}),
  output: z.object({
    sources: z.array(z.object({ code: z.enum(importSourceCodes), edition: z.string().nullable(), importedAt: z.string() })),
    professionals: z.number().int(),
    structures: z.number().int(),
    localCards: z.number().int(),
  }),
  access: signedIn('freshness of the national directories'),
  audit: nobody,
})

const importRow = z.object({
  id: z.string(),
  source: z.enum(importSourceCodes),
  fileName: z.string(),
  byteLength: z.number().int(),
  state: z.enum(['receiving', 'waiting', 'running', 'done', 'failed', 'cancelled']),
  requestedByName: z.string(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
  /** Bytes read and to read. */
  done: z.number().int(),
  total: z.number().int().nullable(),
  lines: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  removed: z.number().int(),
  rejected: z.number().int(),
  /** Why it stopped, in French; null unless it failed. */
  failure: z.string().nullable(),
})
export type ImportRow = z.output<typeof importRow>

const keepsReferences = (actor: Parameters<typeof holds>[0]) => allowedIf(holds(actor, 'regional_admin'), 'Réservé à l’administration régionale.')

export const directoryImports = defineQuery({
  name: 'directory.imports',
  title: 'Imports des répertoires nationaux',
  input: z.object({ limit: z.number().int().min(1).max(50).default(15), cursor }),
  output: z.object({ rows: z.array(importRow), next: z.string().nullable() }),
  access: keepsReferences,
  audit: nobody,
})

export const rejectedLines = defineQuery({
  name: 'directory.rejectedLines',
  title: 'Lignes refusées d’un import',
  input: z.object({ importId: z.uuid(), limit: z.number().int().min(1).max(5000).default(100), cursor }),
  output: z.object({ rows: z.array(z.object({ line: z.number().int(), reason: z.string(), excerpt: z.string() })), next: z.string().nullable() }),
  access: keepsReferences,
  audit: nobody,
  csv: {
    file: 'lignes-refusees',
    columns: ['Ligne', 'Raison', 'Début de la ligne'],
    rows: ({ rows }) => rows.map((row) => [row.line, row.reason, row.excerpt]),
  },
})
