import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { newId } from '../../src/platform/contract/ids.ts'
import { asSystem } from '../../src/platform/server/db.ts'
import { testDatabase } from '../../src/platform/testing/test-database.ts'
import { applyRetention } from '../../src/privacy/server/retention.ts'
import { aUser, type BuiltUser } from '../../src/territory/testing/builders.ts'
import { personTables } from './privacy-world.ts'

interface Case {
  readonly id: string
  readonly accompanied: boolean
  readonly lastSign: string
  readonly live: boolean
  readonly deceasedOn: string | null
  readonly opposedOn: string | null
  readonly held: boolean
  readonly rightsOn: string | null
  readonly reportOn: string | null
}

/** A small generator: the same cases at each run. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return Math.floor((state / 4294967296) * below)
  }
}

const dayAt = (days: number): string => new Date(Date.UTC(2020, 0, 1) + days * 86_400_000).toISOString().slice(0, 10)

function cases(count: number): readonly Case[] {
  const roll = dice(42)
  return Array.from({ length: count }, () => {
    const at = roll(2200)
    return {
      id: newId(),
      accompanied: roll(3) > 0,
      lastSign: dayAt(at),
      live: roll(12) === 0,
      deceasedOn: roll(4) === 0 ? dayAt(at - roll(200)) : null,
      opposedOn: roll(5) === 0 ? dayAt(at - roll(30)) : null,
      held: roll(15) === 0,
      rightsOn: roll(6) === 0 ? dayAt(at + roll(900)) : null,
      reportOn: roll(10) === 0 ? dayAt(at - roll(100)) : null,
    }
  })
}

type Owner = Awaited<ReturnType<typeof testDatabase>>['owner']

/** The durations that come with the software, decided as they are: the engine does nothing under a proposal. */
async function decideAll(owner: Owner): Promise<void> {
  await owner.query('update privacy.retention_rule set decided = true')
}

async function plant(owner: Owner, { service, id: author }: Pick<BuiltUser, 'service' | 'id'>, all: readonly Case[]): Promise<void> {
  await decideAll(owner)
  const list = JSON.stringify(all)
  const dac = service.id
  const of = `from jsonb_to_recordset($1::jsonb) as c(id uuid, accompanied boolean, "lastSign" date, live boolean, "deceasedOn" date, "opposedOn" date, held boolean, "rightsOn" date, "reportOn" date)`
  await owner.query(
    `insert into persons.person (person_id, birth_name, search_key, sound_key, identity_status, deceased_on, holder_org, created_at) select id, 'TERME', '', '', 'PROV', "deceasedOn", $2, "lastSign" - 300 ${of}`,
    [list, dac],
  )
  await owner.query(
    `insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at) select gen_random_uuid(), id, $2, 'dac_in_charge', '{administrative,social,health}', 'Accompagnement', id, "lastSign" - 300 ${of}`,
    [list, dac],
  )
  await owner.query(
    `insert into episodes.episode (id, person_id, holder_org, state, level, level_since, referent_id, opened_on, closed_on, closure_reason, created_at)
     select gen_random_uuid(), id, $2, case when live then 'open' else 'closed' end, 'brief', "lastSign" - 200, $3, "lastSign" - 200, case when live then null else "lastSign" end, case when live then null else 'stable' end, "lastSign" - 200 ${of} where accompanied`,
    [list, dac, author],
  )
  await owner.query(
    `insert into intake.sollicitation (id, received_at, recorded_by, channel, requester_kind, requester_name, concerns, person_id, urgency, status, closed_at, closed_by, cno_level, holder_org)
     select gen_random_uuid(), ("lastSign" - 250)::timestamp at time zone 'Europe/Paris', $3, 'phone', 'other', 'TERME DEMANDEUR', 'person', id, 'h72', case when live and not accompanied then 'in_progress' else 'closed' end,
       case when live and not accompanied then null else "lastSign"::timestamp at time zone 'Europe/Paris' end, case when live and not accompanied then null else $3::uuid end, 2, $2 ${of}`,
    [list, dac, author],
  )
  await owner.query(
    `insert into liaison.note (id, person_id, kind, body, root_id, author_id, author_name, at, volet, holder_org) select id, id, 'observation', 'TERME', id, $3, 'Julie', ("lastSign" - 10)::timestamp at time zone 'Europe/Paris', 'social', $2 ${of}`,
    [list, dac, author],
  )
  await owner.query(
    `insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org, recorded_at) select gen_random_uuid(), id, 1, 'opposition', "opposedOn", 'written', $3, 'Julie', $2, "opposedOn" ${of} where "opposedOn" is not null`,
    [list, dac, author],
  )
  await owner.query(
    `insert into privacy.legal_hold (id, person_id, reason, since, set_by, set_by_name, holder_org) select gen_random_uuid(), id, 'Contentieux', "lastSign", $3, 'Julie', $2 ${of} where held`,
    [list, dac, author],
  )
  await owner.query(
    `insert into privacy.request (id, person_id, kind, received_on, mode, asked_by, identity_checked, due_on, state, outcome, answered_on, holder_org, recorded_at, recorded_by, recorded_by_name)
     select gen_random_uuid(), id, 'access', "rightsOn" - 10, 'written', 'person', 'Connue', "rightsOn" + 20, 'answered', 'granted', "rightsOn", $2, "rightsOn", $3, 'Julie' ${of} where "rightsOn" is not null`,
    [list, dac, author],
  )
  await owner.query(
    `insert into safeguarding.report (id, person_id, person, endangered, kinds, danger_level, danger, state, opened_at, author_id, author_name, closed_at, outcome, holder_org)
     select gen_random_uuid(), id, '{}', 'person', '{neglect}', 'serious', 'TERME', 'closed', "reportOn"::timestamp at time zone 'Europe/Paris', $3, 'Julie', "reportOn"::timestamp at time zone 'Europe/Paris', 'transmitted', $2 ${of} where "reportOn" is not null`,
    [list, dac, author],
  )
}

