import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { newId, type PersonId, type ServiceId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { askInsiForMany } from '../contract/identity-actions.ts'
import { insiTurns } from '../contract/identity-queries.ts'
import { aDacUser, aPerson } from '../testing/builders.ts'
import { personsHandlers } from './handlers.ts'

const { db } = await testDatabase()
const now = new Date('2026-10-15T07:42:00Z')
const gate = testGate(db, () => now)
const registry = registryOf(personsHandlers)
const rows = <T>(text: string): Promise<readonly T[]> =>
  asSystem(db, 'reads in a test of turns', async (tx) => (await sql<T>`${sql.raw(text)}`.execute(tx)).rows)
const connect = (connected: boolean) =>
  rows(`insert into platform.setting (key, value) values ('insi', '${connected}') on conflict (key) do update set value = excluded.value`)
const complete = async (dac: ServiceId, more = ''): Promise<PersonId> => {
  const id = await aPerson(db, { dac })
  await rows(`update persons.person set birth_place_code = '88468'${more} where person_id = '${id}'`)
  return id
}
const ask = (dac: ServiceId, operation: 'search' | 'verification', personIds: readonly PersonId[] | null = null) =>
  call(gate, registry, askInsiForMany, aDacUser(dac), { id: newId(), operation, personIds } as never)

beforeAll(() => connect(true).then(() => undefined))

it('asks about the complete files of the service, once each, and shows how far it is', async () => {
  const dac = newId<ServiceId>()
  const mine = [await complete(dac), await complete(dac)]
  await aPerson(db, { dac })
  await complete(newId<ServiceId>())
  await complete(dac, `, identity_attributes = '{doubtful}'`)
  const before = await call(gate, registry, insiTurns, aDacUser(dac), {})
  expect(before).toMatchObject({ connected: true, due: { search: 2, verification: 0 }, turns: [] })
  const asked = await ask(dac, 'search')
  expect([...asked.personIds].sort()).toEqual([...mine].sort())
  // What waits is not asked twice.
  expect((await ask(dac, 'search')).personIds).toEqual([])
  await rows(`update persons.insi_call set state = 'none', answered_at = '${now.toISOString()}' where person_id = '${mine[0]}'`)
  const after = await call(gate, registry, insiTurns, aDacUser(dac), {})
  expect(after.turns.find(({ id }) => id === asked.id)).toMatchObject({ total: 2, operation: 'search' })
  expect(after.turns.find(({ id }) => id === asked.id)?.counts.toSorted((a, b) => a.state.localeCompare(b.state))).toEqual([
    { state: 'none', count: 1 },
    { state: 'waiting', count: 1 },
  ])
  // Nor what was not found with these very traits.
  expect(after.due.search).toBe(0)
})

it('leaves out those who oppose, and asks about the chosen ones alone', async () => {
  const dac = newId<ServiceId>()
  const [first, second, opposed] = [await complete(dac), await complete(dac), await complete(dac)]
  await rows(`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org, recorded_at)
    values ('${newId()}', '${opposed}', 2, 'opposition', '2026-10-01', 'oral_present', '${newId()}', 'Julie Marchal', '${dac}', '2026-10-01T08:00:00Z')`)
  expect((await ask(dac, 'search', [first])).personIds).toEqual([first])
  expect((await ask(dac, 'search')).personIds).toEqual([second])
})

it('verifies the matricules that nobody verified today', async () => {
  const dac = newId<ServiceId>()
  const held = await aPerson(db, { dac, identityStatus: 'QUAL' })
  await rows(`update persons.person set birth_place_code = '88468' where person_id = '${held}'`)
  expect((await ask(dac, 'verification')).personIds).toEqual([held])
  await rows(`update persons.insi_call set state = 'confirmed', answered_at = '${now.toISOString()}' where person_id = '${held}'`)
  await rows(`update persons.person set ins_verified_at = '${now.toISOString()}' where person_id = '${held}'`)
  expect((await ask(dac, 'verification')).personIds).toEqual([])
})

it('is refused where the teleservice is not connected', async () => {
  await connect(false)
  await expect(ask(newId<ServiceId>(), 'search')).rejects.toMatchObject({ code: 'insi_not_connected' })
  await connect(true)
})
