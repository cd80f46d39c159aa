import pg from 'pg'
import { openDatabase } from '../../src/platform/server/db.ts'
import { createTestDatabase, dropTestDatabase } from '../../src/platform/testing/test-server.ts'
import { emptyTally, live, type Tally } from './decisions.ts'
import { oppose } from './gestures.ts'
import { type Random, randomFrom, seedOfToday } from './random.ts'
import { aWorld, plantFuture, type World } from './world.ts'

/** A world in a database of its own. */
export interface Stage {
  readonly world: World
  readonly superuser: pg.Client
  readonly random: Random
  close(): Promise<void>
}

export async function openStage(wish: { readonly persons: number; readonly seed?: number }): Promise<Stage> {
  const random = randomFrom(wish.seed ?? seedOfToday())
  const urls = await createTestDatabase()
  const db = openDatabase(urls.appUrl, { max: 4, name: 'jalon-oracle' })
  const superuser = new pg.Client({ connectionString: urls.superUrl })
  await superuser.connect()
  const close = async (): Promise<void> => {
    await Promise.all([db.close(), superuser.end()])
    await dropTestDatabase(urls.name)
  }
  try {
    return { world: await aWorld(db, superuser, random, wish), superuser, random, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Lets the world live a little, so that rights are suspended, narrowed, ended and opened exceptionally as well; and leaves some suspended, and some that begin later. */
export async function livedIn({ world, random }: Stage, decisions: number): Promise<Tally> {
  const tally = emptyTally()
  await live(world, random, tally, ({ decisions: made }) => made >= decisions)
  for (const [rank, person] of world.persons.entries()) {
    await plantFuture(world, person, random)
    if (rank % 4 === 0) await oppose(world, person)
  }
  return tally
}
