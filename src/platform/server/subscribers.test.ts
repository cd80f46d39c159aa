import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { newId } from '../contract/ids.ts'
import { testDatabase } from '../testing/test-database.ts'
import { asSystem } from './db.ts'
import type { Feed, FeedEvent } from './feed.ts'
import { createLog } from './log.ts'
import { sequenceOnce } from './sequencer.ts'
import { type Subscriber, startSubscribers } from './subscribers.ts'

const { db } = await testDatabase()

/** A feed whose announcements the test makes. */
function byHand(): { readonly feed: Feed; readonly announce: (type: string) => void } {
  const callbacks = new Set<(events: readonly FeedEvent[]) => void>()
  const feed = {
    onSessions: () => () => undefined,
    lastSeq: () => 0,
    listen: (callback: (events: readonly FeedEvent[]) => void) => {
      callbacks.add(callback)
      return () => void callbacks.delete(callback)
    },
    since: async () => [],
    stop: async () => undefined,
  }
  return {
    feed,
    announce: (type) => {
      for (const callback of callbacks) callback([{ type } as FeedEvent])
    },
  }
}

const leave = async (type: string): Promise<void> => {
  await asSystem(db, 'an event in a test', (tx) =>
    sql`insert into platform.event_inbox (id, type, audience) values (${newId()}, ${type}, ${`{${newId()}}`}::uuid[])`.execute(tx),
  )
  await sequenceOnce(db)
}
const places = async (): Promise<Readonly<Record<string, number>>> =>
  asSystem(db, 'places in a test', async (tx) =>
    Object.fromEntries(
      (await sql<{ name: string; at: number }>`select name, last_seq as at from platform.subscription`.execute(tx)).rows.map(({ name, at }) => [name, at]),
    ),
  )

it('an event wakes those whom it concerns alone; the others come up with it at their next turn, and none misses or repeats one', async () => {
  const heard: string[] = []
  const subscriber = (name: string, types: readonly string[]): Subscriber => ({
    name,
    types,
    react: async (_tx, { type }) => void heard.push(`${name} ${type}`),
  })
  const { feed, announce } = byHand()
  const running = startSubscribers(
    db,
    feed,
    [subscriber('falls', ['test.fall']), subscriber('visits', ['test.visit', 'test.fall'])],
    createLog('silent'),
    'Europe/Paris',
  )
  await running.catchUp()
  for (const type of ['test.visit', 'test.other', 'test.visit']) {
    await leave(type)
    announce(type)
  }
  await expect.poll(() => heard).toEqual(['visits test.visit', 'visits test.visit'])
  await expect.poll(places).toEqual({ falls: 0, visits: 3 })
  await leave('test.fall')
  announce('test.fall')
  await expect.poll(() => heard.slice(2)).toEqual(['falls test.fall', 'visits test.fall'])
  await leave('test.other')
  await running.catchUp()
  expect(await places()).toEqual({ falls: 5, visits: 5 })
  expect(heard).toHaveLength(4)
  await running.stop()
})
