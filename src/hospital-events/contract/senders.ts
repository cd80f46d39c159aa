import { z } from 'zod'
import { allowedIf, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { type Actor, holds } from '../../platform/contract/actor.ts'
import { line, paragraph } from '../../platform/contract/fields.ts'

const nobody = { none: 'establishments that may speak: no accompanied person' } as const
const keepsSenders = (actor: Actor): ReturnType<typeof allowedIf> => allowedIf(holds(actor, 'regional_admin'), 'Réservé à l’administration régionale.')

/** SHA-256 of a certificate, as tools print it: with or without colons, in any case. */
const fingerprint = z
  .string()
  .transform((text) => text.replace(/[\s:]/g, '').toLowerCase())
  .refine((text) => /^[0-9a-f]{64}$/.test(text), { error: 'Empreinte SHA-256 attendue : 64 chiffres et lettres de a à f.' })
export const fingerprints = z.array(fingerprint).max(3, { error: 'Trois certificats au plus.' })

/** Hours during which what is told of somebody unknown is kept; days during which a doubt waits for its decision, and a decision can be undone. */
export const keepingRule = z.object({
  unknownHours: z.number({ error: 'Nombre d’heures à écrire.' }).int().min(0).max(168, { error: '168 heures au plus, soit sept jours.' }),
  undecidedDays: z.number({ error: 'Nombre de jours à écrire.' }).int().min(1, { error: 'Un jour au moins.' }).max(60, { error: '60 jours au plus.' }),
})
export type KeepingRule = z.output<typeof keepingRule>

export const hospitalSenders = defineQuery({
  name: 'hospitalEvents.senders',
  title: 'Établissements émetteurs',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        facility: z.string(),
        fingerprints: z.array(z.string()),
        lastMessageAt: z.string().nullable(),
        /** Why, by whom and since when its identities without a reliability (PID-32) are taken as verified; null when they are not. */
        vouched: z.object({ because: z.string(), byName: z.string(), at: z.string() }).nullable(),
        /** When its key of notification was made; null while it has none. */
        keyMadeAt: z.string().nullable(),
        /** Where its FHIR server sends notifications. */
        path: z.string(),
      }),
    ),
    keeping: keepingRule.extend({ decidedByName: z.string(), decidedAt: z.string() }),
  }),
  access: keepsSenders,
  audit: nobody,
})

export const addSender = defineAction({
  name: 'hospitalEvents.sender.add',
  title: 'Ajouter un établissement émetteur',
  input: z.object({
    id: z.uuid(),
    name: line(120),
    /** As it names itself in MSH-4. */
    facility: line(160),
    fingerprints: fingerprints.default([]),
  }),
  output: z.object({ id: z.string() }),
  access: keepsSenders,
  audit: nobody,
  reauthentication: 15,
})

/** An establishment that verifies every identity and never says so fills the list of doubts: the region takes its word for it, or no longer, and says why. */
export const vouchForSender = defineAction({
  name: 'hospitalEvents.sender.vouch',
  title: 'Tenir pour vérifiées les identités d’un établissement',
  input: z.object({
    id: z.uuid(),
    vouched: z.boolean(),
    /** The convention, the procedure of identity: read beside the establishment. */
    because: paragraph(500).refine((text) => text.length >= 10, { error: 'Dites sur quoi cela repose : dix caractères au moins.' }),
  }),
  output: z.object({ id: z.string() }),
  access: keepsSenders,
  audit: nobody,
  reauthentication: 15,
})

/** The certificates that speak for it from now on: a conversation under one that was taken away ends at its next message. */
export const setCertificates = defineAction({
  name: 'hospitalEvents.sender.setCertificates',
  title: 'Changer les certificats d’un établissement',
  input: z.object({ id: z.uuid(), fingerprints }),
  output: z.object({ id: z.string() }),
  access: keepsSenders,
  audit: nobody,
  reauthentication: 15,
})

export const endSender = defineAction({
  name: 'hospitalEvents.sender.end',
  title: 'Retirer un établissement émetteur',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.string() }),
  access: keepsSenders,
  audit: nobody,
})

/** The key that the hospital's FHIR server bears from now on: made by whoever sets it up, shown to her once, kept here as its print. The former one is over. */
export const setNotificationKey = defineAction({
  name: 'hospitalEvents.sender.setKey',
  title: 'Donner une clé de notification à un établissement',
  input: z.object({ id: z.uuid(), key: z.string().regex(/^[0-9a-f]{64}$/, { error: 'Clé attendue : 64 chiffres et lettres de a à f.' }) }),
  output: z.object({ id: z.string() }),
  access: keepsSenders,
  audit: nobody,
  reauthentication: 15,
})

export const decideKeeping = defineAction({
  name: 'hospitalEvents.keeping.decide',
  title: 'Décider combien de temps garder ce que disent les hôpitaux',
  input: keepingRule,
  output: z.object({ version: z.number().int() }),
  access: keepsSenders,
  audit: nobody,
})
