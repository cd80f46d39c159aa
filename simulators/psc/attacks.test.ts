import { afterAll, expect, test } from 'vitest'
import { sessionHash } from '../../src/platform/server/sessions.ts'
import type { Fault } from './faults.ts'
import { loginWorld } from './testing/login-world.ts'
import { type ScriptBrowser, scriptBrowser } from './testing/script-browser.ts'

const world = await loginWorld()
const { jalon, psc, database, clock } = world

type Place = Pick<typeof world, 'jalon' | 'psc' | 'database'>

const nameIn = async (browser: ScriptBrowser, { jalon: url }: Place = world): Promise<string | null> =>
  (JSON.parse((await browser.get(`${url}/who`)).body || 'null') as { displayName?: string } | null)?.displayName ?? null
const cookiesOf = (browser: ScriptBrowser, name = /./): string =>
  browser
    .cookies()
    .filter((cookie) => name.test(cookie.name))
    .map((cookie) => `${cookie.name}=${cookie.value}`)
    .join('; ')
const nameWith = async (cookie: string): Promise<string | null> =>
  ((await (await fetch(`${jalon}/who`, { headers: { cookie } })).json()) as { displayName?: string } | null)?.displayName ?? null
const liveSessions = async ({ database: { owner } }: Place = world): Promise<number> =>
  Number((await owner.query('select count(*) from platform.session where ended_at is null and membership_id is not null')).rows[0]?.count)

async function logIn(persona = 'referent', place: Place = world): Promise<ScriptBrowser> {
  const browser = scriptBrowser()
  await browser.get(`${place.jalon}/login?login_hint=${persona}&returnTo=/who`)
  return browser
}

/** Goes through Pro Santé Connect and stops before the callback is called. `change` alters the departure on its way. */
async function callbackOf(browser: ScriptBrowser, { persona = 'referent', query = '', change = (url: string) => url } = {}): Promise<string> {
  let url = `${jalon}/login?login_hint=${persona}${query}`
  for (let hops = 0; hops < 10; hops += 1) {
    const response = await browser.step(url)
    url = new URL(response.headers.get('location') ?? '', url).href
    if (url.startsWith(`${psc.url}/auth?`)) url = change(url)
    if (url.startsWith(`${jalon}/login/callback`)) return url
  }
  throw new Error('no callback')
}

/** What an attack gives: true when it opened, showed or closed what it should not. */
type Attack = () => Promise<boolean>
interface Tried {
  readonly attack: Attack
  /** The same road without the fault: false would mean that the refusal proves nothing. */
  readonly control: () => Promise<boolean>
}

/** A wrong answer of the stand-in, in any of its ways. */
function wrongAnswer(fault: Fault, place: Place = world): Tried {
  return {
    attack: async () => {
      const before = await liveSessions(place)
      place.psc.setFault(fault)
      try {
        const browser = await logIn('referent', place)
        return (await nameIn(browser, place)) !== null || (await liveSessions(place)) > before
      } finally {
        place.psc.setFault(null)
      }
    },
    control: async () => (await nameIn(await logIn('referent', place), place)) === 'Julie MARCHAL',
  }
}

/** The callback as the browser received it, altered. */
function altered(alter: (url: URL) => void): Tried {
  const go = async (change: (url: URL) => void): Promise<boolean> => {
    const browser = scriptBrowser()
    const url = new URL(await callbackOf(browser))
    change(url)
    await browser.get(url.href)
    return (await nameIn(browser)) !== null
  }
  return { attack: () => go(alter), control: () => go(() => undefined) }
}

/** Where a login leads: true when it leaves Jalon. */
function returnTo(elsewhere: string): Tried {
  const lands = async (asked: string): Promise<string> => {
    const browser = scriptBrowser()
    const { trail } = await browser.get(`${jalon}/login?login_hint=referent&returnTo=${encodeURIComponent(asked)}`)
    return trail.at(-1) ?? ''
  }
  return {
    attack: async () => {
      const at = new URL(await lands(elsewhere))
      return at.origin !== jalon || at.pathname !== '/'
    },
    control: async () => (await lands('/who?tab=fil')) === `${jalon}/who?tab=fil`,
  }
}

