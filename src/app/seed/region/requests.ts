import type { DelayCode } from '../../../intake/contract/value-sets.ts'
import { motiveVolets } from '../../../intake/contract/value-sets.ts'
import { nameKey } from '../../../persons/contract/names.ts'
import { addDays, formatDay } from '../../../platform/contract/dates.ts'
import { readable, type SeededProfessional } from '../directory/professionals.ts'
import type { Bulk, Row } from './bulk.ts'
import type { SeedCalendar } from './calendar.ts'
import type { SeededEpisode } from './episodes.ts'
import { fictionalPhone, type SeededPerson } from './persons.ts'
import type { RegionPlan } from './plan.ts'
import type { Random } from './random.ts'
import { answerTexts, informationTexts, type RequestText, requestTexts } from './request-texts.ts'
import type { SeededDac, SeededUser } from './staff.ts'
import type { Timeline } from './timeline.ts'
import { familyNames, said } from './words.ts'

/** Who solicits: the shares of Hauts-de-France 2024 (domain.md 2.1 A), split by kind. */
const requesterShares: readonly (readonly [string, number])[] = [
  ['hospital_acute', 14],
  ['hospital_social_service', 8],
  ['hospital_rehab', 6],
  ['hospital_emergency', 3],
  ['had', 2],
  ['geriatric_mobile_team', 2],
  ['relative', 11],
  ['person', 6],
  ['gp_treating', 6],
  ['gp_other', 1],
  ['nurse', 6],
  ['pharmacist', 1],
  ['paramedical', 1],
  ['ccas', 5],
  ['clic_department', 5],
  ['social_service', 3],
  ['legal_representative', 1],
  ['home_care', 5],
  ['nursing_home', 2],
  ['mdph', 1],
  ['health_insurance', 3],
  ['other_dac', 2],
  ['landlord', 1],
  ['association', 2],
]
const structureNames: Readonly<Record<string, readonly string[]>> = {
  hospital_acute: ['CH des Hautes-Vallées, médecine', 'CH des Hautes-Vallées, chirurgie', 'CH, cardiologie'],
  hospital_social_service: ['CH des Hautes-Vallées, service social', 'Service social de l’hôpital'],
  hospital_rehab: ['SMR de la Moselotte', 'SMR Les Épinettes'],
  hospital_emergency: ['CH, urgences'],
  had: ['HAD Moselle Amont'],
  geriatric_mobile_team: ['Équipe mobile de gériatrie'],
  ccas: ['CCAS de Remiremont', 'CCAS d’Épinal', 'CCAS'],
  clic_department: ['Équipe APA du département', 'CLIC des Hautes-Vallées'],
  social_service: ['Maison des solidarités'],
  legal_representative: ['M. Alain Colin, mandataire'],
  home_care: ['SSIAD de la Haute Moselle', 'SAD Les Genêts', 'SAD Les Saules'],
  nursing_home: ['EHPAD Les Tilleuls'],
  mdph: ['MDPH'],
  health_insurance: ['Prado, Assurance maladie'],
  other_dac: ['DAC voisin'],
  landlord: ['Vosgelia'],
  association: ['Association Répit 88', 'France Alzheimer'],
}
const relations: readonly string[] = ['sa fille', 'son fils', 'sa sœur', 'son frère', 'sa belle-fille', 'une voisine']
/** Indicator 3 (domain.md 2.1 B): information and orientation 20 %, coordination 60 %. */
const answersWithoutEpisode: readonly (readonly [string, number])[] = [
  ['B1', 12],
  ['B2', 10],
  ['B3', 8],
  ['B4', 24],
  ['B9', 2],
  ['B0', 4],
]
const channels: readonly (readonly [string, number])[] = [
  ['phone', 62],
  ['email', 12],
  ['mssante', 10],
  ['web_form', 6],
  ['extranet', 5],
  ['meeting', 5],
]

/** What a request will be, before it is written out: small enough to hold all of them and put them in the order of their arrival. */
interface Sketch {
  readonly day: string
  readonly minutes: number
  readonly dac: SeededDac
  readonly person: SeededPerson | null
  readonly episode: SeededEpisode | null
}

