import { sql } from 'kysely'
import { asSystem, openDatabase } from '../../platform/server/db.ts'
import { demoSenderId } from './story/hospital.ts'

/** Declares the certificate that the stand-in of the hospital has just made: the demonstration keeps none from one start to the next. */
export async function declareDemoHospital(appUrl: string, fingerprint: string): Promise<void> {
  const db = openDatabase(appUrl, { max: 1, name: 'jalon-demo' })
  try {
    await asSystem(db, 'the certificate of the hospital of the demonstration', (tx) =>
      sql`update hospital_events.sender set fingerprints = array[${fingerprint}] where id = ${demoSenderId} and ended_at is null`.execute(tx),
    )
  } finally {
    await db.close()
  }
}
