import { sql } from 'kysely'
import type { z } from 'zod'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { codedValue, valueSetDetail, valueSets } from '../contract/queries.ts'

export type StoredValue = z.output<typeof codedValue>
export type StoredValueSet = OutputOf<typeof valueSets>['sets'][number]

/** Every list with its values, in their order. */
export async function readValueSets(tx: Tx): Promise<StoredValueSet[]> {
  const { rows } = await sql<StoredValueSet>`
    select s.code, s.title, s.version, s.origin, coalesce(jsonb_agg(jsonb_build_object('code', v.code, 'label', v.label, 'definition', v.definition, 'parent', v.parent,
      'keywords', coalesce(v.extra -> 'keywords', '[]'), 'validFrom', v.valid_from, 'validTo', v.valid_to, 'hidden', v.hidden) order by v.position, v.code) filter (where v.code is not null), '[]') as values
    from territory.value_set s left join territory.value v on v.set_code = s.code group by s.code order by s.code`.execute(tx)
  return rows
}

/** A value of a list, or null. */
export async function readValue(
  tx: Tx,
  setCode: string,
  code: string,
): Promise<{ label: string; hidden: boolean; validFrom: string; validTo: string | null } | null> {
  const { rows } = await sql<{ label: string; hidden: boolean; validFrom: string; validTo: string | null }>`
    select label, hidden, valid_from as "validFrom", valid_to as "validTo" from territory.value where set_code = ${setCode} and code = ${code}`.execute(tx)
  return rows[0] ?? null
}

export async function labelsOf(tx: Tx, setCode: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{
    code: string
    label: string
  }>`select code, label from territory.value where set_code = ${setCode} order by position, code`.execute(tx)
  return new Map(rows.map((row) => [row.code, row.label]))
}

type SetDetail = OutputOf<typeof valueSetDetail>

export async function valueSetExists(tx: Tx, setCode: string): Promise<boolean> {
  return (await sql`select from territory.value_set where code = ${setCode}`.execute(tx)).rows.length > 0
}

/** A list with what its administration shows: origin and national code of each value. */
export async function readValueSetDetail(tx: Tx, setCode: string): Promise<SetDetail | null> {
  const { rows } = await sql<Omit<SetDetail, 'values'>>`select code, title, version, origin from territory.value_set where code = ${setCode}`.execute(tx)
  if (rows[0] === undefined) return null
  const values = await sql<SetDetail['values'][number]>`
    select code, label, definition, parent, coalesce(extra -> 'keywords', '[]') as keywords, valid_from as "validFrom", valid_to as "validTo", hidden, origin, national_mapping as "nationalMapping"
    from territory.value where set_code = ${setCode} order by position, code`.execute(tx)
  return { ...rows[0], values: values.rows }
}

export interface ValueState {
  readonly label: string
  readonly definition: string | null
  readonly hidden: boolean
  readonly nationalMapping: string | null
  readonly origin: string
}

export async function lockValue(tx: Tx, setCode: string, code: string): Promise<ValueState | null> {
  const { rows } =
    await sql<ValueState>`select label, definition, hidden, national_mapping as "nationalMapping", origin from territory.value where set_code = ${setCode} and code = ${code} for update`.execute(
      tx,
    )
  return rows[0] ?? null
}

/** Adds a value of the region at the end of a list; false when its code or its name is already there. */
export async function insertRegionalValue(
  tx: Tx,
  setCode: string,
  code: string,
  value: { readonly label: string; readonly definition: string | null; readonly parent: string | null },
  day: string,
): Promise<boolean> {
  const inserted = await sql`insert into territory.value (set_code, code, label, definition, parent, position, valid_from, origin)
    select ${setCode}, ${code}, ${value.label}, ${value.definition}, ${value.parent}, (select coalesce(max(position), 0) + 1 from territory.value where set_code = ${setCode}), ${day}::date, 'regional'
    where not exists (select from territory.value where set_code = ${setCode} and lower(label) = lower(${value.label}) and parent is not distinct from ${value.parent}::text and valid_to is null)
    on conflict do nothing`.execute(tx)
  return Number(inserted.numAffectedRows ?? 0) === 1
}

export async function updateValue(tx: Tx, setCode: string, code: string, state: Omit<ValueState, 'origin'>): Promise<void> {
  await sql`update territory.value set label = ${state.label}, definition = ${state.definition}, hidden = ${state.hidden}, national_mapping = ${state.nationalMapping} where set_code = ${setCode} and code = ${code}`.execute(
    tx,
  )
}
