import { carryInvitations } from '../../src/care-team/server/carry-invitations.ts'
import { type LetterSettings, openLetters } from '../../src/interop/letters/server/port.ts'
import { openDatabase } from '../../src/platform/server/db.ts'

/** A process of its own that carries the letters that wait, for a test that kills it in the middle: node carry-invitations.ts <application url> <settings in JSON> <instant>. */
const [, , appUrl = '', settings = '{}', instant = ''] = process.argv
const letters = JSON.parse(settings) as LetterSettings
const db = openDatabase(appUrl, { max: 2, name: 'jalon-carry' })
await carryInvitations({ db, port: openLetters(letters), publicUrl: letters.publicUrl, timeZone: 'Europe/Paris', clock: () => new Date(instant) })
await db.close()
