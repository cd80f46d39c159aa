import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { allowedIf, defineAction, defineQuery, everyone } from '../contract/action.ts'
import type { Actor } from '../contract/actor.ts'
import { DomainError, notFound } from '../contract/errors.ts'
import { idSchema, newId, type PersonId } from '../contract/ids.ts'
import { testClock, testGate } from '../testing/gate.ts'
import { testDatabase } from '../testing/test-database.ts'
import { asSystem } from './db.ts'
import { execute } from './execute.ts'
import { implement, noTarget } from './implement.ts'

const { db, owner } = await testDatabase()
const gate = testGate(db, testClock())

const actorNamed = (functions: Actor['functions']): Actor => ({
  kind: 'user',
  userId: newId(),
  displayName: 'Julie Marchal',
  serviceId: newId(),
  serviceKind: 'dac',
  serviceName: 'DAC Hautes-Vallées',
  functions,
  category: 'coordination',
  professionalId: null,
  parties: [],
  volets: ['administrative', 'social', 'health'],
})
const referent = actorNamed(['referent'])
const person = newId<PersonId>()

const keepSetting = defineAction({
  name: 'test.setting.keep',
  title: 'Garder',
  input: z.object({ id: idSchema(), key: z.string().max(20), break: z.boolean().default(false) }),
  output: z.object({ id: z.string() }),
  access: (actor) => allowedIf(actor.functions.includes('referent'), 'Réservé aux référents de parcours.'),
  audit: { persons: () => [person] },
})
const kept = implement(keepSetting, {
  load: noTarget,
  run: async ({ tx, emit }, input) => {
    await sql`insert into platform.draft (user_id, key, content) values (platform.actor_id(), ${input.key}, '{}')`.execute(tx)
    emit({ type: 'test.setting.kept', personId: person, payload: { id: input.id } })
    if (input.break) throw new Error('the power went out')
    return { id: input.id }
  },
})
const count = async (table: 'audit.inbox' | 'platform.event_inbox' | 'platform.draft'): Promise<number> =>
  asSystem(db, 'count in a test', async (tx) => (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx)).rows[0]?.n ?? -1)
const lastAudit = async () =>
  asSystem(
    db,
    'read the last audit line',
    async (tx) =>
      (
        await sql<{
          name: string
          outcome: string
          code: string | null
          person_ids: string[]
          actor_id: string
        }>`select * from audit.inbox order by at desc, id desc limit 1`.execute(tx)
      ).rows[0],
  )

beforeEach(() =>
  asSystem(db, 'start each test from nothing', async (tx) => {
    for (const table of ['platform.event_inbox', 'platform.draft', 'platform.idempotency'] as const) await sql`delete from ${sql.table(table)}`.execute(tx)
    await owner.query('delete from audit.inbox')
  }),
)

describe('an action through the gate', () => {
  it('leaves its effect, its event and its audit line together', async () => {
    const id = newId()
    await execute(gate, kept, { actor: referent, input: { id, key: 'a' }, idempotencyKey: newId() })
    expect([await count('platform.draft'), await count('platform.event_inbox'), await count('audit.inbox')]).toEqual([1, 1, 1])
    expect(await lastAudit()).toMatchObject({ name: 'test.setting.keep', outcome: 'done', person_ids: [person], actor_id: referent.userId })
  })

  it('leaves nothing but the audit of its failure when it breaks half-way', async () => {
    await expect(execute(gate, kept, { actor: referent, input: { id: newId(), key: 'a', break: true }, idempotencyKey: newId() })).rejects.toThrow(
      'the power went out',
    )
    expect([await count('platform.draft'), await count('platform.event_inbox')]).toEqual([0, 0])
    expect(await lastAudit()).toMatchObject({ outcome: 'failed', code: 'unexpected' })
  })

  it('refuses with the French reason of its rule, audits the refusal, and has no effect', async () => {
    const refusal = execute(gate, kept, { actor: actorNamed(['director']), input: { id: newId(), key: 'a' }, idempotencyKey: newId() })
    await expect(refusal).rejects.toMatchObject({ kind: 'forbidden', details: { reason: 'Réservé aux référents de parcours.' } })
    expect(await count('platform.draft')).toBe(0)
    expect(await lastAudit()).toMatchObject({
      outcome: 'refused',
      code: 'forbidden',
      reason: 'Réservé aux référents de parcours.',
      person_ids: [person],
      volets: [],
    })
  })

  it('refuses a text that the database could not keep, and says where it is', async () => {
    await expect(execute(gate, kept, { actor: referent, input: { id: newId(), key: 'a\u0000b' }, idempotencyKey: newId() })).rejects.toMatchObject({
      code: 'input_invalid',
      details: { fields: { key: 'Caractère invisible à retirer.' } },
    })
  })

  it('names each faulty field of what was sent', async () => {
    await expect(execute(gate, kept, { actor: referent, input: { id: 'x', key: 'k'.repeat(21) }, idempotencyKey: newId() })).rejects.toMatchObject({
      code: 'input_invalid',
      details: { fields: { id: 'Identifiant illisible.', key: expect.any(String) } },
    })
  })
})

