import { sql } from 'kysely'
import type { Database } from '../../platform/server/db.ts'
import { type Settings, SettingsError } from '../../platform/server/settings.ts'

/** In production, refuses a database that holds the demo region, and an application role that could bypass row-level security. */
export async function refuseDemoInProduction(db: Database, settings: Settings): Promise<void> {
  if (settings.JALON_MODE !== 'production') return
  const faults: string[] = []
  const { rows } = await sql<{ demo: boolean; strong: boolean }>`select
    exists (select from platform.setting where key = 'demo') as demo,
    (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as strong`.execute(db.kysely)
  if (rows[0]?.demo) faults.push('Cette base contient la région de démonstration : refusée en production. Utilisez une base neuve.')
  if (rows[0]?.strong) faults.push('Le rôle de DATABASE_URL contourne la protection des lignes : utilisez jalon_app.')
  if (faults.length > 0) throw new SettingsError(faults)
}
