import type { Course } from '../../../hospital-events/contract/course.ts'
import type { ToldIdentity } from '../../../hospital-events/contract/told.ts'
import { compareIdentities } from '../../../persons/contract/matching.ts'
import type { Bulk } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { SeededEpisode } from '../region/episodes.ts'
import type { SeededPerson } from '../region/persons.ts'
import type { Cast } from './people.ts'

/** The establishment of the demonstration: its certificate is declared at each start, when it is made. */
export const demoSenderId = '01930000-0000-7000-8000-0000000c0001'

/**
 * What the hospital told of three of Julie's persons: an entry and a passage at the emergency department of this morning, each told with a slip, and an exit of
 * yesterday that she decided. Ids follow from the first accompaniment.
 */
export async function seedHospitalVisits(bulk: Bulk, calendar: SeedCalendar, cast: Cast, episodes: readonly SeededEpisode[]): Promise<void> {
  const hers = episodes
    .filter((one) => one.referent.id === cast.julie.id && one.state !== 'closed' && one.person.deceasedOn === null && !one.person.opposed)
    .slice(0, 12)
  const [first, third, fourth] = [hers[2], hers[7], hers[9]]
  if (first === undefined || third === undefined || fourth === undefined) return
  let index = 0
  const id = (): string => {
    index += 1
    return `${first.id.slice(0, 32)}${(0xd000 + index).toString(16)}`
  }
  await bulk.write('hospital_events.sender', [
    { id: demoSenderId, name: 'Centre hospitalier des Hautes-Vallées', facility: 'CH HAUTES-VALLEES', created_at: calendar.at(calendar.daysAgo(90), 600) },
  ])
  const stays = [
    // A slip in the year of birth, an identity that the hospital did not verify.
    {
      told: traits(first.person, { birthDate: slipped(first.person.birthDate) }),
      course: course('inpatient', 'in_hospital', calendar.at(calendar.today, 418)),
      at: calendar.at(calendar.today, 431),
      candidates: [first],
      decided: false,
    },
    {
      told: traits(third.person, { birthName: `${third.person.birthName.slice(0, -1)}` }),
      course: course('emergency', 'in_hospital', calendar.at(calendar.today, 512)),
      at: calendar.at(calendar.today, 520),
      candidates: [third],
      decided: false,
    },
    {
      told: traits(fourth.person, { usedName: null }),
      course: course('inpatient', 'discharged', calendar.at(calendar.daysAgo(4), 650), calendar.at(calendar.daysAgo(1), 870)),
      at: calendar.at(calendar.daysAgo(1), 880),
      candidates: [fourth],
      decided: true,
    },
  ]
  const visits = stays.map((stay) => ({ ...stay, id: id() }))
  await bulk.write(
    'hospital_events.visit',
    visits.map(({ id: visitId, told, course: its, at, decided }, n) => ({
      id: visitId,
      sender_id: demoSenderId,
      number: `26${String(48_213 + n * 17)}`,
      traits: { json: told },
      traits_at: at,
      course: { json: its },
      state: decided ? 'recognised' : 'undecided',
      first_at: at,
      last_at: at,
    })),
  )
  await bulk.write(
    'hospital_events.candidate',
    visits.flatMap(({ id: visitId, told, at, candidates, decided }) =>
      candidates.map(({ person }) => {
        const match = compareIdentities(told, { ...person, birthPlaceCode: null, phones: [] })
        return {
          id: id(),
          visit_id: visitId,
          person_id: person.id,
          score: Math.max(match.score, 40),
          reasons: match.reasons,
          decision: decided ? 'hers' : null,
          decided_at: decided ? new Date(at.getTime() + 540_000) : null,
          decided_by: decided ? cast.julie.id : null,
          decided_by_name: decided ? cast.julie.name : null,
          found_at: at,
          holder_org: cast.hautesVallees.id,
        }
      }),
    ),
  )
  const decided = visits.find((one) => one.decided)
  if (decided !== undefined)
    await bulk.write('hospital_events.stay', [
      {
        id: id(),
        visit_id: decided.id,
        person_id: fourth.person.id,
        sender_name: 'Centre hospitalier des Hautes-Vallées',
        kind: 'inpatient',
        state: 'discharged',
        admitted_at: decided.course.admittedAt,
        discharged_at: decided.course.dischargedAt,
        admission_told: [],
        discharge_told: [],
        recognised_by: 'user',
        recognised_by_name: cast.julie.name,
        created_at: decided.at,
        changed_at: decided.at,
        holder_org: cast.hautesVallees.id,
      },
    ])
}

function traits(person: SeededPerson, changed: Partial<Pick<ToldIdentity, 'birthName' | 'usedName'>> & { readonly birthDate?: string }): ToldIdentity {
  return {
    birthName: person.birthName,
    usedName: person.usedName,
    givenNames: [...person.givenNames],
    sex: person.sex,
    birthPlaceCode: null,
    phones: [],
    ins: null,
    reliability: 'PROV',
    ...changed,
    birthDate: (changed.birthDate ?? person.birthDate) as ToldIdentity['birthDate'],
  }
}

/** The last digit of the year typed for the next one. */
const slipped = (day: string): string => `${day.slice(0, 3)}${(Number(day[3]) + 1) % 10}${day.slice(4)}`

function course(kind: Course['kind'], state: Course['state'], admittedAt: Date, dischargedAt: Date | null = null): Course {
  return {
    kind,
    state,
    admittedAt: admittedAt.toISOString(),
    dischargedAt: dischargedAt?.toISOString() ?? null,
    expectedOn: null,
    deceased: false,
    historic: false,
  }
}
