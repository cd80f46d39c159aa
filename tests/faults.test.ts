import { sql } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import type { EpisodeId } from '../src/episodes/contract/episode.ts'
import { anEpisode, episodeLists } from '../src/episodes/testing/builders.ts'
import { aPerson } from '../src/persons/testing/builders.ts'
import { newId, type PersonId } from '../src/platform/contract/ids.ts'
import { asSystem, type Database, openDatabase } from '../src/platform/server/db.ts'
import { withClient } from '../src/platform/server/embedded/prepare-database.ts'
import { openSession } from '../src/platform/server/sessions.ts'
import { createTestDatabase, dropTestDatabase } from '../src/platform/testing/test-server.ts'
import { aService, aUser, type BuiltUser } from '../src/territory/testing/builders.ts'
import { readStream, type StreamReader, until } from './delivery/reader.ts'
import { aRestartablePostgres, type Restartable, seenAsRestart } from './delivery/restarts.ts'
import { aServingProcess, type ServingProcess } from './delivery/serving.ts'
import { ask, aWriter } from './delivery/writing.ts'

/**
 * Each of four writers writes so many times while something fails. `FAULTS=full`: a long load, and a PostgreSQL of its own that is really stopped without a
 * checkpoint, instead of what clients see of it.
 */
const full = process.env['FAULTS'] === 'full'
const each = full ? 500 : 30
const now = new Date()
const ends: (() => Promise<void> | void)[] = []
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

interface World {
  readonly db: Database
  readonly servers: readonly ServingProcess[]
  readonly urls: readonly string[]
  /** Two windows of each: those who write, and Julie, référente, who reads. */
  readonly writers: readonly string[]
  readonly reader: string
  readonly julie: BuiltUser
  readonly persons: readonly PersonId[]
  readonly threadId: string
}

async function aWorld({ urls }: Pick<Restartable, 'urls'>): Promise<World> {
  const db = openDatabase(urls.appUrl, { max: 4, name: 'jalon-faults' })
  ends.push(() => db.close())
  await episodeLists(db)
  const dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  const julie = await aUser(db, { service: dac })
  const karim = await aUser(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
  await asSystem(db, 'an address to be told', (tx) => sql`update territory.user_account set email = id || '@exemple.test' where id = ${julie.id}`.execute(tx))
  const persons: PersonId[] = []
  for (let n = 0; n < 5; n += 1) {
    const episodeId = newId<EpisodeId>()
    const personId = await aPerson(db, { dac: dac.id, episodeId, birthName: `N${n}` })
    await anEpisode(db, { id: episodeId, personId, dac: dac.id, referentId: julie.id, binomeId: karim.id })
    persons.push(personId)
  }
  const tokenOf = async (user: BuiltUser): Promise<string> =>
    (await openSession(db, { userId: user.id, membershipId: user.membershipId, now, absoluteMinutes: 600 })).token
  const servers = [await aServingProcess(urls, now), await aServingProcess(urls, now)]
  ends.push(async () => void (await Promise.all(servers.map((server) => server.stop()))))
  const writers = await Promise.all(Array.from({ length: 4 }, () => tokenOf(karim)))
  const threadId = newId()
  const first = servers[0] as ServingProcess
  const thread = { id: threadId, subject: 'Tour de garde', participants: [julie.id] }
  await ask(first.url, String(writers[0]), 'actions/conversations.professionalThread.open', thread)
  return { db, servers, urls: servers.map(({ url }) => url), writers, reader: await tokenOf(julie), julie, persons, threadId }
}

interface Written {
  readonly messages: readonly string[]
  readonly notes: readonly string[]
  /** The longest that somebody waited before her text was kept, in milliseconds. */
  readonly longest: number
}

/** Two write messages, two write notes that ask for a quick answer; `fault` happens when a third of it is written. */
async function underLoad(world: World, fault: () => void): Promise<Written> {
  const messages: string[] = []
  const notes: string[] = []
  let longest = 0
  let done = 0
  const write = async (token: string, place: number): Promise<void> => {
    const { write: send } = aWriter(world.urls, token, place)
    const ids = place % 2 === 0 ? messages : notes
    for (let n = 0; n < each; n += 1) {
      const id = newId()
      const body = `n° ${n} de ${place}`
      ids.push(id)
      longest = Math.max(
        longest,
        place % 2 === 0
          ? await send('conversations.message.send', { id, threadId: world.threadId, body })
          : await send('liaison.note.write', { id, personId: world.persons[n % world.persons.length], body, volet: 'health', urgent: true }),
      )
      done += 1
      if (done === Math.floor((each * 4) / 3)) fault()
    }
  }
  await Promise.all(world.writers.map(write))
  return { messages, notes, longest }
}

const rows = <T>(db: Database, query: ReturnType<typeof sql<T>>): Promise<T[]> => asSystem(db, 'look in a test', async (tx) => (await query.execute(tx)).rows)
const sorted = (ids: readonly unknown[]): readonly unknown[] => ids.toSorted()

/** Every message, note, alert, line of the Fil, mark and notice once; each told once, in order, to whoever was listening. */
async function expectNothingLostNorDoubled(world: World, { messages, notes }: Written, readers: readonly StreamReader[]): Promise<void> {
  const { db, threadId, julie } = world
  const kept = await rows(db, sql<{ id: string; number: number }>`select id, number from conversations.message where thread_id = ${threadId} order by number`)
  expect(sorted(kept.map(({ id }) => id))).toEqual(sorted(messages))
  expect(kept.map(({ number }) => number)).toEqual(kept.map((_row, place) => place + 1))
  const ids = async (query: ReturnType<typeof sql<{ id: string }>>): Promise<readonly unknown[]> => sorted((await rows(db, query)).map(({ id }) => id))
  expect(await ids(sql`select id from liaison.note`)).toEqual(sorted(notes))
  expect(await ids(sql`select source_id as id from liaison.alert`)).toEqual(sorted(notes))
  expect(await ids(sql`select source_id as id from persons.timeline_item where source = 'liaison.note'`)).toEqual(sorted(notes))
  expect(
    await ids(
      sql`select t.source_id as id from liaison.unread u join persons.timeline_item t on t.id = u.item_id where u.user_id = ${julie.id} and t.source = 'liaison.note'`,
    ),
  ).toEqual(sorted(notes))
  expect(await ids(sql`select cause_id as id from liaison.notice where user_id = ${julie.id} and way = 'email' and cause = 'liaison.alert'`)).toEqual(
    sorted(notes),
  )
  const told = (reader: StreamReader, type: string): readonly (typeof reader.told)[number][] => reader.told.filter((one) => one.type === type)
  for (const reader of readers) {
    await until('everything was announced', () => told(reader, 'liaison.alert.raised').length >= notes.length, 20_000)
    await until('every message was announced', () => told(reader, 'conversations.message.sent').length >= messages.length, 20_000)
    expect(sorted(told(reader, 'liaison.alert.raised').map(({ alertId }) => alertId))).toEqual(sorted(notes))
    expect(sorted(told(reader, 'liaison.note.written').map(({ noteId }) => noteId))).toEqual(sorted(notes))
    expect(told(reader, 'conversations.message.sent').map(({ messageId }) => messageId)).toEqual(kept.map(({ id }) => id))
    const seqs = reader.told.map(({ seq }) => seq)
    expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b))
  }
}

