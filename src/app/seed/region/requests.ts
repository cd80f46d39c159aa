import { type DelayCode, delays } from '../../../intake/contract/value-sets.ts'
import { dueAt } from '../../../intake/contract/delays.ts'
import { nameKey } from '../../../persons/contract/names.ts'
import type { WorkingCalendar } from '../../../territory/contract/working-time.ts'
import type { Bulk, Row } from './bulk.ts'
import type { SeededEpisode } from './episodes.ts'
import type { Organisations, SeededDac } from './organisations.ts'
import type { SeededDoctor, SeededPerson } from './persons.ts'
import type { RegionPlan } from './plan.ts'
import type { Random } from './random.ts'
import { familyNames, informationTexts, requestTexts } from './words.ts'

/** Who solicits: the shares of Hauts-de-France 2024 (domain.md 2.1 A), split by kind. */
const requesters: readonly (readonly [string, number])[] = [
  ['hospital_acute', 14], ['hospital_social_service', 8], ['hospital_rehab', 6], ['hospital_emergency', 3], ['had', 2], ['geriatric_mobile_team', 2],
  ['relative', 11], ['person', 6], ['gp_treating', 6], ['gp_other', 1], ['nurse', 6], ['pharmacist', 1], ['paramedical', 1],
  ['ccas', 5], ['clic_department', 5], ['social_service', 3], ['legal_representative', 1], ['home_care', 5], ['nursing_home', 2], ['mdph', 1], ['health_insurance', 3], ['other_dac', 2], ['landlord', 1], ['association', 2],
]
const names: Readonly<Record<string, string>> = {
  hospital_acute: 'CH des Hautes-Vallées, médecine', hospital_social_service: 'CH des Hautes-Vallées, service social', hospital_rehab: 'SMR de la Moselotte', hospital_emergency: 'CH, urgences', had: 'HAD Moselle Amont',
  geriatric_mobile_team: 'Équipe mobile de gériatrie', ccas: 'CCAS', clic_department: 'Équipe APA du département', social_service: 'Maison des solidarités', legal_representative: 'Mandataire judiciaire',
  home_care: 'SSIAD de la Haute Moselle', nursing_home: 'EHPAD Les Tilleuls', mdph: 'MDPH', health_insurance: 'Prado, Assurance maladie', other_dac: 'Autre DAC', landlord: 'Bailleur Vosgelis', association: 'Association Répit 88',
}
/** Indicator 3 (domain.md 2.1 B): information and orientation 20 %, coordination 60 %. */
const answersWithoutEpisode: readonly (readonly [string, number])[] = [['B1', 12], ['B2', 10], ['B3', 8], ['B4', 24], ['B9', 2], ['B0', 4]]

interface Drafted {
  readonly row: Row
  readonly text: Row
  readonly motives: readonly Row[]
  readonly answers: readonly Row[]
  readonly feedback: readonly Row[]
  readonly reorientations: readonly Row[]
}

