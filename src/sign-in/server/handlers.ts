import { addDays, dayOf, formatDay } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { type Context, type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import { changeSetting, settingAsKept, settingValue } from '../../platform/server/region-settings.sql.ts'
import {
  cancelInvitation,
  changeBulkOpening,
  changeLocalSignIn,
  changeSessionLimits,
  closeOtherSessions,
  closeSession,
  invite,
  reviewOpeningAlert,
  revokeMeans,
} from '../contract/actions.ts'
import '../contract/errors.ts'
import { meansOfUser, mySessions, openingAlerts, signInSettings } from '../contract/queries.ts'
import { deviceOf, placeOf } from '../contract/session.ts'
import {
  accountsWithMeans,
  alertUser,
  emailOfAccount,
  endInvitation,
  endLocalSessions,
  endSessionsOfActor,
  insertInvitation,
  listAlerts,
  meansOf,
  reviewAlert,
  revokeMeansOf,
  sessionsOfActor,
} from './sign-in.sql.ts'

export interface SessionLimits {
  readonly idleMinutes: number
  readonly absoluteMinutes: number
}
export interface LocalSignIn {
  readonly enabled: boolean
  readonly endsOn: string | null
}
export interface BulkOpening {
  readonly files: number
  readonly minutes: number
  readonly block: boolean
}
export const settingKeys = { limits: 'session.limits', local: 'signIn.local', bulkOpening: 'signIn.bulkOpening' } as const

/** True while the region lets people in without Pro Santé Connect. */
export function isLocalSignInOpen(setting: LocalSignIn | null, today: string): boolean {
  return setting?.enabled === true && setting.endsOn !== null && setting.endsOn >= today
}

async function change(context: Context, key: string, value: object, justification: string, base: number): Promise<{ version: number }> {
  const version = await changeSetting(context.tx, key, value, justification, base)
  if (version === null) throw conflict('setting_changed')
  context.note({ setting: key, ...value })
  return { version }
}

const limitsWords = ({ idleMinutes, absoluteMinutes }: SessionLimits): string => `${idleMinutes} min sans geste, ${absoluteMinutes} min en tout`
const localWords = ({ enabled, endsOn }: LocalSignIn): string => (enabled && endsOn !== null ? `Ouverte jusqu’au ${formatDay(endsOn)}` : 'Fermée')
const bulkWords = ({ files, minutes, block }: BulkOpening): string => `${files} dossiers en ${minutes} min, ${block ? 'avec suspension' : 'sans suspension'}`

/** The longest transition that can be announced. */
const longestTransitionDays = 366

export const signInHandlers: readonly Implementation[] = [
  implement(mySessions, {
    load: noTarget,
    run: async (context) => {
      const rows = await sessionsOfActor(context.tx, context.now)
      const here = rows.find(({ handle }) => handle === context.sessionHandle)?.network ?? null
      const limits = await settingValue<SessionLimits>(context.tx, settingKeys.limits)
      return {
        rows: rows.map(({ userAgent, network, ...row }) => ({
          ...row,
          current: row.handle === context.sessionHandle,
          device: deviceOf(userAgent),
          place: placeOf(network, here),
        })),
        idleMinutes: limits?.idleMinutes ?? 60,
        absoluteMinutes: limits?.absoluteMinutes ?? 600,
      }
    },
  }),
  implement(closeSession, {
    load: noTarget,
    run: async ({ tx }, { handle }) => ({ closed: await endSessionsOfActor(tx, handle, null, 'closed_by_user') }),
  }),
  implement(closeOtherSessions, {
    load: noTarget,
    run: async ({ tx, sessionHandle }) => ({ closed: await endSessionsOfActor(tx, null, sessionHandle ?? null, 'closed_by_user') }),
  }),
  implement(signInSettings, {
    load: noTarget,
    run: async (context) => {
      const limits = await settingAsKept<SessionLimits>(context.tx, settingKeys.limits, limitsWords)
      const local = await settingAsKept<LocalSignIn>(context.tx, settingKeys.local, localWords)
      const bulk = await settingAsKept<BulkOpening>(context.tx, settingKeys.bulkOpening, bulkWords)
      return {
        limits: { ...limits.value, version: limits.version, history: limits.history },
        local: { ...local.value, version: local.version, history: local.history, accounts: await accountsWithMeans(context.tx) },
        bulkOpening: { ...bulk.value, version: bulk.version, history: bulk.history },
      }
    },
  }),
  implement(changeSessionLimits, {
    load: noTarget,
    run: async (context, { baseVersion, idleMinutes, absoluteMinutes, justification }) => {
      if (absoluteMinutes <= idleMinutes) throw invalid('limits_order')
      return change(context, settingKeys.limits, { idleMinutes, absoluteMinutes }, justification, baseVersion)
    },
  }),
  implement(changeLocalSignIn, {
    load: noTarget,
    run: async (context, { baseVersion, enabled, endsOn, justification }) => {
      const today = dayOf(context.now, context.timeZone)
      if (enabled && (endsOn === null || endsOn < today || endsOn > addDays(today, longestTransitionDays))) throw invalid('local_sign_in_end')
      return change(context, settingKeys.local, { enabled, endsOn: enabled ? endsOn : null }, justification, baseVersion)
    },
  }),
  implement(changeBulkOpening, {
    load: noTarget,
    run: (context, { baseVersion, files, minutes, block, justification }) =>
      change(context, settingKeys.bulkOpening, { files, minutes, block }, justification, baseVersion),
  }),
  implement(invite, {
    load: async ({ tx }, { userId }) => {
      if ((await emailOfAccount(tx, userId)) === undefined) throw notFound('account')
      return null
    },
    run: async (context, { id, userId, secretHash, hours, replaces }) => {
      const today = dayOf(context.now, context.timeZone)
      if (!isLocalSignInOpen(await settingValue<LocalSignIn>(context.tx, settingKeys.local), today)) throw conflict('local_sign_in_off')
      if ((await emailOfAccount(context.tx, userId)) === null) throw invalid('email_missing')
      const expiresAt = new Date(context.now.getTime() + hours * 3_600_000)
      await insertInvitation(context.tx, { id, userId, secretHash, replaces, by: context.actor.userId, now: context.now, expiresAt })
      context.note({ userId, hours, replaces })
      return { id, expiresAt: expiresAt.toISOString() }
    },
  }),
  implement(cancelInvitation, {
    load: noTarget,
    run: async (context, { id }) => {
      if (!(await endInvitation(context.tx, id, context.now))) throw conflict('invitation_used')
      return { id }
    },
  }),
  implement(revokeMeans, {
    load: noTarget,
    run: async (context, { userId }) => {
      const revoked = await revokeMeansOf(context.tx, userId, context.actor.userId, context.now)
      context.note({ userId, revoked, sessionsEnded: await endLocalSessions(context.tx, userId) })
      return { revoked }
    },
  }),
  implement(meansOfUser, {
    load: noTarget,
    run: async (context, { userId }) => {
      const means = await meansOf(context.tx, userId, context.now)
      const open = isLocalSignInOpen(await settingValue<LocalSignIn>(context.tx, settingKeys.local), dayOf(context.now, context.timeZone))
      return { open, passkeys: [...means.passkeys], password: means.password, invitation: means.invitation }
    },
  }),
  implement(openingAlerts, {
    load: noTarget,
    run: async ({ tx, now }, { open }) => ({ rows: [...(await listAlerts(tx, open, now))] }),
  }),
  implement(reviewOpeningAlert, {
    load: async ({ tx, actor }, { id }) => {
      const userId = await alertUser(tx, id)
      // Nobody examines what she did herself.
      if (userId === undefined || userId === actor.userId) throw notFound('alert')
      return null
    },
    run: async ({ tx, actor, now, emit }, { id, comment, reopen }) => {
      await reviewAlert(tx, { id, by: actor.userId, comment, reopen, now })
      emit({ type: 'signIn.openingAlert.reviewed', audience: [actor.userId] })
      return { id }
    },
  }),
]
