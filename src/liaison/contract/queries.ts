import { z } from 'zod'
import { type PersonTarget, personNameSchema, type TimelineItemId } from '../../persons/contract/person.ts'
import { allowed, allowedIf, defineQuery, signedIn } from '../../platform/contract/action.ts'
import { accompanies, holds, isDacStaff, volets } from '../../platform/contract/actor.ts'
import { attachmentBytes, attachmentShown } from '../../platform/contract/attachment.ts'
import { code, cursor, optional } from '../../platform/contract/fields.ts'
import { holidayZones } from '../../platform/contract/holiday-zones.ts'
import { idSchema, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import { type AlertRuleId, alertRule, ruleTrigger } from './alert-rule.ts'
import type { AlertId, AlertMuteId, NoteFileId, NoteId, NoteTarget } from './note.ts'
import { noticePaces, noticeWays } from './notice.ts'

const personIds = (rows: readonly { readonly person: { readonly personId: PersonId } }[]): readonly PersonId[] => rows.map((row) => row.person.personId)

/** One line of the Fil. `note` is there when it comes from the notebook. */
export const timelineItem = z.object({
  id: idSchema<TimelineItemId>(),
  at: z.string(),
  kind: z.string(),
  title: z.string(),
  summary: z.string().nullable(),
  authorId: z.string().nullable(),
  authorName: z.string(),
  authorFunction: z.string().nullable(),
  source: z.string(),
  sourceId: z.string(),
  volet: z.enum(volets),
  isPrivate: z.boolean(),
  unread: z.boolean(),
  note: z
    .object({
      type: z.string(),
      urgent: z.boolean(),
      rootId: idSchema<NoteId>(),
      relation: z.enum(['reply', 'addendum']).nullable(),
      replies: z.number().int(),
      alertState: z.enum(['to_take', 'taken', 'settled']).nullable(),
    })
    .nullable(),
})
export type TimelineLine = z.output<typeof timelineItem>

export const alertRow = z.object({
  id: idSchema<AlertId>(),
  version: z.number().int(),
  personId: idSchema<PersonId>(),
  holderOrg: idSchema<ServiceId>(),
  title: z.string(),
  summary: z.string().nullable(),
  source: z.string(),
  sourceId: z.string(),
  raisedAt: z.string(),
  raisedByName: z.string(),
  raisedByFunction: z.string().nullable(),
  state: z.enum(['to_take', 'taken', 'settled']),
  takenById: idSchema<UserId>().nullable(),
  takenByName: z.string().nullable(),
  volet: z.enum(volets),
  /** What the note told: a code of liaison.event. */
  event: z.string().nullable(),
  /** The rule that raised it, as it stood; null: the gesture of somebody. */
  rule: z.object({ id: idSchema<AlertRuleId>(), title: z.string() }).nullable(),
  routedBecause: z.enum(['referent', 'binome', 'substitute', 'team']).nullable(),
  /** How many times it went further because nobody had taken it. */
  escalation: z.number().int(),
  escalateAt: z.string().nullable(),
})
export type AlertLine = z.output<typeof alertRow>

/** The one timeline of a person, the latest first. */
export const timeline = defineQuery({
  name: 'liaison.timeline',
  title: 'Fil',
  input: z.object({
    personId: idSchema<PersonId>(),
    volet: optional(z.enum([...volets, 'private'])),
    source: optional(code()),
    kind: optional(code()),
    unreadOnly: z.boolean().default(false),
    cursor,
    limit: z.number().int().min(1).max(100).default(40),
  }),
  output: z.object({ rows: z.array(timelineItem), next: z.string().nullable(), unread: z.number().int() }),
  access: (_actor, _person: PersonTarget) => allowed,
  audit: { persons: (input) => [input.personId] },
})

const readingCalendar = z.object({
  serviceName: z.string(),
  timeZone: z.string(),
  holidays: z.enum(holidayZones),
  /** Sunday first; pairs of minutes since midnight. */
  week: z.array(z.array(z.tuple([z.number(), z.number()]))),
})
export type ReadingCalendar = z.output<typeof readingCalendar>

/** What the Synthèse of a file says of the notebook, in one statement. */
export const fileNews = defineQuery({
  name: 'liaison.fileNews',
  title: 'Depuis votre visite',
  input: z.object({ personId: idSchema<PersonId>() }),
  output: z.object({
    /** The visit before this one; null the first time. */
    since: z.string().nullable(),
    unread: z.number().int(),
    /** For « Tout marquer comme lu »; 200 at most. */
    unreadIds: z.array(z.string()),
    /** What is unread, else the last lines. */
    rows: z.array(timelineItem),
    alerts: z.array(alertRow),
    /** Who else reads the shared notebook, with the volets of each. */
    readers: z.array(z.object({ userId: idSchema<UserId>(), name: z.string(), profession: z.string().nullable(), volets: z.array(z.enum(volets)) })),
    /** The volets open to me in this file. */
    openVolets: z.array(z.enum(volets)),
    /** When the DAC in charge reads what is written to it; null where none accompanies her. */
    calendar: readingCalendar.nullable(),
  }),
  access: (_actor, _person: PersonTarget) => allowed,
  audit: { persons: (input) => [input.personId] },
})

/** A note with what was added to it and answered, oldest first. */
export const noteThread = defineQuery({
  name: 'liaison.note',
  title: 'Note et ses réponses',
  input: z.object({ id: idSchema<NoteId>() }),
  output: z.object({
    rootId: idSchema<NoteId>(),
    personId: idSchema<PersonId>(),
    volet: z.enum(volets),
    isPrivate: z.boolean(),
    notes: z.array(
      z.object({
        id: idSchema<NoteId>(),
        relation: z.enum(['reply', 'addendum']).nullable(),
        type: z.string(),
        title: z.string().nullable(),
        body: z.string(),
        urgent: z.boolean(),
        event: z.string().nullable(),
        askedOfName: z.string().nullable(),
        authorId: idSchema<UserId>(),
        authorName: z.string(),
        authorFunction: z.string().nullable(),
        at: z.string(),
        recordedAt: z.string(),
        files: z.array(attachmentShown),
      }),
    ),
    /** « Lu par »: who opened it, among the readers of its volet; nobody's name for what is in the private room but the DAC's. */
    openedBy: z.array(z.object({ name: z.string(), profession: z.string().nullable() })),
    notYet: z.array(z.object({ name: z.string(), profession: z.string().nullable() })),
    alert: alertRow.extend({ settledByName: z.string().nullable(), settledAt: z.string().nullable(), outcome: z.string().nullable() }).nullable(),
  }),
  access: (_actor, _note: NoteTarget) => allowed,
  audit: { persons: (_input, { personId }) => [personId] },
})

const alertWithPerson = alertRow.extend({ person: personNameSchema, referentName: z.string().nullable() })
const news = timelineItem.extend({ person: personNameSchema })

/** What « Ma journée » takes from liaison, in one statement: alerts of what I follow, and what I have not read. */
export const dayNews = defineQuery({
  name: 'liaison.day',
  title: 'Alertes et nouveautés',
  input: z.object({}),
  output: z.object({
    since: z.string().nullable(),
    alerts: z.array(alertWithPerson),
    news: z.array(news),
    unread: z.number().int(),
    unreadFiles: z.number().int(),
    /** For « Tout marquer comme lu »; 200 at most. */
    unreadIds: z.array(z.string()),
  }),
  access: (actor) => allowedIf(isDacStaff(actor) || holds(actor, 'outside_professional'), 'Réservé à ceux qui suivent des personnes.'),
  audit: { persons: (_input, _target, output) => personIds([...output.alerts, ...output.news]) },
})

/** Everything unread, page by page: it equals the counter. */
export const unreadItems = defineQuery({
  name: 'liaison.unreadItems',
  title: 'Nouveautés',
  input: z.object({ cursor, limit: z.number().int().min(1).max(100).default(40) }),
  output: z.object({ rows: z.array(news), next: z.string().nullable(), total: z.number().int() }),
  access: signedIn('own marks, on what she sees now'),
  audit: { persons: (_input, _target, { rows }) => personIds(rows) },
})

export const unreadCount = defineQuery({
  name: 'liaison.unreadCount',
  title: 'Nombre de nouveautés',
  input: z.object({}),
  output: z.object({ unread: z.number().int(), files: z.number().int() }),
  access: signedIn('own marks, on what she sees now'),
  audit: { none: 'a number' },
})

/** Alerts of the whole team that nobody has settled yet. */
export const teamAlerts = defineQuery({
  name: 'liaison.teamAlerts',
  title: 'Alertes de l’équipe',
  input: z.object({}),
  output: z.object({ rows: z.array(alertWithPerson), next: z.null() }),
  access: (actor) => allowedIf(accompanies(actor), 'Réservé aux professionnels d’un DAC qui accompagnent.'),
  audit: { persons: (_input, _target, { rows }) => personIds(rows) },
})

/** Opinions asked in the notebook of those whom an outside professional follows, not answered by anybody yet; the latest first. */
export const askedOpinions = defineQuery({
  name: 'liaison.askedOpinions',
  title: 'Avis demandés',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      z.object({
        person: personNameSchema,
        noteId: idSchema<NoteId>(),
        title: z.string(),
        at: z.string(),
        authorName: z.string(),
        /** Addressed to me by name. */
        ofMe: z.boolean(),
      }),
    ),
    next: z.null(),
  }),
  access: (actor) => allowedIf(holds(actor, 'outside_professional'), 'Réservé aux professionnels du cercle de soins.'),
  audit: { persons: (_input, _target, { rows }) => personIds(rows) },
})

