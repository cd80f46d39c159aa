import { z } from 'zod'
import { defineAction, signedIn } from '../../platform/contract/action.ts'
import { day, optional, paragraph, seenVersion, writtenReason } from '../../platform/contract/fields.ts'
import { idSchema, type UserId } from '../../platform/contract/ids.ts'
import { regionalAdminOnly, supervisors } from './access.ts'

const accounts = { none: 'sessions and accounts of professionals: no accompanied person is concerned' } as const
/** Minutes: how one enters is changed only by whoever has just proved who she is. */
const recent = 15

export const closeSession = defineAction({
  name: 'signIn.session.close',
  title: 'Fermer une session',
  access: signedIn('one closes one’s own sessions only: the database compares the user'),
  audit: accounts,
  input: z.object({ handle: z.uuid() }),
  output: z.object({ closed: z.number().int() }),
})
export const closeOtherSessions = defineAction({
  name: 'signIn.session.closeOthers',
  title: 'Fermer toutes les autres sessions',
  access: signedIn('one closes one’s own sessions only: the database compares the user'),
  audit: accounts,
  input: z.object({}),
  output: z.object({ closed: z.number().int() }),
})

const justification = writtenReason()
const changed = z.object({ version: z.number().int() })
const minutes = (least: number, most: number, error: string): z.ZodType<number, unknown> =>
  z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error })

export const changeSessionLimits = defineAction({
  name: 'signIn.limits.change',
  title: 'Changer les durées des sessions',
  access: regionalAdminOnly,
  audit: accounts,
  reauthentication: recent,
  input: z.object({
    baseVersion: seenVersion(0),
    idleMinutes: minutes(5, 240, 'De 5 à 240 minutes.'),
    absoluteMinutes: minutes(30, 1440, 'De 30 à 1 440 minutes.'),
    justification,
  }),
  output: changed,
})
export const changeLocalSignIn = defineAction({
  name: 'signIn.local.change',
  title: 'Ouvrir ou fermer la connexion sans Pro Santé Connect',
  access: regionalAdminOnly,
  audit: accounts,
  reauthentication: recent,
  input: z.object({ baseVersion: seenVersion(0), enabled: z.boolean(), endsOn: optional(day()), justification }),
  output: changed,
})
export const changeBulkOpening = defineAction({
  name: 'signIn.bulkOpening.change',
  title: 'Changer l’alerte d’ouverture en masse',
  access: regionalAdminOnly,
  audit: accounts,
  reauthentication: recent,
  input: z.object({
    baseVersion: seenVersion(0),
    files: minutes(20, 5000, 'De 20 à 5 000 dossiers.'),
    minutes: minutes(1, 60, 'De 1 à 60 minutes.'),
    block: z.boolean(),
    justification,
  }),
  output: changed,
})

/** The link serves once and expires; the browser of whoever invites makes its secret, whose SHA-256 (hexadecimal) alone comes here. */
export const invite = defineAction({
  name: 'signIn.invitation.create',
  title: 'Inviter à se connecter sans Pro Santé Connect',
  access: regionalAdminOnly,
  audit: accounts,
  reauthentication: recent,
  input: z.object({
    id: z.uuid(),
    userId: idSchema<UserId>(),
    secretHash: z.string().regex(/^[0-9a-f]{64}$/, { error: 'Empreinte illisible.' }),
    hours: z.number().int().min(1).max(168),
    replaces: z.boolean(),
  }),
  output: z.object({ id: z.string(), expiresAt: z.string() }),
})
export const cancelInvitation = defineAction({
  name: 'signIn.invitation.cancel',
  title: 'Annuler une invitation',
  access: regionalAdminOnly,
  audit: accounts,
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.string() }),
})
/** Takes away every means of a user that is not Pro Santé Connect, and the sessions opened with them. */
export const revokeMeans = defineAction({
  name: 'signIn.means.revoke',
  title: 'Retirer les moyens de connexion',
  access: regionalAdminOnly,
  audit: accounts,
  reauthentication: recent,
  input: z.object({ userId: idSchema<UserId>() }),
  output: z.object({ revoked: z.number().int() }),
})

export const reviewOpeningAlert = defineAction({
  name: 'signIn.openingAlert.review',
  title: 'Examiner une alerte d’ouverture en masse',
  access: supervisors,
  audit: accounts,
  input: z.object({ id: z.uuid(), comment: paragraph(1000), reopen: z.boolean() }),
  output: z.object({ id: z.string() }),
})
