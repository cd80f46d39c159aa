import { compareIdentities } from '../../../persons/contract/matching.ts'
import type { Bulk, Row } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { Random } from '../region/random.ts'
import type { Timeline } from '../region/timeline.ts'
import type { Cast, StoryPeople } from './people.ts'
import { seedTypedIdentity } from './typed-identity.ts'

/**
 * Twin sisters, Odile and Odette Humbert, whose files were made one in haste and given back: what was written meanwhile is left to sort. INSi, asked about both, finds
 * several identities for one and none for the other; about Mme Georgel it could not be reached.
 */
export async function seedUndoneMerge(bulk: Bulk, random: Random, calendar: SeedCalendar, cast: Cast, people: StoryPeople, timeline: Timeline): Promise<void> {
  const holder = cast.hautesVallees.id
  const at = (days: number, minute: number): Date => calendar.at(calendar.workingDay(calendar.daysAgo(days)), minute)
  const traits = { birthName: 'HUMBERT', birthDate: '1947-02-14', sex: 'F', birthPlaceCode: '88160', birthPlaceName: 'Épinal', commune: '88160' } as const
  const odile = { ...traits, givenNames: ['ODILE', 'MARIE'] }
  const odette = { ...traits, givenNames: ['ODETTE', 'MARIE'] }
  const kept = await seedTypedIdentity(bulk, random, cast, at(40, 570), odile)
  const absorbed = await seedTypedIdentity(bulk, random, cast, at(12, 640), odette)
  const unknown = { usedName: null, phones: [] }
  const match = compareIdentities({ ...odile, ...unknown }, { ...odette, ...unknown })
  const [first, second] = [kept, absorbed].sort()
  const [pairId, mergeId, lineId] = [random.idAt(at(11, 90)), random.idAt(at(10, 600)), random.idAt(at(6, 615))]
  await bulk.write('duplicates.pair', [
    {
      id: pairId,
      person_id: first,
      other_person_id: second,
      score: match.score,
      weight: match.weight,
      level: 'probable',
      reasons: match.reasons,
      found_at: at(11, 90),
      pointed_by: cast.nadia.id,
      holder_org: holder,
    },
  ])
  const call = {
    person_id: kept,
    holderOrg: holder,
    kind: 'call',
    title: 'Appel : le fils de Mme Humbert demande un portage de repas',
    author: cast.nadia,
  }
  await bulk.write('persons.timeline_item', [
    {
      id: lineId,
      person_id: call.person_id,
      at: at(6, 615),
      kind: call.kind,
      title: call.title,
      author_id: call.author.id,
      author_name: call.author.name,
      author_function: call.author.presentedAs,
      source: 'intake',
      source_id: random.idAt(at(6, 615)),
      volet: 'administrative',
      holder_org: holder,
      protection: 'org_private',
      recorded_at: at(6, 615),
    },
  ])
  timeline.add({
    personId: kept,
    holderOrg: holder,
    at: at(3, 700),
    kind: 'merge',
    title: 'Fusion défaite : deux sœurs jumelles',
    author: cast.julie,
    source: 'duplicates',
    sourceId: mergeId,
    volet: 'administrative',
  })
  await bulk.write('duplicates.merge', [
    {
      id: mergeId,
      pair_id: pairId,
      person_id: kept,
      absorbed_id: absorbed,
      state: 'undone',
      choices: JSON.stringify({}),
      kept_version: 1,
      absorbed_version: 1,
      proposed_at: at(10, 600),
      proposed_by: cast.nadia.id,
      proposed_by_name: cast.nadia.name,
      decided_at: at(9, 560),
      decided_by: cast.karim.id,
      decided_by_name: cast.karim.name,
      undone_at: at(3, 700),
      undone_by: cast.julie.id,
      undone_by_name: cast.julie.name,
      undo_reason: 'Deux sœurs jumelles : la carte Vitale de chacune a été vue à domicile.',
      stayed: [lineId],
      holder_org: holder,
    },
  ])
  const insi = (person: string, state: string, days: number, more: Row = {}): Row => ({
    id: random.idAt(at(days, 720)),
    person_id: person,
    operation: 'search',
    state,
    asked_version: 1,
    asked_at: at(days, 720),
    asked_by: cast.julie.id,
    attempts: 1,
    answered_at: at(days, 721),
    holder_org: holder,
    ...more,
  })
  await bulk.write('persons.insi_call', [
    insi(kept, 'several', 2, { code: '02' }),
    insi(absorbed, 'none', 2, { code: '01' }),
    insi(people.of('georgel').id, 'unreachable', 1, { code: 'down', operation: 'verification', attempts: 5 }),
  ])
}
