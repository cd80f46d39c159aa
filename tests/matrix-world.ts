import { allValueSets } from '../src/app/seed/reference/value-sets.ts'
import { anEpisode } from '../src/episodes/testing/builders.ts'
import { aPerson, aSight } from '../src/persons/testing/builders.ts'
import { newId, type PartyId } from '../src/platform/contract/ids.ts'
import { asSystem, type Database } from '../src/platform/server/db.ts'
import type { MatrixWorld } from '../src/platform/testing/matrix-model.ts'
import { loadValueSets } from '../src/territory/server/reference.sql.ts'
import { actorFor, anActor, aPerimeter, aService, aUser } from '../src/territory/testing/builders.ts'

/** The world in which every action and query is tried: one person accompanied by dacA, her circle, a second DAC, and strangers. */
export async function buildMatrixWorld(db: Database, clock: Date): Promise<MatrixWorld> {
  await asSystem(db, 'lists for the access matrix', (tx) => loadValueSets(tx, allValueSets))
  const dacA = await aService(db, { name: 'DAC Hautes-Vallées' })
  const dacB = await aService(db, { name: 'DAC Meurthe et Mortagne' })
  const cpts = await aService(db, { kind: 'cpts', name: 'CPTS Haute Moselle' })
  const [communeA, communeB] = ['88408', '54039']
  await aPerimeter(db, dacA, [communeA])
  await aPerimeter(db, dacB, [communeB])
  await aPerimeter(db, cpts, [communeA])
  const referent = await aUser(db, { service: dacA, functions: ['referent'] })
  const colleague = await aUser(db, { service: dacA, functions: ['referent'], givenName: 'Karim', familyName: 'Belkacem' })
  const practice = await aService(db, { kind: 'practice', name: 'Cabinet Fritsch' })
  const outside = (familyName: string, category: 'health' | 'social') =>
    anActor(db, { service: practice, functions: ['outside_professional'], familyName, category, professionalId: newId<PartyId>() })
  const actors = {
    referent: await actorFor(db, referent),
    frontDesk: await anActor(db, { service: dacA, functions: ['front_desk'], familyName: 'Ferry' }),
    director: await anActor(db, { service: dacA, functions: ['director'], familyName: 'Mougin', category: 'administrative' }),
    otherReferent: await anActor(db, { service: dacB, functions: ['referent'], familyName: 'Weber' }),
    circleDoctor: await outside('Fritsch', 'health'),
    circleSocial: await outside('Colin', 'social'),
    outsider: await outside('Lambert', 'health'),
    regionalAdmin: await anActor(db, {
      service: await aService(db, { kind: 'grades', name: 'GRADeS' }),
      functions: ['regional_admin'],
      category: 'administrative',
    }),
  }
  const episodeId = newId<Parameters<typeof anEpisode>[1]['personId']>() as string
  const personId = await aPerson(db, { dac: dacA.id, episodeId, communeCode: communeA })
  await anEpisode(db, { id: episodeId as never, personId, dac: dacA.id, referentId: referent.id })
  await aSight(db, personId, String(actors.circleDoctor.professionalId), { basis: 'care_team' })
  await aSight(db, personId, String(actors.circleSocial.professionalId), { basis: 'care_team', volets: ['administrative', 'social'] })
  return {
    dacA: dacA.id,
    dacB: dacB.id,
    cpts: cpts.id,
    communeA,
    communeB,
    personId,
    episodeId,
    referentId: referent.id,
    colleagueId: colleague.id,
    actors,
    clock,
  }
}
