import { PassThrough } from 'node:stream'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { allowedIf, defineQuery } from '../contract/action.ts'
import type { Actor } from '../contract/actor.ts'
import { DomainError, notFound } from '../contract/errors.ts'
import { newId, type PersonId } from '../contract/ids.ts'
import { testClock, testGate } from '../testing/gate.ts'
import { testDatabase } from '../testing/test-database.ts'
import { askedOnce } from './asked-once.ts'
import { asSystem } from './db.ts'
import { execute, type Gate } from './execute.ts'
import { executeTogether, type Reading, type ReadingOutcome } from './execute-together.ts'
import { type Context, implement, noTarget } from './implement.ts'
import { createLog } from './log.ts'

const { db, owner } = await testDatabase()
const gate = testGate(db, testClock())
const actor: Actor = {
  kind: 'user',
  userId: newId(),
  displayName: 'Julie Marchal',
  serviceId: newId(),
  serviceKind: 'dac',
  serviceName: 'DAC Hautes-Vallées',
  functions: ['referent'],
  category: 'coordination',
  professionalId: null,
  parties: [],
  volets: ['administrative', 'social', 'health'],
}

const aQuery = (name: string, person: PersonId, run: (context: Context) => Promise<{ n: number }>, { forbidden = false, missing = false } = {}): Reading => ({
  implementation: implement(
    defineQuery({
      name,
      title: name,
      input: z.object({ n: z.int().max(9) }),
      output: z.object({ n: z.number() }),
      access: () => allowedIf(!forbidden, 'Réservé à l’équipe.'),
      audit: { persons: () => [person] },
    }),
    {
      load: async () => {
        if (missing) throw notFound()
        return noTarget()
      },
      run,
    } as never,
  ),
  input: { n: 1 },
})
const persons = Array.from({ length: 7 }, () => newId<PersonId>())
const person = (n: number): PersonId => persons[n] as PersonId
const reads = (name: string, n: number): Reading =>
  aQuery(name, person(n), async ({ tx }) => ({ n: (await sql<{ n: number }>`select ${n}::int as n`.execute(tx)).rows[0]?.n ?? -1 }))
const trace = async (): Promise<readonly { name: string; outcome: string; code: string | null; reason: string | null; person_ids: string }[]> =>
  (await owner.query('select name, outcome, code, reason, person_ids::text from audit.inbox order by at, id')).rows
const failure = (outcome: ReadingOutcome | undefined): unknown => (outcome !== undefined && 'error' in outcome ? outcome.error : undefined)

beforeEach(() => owner.query('delete from audit.inbox'))

test('seven readings of a screen, one of them forbidden: six answers in their order, one refusal with its reason, seven lines', async () => {
  const readings = [0, 1, 2].map((n) => reads(`test.read${n}`, n))
  readings.push(aQuery('test.forbidden', person(3), async () => ({ n: 3 }), { forbidden: true }))
  readings.push(...[4, 5, 6].map((n) => reads(`test.read${n}`, n)))
  const outcomes = await executeTogether(gate, readings, { actor })
  expect(outcomes.map((outcome) => ('output' in outcome ? outcome.output : 'refused'))).toEqual([
    { n: 0 },
    { n: 1 },
    { n: 2 },
    'refused',
    { n: 4 },
    { n: 5 },
    { n: 6 },
  ])
  expect(failure(outcomes[3])).toMatchObject({ kind: 'forbidden', details: { reason: 'Réservé à l’équipe.' } })
  const lines = await trace()
  expect(lines.map(({ name }) => name)).toEqual(readings.map(({ implementation }) => implementation.contract.name))
  expect(lines[3]).toMatchObject({ outcome: 'refused', code: 'forbidden', reason: 'Réservé à l’équipe.', person_ids: `{${person(3)}}` })
  expect(lines.filter(({ outcome }) => outcome === 'done').map(({ person_ids }) => person_ids)).toEqual([0, 1, 2, 4, 5, 6].map((n) => `{${person(n)}}`))
})

test('a reading that breaks in the database, one that finds nothing and one that is asked badly leave the others whole', async () => {
  const broken = aQuery('test.broken', person(0), async ({ tx }) => {
    await sql`select 1 / ${0}::int`.execute(tx)
    return { n: 0 }
  })
  const outcomes = await executeTogether(
    gate,
    [
      reads('test.first', 1),
      broken,
      aQuery('test.missing', person(2), async () => ({ n: 2 }), { missing: true }),
      { ...reads('test.bad', 3), input: { n: 10 } },
      reads('test.last', 4),
    ],
    { actor },
  )
  expect([outcomes[0], outcomes[4]]).toEqual([{ output: { n: 1 } }, { output: { n: 4 } }])
  expect(failure(outcomes[1])).toMatchObject({ code: '22012' })
  expect(failure(outcomes[2])).toMatchObject({ kind: 'not_found' })
  expect(failure(outcomes[3])).toMatchObject({ code: 'input_invalid' })
  expect((await trace()).map(({ name, outcome, code }) => [name, outcome, code])).toEqual([
    ['test.first', 'done', null],
    ['test.broken', 'failed', 'unexpected'],
    ['test.missing', 'refused', 'not_found'],
    ['test.last', 'done', null],
  ])
})

