import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { FormDefinition } from '../contract/form-definition.ts'

/** The forms of the region that came after `seq`, oldest first. */
export async function selectForms(tx: Tx, seq: number): Promise<readonly { readonly seq: number; readonly definition: FormDefinition }[]> {
  const { rows } = await sql<{ seq: number; definition: FormDefinition }>`select seq, definition from assessments.form where seq > ${seq} order by seq`.execute(
    tx,
  )
  return rows
}

/** 'added', or 'same' when this very version is there already; 'other' when another text bears its number. */
export async function insertForm(tx: Tx, form: FormDefinition, by: string): Promise<'added' | 'same' | 'other'> {
  const { rows } =
    await sql`insert into assessments.form (code, version, definition, loaded_by_name) values (${form.code}, ${form.version}, ${JSON.stringify(form)}::jsonb, ${by})
    on conflict do nothing returning 1`.execute(tx)
  if (rows.length > 0) return 'added'
  const kept = await sql<{
    same: boolean
  }>`select definition = ${JSON.stringify(form)}::jsonb as same from assessments.form where code = ${form.code} and version = ${form.version}`.execute(tx)
  return kept.rows[0]?.same === true ? 'same' : 'other'
}

/** Every version of the region, the latest first. */
export async function selectFormVersions(
  tx: Tx,
): Promise<{ readonly code: string; readonly version: string; readonly loadedAt: string; readonly loadedByName: string }[]> {
  const { rows } = await sql<{
    code: string
    version: string
    loadedAt: string
    loadedByName: string
  }>`select code, version, loaded_at as "loadedAt", loaded_by_name as "loadedByName" from assessments.form order by seq desc`.execute(tx)
  return rows
}