/** A logout that somebody else announces in the name of Pro Santé Connect: true when it ends the session. */
function announcedLogout(lies: NonNullable<Parameters<typeof psc.logoutToken>[1]>): Tried {
  const announce = async (told: typeof lies): Promise<boolean> => {
    const browser = await logIn()
    const token = browser.cookies().find(({ name }) => name === 'jalon')?.value ?? ''
    const { rows } = await database.owner.query('select provider_session from platform.session where id_hash = $1', [sessionHash(token)])
    const answer = await fetch(`${jalon}/login/psc-logout`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: psc.logoutToken({ sid: rows[0]?.provider_session }, told) }),
    })
    return answer.status === 200 && (await nameIn(browser)) === null
  }
  return { attack: () => announce(lies), control: () => announce({}) }
}

// The keys are asked for once and kept: those attacks need a Jalon that has not asked yet.
const [withoutKeys, withOtherKeys] = [await loginWorld(), await loginWorld()]
const inProduction = await loginWorld({ production: true })

const attacks: Readonly<Record<string, Tried>> = {
  'state: another one comes back': wrongAnswer('state_other'),
  'state: none comes back': wrongAnswer('state_missing'),
  'mix-up: the answer names another issuer': wrongAnswer('iss_parameter_other'),
  'an error in place of a code': wrongAnswer('error_response'),
  'no ID token': wrongAnswer('id_token_missing'),
  'nonce: that of another login': wrongAnswer('nonce_other'),
  'nonce: missing': wrongAnswer('nonce_missing'),
  'aud: another service': wrongAnswer('aud_other'),
  'aud: another service besides': wrongAnswer('aud_several'),
  'azp: another service': wrongAnswer('azp_other'),
  'iss: another issuer': wrongAnswer('iss_other'),
  'sub: missing': wrongAnswer('sub_missing'),
  'sub: empty': wrongAnswer('sub_empty'),
  'alg: none': wrongAnswer('alg_none'),
  'alg: HS256 under the client secret': wrongAnswer('alg_hs256'),
  'alg: HS256 under the published key': wrongAnswer('alg_hs256_public_key'),
  'a key brought by the token itself': wrongAnswer('jwk_in_header'),
  'a header that must be understood and is not': wrongAnswer('crit_unknown'),
  'signature: by another key': wrongAnswer('signature_other_key'),
  'signature: one character changed': wrongAnswer('signature_altered'),
  'kid: unknown': wrongAnswer('kid_unknown'),
  'keys: replaced on the way': { attack: wrongAnswer('jwks_swapped', withOtherKeys).attack, control: wrongAnswer('jwks_swapped').control },
  'keys: unreadable': wrongAnswer('jwks_garbage', withoutKeys),
  'token: expired': wrongAnswer('expired'),
  'token: without expiry': wrongAnswer('exp_missing'),
  'token: not yet valid': wrongAnswer('not_yet_valid'),
  'token: issued tomorrow': wrongAnswer('iat_future'),
  'token: of another access token (at_hash)': wrongAnswer('at_hash_other'),
  'acr: another level': wrongAnswer('acr_other'),
  'acr: missing': wrongAnswer('acr_missing'),
  'amr: a password alone': wrongAnswer('amr_password'),
  'token endpoint: silent': wrongAnswer('token_unreachable'),
  'token endpoint: garbage': wrongAnswer('token_garbage'),
  'token endpoint: slower than anybody waits': wrongAnswer('token_slow'),
  'token endpoint: sends elsewhere': wrongAnswer('token_redirect'),
  'token endpoint: a token of another kind': wrongAnswer('token_type_other'),
  'userinfo: of somebody else': wrongAnswer('userinfo_sub_other'),
  'userinfo: without a national identifier': wrongAnswer('userinfo_no_national_id'),
  'userinfo: silent': wrongAnswer('userinfo_unreachable'),
  'userinfo: garbage': wrongAnswer('userinfo_garbage'),
  'userinfo: sends elsewhere': wrongAnswer('userinfo_redirect'),
  'userinfo: a JWT that nobody signed': wrongAnswer('userinfo_jwt_none'),
  'two codes in one answer': altered((url) => url.searchParams.append('code', 'another')),
  'two states in one answer': altered((url) => url.searchParams.append('state', 'another')),
  'a code that was never given': altered((url) => url.searchParams.set('code', 'x'.repeat(43))),
  'no code': altered((url) => url.searchParams.delete('code')),
  'a code and an error together': altered((url) => url.searchParams.set('error', 'server_error')),
  'a token in the address in place of a code': altered((url) => {
    url.searchParams.delete('code')
    url.searchParams.set('id_token', 'a.b.c')
    url.searchParams.set('access_token', 'x')
  }),
  'a code played again': {
    attack: async () => {
      const browser = scriptBrowser()
      const callback = await callbackOf(browser)
      const departure = cookiesOf(browser, /login/)
      await browser.get(callback)
      const replay = await fetch(callback, { headers: { cookie: departure }, redirect: 'manual' })
      return (replay.headers.get('set-cookie') ?? '').includes('jalon=')
    },
    control: async () => {
      const browser = scriptBrowser()
      const callback = await callbackOf(browser)
      const played = await fetch(callback, { headers: { cookie: cookiesOf(browser, /login/) }, redirect: 'manual' })
      return (played.headers.get('set-cookie') ?? '').includes('jalon=')
    },
  },
  'code injection: a stolen code in one’s own departure': {
    attack: async () => {
      const code = new URL(await callbackOf(scriptBrowser(), { persona: 'team-lead' })).searchParams.get('code') ?? ''
      const attacker = scriptBrowser()
      const own = new URL(await callbackOf(attacker))
      own.searchParams.set('code', code)
      await attacker.get(own.href)
      return (await nameIn(attacker)) !== null
    },
    control: altered(() => undefined).control,
  },
  'login CSRF: the answer to the attacker’s login given to another browser': {
    attack: async () => {
      const callback = await callbackOf(scriptBrowser(), { persona: 'team-lead' })
      const victim = scriptBrowser()
      await victim.get(callback)
      return (await nameIn(victim)) !== null
    },
    control: altered(() => undefined).control,
  },
  'session swap: the same, in a browser that has a session and a departure of its own': {
    attack: async () => {
      const victim = await logIn('front-desk')
      await callbackOf(victim)
      await victim.get(await callbackOf(scriptBrowser(), { persona: 'team-lead' }))
      return (await nameIn(victim)) !== 'Nadia FERRY'
    },
    control: async () => (await nameIn(await logIn('front-desk'))) === 'Nadia FERRY',
  },
  'PKCE: taken out of the departure': {
    attack: async () => {
      const browser = scriptBrowser()
      const callback = await callbackOf(browser, {
        change: (url) => url.replace(/&code_challenge=[^&]*/, '').replace(/&code_challenge_method=[^&]*/, ''),
      }).catch(() => null)
      if (callback !== null) await browser.get(callback)
      return (await nameIn(browser)) !== null
    },
    control: altered(() => undefined).control,
  },
  'PKCE: plain in place of S256': {
    attack: async () => {
      const browser = scriptBrowser()
      const callback = await callbackOf(browser, { change: (url) => url.replace('code_challenge_method=S256', 'code_challenge_method=plain') }).catch(
        () => null,
      )
      if (callback !== null) await browser.get(callback)
      return (await nameIn(browser)) !== null
    },
    control: altered(() => undefined).control,
  },
  'a departure forged in the browser': {
    attack: async () => {
      const browser = scriptBrowser()
      const callback = await callbackOf(browser)
      const [name = ''] = cookiesOf(browser, /login/).split('=')
      const forged = Buffer.from(JSON.stringify({ state: new URL(callback).searchParams.get('state'), nonce: 'n', verifier: 'v', returnTo: '/', until: 9e15 }))
      const answer = await fetch(callback, { headers: { cookie: `${name}=${forged.toString('base64url')}` }, redirect: 'manual' })
      return (answer.headers.get('set-cookie') ?? '').includes('jalon=')
    },
    control: altered(() => undefined).control,
  },
  'session fixation: an identifier put in the browser before the login': {
    attack: async () => {
      const fixed = cookiesOf(await logIn('team-lead'), /^jalon$/)
      const browser = scriptBrowser()
      const callback = await callbackOf(browser)
      const answer = await fetch(callback, { headers: { cookie: `${fixed}; ${cookiesOf(browser, /login/)}` }, redirect: 'manual' })
      const given = /jalon=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1]
      return `jalon=${given}` === fixed || (await nameWith(fixed)) !== null
    },
    control: async () => (await nameWith(cookiesOf(await logIn('team-lead'), /^jalon$/))) === 'Sandrine AUBERTIN',
  },
  'a new proof of identity that was not asked for': {
    attack: async () => {
      psc.setFault('auth_time_old')
      try {
        return await provesAgain(await logIn(), 'referent')
      } finally {
        psc.setFault(null)
      }
    },
    control: async () => provesAgain(await logIn(), 'referent'),
  },
  'a new proof of identity that does not say when': {
    attack: async () => {
      psc.setFault('auth_time_missing')
      try {
        return await provesAgain(await logIn(), 'referent')
      } finally {
        psc.setFault(null)
      }
    },
    control: async () => provesAgain(await logIn(), 'referent'),
  },
  'a new proof of identity of tomorrow': {
    attack: async () => {
      psc.setFault('auth_time_future')
      try {
        return await provesAgain(await logIn(), 'referent')
      } finally {
        psc.setFault(null)
      }
    },
    control: async () => provesAgain(await logIn(), 'referent'),
  },
  'auth_time: tomorrow': wrongAnswer('auth_time_future'),
  'a login without a question (single sign-on) that passes for a new proof': {
    attack: async () => {
      psc.setFault('auth_time_old')
      try {
        return await provedRecently(await logIn())
      } finally {
        psc.setFault(null)
      }
    },
    control: async () => provedRecently(await logIn()),
  },
  'a login that does not say when, and passes for a new proof': {
    attack: async () => {
      psc.setFault('auth_time_missing')
      try {
        return await provedRecently(await logIn())
      } finally {
        psc.setFault(null)
      }
    },
    control: async () => provedRecently(await logIn()),
  },
  'the identifier of before a new proof, which would inherit it': {
    attack: async () => {
      const browser = await silentLogIn()
      const former = cookiesOf(browser, /^jalon$/)
      await browser.get(`${jalon}/login?confirm=1&login_hint=referent&returnTo=/who`)
      return (await nameWith(former)) === 'Julie MARCHAL' && (await recentWith(former))
    },
    control: async () => {
      const browser = await silentLogIn()
      await browser.get(`${jalon}/login?confirm=1&login_hint=referent&returnTo=/who`)
      return recentWith(cookiesOf(browser, /^jalon$/))
    },
  },
  'a session without Pro Santé Connect that a proof there would prolong under another name': {
    attack: async () => {
      const browser = await logIn()
      await database.owner.query(`update platform.setting set value = '{"enabled": true, "endsOn": "2099-12-31"}' where key = 'signIn.local'`)
      await database.owner.query(`update platform.session set method = 'passkey' where id_hash = $1`, [sessionHash(tokenOf(browser))])
      await browser.get(`${jalon}/login?confirm=1&login_hint=referent&returnTo=/who`)
      const { rows } = await database.owner.query('select method from platform.session where id_hash = $1', [sessionHash(tokenOf(browser))])
      return rows[0]?.method !== 'passkey'
    },
    control: async () => provesAgain(await logIn(), 'referent'),
  },
  'login_hint in production: whoever makes the link chooses who is asked': {
    attack: async () => {
      const { headers } = await fetch(`${inProduction.jalon}/login?login_hint=team-lead`, { redirect: 'manual' })
      return (headers.get('location') ?? '').includes('login_hint')
    },
    control: async () =>
      ((await fetch(`${jalon}/login?login_hint=team-lead`, { redirect: 'manual' })).headers.get('location') ?? '').includes('login_hint=team-lead'),
  },
  'a new proof of identity by somebody else': {
    attack: async () => {
      const browser = await logIn('referent')
      return (await provesAgain(browser, 'team-lead')) || (await nameIn(browser)) !== 'Julie MARCHAL'
    },
    control: async () => provesAgain(await logIn(), 'referent'),
  },
  'host header: the departure leads to the attacker': {
    attack: async () => {
      const answers = await Promise.all([
        rawGet('/login', { host: 'evil.example' }),
        rawGet('/login', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }),
        rawGet('/login', { forwarded: 'host=evil.example' }),
      ])
      return answers.some((text) => text.includes('evil.example'))
    },
    control: async () => (await rawGet('/login', {})).includes(encodeURIComponent(`${jalon}/login/callback`)),
  },
  'open redirection: another site': returnTo('https://evil.example/'),
  'open redirection: without the scheme': returnTo('//evil.example'),
  'open redirection: with backslashes': returnTo('/\\evil.example'),
  'open redirection: by going up': returnTo('/..//evil.example'),
  'open redirection: a script': returnTo('javascript:alert(1)'),
  'open redirection: a name before an at sign': returnTo('@evil.example'),
  'open redirection: a line break in a header': returnTo('/\r\nLocation: https://evil.example'),
  'open redirection: a tab inside': returnTo('/\t/evil.example'),
  'open redirection: a letter that becomes a slash': returnTo('/\uFF0Fevil.example'),
  'open redirection: into a loop': returnTo('/login?returnTo=/login'),
  'logout announced: signed by nobody': announcedLogout({ header: { alg: 'none' } }),
  'logout announced: by another key': announcedLogout({ otherKey: true }),
  'logout announced: by another issuer': announcedLogout({ claims: { iss: 'https://auth.example.org' } }),
  'logout announced: to another service': announcedLogout({ claims: { aud: 'another-service' } }),
  'logout announced: an old one': announcedLogout({ claims: { iat: 1_700_000_000, exp: 1_700_000_120 } }),
  'logout announced: an ID token in its place': announcedLogout({ claims: { nonce: 'n' } }),
  'logout announced: without saying that it is one': announcedLogout({ claims: { events: {} } }),
  // Last: it moves the clock of Jalon away from that of the stand-in.
  'a return ten minutes late': {
    attack: async () => {
      const browser = scriptBrowser()
      const callback = await callbackOf(browser)
      clock.advance(11 * 60_000)
      await browser.get(callback)
      return (await nameIn(browser)) !== null
    },
    control: altered(() => undefined).control,
  },
}

