import { expect, test } from 'vitest'
import { personas } from '../../src/app/seed/personas.ts'
import { loginWorld } from './testing/login-world.ts'
import { type Landing, scriptBrowser } from './testing/script-browser.ts'

const { jalon, psc, database, clock } = await loginWorld()

const who = async (browser: ReturnType<typeof scriptBrowser>): Promise<{ displayName: string; serviceName: string; functions: string[] } | null> =>
  JSON.parse((await browser.get(`${jalon}/who`)).body || 'null')
const sessions = async (): Promise<number> =>
  Number((await database.owner.query('select count(*) from platform.session where ended_at is null and membership_id is not null')).rows[0]?.count)
const lastAudit = async () =>
  (await database.owner.query('select name, kind, outcome, code, actor_id, details from audit.inbox order by at desc, id desc limit 1')).rows[0]

async function signIn(persona: string, returnTo = '/who'): Promise<{ browser: ReturnType<typeof scriptBrowser>; landing: Landing }> {
  const browser = scriptBrowser()
  return { browser, landing: await browser.get(`${jalon}/login?login_hint=${persona}&returnTo=${encodeURIComponent(returnTo)}`) }
}

test('a script logs in with plain redirections and comes back to the page it wanted', async () => {
  const { browser, landing } = await signIn('referent', '/who?tab=fil')
  expect(landing.url).toBe(`${jalon}/who?tab=fil`)
  expect(await who(browser)).toMatchObject({ displayName: 'Julie MARCHAL', serviceName: 'DAC Hautes-Vallées', functions: ['referent'] })
  expect(await lastAudit()).toMatchObject({
    name: 'session.open',
    kind: 'login',
    outcome: 'done',
    details: { professionCode: '60', sectorCode: 'SA57', registered: false },
  })
})

test('on the page of the stand-in one chooses who to be, without JavaScript', async () => {
  const browser = scriptBrowser()
  const page = await browser.get(`${jalon}/login?returnTo=/who`)
  expect(page.status).toBe(200)
  expect(page.body).toContain('Nadia FERRY')
  expect(page.body).not.toContain('<script')
  const landing = await browser.post(page.url, { persona: 'front-desk' })
  expect(JSON.parse(landing.body)).toMatchObject({ displayName: 'Nadia FERRY', functions: ['front_desk'] })
})

test.each(personas.filter(({ account, memberships }) => account === 'active' && memberships.length === 1).map(({ id }) => id))(
  '%s logs in to her service',
  async (id) => {
    const { browser } = await signIn(id)
    const [membership] = personas.find((persona) => persona.id === id)?.memberships ?? []
    expect(await who(browser)).toMatchObject({ functions: membership?.functions })
  },
)

test('whoever gives up is told so and has no session', async () => {
  const browser = scriptBrowser()
  const page = await browser.get(`${jalon}/login`)
  const landing = await browser.post(page.url, { persona: '' })
  expect(landing.status).toBe(403)
  expect(landing.body).toContain('Vous ne vous êtes pas identifié')
  expect(await who(browser)).toBeNull()
})

test('a doctor with two situations chooses hers, and enters under that one', async () => {
  const { browser, landing } = await signIn('gp', '/who')
  expect(landing.url).toBe(`${jalon}/login/situation`)
  expect(landing.body).toContain('CABINET DU DR FRITSCH')
  expect(landing.body).toContain('EHPAD LES TILLEULS')
  expect(landing.body.match(/type="radio"/g)).toHaveLength(2)
  expect(await who(browser)).toBeNull()
  const entered = await browser.post(`${jalon}/login/situation`, { place: '1' })
  expect(JSON.parse(entered.body)).toMatchObject({ displayName: 'Anne-Laure FRITSCH', serviceName: 'EHPAD LES TILLEULS' })
})

test('a choice serves once: sent again, it opens nothing more', async () => {
  const { browser } = await signIn('gp')
  const cookie = browser
    .cookies()
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')
  const both = await Promise.all(
    [1, 2].map(() => fetch(`${jalon}/login/situation`, { method: 'POST', body: new URLSearchParams({ place: '0' }), headers: { cookie }, redirect: 'manual' })),
  )
  expect(both.map(({ status }) => status).sort()).toEqual([303, 400])
})

