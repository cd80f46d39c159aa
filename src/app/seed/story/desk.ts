import { type DelayCode, type Motive, motiveVolets } from '../../../intake/contract/value-sets.ts'
import { nameKey } from '../../../persons/contract/names.ts'
import { addDays, formatDay } from '../../../platform/contract/dates.ts'
import type { Bulk, Row } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { SeededPerson } from '../region/persons.ts'
import type { Random } from '../region/random.ts'
import type { SeededUser } from '../region/staff.ts'
import type { Timeline } from '../region/timeline.ts'
import type { Cast, StoryPeople } from './people.ts'

interface Waiting {
  readonly text: string
  readonly motives: readonly Motive[]
  /** Of the stories, or only told of: [name, birth day]. */
  readonly person?: SeededPerson
  readonly toldAs?: readonly [string, string | null]
  readonly concerns: 'person' | 'unnamed' | 'nobody'
  readonly commune: string
  readonly kind: string
  readonly requester: string
  readonly caller?: readonly [string, string]
  readonly urgency: DelayCode
  /** Received so many working days ago, at these minutes of the day. */
  readonly daysAgo: number
  readonly minutes: number
  readonly assignedTo?: SeededUser
  readonly filedBy?: SeededUser
  readonly status?: 'to_qualify' | 'in_progress' | 'triage'
  readonly closed?: { readonly code: string; readonly text: string; readonly afterMinutes: number }
}

/** What waits at the desk of the Hautes-Vallées this morning, as its picture shows it, and what outside professionals filed themselves. */
export const storyRequests = 14