/** Requests over the months, most of them closed; the last days wait at the desk. Every episode has the request that opened it. */
export async function seedRequests(
  bulk: Bulk, random: Random, plan: RegionPlan, organisations: Organisations, persons: readonly SeededPerson[], episodes: readonly SeededEpisode[],
  doctors: ReadonlyMap<string, readonly SeededDoctor[]>, calendar: WorkingCalendar, today: string,
): Promise<void> {
  const drafted: Drafted[] = []
  const openedBy = new Map<string, string>()
  for (const episode of episodes) {
    const id = random.idAt(episode.person.createdAt)
    openedBy.set(episode.id, id)
    drafted.push(draft(random, organisations, doctors, calendar, { id, receivedAt: episode.person.createdAt, dac: episode.dac, person: episode.person, episode, today }))
  }
  const others = plan.requests - drafted.length
  const workDays = plan.months * 30
  for (let n = 0; n < others; n += 1) {
    // The last two working weeks hold what waits: the rest is spread over the months, a little denser lately.
    const daysAgo = n < Math.max(20, plan.persons * 0.012) ? random.between(0, 8) : Math.floor(workDays * random.next() ** 1.15)
    const receivedAt = workingHour(random, today, daysAgo)
    const withPerson = random.chance(0.62)
    const person = withPerson ? random.pick(persons) : null
    const dac = person?.dac ?? random.pick(organisations.dacs)
    drafted.push(draft(random, organisations, doctors, calendar, { id: random.idAt(receivedAt), receivedAt, dac, person, episode: null, today }))
  }
  drafted.sort((a, b) => (a.row.received_at as Date).getTime() - (b.row.received_at as Date).getTime())
  await bulk.write('intake.sollicitation', drafted.map((d) => d.row))
  await bulk.write('intake.request_text', drafted.map((d) => d.text))
  await bulk.write('intake.request_motive', drafted.flatMap((d) => d.motives))
  await bulk.write('intake.answer', drafted.flatMap((d) => d.answers))
  await bulk.write('intake.feedback', drafted.flatMap((d) => d.feedback))
  await bulk.write('intake.reorientation', drafted.flatMap((d) => d.reorientations))
  await bulk.query('update episodes.episode e set opened_from_request = s.id from intake.sollicitation s where s.episode_id = e.id')
  // Whoever was named in a request is known by its DAC: identity only, until an accompaniment opens more.
  await bulk.query(`insert into persons.sight (id, person_id, party_id, party_name, basis, volets, reason, source_id, starts_at)
    select gen_random_uuid(), s.person_id, s.holder_org, v.name, 'request', '{administrative}', 'Demande reçue', s.id, s.received_at
    from (select distinct on (person_id, holder_org) * from intake.sollicitation where person_id is not null order by person_id, holder_org, received_at) s join territory.service v on v.id = s.holder_org
    where not exists (select from persons.sight x where x.person_id = s.person_id and x.party_id = s.holder_org and x.basis = 'dac_in_charge')`)
}

function workingHour(random: Random, today: string, daysAgo: number): Date {
  const at = new Date(Date.parse(`${today}T00:00:00Z`) - daysAgo * 86_400_000)
  if (at.getUTCDay() === 0) at.setUTCDate(at.getUTCDate() - 2)
  if (at.getUTCDay() === 6) at.setUTCDate(at.getUTCDate() - 1)
  at.setUTCMinutes(random.between(7 * 60, daysAgo === 0 ? 8 * 60 : 16 * 60))
  return at
}

