import { compareIdentities } from '../../../persons/contract/matching.ts'
import type { Bulk } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { Random } from '../region/random.ts'
import type { Cast, StoryPeople } from './people.ts'
import { seedTypedIdentity } from './typed-identity.ts'

/** Identities that look like another in the demo: this one, and the twins of undone-merge.ts. */
export const lookAlikes = 3

/** A second file of M. Pierrat, typed in haste while a nurse of the hospital was calling: a name as it sounds, day and month inverted. Found by night. */
export async function seedLookAlike(bulk: Bulk, random: Random, calendar: SeedCalendar, cast: Cast, people: StoryPeople): Promise<void> {
  const pierrat = people.of('pierrat')
  const typedAt = calendar.at(calendar.workingDay(calendar.daysAgo(3)), 655)
  const foundAt = calendar.at(calendar.workingDay(calendar.daysAgo(2)), 100)
  const [year, month, day] = pierrat.birthDate.split('-')
  const typed = { birthName: 'PIERRA', usedName: null, givenNames: pierrat.givenNames.slice(0, 1), birthDate: `${year}-${day}-${month}`, sex: pierrat.sex }
  const id = await seedTypedIdentity(bulk, random, cast, typedAt, { ...typed, birthPlaceCode: null, birthPlaceName: null, commune: pierrat.commune })
  const holder = cast.hautesVallees.id
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