export async function seedDesk(bulk: Bulk, random: Random, calendar: SeedCalendar, cast: Cast, people: StoryPeople, timeline: Timeline): Promise<void> {
  const { nadia, julie } = cast
  const [doctor, hospital] = [cast.user('gp'), cast.user('hospital-social-service')]
  const requests: readonly Waiting[] = [
    {
      text: 'Sortie d’hôpital sans aide à domicile. Rentre demain, vit seul au deuxième étage.',
      motives: ['hospital_discharge', 'home_help'],
      person: people.of('vaxelaire'),
      concerns: 'person',
      commune: '88383',
      kind: 'hospital_social_service',
      requester: 'CH des Hautes-Vallées, service social',
      urgency: 'within_24h',
      daysAgo: 1,
      minutes: 515,
      assignedTo: nadia,
      filedBy: hospital,
    },
    {
      text: 'Refus de soins, logement encombré. N’ouvre plus à l’infirmière depuis dix jours.',
      motives: ['care_refusal', 'housing'],
      concerns: 'unnamed',
      commune: '88486',
      kind: 'ccas',
      requester: 'CCAS de Vagney',
      caller: ['Mme\u00a0Gérome', 'assistante sociale'],
      urgency: 'within_72h',
      daysAgo: 3,
      minutes: 542,
      assignedTo: nadia,
    },
    {
      text: 'Aidante épuisée, demande de répit. Son mari la veille jour et nuit.',
      motives: ['caregiver'],
      person: people.of('claudel'),
      concerns: 'person',
      commune: '88116',
      kind: 'gp_treating',
      requester: 'Dr\u00a0Anne-Laure Fritsch',
      urgency: 'within_24h',
      daysAgo: 1,
      minutes: 702,
      assignedTo: julie,
      filedBy: doctor,
    },
    {
      text: 'Plus de médecin traitant depuis mars, renouvellement d’ordonnance impossible.',
      motives: ['no_gp', 'medication'],
      person: people.of('thomas'),
      concerns: 'person',
      commune: '88158',
      kind: 'person',
      requester: 'M.\u00a0Thomas',
      caller: ['M.\u00a0Thomas', 'lui-même'],
      urgency: 'within_72h',
      daysAgo: 3,
      minutes: 822,
      assignedTo: nadia,
    },
    {
      text: 'Fin de vie à domicile, relais avec la HAD à organiser.',
      motives: ['palliative', 'coordination'],
      person: people.of('georgel'),
      concerns: 'person',
      commune: '88075',
      kind: 'palliative_mobile_team',
      requester: 'Équipe mobile de soins palliatifs',
      urgency: 'within_72h',
      daysAgo: 2,
      minutes: 600,
      assignedTo: julie,
      status: 'triage',
    },
    {
      text: 'Dossier APA sans réponse depuis 4 mois, ne peut plus payer l’aide à domicile.',
      motives: ['rights', 'home_help'],
      person: people.of('pierrat'),
      concerns: 'person',
      commune: '88408',
      kind: 'relative',
      requester: 'Mme\u00a0Pierrat',
      caller: ['Mme\u00a0Pierrat', 'sa fille'],
      urgency: 'within_72h',
      daysAgo: 2,
      minutes: 690,
      assignedTo: julie,
    },
    {
      text: 'Enfant de 9 ans, scolarité interrompue depuis la rentrée, bilan en attente.',
      motives: ['child', 'disability'],
      toldAs: ['Léo Gaudel', null],
      concerns: 'person',
      commune: '88196',
      kind: 'relative',
      requester: 'Mme\u00a0Gaudel',
      caller: ['Mme\u00a0Gaudel', 'sa mère'],
      urgency: 'within_72h',
      daysAgo: 1,
      minutes: 640,
      status: 'triage',
    },
    {
      text: 'Question sur une mise sous protection : qui peut la demander ?',
      motives: ['legal_protection', 'advice'],
      concerns: 'nobody',
      commune: '88500',
      kind: 'town_hall',
      requester: 'Mairie de Ventron',
      caller: ['Mme\u00a0Valentin', 'secrétaire de mairie'],
      urgency: 'within_72h',
      daysAgo: 1,
      minutes: 672,
      assignedTo: nadia,
    },
    {
      text: 'Recherche d’un kiné à domicile après une opération de la hanche.',
      motives: ['find_physio'],
      toldAs: ['Grosjean Yvette', '1938-03-19'],
      concerns: 'person',
      commune: '88081',
      kind: 'home_care',
      requester: 'SSIAD de la Haute Moselle',
      caller: ['Mme\u00a0Leduc', 'coordinatrice'],
      urgency: 'within_72h',
      daysAgo: 1,
      minutes: 735,
    },
    {
      text: 'Retour à domicile après une fracture, vit seul, escalier raide.',
      motives: ['hospital_discharge', 'falls'],
      toldAs: ['Didier Paul', '1945-07-02'],
      concerns: 'person',
      commune: '88487',
      kind: 'hospital_rehab',
      requester: 'SMR de la Moselotte',
      caller: ['M.\u00a0Renard', 'assistant social'],
      urgency: 'within_72h',
      daysAgo: 1,
      minutes: 780,
    },
    {
      text: 'L’hôpital signale la sortie lundi de M. Thiriet, infirmière à retrouver pour le week-end.',
      motives: ['hospital_discharge', 'find_nurse'],
      person: people.of('thiriet'),
      concerns: 'person',
      commune: '88468',
      kind: 'hospital_acute',
      requester: 'CH des Hautes-Vallées, médecine',
      caller: ['Mme\u00a0Masson', 'cadre de santé'],
      urgency: 'within_72h',
      daysAgo: 3,
      minutes: 900,
      closed: { code: 'B2', text: 'Coordonnées de deux cabinets données au service.', afterMinutes: 35 },
    },
    {
      text: 'Patiente sortante, pansement complexe, quels cabinets se déplacent à Bussang ?',
      motives: ['find_nurse', 'advice'],
      concerns: 'nobody',
      commune: '88081',
      kind: 'hospital_social_service',
      requester: 'CH des Hautes-Vallées, service social',
      urgency: 'within_72h',
      daysAgo: 9,
      minutes: 610,
      filedBy: hospital,
      closed: { code: 'B1', text: 'Trois cabinets indiqués, le deuxième a une place dès lundi.', afterMinutes: 150 },
    },
    {
      text: 'Patient seul, refuse l’hospitalisation, besoin d’un passage le soir.',
      motives: ['care_refusal', 'home_help'],
      concerns: 'unnamed',
      commune: '88408',
      kind: 'gp_treating',
      requester: 'Dr\u00a0Anne-Laure Fritsch',
      urgency: 'within_72h',
      daysAgo: 15,
      minutes: 760,
      filedBy: doctor,
      closed: { code: 'B4', text: 'Passage du soir trouvé avec le SSIAD, à partir de jeudi.', afterMinutes: 400 },
    },
    {
      text: 'Dossier MDPH bloqué, qui peut relancer ?',
      motives: ['rights'],
      concerns: 'nobody',
      commune: '88383',
      kind: 'ccas',
      requester: 'CCAS de Remiremont',
      urgency: 'within_2_weeks',
      daysAgo: 6,
      minutes: 560,
      filedBy: cast.user('ccas-social-worker'),
      closed: { code: 'B1', text: 'Référent MDPH indiqué, modèle de courrier envoyé.', afterMinutes: 220 },
    },
  ]
  const tables: Readonly<Record<'sollicitation' | 'request_text' | 'request_motive' | 'answer' | 'feedback' | 'request_event', Row[]>> = {
    sollicitation: [],
    request_text: [],
    request_motive: [],
    answer: [],
    feedback: [],
    request_event: [],
  }
  const sights: Row[] = []
  for (const request of requests) writeRequest(random, calendar, cast, request, tables, sights, timeline)
  for (const [table, rows] of Object.entries(tables)) await bulk.write(`intake.${table}`, rows)
  await bulk.write('persons.sight', sights)
  await timeline.flush()
}

