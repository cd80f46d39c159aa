import { z } from 'zod'
import { allowedIf, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { line } from '../../platform/contract/fields.ts'
import { type Branded, idSchema } from '../../platform/contract/ids.ts'
import { hasCalendar } from './access.ts'

export type FeedId = Branded<'AgendaFeedId'>

const own = { none: 'her own calendar addresses, no accompanied person' } as const

/** What a calendar outside reads of an appointment: never a person, never a word of hers. */
export const feedDetails = ['minimal', 'kind'] as const
export const feedDetailLabels: Readonly<Record<(typeof feedDetails)[number], string>> = {
  minimal: '« RDV Jalon », et l’heure',
  kind: 'Le genre de rendez-vous, et l’heure',
}

/** Opens an address; the secret is made by the browser, and only its print is kept: nobody can read it again, she makes another. */
export const openFeed = defineAction({
  name: 'agenda.feed.open',
  title: 'Créer une adresse d’agenda',
  input: z.object({
    id: idSchema<FeedId>(),
    label: line(60),
    detail: z.enum(feedDetails).default('minimal'),
    /** SHA-256 of the secret, in hexadecimal. */
    secretHash: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  output: z.object({ id: idSchema<FeedId>() }),
  access: hasCalendar,
  audit: own,
})

export const revokeFeed = defineAction({
  name: 'agenda.feed.revoke',
  title: 'Fermer cette adresse',
  input: z.object({ id: idSchema<FeedId>() }),
  output: z.object({ id: idSchema<FeedId>() }),
  access: hasCalendar,
  audit: own,
})

export const feeds = defineQuery({
  name: 'agenda.feeds',
  title: 'Mes adresses d’agenda',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      z.object({ id: idSchema<FeedId>(), label: z.string(), detail: z.enum(feedDetails), createdAt: z.string(), lastReadAt: z.string().nullable() }),
    ),
  }),
  access: hasCalendar,
  audit: own,
})

/** What a calendar program reads at that address, under the right of its user as it stands then. No user asks: the route of the address does. */
export const feedContent = defineQuery({
  name: 'agenda.feedContent',
  title: 'Agenda lu par un calendrier extérieur',
  input: z.object({ detail: z.enum(feedDetails) }),
  output: z.object({ text: z.string() }),
  access: (actor) => allowedIf(actor.kind === 'job', 'Réservé aux adresses d’agenda.'),
  audit: { none: 'hours and kinds of appointments, no accompanied person' },
})

/** Brings in a calendar file: one's own moments, « occupé » for colleagues. The same file again changes nothing. */
export const importCalendar = defineAction({
  name: 'agenda.calendar.import',
  title: 'Reprendre un fichier d’agenda',
  input: z.object({
    text: z
      .string()
      .min(1)
      .max(1_000_000, { error: 'Fichier trop volumineux.' })
      .refine((text) => text.includes('BEGIN:VCALENDAR'), { error: 'Ce fichier n’est pas un agenda (.ics).' }),
    /** What the file no longer holds is cancelled: it is the whole calendar. */
    whole: z.boolean().default(true),
  }),
  output: z.object({
    added: z.number().int(),
    changed: z.number().int(),
    same: z.number().int(),
    cancelled: z.number().int(),
    /** Over for more than thirty days: left where they were. */
    past: z.number().int(),
    free: z.number().int(),
    ours: z.number().int(),
    unreadable: z.number().int(),
  }),
  access: (actor) => allowedIf(hasCalendar(actor).allowed && actor.serviceId !== null, 'Sans service, il n’y a pas d’agenda à soi.'),
  audit: own,
})
