import type { Actor } from '../../platform/contract/actor.ts'
import { asSystem, type Database } from '../../platform/server/db.ts'
import { anonymous } from '../../platform/server/http.ts'
import { type Line, lineOf } from './telephony.sql.ts'

export type { Line }

/** A live line, for whoever receives calls from outside; null when there is none. */
export async function telephoneLine(db: Database, by: { readonly id: string } | { readonly called: string }): Promise<Line | null> {
  return asSystem(db, 'which line is called', (tx) => lineOf(tx, by))
}

/** Who acts when an exchange tells of a call: the line, in its service, with no other right. */
export function actorOfLine(line: Line): Actor {
  return { ...anonymous, kind: 'job', userId: line.id as never, displayName: 'Téléphonie', serviceId: line.serviceId }
}
