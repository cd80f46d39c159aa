import { openDatabase } from '../../platform/server/db.ts'
import { withClient } from '../../platform/server/embedded/prepare-database.ts'
import { loadReferenceData } from './reference/load.ts'
import { openBulk } from './region/bulk.ts'
import { seedCalendar } from './region/calendar.ts'
import { planRegion } from './region/plan.ts'
import { seedRegion } from './region/region.ts'

export interface SeedOptions {
  readonly ownerUrl: string
  readonly appUrl: string
  /** Receives what is being loaded, in French. */
  readonly log: (line: string) => void
  /** Around whom the region is written; today when left out. */
  readonly now?: Date
  readonly persons?: number
}

/** The region of the demo. */
export const demoPersons = 3000

/**
 * Loads the demo region into a migrated, empty database. The caller gives that database its final name only once this has ended:
 * a load cut short leaves nothing, so that it needs no transaction of its own.
 */
export async function seedDemoRegion({ ownerUrl, appUrl, log, now = new Date(), persons = demoPersons }: SeedOptions): Promise<void> {
  const asOwner = async (statement: string): Promise<void> => withClient(ownerUrl, async (client) => void (await client.query(statement)))
  await asOwner(`insert into platform.setting (key, value) values ('demo', 'true') on conflict (key) do nothing`)
  const db = openDatabase(appUrl, { max: 4, name: 'jalon-seed' })
  const bulk = await openBulk(appUrl)
  try {
    log('référentiels')
    await loadReferenceData({ db })
    const calendar = seedCalendar(now)
    await bulk.query(
      `insert into platform.setting (key, value) values ('demo.instant', to_jsonb($1::text)) on conflict (key) do update set value = excluded.value`,
      [calendar.now.toISOString()],
    )
    await seedRegion({ bulk, db, plan: planRegion(persons), calendar, asOwner, log })
  } finally {
    await bulk.end()
    await db.close()
  }
}
