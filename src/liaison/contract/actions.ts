import { z } from 'zod'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { allowedIf, defineAction, refused, signedIn, type Verdict } from '../../platform/contract/action.ts'
import { type Actor, accompanies, holds, isDacStaff, volets } from '../../platform/contract/actor.ts'
import { attachmentBody, attachmentContent, attachmentLimits, attachmentName } from '../../platform/contract/attachment.ts'
import { day, instant, line, optional, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import { type AlertRuleId, emptyCondition, ruleDecision } from './alert-rule.ts'
import { type AlertId, type AlertMuteId, type AlertMuteTarget, type AlertTarget, type NoteFileId, type NoteId, type NoteTarget, noteType } from './note.ts'
import { noticePaces } from './notice.ts'
import { noteEvents } from './value-sets.ts'

const ofTheNote = { persons: (_input: unknown, note: NoteTarget): readonly PersonId[] => [note.personId] }
const ofTheAlert = { persons: (_input: unknown, alert: AlertTarget): readonly PersonId[] => [alert.personId] }
const noteReference = z.object({ id: idSchema<NoteId>(), itemId: z.uuid() })
const alertReference = z.object({ id: idSchema<AlertId>(), version: z.number().int() })

/** Sent before, in the order in which they show. */
const files = z
  .array(idSchema<NoteFileId>())
  .max(attachmentLimits.each, { error: `${attachmentLimits.each} fichiers au plus.` })
  .default([])

/** A member of the circle or the DAC, in a volet that is open to her; the private room is the DAC's own. */
export function mayWrite(
  actor: Actor,
  person: PersonTarget,
  { volet, isPrivate }: { readonly volet: string; readonly isPrivate?: boolean | undefined },
): Verdict {
  if (!isDacStaff(actor) && !holds(actor, 'outside_professional')) return refused('Réservé au DAC et aux professionnels du cercle de soins.')
  if (isPrivate === true && !isDacStaff(actor)) return refused('L’espace privé est celui de l’équipe du DAC.')
  return allowedIf((person.volets as readonly string[]).includes(volet), 'Ce volet ne vous est pas ouvert.')
}

/** Three gestures: place the cursor, type, Ctrl Enter. Type, volet and room keep their last choice. */
export const writeNote = defineAction({
  name: 'liaison.note.write',
  title: 'Écrire une note',
  input: z.object({
    id: idSchema<NoteId>(),
    personId: idSchema<PersonId>(),
    type: noteType.default('observation'),
    title: optional(line(120)),
    body: paragraph(10_000),
    volet: z.enum(volets),
    isPrivate: z.boolean().default(false),
    /** « Demande une réponse rapide »: somebody of the DAC takes it. Not for emergencies (15, 114). */
    urgent: z.boolean().default(false),
    /** What happened, when the note tells it: rules listen to it. */
    event: optional(z.enum(noteEvents.values.map((value) => value.code) as [string, ...string[]])),
    /** A request for an opinion may be addressed to a member who reads the notebook: she is told, and answers. */
    askedOf: optional(idSchema<UserId>()),
    files,
    /** When it was seen or done; now when absent. */
    at: optional(instant),
  }),
  output: noteReference,
  access: mayWrite,
  audit: { persons: (input) => [input.personId] },
})

/** A file arrives before its note: a weak network sends the words again, not the photograph. Its author alone sees it until then. */
export const addNoteFile = defineAction({
  name: 'liaison.file.add',
  title: 'Joindre un fichier à une note',
  input: z.object({
    id: idSchema<NoteFileId>(),
    personId: idSchema<PersonId>(),
    volet: z.enum(volets),
    isPrivate: z.boolean().default(false),
    name: attachmentName,
    content: attachmentContent,
  }),
  output: z.object({ id: idSchema<NoteFileId>() }),
  access: mayWrite,
  audit: { persons: (input) => [input.personId] },
  mostBytes: attachmentBody,
})

export const replyToNote = defineAction({
  name: 'liaison.note.reply',
  title: 'Répondre à une note',
  input: z.object({ id: idSchema<NoteId>(), noteId: idSchema<NoteId>(), body: paragraph(10_000), files }),
  output: noteReference,
  access: (actor, _note: NoteTarget) =>
    allowedIf(isDacStaff(actor) || holds(actor, 'outside_professional'), 'Réservé au DAC et aux professionnels du cercle de soins.'),
  audit: ofTheNote,
})

/** A note is never changed: its author adds to it, both stay. */
export const amendNote = defineAction({
  name: 'liaison.note.amend',
  title: 'Compléter ou corriger ma note',
  input: z.object({ id: idSchema<NoteId>(), noteId: idSchema<NoteId>(), body: paragraph(10_000), files }),
  output: noteReference,
  access: (actor, note: NoteTarget) => allowedIf(actor.userId === note.authorId, 'Seul l’auteur d’une note peut la compléter. Répondez-lui plutôt.'),
  audit: ofTheNote,
})

const takesAlerts = (actor: Actor, alert: AlertTarget): Verdict =>
  allowedIf(accompanies(actor) && actor.serviceId === alert.holderOrg, 'Réservé aux professionnels du DAC qui accompagnent.')

/** « Je m’en charge », in one gesture. */
export const takeAlert = defineAction({
  name: 'liaison.alert.take',
  title: 'Je m’en charge',
  input: z.object({ id: idSchema<AlertId>() }),
  output: alertReference,
  access: takesAlerts,
  audit: ofTheAlert,
})

/** « Traité », with what was done; a next step may become a task. */
export const settleAlert = defineAction({
  name: 'liaison.alert.settle',
  title: 'Traité',
  input: z.object({ id: idSchema<AlertId>(), outcome: paragraph(2_000), nextStep: optional(z.object({ title: line(160), dueOn: optional(day()) })) }),
  output: alertReference,
  access: takesAlerts,
  audit: ofTheAlert,
})

/** « Ne plus m’alerter de cela pour cette personne », until a day, with the reason. The rule goes on for everybody else. */
export const muteAlertRule = defineAction({
  name: 'liaison.alertRule.mute',
  title: 'Mettre une règle en sourdine',
  input: z.object({ id: idSchema<AlertMuteId>(), alertId: idSchema<AlertId>(), until: day(), reason: paragraph(500) }),
  output: z.object({ id: idSchema<AlertMuteId>() }),
  access: takesAlerts,
  audit: ofTheAlert,
})

export const unmuteAlertRule = defineAction({
  name: 'liaison.alertRule.unmute',
  title: 'Lever la sourdine',
  input: z.object({ id: idSchema<AlertMuteId>() }),
  output: z.object({ id: idSchema<AlertMuteId>() }),
  access: (actor, mute: AlertMuteTarget) =>
    allowedIf(accompanies(actor) && actor.serviceId === mute.holderOrg, 'Réservé aux professionnels du DAC qui accompagnent.'),
  audit: { persons: (_input, mute: AlertMuteTarget): readonly PersonId[] => [mute.personId] },
})

/** What the rules of a rule look at: of the region (null), or of a DAC. */
export interface AlertRuleTarget {
  readonly serviceId: ServiceId | null
}

/** Writes the next version of a rule, or the first one: of the DAC by who leads its team, of the region by its administration. None is ever changed. */
export const writeAlertRule = defineAction({
  name: 'liaison.alertRule.write',
  title: 'Écrire une règle d’alerte',
  input: ruleDecision
    .extend({
      id: idSchema<AlertRuleId>(),
      /** 0: a new rule. */
      baseVersion: seenVersion(0),
      /** The rule of the region that this one tells for the DAC. */
      replaces: optional(idSchema<AlertRuleId>()),
      ofRegion: z.boolean().default(false),
    })
    .superRefine(({ when }, context) => {
      const empty = emptyCondition(when)
      if (empty !== null) context.addIssue({ code: 'custom', path: ['when'], message: empty })
    }),
  output: z.object({ id: idSchema<AlertRuleId>(), version: z.number().int() }),
  access: (actor, rule: AlertRuleTarget) =>
    rule.serviceId === null
      ? allowedIf(holds(actor, 'regional_admin'), 'Les règles de la région sont écrites par son administration. Adaptez-la pour votre DAC.')
      : allowedIf(
          actor.serviceKind === 'dac' && holds(actor, 'team_lead') && actor.serviceId === rule.serviceId,
          'Les règles d’un DAC sont écrites par ses responsables d’équipe.',
        ),
  audit: { none: 'a rule is about nobody' },
})

/** When the DAC reads what is written to it: what the author is told before she sends, and the clock of escalations. */
export const setOpeningHours = defineAction({
  name: 'liaison.openingHours.set',
  title: 'Horaires de lecture du DAC',
  input: z.object({
    /** Sunday first; pairs of minutes since midnight. */
    week: z
      .array(
        z
          .array(z.tuple([z.number().int().min(0).max(1439), z.number().int().min(1).max(1440)]))
          .max(4)
          .refine((pairs) => pairs.every(([opens, closes], index) => opens < closes && (index === 0 || opens >= (pairs[index - 1]?.[1] ?? 0))), {
            error: 'Heures à remettre dans l’ordre.',
          }),
      )
      .length(7)
      .refine((week) => week.some((hours) => hours.length > 0), { error: 'Un jour ouvert au moins.' }),
  }),
  output: z.object({}),
  access: (actor) => allowedIf(actor.serviceKind === 'dac' && holds(actor, 'team_lead', 'director'), 'Réservé à ceux qui répondent de l’équipe.'),
  audit: { none: 'opening hours of a service' },
})

const minutesOfDay = z.number().int().min(0).max(1439)

/** How I am told that something waits, when I am not looking: never what. */
export const chooseNotices = defineAction({
  name: 'liaison.notices.choose',
  title: 'Choisir mes notifications',
  input: z.object({
    baseVersion: seenVersion(0),
    email: z.boolean(),
    sms: z.boolean(),
    push: z.boolean(),
    pace: z.enum(noticePaces),
    quietFrom: minutesOfDay,
    quietUntil: minutesOfDay,
  }),
  output: z.object({ version: z.number().int() }),
  access: signedIn('own choices: row-level security keeps them hers'),
  audit: { none: 'own choices' },
})

/** This browser agrees to show notices (Push API): where to write to it, and with which keys. */
export const addPushDevice = defineAction({
  name: 'liaison.pushDevice.add',
  title: 'Recevoir les notifications sur ce navigateur',
  input: z.object({
    id: z.uuid(),
    endpoint: z.url().max(600),
    p256dh: z.string().regex(/^[\w-]{80,100}$/),
    auth: z.string().regex(/^[\w-]{16,40}$/),
    label: line(80),
  }),
  output: z.object({ id: z.string() }),
  access: signedIn('own browsers: row-level security keeps them hers'),
  audit: { none: 'own browsers' },
})

export const endPushDevice = defineAction({
  name: 'liaison.pushDevice.end',
  title: 'Ne plus notifier ce navigateur',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.string() }),
  access: signedIn('own browsers: row-level security keeps them hers'),
  audit: { none: 'own browsers' },
})