function writeRequest(
  random: Random,
  calendar: SeedCalendar,
  { hautesVallees, nadia }: Cast,
  request: Waiting,
  tables: Readonly<Record<'sollicitation' | 'request_text' | 'request_motive' | 'answer' | 'feedback' | 'request_event', Row[]>>,
  sights: Row[],
  timeline: Timeline,
): void {
  const day = daysBefore(calendar, request.daysAgo)
  const receivedAt = calendar.at(day, request.minutes)
  const id = random.idAt(receivedAt)
  const { person, toldAs, closed, filedBy, caller } = request
  const endedAt = closed === undefined ? null : new Date(receivedAt.getTime() + closed.afterMinutes * 60_000)
  const status = closed !== undefined ? 'closed' : (request.status ?? (request.assignedTo === undefined ? 'to_qualify' : 'in_progress'))
  const name =
    person === undefined
      ? (toldAs?.[0] ?? null)
      : `${person.usedName ?? person.birthName} ${person.givenNames[0]}`.toLowerCase().replace(/(^|\s)\p{L}/gu, (start) => start.toUpperCase())
  tables.sollicitation.push({
    id,
    received_at: receivedAt,
    recorded_by: filedBy?.id ?? nadia.id,
    channel: filedBy === undefined ? 'phone' : 'extranet',
    caller_name: caller?.[0] ?? filedBy?.name ?? request.requester,
    caller_quality: caller?.[1] ?? null,
    caller_phone: `+3335301${String(2700 + request.minutes).padStart(4, '0')}`,
    requester_kind: request.kind,
    requester_name: request.requester,
    requester_user_id: filedBy?.id ?? null,
    concerns: request.concerns,
    person_id: person?.id ?? null,
    person_name: name,
    person_birth_date: person?.birthDate ?? toldAs?.[1] ?? null,
    person_key: name === null ? null : nameKey(name),
    person_informed: request.concerns === 'person' ? 'yes' : request.concerns === 'unnamed' ? 'no' : 'not_concerned',
    commune_code: request.commune,
    urgency: request.urgency,
    due_at: calendar.due(request.urgency, day, request.minutes),
    status,
    assigned_to: request.assignedTo?.id ?? null,
    assigned_at: request.assignedTo === undefined ? null : receivedAt,
    triage_since: status === 'triage' ? receivedAt : null,
    triage_proposal: status === 'triage' ? 'Première visite, puis accompagnement.' : null,
    first_answered_at: endedAt,
    requester_waits: false,
    closed_at: endedAt,
    closed_by: endedAt === null ? null : nadia.id,
    cno_level: request.concerns === 'nobody' ? 1 : 2,
    holder_org: hautesVallees.id,
    extra: { json: {} },
  })
  tables.request_text.push({ sollicitation_id: id, text: request.text, by_requester: filedBy !== undefined })
  for (const [position, motive] of request.motives.entries())
    tables.request_motive.push({ sollicitation_id: id, motive, position, by_requester: filedBy !== undefined, volet: motiveVolets[motive] })
  const step = (kind: string, at: Date, by: SeededUser): void =>
    void tables.request_event.push({ id: random.idAt(at), sollicitation_id: id, kind, at, by_id: by.id, by_name: by.name })
  step('received', receivedAt, filedBy ?? nadia)
  if (request.assignedTo !== undefined) step('taken', receivedAt, request.assignedTo)
  if (endedAt !== null && closed !== undefined) {
    tables.answer.push({
      id: random.idAt(endedAt),
      sollicitation_id: id,
      code: closed.code,
      principal: true,
      text: closed.text,
      given_at: endedAt,
      given_by: nadia.id,
      given_by_name: nadia.name,
    })
    tables.feedback.push({
      id: random.idAt(endedAt),
      sollicitation_id: id,
      addressed_to: 'requester',
      recipient_name: request.requester,
      channel: filedBy === undefined ? 'phone' : 'extranet',
      text: closed.text,
      given_at: endedAt,
      given_by: nadia.id,
      given_by_name: nadia.name,
    })
    step('closed', endedAt, nadia)
  }
  if (person === undefined) return
  sights.push({
    id: random.idAt(receivedAt),
    person_id: person.id,
    party_id: hautesVallees.id,
    party_name: hautesVallees.name,
    basis: 'request',
    volets: ['administrative'],
    reason: `Demande du ${formatDay(day)}${endedAt === null ? '' : ', close'}`,
    source_id: id,
    starts_at: receivedAt,
    ends_at: endedAt === null ? null : calendar.at(addDays(day, 730), 900),
    granted_by: nadia.id,
  })
  timeline.add({
    personId: person.id,
    holderOrg: hautesVallees.id,
    at: receivedAt,
    kind: 'request',
    title: 'Demande reçue',
    author: filedBy ?? nadia,
    source: 'intake',
    sourceId: id,
    volet: 'administrative',
    isPrivate: true,
  })
}

/** The working day that comes so many before today, or before the last working day when nobody works today. */
function daysBefore(calendar: SeedCalendar, count: number): string {
  let day: string = calendar.workingDay(calendar.today)
  for (let left = count; left > 0; left -= 1) day = calendar.workingDay(addDays(day, -1))
  return day
}
