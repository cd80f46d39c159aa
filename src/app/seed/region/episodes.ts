import { sequenceAgenda, starterChecklist } from '../../../episodes/contract/critical-sequences.ts'
import { voletOfProblem } from '../../../episodes/contract/problem-volets.ts'
import { type CriticalSequenceKind, criticalSequenceKinds, levels } from '../../../episodes/contract/value-sets.ts'
import { addDays, type Day, formatDay } from '../../../platform/contract/dates.ts'
import { labelOf } from '../../../territory/contract/value-sets.ts'
import type { Bulk, Row } from './bulk.ts'
import type { SeedCalendar } from './calendar.ts'
import type { SeededPerson } from './persons.ts'
import type { RegionPlan } from './plan.ts'
import type { Random } from './random.ts'
import type { SeededDac, SeededUser } from './staff.ts'
import type { Timeline } from './timeline.ts'
import { said } from './words.ts'
import { activityWords, taskModels } from './work-texts.ts'

export interface SeededEpisode {
  readonly id: string
  /** The request that opened it. */
  readonly requestId: string
  readonly person: SeededPerson
  readonly dac: SeededDac
  readonly referent: SeededUser
  readonly binome: SeededUser | null
  readonly openedAt: Date
  readonly openedOn: Day
  readonly closedOn: Day | null
  readonly state: 'open' | 'dormant' | 'closed'
  readonly level: 'brief' | 'sustained' | 'intensive'
  readonly difficulties: readonly string[]
  readonly sequence: { readonly id: string; readonly kind: CriticalSequenceKind; readonly startsOn: Day } | null
  readonly closureReason: string | null
  /** Of the stories: its file is written by hand, or its plan is to be revised on a day. */
  readonly told?: { readonly byHand: boolean; readonly reviewOn: Day | null }
}

const difficultiesBy: Readonly<Record<string, readonly string[]>> = {
  minor: ['rights', 'caregiver', 'missing_services', 'psychic', 'language'],
  palliative: ['end_of_life', 'caregiver', 'discharge', 'medication', 'autonomy_loss'],
  other: [
    'autonomy_loss',
    'polypathology',
    'cognitive',
    'psychic',
    'isolation',
    'resources',
    'housing',
    'rights',
    'caregiver',
    'care_refusal',
    'no_gp',
    'discharge',
    'medication',
    'falls',
    'malnutrition',
    'missing_services',
  ],
}

/** Accompaniments, drawn but not written: the living ones are shared so that each référent follows 35 to 45; the others ended, with their reason. */
export function inventEpisodes(
  random: Random,
  plan: RegionPlan,
  calendar: SeedCalendar,
  dacs: readonly SeededDac[],
  persons: readonly SeededPerson[],
): readonly SeededEpisode[] {
  const episodes: SeededEpisode[] = []
  const referents = dacs.reduce((total, dac) => total + dac.referents.length, 0)
  const taken = new Set<string>()
  // Shares are cut on running totals, so that they add up to the plan.
  let before = 0
  for (const dac of dacs) {
    const after = before + dac.referents.length
    const shareOf = (whole: number): number => Math.round((whole * after) / referents) - Math.round((whole * before) / referents)
    const living = persons.filter((person) => person.dac === dac && person.deceasedOn === null && !person.opposed)
    // Those known lately first: an accompaniment lasts some months, seldom two years.
    const recent = [...living].sort((a, b) => b.knownAt.getTime() - a.knownAt.getTime()).slice(0, Math.round(living.length * 0.7))
    const [open, dormant] = [shareOf(plan.open), shareOf(plan.dormant)]
    before = after
    const chosen = random.some(recent, open + dormant)
    const loads = loadsOf(open, dac.referents.length)
    chosen.forEach((person, n) => {
      taken.add(person.id)
      const referent = dac.referents[n < open ? loads(n) : n % dac.referents.length] as SeededUser
      episodes.push(inventOne(random, calendar, person, referent, n < open ? 'open' : 'dormant'))
    })
  }
  const others = persons.filter((person) => !taken.has(person.id) && !person.opposed)
  const ended = [
    ...others.filter((person) => person.deceasedOn !== null),
    ...others.filter((person) => person.deceasedOn === null && calendar.now.getTime() - person.knownAt.getTime() > 45 * 86_400_000),
  ]
  for (const person of ended.slice(0, plan.closed)) episodes.push(inventOne(random, calendar, person, random.pick(person.dac.referents), 'closed'))
  return episodes
}