/** Clears the mark « nouveau » of one item of the Fil: opened, never merely scrolled past. */
export const openItem = defineAction({
  name: 'liaison.item.open',
  title: 'Ouvrir un élément du fil',
  input: z.object({ itemId: z.uuid() }),
  output: z.object({ cleared: z.number().int() }),
  access: signedIn('own marks: row-level security keeps them hers'),
  audit: { none: 'own marks; the reading itself is audited by the query' },
})

/** « Tout marquer comme lu »: the items that the list held when it was read, so that what came meanwhile stays new. */
export const markAllRead = defineAction({
  name: 'liaison.items.markRead',
  title: 'Tout marquer comme lu',
  input: z.object({ itemIds: z.array(z.uuid()).min(1).max(200) }),
  output: z.object({ cleared: z.number().int() }),
  access: signedIn('own marks: row-level security keeps them hers'),
  audit: { none: 'own marks' },
})

/** Remembers when I last came: to a file, or to « Ma journée » when there is no person. A visit lasts half an hour. */
export const recordVisit = defineAction({
  name: 'liaison.visit.record',
  title: 'Dernière visite',
  input: z.object({ personId: optional(idSchema<PersonId>()) }),
  output: z.object({}),
  access: signedIn('own marks: row-level security keeps them hers'),
  audit: { none: 'own marks; opening the file is audited by its queries' },
})
