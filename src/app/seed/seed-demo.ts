import { withClient } from '../../platform/server/embedded/prepare-database.ts'

export interface SeedOptions {
  readonly ownerUrl: string
  readonly appUrl: string
  /** Receives what is being loaded, in French. */
  readonly log: (line: string) => void
}

/**
 * Loads the demo region into a migrated, empty database. The caller gives that database its final name only once this has ended:
 * a load cut short leaves nothing, so that it needs no transaction of its own.
 */
export async function seedDemoRegion({ ownerUrl, log }: SeedOptions): Promise<void> {
  log('marque de démonstration')
  await withClient(ownerUrl, (client) => client.query(`insert into platform.setting (key, value) values ('demo', 'true') on conflict (key) do nothing`))
}
