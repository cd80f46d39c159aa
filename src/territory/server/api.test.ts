import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asActor, type Tx } from '../../platform/server/db.ts'
import { rolledBack, testDatabase } from '../../platform/testing/test-database.ts'
import { aCommune, actorFor, aPerimeter, aService, aUser, aValueSet } from '../testing/builders.ts'
import { assertCommune, assertValue, cptsOf, membersOfService, partyIdOf, serviceInCharge, serviceNames, userNames, valueSetLabels } from './api.ts'

const { db } = await testDatabase()
const undone = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => rolledBack(db, work)

test('a commune has one DAC on a day: the old one until the change, the new one from that day', async () => {
  await undone(async (tx) => {
    const former = await aService(tx, { name: 'DAC des Plaines' })
    const present = await aService(tx, { name: 'DAC des Collines' })
    await aPerimeter(tx, former, ['99001'], { startsOn: '2020-01-01', endsOn: '2026-01-01' })
    await aPerimeter(tx, present, ['99001'], { startsOn: '2026-01-01' })
    expect((await serviceInCharge(tx, '99001', '2025-12-31'))?.name).toBe('DAC des Plaines')
    expect((await serviceInCharge(tx, '99001', '2026-01-01'))?.name).toBe('DAC des Collines')
    expect(await serviceInCharge(tx, '99001', '2019-12-31')).toBeNull()
    expect(await serviceInCharge(tx, '99002', '2026-01-01')).toBeNull()
  })
})

test('the database itself refuses a second DAC on the same commune at the same date', async () => {
  const [one, other] = [await aService(db), await aService(db)]
  await aPerimeter(db, one, ['99010'])
  await expect(aPerimeter(db, other, ['99010'], { startsOn: '2026-03-01' })).rejects.toMatchObject({ constraint: 'one_dac_per_commune' })
})

test('a city stands for its arrondissements when they share one DAC, and for none when they do not', async () => {
  await undone(async (tx) => {
    await aCommune(tx, { code: '99100', name: 'Grandville' })
    for (const code of ['99101', '99102']) await aCommune(tx, { code, name: `Grandville ${code}`, parentCode: '99100' })
    const north = await aService(tx, { name: 'DAC Nord' })
    await aPerimeter(tx, north, ['99101', '99102'], { endsOn: '2026-01-01' })
    expect((await serviceInCharge(tx, '99100', '2025-06-01'))?.name).toBe('DAC Nord')
    expect((await serviceInCharge(tx, '99102', '2025-06-01'))?.name).toBe('DAC Nord')
    await aPerimeter(tx, north, ['99101'], { startsOn: '2026-01-01' })
    await aPerimeter(tx, await aService(tx, { name: 'DAC Sud' }), ['99102'], { startsOn: '2026-01-01' })
    expect(await serviceInCharge(tx, '99100', '2026-06-01')).toBeNull()
    expect((await serviceInCharge(tx, '99102', '2026-06-01'))?.name).toBe('DAC Sud')
  })
})

test('a commune may lie in several CPTS, or in none', async () => {
  await undone(async (tx) => {
    for (const name of ['CPTS de l’Aval', 'CPTS de l’Amont']) await aPerimeter(tx, await aService(tx, { kind: 'cpts', name }), ['99020'])
    expect((await cptsOf(tx, '99020', '2026-10-15')).map((cpts) => cpts.name)).toEqual(['CPTS de l’Amont', 'CPTS de l’Aval'])
    expect(await cptsOf(tx, '99021', '2026-10-15')).toEqual([])
  })
})

test('a former commune is known by the code it had before its merger', async () => {
  await undone(async (tx) => {
    await aPerimeter(tx, await aService(tx, { name: 'DAC des Collines' }), ['99030'])
    await sql`set local role jalon_system`.execute(tx)
    await sql`insert into territory.commune_alias (commune_code, code, name, search_key) values ('99030', '99031', 'Ancienville', 'ancienville')`.execute(tx)
    expect((await assertCommune(tx, '99031')).code).toBe('99030')
    expect((await serviceInCharge(tx, '99031', '2026-10-15'))?.name).toBe('DAC des Collines')
  })
})

test('an unknown commune is refused in plain words', async () => {
  await undone(async (tx) => {
    await expect(assertCommune(tx, '98998')).rejects.toMatchObject({ kind: 'invalid', code: 'commune_unknown' })
  })
})

test('a value that its list does not offer is refused; one chosen before it was hidden stays', async () => {
  await undone(async (tx) => {
    await aValueSet(tx, 'test.channel', ['phone', 'fax'])
    await sql`set local role jalon_system`.execute(tx)
    await sql`update territory.value set hidden = true where set_code = 'test.channel' and code = 'fax'`.execute(tx)
    await assertValue(tx, 'test.channel', 'phone')
    await expect(assertValue(tx, 'test.channel', 'telex')).rejects.toMatchObject({ code: 'value_unknown' })
    await expect(assertValue(tx, 'test.channel', 'fax')).rejects.toMatchObject({ code: 'value_unknown' })
    await assertValue(tx, 'test.channel', 'fax', 'fax')
    expect((await valueSetLabels(tx, 'test.channel')).get('fax')).toBe('fax')
  })
})

test('a value is offered within its dates only', async () => {
  await undone(async (tx) => {
    await aValueSet(tx, 'test.channel', ['minitel'])
    await sql`set local role jalon_system`.execute(tx)
    await sql`update territory.value set valid_to = '2026-10-14' where set_code = 'test.channel'`.execute(tx)
    const on = async (instant: string): Promise<void> => {
      await sql`select set_config('jalon.clock', ${instant}, true)`.execute(tx)
      await assertValue(tx, 'test.channel', 'minitel')
    }
    await on('2026-10-14T20:00:00Z')
    await expect(on('2026-10-15T20:00:00Z')).rejects.toMatchObject({ code: 'value_unknown' })
  })
})

test('the members of a service are those of the day, with open accounts, by function', async () => {
  const service = await aService(db, { name: 'DAC Membres' })
  const julie = await aUser(db, { service, functions: ['referent', 'front_desk'] })
  const karim = await aUser(db, { service, functions: ['front_desk'], givenName: 'Karim', familyName: 'Belkacem' })
  await aUser(db, { service, givenName: 'Partie', familyName: 'Hier', endsOn: '2026-10-14' })
  const actor = await actorFor(db, julie)
  await asActor(db, { actor, clock: new Date('2026-10-15T08:00:00Z'), timeZone: 'Europe/Paris' }, async (tx) => {
    expect((await membersOfService(tx, service.id)).map((member) => member.name)).toEqual(['Karim Belkacem', 'Julie Marchal'])
    expect((await membersOfService(tx, service.id, ['referent'])).map((member) => member.userId)).toEqual([julie.id])
    expect([...(await userNames(tx, [karim.id]))]).toEqual([[karim.id, 'Karim Belkacem']])
    expect((await serviceNames(tx, [service.id])).get(service.id)).toBe('DAC Membres')
  })
})

test('a national number always gives the same identifier, whatever the database', async () => {
  await undone(async (tx) => {
    expect(partyIdOf('rpps', '10001234567')).toBe('5bbc0295-1d88-8fd5-8ae1-1557df6d0a90')
    const { rows } = await sql<{ id: string }>`select territory.party_id('finess:2A0000012') as id`.execute(tx)
    expect(partyIdOf('finess', '2A0000012')).toBe(rows[0]?.id)
  })
})