/** Tables of a request, filled together and emptied batch by batch. */
type Tables = Readonly<
  Record<
    'sollicitation' | 'request_text' | 'request_motive' | 'answer' | 'subsidiarity' | 'reorientation' | 'feedback' | 'triage_decision' | 'request_event',
    Row[]
  >
>
const batch = 10_000

/** Requests over the months, most of them closed; the last days wait at the desk. Every accompaniment has the request that opened it. */
export async function seedRequests(
  bulk: Bulk,
  random: Random,
  plan: RegionPlan,
  calendar: SeedCalendar,
  dacs: readonly SeededDac[],
  persons: readonly SeededPerson[],
  episodes: readonly SeededEpisode[],
  professionals: readonly SeededProfessional[],
  timeline: Timeline,
): Promise<void> {
  const doctors = new Map(dacs.map((dac) => [dac.id, professionals.filter((one) => one.trade.role === 'gp' && one.commune.department === dac.department)]))
  const sketches = sketch(random, plan, calendar, dacs, persons, episodes)
  for (let from = 0; from < sketches.length; from += batch) {
    const tables: Tables = {
      sollicitation: [],
      request_text: [],
      request_motive: [],
      answer: [],
      subsidiarity: [],
      reorientation: [],
      feedback: [],
      triage_decision: [],
      request_event: [],
    }
    const sights: Row[] = []
    for (const one of sketches.slice(from, from + batch)) writeOut(random, calendar, doctors, one, tables, sights, timeline)
    for (const [table, rows] of Object.entries(tables)) await bulk.write(`intake.${table}`, rows)
    await bulk.write('persons.sight', sights)
    await timeline.flush()
  }
}

function sketch(
  random: Random,
  plan: RegionPlan,
  calendar: SeedCalendar,
  dacs: readonly SeededDac[],
  persons: readonly SeededPerson[],
  episodes: readonly SeededEpisode[],
): readonly Sketch[] {
  const minutesOf = (person: SeededPerson): number => Math.round((person.knownAt.getTime() - calendar.at(person.knownOn, 0).getTime()) / 60_000)
  const accompanied = new Set(episodes.map(({ person }) => person.id))
  const sketches: Sketch[] = [
    ...episodes.map((episode) => ({ day: episode.person.knownOn, minutes: minutesOf(episode.person), dac: episode.dac, person: episode.person, episode })),
    ...persons
      .filter((person) => !accompanied.has(person.id))
      .map((person) => ({ day: person.knownOn, minutes: minutesOf(person), dac: person.dac, person, episode: null })),
  ]
  const waiting = Math.max(12, plan.persons * 0.008)
  while (sketches.length < plan.requests) {
    // The last working week holds what waits; the rest is spread over the months, a little denser lately.
    const recent = plan.requests - sketches.length < waiting
    const back = recent ? random.between(0, 6) : Math.floor(plan.months * 30 * random.next() ** 1.15)
    const day = calendar.workingDay(calendar.daysAgo(back))
    const minutes = random.between(515, day === calendar.today ? Math.max(516, (calendar.now.getTime() - calendar.at(day, 0).getTime()) / 60_000 - 5) : 1060)
    const candidate = random.chance(0.62) ? random.pick(persons) : null
    const person = candidate !== null && candidate.knownOn < day && (candidate.deceasedOn === null || candidate.deceasedOn > day) ? candidate : null
    if (calendar.at(day, minutes) <= calendar.now)
      sketches.push({ day, minutes: Math.floor(minutes), dac: person?.dac ?? random.pick(dacs), person, episode: null })
  }
  return sketches.sort((a, b) => (a.day === b.day ? a.minutes - b.minutes : a.day < b.day ? -1 : 1))
}

interface Requester {
  readonly kind: string
  readonly name: string
  readonly quality: string | null
  readonly partyId: string | null
}

