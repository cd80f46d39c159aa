import { addDays } from '../../../platform/contract/dates.ts'
import type { Bulk, Row } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { SeededEpisode } from '../region/episodes.ts'
import type { Random } from '../region/random.ts'
import type { SeededUser } from '../region/staff.ts'
import type { Cast, StoryPeople } from './people.ts'
import { perrinConferenceId } from './perrin-conference.ts'

interface Planned {
  readonly name?: string
  readonly episode?: SeededEpisode
  readonly kind: string
  readonly title?: string
  readonly volet?: 'administrative' | 'social' | 'health'
  /** Days from today, and minutes since midnight. */
  readonly days: readonly number[]
  readonly from: number
  readonly minutes: number
  readonly rule?: string
  readonly placeKind?: 'home' | 'service' | 'other' | 'remote' | 'none'
  readonly place?: string
  readonly commune?: string
  readonly words?: string
  readonly by?: SeededUser
  readonly who: readonly {
    readonly user?: SeededUser
    readonly card?: string
    readonly name?: string
    readonly words?: string
    readonly response?: string
    readonly answer?: string
  }[]
  readonly state?: 'fulfilled' | 'cancelled'
  readonly because?: string
  /** The row that leads it. */
  readonly follows?: { readonly table: string; readonly id: string }
}

const byDay = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']

