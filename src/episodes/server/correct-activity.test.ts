import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { aPerson } from '../../persons/testing/builders.ts'
import { filOf } from '../../persons/testing/person-world.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import { activitiesOfPerson, correctActivity, recordActivity } from '../contract/activities.ts'
import type { ActivityId } from '../contract/episode.ts'
import { anEpisode, episodeLists } from '../testing/builders.ts'
import { episodesHandlers } from './handlers.ts'

const { db } = await testDatabase()
const gate = testGate(db, testClock('2026-10-15T07:42:00Z'))
const registry = registryOf(episodesHandlers)
let dac: BuiltService
let julie: Actor
let karim: Actor
let personId: PersonId

beforeAll(async () => {
  await episodeLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  julie = await anActor(db, { service: dac, functions: ['referent'] })
  karim = await anActor(db, { service: dac, functions: ['referent'], givenName: 'Karim', familyName: 'Belkacem' })
  personId = await aPerson(db, { dac: dac.id })
  await anEpisode(db, { personId, dac: dac.id, referentId: julie.userId } as never)
})

const noted = async (more: object = {}): Promise<ActivityId> => {
  const id = newId<ActivityId>()
  await call(gate, registry, recordActivity, julie, { id, personId, kind: 'call', minutes: 15, at: '2026-10-14T08:00:00Z', ...more })
  return id
}
const of = async (id: ActivityId) => (await call(gate, registry, activitiesOfPerson, julie, { personId })).rows.find((row) => row.id === id)

describe('an activity that was noted wrong', () => {
  it('is corrected in one gesture; what it was is kept, and the Fil says that the kind changed', async () => {
    const id = await noted()
    await call(gate, registry, correctActivity, karim, { id, baseVersion: 1, changes: { kind: 'home_visit', minutes: 75, kilometres: 32.5 } })
    expect(await of(id)).toMatchObject({ kind: 'home_visit', minutes: 75, kilometres: 32.5, version: 2, correctedByName: karim.displayName })
    const history = await asSystem(
      db,
      'look in a test',
      async (tx) => (await sql<{ changes: object }>`select changes from platform.field_history where record_id = ${id}`.execute(tx)).rows,
    )
    expect(history).toMatchObject([{ changes: { kind: ['call', 'home_visit'], minutes: [15, 75], kilometres: [null, 32.5] } }])
    expect((await filOf(db, personId)).at(-1)).toBe('Correction\u00a0: visite à domicile, et non appel')
  })

  it('takes back the contact that it was not: the file is silent again since the one before', async () => {
    const whose = await aPerson(db, { dac: dac.id })
    await anEpisode(db, { personId: whose, dac: dac.id, referentId: julie.userId })
    const lastContact = async (): Promise<string | null> =>
      asSystem(
        db,
        'look in a test',
        async (tx) =>
          (
            await sql<{
              at: string | null
            }>`select to_char(last_contact_at at time zone 'UTC', 'MM-DD HH24:MI') as at from episodes.episode where person_id = ${whose}`.execute(tx)
          ).rows[0]?.at ?? null,
      )
    const spoken = { personId: whose, withWhom: 'person', reached: true } as const
    const earlier = await noted({ ...spoken, at: '2026-09-20T08:00:00Z' })
    const wrong = await noted({ ...spoken, at: '2026-10-15T07:30:15.250Z' })
    expect(await lastContact()).toBe('10-15 07:30')
    await call(gate, registry, correctActivity, julie, { id: wrong, baseVersion: 1, changes: { reached: false } })
    expect(await lastContact()).toBe('09-20 08:00')
    await call(gate, registry, correctActivity, julie, { id: wrong, baseVersion: 2, changes: { reached: true } })
    expect(await lastContact()).toBe('10-15 07:30')
    await call(gate, registry, correctActivity, julie, { id: wrong, baseVersion: 3, changes: { at: '2026-08-01T08:00:00Z' } })
    expect(await lastContact()).toBe('09-20 08:00')
    await call(gate, registry, correctActivity, julie, { id: wrong, baseVersion: 4, changes: { withWhom: 'other' } })
    expect(await lastContact()).toBe('09-20 08:00')
    await call(gate, registry, correctActivity, julie, { id: earlier, baseVersion: 1, changes: { withWhom: 'professional' } })
    expect(await lastContact()).toBeNull()
  })

  it('two who correct the same figure see both; other fields go together', async () => {
    const id = await noted()
    await call(gate, registry, correctActivity, julie, { id, baseVersion: 1, changes: { minutes: 20 } })
    await expect(call(gate, registry, correctActivity, karim, { id, baseVersion: 1, changes: { minutes: 30 } })).rejects.toMatchObject({
      code: 'stale_version',
    })
    await call(gate, registry, correctActivity, karim, { id, baseVersion: 1, changes: { partner: 'SSIAD' } })
    expect(await of(id)).toMatchObject({ minutes: 20, partner: 'SSIAD', version: 3 })
    await call(gate, registry, correctActivity, karim, { id, baseVersion: 3, changes: { minutes: 20 } })
    expect(await of(id)).toMatchObject({ version: 3 })
  })

  it('not of the future, nor of a kind that no list has, nor by another service', async () => {
    const id = await noted()
    const other = await anActor(db, { service: await aService(db, { name: 'DAC Meurthe et Mortagne' }), functions: ['referent'] })
    await expect(call(gate, registry, correctActivity, julie, { id, baseVersion: 1, changes: { at: '2026-10-16T08:00:00Z' } })).rejects.toMatchObject({
      code: 'episodes.activity_in_the_future',
    })
    await expect(call(gate, registry, correctActivity, julie, { id, baseVersion: 1, changes: { kind: 'nap' } })).rejects.toMatchObject({ kind: 'invalid' })
    await expect(call(gate, registry, correctActivity, other, { id, baseVersion: 1, changes: { minutes: 1 } })).rejects.toMatchObject({ kind: 'not_found' })
  })
})