/** Which référent follows the n-th file: loads differ by up to four files, and add up. */
function loadsOf(files: number, referents: number): (n: number) => number {
  const turns: number[] = []
  const base = Math.floor(files / referents)
  for (let k = 0; k < referents; k += 1) {
    const delta = base < 20 || k >= referents - (referents % 2) ? 0 : (k % 2 === 0 ? 1 : -1) * ((k >> 1) % 3)
    turns.push(...Array.from({ length: Math.max(0, base + delta + (k < files % referents ? 1 : 0)) }, () => k))
  }
  return (n) => turns[(n * 7919) % turns.length] ?? 0
}

function inventOne(random: Random, calendar: SeedCalendar, person: SeededPerson, referent: SeededUser, state: SeededEpisode['state']): SeededEpisode {
  const openedOn = calendar.workingDay([addDays(person.knownOn, random.between(0, 6)), calendar.today].sort()[0] as string)
  const opened = openedOn < person.knownOn ? (person.knownOn as Day) : openedOn
  const openedAt = new Date(Math.max(person.knownAt.getTime() + 3_600_000, calendar.at(opened, random.between(560, 1050)).getTime()))
  const span = Math.max(1, Math.round((Date.parse(calendar.today) - Date.parse(opened)) / 86_400_000))
  const died = person.deceasedOn !== null && person.deceasedOn >= opened
  const closedOn = state !== 'closed' ? null : died ? (person.deceasedOn as Day) : addDays(opened, random.between(Math.min(20, span), span))
  const others = person.dac.referents.filter((user) => user.id !== referent.id)
  const palliative = person.population === 'palliative'
  const level =
    palliative && random.chance(0.5)
      ? 'intensive'
      : random.weighted<SeededEpisode['level']>([
          ['brief', 3],
          ['sustained', 5],
          ['intensive', 2],
        ])
  const kind: CriticalSequenceKind = palliative
    ? 'end_of_life'
    : random.pick(['hospital_discharge', 'hospital_discharge', 'caregiver_failure', 'service_stop', 'aggravation'])
  const id = random.idAt(openedAt)
  const startsOn = calendar.daysAgo(random.between(1, Math.max(1, Math.min(span, 16))))
  return {
    id,
    requestId: random.idAt(person.knownAt),
    person,
    dac: person.dac,
    referent,
    binome: others.length > 0 && random.chance(0.7) ? random.pick(others) : null,
    openedAt,
    openedOn: opened,
    closedOn,
    state,
    level,
    difficulties: random.some(difficultiesBy[person.age < 18 ? 'minor' : palliative ? 'palliative' : 'other'] as readonly string[], random.between(1, 4)),
    sequence: state === 'open' && referent.persona === null && random.chance(0.09) ? { id: random.idAt(openedAt), kind, startsOn } : null,
    closureReason:
      closedOn === null
        ? null
        : died
          ? 'deceased'
          : random.weighted([
              ['stabilised', 5],
              ['relay', 3],
              ['institution', 2],
              ['moved', 1],
              ['refusal', 1],
              ['unreachable', 1],
            ] as const),
  }
}

const titleOf = (kind: string): string =>
  ({ call: 'Appel', home_visit: 'Visite à domicile', coordination: 'Coordination entre intervenants', service_search: 'Recherche d’intervenant' })[kind] ??
  'Activité'

