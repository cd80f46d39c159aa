import { sendNotices } from '../../../liaison/server/api.ts'
import { openDatabase } from '../../../platform/server/db.ts'
import { openNotices } from '../server/port.ts'

/** A process of its own that carries what is due, for a test that kills it in the middle: node carry-once.ts <application url> <SMS gateway> <instant>. */
const [, , appUrl = '', smsUrl = '', instant = ''] = process.argv
const db = openDatabase(appUrl, { max: 2, name: 'jalon-carry' })
process.stdout.write('carrying\n')
await sendNotices({
  db,
  clock: () => new Date(instant),
  port: openNotices({ publicUrl: 'https://jalon.test', smtpUrl: null, from: '', smsUrl, smsToken: '', vapid: null, pushHosts: [] }),
})
await db.close()
