import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineAction, defineQuery, signedIn } from '../contract/action.ts'
import type { Actor } from '../contract/actor.ts'
import { newId } from '../contract/ids.ts'
import { testClock, testGate } from '../testing/gate.ts'
import { testDatabase } from '../testing/test-database.ts'
import { execute } from './execute.ts'
import { anonymous } from './http.ts'
import { implement, noTarget } from './implement.ts'

const { db, owner } = await testDatabase()
const clock = testClock()
const gate = testGate(db, clock)
const julie: Actor = { ...anonymous, kind: 'user', userId: newId() }
const ago = (minutes: number): Date => new Date(clock().getTime() - minutes * 60_000)

const sensitive = implement(
  defineAction({
    name: 'test.sensitive',
    title: 'Un geste sensible',
    input: z.object({}),
    output: z.object({ done: z.boolean() }),
    access: signedIn('a test of the proof, not of the right'),
    audit: { none: 'test' },
    reauthentication: 15,
  }),
  { load: noTarget, run: async () => ({ done: true }) },
)
const reading = implement(
  defineQuery({
    name: 'test.reading',
    title: 'Une lecture sensible',
    input: z.object({}),
    output: z.object({ done: z.boolean() }),
    access: signedIn('a test of the proof, not of the right'),
    audit: { none: 'test' },
    reauthentication: 15,
  }),
  { load: noTarget, run: async () => ({ done: true }) },
)

describe('a gesture that asks for a recent proof of identity', () => {
  it('passes within its minutes, to the minute', async () => {
    for (const minutes of [0, 14, 15]) {
      expect(await execute(gate, sensitive, { actor: julie, input: {}, idempotencyKey: newId(), authenticatedAt: ago(minutes) })).toEqual({ done: true })
    }
  })

  it('is refused beyond, with the code that the browser understands, and the refusal is audited', async () => {
    const late = execute(gate, sensitive, { actor: julie, input: {}, idempotencyKey: newId(), authenticatedAt: ago(16) })
    await expect(late).rejects.toMatchObject({ kind: 'forbidden', code: 'reauthentication_required', params: { minutes: 15 } })
    const { rows } = await owner.query(`select outcome, code from audit.inbox where name = 'test.sensitive' order by at desc, id desc limit 1`)
    expect(rows).toEqual([{ outcome: 'refused', code: 'reauthentication_required' }])
  })

  it('is refused to a call that does not say when she proved it', async () => {
    for (const authenticatedAt of [undefined, null]) {
      await expect(execute(gate, sensitive, { actor: julie, input: {}, idempotencyKey: newId(), authenticatedAt })).rejects.toMatchObject({
        code: 'reauthentication_required',
      })
    }
  })

  it('passes with the same key once she has proved it: the refusal left nothing', async () => {
    const idempotencyKey = newId()
    await expect(execute(gate, sensitive, { actor: julie, input: {}, idempotencyKey, authenticatedAt: ago(60) })).rejects.toThrow()
    expect(await execute(gate, sensitive, { actor: julie, input: {}, idempotencyKey, authenticatedAt: ago(0) })).toEqual({ done: true })
  })

  it('holds for a reading too', async () => {
    await expect(execute(gate, reading, { actor: julie, input: {}, authenticatedAt: ago(16) })).rejects.toMatchObject({ code: 'reauthentication_required' })
    expect(await execute(gate, reading, { actor: julie, input: {}, authenticatedAt: ago(1) })).toEqual({ done: true })
  })

  it('tells first that one has no right: nobody proves who she is for nothing', async () => {
    await expect(execute(gate, reading, { actor: anonymous, input: {} })).rejects.toMatchObject({ code: 'forbidden' })
  })
})
