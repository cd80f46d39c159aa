import { personTables } from '../../src/app/server/person-data.ts'
import { openDatabase } from '../../src/platform/server/db.ts'
import { applyRetention } from '../../src/privacy/server/retention.ts'

/** One run of the retention in a process of its own, to be killed in the middle: node retention-run.ts <url> <instant>. */
const [url = '', now = ''] = process.argv.slice(2)
const db = openDatabase(url, { max: 2 })
const { units } = await applyRetention(db, personTables, { now: new Date(now), timeZone: 'Europe/Paris' })
await db.close()
process.stdout.write(JSON.stringify(units))