interface State {
  readonly file: boolean
  readonly archived: boolean
  readonly identity: boolean
  readonly row: boolean
  readonly report: boolean
}

/** What should remain on that day, written from the durations as a DPO reads them; months are added by PostgreSQL, not by the code under test. */
async function expected(owner: Owner, all: readonly Case[], day: string): Promise<ReadonlyMap<string, State>> {
  const { rows } = await owner.query<Record<keyof State, boolean> & { id: string }>(
    `with c as (select * from jsonb_to_recordset($1::jsonb) as c(id uuid, accompanied boolean, "lastSign" date, live boolean, "deceasedOn" date, "opposedOn" date, held boolean, "rightsOn" date, "reportOn" date)),
     d as (select c.*, ("lastSign" + interval '24 months')::date as archive_on,
        case when not accompanied then ("lastSign" + interval '24 months')::date
          else greatest(("lastSign" + interval '24 months')::date, least(("lastSign" + interval '240 months')::date, coalesce(("deceasedOn" + interval '120 months')::date, 'infinity'))) end as end_on from c),
     e as (select d.*, greatest(end_on, coalesce(("opposedOn" + interval '36 months')::date, end_on)) as identity_end, ("rightsOn" + interval '60 months')::date as rights_end, ("reportOn" + interval '240 months')::date as report_end from d)
     select id, live or held or $2::date < end_on as file, accompanied and not live and $2::date >= archive_on and (held or $2::date < end_on) as archived,
       live or held or $2::date < identity_end as identity,
       "reportOn" is not null and (held or $2::date < report_end) as report,
       live or held or $2::date < identity_end or coalesce($2::date < rights_end, false) or coalesce($2::date < report_end, false) as row from e`,
    [JSON.stringify(all), day],
  )
  return new Map(rows.map(({ id, ...state }) => [id, state]))
}

