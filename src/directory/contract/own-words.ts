import { z } from 'zod'
import { allowedIf, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { type Actor, holds } from '../../platform/contract/actor.ts'
import { cursor, day, line, optional, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type PartyId, type ServiceId } from '../../platform/contract/ids.ts'
import { correction, correctionField } from './correction.ts'
import { directoryFacets } from './facets.ts'
import { directoryHit } from './hit.ts'

const nobody = { none: 'what a service knows of professionals and structures: no accompanied person is concerned' } as const

export const reportSubjects = {
  phone: 'Le téléphone est faux',
  address: 'L’adresse est fausse',
  gone: 'N’exerce plus ici, fermé',
  duplicate: 'Fiche en double',
  trade: 'Le métier ou la nature est faux',
  other: 'Autre erreur',
} as const
export type ReportSubject = keyof typeof reportSubjects
const reportSubject = z.enum(Object.keys(reportSubjects) as [ReportSubject, ...ReportSubject[]], { error: 'À choisir.' })

export const reportStates = { open: 'À traiter', forwarded: 'Transmis à la source', corrected: 'Corrigé', rejected: 'Sans suite' } as const
export type ReportState = keyof typeof reportStates
const reportState = z.enum(Object.keys(reportStates) as [ReportState, ...ReportState[]])

export const exchangeKinds = {
  call_in: 'Appel reçu',
  call_out: 'Appel donné',
  letter: 'Courrier',
  mail: 'Message',
  meeting: 'Réunion',
  training: 'Formation, présentation du DAC',
  visit: 'Visite',
} as const
export type ExchangeKind = keyof typeof exchangeKinds
const exchangeKind = z.enum(Object.keys(exchangeKinds) as [ExchangeKind, ...ExchangeKind[]], { error: 'À choisir.' })

export const contactPreferences = {
  phone: 'Par téléphone',
  mobile: 'Sur son mobile',
  mssante: 'Par MSSanté',
  email: 'Par courriel',
  letter: 'Par courrier',
  visit: 'De vive voix',
} as const
export type ContactPreference = keyof typeof contactPreferences
const contactPreference = z.enum(Object.keys(contactPreferences) as [ContactPreference, ...ContactPreference[]])

const onlyTeams = 'Réservé aux équipes : votre exercice ici n’est rattaché à aucun service qui suit ses partenaires.'

/** The teams of a service that follow their partners. */
export const followsPartners = (actor: Actor): ReturnType<typeof allowedIf> =>
  allowedIf(
    actor.kind === 'user' &&
      actor.serviceId !== null &&
      holds(actor, 'front_desk', 'referent', 'doctor', 'team_lead', 'director', 'cpts_coordinator', 'expert_team'),
    onlyTeams,
  )
const workers = (actor: Actor): ReturnType<typeof allowedIf> =>
  allowedIf(actor.kind === 'user' && !holds(actor, 'person', 'governance_member'), 'Réservé aux professionnels.')

export interface OwnedWords {
  readonly serviceId: ServiceId | null
}
const ownTeam = (actor: Actor, target: OwnedWords): ReturnType<typeof allowedIf> =>
  allowedIf(followsPartners(actor).allowed && actor.serviceId === target.serviceId, 'Tenu par un autre service.')

const done = z.object({ id: z.string() })

export const writeNote = defineAction({
  name: 'directory.note.write',
  title: 'Noter pour son équipe',
  input: z.object({ id: z.uuid(), partyId: idSchema<PartyId>(), words: paragraph(2000) }),
  output: done,
  access: followsPartners,
  audit: nobody,
})
export const removeNote = defineAction({
  name: 'directory.note.remove',
  title: 'Retirer une note d’équipe',
  input: z.object({ id: z.uuid() }),
  output: done,
  access: ownTeam,
  audit: nobody,
})

/** Replaces what was said before for the same field, by whichever service. */
export const correctCard = defineAction({
  name: 'directory.correction.write',
  title: 'Corriger une fiche nationale',
  input: z.object({ id: z.uuid(), partyId: idSchema<PartyId>(), field: correctionField, value: line(300) }),
  output: done,
  access: followsPartners,
  audit: nobody,
})
export const withdrawCorrection = defineAction({
  name: 'directory.correction.withdraw',
  title: 'Revenir au répertoire national',
  input: z.object({ partyId: idSchema<PartyId>(), field: correctionField }),
  output: done,
  access: followsPartners,
  audit: nobody,
})

export const reportError = defineAction({
  name: 'directory.errorReport.send',
  title: 'Signaler une erreur',
  input: z.object({ id: z.uuid(), partyId: idSchema<PartyId>(), about: reportSubject, words: optional(paragraph(1000)) }),
  output: done,
  access: workers,
  audit: nobody,
})
const handlesReports = (actor: Actor, target: OwnedWords): ReturnType<typeof allowedIf> =>
  allowedIf(
    holds(actor, 'regional_admin') || (actor.serviceId !== null && actor.serviceId === target.serviceId && followsPartners(actor).allowed),
    'Suivi par l’administration régionale et par le service qui a signalé.',
  )
export const handleReport = defineAction({
  name: 'directory.errorReport.handle',
  title: 'Suivre un signalement',
  input: z.object({ id: z.uuid(), state: reportState, answer: optional(paragraph(1000)) }),
  output: done,
  access: handlesReports,
  audit: nobody,
})

const relationFields = {
  tags: z.array(line(40)).max(12),
  prefers: optional(contactPreference),
  prefersWords: optional(line(160)),
  noCampaign: z.boolean(),
}
/** Labels and wishes, kept by the service for itself. The whole is written: two teammates who differ see the last one's. */
export const editRelation = defineAction({
  name: 'directory.relation.edit',
  title: 'Étiquettes et préférences de contact',
  input: z.object({ partyId: idSchema<PartyId>(), baseVersion: seenVersion(0), ...relationFields }),
  output: z.object({ version: z.number().int() }),
  access: followsPartners,
  audit: nobody,
})

export const recordExchange = defineAction({
  name: 'directory.exchange.record',
  title: 'Noter un échange',
  input: z.object({ id: z.uuid(), partyId: idSchema<PartyId>(), kind: exchangeKind, happenedOn: day(), subject: line(200) }),
  output: done,
  access: followsPartners,
  audit: nobody,
})
export const removeExchange = defineAction({
  name: 'directory.exchange.remove',
  title: 'Retirer un échange noté',
  input: z.object({ id: z.uuid() }),
  output: done,
  access: ownTeam,
  audit: nobody,
})

/** Everything that is known here of a party: corrections for all; notes, wishes and exchanges for the service that kept them. */
export const ownWords = defineQuery({
  name: 'directory.ownWords',
  title: 'Ce que le service sait d’un partenaire',
  input: z.object({ partyId: idSchema<PartyId>() }),
  output: z.object({
    corrections: z.array(correction),
    notes: z.array(z.object({ id: z.string(), words: z.string(), writtenByName: z.string(), writtenAt: z.string() })),
    reports: z.array(
      z.object({
        id: z.string(),
        about: reportSubject,
        words: z.string().nullable(),
        state: reportState,
        reportedByName: z.string(),
        reportedAt: z.string(),
        answer: z.string().nullable(),
      }),
    ),
    relation: z.object({
      tags: z.array(z.string()),
      prefers: contactPreference.nullable(),
      prefersWords: z.string().nullable(),
      noCampaign: z.boolean(),
      version: z.number().int(),
    }),
    /** Requests, answers and reorientations of the service, then what its team noted; the latest first. */
    exchanges: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['request', 'referred', 'answer', 'reorientation', ...(Object.keys(exchangeKinds) as ExchangeKind[])]),
        at: z.string(),
        /** What was said, or the number of the request. */
        subject: z.string(),
        /** Code of intake.answer_type, or the outcome of a reorientation. */
        code: z.string().nullable(),
        sollicitationId: z.string().nullable(),
        byName: z.string().nullable(),
      }),
    ),
    requests: z.number().int(),
  }),
  access: (actor) => workers(actor),
  audit: nobody,
})

