import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { asSystem, type Database, type Tx } from './db.ts'
import type { Log } from './log.ts'

export interface Sequencer {
  /** Something was committed by this process: look now rather than at the next tick. */
  wake(): void
  /** Moves everything committed so far; used by tests and at a clean stop. */
  drain(): Promise<void>
  stop(): Promise<void>
}

const batch = 500

/**
 * The one that gives the order. Every process runs one; an advisory lock lets a single one work at a time.
 * It moves committed events to the feed with a gapless seq, seals the audit, and is the only one to NOTIFY (channel jalon_feed).
 */
export function startSequencer(db: Database, log: Log, { idleMs = 250 }: { idleMs?: number } = {}): Sequencer {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let again = false
  let stopped = false

  const turn = async (): Promise<void> => {
    do {
      again = false
      while ((await sequenceOnce(db)) >= batch);
    } while (again && !stopped)
  }
  const run = (): Promise<void> => {
    if (running) {
      again = true
      return running
    }
    clearTimeout(timer)
    running = turn()
      .catch((error: unknown) => log.error({ err: error }, 'sequencer turn failed'))
      .finally(() => {
        running = undefined
        if (!stopped) timer = setTimeout(run, again ? 0 : idleMs)
      })
    return running
  }
  timer = setTimeout(run, 0)
  return {
    wake: () => {
      if (!stopped) void run()
    },
    drain: async () => {
      await running
      await turn()
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}

/** One batch. Gives how many lines moved (the larger of events and audit); 0 when another process holds the lock. */
export async function sequenceOnce(db: Database): Promise<number> {
  return asSystem(db, 'give events and audit their order', async (tx) => {
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(hashtext('jalon.sequencer')) as mine`.execute(tx)
    if (rows[0]?.mine !== true) return 0
    const events = await moveEvents(tx)
    const lines = await sealAudit(tx)
    return Math.max(events, lines)
  })
}

async function moveEvents(tx: Tx): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    with taken as (
      delete from platform.event_inbox where id in (select id from platform.event_inbox order by at, id limit ${batch})
      returning *
    ), base as (select coalesce(max(seq), 0) as seq from platform.event)
    insert into platform.event (seq, id, type, person_id, volet, audience, payload, actor_id, at)
    select base.seq + row_number() over (order by taken.at, taken.id), taken.id, type, person_id, volet,
      case when person_id is null then audience else audience || platform.audience_of(person_id, volet) end, payload, actor_id, taken.at
    from taken, base
    returning seq`.execute(tx)
  const last = rows.reduce((highest, row) => Math.max(highest, row.seq), 0)
  if (last > 0) await sql`select pg_notify('jalon_feed', ${String(last)})`.execute(tx)
  return rows.length
}

interface InboxLine {
  readonly id: string
  readonly text: string
}

async function sealAudit(tx: Tx): Promise<number> {
  const { rows } =
    await sql<InboxLine>`select id, jsonb_build_array(id, at, actor_id, actor_kind, service_id, name, kind, outcome, code, person_ids, details, request_id)::text as text
    from audit.inbox order by at, id limit ${batch}`.execute(tx)
  if (rows.length === 0) return 0
  const head = (await sql<{ seq: number; hash: Buffer }>`select seq, hash from audit.head for update`.execute(tx)).rows[0]
  if (head === undefined) throw new Error('audit.head is empty')
  let { seq, hash } = head
  const sealed = rows.map((row) => {
    seq += 1
    hash = chainHash(hash, seq, row.text)
    return { id: row.id, seq, hash: hash.toString('hex') }
  })
  await sql`with sealed as (select * from jsonb_to_recordset(${JSON.stringify(sealed)}::jsonb) as s(id uuid, seq bigint, hash text)),
    taken as (delete from audit.inbox i using sealed s where i.id = s.id returning i.*)
    insert into audit.entry (seq, id, at, actor_id, actor_kind, service_id, name, kind, outcome, code, person_ids, details, request_id, hash)
    select s.seq, t.id, t.at, t.actor_id, t.actor_kind, t.service_id, t.name, t.kind, t.outcome, t.code, t.person_ids, t.details, t.request_id, decode(s.hash, 'hex')
    from taken t join sealed s using (id)`.execute(tx)
  await sql`update audit.head set seq = ${seq}, hash = ${hash}`.execute(tx)
  return rows.length
}

/** SHA-256 of the hash before, the seq and the line as PostgreSQL writes it: what `verify` recomputes. */
export function chainHash(before: Buffer, seq: number, text: string): Buffer {
  return createHash('sha256').update(before).update(`\n${seq}\n`).update(text).digest()
}