function requesterOf(random: Random, doctors: readonly SeededProfessional[], person: SeededPerson | null): Requester {
  const kind = random.weighted(requesterShares)
  const family = readable(random.pick(familyNames))
  if (kind === 'gp_treating' || kind === 'gp_other') {
    const doctor =
      kind === 'gp_treating' ? (person?.doctor ?? (doctors.length > 0 ? random.pick(doctors) : null)) : doctors.length > 0 ? random.pick(doctors) : null
    if (doctor !== null) return { kind, name: doctor.name, quality: null, partyId: doctor.partyId }
  }
  if (kind === 'person' && person !== null)
    return {
      kind,
      name: person.civil,
      quality: random.pick(['lui-même', 'elle-même'].filter((word) => word.startsWith(person.sex === 'F' ? 'elle' : 'lui'))),
      partyId: null,
    }
  if (kind === 'relative') return { kind, name: `Mme\u00a0${family}`, quality: random.pick(relations), partyId: null }
  const names = structureNames[kind]
  if (names !== undefined) return { kind, name: random.pick(names), quality: null, partyId: null }
  if (kind === 'nurse')
    return { kind, name: `${readable(random.pick(['THOMAS', 'CLAIRE', 'SOPHIE', 'JULIEN', 'EMILIE']))} ${family}`, quality: 'infirmier libéral', partyId: null }
  return { kind, name: `M.\u00a0${family}`, quality: null, partyId: null }
}

/** A text that may be said of her: her population and her age, else her age, else anyone's. */
function textFor(random: Random, person: SeededPerson | null): RequestText {
  if (person === null) return random.pick(requestTexts)
  const fits = (one: RequestText): boolean => person.age >= one.ages[0] && person.age <= one.ages[1]
  const own = requestTexts.filter((one) => one.population === person.population && fits(one))
  const others = own.length > 0 ? own : requestTexts.filter(fits)
  return random.pick(others.length > 0 ? others : requestTexts)
}

