import { z } from 'zod'

/** What a device says of itself when it asks for its keys: the print of a secret that it alone holds. */
export const deviceInput = z.object({ device: z.uuid(), secret: z.string().regex(/^[A-Za-z0-9_-]{43}$/) })

/** What a region may choose, in hours: a visit at least, a day at most. */
export const readingHours = { least: 1, most: 24 } as const

/** A session asks for its keys: with the device that takes copies along now, or with the one that holds some since before. */
export const termsInput = z.object({ carries: deviceInput.nullable(), holds: deviceInput.nullable().default(null) })

/** What a live session receives to work without network. In memory only, but for what the code of the tour locks. */
export interface Terms {
  /** The clock of the server: a device's own may be wrong. */
  readonly now: string
  readonly seal: { readonly kid: string; readonly publicKey: string }
  readonly token: string
  /** Base64; opens the read copies of this session, of no other. */
  readonly readSecret: string
  /** After this instant the copies are destroyed, network or not. */
  readonly readUntil: string
  /** Whether the region lets a browser that was closed open them again without network, with the code of the tour. */
  readonly reopening: boolean
  /** Minutes without a gesture after which the copies close. */
  readonly idleMinutes: number
  /** Envelopes left by a device of hers that destroyed itself. */
  readonly deposits: number
}

/** Whether copies may still be read: until the hour of the region, never at it nor after. */
export function readsStill({ readUntil }: Pick<Terms, 'readUntil'>, now: Date): boolean {
  return now.getTime() < Date.parse(readUntil)
}

/** What a device without a session is told. */
export interface DeviceOrders {
  /** It must destroy everything of this user, once its envelopes are left. */
  readonly wipe: boolean
  /** The account still exists: its envelopes are taken. */
  readonly mayLeave: boolean
}
