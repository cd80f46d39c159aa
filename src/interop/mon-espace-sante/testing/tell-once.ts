import { sendPersonNotices } from '../../../persons/server/send-person-notices.ts'
import { openDatabase } from '../../../platform/server/db.ts'
import { openMailbox } from '../server/mailbox.ts'

/** A process of its own that sends what is due, for a test that kills it in the middle: node tell-once.ts <application url> <relay url> <instant>. */
const [, , appUrl = '', relayUrl = '', instant = ''] = process.argv
const db = openDatabase(appUrl, { max: 2, name: 'jalon-tell' })
process.stdout.write('telling\n')
const port = openMailbox({ publicUrl: 'https://jalon.test', relayUrl, from: 'Jalon <dac@dac.mssante.fr>', domain: 'patient.mssante.fr' })
await sendPersonNotices({ db, port, timeZone: 'Europe/Paris', clock: () => new Date(instant) })
await db.close()
