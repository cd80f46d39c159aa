import { sql } from 'kysely'
import type { z } from 'zod'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { codedValue, valueSets } from '../contract/queries.ts'

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
