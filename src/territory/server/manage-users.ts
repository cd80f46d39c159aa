import type { ActorFunction } from '../../platform/contract/actor.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import type { PartyId } from '../../platform/contract/ids.ts'
import { type Context, type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { addMembership, closeAccount, createUser, editMembership, editUser, endMembership, reopenAccount } from '../contract/actions.ts'
import { functionsRefusedIn } from '../contract/functions.ts'
import { given, pick, publicRecord } from './manage-organisations.ts'
import { lockService } from './organisations.sql.ts'
import { partyIdOf } from './party-id.ts'
import {
  type AccountFields,
  endSessionsOf,
  insertMembership,
  insertUser,
  lockMembership,
  lockUser,
  nationalIdTaken,
  type StoredMembership,
  setAccountStatus,
  setMembershipEnd,
  updateMembership,
  updateUser,
  worksThere,
} from './users.sql.ts'

/** 8 then the RPPS number: her card in the directory has the identifier that this number always has. */
function professionalOf(nationalId: string | null): PartyId | null {
  return nationalId !== null && /^8\d{11}$/.test(nationalId) ? partyIdOf('rpps', nationalId.slice(1)) : null
}

async function checkAccount({ tx }: Context, id: string, fields: AccountFields): Promise<AccountFields> {
  const nationalId = fields.nationalId?.replaceAll(' ', '') ?? null
  if (nationalId !== null && (await nationalIdTaken(tx, nationalId, id))) throw conflict('national_id_taken')
  return { ...fields, nationalId }
}

async function checkPlace(
  { tx }: Context,
  place: { readonly serviceId: string; readonly functions: readonly ActorFunction[]; readonly startsOn: string },
): Promise<void> {
  const service = await lockService(tx, place.serviceId)
  if (service === null) throw notFound('service')
  if (service.endsOn !== null && service.endsOn < place.startsOn) throw invalid('service_ended')
  if (functionsRefusedIn(service.kind, place.functions).length > 0) throw invalid('function_not_for_service')
}

async function accountAt({ tx }: Context, id: string): Promise<NonNullable<Awaited<ReturnType<typeof lockUser>>>> {
  const user = await lockUser(tx, id)
  if (user === null) throw notFound('account')
  return user
}

async function membershipAt({ tx }: Context, id: string): Promise<StoredMembership> {
  const membership = await lockMembership(tx, id)
  if (membership === null) throw notFound('membership')
  return membership
}

async function switchAccount(context: Context, id: string, status: 'active' | 'disabled'): Promise<{ id: string; version: number }> {
  const user = await accountAt(context, id)
  const record = publicRecord(id, { version: user.version, fields: { status: user.status } })
  const { version } = await mergeEdit(context, record, 'territory.user_account', user.version, { status })
  if (version !== user.version) await setAccountStatus(context.tx, id, status, version, context.now)
  return { id, version }
}

export const accounts: readonly Implementation[] = [
  implement(createUser, {
    load: noTarget,
    run: async (context, { id, membership, ...fields }) => {
      const account = await checkAccount(context, id, fields)
      await checkPlace(context, membership)
      await insertUser(context.tx, id, account, professionalOf(account.nationalId))
      await insertMembership(context.tx, membership.id, id, membership)
      context.note({ serviceId: membership.serviceId, functions: membership.functions })
      return { id, version: 1 }
    },
  }),
  implement(editUser, {
    load: (context, { id }) => accountAt(context, id),
    run: async (context, { id, baseVersion, changes }) => {
      const held = await accountAt(context, id)
      const checked = await checkAccount(context, id, { ...held.fields, ...given(changes) })
      const merged = await mergeEdit(context, publicRecord(id, held), 'territory.user_account', baseVersion, pick(checked, changes))
      const fields = { ...held.fields, ...merged.changes } as AccountFields
      if (merged.version !== held.version) await updateUser(context.tx, id, fields, professionalOf(fields.nationalId), merged.version)
      context.note({ fields: Object.keys(merged.changes) })
      return { id, version: merged.version }
    },
  }),
  implement(closeAccount, {
    load: async (context, { id }) => ({ userId: id, version: (await accountAt(context, id)).version }),
    run: async (context, { id }) => {
      const closed = await switchAccount(context, id, 'disabled')
      context.note({ sessionsEnded: await endSessionsOf(context.tx, id, null, 'account_closed') })
      return closed
    },
  }),
  implement(reopenAccount, {
    load: (context, { id }) => accountAt(context, id),
    run: (context, { id }) => switchAccount(context, id, 'active'),
  }),
  implement(addMembership, {
    load: (context, { userId }) => accountAt(context, userId),
    run: async (context, { id, userId, ...membership }) => {
      const user = await accountAt(context, userId)
      if (user.status === 'disabled') throw conflict('account_disabled')
      await checkPlace(context, membership)
      if (await worksThere(context.tx, userId, membership.serviceId, membership.startsOn)) throw conflict('membership_overlap')
      await insertMembership(context.tx, id, userId, membership)
      context.note({ serviceId: membership.serviceId, functions: membership.functions })
      return { id, version: 1 }
    },
  }),
  implement(editMembership, {
    load: (context, { id }) => membershipAt(context, id),
    run: async (context, { id, baseVersion, changes }) => {
      const held = await membershipAt(context, id)
      if (held.endsOn !== null && held.endsOn < dayOf(context.now, context.timeZone)) throw conflict('membership_ended')
      const fields = { functions: held.functions, jobTitle: held.jobTitle }
      if (functionsRefusedIn(held.serviceKind, changes.functions ?? []).length > 0) throw invalid('function_not_for_service')
      const merged = await mergeEdit(context, publicRecord(id, { version: held.version, fields }), 'territory.membership', baseVersion, given(changes))
      if (merged.version !== held.version) await updateMembership(context.tx, id, { ...fields, ...merged.changes }, merged.version)
      return { id, version: merged.version }
    },
  }),
  implement(endMembership, {
    load: (context, { id }) => membershipAt(context, id),
    run: async (context, { id, endsOn }) => {
      const held = await membershipAt(context, id)
      const today = dayOf(context.now, context.timeZone)
      if (held.endsOn !== null && held.endsOn < today) throw conflict('membership_ended')
      if (endsOn < held.startsOn) throw invalid('membership_dates')
      const { version } = await mergeEdit(
        context,
        publicRecord(id, { version: held.version, fields: { endsOn: held.endsOn } }),
        'territory.membership',
        held.version,
        { endsOn },
      )
      await setMembershipEnd(context.tx, id, endsOn, version)
      if (endsOn < today) context.note({ sessionsEnded: await endSessionsOf(context.tx, held.userId, id, 'membership_ended') })
      return { id, version }
    },
  }),
]