/** Writes them, with their history, their tasks and what was done. `timeline` receives what the Fil says of them. */
export async function writeEpisodes(bulk: Bulk, random: Random, calendar: SeedCalendar, episodes: readonly SeededEpisode[], timeline: Timeline): Promise<void> {
  const each = function* (make: (episode: SeededEpisode) => Iterable<Row>): Generator<Row> {
    for (const episode of episodes) yield* make(episode)
  }
  const of = (episode: SeededEpisode): Row => ({ person_id: episode.person.id, holder_org: episode.dac.id })
  const line = (
    e: SeededEpisode,
    at: Date,
    kind: string,
    title: string,
    summary: string | null,
    source: string,
    sourceId: string,
    volet: 'administrative' | 'social' | 'health' = 'administrative',
  ): void => timeline.add({ personId: e.person.id, holderOrg: e.dac.id, at, kind, title, summary, author: e.referent, source, sourceId, volet })
  const past = (days: number): Date => new Date(calendar.now.getTime() - days * 86_400_000 - random.below(300) * 60_000)

  await bulk.write(
    'episodes.episode',
    each((e) => {
      const asleep = e.state === 'dormant' ? calendar.daysAgo(random.between(3, 30)) : null
      const dormantSince = asleep !== null && asleep < e.openedOn ? e.openedOn : asleep
      const wakeUpOn = e.state === 'dormant' ? calendar.daysAgo(-random.between(-2, 60)) : null
      line(
        e,
        e.openedAt,
        'episodes.opened',
        'Accompagnement ouvert',
        `Niveau ${labelOf(levels, e.level).toLowerCase()}, suivi par ${[e.referent, e.binome].flatMap((user) => (user === null ? [] : [user.name])).join(' et ')}.`,
        'episodes',
        e.id,
      )
      if (e.closedOn !== null) line(e, calendar.at(e.closedOn, 900), 'episodes.closed', 'Accompagnement clos', null, 'episodes', e.id)
      if (dormantSince !== null)
        line(e, calendar.at(dormantSince, 870), 'episodes.dormancy', `En veille jusqu’au ${formatDay(String(wakeUpOn))}`, null, 'episodes', e.id)
      return [
        {
          id: e.id,
          ...of(e),
          state: e.state,
          level: e.level,
          level_since: e.openedOn,
          referent_id: e.referent.id,
          binome_id: e.binome?.id ?? null,
          opened_on: e.openedOn,
          opened_from_request: e.requestId,
          cno_level: 2,
          dormant_since: dormantSince,
          wake_up_on: wakeUpOn,
          dormancy_reason: e.state === 'dormant' ? random.pick(['stable', 'hospital', 'waiting_rights']) : null,
          closed_on: e.closedOn,
          closure_reason: e.closureReason,
          last_contact_at:
            e.closedOn === null
              ? new Date(
                  Math.max(
                    e.openedAt.getTime(),
                    past(
                      random.weighted([
                        [random.between(0, 14), 7],
                        [random.between(15, 30), 2],
                        [random.between(31, 45), 1],
                      ]),
                    ).getTime(),
                  ),
                )
              : null,
          created_at: e.openedAt,
          created_by: e.referent.id,
        },
      ]
    }),
  )
  await bulk.write(
    'persons.sight',
    each((e) => [
      {
        id: random.idAt(e.openedAt),
        person_id: e.person.id,
        party_id: e.dac.id,
        party_name: e.dac.name,
        basis: 'dac_in_charge',
        volets: ['administrative', 'social', 'health'],
        reason: 'Accompagnement porté par le DAC',
        source_id: e.id,
        starts_at: e.openedAt,
        ends_at: e.closedOn === null ? null : calendar.at(addDays(e.closedOn, 730), 900),
        granted_by: e.referent.id,
      },
    ]),
  )
  await bulk.write(
    'episodes.level_period',
    each((e) => [
      {
        id: random.idAt(e.openedAt),
        episode_id: e.id,
        ...of(e),
        level: e.level,
        starts_on: e.openedOn,
        ends_on: e.closedOn,
        decided_by: e.referent.id,
        recorded_at: e.openedAt,
      },
    ]),
  )
  await bulk.write(
    'episodes.assignment',
    each((e) => {
      const row = { episode_id: e.id, ...of(e), starts_on: e.openedOn, ends_on: e.closedOn, decided_by: e.referent.id, recorded_at: e.openedAt }
      return [
        { id: random.idAt(e.openedAt), ...row, user_id: e.referent.id, role: 'referent' },
        ...(e.binome === null ? [] : [{ id: random.idAt(e.openedAt), ...row, user_id: e.binome.id, role: 'binome' }]),
      ]
    }),
  )
  await bulk.write(
    'episodes.ground',
    each((e) => [
      {
        id: random.idAt(e.openedAt),
        episode_id: e.id,
        ...of(e),
        codes: random.some(
          ['no_coordinator', 'first_line_overwhelmed', 'several_sectors', 'critical_sequence', 'services_declined', 'care_refusal'],
          random.between(1, 2),
        ),
        decided_on: e.openedOn,
        decided_by: e.referent.id,
        recorded_at: e.openedAt,
      },
    ]),
  )
  await bulk.write(
    'episodes.problem',
    each((e) => {
      const row = { episode_id: e.id, ...of(e), starts_on: e.openedOn, recorded_by: e.referent.id }
      return [
        { id: random.idAt(e.openedAt), ...row, axis: 'population', code: e.person.population, principal: true, volet: voletOfProblem(e.person.population) },
        ...e.difficulties.map((code, n) => ({
          id: random.idAt(e.openedAt),
          ...row,
          axis: 'difficulty',
          code,
          principal: n === 0,
          volet: voletOfProblem(code),
        })),
      ]
    }),
  )
  await bulk.write(
    'episodes.closure',
    each((e) =>
      e.closedOn === null
        ? []
        : [
            {
              id: random.idAt(e.openedAt),
              episode_id: e.id,
              ...of(e),
              closed_on: e.closedOn,
              reason: e.closureReason,
              balance:
                e.closureReason === 'deceased'
                  ? 'not_assessable'
                  : random.weighted([
                      ['better', 6],
                      ['same', 3],
                      ['worse', 1],
                    ] as const),
              objectives: e.closureReason === 'stabilised' ? 'Aides en place, suivi assuré par le médecin traitant.' : null,
              relay: e.closureReason === 'relay' ? 'Médecin traitant et infirmier.' : null,
              closed_by: e.referent.id,
              recorded_at: calendar.at(e.closedOn, 900),
            },
          ],
    ),
  )
  await bulk.write(
    'episodes.critical_sequence',
    each((e) => {
      if (e.sequence === null) return []
      line(
        e,
        calendar.at(e.sequence.startsOn, 600),
        'episodes.critical_sequence',
        `Séquence critique : ${labelOf(criticalSequenceKinds, e.sequence.kind).toLowerCase()}`,
        `${starterChecklist(e.sequence.kind).flatMap((moment) => moment.lines).length} points en ${starterChecklist(e.sequence.kind).length} moments.`,
        'episodes.critical_sequence',
        e.sequence.id,
        'health',
      )
      return [{ id: e.sequence.id, episode_id: e.id, ...of(e), kind: e.sequence.kind, starts_on: e.sequence.startsOn, started_by: e.referent.id }]
    }),
  )
  await bulk.write(
    'episodes.sequence_line',
    each((e) => sequenceLines(calendar, e)),
  )
  await bulk.write(
    'episodes.task',
    each((e) => tasksOf(random, calendar, e)),
  )
  await bulk.write(
    'episodes.activity',
    each((e) =>
      Array.from({ length: e.state === 'closed' ? random.between(0, 2) : random.between(1, 4) }, () => {
        const kind = random.weighted([
          ['call', 6],
          ['home_visit', 2],
          ['coordination', 2],
          ['service_search', 1],
        ] as const)
        const last = e.closedOn === null ? calendar.now.getTime() : calendar.at(e.closedOn, 900).getTime()
        const drawn = calendar.office(e.openedAt.getTime() + (last - e.openedAt.getTime()) * random.next())
        const at = drawn < e.openedAt ? e.openedAt : drawn
        const id = random.idAt(at)
        const words = said(random.pick(activityWords[kind]), e.person.sex)
        const withWhom = kind === 'call' ? random.pick(['person', 'relative', 'professional']) : kind === 'home_visit' ? 'person' : 'professional'
        line(e, at, `episodes.${kind}`, titleOf(kind), words, 'episodes.activity', id, 'social')
        return {
          id,
          episode_id: e.id,
          ...of(e),
          kind,
          at,
          minutes: kind === 'home_visit' ? random.pick([60, 75, 90]) : random.pick([5, 10, 15]),
          with_whom: withWhom,
          words,
          cno_level: 2,
          done_by: e.referent.id,
          volet: 'social',
          recorded_at: at,
        }
      }),
    ),
  )
}

