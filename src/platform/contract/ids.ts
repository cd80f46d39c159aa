import { v7 } from 'uuid'
import { z } from 'zod'

/** A string that the type system keeps apart from other strings. */
export type Branded<Name extends string> = string & { readonly __brand: Name }

export type UserId = Branded<'UserId'>
export type SessionId = Branded<'SessionId'>
/** A service of a legal person: a DAC, a CLIC, a CPTS… The tenant of everything that is held. */
export type ServiceId = Branded<'ServiceId'>
export type PersonId = Branded<'PersonId'>
/** Whoever can be given sight of a person: a service, a user, a professional or a structure of the directory. */
export type PartyId = Branded<'PartyId'>

/** Makes a UUID of version 7: it sorts by time of creation, so that a client may make it before the server hears of it. */
export function newId<Id extends Branded<string>>(): Id {
  return v7() as Id
}

/** The schema of an identifier. Takes any UUID; gives it branded. */
export function idSchema<Id extends Branded<string>>(): z.ZodType<Id, string> {
  return z.uuid({ error: 'Identifiant illisible.' }) as unknown as z.ZodType<Id, string>
}