function draft(
  random: Random, { communes }: Organisations, doctors: ReadonlyMap<string, readonly SeededDoctor[]>, calendar: WorkingCalendar,
  { id, receivedAt, dac, person, episode, today }: { id: string; receivedAt: Date; dac: SeededDac; person: SeededPerson | null; episode: SeededEpisode | null; today: string },
): Drafted {
  const ageDays = (Date.parse(`${today}T23:00:00Z`) - receivedAt.getTime()) / 86_400_000
  const kind = random.weighted(requesters)
  const doctor = kind === 'gp_treating' || kind === 'gp_other' ? (person?.doctor ?? (doctors.get(dac.department) ?? [])[random.below((doctors.get(dac.department) ?? []).length || 1)] ?? null) : null
  const family = random.pick(familyNames)
  const requester = doctor?.name ?? names[kind] ?? (kind === 'person' ? (person?.civil ?? `M. ${family}`) : kind === 'relative' ? `Mme ${family}` : kind === 'nurse' ? `Thomas ${family}, infirmier` : `M. ${family}`)
  const subject = person === null && random.chance(0.75) ? random.pick(informationTexts) : null
  const [text, motives] = subject === null ? random.pick(requestTexts) : subject
  const urgency = random.weighted<DelayCode>([['within_24h', 8], ['within_72h', 40], ['within_2_weeks', 40], ['no_deadline', 12]])
  const open = episode === null && ageDays < 9 && random.chance(0.55 - ageDays * 0.04)
  const answeredAt = open ? null : new Date(Math.min(Date.parse(`${today}T09:00:00Z`), receivedAt.getTime() + random.between(0, 60) * 3_600_000 * (random.chance(0.5) ? 0.05 : 1)))
  const code = episode !== null ? random.weighted([['B7', 6], ['B5', 3], ['B8', 1]]) : subject !== null ? 'B1' : random.weighted(answersWithoutEpisode)
  const by = random.pick(dac.desk.length > 0 ? dac.desk : dac.referents)
  const commune = person?.commune ?? random.pick(dac.communes)
  const status = open ? random.weighted([['to_qualify', 6], ['in_progress', 2], ['triage', 2]]) : 'closed'
  const named = person !== null
  const referred = named && random.chance(0.15) && person.doctor !== null
  return {
    row: {
      id, received_at: receivedAt, recorded_by: by.id, channel: random.weighted([['phone', 62], ['email', 12], ['mssante', 10], ['web_form', 6], ['extranet', 5], ['meeting', 5]]),
      caller_name: requester, caller_quality: kind === 'relative' ? random.pick(['sa fille', 'son fils', 'son épouse', 'sa sœur']) : null, caller_phone: `+33639${random.pick(['98', '98'])}${String(random.below(10000)).padStart(4, '0')}`,
      requester_kind: kind, requester_name: requester, requester_party_id: doctor?.partyId ?? null, referred_by_name: referred ? person.doctor?.name : null, referred_by_party_id: referred ? person.doctor?.partyId : null,
      concerns: named ? 'person' : subject === null ? 'unnamed' : 'nobody', person_id: person?.id ?? null, person_name: person?.civil ?? null, person_key: person === null ? null : nameKey(person.civil),
      person_informed: named ? random.weighted([['yes', 8], ['not_yet', 2]]) : subject === null ? null : 'not_concerned', commune_code: communes.has(commune) ? commune : null, urgency,
      due_at: dueAt(urgency, receivedAt, calendar), status, assigned_to: status === 'in_progress' ? random.pick(dac.referents).id : null, assigned_at: status === 'in_progress' ? receivedAt : null,
      triage_since: status === 'triage' ? receivedAt : null, first_answered_at: answeredAt, closed_at: answeredAt, closed_by: answeredAt === null ? null : by.id, episode_id: episode?.id ?? null,
      cno_level: kind === 'person' || kind === 'relative' ? 2 : 1, holder_org: dac.id, extra: { json: kind === 'health_insurance' ? { prado_consent: 'yes' } : {} },
    },
    text: { sollicitation_id: id, text },
    motives: motives.map((motive, position) => ({ sollicitation_id: id, motive, position, volet: 'health' })),
    answers: answeredAt === null ? [] : [{
      id: random.idAt(answeredAt), sollicitation_id: id, code, principal: true, text: subject?.[2] ?? random.pick(['Situation reprise avec le demandeur, suite proposée.', 'Intervenants du secteur contactés, relais trouvé.', 'Vu en commission, accompagnement proposé.']),
      no_follow_up_reason: code === 'B0' ? random.pick(['person_refuses', 'unreachable', 'solved', 'out_of_territory']) : null, given_at: answeredAt, given_by: by.id, given_by_name: by.name,
    }],
    feedback: answeredAt === null || random.chance(0.2) ? [] : [{ id: random.idAt(answeredAt), sollicitation_id: id, addressed_to: 'requester', recipient_name: requester, channel: 'phone', text: 'Réponse donnée au demandeur.', given_at: answeredAt, given_by: by.id, given_by_name: by.name }],
    reorientations: answeredAt !== null && code === 'B3' ? [{
      id: random.idAt(answeredAt), sollicitation_id: id, target: random.pick(['ccas', 'apa_team', 'clic', 'geriatric', 'palliative', 'psychiatry']), partner_name: random.pick(['CCAS', 'Équipe APA', 'Équipe mobile de gériatrie', 'CMP']), sent_at: answeredAt, sent_by: by.id,
      follow_up_on: new Date(answeredAt.getTime() + 21 * 86_400_000).toISOString().slice(0, 10), outcome: ageDays > 30 ? random.pick(['accepted', 'accepted', 'refused']) : 'pending', outcome_at: ageDays > 30 ? new Date(answeredAt.getTime() + 15 * 86_400_000) : null,
      relevance: ageDays > 30 ? 'relevant' : null, holder_org: dac.id,
    }] : [],
  }
}