export const errorReports = defineQuery({
  name: 'directory.errorReports',
  title: 'Erreurs signalées dans l’annuaire',
  input: z.object({ state: optional(z.enum(['live', 'done'])), limit: z.number().int().min(1).max(200).default(50), cursor }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        partyId: z.string(),
        partyLabel: z.string(),
        about: reportSubject,
        words: z.string().nullable(),
        state: reportState,
        serviceId: z.string().nullable(),
        serviceName: z.string().nullable(),
        reportedByName: z.string(),
        reportedAt: z.string(),
        answer: z.string().nullable(),
        handledByName: z.string().nullable(),
        handledAt: z.string().nullable(),
      }),
    ),
    next: z.string().nullable(),
    total: z.number().int(),
  }),
  access: (actor) => workers(actor),
  audit: nobody,
  csv: {
    file: 'erreurs-signalees',
    columns: ['Fiche', 'Erreur', 'Précision', 'Suivi', 'Signalée par', 'Service', 'Le', 'Réponse'],
    rows: ({ rows }) =>
      rows.map((row) => [
        row.partyLabel,
        reportSubjects[row.about],
        row.words,
        reportStates[row.state],
        row.reportedByName,
        row.serviceName,
        row.reportedAt.slice(0, 10),
        row.answer,
      ]),
  },
})