async function provesAgain(browser: ScriptBrowser, persona: string): Promise<boolean> {
  const proof = async (): Promise<string> =>
    String((await database.owner.query('select max(rotated_at) as at from platform.session where ended_at is null')).rows[0]?.at)
  clock.advance(1000)
  const before = await proof()
  await browser.get(`${jalon}/login?confirm=1&login_hint=${persona}&returnTo=/who`)
  return (await proof()) !== before
}

const tokenOf = (browser: ScriptBrowser): string => browser.cookies().find(({ name }) => name === 'jalon')?.value ?? ''

/** What the gate would see: whether the session that a cookie opens has proved who she is in the last ten minutes. */
async function recentWith(cookie: string): Promise<boolean> {
  const { at } = (await (await fetch(`${jalon}/proved`, { headers: { cookie } })).json()) as { at: string | null }
  return at !== null && clock().getTime() - new Date(at).getTime() < 600_000
}
const provedRecently = async (browser: ScriptBrowser): Promise<boolean> => {
  if ((await nameIn(browser)) === null) throw new Error('she did not come in')
  return recentWith(cookiesOf(browser, /^jalon$/))
}

/** A session whose proof is an hour old, as when the one of Pro Santé Connect still lived. */
async function silentLogIn(): Promise<ScriptBrowser> {
  psc.setFault('auth_time_old')
  try {
    return await logIn()
  } finally {
    psc.setFault(null)
  }
}

async function rawGet(path: string, headers: Record<string, string>): Promise<string> {
  const { request } = await import('node:http')
  return new Promise((resolve, reject) => {
    request(`${jalon}${path}`, { headers }, (response) => {
      response.resume()
      resolve(`${response.statusCode} ${JSON.stringify(response.headers)}`)
    })
      .on('error', reject)
      .end()
  })
}

let refused = 0
const names = Object.keys(attacks)

test.each(names)('refused: %s', async (name) => {
  const { attack, control } = attacks[name] as Tried
  expect(await attack(), 'the attack succeeded').toBe(false)
  expect(await control(), 'the control failed: the refusal proves nothing').toBe(true)
  refused += 1
})

test('there are forty attacks at least, each of its own', () => {
  expect(names.length).toBeGreaterThanOrEqual(40)
})

afterAll(() => {
  process.stdout.write(`Pro Santé Connect: ${names.length} attacks, ${refused} refused\n`)
})