const seenRemarks: Readonly<Record<string, string>> = {
  'Médicaments reçus et compris': 'Pilulier refait avec l’infirmier.',
  'Appel à la personne ou à l’aidant': 'Sa fille a répondu, nuit calme.',
  'Médecin traitant joint': 'Passe demain matin.',
}

/** The checklist of a sequence: what is past is ticked, but a line here and there that waits. Ids follow from that of the sequence: nothing else is drawn. */
function sequenceLines(calendar: SeedCalendar, e: SeededEpisode): readonly Row[] {
  const { sequence } = e
  if (sequence === null) return []
  let index = 0
  return sequenceAgenda(starterChecklist(sequence.kind), sequence.startsOn).flatMap((moment) =>
    moment.lines.map((label, position) => {
      index += 1
      const firstOfToday = moment.on === calendar.today && position === 0
      const answered = moment.on < calendar.today || firstOfToday
      return {
        id: `${sequence.id.slice(0, 32)}${index.toString(16).padStart(4, '0')}`,
        sequence_id: sequence.id,
        person_id: e.person.id,
        holder_org: e.dac.id,
        moment: moment.code,
        moment_label: moment.label,
        position,
        label,
        due_on: moment.on,
        state: answered ? 'done' : 'open',
        remark: answered ? (seenRemarks[label] ?? null) : null,
        answered_at: answered ? (firstOfToday ? calendar.minutesAgo(70) : calendar.at(moment.on, 960 + position)) : null,
        answered_by: answered ? e.referent.id : null,
        answered_by_name: answered ? e.referent.name : null,
      }
    }),
  )
}

