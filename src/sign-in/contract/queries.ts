import { z } from 'zod'
import { defineQuery, signedIn } from '../../platform/contract/action.ts'
import { idSchema, type UserId } from '../../platform/contract/ids.ts'
import { regionalAdminOnly, supervisors } from './access.ts'

const accounts = { none: 'sessions and accounts of professionals: no accompanied person is concerned' } as const
const method = z.enum(['psc', 'passkey', 'password_totp'])

export const mySessions = defineQuery({
  name: 'signIn.mySessions',
  title: 'Mes sessions',
  access: signedIn('one’s own sessions: the database compares the user'),
  audit: accounts,
  input: z.object({}),
  output: z.object({
    rows: z.array(
      z.object({
        handle: z.string(),
        current: z.boolean(),
        device: z.string(),
        place: z.string(),
        serviceName: z.string(),
        method,
        openedAt: z.string(),
        lastSeenAt: z.string(),
      }),
    ),
    idleMinutes: z.number().int(),
    absoluteMinutes: z.number().int(),
  }),
})

/** What a setting was worth, since when, by whom, and why. */
const history = z.array(
  z.object({ version: z.number().int(), words: z.string(), justification: z.string(), changedBy: z.string().nullable(), changedAt: z.string() }),
)

export const signInSettings = defineQuery({
  name: 'signIn.settings',
  title: 'Réglages de la connexion',
  access: regionalAdminOnly,
  audit: accounts,
  input: z.object({}),
  output: z.object({
    limits: z.object({ version: z.number().int(), idleMinutes: z.number().int(), absoluteMinutes: z.number().int(), history }),
    local: z.object({ version: z.number().int(), enabled: z.boolean(), endsOn: z.string().nullable(), accounts: z.number().int(), history }),
    bulkOpening: z.object({ version: z.number().int(), files: z.number().int(), minutes: z.number().int(), block: z.boolean(), history }),
  }),
})

export const meansOfUser = defineQuery({
  name: 'signIn.meansOfUser',
  title: 'Moyens de connexion d’un compte',
  access: regionalAdminOnly,
  audit: accounts,
  input: z.object({ userId: idSchema<UserId>() }),
  output: z.object({
    open: z.boolean(),
    passkeys: z.array(z.object({ name: z.string(), createdAt: z.string(), lastUsedAt: z.string().nullable() })),
    password: z.object({ identifier: z.string(), createdAt: z.string(), lastUsedAt: z.string().nullable() }).nullable(),
    invitation: z.object({ id: z.string(), createdAt: z.string(), expiresAt: z.string() }).nullable(),
  }),
})

export const openingAlerts = defineQuery({
  name: 'signIn.openingAlerts',
  title: 'Ouvertures en masse de dossiers',
  access: supervisors,
  audit: accounts,
  input: z.object({ open: z.boolean().default(true) }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        serviceName: z.string().nullable(),
        files: z.number().int(),
        minutes: z.number().int(),
        raisedAt: z.string(),
        closedUntil: z.string().nullable(),
        reviewedAt: z.string().nullable(),
        reviewedBy: z.string().nullable(),
        comment: z.string().nullable(),
      }),
    ),
  }),
})
