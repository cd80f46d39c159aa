import { asSystem, type Database } from '../../platform/server/db.ts'
import type { Tx } from '../../platform/server/db.ts'
import { insertOutsideProfessional, type OutsideProfessional, type SignInAccount, signInAccount } from './sign-in.sql.ts'
import type { UserId } from '../../platform/contract/ids.ts'

/** Whoever holds a national identifier, and where she works on a day ('YYYY-MM-DD'); null if Jalon does not know her. For logins only. */
export async function accountForLogin(db: Database, nationalId: string, today: string): Promise<SignInAccount | null> {
  return asSystem(db, 'login: who is she, where does she work', (tx) => signInAccount(tx, nationalId, today))
}

/**
 * Lets in, on the day of her first login, an outside professional vouched for by a national identity provider; or gives her the new place where
 * she practises. Runs in the caller's system transaction, with the caller's audit line.
 */
export async function registerOutsideProfessional(tx: Tx, who: OutsideProfessional, today: string): Promise<{ userId: UserId; membershipId: string }> {
  return insertOutsideProfessional(tx, who, today)
}
