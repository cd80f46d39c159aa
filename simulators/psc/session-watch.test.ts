import { expect, test } from 'vitest'
import { loginWorld } from './testing/login-world.ts'
import { type ScriptBrowser, scriptBrowser } from './testing/script-browser.ts'

const { jalon, psc, clock, database, lookAtSessions } = await loginWorld({ environment: { PSC_SESSION_CHECK_MINUTES: '5' } })

const nameIn = async (browser: ScriptBrowser): Promise<string | null> =>
  (JSON.parse((await browser.get(`${jalon}/who`)).body || 'null') as { displayName?: string } | null)?.displayName ?? null
const logIn = async (persona: string): Promise<ScriptBrowser> => {
  const browser = scriptBrowser()
  await browser.get(`${jalon}/login?login_hint=${persona}&returnTo=/who`)
  return browser
}

test('a session ends once that of Pro Santé Connect is over, and not before; its silence closes nobody', async () => {
  const browser = await logIn('referent')
  expect(await lookAtSessions()).toBe(0)
  clock.advance(6 * 60_000)
  expect(await lookAtSessions()).toBe(0)
  expect(await nameIn(browser)).toBe('Julie MARCHAL')
  // Asked again with the token that the first answer gave.
  clock.advance(6 * 60_000)
  psc.setFault('token_unreachable')
  expect(await lookAtSessions()).toBe(0)
  psc.setFault(null)
  clock.advance(6 * 60_000)
  expect(await lookAtSessions()).toBe(0)
  psc.endSessions()
  expect(await nameIn(browser)).toBe('Julie MARCHAL')
  clock.advance(6 * 60_000)
  expect(await lookAtSessions()).toBe(1)
  expect(await nameIn(browser)).toBeNull()
})

test('the token that is kept for it cannot be read in the database, and goes away with the session', async () => {
  await logIn('team-lead')
  const { rows } = await database.owner.query(`select identity ->> 'refresh' as refresh, ended_at is null as live from platform.session`)
  for (const { refresh, live } of rows) {
    if (live) expect(refresh).toMatch(/^[\w-]{60,}$/)
    else expect(refresh).toBeNull()
  }
})