/** The week of Julie Marchal and of her team, the shared agenda of Mme Perrin, what one must know at the door, an absence. */
export async function seedAgenda(
  bulk: Bulk,
  random: Random,
  calendar: SeedCalendar,
  cast: Cast,
  people: StoryPeople,
  episodes: readonly SeededEpisode[],
): Promise<void> {
  const { julie, karim, nadia } = cast
  const tables: Record<'appointment' | 'occurrence' | 'participant', Row[]> = { appointment: [], occurrence: [], participant: [] }
  const createdAt = calendar.at(calendar.daysAgo(6), 640)
  const workingDays = [0, 1, 2, 3, 4, 5, 6, 7, 8].filter((days) => calendar.workingDay(addDays(calendar.today, days)) === addDays(calendar.today, days))
  const next = (rank: number): number => workingDays[Math.min(rank, workingDays.length - 1)] ?? rank
  const weekday = (days: number): string => byDay[new Date(`${addDays(calendar.today, days)}T12:00:00Z`).getUTCDay()] as string

  const add = (one: Planned): void => {
    const id = random.idAt(createdAt)
    const by = one.by ?? julie
    const episode = one.episode ?? (one.name === undefined ? undefined : people.episodeOf(one.name))
    const person = episode?.person
    const shared = {
      person_id: person?.id ?? null,
      organizer_id: by.id,
      volet: one.volet ?? 'administrative',
      holder_org: by.serviceId,
      protection: person === undefined ? 'org_private' : 'shared',
    }
    const first = addDays(calendar.today, one.days[0] as number)
    const clock = `${String(Math.floor(one.from / 60)).padStart(2, '0')}:${String(one.from % 60).padStart(2, '0')}`
    tables.appointment.push({
      id,
      kind: one.kind,
      title: one.title ?? null,
      starts_local: `${first} ${clock}`,
      minutes: one.minutes,
      all_day: one.minutes >= 1440,
      time_zone: calendar.timeZone,
      rule: one.rule ?? null,
      place_kind: one.placeKind ?? (person === undefined ? 'service' : 'home'),
      place: one.place ?? null,
      commune_code: one.commune ?? null,
      words: one.words ?? null,
      state: 'booked',
      uid: `${id}@jalon`,
      sequence: 0,
      imported: false,
      follows: one.follows?.table ?? null,
      follows_id: one.follows?.id ?? null,
      organizer_name: by.name,
      version: 1,
      created_at: createdAt,
      changed_at: createdAt,
      ...shared,
    })
    for (const days of one.days) {
      const day = addDays(calendar.today, days)
      const startsAt = calendar.at(day, one.from)
      tables.occurrence.push({
        id: random.idAt(createdAt),
        appointment_id: id,
        recurrence_at: startsAt,
        starts_at: startsAt,
        ends_at: one.minutes >= 1440 ? calendar.at(addDays(day, Math.round(one.minutes / 1440)), 0) : calendar.at(day, one.from + one.minutes),
        state: one.state ?? 'booked',
        moved: false,
        cancelled_because: one.because ?? null,
        version: 1,
        ...shared,
      })
    }
    for (const who of one.who) {
      const card = who.card === undefined ? undefined : cast.card(who.card)
      const response = who.response ?? 'accepted'
      tables.participant.push({
        id: random.idAt(createdAt),
        appointment_id: id,
        kind: who.user ? 'colleague' : card ? 'circle' : 'outside',
        party_id: who.user?.id ?? card?.partyId ?? null,
        service_id: who.user?.serviceId ?? null,
        name: who.user?.name ?? card?.name ?? String(who.name),
        words: who.words ?? null,
        response,
        answered_at: response === 'needs_action' ? null : createdAt,
        proposed_at: response === 'tentative' ? calendar.at(addDays(first, 1), one.from + 60) : null,
        answer_words: who.answer ?? null,
        version: 1,
        ...shared,
      })
    }
  }

  // Her day and the days around it
  add({ kind: 'meeting', title: 'Commission d’orientation', days: [0], from: 9 * 60, minutes: 30, who: [{ user: julie }, { user: karim }] })
  add({
    name: 'georgel',
    kind: 'visit',
    title: 'Première visite',
    days: [0],
    from: 10 * 60 + 30,
    minutes: 90,
    words: 'Emporter le livret d’accueil et la fiche d’information.',
    who: [{ user: julie }],
  })
  add({
    name: 'perrin',
    kind: 'case_conference',
    follows: { table: 'case_conferences.conference', id: perrinConferenceId(people.episodeOf('perrin')) },
    days: [0],
    from: 14 * 60 + 30,
    minutes: 45,
    placeKind: 'remote',
    who: [
      { user: julie },
      { card: 'gp' },
      { card: 'home-nurse', response: 'needs_action' },
      { name: 'SAD Les Genêts', response: 'tentative', answer: 'Plutôt demain en fin de matinée.' },
    ],
  })
  add({
    name: 'pierrat',
    kind: 'joint_visit',
    title: 'Visite de suivi',
    days: [0],
    from: 16 * 60,
    minutes: 60,
    who: [{ user: julie }, { name: 'Mme Aubert', words: 'ergothérapeute' }],
  })
  add({ kind: 'desk_duty', days: [0], from: 17 * 60 + 10, minutes: 50, who: [{ user: julie }] })
  add({ name: 'perrin', kind: 'visit', days: [next(1)], from: 10 * 60, minutes: 60, who: [{ user: julie }] })
  add({
    name: 'vaxelaire',
    kind: 'visit',
    title: 'Retour d’hôpital',
    days: [next(1)],
    from: 14 * 60,
    minutes: 75,
    who: [{ user: julie }, { user: karim, response: 'needs_action' }],
  })
  add({ name: 'claudel', kind: 'visit', days: [next(1)], from: 15 * 60 + 20, minutes: 60, who: [{ user: julie }] })
  add({
    name: 'thomas',
    kind: 'accompaniment',
    title: 'Premier rendez-vous chez le Dr Ancel',
    volet: 'social',
    days: [next(3)],
    from: 9 * 60 + 30,
    minutes: 120,
    placeKind: 'other',
    place: 'Cabinet du Dr Ancel',
    commune: '88158',
    who: [{ user: julie }],
  })
  add({ kind: 'meeting', title: 'Réunion d’équipe', days: [next(2)], from: 11 * 60, minutes: 60, who: [{ user: julie }, { user: karim }, { user: nadia }] })
  // The team
  add({ kind: 'desk_duty', days: [next(0)], from: 9 * 60, minutes: 210, by: nadia, who: [{ user: nadia }] })
  add({ kind: 'desk_duty', days: [next(1)], from: 9 * 60, minutes: 210, by: nadia, who: [{ user: karim }] })
  add({ kind: 'desk_duty', days: [next(2)], from: 14 * 60, minutes: 210, by: nadia, who: [{ user: nadia }] })
  const others = episodes.filter(({ state, referent, dac }) => state === 'open' && dac.id === cast.hautesVallees.id && referent.id !== julie.id).slice(0, 26)
  for (const [index, episode] of others.entries())
    add({
      episode,
      kind: index % 5 === 0 ? 'interview' : 'visit',
      placeKind: index % 5 === 0 ? 'service' : 'home',
      days: [next(index % 5)],
      from: [9 * 60 + 30, 11 * 60, 14 * 60, 15 * 60 + 30][index % 4] as number,
      minutes: 60,
      by: episode.referent,
      who: [{ user: episode.referent }],
    })
  // The shared agenda of Mme Perrin
  const weekly = (start: number, count: number): readonly number[] => Array.from({ length: count }, (_, index) => start + index * 7)
  add({
    name: 'perrin',
    kind: 'care',
    title: 'Pansement',
    volet: 'health',
    days: Array.from({ length: 12 }, (_, index) => index),
    from: 8 * 60,
    minutes: 30,
    rule: 'FREQ=DAILY;COUNT=12',
    who: [{ card: 'home-nurse' }],
  })
  add({
    name: 'perrin',
    kind: 'consultation',
    title: 'Cardiologie',
    volet: 'health',
    days: [next(3)],
    from: 14 * 60,
    minutes: 45,
    placeKind: 'other',
    place: 'CH des Hautes-Vallées',
    commune: '88383',
    who: [],
  })
  add({
    name: 'perrin',
    kind: 'transport',
    title: 'Taxi conventionné, aller et retour',
    days: [next(3)],
    from: 13 * 60 + 15,
    minutes: 120,
    placeKind: 'other',
    place: 'Taxis de la vallée',
    who: [{ name: 'Taxis de la vallée', response: 'needs_action' }],
  })
  add({
    name: 'perrin',
    kind: 'respite',
    title: 'Accueil de jour',
    volet: 'social',
    days: weekly(next(2), 4),
    from: 9 * 60 + 30,
    minutes: 420,
    rule: `FREQ=WEEKLY;BYDAY=${weekday(next(2))};COUNT=4`,
    placeKind: 'other',
    place: 'Accueil de jour Les Tilleuls',
    commune: '88408',
    who: [],
  })
  add({ name: 'perrin', kind: 'visit', days: [-7], from: 10 * 60, minutes: 60, state: 'fulfilled', who: [{ user: julie }] })
  add({
    name: 'perrin',
    kind: 'consultation',
    title: 'Podologue',
    volet: 'health',
    days: [1],
    from: 16 * 60,
    minutes: 30,
    placeKind: 'other',
    place: 'À domicile',
    state: 'cancelled',
    because: 'Praticien malade, à reprendre',
    who: [],
  })

  await bulk.write('agenda.appointment', tables.appointment)
  await bulk.write('agenda.occurrence', tables.occurrence)
  await bulk.write('agenda.participant', tables.participant)
  await bulk.query('select agenda.place_slots(id) from agenda.appointment')
  await bulk.write('agenda.health_space_decision', [
    {
      id: random.idAt(createdAt),
      person_id: people.of('perrin').id,
      decision: 'given',
      detail: 'minimal',
      decided_on: calendar.daysAgo(6),
      mode: 'in_person',
      recorded_at: createdAt,
      recorded_by: julie.id,
      recorded_by_name: julie.name,
      volet: 'administrative',
      holder_org: cast.hautesVallees.id,
      protection: 'shared',
    },
  ])
  const note = (name: string, more: Row): Row => ({
    id: random.idAt(createdAt),
    person_id: people.of(name).id,
    door_code: null,
    access_words: null,
    animals: null,
    dangers: [],
    danger_words: null,
    never_alone: false,
    comes_along: null,
    written_by_name: julie.name,
    written_at: createdAt,
    volet: 'social',
    holder_org: cast.hautesVallees.id,
    protection: 'org_private',
    version: 1,
    ...more,
  })
  await bulk.write('agenda.safety_note', [
    note('georgel', { door_code: '2457', animals: 'chien attaché', access_words: 'Portail à droite de la grange, sonner deux fois.' }),
    note('perrin', { access_words: 'Clé chez la voisine, Mme Didier.' }),
    note('pierrat', {
      dangers: ['relative'],
      danger_words: 'Le neveu s’est montré menaçant en septembre.',
      never_alone: true,
      comes_along: 'Karim ou l’ergothérapeute',
    }),
  ])
  const away = cast.hautesVallees.referents.find(({ id }) => id !== julie.id && id !== karim.id)
  await bulk.write('territory.absence', [
    // Since this morning: what falls due meanwhile is on Julie's day.
    ...(away === undefined
      ? []
      : [
          {
            id: random.idAt(createdAt),
            user_id: away.id,
            service_id: away.serviceId,
            starts_at: calendar.at(calendar.today, 0),
            ends_at: calendar.at(addDays(calendar.today, 2), 0),
            whole_days: true,
            substitute_id: julie.id,
            recorded_by: away.id,
            recorded_at: createdAt,
          },
        ]),
    {
      id: random.idAt(createdAt),
      user_id: karim.id,
      service_id: karim.serviceId,
      starts_at: calendar.at(addDays(calendar.today, next(3)), 0),
      ends_at: calendar.at(addDays(calendar.today, next(3) + 3), 0),
      whole_days: true,
      substitute_id: julie.id,
      recorded_by: karim.id,
      recorded_at: createdAt,
    },
  ])
}