/** The rules of the region and of my DAC, each as it stands; those muted for somebody; the opening hours that clock them. */
export const alertRules = defineQuery({
  name: 'liaison.alertRules',
  title: 'Règles d’alerte',
  input: z.object({}),
  output: z.object({
    rows: z.array(alertRule),
    mutes: z.array(
      z.object({
        id: idSchema<AlertMuteId>(),
        person: personNameSchema,
        ruleId: idSchema<AlertRuleId>(),
        until: z.string(),
        reason: z.string(),
        mutedByName: z.string(),
      }),
    ),
    calendar: readingCalendar.nullable(),
  }),
  access: (actor) =>
    allowedIf(
      (actor.serviceKind === 'dac' && holds(actor, 'team_lead', 'referent', 'doctor', 'director')) || holds(actor, 'regional_admin'),
      'Réservé aux équipes des DAC.',
    ),
  audit: { persons: (_input, _target, { mutes }) => mutes.map((row) => row.person.personId) },
})

export const alertRuleVersions = defineQuery({
  name: 'liaison.alertRuleVersions',
  title: 'Versions d’une règle d’alerte',
  input: z.object({ id: idSchema<AlertRuleId>() }),
  output: z.object({ rows: z.array(alertRule) }),
  access: (actor) => allowedIf(actor.serviceKind === 'dac' || holds(actor, 'regional_admin'), 'Réservé aux équipes des DAC.'),
  audit: { none: 'a rule is about nobody' },
})

