import { expect, test } from 'vitest'
import type { Persona } from '../../src/app/seed/personas.ts'
import { loginWorld } from './testing/login-world.ts'
import { scriptBrowser } from './testing/script-browser.ts'

const stranger = (id: string, nationalId: string, exercices: Persona['exercices']): Persona => ({
  id,
  label: id,
  lookAt: '',
  nationalId,
  civility: 'M',
  familyName: 'GRANDCLAUDE',
  givenName: 'Jean-Marie',
  exercices,
  memberships: [],
  account: 'none',
})
const salaried = { role: '', specialty: '', mode: 'S', genre: 'GENR01' } as const

const { jalon, psc, database, clock } = await loginWorld({
  singleSignOn: true,
  people: [
    stranger('hospital-doctor', '819990022543', [{ ...salaried, profession: '10', at: 'hospitalHautesVallees' }]),
    stranger('dac-nurse', '819990023616', [{ ...salaried, profession: '60', at: 'dacHautesVallees' }]),
    stranger('two-places', '819990024689', [
      { ...salaried, profession: '60', at: 'hospitalHautesVallees' },
      { ...salaried, profession: '60', mode: 'L', at: 'practiceNoel' },
    ]),
    stranger('physiotherapist', '819990018269', [{ ...salaried, profession: '70', mode: 'L', at: 'practiceArnould' }]),
    stranger('director', '819990025751', [{ ...salaried, profession: '', role: '359', at: 'ehpadTilleuls' }]),
  ],
})

const who = async (browser: ReturnType<typeof scriptBrowser>): Promise<unknown> => JSON.parse((await browser.get(`${jalon}/who`)).body)
const memberships = async (nationalId: string) =>
  (
    await database.owner.query(
      `select s.kind, s.name, s.source, m.functions from territory.membership m join territory.service s on s.id = m.service_id join territory.user_account u on u.id = m.user_id where u.national_id = $1`,
      [nationalId],
    )
  ).rows

test('the session at Pro Santé Connect signs her in again without a question, until she logs out', async () => {
  const browser = scriptBrowser()
  await browser.get(`${jalon}/login?login_hint=hospital-doctor`)
  browser.forget(/^jalon$/)
  expect((await browser.get(`${jalon}/login?returnTo=/who`)).url).toBe(`${jalon}/who`)
  const { rows } = await database.owner.query(`select identity ->> 'idToken' as token from platform.session where identity ? 'idToken'`)
  for (const { token } of rows) expect(token, 'sealed').not.toMatch(/^eyJ/)
  const { rows: others } = await database.owner.query('select gen_random_uuid() as id')
  await browser.post(`${jalon}/logout`, { user: others[0]?.id })
  expect(await who(browser), 'the page of another user closes nothing of hers').toMatchObject({ displayName: 'Jean-Marie Grandclaude' })
  const page = await browser.post(`${jalon}/logout`, {})
  await browser.get(/content="0; url=([^"]+)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? '')
  expect((await browser.get(`${jalon}/login`)).body).toContain('choisissez qui vous êtes')
})

test('a session opened without a question is dated of the proof that Pro Santé Connect had, not of its own opening', async () => {
  const browser = scriptBrowser()
  // The clock of Jalon stands still in this file: ahead of the one of Pro Santé Connect, so that no proof is of later than now.
  clock.advance(60_000)
  const proof = async (): Promise<string> => (JSON.parse((await browser.get(`${jalon}/proved`)).body) as { at: string }).at
  await browser.get(`${jalon}/login?login_hint=hospital-doctor`)
  const first = await proof()
  await new Promise((resolve) => setTimeout(resolve, 2_100))
  browser.forget(/^jalon$/)
  await browser.get(`${jalon}/login?returnTo=/who`)
  expect(await proof()).toBe(first)
  await browser.get(`${jalon}/login?confirm=1&login_hint=hospital-doctor&returnTo=/who`)
  expect(new Date(await proof()).getTime()).toBeGreaterThan(new Date(first).getTime())
})

test('Pro Santé Connect goes back only to a registered address, and only for a token of its own', async () => {
  const browser = scriptBrowser()
  for (const query of [{ id_token_hint: 'a.b.c', post_logout_redirect_uri: `${jalon}/login/bye` }, { post_logout_redirect_uri: `${jalon}/login/bye` }]) {
    expect((await browser.step(`${psc.settings.PSC_LOGOUT_URL}?${new URLSearchParams(query)}`)).status).toBe(400)
  }
})

test('a hospital doctor joins the hospital that FINESS names; given names lose their capitals', async () => {
  const browser = scriptBrowser()
  await browser.get(`${jalon}/login?login_hint=hospital-doctor`)
  expect(await who(browser)).toMatchObject({ displayName: 'Jean-Marie Grandclaude', functions: ['outside_professional'] })
  expect(await memberships('819990022543')).toEqual([{ kind: 'hospital', name: 'CH des Hautes-Vallées', source: 'local', functions: ['outside_professional'] }])
})

test('nobody joins a DAC by herself: a nurse whom it has not registered is told to ask for it', async () => {
  const browser = scriptBrowser()
  const page = await browser.get(`${jalon}/login?login_hint=dac-nurse`)
  expect(page.status).toBe(403)
  expect(page.body).toContain('un service de la région doit d’abord vous ouvrir un accès')
  expect(await memberships('819990023616')).toEqual([])
})

test('a newcomer with two places chooses before she has an account', async () => {
  const browser = scriptBrowser()
  const page = await browser.get(`${jalon}/login?login_hint=two-places`)
  expect(page.url).toBe(`${jalon}/login/situation`)
  expect(await memberships('819990024689')).toEqual([])
  // What waits meanwhile holds her tokens and her name: sealed.
  const { rows } = await database.owner.query('select identity::text as kept from platform.session where membership_id is null and ended_at is null')
  expect(rows).toHaveLength(1)
  for (const secret of ['eyJ', 'GRANDCLAUDE', '819990024689', 'refresh']) expect(rows[0]?.kept).not.toContain(secret)
  await browser.post(page.url, { place: '1' })
  expect(await memberships('819990024689')).toMatchObject([{ name: 'CABINET INFIRMIER NOËL' }])
})

test('a director unknown to Jalon is told to ask for an access', async () => {
  const page = await scriptBrowser().get(`${jalon}/login?login_hint=director`)
  expect(page.status).toBe(403)
  expect(page.body).toContain('un service de la région doit d’abord vous ouvrir un accès')
  expect(await memberships('819990025751')).toEqual([])
})

test('ten first logins at once make one account, one practice and one membership', async () => {
  const browsers = Array.from({ length: 10 }, scriptBrowser)
  await Promise.all(browsers.map((browser) => browser.get(`${jalon}/login?login_hint=physiotherapist`)))
  for (const browser of browsers) expect(await who(browser)).toMatchObject({ serviceName: 'CABINET DE KINESITHERAPIE ARNOULD' })
  expect(await memberships('819990018269')).toHaveLength(1)
})
