import { levels } from '../../../episodes/contract/value-sets.ts'
import { addDays } from '../../../platform/contract/dates.ts'
import type { Bulk, Row } from './bulk.ts'
import type { SeededDac, SeededUser } from './organisations.ts'
import type { SeededPerson } from './persons.ts'
import type { RegionPlan } from './plan.ts'
import type { Random } from './random.ts'

export interface SeededEpisode {
  readonly id: string
  readonly person: SeededPerson
  readonly dac: SeededDac
  readonly referent: SeededUser
  readonly binome: SeededUser | null
  readonly openedAt: Date
  readonly openedOn: string
  readonly closedOn: string | null
  readonly state: 'open' | 'dormant' | 'closed'
  readonly level: string
  readonly population: string
}

const populations: readonly (readonly [string, number])[] = [['geriatrics', 43], ['chronic', 8], ['mental_health', 6], ['disability', 5], ['addiction', 4], ['cancer', 4], ['neurodevelopment', 2], ['precarity', 2]]
const difficulties = ['autonomy_loss', 'polypathology', 'cognitive', 'psychic', 'isolation', 'resources', 'housing', 'rights', 'caregiver', 'care_refusal', 'no_gp', 'discharge', 'medication', 'falls']
/** Volets of the problems, as the opening of an episode decides them: a disease is health, a difficulty of life is social. */
const healthDifficulties = new Set(['polypathology', 'cognitive', 'psychic', 'medication', 'falls', 'care_refusal'])

/** Accompaniments: the living ones are shared so that each référent follows 35 to 45; the others are closed with their reason. */
export async function seedEpisodes(bulk: Bulk, random: Random, plan: RegionPlan, persons: readonly SeededPerson[], today: string): Promise<readonly SeededEpisode[]> {
  const episodes: SeededEpisode[] = []
  const waiting = new Map(persons.map((person) => person.dac).map((dac) => [dac.id, dac]))
  const living = persons.filter((person) => person.deceasedOn === null && !person.opposed)
  const dead = persons.filter((person) => person.deceasedOn !== null)
  let left = plan.liveEpisodes
  for (const dac of waiting.values()) {
    const target = Math.min(left, Math.round((plan.liveEpisodes * dac.referents.length) / [...waiting.values()].reduce((t, d) => t + d.referents.length, 0)))
    left -= target
    const mine = living.filter((person) => person.dac.id === dac.id).sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    const chosen = random.some(mine.slice(0, Math.max(target, Math.round(mine.length * 0.7))), target)
    chosen.forEach((person, n) => {
      const referent = dac.referents[n % dac.referents.length]
      if (referent !== undefined) episodes.push(makeEpisode(random, person, referent, random.chance(0.06) ? 'dormant' : 'open', today))
    })
  }
  const taken = new Set(episodes.map((episode) => episode.person.id))
  const ended = [...dead, ...living.filter((person) => !taken.has(person.id) && Date.parse(today) - person.createdAt.getTime() > 45 * 86_400_000)]
  for (const person of ended.slice(0, plan.episodes - episodes.length)) episodes.push(makeEpisode(random, person, random.pick(person.dac.referents), 'closed', today))
  await writeEpisodes(bulk, random, episodes, today)
  return episodes
}

function makeEpisode(random: Random, person: SeededPerson, referent: SeededUser, state: SeededEpisode['state'], today: string): SeededEpisode {
  const openedAt = new Date(person.createdAt.getTime() + random.between(0, 6) * 86_400_000)
  const openedOn = openedAt.toISOString().slice(0, 10) > today ? today : openedAt.toISOString().slice(0, 10)
  const span = Math.max(1, Math.round((Date.parse(today) - Date.parse(openedOn)) / 86_400_000))
  const closedOn = state !== 'closed' ? null : person.deceasedOn !== null && person.deceasedOn >= openedOn ? person.deceasedOn : addDays(openedOn, random.between(Math.min(20, span), span))
  const others = person.dac.referents.filter((user) => user.id !== referent.id)
  return {
    id: random.idAt(openedAt), person, dac: person.dac, referent, binome: others.length > 0 && random.chance(0.7) ? random.pick(others) : null, openedAt, openedOn, closedOn, state,
    level: random.weighted(levels.values.map((level, n) => [level.code, [3, 5, 2][n] ?? 1] as const)),
    population: person.age < 18 ? random.pick(['neurodevelopment', 'disability', 'paediatrics']) : random.weighted([...populations, ['palliative', person.dac.palliative ? 26 : 7] as const]),
  }
}