function tasksOf(random: Random, calendar: SeedCalendar, e: SeededEpisode): readonly Row[] {
  if (e.state !== 'open' || e.told?.byHand) return []
  const row = (kind: string, title: string, dueOn: string, more: Row = {}): Row => ({
    id: random.idAt(e.openedAt),
    episode_id: e.id,
    person_id: e.person.id,
    holder_org: e.dac.id,
    kind,
    title,
    details: null,
    assignee_id: e.referent.id,
    due_on: dueOn,
    due_time: null,
    state: 'open',
    ended_at: null,
    ended_by: null,
    source: null,
    source_id: null,
    step: null,
    volet: 'administrative',
    created_at: new Date(Math.max(e.openedAt.getTime(), calendar.now.getTime() - random.between(1, 12) * 86_400_000)),
    created_by: e.referent.id,
    ...more,
  })
  // The next days of somebody whom one logs in as are told by her story.
  const usual = random.chance(e.referent.persona === null ? 0.5 : 0.75)
    ? []
    : random
        .some(
          taskModels,
          random.weighted([
            [1, 3],
            [2, 1],
          ]),
        )
        .map(([kind, title]) => {
          const due = calendar.workingDay(calendar.daysAgo(-random.between(e.referent.persona === null ? -2 : 4, 25)))
          return row(kind, title, due, kind === 'plan_visit' ? { due_time: `${random.between(9, 16)}:${random.pick(['00', '30'])}` } : {})
        })
  if (e.sequence === null) return usual
  const { id, kind, startsOn } = e.sequence
  const points = sequenceAgenda(starterChecklist(kind), startsOn).map((step) => {
    const done = step.on < calendar.today
    return row('other', `${labelOf(criticalSequenceKinds, kind)} : ${step.label.toLowerCase()}`, step.on, {
      details: step.lines.join(' · '),
      source: 'episodes.critical_sequence',
      source_id: id,
      step: step.code,
      volet: 'health',
      ...(done ? { state: 'done', ended_at: calendar.at(step.on, 1000), ended_by: e.referent.id } : {}),
    })
  })
  return [...usual, ...points]
}