test('what a broken reading wrote before it broke is undone, and what the others wrote stands', async () => {
  const keeps = (key: string, broken: boolean): Reading =>
    aQuery(`test.${key}`, person(0), async ({ tx }) => {
      await sql`insert into platform.draft (user_id, key, content) values (platform.actor_id(), ${key}, '{}')`.execute(tx)
      if (broken) throw new Error('the power went out')
      return { n: 0 }
    })
  await executeTogether(gate, [keeps('whole', false), keeps('half', true)], { actor })
  const kept = await asSystem(db, 'what the readings left', (tx) => sql`select key from platform.draft where user_id = ${actor.userId}`.execute(tx))
  expect(kept.rows).toEqual([{ key: 'whole' }])
})

test('when the trace cannot be written, none of the readings is given', async () => {
  await owner.query(`create function audit.full() returns trigger language plpgsql as $$ begin raise exception 'disk full' using errcode = '53100'; end $$;
    create trigger full_disk before insert on audit.inbox for each row when (new.name = 'test.second') execute function audit.full()`)
  try {
    const outcomes = await executeTogether(gate, [reads('test.second', 1)], { actor })
    expect(outcomes.map((outcome) => 'output' in outcome)).toEqual([false])
    const three = await executeTogether(gate, [reads('test.first', 0), reads('test.second', 1), reads('test.third', 2)], { actor })
    expect(three.map((outcome) => 'output' in outcome)).toEqual([true, false, true])
    expect((await trace()).map(({ name }) => name).sort()).toEqual(['test.first', 'test.third'])
  } finally {
    await owner.query('drop trigger full_disk on audit.inbox; drop function audit.full()')
  }
})

test('a server that dies between the readings and the trace gives nothing and keeps nothing', async () => {
  let times = 0
  const dies = aQuery('test.dies', person(1), async ({ tx }) => {
    times += 1
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
    return { n: 1 }
  })
  const outcomes = await executeTogether(gate, [reads('test.before', 0), dies], { actor })
  // The first went through alone, on another connection; the second died there again.
  expect(outcomes.map((outcome) => 'output' in outcome)).toEqual([true, false])
  expect(times).toBe(2)
  expect((await trace()).map(({ name, outcome }) => [name, outcome]).sort()).toEqual([
    ['test.before', 'done'],
    ['test.dies', 'failed'],
  ])
})

test('two readings that cross in the database are both given: each passes the gate alone', async () => {
  const [a, b] = [771, 772]
  const takes = (name: string, first: number, second: number): Reading =>
    aQuery(name, person(0), async ({ tx }) => {
      await sql`select pg_advisory_xact_lock(${first})`.execute(tx)
      await sql`select pg_sleep(0.2)`.execute(tx)
      await sql`select pg_advisory_xact_lock(${second})`.execute(tx)
      return { n: first }
    })
  const both = await Promise.all([executeTogether(gate, [takes('test.ab', a, b)], { actor }), executeTogether(gate, [takes('test.ba', b, a)], { actor })])
  expect(both.flat().map((outcome) => 'output' in outcome)).toEqual([true, true])
})

test('files that are closed to her stay closed inside a screen, and each file given is counted', async () => {
  const opened: string[] = []
  const watched: Gate = {
    ...gate,
    openings: {
      check: (_actor, [shown]) => {
        if (shown === person(1)) throw new DomainError('forbidden', 'too_many_files')
      },
      opened: (_actor, shown) => void opened.push(...shown),
    },
  }
  const outcomes = await executeTogether(watched, [reads('test.open', 0), reads('test.closed', 1)], { actor })
  expect(outcomes.map((outcome) => 'output' in outcome)).toEqual([true, false])
  expect(opened).toEqual([person(0)])
})