async function writeEpisodes(bulk: Bulk, random: Random, episodes: readonly SeededEpisode[], today: string): Promise<void> {
  const rows = function* (make: (episode: SeededEpisode) => Iterable<Row>): Generator<Row> {
    for (const episode of episodes) yield* make(episode)
  }
  const of = (episode: SeededEpisode): Row => ({ person_id: episode.person.id, holder_org: episode.dac.id })
  await bulk.write('episodes.episode', rows((e) => [{
    id: e.id, ...of(e), state: e.state, level: e.level, level_since: e.openedOn, referent_id: e.referent.id, binome_id: e.binome?.id ?? null, opened_on: e.openedOn, cno_level: 2,
    dormant_since: e.state === 'dormant' ? addDays(today, -random.between(3, 30)) : null, wake_up_on: e.state === 'dormant' ? addDays(today, random.between(5, 60)) : null,
    dormancy_reason: e.state === 'dormant' ? random.pick(['stable', 'hospital', 'waiting_rights']) : null, closed_on: e.closedOn,
    closure_reason: e.closedOn === null ? null : e.person.deceasedOn !== null ? 'deceased' : random.weighted([['stabilised', 5], ['relay', 3], ['institution', 2], ['moved', 1], ['refusal', 1], ['unreachable', 1]]),
    last_contact_at: e.closedOn === null ? new Date(Date.parse(today) - random.between(0, 40) * 86_400_000) : null, created_at: e.openedAt, created_by: e.referent.id,
  }]))
  await bulk.write('persons.sight', rows((e) => [{
    id: random.idAt(e.openedAt), person_id: e.person.id, party_id: e.dac.id, party_name: e.dac.name, basis: 'dac_in_charge', volets: ['administrative', 'social', 'health'], reason: 'Accompagnement par le DAC', source_id: e.id,
    starts_at: e.openedAt, ends_at: e.closedOn === null ? null : new Date(`${addDays(e.closedOn, 730)}T00:00:00Z`), granted_by: e.referent.id,
  }]))
  await bulk.write('episodes.level_period', rows((e) => [{ id: random.idAt(e.openedAt), episode_id: e.id, ...of(e), level: e.level, starts_on: e.openedOn, ends_on: e.closedOn, decided_by: e.referent.id }]))
  await bulk.write('episodes.assignment', rows((e) => [
    { id: random.idAt(e.openedAt), episode_id: e.id, ...of(e), user_id: e.referent.id, role: 'referent', starts_on: e.openedOn, ends_on: e.closedOn, decided_by: e.referent.id },
    ...(e.binome === null ? [] : [{ id: random.idAt(e.openedAt), episode_id: e.id, ...of(e), user_id: e.binome.id, role: 'binome', starts_on: e.openedOn, ends_on: e.closedOn, decided_by: e.referent.id }]),
  ]))
  await bulk.write('episodes.ground', rows((e) => [{ id: random.idAt(e.openedAt), episode_id: e.id, ...of(e), codes: random.some(['no_coordinator', 'first_line_overwhelmed', 'several_sectors', 'critical_sequence', 'no_gp', 'care_refusal'], random.between(1, 2)), decided_on: e.openedOn, decided_by: e.referent.id }]))
  await bulk.write('episodes.problem', rows((e) => [
    { id: random.idAt(e.openedAt), episode_id: e.id, ...of(e), axis: 'population', code: e.population, principal: true, starts_on: e.openedOn, recorded_by: e.referent.id, volet: 'health' },
    ...random.some(difficulties, random.between(1, 4)).map((code, n) => ({ id: random.idAt(e.openedAt), episode_id: e.id, ...of(e), axis: 'difficulty', code, principal: n === 0, starts_on: e.openedOn, recorded_by: e.referent.id, volet: healthDifficulties.has(code) ? 'health' : 'social' })),
  ]))
  await bulk.write('episodes.closure', rows((e) => e.closedOn === null ? [] : [{
    id: random.idAt(e.openedAt), episode_id: e.id, ...of(e), closed_on: e.closedOn, reason: e.person.deceasedOn !== null ? 'deceased' : 'stabilised', balance: random.pick(['reached', 'partly_reached']),
    objectives: 'Aides en place, suivi assuré par le médecin traitant.', relay: random.chance(0.5) ? 'Médecin traitant et infirmier.' : null, closed_by: e.referent.id,
  }]))
  await bulk.write('episodes.task', rows((e) => e.state !== 'open' || random.chance(0.35) ? [] : random.some(tasks, random.between(1, 2)).map(([kind, title]) => ({
    id: random.idAt(e.openedAt), episode_id: e.id, ...of(e), kind, title, assignee_id: e.referent.id, due_on: addDays(today, random.between(-3, 25)),
    due_time: kind === 'plan_visit' ? `${random.between(9, 16)}:${random.pick(['00', '30'])}` : null, state: 'open', volet: 'administrative', created_at: new Date(Date.parse(today) - random.between(1, 12) * 86_400_000), created_by: e.referent.id,
  }))))
  await bulk.write('episodes.activity', rows((e) => e.state === 'closed' && random.chance(0.6) ? [] : Array.from({ length: random.between(1, 3) }, () => ({
    id: random.idAt(e.openedAt), episode_id: e.id, ...of(e), kind: 'follow_up_call', at: new Date(Math.min(Date.parse(today), e.openedAt.getTime() + random.between(1, 60) * 86_400_000)), minutes: random.pick([5, 10, 15]),
    with_whom: random.pick(['Sa fille', 'Elle-même', 'Le médecin traitant', 'L’infirmier']), words: random.pick(['Va mieux, mange à nouveau.', 'Rappeler après la consultation.', 'Aide à domicile en place trois fois par semaine.']), cno_level: 2, done_by: e.referent.id, volet: 'social', recorded_at: e.openedAt,
  }))))
}

const tasks: readonly (readonly [string, string])[] = [
  ['call_relative', 'Rappeler sa fille'], ['call_professional', 'Relancer l’équipe APA'], ['send_document', 'Envoyer la fiche de liaison à l’hôpital'], ['ask_agreement', 'Demander l’accord du médecin traitant'],
  ['plan_visit', 'Visite à domicile'], ['follow_action', 'Vérifier la pose de la barre d’appui'], ['administrative_file', 'Compléter le dossier MDPH'], ['find_service', 'Chercher un passage infirmier le week-end'],
]