test('a situation that is not in the list is asked again', async () => {
  const { browser } = await signIn('gp')
  for (const place of ['7', '-1', 'abc']) expect((await browser.post(`${jalon}/login/situation`, { place })).status).toBe(400)
  expect(await who(browser)).toBeNull()
})

test('the choice expires after ten minutes', async () => {
  const { browser } = await signIn('gp')
  clock.advance(11 * 60_000)
  const late = await browser.post(`${jalon}/login/situation`, { place: '0' })
  expect(late.body).toContain('Le choix de votre situation a expiré')
})

test('two services of one association stay two choices', async () => {
  const { browser, landing } = await signIn('two-services')
  expect(landing.body).toContain('DAC Hautes-Vallées')
  expect(landing.body).toContain('CLIC des Hautes-Vallées')
  const entered = await browser.post(`${jalon}/login/situation`, { place: '1' })
  expect(JSON.parse(entered.body)).toMatchObject({ serviceName: 'CLIC des Hautes-Vallées' })
})

test('a professional without any situation d’exercice is refused and told what to do', async () => {
  const before = await sessions()
  const { browser, landing } = await signIn('no-situation')
  expect(landing.status).toBe(403)
  expect(landing.body).toContain('RPPS+')
  expect(await who(browser)).toBeNull()
  expect(await sessions()).toBe(before)
  expect(await lastAudit()).toMatchObject({ outcome: 'refused', code: 'no_situation' })
})

test('a closed account is refused, and the audit says whose', async () => {
  const { browser, landing } = await signIn('account-closed')
  expect(landing.status).toBe(403)
  expect(landing.body).toContain('Votre accès à Jalon est fermé')
  expect(await who(browser)).toBeNull()
  const audit = await lastAudit()
  expect(audit).toMatchObject({ outcome: 'refused', code: 'account_disabled' })
  expect(audit?.actor_id).not.toBeNull()
})

test('a physiotherapist unknown to Jalon gets, once, an account of outside professional with his practice', async () => {
  const first = await signIn('newcomer')
  expect(await who(first.browser)).toMatchObject({
    displayName: 'Hugo Arnould',
    serviceName: 'CABINET DE KINESITHERAPIE ARNOULD',
    functions: ['outside_professional'],
    category: 'health',
    volets: ['administrative', 'social', 'health'],
  })
  expect(await lastAudit()).toMatchObject({ details: { registered: true } })
  const second = await signIn('newcomer')
  expect(await who(second.browser)).toMatchObject({ displayName: 'Hugo Arnould' })
  const { rows } = await database.owner.query(
    `select count(distinct u.id)::int as users, count(m.id)::int as memberships from territory.user_account u join territory.membership m on m.user_id = u.id where u.national_id = '819990018269'`,
  )
  expect(rows).toEqual([{ users: 1, memberships: 1 }])
})

test('the address to return to is a path of Jalon, or the home page', async () => {
  for (const elsewhere of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/..//evil.example',
    'javascript:alert(1)',
    '/login?returnTo=/x',
    '/api/me',
    '/%0d%0aLocation:x',
    ' /who',
  ]) {
    const { landing } = await signIn('referent', elsewhere)
    const path = landing.trail.at(-1)?.slice(jalon.length) ?? ''
    expect(
      landing.trail.every((url) => url.startsWith(jalon) || url.startsWith(psc.url)),
      elsewhere,
    ).toBe(true)
    expect(path, elsewhere).toMatch(elsewhere.startsWith('/%0d') ? /^\/%0d%0a/ : /^\/$/)
  }
})

test('logging in again replaces the session: the former cookie is worth nothing', async () => {
  const { browser } = await signIn('referent')
  const former = browser.cookies().find(({ name }) => name === 'jalon')?.value
  await browser.get(`${jalon}/login?login_hint=team-lead`)
  expect(await who(browser)).toMatchObject({ displayName: 'Sandrine AUBERTIN' })
  const answer = await fetch(`${jalon}/who`, { headers: { cookie: `jalon=${former}` } })
  expect(await answer.text()).toBe('null')
})

