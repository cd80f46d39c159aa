import { addDays } from '../../../platform/contract/dates.ts'
import type { Bulk, Row } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { Random } from '../region/random.ts'
import type { Cast, StoryPeople } from './people.ts'

const told = 'Centre hospitalier des Hautes-Vallées'

/**
 * Stays in hospital as the agenda shows them: the one that the hospital told, and what the team knows by telephone: an entry without a known exit, a return
 * on the day of a visit, an entry that is planned in three weeks.
 */
export async function seedStays(bulk: Bulk, random: Random, calendar: SeedCalendar, cast: Cast, people: StoryPeople): Promise<void> {
  const createdAt = calendar.at(calendar.daysAgo(2), 9 * 60)
  const stay = (name: string, from: number, to: number | null, where: string, reason: string | null): Row => ({
    id: random.idAt(createdAt),
    person_id: people.of(name).id,
    told_by: 'hand',
    kind: 'inpatient',
    establishment_name: where,
    place_key: '',
    starts_on: addDays(calendar.today, from),
    expected_on: to === null ? null : addDays(calendar.today, to),
    reason,
    recorded_by: cast.julie.id,
    recorded_by_name: cast.julie.name,
    created_at: createdAt,
    changed_at: createdAt,
    volet: 'health',
    holder_org: cast.hautesVallees.id,
    protection: 'shared',
    version: 1,
  })
  const tomorrow = nextWorkingDay(calendar.today)
  await bulk.write('agenda.stay', [
    stay('claudel', -1, null, 'Clinique des Trois Épis', 'Chute à domicile, dit sa fille au téléphone.'),
    stay('vaxelaire', -6, tomorrow, told, null),
    stay('perrin', 20, 23, told, 'Bilan cardiologique.'),
  ])
  await bulk.query(`insert into agenda.stay (id, person_id, told_by, kind, establishment_name, place_key, starts_on, admitted_at, ended_on, discharged_at, recorded_by_name, created_at, changed_at, holder_org)
    select s.id, s.person_id, 'hospital', s.kind, s.sender_name, '', (s.admitted_at at time zone 'Europe/Paris')::date, s.admitted_at, (s.discharged_at at time zone 'Europe/Paris')::date, s.discharged_at,
      s.sender_name, s.created_at, s.changed_at, s.holder_org from hospital_events.stay s`)
  await bulk.query('update agenda.stay set place_key = agenda.place_key(establishment_name)')
}

/** Days from today to the next working day. */
function nextWorkingDay(today: string): number {
  const weekday = new Date(`${today}T12:00:00Z`).getUTCDay()
  return weekday === 5 ? 3 : weekday === 6 ? 2 : 1
}
