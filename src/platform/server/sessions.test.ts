import { expect, it } from 'vitest'
import { newId } from '../contract/ids.ts'
import { testDatabase } from '../testing/test-database.ts'
import { endSession, openSession } from './sessions.ts'

const { db, owner } = await testDatabase()
const now = new Date('2026-11-22T08:00:00Z')

const secretAfterLogin = async (userId: string, membershipId: string | null, minute: number): Promise<string> => {
  const { token } = await openSession(db, { userId, membershipId, now: new Date(now.getTime() + minute * 60_000), absoluteMinutes: 600 })
  await endSession(db, token, 'idle', now)
  const { rows } = await owner.query('select draft_secret from platform.session where user_id = $1 order by created_at desc limit 1', [userId])
  return rows[0].draft_secret
}

it('what a browser sealed under a session that was lost opens again at the next login of the same user', async () => {
  const [julie, karim, membership] = [newId(), newId(), newId()]
  const first = await secretAfterLogin(julie, membership, 0)
  expect(await secretAfterLogin(julie, membership, 1)).toBe(first)
  expect(await secretAfterLogin(karim, membership, 2)).not.toBe(first)
})

it('who has not chosen her situation yet shares no secret with anybody', async () => {
  const nobody = newId()
  expect(await secretAfterLogin(nobody, null, 0)).not.toBe(await secretAfterLogin(nobody, null, 1))
})
