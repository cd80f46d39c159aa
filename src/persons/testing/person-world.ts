import { sql } from 'kysely'
import type { AnyAction, AnyQuery, OutputOf, RawInputOf } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PartyId, type PersonId, type ServiceId } from '../../platform/contract/ids.ts'
import { asSystem, type Database } from '../../platform/server/db.ts'
import type { Gate } from '../../platform/server/execute.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, type TestClock, testClock, testGate } from '../../platform/testing/gate.ts'
import { loadValueSets } from '../../territory/server/reference.sql.ts'
import { anActor, aPerimeter, aService, type BuiltService } from '../../territory/testing/builders.ts'
import { personsValueSets } from '../contract/value-sets.ts'
import { personsHandlers } from '../server/handlers.ts'

export const personsRegistry = registryOf(personsHandlers)

/** Two DAC, the staff of the first, and those who stand around: for the tests of persons. */
export interface PersonWorld {
  readonly gate: Gate
  readonly clock: TestClock
  readonly dac: BuiltService & { readonly id: ServiceId }
  readonly otherDac: BuiltService
  readonly cpts: BuiltService
  readonly julie: Actor
  readonly nadia: Actor
  readonly director: Actor
  readonly elsewhere: Actor
  readonly doctor: Actor & { readonly professionalId: PartyId }
  readonly socialWorker: Actor & { readonly professionalId: PartyId }
  /** Calls an action or a query of persons as somebody. */
  readonly as: <C extends AnyAction | AnyQuery>(actor: Actor, contract: C, input: RawInputOf<C>, key?: string) => Promise<OutputOf<C>>
}

export const communeWithCpts = '88468'
export const communeWithoutCpts = '88408'

/** DAC Hautes-Vallées (Le Thillot with a CPTS, Rupt without), DAC Meurthe et Mortagne; Julie référente, Nadia at the desk. */
export async function aPersonWorld(db: Database): Promise<PersonWorld> {
  const clock = testClock()
  const gate = testGate(db, clock)
  await asSystem(db, 'lists of persons for a test', async (tx) => {
    await loadValueSets(tx, personsValueSets)
    await sql`insert into platform.setting (key, value) values ('demo', 'true') on conflict do nothing`.execute(tx)
    await sql`insert into territory.birth_place (code, name, search_key, kind) values (${communeWithCpts}, 'Le Thillot', 'le thillot', 'commune') on conflict do nothing`.execute(
      tx,
    )
  })
  const dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  const otherDac = await aService(db, { name: 'DAC Meurthe et Mortagne' })
  const cpts = await aService(db, { kind: 'cpts', name: 'CPTS Haute Moselle' })
  await aPerimeter(db, dac, [communeWithCpts, communeWithoutCpts])
  await aPerimeter(db, cpts, [communeWithCpts])
  const practice = await aService(db, { kind: 'practice', name: 'Cabinet du Dr Fritsch' })
  const outside = (givenName: string, familyName: string, category: 'health' | 'social') =>
    anActor(db, { service: practice, functions: ['outside_professional'], givenName, familyName, category, professionalId: newId<PartyId>() }) as Promise<
      Actor & { professionalId: PartyId }
    >
  return {
    gate,
    clock,
    dac,
    otherDac,
    cpts,
    julie: await anActor(db, { service: dac, functions: ['referent'] }),
    nadia: await anActor(db, { service: dac, functions: ['front_desk'], givenName: 'Nadia', familyName: 'Ferry' }),
    director: await anActor(db, { service: dac, functions: ['director'], givenName: 'Hélène', familyName: 'Vautrin' }),
    elsewhere: await anActor(db, { service: otherDac, functions: ['referent'], givenName: 'Inès', familyName: 'Roussel' }),
    doctor: await outside('Anne-Laure', 'Fritsch', 'health'),
    socialWorker: await outside('Karim', 'Belkacem', 'social'),
    as: (actor, contract, input, key) => call(gate, personsRegistry, contract, actor, input, key),
  }
}

/** Titles of a person's Fil as somebody reads them, the oldest first. */
export async function filOf(db: Database, personId: PersonId): Promise<readonly string[]> {
  return asSystem(db, 'read the Fil in a test', async (tx) =>
    (await sql<{ title: string }>`select title from persons.timeline_item where person_id = ${personId} order by at, id`.execute(tx)).rows.map(
      (row) => row.title,
    ),
  )
}
