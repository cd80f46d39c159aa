import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineQuery, signedIn } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { idSchema, newId, type PersonId } from '../../platform/contract/ids.ts'
import { execute } from '../../platform/server/execute.ts'
import { implement, noTarget, registryOf } from '../../platform/server/implement.ts'
import { createLog } from '../../platform/server/log.ts'
import { call, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService } from '../../territory/testing/builders.ts'
import { changeBulkOpening, reviewOpeningAlert } from '../contract/actions.ts'
import { openingAlerts } from '../contract/queries.ts'
import { signInHandlers } from './handlers.ts'
import { watchOpenings } from './opening-watch.ts'

const { db, owner } = await testDatabase()
// The audit goes by the clock of the database: this test too.
const clock = (): Date => new Date()
const quiet = { clock, timeZone: 'Europe/Paris', log: createLog('silent') }
/** Two processes on one database. */
const [here, there] = [watchOpenings(db, quiet), watchOpenings(db, quiet)]
const plain = testGate(db, clock)
const registry = registryOf(signInHandlers)
const dac = await aService(db, { name: 'DAC Hautes-Vallées' })
const admin = await anActor(db, { functions: ['regional_admin'], service: await aService(db, { kind: 'grades', name: 'GRADeS' }) })
const director = await anActor(db, { functions: ['director'], service: dac })
const elsewhere = await anActor(db, { functions: ['director'], service: await aService(db, { name: 'DAC voisin' }) })

const file = implement(
  defineQuery({
    name: 'test.file',
    title: 'Un dossier',
    input: z.object({ personIds: z.array(idSchema<PersonId>()) }),
    output: z.object({}),
    access: signedIn('a test of how many files one opens'),
    audit: { persons: ({ personIds }: { personIds: readonly PersonId[] }) => personIds },
  }),
  { load: noTarget, run: async () => ({}) },
)
const open = async (actor: Actor, watch = here, personIds: readonly PersonId[] = [newId<PersonId>()]): Promise<void> => {
  await execute({ ...plain, openings: watch }, file, { actor, input: { personIds } })
}
const openMany = async (actor: Actor, files: number, watch = here): Promise<void> => {
  for (let n = 0; n < files; n += 1) await open(actor, watch)
  await watch.settled()
}
const alertsOf = async (
  actor: Actor,
  who = director,
): Promise<readonly { id: string; files: number; closedUntil: string | null; reviewedAt: string | null }[]> =>
  (await call(plain, registry, openingAlerts, who, { open: false })).rows.filter(({ name }) => name === actor.displayName)
let version = 1
const allow = async (files: number, block: boolean): Promise<void> => {
  const justification = 'Seuil abaissé pour l’essai de cette alerte, puis remis.'
  await call(plain, registry, changeBulkOpening, admin, { baseVersion: version, files, minutes: 10, block, justification })
  version += 1
}

describe('the alert on bulk opening of files', () => {
  it('comes at five hundred different files in ten minutes, not before, and tells the direction and the region within a second', async () => {
    const julie = await anActor(db, { service: dac, givenName: 'Julie' })
    await openMany(julie, 480)
    expect(await alertsOf(julie)).toEqual([])
    const from = Date.now()
    await openMany(julie, 20)
    expect(await alertsOf(julie)).toMatchObject([{ files: 500, closedUntil: null, reviewedAt: null }])
    expect(Date.now() - from).toBeLessThan(5_000)
    const { rows } = await owner.query(`select audience, payload from platform.event_inbox where type = 'signIn.openingAlert.raised'`)
    expect(rows).toHaveLength(1)
    expect([...rows[0].audience].sort()).toEqual([admin.userId, director.userId].sort())
    expect(await alertsOf(julie, admin)).toHaveLength(1)
    expect(await alertsOf(julie, elsewhere)).toEqual([])
    await open(julie)
    await openMany(julie, 40)
    expect(await alertsOf(julie)).toMatchObject([{ files: expect.any(Number) }])
  }, 60_000)

  it('does not count the same file opened again, nor lists of several persons', async () => {
    await allow(40, true)
    const [karim, lea] = [await anActor(db, { service: dac, givenName: 'Karim' }), await anActor(db, { service: dac, givenName: 'Léa' })]
    const one = newId<PersonId>()
    for (let n = 0; n < 60; n += 1) await open(karim, here, [one])
    for (let n = 0; n < 60; n += 1) await open(lea, here, [newId<PersonId>(), newId<PersonId>()])
    await here.settled()
    expect([await alertsOf(karim), await alertsOf(lea)]).toEqual([[], []])
  })

  it('counts what several processes served', async () => {
    const ines = await anActor(db, { service: dac, givenName: 'Inès' })
    await openMany(ines, 19, here)
    await openMany(ines, 20, there)
    expect(await alertsOf(ines)).toEqual([])
    await openMany(ines, 1, here)
    expect(await alertsOf(ines)).toHaveLength(1)
  })

  it('closes files where the region suspends, until somebody else has examined it', async () => {
    const marc = await anActor(db, { service: dac, givenName: 'Marc' })
    await openMany(marc, 40)
    const [alert] = await alertsOf(marc)
    expect(alert?.closedUntil).not.toBeNull()
    await expect(open(marc)).rejects.toMatchObject({ kind: 'forbidden', code: 'too_many_files' })
    await expect(open(marc, here, [newId<PersonId>(), newId<PersonId>()])).rejects.toMatchObject({ code: 'too_many_files' })
    const refused = await owner.query(`select count(*)::int as n from audit.inbox where actor_id = $1 and code = 'too_many_files'`, [marc.userId])
    expect(refused.rows[0].n).toBe(2)
    const review = { id: alert?.id ?? '', comment: 'Reprise de la file active d’une collègue absente.', reopen: true }
    await expect(call(plain, registry, reviewOpeningAlert, { ...marc, functions: ['team_lead'] }, review)).rejects.toMatchObject({ kind: 'not_found' })
    await expect(call(plain, registry, reviewOpeningAlert, elsewhere, review)).rejects.toMatchObject({ kind: 'not_found' })
    await call(plain, registry, reviewOpeningAlert, director, review)
    // At her next request, the database says so to whatever process serves it.
    here.seen(marc.userId, null)
    await open(marc)
    expect(await alertsOf(marc)).toMatchObject([{ closedUntil: null, reviewedAt: expect.any(String) }])
  })

  it('only warns where the region does not suspend', async () => {
    await allow(40, false)
    const nora = await anActor(db, { service: dac, givenName: 'Nora' })
    await openMany(nora, 45)
    expect(await alertsOf(nora)).toMatchObject([{ closedUntil: null }])
    await open(nora)
  })
})