function writeOut(
  random: Random,
  calendar: SeedCalendar,
  doctors: ReadonlyMap<string, readonly SeededProfessional[]>,
  { day, minutes, dac, person, episode }: Sketch,
  tables: Tables,
  sights: Row[],
  timeline: Timeline,
): void {
  const receivedAt = calendar.at(day, minutes)
  const id = episode?.requestId ?? random.idAt(receivedAt)
  const ageDays = (calendar.now.getTime() - receivedAt.getTime()) / 86_400_000
  const by = random.pick(dac.desk.length > 0 ? dac.desk : dac.referents)
  const information = person === null && random.chance(0.75) ? random.pick(informationTexts) : null
  const asker = requesterOf(random, doctors.get(dac.id) ?? [], person)
  const model = information === null ? textFor(random, person) : null
  const text = information?.[0] ?? said((model as RequestText).text, person?.sex ?? 'F')
  const motives = information?.[1] ?? (model as RequestText).motives
  const urgency = random.weighted<DelayCode>([
    ['within_24h', 8],
    ['within_72h', 40],
    ['within_2_weeks', 40],
    ['no_deadline', 12],
  ])
  // The desk of the personas is told by its story: little is drawn for it.
  const open =
    episode === null &&
    ageDays < 7 &&
    random.chance((0.45 - ageDays * 0.05) * (by.persona === null && !dac.desk.some((user) => user.persona === 'front-desk') ? 1 : 0.12))
  const status = open
    ? random.weighted([
        ['to_qualify', 6],
        ['in_progress', 2],
        [person === null ? 'to_qualify' : 'triage', 2],
      ] as const)
    : 'closed'
  const answeredAt = open
    ? null
    : new Date(
        Math.min(
          calendar.now.getTime() - 600_000,
          episode?.openedAt.getTime() ?? receivedAt.getTime() + random.between(5, random.chance(0.5) ? 90 : 4000) * 60_000,
        ),
      )
  const answered = answeredAt === null ? null : answeredAt < receivedAt ? receivedAt : answeredAt
  const code =
    episode !== null
      ? random.weighted([
          ['B7', 6],
          ['B5', 3],
          ['B8', 1],
        ] as const)
      : information !== null
        ? 'B1'
        : random.weighted(answersWithoutEpisode)
  const waits = answered !== null && ageDays < 10 && random.chance(0.12)
  const caller =
    asker.kind === 'relative' || asker.kind === 'person' ? asker.name : random.chance(0.5) ? `Mme\u00a0${readable(random.pick(familyNames))}` : asker.name
  const referredBy =
    person !== null && person.doctor !== null && (asker.kind === 'relative' || asker.kind === 'person') && random.chance(0.3) ? person.doctor : null
  tables.sollicitation.push({
    id,
    received_at: receivedAt,
    recorded_by: by.id,
    channel: random.weighted(channels),
    caller_name: caller,
    caller_quality: asker.quality,
    caller_phone: fictionalPhone(Math.floor(random.next() * 60_000), true),
    requester_kind: asker.kind,
    requester_name: asker.name,
    requester_party_id: asker.partyId,
    referred_by_name: referredBy?.name ?? null,
    referred_by_quality: referredBy === null ? null : 'médecin traitant',
    referred_by_party_id: referredBy?.partyId ?? null,
    concerns: person !== null ? 'person' : information === null ? 'unnamed' : 'nobody',
    person_id: person?.id ?? null,
    person_name: person === null ? null : `${readable(person.usedName ?? person.birthName)} ${readable(person.givenNames[0] as string)}`,
    person_birth_date: person?.birthDate ?? null,
    person_key: person === null ? null : nameKey(`${person.usedName ?? person.birthName} ${person.givenNames[0]}`),
    person_informed:
      person !== null
        ? random.weighted([
            ['yes', 8],
            ['not_yet', 2],
          ] as const)
        : information === null
          ? 'no'
          : 'not_concerned',
    commune_code: person?.commune ?? random.pick(dac.communes),
    urgency,
    due_at: calendar.due(urgency, day, minutes),
    status,
    assigned_to: status === 'in_progress' ? random.pick(dac.referents).id : null,
    assigned_at: status === 'in_progress' ? receivedAt : null,
    triage_since: status === 'triage' ? receivedAt : null,
    triage_proposal: status === 'triage' ? 'Visite à domicile, puis accompagnement soutenu.' : null,
    first_answered_at: answered,
    requester_waits: waits,
    referrer_waits: waits && referredBy !== null,
    closed_at: answered,
    closed_by: answered === null ? null : by.id,
    episode_id: episode?.id ?? null,
    cno_level: information !== null && asker.kind !== 'person' && asker.kind !== 'relative' ? 1 : 2,
    holder_org: dac.id,
    extra: { json: asker.kind === 'health_insurance' ? { prado_consent: 'yes' } : {} },
  })
  tables.request_text.push({ sollicitation_id: id, text })
  for (const [position, motive] of motives.entries()) tables.request_motive.push({ sollicitation_id: id, motive, position, volet: motiveVolets[motive] })
  const step = (kind: string, at: Date, who: SeededUser): void =>
    void tables.request_event.push({ id: random.idAt(at), sollicitation_id: id, kind, at, by_id: who.id, by_name: who.name })
  step('received', receivedAt, by)
  if (status === 'triage' || episode !== null) {
    for (const [check, finding] of [
      ['in_territory', 'yes'],
      ['requester_alone', 'no'],
      ['coordination_in_place', 'no'],
      ['exclusively_social', 'no'],
    ] as const)
      tables.subsidiarity.push({ sollicitation_id: id, check_code: check, finding, noted_at: receivedAt, noted_by: by.id })
    step('enlisted', receivedAt, by)
  }
  if (person !== null) openSight(random, calendar, { id, day, receivedAt, answered, by, person, dac }, sights, timeline)
  if (answered !== null)
    writeEnd(random, calendar, { id, code, answered, waits, by, asker, dac, episode, text: information?.[2] ?? null, ageDays }, tables, step)
}

interface Ended {
  readonly id: string
  readonly code: string
  readonly answered: Date
  readonly waits: boolean
  readonly by: SeededUser
  readonly asker: Requester
  readonly dac: SeededDac
  readonly episode: SeededEpisode | null
  readonly text: string | null
  readonly ageDays: number
}

