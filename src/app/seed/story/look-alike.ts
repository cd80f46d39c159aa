import { compareIdentities } from '../../../persons/contract/matching.ts'
import { nameKeys } from '../../../persons/contract/names.ts'
import type { Bulk } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { Random } from '../region/random.ts'
import type { Cast, StoryPeople } from './people.ts'

/** Identities that stand twice in the demo. */
export const lookAlikes = 1

/** A second file of M. Pierrat, typed in haste while a nurse of the hospital was calling: a name as it sounds, day and month inverted. Found by night. */
export async function seedLookAlike(bulk: Bulk, random: Random, calendar: SeedCalendar, cast: Cast, people: StoryPeople): Promise<void> {
  const pierrat = people.of('pierrat')
  const typedAt = calendar.at(calendar.workingDay(calendar.daysAgo(3)), 655)
  const foundAt = calendar.at(calendar.workingDay(calendar.daysAgo(2)), 100)
  const id = random.idAt(typedAt)
  const [year, month, day] = pierrat.birthDate.split('-')
  const typed = { birthName: 'PIERRA', usedName: null, givenNames: pierrat.givenNames.slice(0, 1), birthDate: `${year}-${day}-${month}`, sex: pierrat.sex }
  const keys = nameKeys([typed.birthName, ...typed.givenNames])
  const holder = cast.hautesVallees.id
  await bulk.write('persons.person', [
    {
      person_id: id,
      birth_name: typed.birthName,
      birth_given_names: typed.givenNames,
      birth_date: typed.birthDate,
      sex: typed.sex,
      commune_code: pierrat.commune,
      search_key: keys.searchKey,
      sound_key: keys.soundKey,
      identity_status: 'PROV',
      holder_org: holder,
      created_at: typedAt,
      created_by: cast.nadia.id,
    },
  ])
  await bulk.write('persons.sight', [
    {
      id: random.idAt(typedAt),
      person_id: id,
      party_id: holder,
      basis: 'request',
      volets: ['administrative'],
      reason: 'Demande reçue',
      source_id: random.idAt(typedAt),
      starts_at: typedAt,
    },
  ])
  const unknown = { birthPlaceCode: null, phones: [] }
  const match = compareIdentities({ ...typed, ...unknown }, { ...pierrat, ...unknown })
  const [first, second] = [id, pierrat.id].sort()
  await bulk.write('duplicates.pair', [
    {
      id: random.idAt(foundAt),
      person_id: first,
      other_person_id: second,
      score: match.score,
      weight: match.weight,
      level: match.level === 'same' ? 'same' : 'probable',
      reasons: match.reasons,
      found_at: foundAt,
      holder_org: holder,
    },
  ])
}
