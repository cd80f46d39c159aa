import { sql } from 'kysely'
import { conflict } from '../contract/errors.ts'
import type { Context } from './implement.ts'

/** One field that two people changed: what it was, what is kept now, what the caller wants. */
export interface FieldConflict {
  readonly field: string
  readonly base: unknown
  readonly theirs: unknown
  readonly mine: unknown
  /** The name of the colleague who wrote what is kept now; null where no account did (an import). */
  readonly theirsBy: string | null
  readonly theirsAt: string
}

export interface VersionedRecord {
  readonly id: string
  readonly version: number
  readonly personId: string | null
  readonly volet: 'administrative' | 'social' | 'health'
  readonly holderOrg: string | null
  readonly protection: string
  /** The fields that may be edited, as they are now (read FOR UPDATE in the same transaction). */
  readonly fields: Readonly<Record<string, unknown>>
}

interface HistoryRow {
  readonly version: number
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>
  readonly changed_by_name: string | null
  readonly changed_at: string
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/**
 * Merges an edit made from `baseVersion` into the record as it is now, and writes the difference to the history.
 *
 * Changes to other fields than those changed meanwhile merge; a field that both changed, to different values, throws a conflict that
 * shows both (details.fields). Gives what is left to write, and the new version; nothing to write gives the same version.
 */
export async function mergeEdit(
  { tx, actor, now }: Pick<Context, 'tx' | 'actor' | 'now'>,
  record: VersionedRecord,
  recordType: string,
  baseVersion: number,
  wanted: Readonly<Record<string, unknown>>,
): Promise<{ readonly changes: Readonly<Record<string, unknown>>; readonly version: number }> {
  const changed = Object.entries(wanted).filter(([field, value]) => value !== undefined && !same(record.fields[field], value))
  if (changed.length === 0) return { changes: {}, version: record.version }
  if (baseVersion < record.version) {
    const { rows } = await sql<HistoryRow>`select version, changes, platform.user_name(changed_by) as changed_by_name, changed_at from platform.field_history
      where record_id = ${record.id} and version > ${baseVersion} order by version`.execute(tx)
    const conflicts: FieldConflict[] = []
    for (const [field, mine] of changed) {
      const touching = rows.filter((row) => field in row.changes)
      const last = touching[touching.length - 1]
      if (last === undefined) continue
      conflicts.push({
        field,
        base: touching[0]?.changes[field]?.[0] ?? null,
        theirs: record.fields[field] ?? null,
        mine: mine ?? null,
        theirsBy: last.changed_by_name,
        theirsAt: last.changed_at,
      })
    }
    if (conflicts.length > 0) throw conflict('stale_version', { version: record.version }, { version: record.version, fields: conflicts })
  }
  const version = record.version + 1
  const difference = Object.fromEntries(changed.map(([field, value]) => [field, [record.fields[field] ?? null, value ?? null]]))
  await sql`insert into platform.field_history (record_id, version, record_type, person_id, volet, holder_org, protection, changes, changed_by, changed_at)
    values (${record.id}, ${version}, ${recordType}, ${record.personId}, ${record.volet}, ${record.holderOrg}, ${record.protection}, ${JSON.stringify(difference)}::jsonb, ${actor.userId}, ${now})`.execute(
    tx,
  )
  return { changes: Object.fromEntries(changed), version }
}
