import { z } from 'zod'
import { allowedIf, defineAction } from '../../platform/contract/action.ts'
import { type Actor, holds, professionalCategories } from '../../platform/contract/actor.ts'
import { communeCode, line, optional, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type PartyId, type ServiceId } from '../../platform/contract/ids.ts'
import { directoryFacets } from './facets.ts'
import { fileSources } from './import-sources.ts'

const nobody = { none: 'professionals and structures: no accompanied person is concerned' } as const

const phone = z
  .string()
  .trim()
  .regex(/^\+?[\d .\-/()]{4,24}$/, { error: 'Numéro de téléphone à revoir : chiffres et espaces seulement.' })

const localCardFields = {
  kind: z.enum(directoryFacets, { error: 'À choisir.' }),
  name: line(120),
  role: optional(line(120)),
  structureName: optional(line(160)),
  phone: optional(phone),
  otherPhone: optional(phone),
  email: optional(z.email({ error: 'Courriel à revoir.' }).max(200)),
  address: optional(line(200)),
  communeCode: optional(communeCode()),
  note: optional(paragraph(1000)),
  category: optional(z.enum(professionalCategories)),
}

const worksWithOthers = (actor: Actor) =>
  allowedIf(
    holds(actor, 'front_desk', 'referent', 'doctor', 'team_lead', 'director', 'outside_professional', 'cpts_coordinator', 'expert_team', 'regional_admin'),
    'Les fiches locales sont tenues par les professionnels.',
  )

/** A card for whoever the national directories miss, made in one line, seen by the whole region. */
export const createLocalCard = defineAction({
  name: 'directory.localCard.create',
  title: 'Ajouter une fiche locale',
  input: z.object({ id: idSchema<PartyId>(), ...localCardFields }),
  output: z.object({ partyId: z.string(), version: z.number().int() }),
  access: worksWithOthers,
  audit: nobody,
})

/** The service that keeps a card. */
export interface LocalCardTarget {
  readonly serviceId: ServiceId | null
  readonly version: number
}

const keepsCard = (actor: Actor, target: LocalCardTarget) =>
  allowedIf(
    holds(actor, 'regional_admin') || (actor.serviceId !== null && actor.serviceId === target.serviceId && worksWithOthers(actor).allowed),
    'Cette fiche est tenue par un autre service.',
  )

export const editLocalCard = defineAction({
  name: 'directory.localCard.edit',
  title: 'Corriger une fiche locale',
  input: z.object({ id: idSchema<PartyId>(), baseVersion: seenVersion(), changes: z.object(localCardFields).partial() }),
  output: z.object({ partyId: z.string(), version: z.number().int() }),
  access: keepsCard,
  audit: nobody,
})

/** « Toujours valable »: whoever reached the person confirms the card for everyone. */
export const confirmLocalCard = defineAction({
  name: 'directory.localCard.confirm',
  title: 'Confirmer une fiche locale',
  input: z.object({ id: idSchema<PartyId>() }),
  output: z.object({ partyId: z.string() }),
  access: worksWithOthers,
  audit: nobody,
})

export const removeLocalCard = defineAction({
  name: 'directory.localCard.remove',
  title: 'Retirer une fiche locale',
  input: z.object({ id: idSchema<PartyId>() }),
  output: z.object({ partyId: z.string() }),
  access: keepsCard,
  audit: nobody,
})

const keepsReferences = (actor: Actor) => allowedIf(holds(actor, 'regional_admin'), 'Réservé à l’administration régionale.')

/** 512 KiB of the file per message, as base64. */
export const importPartBytes = 524_288

/** Announces a file; its parts follow, then its start. A file may be plain, gzip, or a zip of one file. */
export const openImport = defineAction({
  name: 'directory.import.open',
  title: 'Annoncer un fichier à importer',
  input: z.object({
    id: z.uuid(),
    source: z.enum(fileSources),
    fileName: line(200),
    byteLength: z.number().int().min(1, { error: 'Ce fichier est vide.' }).max(4_000_000_000, { error: 'Fichier trop volumineux.' }),
    allowShrink: z.boolean().default(false),
  }),
  output: z.object({ id: z.string() }),
  access: keepsReferences,
  audit: nobody,
})

/** A part of the file. The same part sent twice is kept once: an interrupted sending is resumed where it stopped. */
export const addImportPart = defineAction({
  name: 'directory.import.addPart',
  title: 'Envoyer un morceau de fichier',
  input: z.object({ id: z.uuid(), position: z.number().int().min(0).max(10_000), content: z.base64().max(720_000) }),
  output: z.object({ position: z.number().int() }),
  access: keepsReferences,
  audit: nobody,
})

export const startImport = defineAction({
  name: 'directory.import.start',
  title: 'Lancer un import',
  input: z.object({ id: z.uuid(), parts: z.number().int().min(1).max(10_001) }),
  output: z.object({ id: z.string() }),
  access: keepsReferences,
  audit: nobody,
})

export const cancelImport = defineAction({
  name: 'directory.import.cancel',
  title: 'Annuler un import',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.string() }),
  access: keepsReferences,
  audit: nobody,
})
