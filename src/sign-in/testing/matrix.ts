import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import { expectAll, type MatrixRow } from '../../platform/testing/matrix-model.ts'
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
import { meansOfUser, mySessions, openingAlerts, signInSettings } from '../contract/queries.ts'

const adminOnly = expectAll('forbidden', { regionalAdmin: 'ok' })
const justification = 'Durées revues avec les services de la région le 15 octobre 2026.'

export const signInMatrix: readonly MatrixRow[] = [
  { contract: mySessions, input: () => ({}), expected: expectAll('ok') },
  { contract: closeSession, input: () => ({ handle: newId() }), expected: expectAll('ok') },
  { contract: closeOtherSessions, input: () => ({}), expected: expectAll('ok') },
  { contract: signInSettings, input: () => ({}), expected: adminOnly },
  { contract: changeSessionLimits, input: () => ({ baseVersion: 1, idleMinutes: 30, absoluteMinutes: 480, justification }), expected: adminOnly },
  { contract: changeLocalSignIn, input: () => ({ baseVersion: 1, enabled: true, endsOn: '2026-12-31', justification }), expected: adminOnly },
  { contract: changeBulkOpening, input: () => ({ baseVersion: 1, files: 200, minutes: 10, block: true, justification }), expected: adminOnly },
  {
    contract: invite,
    arrange: async (world, tx) => {
      await sql`update platform.setting set value = '{"enabled": true, "endsOn": "2026-12-31"}' where key = 'signIn.local'`.execute(tx)
      await sql`update territory.user_account set email = 'karim@dac.example' where id = ${world.colleagueId}`.execute(tx)
      return {}
    },
    input: (world) => ({ id: newId(), userId: world.colleagueId, secretHash: 'a'.repeat(64), hours: 48, replaces: true }),
    expected: adminOnly,
  },
  {
    contract: cancelInvitation,
    arrange: async (world, tx) => {
      const id = newId<never>() as string
      await sql`insert into sign_in.invitation (id, user_id, secret_hash, replaces, created_by, created_at, expires_at)
        values (${id}, ${world.colleagueId}, '\\x00', true, ${world.referentId}, ${world.clock}, ${new Date(world.clock.getTime() + 3_600_000)})`.execute(tx)
      return { id }
    },
    input: (_world, { id }) => ({ id }),
    expected: adminOnly,
  },
  { contract: revokeMeans, input: (world) => ({ userId: world.colleagueId }), expected: adminOnly },
  { contract: meansOfUser, input: (world) => ({ userId: world.colleagueId }), expected: adminOnly },
  { contract: openingAlerts, input: () => ({}), expected: expectAll('forbidden', { director: 'ok', regionalAdmin: 'ok' }) },
  {
    contract: reviewOpeningAlert,
    arrange: async (world, tx) => {
      const id = newId<never>() as string
      await sql`insert into sign_in.opening_alert (id, user_id, service_id, files, minutes, raised_at) values (${id}, ${world.colleagueId}, ${world.dacA}, 500, 10, ${world.clock})`.execute(
        tx,
      )
      return { id }
    },
    input: (_world, { id }) => ({ id, comment: 'Reprise des dossiers d’une collègue.', reopen: false }),
    // The right is looked at after the alert itself: whoever sees none is told that there is none.
    expected: expectAll('not_found', { director: 'ok', regionalAdmin: 'ok' }),
  },
]