test('what several readings of a screen need alike is asked once; a call that stands alone asks for itself', async () => {
  let times = 0
  const asks = (name: string): Reading =>
    aQuery(name, person(0), ({ tx }) =>
      askedOnce(tx, 'the same question', async () => {
        times += 1
        return { n: times }
      }),
    )
  const outcomes = await executeTogether(gate, [asks('test.one'), asks('test.two'), asks('test.three')], { actor })
  expect(outcomes).toEqual([{ output: { n: 1 } }, { output: { n: 1 } }, { output: { n: 1 } }])
  await execute(gate, asks('test.four').implementation, { actor, input: { n: 1 } })
  expect(times).toBe(2)
})

const takesTime = (name: string, at: Map<string, number>): Reading =>
  aQuery(name, person(0), async ({ tx }) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid from pg_sleep(0.05)`.execute(tx)
    at.set(name, rows[0]?.pid ?? 0)
    return { n: 0 }
  })
const four = ['test.one', 'test.two', 'test.three', 'test.four']

test('while the server is quiet the readings of a screen go by two connections, and all leave their line in their order', async () => {
  const at = new Map<string, number>()
  await executeTogether(
    gate,
    four.map((name) => takesTime(name, at)),
    { actor },
  )
  expect(new Set(at.values()).size).toBe(2)
  expect((await trace()).map(({ name }) => name)).toEqual(four)
})

test('twelve screens at the same moment end, each whole, though each would like two connections of a pool of eight', async () => {
  const at = new Map<string, number>()
  const screens = await Promise.all(
    Array.from({ length: 12 }, () =>
      executeTogether(
        gate,
        four.map((name) => takesTime(name, at)),
        { actor },
      ),
    ),
  )
  expect(screens.flat().filter((outcome) => 'output' in outcome)).toHaveLength(48)
  expect(await trace()).toHaveLength(48)
})

test('when the second connection breaks, every reading of the screen passes the gate alone', async () => {
  const at = new Map<string, number>()
  let broken = false
  const breaks = aQuery('test.breaks', person(1), async ({ tx }) => {
    if (!broken) {
      broken = true
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
    }
    return { n: 1 }
  })
  const outcomes = await executeTogether(gate, [takesTime('test.one', at), breaks, takesTime('test.two', at)], { actor })
  expect(outcomes.map((outcome) => 'output' in outcome)).toEqual([true, true, true])
  expect((await trace()).map(({ name }) => name)).toEqual(['test.one', 'test.breaks', 'test.two'])
})

test('a question that failed is asked again by the next reading', async () => {
  let times = 0
  const asks = (name: string): Reading =>
    aQuery(name, person(0), ({ tx }) =>
      askedOnce(tx, 'a question that fails first', async () => {
        times += 1
        if (times === 1) await sql`select 1 / ${0}::int`.execute(tx)
        return { n: times }
      }),
    )
  const outcomes = await executeTogether(gate, [asks('test.one'), asks('test.two')], { actor })
  expect(outcomes.map((outcome) => 'output' in outcome)).toEqual([false, true])
})

/** The gate, and the lines of its log. */
function heardGate() {
  const sink = new PassThrough()
  const heard = (): readonly { msg: string; readings: number; err: { code: string } }[] =>
    String(sink.read() ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  return { heard, listening: { ...gate, log: createLog('debug', sink) } }
}

test('a reading that takes too long fails alone: the others are read once, and keep their answers', async () => {
  const { heard, listening } = heardGate()
  let times = 0
  const slow = aQuery('test.slow', person(1), async ({ tx }) => {
    await sql`set local statement_timeout = 50`.execute(tx)
    await sql`select pg_sleep(2)`.execute(tx)
    return { n: 1 }
  })
  const counted = aQuery('test.counted', person(0), async () => {
    times += 1
    return { n: times }
  })
  const outcomes = await executeTogether(listening, [counted, slow], { actor })
  expect([outcomes[0], times]).toEqual([{ output: { n: 1 } }, 1])
  expect(failure(outcomes[1])).toMatchObject({ code: '57014' })
  expect((await trace()).map(({ name, outcome }) => [name, outcome])).toEqual([
    ['test.counted', 'done'],
    ['test.slow', 'failed'],
  ])
  expect(heard()).toEqual([])
})

test('what made the readings of a screen fail together is told to the log by its code', async () => {
  const { heard, listening } = heardGate()
  const stops = aQuery('test.stops', person(1), async ({ tx }) => {
    await sql`do $$ begin raise exception 'Odile Perrin' using errcode = '53200'; end $$`.execute(tx)
    return { n: 1 }
  })
  await executeTogether(listening, [reads('test.before', 0), stops], { actor })
  const lines = heard()
  expect(lines).toMatchObject([{ msg: 'the readings of a screen failed together: each is asked alone', readings: 2, err: { code: '53200' } }])
  expect(JSON.stringify(lines)).not.toContain('Perrin')
})
