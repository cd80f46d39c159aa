import { expect, it } from 'vitest'
import { memoryStore } from '../testing/memory-store.ts'
import type { Envelope } from './envelope.ts'
import { leaveEnvelopes } from './leave.ts'
import type { Waiting } from './waiting.ts'

it('a device leaves the rest once its author has taken what the server could keep, and nothing twice', async () => {
  const store = memoryStore()
  const [userId, ids] = ['julie', ['a', 'b', 'c', 'd', 'e']]
  for (const id of ids)
    await store.append({
      id,
      userId,
      attempted: false,
      state: 'waiting',
      writtenAt: '2026-10-15T08:00:00Z',
      refusal: null,
      words: null,
      envelope: { id } as Envelope,
    } satisfies Omit<Waiting, 'seq'>)
  const kept = new Set<string>()
  const taken: string[] = []
  const leave = async ({ id }: Envelope): Promise<void> => {
    if (kept.size >= 2) throw new Error('offline.too_many_deposits')
    kept.add(id)
  }
  const contact = (): Promise<boolean> =>
    leaveEnvelopes(store, userId, leave).then(
      () => true,
      () => false,
    )
  for (const whole of [false, false, true]) {
    expect(await contact()).toBe(whole)
    taken.push(...kept)
    kept.clear()
  }
  expect(taken).toEqual(ids)
  expect(await store.list(userId)).toEqual([])
})