/** Julie has a window on each server. */
async function listening(world: World): Promise<readonly StreamReader[]> {
  const readers = world.urls.map((_url, place) => readStream(world.urls, world.reader, { from: place }))
  ends.push(() => {
    for (const reader of readers) reader.close()
  })
  for (const reader of readers) await until('the stream opens', reader.connected, 10_000)
  return readers
}

/** A job that is left now is taken by one of the servers. */
async function goesOnInTheBackground(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query(`select graphile_worker.add_job('liaison:climb', '{}'::json)`)
    const left = async (): Promise<number> =>
      (await client.query(`select from graphile_worker.jobs where task_identifier = 'liaison:climb' and attempts = 0`)).rowCount ?? 0
    await until('a background job is taken', async () => (await left()) === 0, 20_000)
  })
}

const alive = ({ process }: ServingProcess): boolean => process.exitCode === null && process.signalCode === null
const figures = (what: string, written: Written, readers: readonly StreamReader[]): void => {
  const cuts = readers.flatMap(({ interruptions }) => interruptions)
  if (full)
    process.stdout.write(
      `${JSON.stringify({ what, messages: written.messages.length, notes: written.notes.length, longestWriteMs: Math.round(written.longest), longestSilenceMs: Math.round(Math.max(0, ...cuts)) })}\n`,
    )
}

it('goes on when one of two servers is killed under load: everybody is on the other within five seconds, no note, message or alert is lost or doubled', {
  timeout: full ? 400_000 : 90_000,
}, async () => {
  const urls = await createTestDatabase()
  ends.push(() => dropTestDatabase(urls.name))
  const world = await aWorld({ urls })
  const readers = await listening(world)
  const written = await underLoad(world, () => world.servers[0]?.kill())
  expect(world.servers.map(alive)).toEqual([false, true])
  await expectNothingLostNorDoubled(world, written, readers)
  expect(readers[0]?.interruptions).toHaveLength(1)
  expect(Math.max(...readers.flatMap(({ interruptions }) => interruptions))).toBeLessThan(5_000)
  expect(written.longest).toBeLessThan(5_000)
  figures('kill -9 of one of two servers', written, readers)
})

it('goes on when PostgreSQL restarts under two servers: they stay up, no note, message or alert is lost or doubled, and background work goes on', {
  timeout: full ? 400_000 : 120_000,
}, async () => {
  const base = full ? await aRestartablePostgres() : await seenAsRestart()
  ends.push(base.remove)
  const world = await aWorld(base)
  const readers = await listening(world)
  let restarted: Promise<void> | undefined
  const written = await underLoad(world, () => {
    restarted = base.restart()
  })
  await restarted
  await expectNothingLostNorDoubled(world, written, readers)
  expect(world.servers.map(alive)).toEqual([true, true])
  expect(written.longest).toBeLessThan(10_000)
  await goesOnInTheBackground(base.urls.ownerUrl)
  figures('PostgreSQL restarted', written, readers)
})
