import { sql } from 'kysely'
import type { Tx } from './db.ts'

interface SettingLine {
  readonly version: number
  readonly value: Readonly<Record<string, unknown>>
  readonly justification: string
  readonly changedBy: string | null
  readonly changedAt: string
}

/** The versions of a setting, the newest first. */
async function settingHistory(tx: Tx, key: string): Promise<readonly SettingLine[]> {
  const { rows } = await sql<SettingLine>`select v.version, v.value, v.justification, v.changed_at as "changedAt",
      (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = v.changed_by) as "changedBy"
    from platform.setting_version v where v.key = ${key} order by v.version desc limit 50`.execute(tx)
  return rows
}

/** What a setting is worth now. */
export async function settingValue<Value>(tx: Tx, key: string): Promise<Value | null> {
  return (await sql<{ value: Value }>`select value from platform.setting where key = ${key}`.execute(tx)).rows[0]?.value ?? null
}

/** Gives the new version, or null when another one came first. */
export async function changeSetting(tx: Tx, key: string, value: unknown, justification: string, base: number): Promise<number | null> {
  const { rows } = await sql<{
    version: number | null
  }>`select platform.change_setting(${key}, ${JSON.stringify(value)}::jsonb, ${justification}, ${base}) as version`.execute(tx)
  return rows[0]?.version ?? null
}

/** A setting with what it was worth before, in words, the newest first. */
export interface KeptSetting<Value> {
  readonly value: Value
  readonly version: number
  readonly history: { version: number; words: string; justification: string; changedBy: string | null; changedAt: string }[]
}

/** A setting that has versions; throws where none was ever written, since its migration writes the first. */
export async function settingAsKept<Value>(tx: Tx, key: string, words: (value: Value) => string): Promise<KeptSetting<Value>> {
  const lines = await settingHistory(tx, key)
  const [last] = lines
  if (last === undefined) throw new Error(`no setting ${key}`)
  const history = lines.map(({ value, ...line }) => ({ ...line, words: words(value as unknown as Value) }))
  return { value: last.value as unknown as Value, version: last.version, history }
}