async function found(owner: Owner, all: readonly Case[]): Promise<ReadonlyMap<string, State>> {
  const { rows } = await owner.query<Record<keyof State, boolean> & { id: string }>(
    `select c.id, exists (select 1 from liaison.note n where n.person_id = c.id) as file, exists (select 1 from privacy.archived_file a where a.person_id = c.id) as archived,
       exists (select 1 from persons.person p where p.person_id = c.id and p.birth_name = 'TERME') as identity, exists (select 1 from persons.person p where p.person_id = c.id) as row,
       exists (select 1 from safeguarding.report r where r.person_id = c.id) as report
     from unnest($1::uuid[]) as c(id)`,
    [all.map((one) => one.id)],
  )
  return new Map(rows.map(({ id, ...state }) => [id, state]))
}

/** Every day of the middle of a month: far enough from the hour at which days change. */
const noon = (day: string): Date => new Date(`${day}T12:00:00Z`)
const monthsFrom = (year: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => new Date(Date.UTC(year, index, 15)).toISOString().slice(0, 10))

describe('durations, over the years', () => {
  it('takes away all that is due and nothing before, month after month for a quarter of a century', { timeout: 300_000 }, async () => {
    const { db, owner } = await testDatabase()
    const julie = await aUser(db)
    const all = cases(160)
    await plant(owner, julie, all)
    let compared = 0
    for (const day of monthsFrom(2026, 27 * 12)) {
      await applyRetention(db, personTables, { now: noon(day), timeZone: 'Europe/Paris' })
      const [should, does] = [await expected(owner, all, day), await found(owner, all)]
      for (const one of all) {
        expect([day, one, does.get(one.id)]).toEqual([day, one, should.get(one.id)])
        compared += 1
      }
    }
    expect(compared).toBe(160 * 27 * 12)

    // The proofs add up to what went: each note that is no more was counted once.
    const { rows } =
      await owner.query(`select (select count(*) from liaison.note)::int as left, (select sum((counts ->> 'liaison.note')::int) from privacy.execution)::int as proved,
      (select count(*) from privacy.execution where units < 1 or rule_version is null)::int as vague`)
    expect(rows[0]).toEqual({ left: all.length - rows[0].proved, proved: rows[0].proved, vague: 0 })
    expect(all.some((one) => one.held) && all.some((one) => one.live) && all.some((one) => one.deceasedOn !== null && one.accompanied)).toBe(true)

    // Requests without a name stay for the figures of the territory; nobody is in them any more.
    const { rows: counted } = await owner.query(
      `select count(*)::int as n, count(*) filter (where person_id is null and requester_name is not null)::int as named from intake.sollicitation`,
    )
    expect(counted[0]).toEqual({ n: all.length, named: 0 })
  })

  it('does the same thing once: a second run of the day finds nothing, and its proofs cannot be changed', async () => {
    const { db, owner } = await testDatabase()
    const julie = await aUser(db)
    await plant(owner, julie, cases(40))
    const at = { now: noon('2045-03-15'), timeZone: 'Europe/Paris' }
    const first = await applyRetention(db, personTables, at)
    expect(Object.keys(first.units).length).toBeGreaterThan(1)
    expect((await applyRetention(db, personTables, at)).units).toEqual({})
    await expect(owner.query(`update privacy.execution set units = 1`)).rejects.toThrow(/never changed/)
    await expect(owner.query(`delete from privacy.execution`)).rejects.toThrow(/never changed/)
    await expect(owner.query(`truncate privacy.execution`)).rejects.toThrow(/never changed/)
  })

  it('survives kill -9: at each moment what went is what is proved, and the next run does the rest', { timeout: 120_000 }, async () => {
    const { db, owner, appUrl } = await testDatabase()
    const julie = await aUser(db)
    const all = cases(900).map((one) => ({ ...one, live: false, held: false }))
    await plant(owner, julie, all)
    const script = fileURLToPath(new URL('./retention-run.ts', import.meta.url))
    const balance = async (): Promise<{ left: number; proved: number }> => {
      const { rows } = await owner.query(
        `select (select count(*) from liaison.note)::int as left, coalesce((select sum((counts ->> 'liaison.note')::int) from privacy.execution), 0)::int as proved`,
      )
      return rows[0]
    }
    const seen: number[] = []
    for (let kill = 0; kill < 5; kill++) {
      const before = (await balance()).proved
      const child = spawn(process.execPath, [script, appUrl, '2050-03-15T12:00:00Z'], { stdio: 'ignore' })
      const gone = once(child, 'exit')
      // Killed as soon as something was done, while the rest is under way.
      while (child.exitCode === null && (await balance()).proved === before) await new Promise((resolve) => setTimeout(resolve, 5))
      child.kill('SIGKILL')
      await gone
      const { left, proved } = await balance()
      expect(left + proved).toBe(all.length)
      seen.push(proved)
    }
    await applyRetention(db, personTables, { now: noon('2050-03-15'), timeZone: 'Europe/Paris' })
    expect(await balance()).toEqual({ left: 0, proved: all.length })
    // A run was really cut in the middle.
    expect(seen.some((proved) => proved > 0 && proved < all.length)).toBe(true)
  })

  it('empties requests and calls about nobody known, keeping what is counted, and drafts left behind', async () => {
    const { db, owner } = await testDatabase()
    const julie = await aUser(db)
    await decideAll(owner)
    const [old, young] = [newId(), newId()]
    for (const [id, at] of [
      [old, '2024-01-10T10:00:00Z'],
      [young, '2026-09-01T10:00:00Z'],
    ])
      await owner.query(
        `insert into intake.sollicitation (id, received_at, recorded_by, channel, caller_name, caller_phone, requester_kind, concerns, person_name, urgency, status, closed_at, closed_by, cno_level, holder_org)
         values ($1, $2, $3, 'phone', 'Mme ANONYME', '0199000001', 'other', 'person', 'ANONYME Jean', 'h72', 'closed', $2, $3, 2, $4)`,
        [id, at, julie.id, julie.service.id],
      )
    await owner.query(`insert into intake.request_text (sollicitation_id, text) values ($1, 'ANONYME raconte'), ($2, 'ANONYME raconte')`, [old, young])
    await asSystem(db, 'drafts in a test', (tx) =>
      sql`insert into platform.draft (user_id, key, content, saved_at) values (${julie.id}, 'a', '{}', '2026-01-01'), (${julie.id}, 'b', '{}', '2026-10-10')`.execute(
        tx,
      ),
    )
    const { units } = await applyRetention(db, personTables, { now: noon('2026-10-15'), timeZone: 'Europe/Paris' })
    expect(units).toEqual({ request: 1, draft: 1 })
    const { rows } = await owner.query(
      `select s.id, s.caller_name, s.person_name, s.channel, x.text from intake.sollicitation s left join intake.request_text x on x.sollicitation_id = s.id order by s.received_at`,
    )
    expect(rows).toEqual([
      { id: old, caller_name: null, person_name: null, channel: 'phone', text: null },
      { id: young, caller_name: 'Mme ANONYME', person_name: 'ANONYME Jean', channel: 'phone', text: 'ANONYME raconte' },
    ])
  })

  it('destroys conversations outside any file in which nobody writes any more, with their files; keeps those of yesterday and those of a file, and proves it', async () => {
    const { db, owner } = await testDatabase()
    const julie = await aUser(db)
    await decideAll(owner)
    const personId = newId()
    await owner.query(
      `insert into persons.person (person_id, birth_name, birth_given_names, sex, search_key, sound_key, identity_status, holder_org, created_at)
       values ($1, 'KEMPF', '{ODILE}', 'F', '', '', 'PROV', $2, '2026-10-01')`,
      [personId, julie.service.id],
    )
    const [old, young, hers] = [newId(), newId(), newId()]
    for (const [id, person, lastAt] of [
      [old, null, '2025-10-14T20:00:00Z'],
      [young, null, '2026-10-14T20:00:00Z'],
      [hers, personId, '2025-10-14T20:00:00Z'],
    ])
      await owner.query(
        `with t as (insert into conversations.thread (id, person_id, subject, reach, last_number, last_at, created_at, created_by, created_by_name, volet, holder_org)
            values ($1, $2, 'Tour de garde', 'chosen', 1, $3, $3, $4, 'Julie Marchal', 'administrative', $5) returning id),
          p as (insert into conversations.participant (id, thread_id, person_id, user_id, name, from_number, joined_at, volet, holder_org)
            select gen_random_uuid(), t.id, $2, $4, 'Julie Marchal', 1, $3, 'administrative', $5 from t),
          m as (insert into conversations.message (id, thread_id, person_id, number, author_id, author_name, body, sent_at, search_key, volet, holder_org)
            select gen_random_uuid(), t.id, $2, 1, $4, 'Julie Marchal', 'Voici', $3, 'voici', 'administrative', $5 from t returning id, thread_id),
          o as (insert into conversations.outcome (id, message_id, thread_id, person_id, kind, target_id, made_by, made_by_name, made_at, volet, holder_org)
            select gen_random_uuid(), m.id, m.thread_id, $2, 'task', gen_random_uuid(), $4, 'Julie Marchal', $3, 'administrative', $5 from m)
        insert into conversations.file (id, thread_id, person_id, message_id, name, media_type, byte_length, sha256, content, added_by, added_at, volet, holder_org)
          select gen_random_uuid(), m.thread_id, $2, m.id, 'garde.pdf', 'application/pdf', 1, '', 'x', $4, $3, 'administrative', $5 from m`,
        [id, person, lastAt, julie.id, julie.service.id],
      )
    const run = () => applyRetention(db, personTables, { now: noon('2026-10-15'), timeZone: 'Europe/Paris' })
    expect((await run()).units).toEqual({ conversation: 1 })
    expect((await run()).units).toEqual({})
    for (const table of ['thread', 'participant', 'message', 'outcome', 'file']) {
      const { rows } = await owner.query(`select ${table === 'thread' ? 'id' : 'thread_id'} as id from conversations.${table}`)
      expect(rows.map(({ id }) => id).toSorted()).toEqual([young, hers].toSorted())
    }
    const proofs = await owner.query(`select data_class, step, units, counts from privacy.execution`)
    expect(proofs.rows).toEqual([
      {
        data_class: 'conversation',
        step: 'destroyed',
        units: 1,
        counts: Object.fromEntries(['thread', 'participant', 'message', 'outcome', 'file'].map((table) => [`conversations.${table}`, 1])),
      },
    ])
  })

  it('does nothing under a duration that nobody decided', async () => {
    const { db, owner } = await testDatabase()
    const julie = await aUser(db)
    const all = cases(30)
    await plant(owner, julie, all)
    await owner.query(`update privacy.retention_rule set decided = false where data_class in ('accompaniment', 'request')`)
    const { units } = await applyRetention(db, personTables, { now: noon('2060-01-15'), timeZone: 'Europe/Paris' })
    expect(Object.keys(units).filter((what) => what !== 'rights_request' && what !== 'safeguarding')).toEqual([])
    expect((await owner.query('select count(*)::int as n from liaison.note')).rows[0].n).toBe(all.length)
  })

  it('comes back to life with a new request: the file leaves the archive', async () => {
    const { db, owner } = await testDatabase()
    const julie = await aUser(db)
    const [one] = cases(1).map((given) => ({ ...given, accompanied: true, live: false, held: false, deceasedOn: null, lastSign: '2022-01-10' }))
    if (one === undefined) throw new Error('no case')
    await plant(owner, julie, [one])
    await applyRetention(db, personTables, { now: noon('2024-06-15'), timeZone: 'Europe/Paris' })
    const sights = async (): Promise<number> =>
      (await owner.query(`select count(*)::int as n from persons.sight where person_id = $1 and ends_at is null`, [one.id])).rows[0].n
    expect((await found(owner, [one])).get(one.id)).toMatchObject({ archived: true, file: true })
    expect(await sights()).toBe(0)
    await owner.query(
      `insert into intake.sollicitation (id, received_at, recorded_by, channel, requester_kind, concerns, person_id, urgency, status, cno_level, holder_org) values ($1, '2024-07-01T08:00:00Z', $2, 'phone', 'other', 'person', $3, 'h72', 'in_progress', 2, $4)`,
      [newId(), julie.id, one.id, julie.service.id],
    )
    await applyRetention(db, personTables, { now: noon('2024-07-02'), timeZone: 'Europe/Paris' })
    expect((await found(owner, [one])).get(one.id)).toMatchObject({ archived: false, file: true })
  })
})
