import { sendToHealthSpace } from '../../../agenda/server/send-to-health-space.ts'
import { openDatabase } from '../../../platform/server/db.ts'
import { openHealthSpace } from '../server/client.ts'

/** A process of its own that sends what is due, for a test that kills it in the middle: node send-once.ts <application url> <FHIR url> <key> <instant>. */
const [, , appUrl = '', url = '', apiKey = '', instant = ''] = process.argv
const db = openDatabase(appUrl, { max: 2, name: 'jalon-send' })
process.stdout.write('sending\n')
await sendToHealthSpace({ db, clock: () => new Date(instant), port: openHealthSpace({ url, apiKey }) })
await db.close()