describe('two gestures that wait for each other', () => {
  const crossing = implement(
    defineAction({
      name: 'test.locks.take',
      title: 'Prendre',
      input: z.object({ first: z.number(), second: z.number() }),
      output: z.object({ ok: z.boolean() }),
      access: everyone('un essai de la passerelle'),
      audit: { none: 'un essai' },
    }),
    {
      load: noTarget,
      run: async ({ tx }, { first, second }) => {
        await sql`select pg_advisory_xact_lock(${first})`.execute(tx)
        await sql`select pg_sleep(0.2)`.execute(tx)
        await sql`select pg_advisory_xact_lock(${second})`.execute(tx)
        await sql`insert into platform.draft (user_id, key, content) values (platform.actor_id(), ${`${first}`}, '{}')`.execute(tx)
        return { ok: true }
      },
    },
  )

  it('are both done, once each: the one that PostgreSQL ended runs again', async () => {
    const both = await Promise.all(
      [
        { first: 71, second: 72 },
        { first: 72, second: 71 },
      ].map((input) => execute(gate, crossing, { actor: referent, input, idempotencyKey: newId() })),
    )
    expect(both).toEqual([{ ok: true }, { ok: true }])
    expect(await count('platform.draft')).toBe(2)
  })
})

describe('the same gesture sent twice', () => {
  it('gives the same answer and has one effect', async () => {
    const key = newId()
    const input = { id: newId(), key: 'once' }
    const first = await execute(gate, kept, { actor: referent, input, idempotencyKey: key })
    const second = await execute(gate, kept, { actor: referent, input, idempotencyKey: key })
    expect(second).toEqual(first)
    expect([await count('platform.draft'), await count('platform.event_inbox')]).toEqual([1, 1])
    expect(await lastAudit()).toMatchObject({ outcome: 'replayed' })
  })

  it('has one effect when twenty copies arrive at once', async () => {
    const key = newId()
    const input = { id: newId(), key: 'twenty' }
    const answers = await Promise.all(Array.from({ length: 20 }, () => execute(gate, kept, { actor: referent, input, idempotencyKey: key })))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await count('platform.draft')).toBe(1)
  })

  it('refuses the same key with another content', async () => {
    const key = newId()
    await execute(gate, kept, { actor: referent, input: { id: newId(), key: 'a' }, idempotencyKey: key })
    await expect(execute(gate, kept, { actor: referent, input: { id: newId(), key: 'b' }, idempotencyKey: key })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'idempotency_mismatch',
    })
  })

  it('keeps nothing of a refusal: the right arrived later, the same key works', async () => {
    const key = newId()
    const input = { id: newId(), key: 'later' }
    const nurse = actorNamed(['director'])
    await expect(execute(gate, kept, { actor: nurse, input, idempotencyKey: key })).rejects.toBeInstanceOf(DomainError)
    await execute(gate, kept, { actor: { ...nurse, functions: ['referent'] }, input, idempotencyKey: key })
    expect(await count('platform.draft')).toBe(1)
  })

  it('asks for the right again on a replay: it was lost meanwhile, the answer is refused', async () => {
    const key = newId()
    const input = { id: newId(), key: 'lost' }
    await execute(gate, kept, { actor: referent, input, idempotencyKey: key })
    await expect(execute(gate, kept, { actor: { ...referent, functions: ['director'] }, input, idempotencyKey: key })).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })
})

describe('a reading through the gate', () => {
  const file = defineQuery({
    name: 'test.file',
    title: 'Un dossier',
    input: z.object({ id: z.string() }),
    output: z.object({ name: z.string() }),
    access: everyone('test'),
    audit: { persons: () => [person] },
  })

  it('is audited with the person shown, and drops what the contract does not promise', async () => {
    const read = implement(file, { load: noTarget, run: async () => ({ name: 'Perrin', secret: 'never' }) as { name: string } })
    expect(await execute(gate, read, { actor: referent, input: { id: '1' } })).toEqual({ name: 'Perrin' })
    expect(await lastAudit()).toMatchObject({ name: 'test.file', outcome: 'done', person_ids: [person] })
  })

  it('audits what was not found as a refusal: absent and invisible are alike', async () => {
    const missing = implement(file, {
      load: async () => {
        throw notFound()
      },
      run: async () => ({ name: '' }),
    })
    await expect(execute(gate, missing, { actor: referent, input: { id: '1' } })).rejects.toMatchObject({ kind: 'not_found' })
    expect(await lastAudit()).toMatchObject({ outcome: 'refused', code: 'not_found' })
  })

  it('is refused when it cannot be audited', async () => {
    const read = implement(file, { load: noTarget, run: async () => ({ name: 'Perrin' }) })
    await expect(execute(gate, read, { actor: { ...referent, userId: 'not-a-uuid' as never }, input: { id: '1' } })).rejects.toThrow()
  })
})
