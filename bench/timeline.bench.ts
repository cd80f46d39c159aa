import { sql } from 'kysely'
import { liaisonHandlers } from '../src/liaison/server/handlers.ts'
import { aPerson } from '../src/persons/testing/builders.ts'
import { newId, type PersonId } from '../src/platform/contract/ids.ts'
import { asSystem, openDatabase } from '../src/platform/server/db.ts'
import { withClient } from '../src/platform/server/embedded/prepare-database.ts'
import { execute, type Gate } from '../src/platform/server/execute.ts'
import { registryOf } from '../src/platform/server/implement.ts'
import { anActor, aService } from '../src/territory/testing/builders.ts'
import { openRegions } from './region-database.ts'

/**
 * `npm run bench -- timeline [--items 50,5000] [--n 300]`: the server time of a page of 50 lines of the Fil of one file, first page and deep page, by how many
 * lines the file holds, and of the same with its unread marks and its news (Synthèse). In a database of its own; each file beside as many lines of others.
 */
const option = (name: string): string | undefined => (process.argv.includes(`--${name}`) ? process.argv[process.argv.indexOf(`--${name}`) + 1] : undefined)
const sizes = (option('items') ?? '50,5000').split(',').map(Number)
const n = Number(option('n') ?? 300)
const others = Number(option('others') ?? 200_000)
const now = new Date('2026-10-15T07:42:00Z')

const regions = await openRegions((line) => void process.stderr.write(`${line}\n`))
try {
  await regions.scratch(async ({ appUrl, ownerUrl }) => {
    const db = openDatabase(appUrl, { max: 2, name: 'jalon-bench' })
    try {
      const dac = await aService(db)
      const referent = await anActor(db, { service: dac })
      const gate: Gate = { db, clock: () => now, timeZone: 'Europe/Paris', committed: () => undefined }
      const registry = registryOf([...liaisonHandlers])
      const ask = async (
        name: string,
        input: unknown,
      ): Promise<{ readonly ms: number; readonly output: { readonly next?: string | null; readonly rows: readonly unknown[] } }> => {
        const implementation = registry.get(`query:${name}`)
        if (implementation === undefined) throw new Error(name)
        const started = performance.now()
        const output = await execute(gate, implementation, { actor: referent, input })
        return { ms: performance.now() - started, output: output as never }
      }
      const crowd: PersonId[] = []
      for (let index = 0; index < 200; index += 1) crowd.push(await aPerson(db, { dac: dac.id }))
      await fill(crowd, Math.ceil(others / crowd.length))
      for (const items of sizes) {
        const personId = await aPerson(db, { dac: dac.id })
        await fill([personId], items)
        // As autovacuum does within the minute: a planner without figures reads everything.
        await withClient(ownerUrl, async (client) => void (await client.query('analyze')))
        let deep: string | null = null
        for (let page = 0; page < 20; page += 1) {
          const { output }: Awaited<ReturnType<typeof ask>> = await ask('liaison.timeline', { personId, limit: 50, cursor: deep })
          if (output.next === null || output.next === undefined) break
          deep = output.next
        }
        for (const [what, name, input] of [
          ['first page of 50', 'liaison.timeline', { personId, limit: 50 }],
          ['a page far below', 'liaison.timeline', { personId, limit: 50, cursor: deep }],
          ['news of the file', 'liaison.fileNews', { personId }],
        ] as const) {
          const times: number[] = []
          for (let round = -40; round < n; round += 1) {
            const { ms } = await ask(name, input)
            if (round >= 0) times.push(ms)
          }
          times.sort((a, b) => a - b)
          const at = (share: number): number => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 100) / 100
          process.stdout.write(`${JSON.stringify({ bench: 'timeline', what, items, others, p50: at(0.5), p95: at(0.95), p99: at(0.99) })}\n`)
        }
      }

      /** Lines of the Fil, every third a note with its answer, as many as asked for each of these persons; nobody is told of them. */
      async function fill(persons: readonly PersonId[], each: number): Promise<void> {
        await asSystem(db, 'lines of a bench', async (tx) => {
          for (const personId of persons) {
            await sql`with lines as (
                select gen_random_uuid() as item, gen_random_uuid() as note, i, ${now}::timestamptz - make_interval(hours => i) as at from generate_series(1, ${each}) i),
              notes as (insert into liaison.note (id, person_id, kind, body, root_id, author_id, author_name, at, volet, holder_org, recorded_at)
                select note, ${personId}, 'observation', 'Passage fait, rien à signaler. ' || i, note, ${newId()}, 'Thomas Noël', at, 'health', ${dac.id}, now() - interval '90 days' from lines where i % 3 = 0)
              insert into persons.timeline_item (id, person_id, at, kind, title, summary, author_id, author_name, source, source_id, volet, holder_org, recorded_at)
              select item, ${personId}, at, 'liaison.observation', 'Passage fait', 'Rien à signaler.', ${newId()}, 'Thomas Noël',
                case when i % 3 = 0 then 'liaison.note' else 'episodes.activity' end, note, case when i % 2 = 0 then 'health' else 'social' end, ${dac.id}, now() - interval '90 days' from lines`.execute(
              tx,
            )
          }
        })
      }
    } finally {
      await db.close()
    }
  })
} finally {
  await regions.close()
}