test('whoever has a session goes straight to the page', async () => {
  const { browser } = await signIn('referent')
  const landing = await browser.get(`${jalon}/login?returnTo=/who`)
  expect(landing.trail).toHaveLength(2)
})

test('logging out ends the session on the server and at Pro Santé Connect', async () => {
  const { browser } = await signIn('referent')
  const token = browser.cookies().find(({ name }) => name === 'jalon')?.value
  const page = await browser.post(`${jalon}/logout`, {})
  const onward = /content="0; url=([^"]+)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(onward.startsWith(psc.settings.PSC_LOGOUT_URL)).toBe(true)
  const bye = await browser.get(onward)
  expect(bye.url).toBe(`${jalon}/login/bye`)
  expect(bye.body).toContain('Vous êtes déconnecté')
  expect(await (await fetch(`${jalon}/who`, { headers: { cookie: `jalon=${token}` } })).text()).toBe('null')
  const { rows } = await database.owner.query(`select identity from platform.session where end_reason = 'logout' and identity ? 'idToken'`)
  expect(rows).toEqual([])
})

test('another site can neither log somebody out nor choose for her', async () => {
  const { browser } = await signIn('referent')
  for (const headers of [
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: jalon },
    { origin: 'null' },
  ]) {
    expect((await browser.post(`${jalon}/logout`, {}, headers)).status).toBe(403)
    expect((await browser.post(`${jalon}/login/situation`, { place: '0' }, headers)).status).toBe(403)
  }
  expect(await who(browser)).not.toBeNull()
})

test('a callback without its departure opens nothing: other browser, other state, other secret, too late', async () => {
  const stolen = scriptBrowser()
  const callback = await callbackOf(stolen)
  expect((await scriptBrowser().get(callback)).body).toContain('Cette connexion a expiré')
  const altered = new URL(callback)
  altered.searchParams.set('state', 'another')
  expect((await stolen.get(altered.href)).body).toContain('Cette connexion a expiré')
  clock.advance(11 * 60_000)
  expect((await stolen.get(callback)).body).toContain('Cette connexion a expiré')
  expect(await who(stolen)).toBeNull()
})

test('a code serves once, and only with the verifier of its own departure', async () => {
  const browser = scriptBrowser()
  const callback = await callbackOf(browser)
  const departure = browser
    .cookies()
    .filter(({ name }) => name.startsWith('jalon_login'))
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')
  expect((await browser.get(callback)).url).toBe(`${jalon}/`)
  const replay = await fetch(callback, { headers: { cookie: departure }, redirect: 'manual' })
  expect(replay.status).toBe(403)

  const victim = scriptBrowser()
  const code = new URL(await callbackOf(victim)).searchParams.get('code') ?? ''
  const attacker = scriptBrowser()
  const own = new URL(await callbackOf(attacker))
  own.searchParams.set('code', code)
  expect((await attacker.get(own.href)).status).toBe(403)
  expect(await who(attacker)).toBeNull()
})

test('several tabs may leave for Pro Santé Connect at once', async () => {
  const browser = scriptBrowser()
  const [first, second] = [await callbackOf(browser), await callbackOf(browser)]
  expect((await browser.get(first)).url).toBe(`${jalon}/`)
  expect((await browser.get(second)).url).toBe(`${jalon}/`)
})

test.each(['amr_null', 'userinfo_other_spelling'] as const)('what is only unusual (%s) is accepted', async (fault) => {
  psc.setFault(fault)
  const { browser } = await signIn('referent')
  psc.setFault(null)
  expect(await who(browser)).toMatchObject({ serviceName: 'DAC Hautes-Vallées' })
})

/** Goes through Pro Santé Connect and stops before the callback is called. */
async function callbackOf(browser: ReturnType<typeof scriptBrowser>): Promise<string> {
  let url = `${jalon}/login?login_hint=referent`
  for (let hops = 0; hops < 10; hops += 1) {
    const response = await browser.step(url)
    url = new URL(response.headers.get('location') ?? '', url).href
    if (url.startsWith(`${jalon}/login/callback`)) return url
  }
  throw new Error('no callback')
}