/** « aurait alerté 14 fois ces 90 derniers jours »: a condition tried on what the files that we follow now already hold. */
export const alertRulePreview = defineQuery({
  name: 'liaison.alertRulePreview',
  title: 'Essai d’une règle d’alerte',
  alone: true,
  input: z.object({ when: ruleTrigger, days: z.number().int().min(1).max(366).default(90) }),
  output: z.object({
    /** Null: this condition has no past to be tried on. */
    times: z.number().int().nullable(),
    files: z.number().int(),
    /** The last ones. */
    examples: z.array(z.object({ person: personNameSchema, at: z.string(), title: z.string() })),
  }),
  access: (actor) => allowedIf(accompanies(actor) && holds(actor, 'team_lead'), 'Réservé aux responsables d’équipe.'),
  audit: { persons: (_input, _target, { examples }) => personIds(examples) },
})

/** How I am told, with what, and what was told lately: counts and hours, never a word of what it was. */
export const myNotices = defineQuery({
  name: 'liaison.myNotices',
  title: 'Mes notifications',
  input: z.object({}),
  output: z.object({
    version: z.number().int(),
    email: z.boolean(),
    sms: z.boolean(),
    push: z.boolean(),
    pace: z.enum(noticePaces),
    quietFrom: z.number().int(),
    quietUntil: z.number().int(),
    /** Where it goes, partly hidden: « j…l@exemple.fr ». */
    emailTo: z.string().nullable(),
    smsTo: z.string().nullable(),
    devices: z.array(z.object({ id: z.string(), label: z.string(), addedAt: z.string() })),
    sendings: z.array(
      z.object({ id: z.string(), way: z.enum(noticeWays), count: z.number().int(), at: z.string(), state: z.enum(['to_send', 'sent', 'refused', 'expired']) }),
    ),
  }),
  access: signedIn('own choices: row-level security keeps them hers'),
  audit: { none: 'own choices' },
})

/** A photo or a file with the note that it went with. */
const personFile = attachmentShown.extend({
  id: idSchema<NoteFileId>(),
  addedAt: z.string(),
  noteId: idSchema<NoteId>(),
  /** What the note is called in the Fil. */
  noteTitle: z.string(),
  authorName: z.string(),
  authorFunction: z.string().nullable(),
  volet: z.enum(volets),
  isPrivate: z.boolean(),
})
export type PersonFile = z.output<typeof personFile>

/** The photos and files of the notebook of a person, the latest first: those of the notes that the actor reads. */
export const personFiles = defineQuery({
  name: 'liaison.personFiles',
  title: 'Photos et fichiers du carnet',
  input: z.object({ personId: idSchema<PersonId>(), cursor, limit: z.number().int().min(1).max(100).default(40) }),
  output: z.object({ rows: z.array(personFile), next: z.string().nullable() }),
  access: (_actor, _person: PersonTarget) => allowed,
  audit: { persons: (input) => [input.personId] },
})

export const noteFile = defineQuery({
  name: 'liaison.file',
  title: 'Ouvrir un fichier joint à une note',
  input: z.object({ id: idSchema<NoteFileId>() }),
  output: attachmentBytes,
  access: (_actor, _file: { readonly personId: PersonId }) => allowed,
  audit: { persons: (_input, { personId }) => [personId] },
  alone: true,
})