function writeEnd(
  random: Random,
  calendar: SeedCalendar,
  { id, code, answered, waits, by, asker, dac, episode, text, ageDays }: Ended,
  tables: Tables,
  step: (kind: string, at: Date, who: SeededUser) => void,
): void {
  const words = text ?? random.pick(answerTexts[code] ?? ['Réponse donnée.'])
  tables.answer.push({
    id: random.idAt(answered),
    sollicitation_id: id,
    code,
    principal: true,
    text: words,
    no_follow_up_reason: code === 'B0' ? random.pick(['person_refuses', 'unreachable', 'solved', 'out_of_territory']) : null,
    given_at: answered,
    given_by: by.id,
    given_by_name: by.name,
  })
  if (!waits)
    tables.feedback.push({
      id: random.idAt(answered),
      sollicitation_id: id,
      addressed_to: 'requester',
      recipient_name: asker.name,
      channel: random.weighted([
        ['phone', 6],
        ['during_call', 3],
        ['mssante', 1],
      ] as const),
      text: words,
      given_at: answered,
      given_by: by.id,
      given_by_name: by.name,
    })
  if (code === 'B3') {
    const known = ageDays > 30
    const outcome = known
      ? random.weighted([
          ['accepted', 6],
          ['waiting_list', 2],
          ['refused', 1],
          ['declined_by_person', 1],
        ] as const)
      : 'pending'
    const target = random.pick(['ccas', 'apa_team', 'clic', 'geriatric', 'social_service', 'psychiatry'] as const)
    tables.reorientation.push({
      id: random.idAt(answered),
      sollicitation_id: id,
      target,
      partner_name: {
        ccas: 'CCAS',
        apa_team: 'Équipe APA du département',
        clic: 'CLIC',
        geriatric: 'Équipe mobile de gériatrie',
        social_service: 'Maison des solidarités',
        psychiatry: 'CMP',
      }[target],
      sent_at: answered,
      sent_by: by.id,
      follow_up_on: calendar.workingDay(addDays(answered.toISOString().slice(0, 10), 21)),
      outcome,
      outcome_at: known ? new Date(answered.getTime() + 15 * 86_400_000) : null,
      relevance: known
        ? random.weighted([
            ['relevant', 8],
            ['partly', 1],
          ] as const)
        : null,
      holder_org: dac.id,
    })
  }
  if (episode !== null) {
    tables.triage_decision.push({
      id: random.idAt(episode.openedAt),
      sollicitation_id: id,
      decision: 'accompany',
      dac_reasons: random.some(['no_coordinator', 'first_line_overwhelmed', 'several_sectors', 'services_declined'], random.between(1, 2)),
      level: episode.level,
      referent_id: episode.referent.id,
      deputy_id: episode.binome?.id ?? null,
      next_step: 'Première visite à domicile',
      next_step_on: calendar.workingDayAfter(episode.openedOn, 8),
      participants: 'Équipe du DAC',
      decided_at: episode.openedAt,
      decided_by: (dac.leads[0] ?? by).id,
      decided_by_name: (dac.leads[0] ?? by).name,
      episode_id: episode.id,
    })
    step('decided', episode.openedAt, dac.leads[0] ?? by)
  }
  step('closed', answered, by)
}

interface Seen {
  readonly id: string
  readonly day: string
  readonly receivedAt: Date
  readonly answered: Date | null
  readonly by: SeededUser
  readonly person: SeededPerson
  readonly dac: SeededDac
}

/** A request opens identity only to the DAC that handles it, and two years more once closed. */
function openSight(random: Random, calendar: SeedCalendar, { id, day, receivedAt, answered, by, person, dac }: Seen, sights: Row[], timeline: Timeline): void {
  sights.push({
    id: random.idAt(receivedAt),
    person_id: person.id,
    party_id: dac.id,
    party_name: dac.name,
    basis: 'request',
    volets: ['administrative'],
    reason: `Demande du ${formatDay(day)}${answered === null ? '' : ', close'}`,
    source_id: id,
    starts_at: receivedAt,
    ends_at: answered === null ? null : calendar.at(addDays(answered.toISOString().slice(0, 10), 730), 900),
    granted_by: by.id,
  })
  const line = (at: Date, title: string): void =>
    timeline.add({
      personId: person.id,
      holderOrg: dac.id,
      at,
      kind: 'request',
      title,
      author: by,
      source: 'intake',
      sourceId: id,
      volet: 'administrative',
      isPrivate: true,
    })
  line(receivedAt, 'Demande reçue')
  if (answered !== null) line(answered, 'Demande close')
}
