import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { newId, type PersonId, type ServiceId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { askInsi, askInsiForMany } from '../contract/identity-actions.ts'
import { insiState, insiTurns } from '../contract/identity-queries.ts'
import type { InsiPort } from '../contract/insi.ts'
import { aDacUser, aPerson } from '../testing/builders.ts'
import { personsHandlers } from './handlers.ts'
import { answerCall, verifyDue } from './insi-jobs.ts'

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
const opposes = (id: PersonId, dac: ServiceId, { number = 2, on = '2026-10-01', state = 'opposition' } = {}) =>
  rows(`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org, recorded_at)
    values ('${newId()}', '${id}', ${number}, '${state}', '${on}', 'oral_present', '${newId()}', 'Julie Marchal', '${dac}', '${on}T08:00:00Z')`)
const limited = (id: PersonId, dac: ServiceId) =>
  rows(`insert into privacy.limitation (id, person_id, reason, since, set_by, set_by_name, holder_org)
    values ('${newId()}', '${id}', 'accuracy', '2026-10-01T08:00:00Z', '${newId()}', 'Julie Marchal', '${dac}')`)
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
  await opposes(opposed, dac)
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

/** Answers nothing, and keeps what it was asked. */
function silentPort() {
  const asked: string[] = []
  const down = { outcome: 'unreachable', code: 'down' } as const
  const port: InsiPort = {
    search: async ({ birthName }) => {
      asked.push(birthName)
      return down
    },
    verify: async ({ birthName }) => {
      asked.push(birthName)
      return down
    },
  }
  return { asked, caller: { db, clock: () => now, port } }
}

it('opposed between the click and the next attempt, her traits do not leave', async () => {
  const dac = newId<ServiceId>()
  const id = await complete(dac)
  await ask(dac, 'search', [id])
  const callId = (await rows<{ id: string }>(`select id from persons.insi_call where person_id = '${id}'`))[0]?.id ?? ''
  const { asked, caller } = silentPort()
  expect([await answerCall(caller, callId), asked.length]).toEqual(['waiting', 1])
  await opposes(id, dac)
  expect([await answerCall(caller, callId), asked.length]).toEqual(['outdated', 1])
})

it('a click about somebody who opposes, or whose file is limited, is refused in words and leaves no question behind', async () => {
  const dac = newId<ServiceId>()
  const click = (personId: PersonId) => call(gate, registry, askInsi, aDacUser(dac), { id: newId(), personId, read: null } as never)
  const kept = async (personId: PersonId) => (await call(gate, registry, insiState, aDacUser(dac), { personId })).kept
  const [opposed, used] = [await complete(dac), await complete(dac)]
  expect(await kept(opposed)).toBe(null)
  await opposes(opposed, dac, { number: 1 })
  await limited(used, dac)
  await expect(click(opposed)).rejects.toMatchObject({ kind: 'conflict', code: 'insi_opposition' })
  await expect(click(used)).rejects.toMatchObject({ code: 'insi_limitation' })
  expect([await kept(opposed), await kept(used)]).toEqual(['opposition', 'limitation'])
  expect(await rows(`select id from persons.insi_call where person_id in ('${opposed}', '${used}')`)).toEqual([])
  await opposes(opposed, dac, { number: 1, on: '2026-10-05', state: 'non_opposition' })
  await expect(click(opposed)).resolves.toMatchObject({ operation: 'search' })
})

it('says nothing of why the traits of somebody stay to whoever does not see her', async () => {
  const [dac, elsewhere] = [newId<ServiceId>(), newId<ServiceId>()]
  const hers = await complete(dac)
  await opposes(hers, dac)
  await expect(call(gate, registry, askInsi, aDacUser(elsewhere), { id: newId(), personId: hers, read: null } as never)).rejects.toMatchObject({
    kind: 'not_found',
  })
})

it('a search that an opposition closed comes back into the turns of the service once she no longer opposes', async () => {
  const dac = newId<ServiceId>()
  const id = await complete(dac)
  const due = async () => (await call(gate, registry, insiTurns, aDacUser(dac), {})).due.search
  await ask(dac, 'search', [id])
  await opposes(id, dac)
  const callId = (await rows<{ id: string }>(`select id from persons.insi_call where person_id = '${id}'`))[0]?.id ?? ''
  expect(await answerCall(silentPort().caller, callId)).toBe('outdated')
  expect(await due()).toBe(0)
  await opposes(id, dac, { on: '2026-10-05', state: 'non_opposition' })
  expect(await due()).toBe(1)
  expect((await ask(dac, 'search')).personIds).toEqual([id])
})

it('verifies at night neither those who oppose, under either file they had, nor leaves out those who no longer do', async () => {
  const dac = newId<ServiceId>()
  const held = async (birthName: string) => {
    const id = await aPerson(db, { dac, birthName, identityStatus: 'QUAL' })
    await rows(`update persons.person set birth_place_code = '88468', ins_retrieved_at = '2026-05-01T08:00:00Z' where person_id = '${id}'`)
    return id
  }
  await opposes(await held('OPPOSEE'), dac, { number: 1 })
  const back = await held('REVENUE')
  await opposes(back, dac, { number: 1 })
  await opposes(back, dac, { number: 1, on: '2026-10-05', state: 'non_opposition' })
  const kept = await held('FUSIONNEE')
  const absorbed = await aPerson(db, { dac: null })
  await opposes(absorbed, dac)
  await rows(`insert into persons.alias (person_id, into_person_id, starts_at) values ('${absorbed}', '${kept}', '2026-10-02T08:00:00Z')`)
  // nor those whose birthplace nobody knows: no line is left of them, night after night
  const unplaced = await held('SANSLIEU')
  await rows(`update persons.person set birth_place_code = null where person_id = '${unplaced}'`)
  const asked: string[] = []
  const port = {
    verify: async ({ birthName }: { birthName: string }) => {
      asked.push(birthName)
      return { outcome: 'ok', confirmed: true } as const
    },
  }
  await verifyDue({ db, clock: () => now, port: port as unknown as InsiPort })
  expect(asked.filter((name) => ['OPPOSEE', 'REVENUE', 'FUSIONNEE', 'SANSLIEU'].includes(name))).toEqual(['REVENUE'])
  expect(await rows(`select id from persons.insi_call where person_id in ('${unplaced}')`)).toEqual([])
})

it('a limited file, or one whose question came back outdated, is neither counted nor asked', async () => {
  const dac = newId<ServiceId>()
  const [plain, kept, changed] = [await complete(dac), await complete(dac), await complete(dac)]
  await limited(kept, dac)
  await rows(`insert into persons.insi_call (id, person_id, operation, state, asked_version, asked_at, holder_org)
    values ('${newId()}', '${changed}', 'search', 'outdated', (select version from persons.person where person_id = '${changed}'), now(), '${dac}')`)
  expect((await call(gate, registry, insiTurns, aDacUser(dac), {})).due.search).toBe(1)
  expect((await ask(dac, 'search')).personIds).toEqual([plain])
})

it('never has more than 500 questions of a service waiting', async () => {
  const dac = newId<ServiceId>()
  const model = await complete(dac)
  await rows(`with planted as (insert into persons.person select (jsonb_populate_record(p, jsonb_build_object('person_id', gen_random_uuid()))).*
      from persons.person p, generate_series(1, 504) where p.person_id = '${model}' returning person_id)
    insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at)
    select gen_random_uuid(), person_id, '${dac}', 'dac_in_charge', '{administrative,social,health}', 'Accompagnement ouvert', gen_random_uuid(), '2026-01-01T08:00:00Z' from planted`)
  expect((await ask(dac, 'search')).personIds).toHaveLength(500)
  expect((await ask(dac, 'search')).personIds).toEqual([])
  await rows(`update persons.insi_call set state = 'none', answered_at = '${now.toISOString()}'
    where id in (select id from persons.insi_call where holder_org = '${dac}' and state = 'waiting' limit 3)`)
  expect((await ask(dac, 'search')).personIds).toHaveLength(3)
}, 60_000)