/** Partners of the perimeter by what they asked: « médecins généralistes jamais demandeurs ». */
export const campaign = defineQuery({
  name: 'directory.campaign',
  title: 'Liste de diffusion',
  input: z.object({
    facets: z.array(z.enum(directoryFacets)).min(1, { error: 'Choisissez au moins un métier.' }).max(20),
    asked: z.enum(['any', 'never', 'notSince', 'since']).default('never'),
    /** The day that « since » counts from. */
    since: optional(day()),
    tag: optional(line(40)),
    departmentCode: optional(z.string().max(3)),
    limit: z.number().int().min(1).max(200).default(60),
    cursor,
  }),
  output: z.object({
    rows: z.array(
      directoryHit.pick({ partyId: true, label: true, detail: true, place: true, postalCode: true, city: true, phone: true }).extend({
        email: z.string().nullable(),
        address: z.string().nullable(),
        requests: z.number().int(),
        lastRequestAt: z.string().nullable(),
        tags: z.array(z.string()),
        prefers: contactPreference.nullable(),
      }),
    ),
    next: z.string().nullable(),
    total: z.number().int(),
    /** How many fit but do not want to be written to: they are left out. */
    optedOut: z.number().int(),
    /** Labels that the service gives its partners, and the départements of its perimeter: what the list can be kept to. Told with the first page. */
    tags: z.array(z.object({ tag: z.string(), count: z.number().int() })),
    departments: z.array(z.object({ code: z.string(), name: z.string() })),
  }),
  access: followsPartners,
  audit: nobody,
  csv: {
    file: 'liste-de-diffusion',
    columns: [
      'Nom',
      'Métier',
      'Lieu d’exercice',
      'Adresse',
      'Code postal',
      'Commune',
      'Téléphone',
      'Courriel',
      'Demandes',
      'Dernière demande',
      'Préférence',
      'Étiquettes',
    ],
    rows: ({ rows }) =>
      rows.map((row) => [
        row.label,
        row.detail,
        row.place,
        row.address,
        row.postalCode,
        row.city,
        row.phone,
        row.email,
        row.requests,
        row.lastRequestAt?.slice(0, 10) ?? null,
        row.prefers === null ? null : contactPreferences[row.prefers],
        row.tags.join(', '),
      ]),
  },
})
