import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import type { Actor } from '../../platform/contract/actor.ts'
import { asActor, asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import { agendaDay, myAgenda, teamAgenda } from '../contract/queries.ts'
import { agendaLists } from '../testing/builders.ts'
import { agendaHandlers } from './handlers.ts'

const { db } = await testDatabase()
const clock = testClock('2026-10-15T07:42:00Z')
const gate = { ...testGate(db, clock), timeZone: 'Europe/Paris' }
const registry = registryOf(agendaHandlers)
let dac: BuiltService
let julie: Actor

/** A year of a team of 40, three visits a working day each. */
beforeAll(async () => {
  await agendaLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  julie = await anActor(db, { service: dac })
  await asSystem(db, 'plant a year of a team', async (tx) => {
    const organizer = julie.userId
    await sql`create temporary table team on commit drop as select case when n = 1 then ${organizer}::uuid else gen_random_uuid() end as id, n from generate_series(1, 40) n`.execute(
      tx,
    )
    await sql`create temporary table who on commit drop as select gen_random_uuid() as id, t.id as user_id, t.n from team t, generate_series(1, 40)`.execute(tx)
    await sql`insert into persons.person (person_id, birth_name, used_name, search_key, sound_key, identity_status, holder_org)
      select id, 'NOM' || n, 'NOM' || n, 'nom', 'nom', 'PROV', ${dac.id} from who`.execute(tx)
    await sql`insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at)
      select gen_random_uuid(), id, ${dac.id}, 'dac_in_charge', '{administrative,social,health}', 'x', gen_random_uuid(), '2026-01-01' from who`.execute(tx)
    await sql`create temporary table visit on commit drop as select gen_random_uuid() as id, gen_random_uuid() as occurrence_id, w.id as person_id, w.user_id,
        '2026-01-05 09:00+01'::timestamptz + make_interval(days => d, hours => h * 3) as at
      from (select *, row_number() over (partition by user_id) - 1 as rank from who) w, generate_series(0, 364) d, generate_series(0, 2) h
      where extract(isodow from '2026-01-05'::date + d) < 6 and (d * 3 + h) % 40 = w.rank`.execute(tx)
    await sql`insert into agenda.appointment (id, person_id, kind, starts_local, minutes, time_zone, place_kind, uid, organizer_id, organizer_name, volet, holder_org, created_at, changed_at)
      select id, person_id, 'visit', at at time zone 'Europe/Paris', 60, 'Europe/Paris', 'home', id::text || '@jalon', user_id, 'x', 'administrative', ${dac.id}, '2026-01-01', '2026-01-01' from visit`.execute(
      tx,
    )
    await sql`insert into agenda.occurrence (id, appointment_id, person_id, recurrence_at, starts_at, ends_at, organizer_id, volet, holder_org)
      select occurrence_id, id, person_id, at, at, at + interval '1 hour', user_id, 'administrative', ${dac.id} from visit`.execute(tx)
    await sql`insert into agenda.participant (id, appointment_id, person_id, kind, party_id, service_id, name, response, organizer_id, volet, holder_org)
      select gen_random_uuid(), id, person_id, 'colleague', user_id, ${dac.id}, 'x', 'accepted', user_id, 'administrative', ${dac.id} from visit`.execute(tx)
    await sql`insert into agenda.slot (party_id, occurrence_id, appointment_id, service_id, starts_at, ends_at)
      select user_id, occurrence_id, id, ${dac.id}, at, at + interval '1 hour' from visit`.execute(tx)
  })
  await asSystem(db, 'statistics', (tx) =>
    sql`analyze agenda.slot, agenda.occurrence, agenda.appointment, agenda.participant`.execute(tx).catch(() => undefined),
  )
}, 120_000)

it('a week of mine, a day of mine and a week of the team are read from the slots, in milliseconds', async () => {
  const timed = async (run: () => Promise<unknown>): Promise<number> => {
    await run()
    const started = performance.now()
    await run()
    return performance.now() - started
  }
  const week = { from: '2026-10-12', to: '2026-10-18' }
  const mine = await call(gate, registry, myAgenda, julie, week)
  expect(mine.rows.length).toBeGreaterThan(10)
  expect(mine.rows.length).toBeLessThan(30)
  const team = await call(gate, registry, teamAgenda, julie, week)
  expect(team.rows.length).toBeGreaterThan(400)
  const figures = {
    mine: await timed(() => call(gate, registry, myAgenda, julie, week)),
    day: await timed(() => call(gate, registry, agendaDay, julie, {})),
    team: await timed(() => call(gate, registry, teamAgenda, julie, week)),
  }
  process.stdout.write(JSON.stringify({ slots: await count(), milliseconds: figures }))
  // Generous: the machine is shared. A sequential look at a year under row-level security takes seconds.
  expect(figures.mine).toBeLessThan(500)
  expect(figures.day).toBeLessThan(500)
  expect(figures.team).toBeLessThan(2_000)
})

const count = async (): Promise<number> =>
  asSystem(db, 'count', async (tx) => (await sql<{ n: number }>`select count(*)::int as n from agenda.slot`.execute(tx)).rows[0]?.n ?? 0)

it('the week of one party walks an index of her slots, never the year of everyone', async () => {
  const plan = await asActor(db, { actor: julie, clock: clock(), timeZone: 'Europe/Paris' } as never, async (tx) =>
    (
      await sql<{ 'QUERY PLAN': string }>`explain select s.occurrence_id from agenda.slot s where s.party_id = any (${`{${julie.userId}}`}::uuid[])
        and s.starts_at < '2026-10-19' and s.starts_at >= '2026-09-12' and s.ends_at > '2026-10-12'`.execute(tx)
    ).rows
      .map((row) => row['QUERY PLAN'])
      .join('\n'),
  )
  expect(plan).toMatch(/slot_party/)
  expect(plan).not.toMatch(/Seq Scan on slot/)
})

it('no statement of whoever works is compiled: policies make its estimate large, and compiling cost a second to the week of a team', async () => {
  const jit = await asActor(
    db,
    { actor: julie, clock: clock(), timeZone: 'Europe/Paris' } as never,
    async (tx) => (await sql<{ jit: string }>`show jit`.execute(tx)).rows,
  )
  expect(jit).toEqual([{ jit: 'off' }])
})
