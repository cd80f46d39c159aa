import { sql } from 'kysely'
import { type AuditSigner, headText } from './audit-chain.ts'
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
 * It moves committed events to the feed with a gapless seq, seals the audit, and is the only one to NOTIFY (channel jalon_feed). `besideMs`: another process was at
 * work when this one was woken, and what was committed here meanwhile may have been too late for it: milliseconds before looking again.
 */
export function startSequencer(
  db: Database,
  log: Log,
  { idleMs = 250, besideMs = 15, signer }: { idleMs?: number; besideMs?: number; signer?: AuditSigner | undefined } = {},
): Sequencer {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let again = false
  let beside = false
  let stopped = false

  const turn = async (): Promise<void> => {
    do {
      again = false
      let moved: number
      do moved = await sequenceOnce(db, signer)
      while (moved >= batch)
      beside = moved === elsewhere
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
        if (!stopped) timer = setTimeout(run, again ? 0 : beside ? besideMs : idleMs)
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

const elsewhere = -1

/** One batch. Gives how many lines moved (the larger of events and audit); -1 when another process holds the lock. */
export async function sequenceOnce(db: Database, signer?: AuditSigner): Promise<number> {
  return asSystem(db, 'give events and audit their order', async (tx) => {
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(hashtext('jalon.sequencer')) as mine`.execute(tx)
    if (rows[0]?.mine !== true) return elsewhere
    const events = await moveEvents(tx)
    const lines = await sealAudit(tx, signer)
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

/** Seals up to a batch of lines, and signs the new head with the key of the installation: the database alone can then forge nothing. */
async function sealAudit(tx: Tx, signer: AuditSigner | undefined): Promise<number> {
  const { rows } = await sql<{ moved: number; seq: number; hash: Buffer; micros: number }>`select moved, last_seq as seq, last_hash as hash,
    (extract(epoch from last_sealed_at) * 1000000)::bigint as micros from audit.seal(${batch})`.execute(tx)
  const [head] = rows
  if (head === undefined) throw new Error('audit.head is empty')
  if (head.moved > 0 && signer !== undefined) await sql`select audit.sign_head(${head.seq}, ${signer.sign(headText(head))}, ${signer.keyId})`.execute(tx)
  return head.moved
}
