import type { Actor } from '../../platform/contract/actor.ts'
import { asSystem, type Database } from '../../platform/server/db.ts'
import { anonymous } from '../../platform/server/http.ts'
import { type Sender, sendersOfCertificate, senderWithKey } from './sender.sql.ts'

export type { Sender } from './sender.sql.ts'

/** The establishments for which a certificate (SHA-256, lower case, no colon) speaks now; none for an unknown one. */
export async function certifiedSenders(db: Database, fingerprint: string): Promise<readonly Sender[]> {
  return asSystem(db, 'for whom a certificate speaks', (tx) => sendersOfCertificate(tx, fingerprint))
}

/** An establishment and the print of its key, for whoever receives notifications from outside; null when there is none. */
export async function notifyingSender(db: Database, id: string): Promise<(Sender & { readonly keyPrint: Buffer | null }) | null> {
  return asSystem(db, 'which establishment notifies', (tx) => senderWithKey(tx, id))
}

/** Who acts when a hospital tells of a stay: the establishment itself, with no other right than to tell. */
export function actorOfSender({ id, name }: Sender): Actor {
  return { ...anonymous, kind: 'job', userId: id as never, displayName: name }
}
