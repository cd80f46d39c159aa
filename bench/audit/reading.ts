import { sql } from 'kysely'
import pg from 'pg'
import type { LineFilter } from '../../src/audit-trail/server/lines.sql.ts'
import { selectLines } from '../../src/audit-trail/server/lines.sql.ts'
import { newId, type ServiceId, type UserId } from '../../src/platform/contract/ids.ts'
import { asActor, openDatabase } from '../../src/platform/server/db.ts'
import { anonymous } from '../../src/platform/server/http.ts'

type Print = (result: Readonly<Record<string, unknown>>) => void
interface Urls {
  readonly ownerUrl: string
  readonly appUrl: string
}

const admin = { ...anonymous, kind: 'user' as const, userId: newId<UserId>(), functions: ['regional_admin'] as const }
const director = { ...admin, functions: ['director'] as const, serviceId: '00000000-0000-7000-9000-000000000003' as ServiceId }
const person = (n: number): string => `00000000-0000-7000-a000-${String(n).padStart(12, '0')}`
const user = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** A page of fifty lines for each kind of search, the first page and one far on; p95 of forty. */
export async function measureSearch({ appUrl, ownerUrl }: Urls, print: Print): Promise<void> {
  await plantAccesses(ownerUrl)
  const db = openDatabase(appUrl, { max: 1, name: 'bench' })
  const service = '00000000-0000-7000-9000-000000000005'
  const searches: readonly (readonly [string, (round: number) => LineFilter, typeof admin | typeof director])[] = [
    ['everything', () => ({}), admin],
    ['a user', (round) => ({ actor: user(round * 37) }), admin],
    ['a service', () => ({ service }), admin],
    ['a gesture', () => ({ names: ['liaison.note.add'] }), admin],
    ['a gesture that nobody made', () => ({ names: ['carePlans.plan.sign'] }), admin],
    ['refusals', () => ({ outcomes: ['refused'] }), admin],
    ['exceptional accesses', () => ({ bases: ['break_glass'] }), admin],
    ['exports', () => ({ manners: ['export'] }), admin],
    ['a person', (round) => ({ person: person(round * 991) }), admin],
    ['the person of 10,000 accesses', () => ({ person: person(999_999) }), admin],
    ['a user and a gesture', (round) => ({ actor: user(round * 37), names: ['liaison.note.add'] }), admin],
    ['a service and refusals', () => ({ service, outcomes: ['refused'] }), admin],
    ['a direction, her service', () => ({}), director],
    ['a direction, refusals', () => ({ outcomes: ['refused'] }), director],
  ]
  for (const [search, filter, actor] of searches) {
    const first: number[] = []
    const next: number[] = []
    for (let round = 0; round < 40; round += 1) {
      const page = (more: LineFilter): Promise<readonly { seq: number; sealedAt: string }[]> =>
        asActor(db, { actor, clock: new Date(), timeZone: 'Europe/Paris' }, (tx) => selectLines(tx, { ...filter(round), ...more }, 51))
      let started = performance.now()
      const lines = await page({})
      first.push(performance.now() - started)
      const last = lines.at(-2)
      if (last === undefined) continue
      started = performance.now()
      await page({ seq: last.seq, sealedAt: last.sealedAt })
      next.push(performance.now() - started)
    }
    print({ part: 'search', search, first_page_ms: p(first), next_page_ms: next.length === 0 ? null : p(next), target_ms: 50 })
  }
  await db.close()
}

/** The whole list of the accesses to one person, as she asks for it. */
export async function measureAccesses({ appUrl }: Urls, print: Print): Promise<void> {
  const db = openDatabase(appUrl, { max: 1, name: 'bench' })
  const times: number[] = []
  let accesses = 0
  for (let round = 0; round < 10; round += 1) {
    const started = performance.now()
    const { rows } = await asActor(db, { actor: admin, clock: new Date(), timeZone: 'Europe/Paris' }, (tx) =>
      sql`select * from audit.accesses_of(${person(999_999)}, now() - interval '3 years', null, 20000)`.execute(tx),
    )
    times.push(performance.now() - started)
    accesses = rows.length
  }
  await db.close()
  print({ part: 'accesses of one person', accesses, ms: p(times), target_ms: 2000 })
}

/** Ten thousand accesses to one person, among all the others. */
async function plantAccesses(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query(
    `insert into audit.inbox (id, actor_id, actor_kind, actor_name, service_id, service_name, category, functions, name, kind, outcome, purpose, person_ids, bases, volets)
     select gen_random_uuid(), ('00000000-0000-7000-8000-' || lpad((g % 300)::text, 12, '0'))::uuid, 'user', 'Utilisateur', gen_random_uuid(), 'DAC', 'coordination', '{referent}', 'persons.header', 'query', 'done',
       'coordination', array[$1::uuid], '{dac_in_charge}', '{administrative,social,health}' from generate_series(1, 10000) g`,
    [person(999_999)],
  )
  for (;;) if ((await client.query<{ moved: number }>('select moved from audit.seal(1000)')).rows[0]?.moved === 0) break
  await client.query('analyze audit.entry')
  await client.end()
}

function p(times: readonly number[]): { readonly p50: number; readonly p95: number } {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number): number => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
  return { p50: at(0.5), p95: at(0.95) }
}
