import { sql } from 'kysely'
import { asSystem, type Database } from '../../platform/server/db.ts'
import type { Settings } from '../../platform/server/settings.ts'

/**
 * Writes in the database what the environment says of the installation, for the transactions that compute with it (terms of requests,
 * whether the teleservice INSi and Mon espace santé are connected, whether files wait for an antivirus).
 * The environment rules: what the last start said replaces what was there.
 */
export async function recordInstallation(
  db: Database,
  settings: Pick<Settings, 'PUBLIC_HOLIDAYS' | 'INSI_URL' | 'HEALTH_SPACE_URL' | 'CLAMD_URL'>,
): Promise<void> {
  await asSystem(db, 'settings of the installation at start', (tx) =>
    sql`insert into platform.setting (key, value) values ('public_holidays', to_jsonb(${settings.PUBLIC_HOLIDAYS}::text)), ('insi', to_jsonb(${settings.INSI_URL !== undefined}::boolean)),
        ('health_space', to_jsonb(${settings.HEALTH_SPACE_URL !== undefined}::boolean)),
        ('antivirus', to_jsonb(${settings.CLAMD_URL !== undefined}::boolean))
      on conflict (key) do update set value = excluded.value, updated_at = now()
      where platform.setting.value is distinct from excluded.value`.execute(tx),
  )
}
