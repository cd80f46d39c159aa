import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { TOTP } from 'otpauth'
import { afterAll, describe, expect, it } from 'vitest'
import { newId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { createHttp } from '../../platform/server/http.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { createLog } from '../../platform/server/log.ts'
import { createMetrics } from '../../platform/server/metrics.ts'
import { openSession } from '../../platform/server/sessions.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { openCallers } from '../../territory/server/callers.ts'
import { anActor, aService, aUser, type BuiltUser } from '../../territory/testing/builders.ts'
import { cancelInvitation, changeLocalSignIn, invite, revokeMeans } from '../contract/actions.ts'
import { meansOfUser } from '../contract/queries.ts'
import { signInHandlers } from './handlers.ts'
import { addSignInRoutes } from './routes.ts'

const { db, owner } = await testDatabase()
const clock = testClock('2026-11-23T08:00:00Z')
const gate = testGate(db, clock)
const registry = registryOf(signInHandlers)
const admin = await anActor(db, { functions: ['regional_admin'], service: await aService(db, { kind: 'grades', name: 'GRADeS' }) })
const dac = await aService(db, { name: 'DAC Hautes-Vallées' })
const justification = 'Le RPPS+ de trois services n’est pas terminé : transition jusqu’à la fin de l’année.'

const publicUrl = 'http://127.0.0.1'
const callers = openCallers(db, { publicUrl, timeZone: 'Europe/Paris', clock })
const http = await createHttp({ gate, registry, log: createLog('silent'), metrics: createMetrics(), publicUrl, trustProxy: true, identify: callers.identify })
addSignInRoutes(http, { gate, publicUrl, sealingKey: randomBytes(32).toString('hex'), identify: callers.identify })
http.get('/who', async (request) => ({
  name: (await callers.identify(request))?.actor.displayName ?? null,
  service: (await callers.identify(request))?.actor.serviceName ?? null,
}))
await http.listen({ port: 0, host: '127.0.0.1' })
afterAll(() => http.close())

interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: the answers of several routes, each looked at by its test.
  readonly body: any
  readonly cookie: string
}
let addresses = 0
const anAddress = (): string => {
  addresses += 1
  return `192.0.2.${addresses % 250}`
}
/** Each call from an address of its own unless told otherwise: the limit by address has its own test. */
async function post(path: string, body: unknown, { cookie = '', from = anAddress(), headers = {} as Record<string, string> } = {}): Promise<Answer> {
  const answer = await http.inject({
    method: 'POST',
    url: `/login/local/${path}`,
    payload: body as object,
    headers: { 'x-jalon': '1', 'content-type': 'application/json', 'x-forwarded-for': from, ...(cookie === '' ? {} : { cookie }), ...headers },
  })
  const cookies = [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
  return { status: answer.statusCode, body: answer.json(), cookie: cookies.join('; ') }
}
const who = async (cookie: string): Promise<{ name: string | null; service: string | null }> => (await http.inject({ url: '/who', headers: { cookie } })).json()

async function open(endsOn: string | null = '2026-12-31'): Promise<void> {
  const { rows } = await owner.query(`select max(version) as version from platform.setting_version where key = 'signIn.local'`)
  await call(gate, registry, changeLocalSignIn, admin, { baseVersion: rows[0].version, enabled: endsOn !== null, endsOn, justification })
}
let number = 0
async function aColleague(): Promise<BuiltUser & { readonly email: string }> {
  const user = await aUser(db, { service: dac, givenName: 'Inès', familyName: 'Vautrin' })
  number += 1
  const email = `Ines.${number}@dac.example`
  await owner.query('update territory.user_account set email = $2 where id = $1', [user.id, email])
  return { ...user, email: email.toLowerCase() }
}
async function invited(user: BuiltUser, { hours = 48, replaces = true } = {}): Promise<{ id: string; secret: string }> {
  const [id, secret] = [newId<never>() as string, randomBytes(32).toString('base64url')]
  const secretHash = createHash('sha256').update(secret).digest('hex')
  await call(gate, registry, invite, admin, { id, userId: user.id, secretHash, hours, replaces })
  return { id, secret }
}
const codeOf = (secret: string): string => new TOTP({ secret, digits: 6, period: 30 }).generate({ timestamp: clock().getTime() })
const phrase = 'quatre chevaux dans la brume'

interface Enrolled {
  readonly user: BuiltUser & { readonly email: string }
  readonly secret: string
}
/** Somebody who signs in with a password and a code; her first code has served for her enrolment. */
async function enrolled(): Promise<Enrolled> {
  const user = await aColleague()
  const link = await invited(user)
  const begun = await post('invitation', link)
  const { secret } = begun.body.code
  const done = await post('enrol', { ...link, ceremony: begun.body.ceremony, password: { password: phrase, code: codeOf(secret) } })
  expect([done.status, done.body.enrolled, done.cookie]).toEqual([200, 'password_totp', ''])
  clock.advance(31_000)
  return { user, secret }
}
const signIn = ({ user, secret }: Enrolled, change: Partial<{ identifier: string; password: string; code: string }> = {}, from?: string): Promise<Answer> =>
  post('password', { identifier: user.email, password: phrase, code: codeOf(secret), ...change }, from === undefined ? {} : { from })

describe('sign-in without Pro Santé Connect', () => {
  it('does not exist until the region opens it: no method, no invitation, no proof', async () => {
    expect((await http.inject('/login/methods')).json()).toEqual({ passkey: false, password: false })
    await expect(invited(await aColleague())).rejects.toMatchObject({ code: 'local_sign_in_off' })
    expect((await post('password', { identifier: 'x@y.example', password: 'x', code: '000000' })).body.code).toBe('local_sign_in_closed')
    expect((await post('passkey/options', {})).body.code).toBe('local_sign_in_closed')
  })

  it('is opened with a date of end within a year, and a written reason', async () => {
    const change = (endsOn: string | null, reason = justification): Promise<unknown> =>
      call(gate, registry, changeLocalSignIn, admin, { baseVersion: 1, enabled: true, endsOn, justification: reason })
    for (const endsOn of [null, '2026-11-22', '2028-01-01']) await expect(change(endsOn)).rejects.toMatchObject({ code: 'local_sign_in_end' })
    await expect(change('2026-12-31', 'court')).rejects.toMatchObject({ code: 'input_invalid' })
    await open()
    expect((await http.inject('/login/methods')).json()).toEqual({ passkey: false, password: true })
    const { rows } = await owner.query(`select version, justification, changed_by from platform.setting_version where key = 'signIn.local' order by version`)
    expect(rows.slice(-1)).toEqual([{ version: 2, justification, changed_by: admin.userId }])
  })

  it('lets in by a password and a code together, and the session is hers', async () => {
    const person = await enrolled()
    const entered = await signIn(person)
    expect(entered.body).toEqual({ signedIn: true, refusedBefore: 0 })
    expect(await who(entered.cookie)).toEqual({ name: 'Inès Vautrin', service: 'DAC Hautes-Vallées' })
    const { rows } = await owner.query(
      `select details ->> 'method' as method from audit.inbox where name = 'session.open' and outcome = 'done' and actor_id = $1`,
      [person.user.id],
    )
    expect(rows).toEqual([{ method: 'password_totp' }])
  })

  it('never by a password alone, nor by a code alone', async () => {
    const person = await enrolled()
    for (const change of [
      { code: '' },
      { code: '000000' },
      { password: '' },
      { password: 'quatre chevaux dans la brume !' },
      { identifier: 'personne@dac.example' },
    ]) {
      const answer = await signIn(person, change)
      expect([answer.status, answer.body.code, answer.cookie]).toEqual([403, 'sign_in_refused', ''])
      clock.advance(31_000)
    }
  })

  it('a code serves once', async () => {
    const person = await enrolled()
    const both = await Promise.all([signIn(person), signIn(person), signIn(person)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403, 403])
  })

  it('says the same of an account that exists and of one that does not, in text and in time', async () => {
    const person = await enrolled()
    const [known, unknown]: [number[], number[]] = [[], []]
    const texts = new Set<string>()
    for (let round = 0; round < 4; round += 1) {
      for (const [times, identifier] of [
        [known, person.user.email],
        [unknown, `personne${round}@dac.example`],
      ] as const) {
        const from = performance.now()
        const { body } = await signIn(person, { identifier, code: '000000' })
        times.push(performance.now() - from)
        texts.add(`${body.code} ${body.detail}`)
      }
    }
    expect(texts.size).toBe(1)
    const median = (times: number[]): number => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
    expect(Math.abs(median(known) - median(unknown))).toBeLessThan(0.6 * Math.max(median(known), median(unknown)))
    // The hash is computed in both cases: neither is a mere look-up.
    expect(Math.min(...known, ...unknown)).toBeGreaterThan(10)
  })

  it('locks an account after five refusals in a row, tells the region and the owner, and opens again after a quarter of an hour', async () => {
    const person = await enrolled()
    for (let attempt = 0; attempt < 5; attempt += 1) await signIn(person, { password: 'faux mot de passe' })
    expect((await signIn(person)).body.code).toBe('sign_in_refused')
    const { rows } = await owner.query(`select audience from platform.event_inbox where type = 'signIn.account.locked' and payload ->> 'userId' = $1`, [
      person.user.id,
    ])
    expect(rows).toHaveLength(1)
    expect(rows[0].audience).toEqual(expect.arrayContaining([person.user.id, admin.userId]))
    clock.advance(14 * 60_000)
    expect((await signIn(person)).status).toBe(403)
    clock.advance(2 * 60_000)
    expect((await signIn(person)).body).toMatchObject({ signedIn: true })
  })

  it('tells the owner how many tries were refused before hers', async () => {
    const person = await enrolled()
    await signIn(person, { password: 'faux mot de passe' })
    await signIn(person, { code: '000000' })
    expect((await signIn(person)).body).toEqual({ signedIn: true, refusedBefore: 2 })
    clock.advance(31_000)
    expect((await signIn(person)).body).toEqual({ signedIn: true, refusedBefore: 0 })
  })

  it('a hundred tries at once are a hundred tries: five are looked at', async () => {
    const person = await enrolled()
    const answers = await Promise.all(Array.from({ length: 40 }, () => signIn(person, { password: 'faux mot de passe' })))
    expect(answers.every(({ status }) => status === 403)).toBe(true)
    const { rows } = await owner.query(
      `select count(*)::int as n from audit.inbox where name = 'session.open' and outcome = 'refused' and code = 'sign_in_refused' and actor_id = $1`,
      [person.user.id],
    )
    expect(rows[0].n).toBe(5)
  })

  it('stops an address that tries account after account', async () => {
    const codes = new Set<string | undefined>()
    for (let attempt = 0; attempt < 52; attempt += 1) {
      const answer = await post('password', { identifier: `essai${attempt}@dac.example`, password: 'faux', code: '000000' }, { from: '198.51.100.7' })
      if (attempt >= 50) codes.add(answer.body.code)
    }
    expect([...codes]).toEqual(['too_many_requests'])
    expect((await signIn(await enrolled())).status).toBe(200)
  })

  it('ends with its sessions on the day it ends, or when the region closes it', async () => {
    const entered = await signIn(await enrolled())
    expect((await who(entered.cookie)).name).toBe('Inès Vautrin')
    await open(null)
    expect((await who(entered.cookie)).name).toBeNull()
    await open('2026-11-23')
    const again = await signIn(await enrolled())
    expect((await who(again.cookie)).name).toBe('Inès Vautrin')
    clock.advance(16 * 3_600_000)
    expect((await who(again.cookie)).name).toBeNull()
    expect((await http.inject('/login/methods')).json()).toEqual({ passkey: false, password: false })
    await open()
  })

  it('who works in two services chooses one, and only one of hers', async () => {
    const person = await enrolled()
    const other = await aService(db, { kind: 'clic', name: 'CLIC des Hautes-Vallées' })
    await owner.query(
      `insert into territory.membership (id, user_id, service_id, functions, starts_on) values (gen_random_uuid(), $1, $2, '{referent}', '2026-01-01')`,
      [person.user.id, other.id],
    )
    const entered = await signIn(person)
    expect(entered.body.signedIn).toBe(false)
    const choices = entered.body.choose as { id: string; serviceName: string }[]
    expect(choices.map(({ serviceName }) => serviceName).sort()).toEqual(['CLIC des Hautes-Vallées', 'DAC Hautes-Vallées'])
    expect((await who(entered.cookie)).name).toBeNull()
    const stranger = await aUser(db, { service: dac })
    expect((await post('situation', { membershipId: stranger.membershipId }, { cookie: entered.cookie })).status).toBe(403)
    const clic = choices.find(({ serviceName }) => serviceName.startsWith('CLIC'))?.id
    const chosen = await post('situation', { membershipId: clic }, { cookie: entered.cookie })
    expect(await who(chosen.cookie)).toEqual({ name: 'Inès Vautrin', service: 'CLIC des Hautes-Vallées' })
    expect((await post('situation', { membershipId: clic }, { cookie: entered.cookie })).status).toBe(403)
  })

  it('proves again who she is: a new identifier, and a wrong proof changes nothing', async () => {
    const person = await enrolled()
    const entered = await signIn(person)
    clock.advance(31_000)
    expect((await post('confirm', { password: phrase, code: '000000' }, { cookie: entered.cookie })).status).toBe(403)
    const confirmed = await post('confirm', { password: phrase, code: codeOf(person.secret) }, { cookie: entered.cookie })
    expect(confirmed.body).toEqual({ confirmed: true })
    expect(confirmed.cookie).not.toBe(entered.cookie)
    clock.advance(21_000)
    expect([(await who(entered.cookie)).name, (await who(confirmed.cookie)).name]).toEqual([null, 'Inès Vautrin'])
    expect((await post('confirm', { password: phrase, code: '000000' })).status).toBe(401)
  })

  it('makes nothing local of a session of Pro Santé Connect, and answers nothing to the page of another user', async () => {
    const person = await enrolled()
    const { token } = await openSession(db, { userId: person.user.id, membershipId: person.user.membershipId, now: clock(), absoluteMinutes: 60 })
    const refused = await post('confirm', { password: phrase, code: codeOf(person.secret) }, { cookie: `jalon=${token}` })
    expect([refused.status, refused.body.code, refused.cookie]).toEqual([403, 'confirm_by_psc', ''])
    const entered = await signIn(person)
    clock.advance(31_000)
    const body = { password: phrase, code: codeOf(person.secret) }
    const elsewhere = await post('confirm', body, { cookie: entered.cookie, headers: { 'x-jalon-user': newId<never>() as string } })
    expect([elsewhere.status, elsewhere.body.code]).toEqual([409, 'another_user'])
    expect((await post('confirm', body, { cookie: entered.cookie, headers: { 'x-jalon-user': person.user.id } })).status).toBe(200)
  })

  it('another site can send nothing in her name', async () => {
    const person = await enrolled()
    const body = { identifier: person.user.email, password: phrase, code: codeOf(person.secret) }
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { origin: 'null' }]) {
      expect((await post('password', body, { headers })).body.code).toBe('origin_refused')
    }
    expect((await post('password', body, { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(200)
  })
})

describe('an invitation', () => {
  it('serves once, expires, is replaced by the next, can be cancelled; a wrong secret opens none', async () => {
    const user = await aColleague()
    const first = await invited(user)
    expect((await post('invitation', { ...first, secret: randomBytes(32).toString('base64url') })).body.code).toBe('invitation_invalid')
    expect((await post('invitation', first)).body).toMatchObject({ name: 'Inès Vautrin', serviceName: 'DAC Hautes-Vallées', identifier: user.email })
    const second = await invited(user)
    expect((await post('invitation', first)).body.code).toBe('invitation_invalid')
    await call(gate, registry, cancelInvitation, admin, { id: second.id })
    expect((await post('invitation', second)).body.code).toBe('invitation_invalid')
    const third = await invited(user, { hours: 1 })
    clock.advance(61 * 60_000)
    expect((await post('invitation', third)).body.code).toBe('invitation_invalid')
    const fourth = await invited(user)
    const begun = await post('invitation', fourth)
    const { secret } = begun.body.code
    const enrol = { ...fourth, ceremony: begun.body.ceremony, password: { password: phrase, code: codeOf(secret) } }
    const both = await Promise.all([post('enrol', enrol), post('enrol', enrol)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403])
    expect((await post('invitation', fourth)).body.code).toBe('invitation_invalid')
  })

  it('keeps its secret nowhere: the database has a hash of it, and of the password and the code nothing readable', async () => {
    const { user, secret } = await enrolled()
    const all = await asSystem(db, 'read as whoever took the database', async (tx) => {
      const parts = ['sign_in.invitation', 'sign_in.password', 'sign_in.ceremony', 'audit.inbox']
      const read = parts.map((table) => sql<{ all: string }>`select json_agg(t)::text as all from ${sql.table(table)} t`.execute(tx))
      return (await Promise.all(read)).map(({ rows }) => rows[0]?.all ?? '').join('\n')
    })
    expect(all).toContain(user.email)
    expect(all).toContain('argon2id$19456$2$1$')
    for (const hidden of [phrase, secret, Buffer.from(secret).toString('hex')]) expect(all).not.toContain(hidden)
  })

  it('refuses a password that a list of guesses begins with, and keeps the invitation for another try', async () => {
    const user = await aColleague()
    const link = await invited(user)
    const begun = await post('invitation', link)
    const { secret } = begun.body.code
    for (const password of ['court', 'aaaaaaaaaaaaaaaa', 'azertyuiop12', 'motdepasse2026', 'vautrin-vautrin-1']) {
      const answer = await post('enrol', { ...link, ceremony: begun.body.ceremony, password: { password, code: codeOf(secret) } })
      expect([password, answer.status, Object.keys((answer.body.fields ?? {}) as object)]).toEqual([password, 422, ['password']])
    }
    const wrongCode = await post('enrol', { ...link, ceremony: begun.body.ceremony, password: { password: phrase, code: '000000' } })
    expect(Object.keys((wrongCode.body.fields ?? {}) as object)).toEqual(['code'])
    expect((await post('enrol', { ...link, ceremony: begun.body.ceremony, password: { password: phrase, code: codeOf(secret) } })).status).toBe(200)
  })

  it('is the only way back: a new one takes away what was there before', async () => {
    const person = await enrolled()
    const link = await invited(person.user)
    expect((await signIn(person)).status).toBe(200)
    const begun = await post('invitation', link)
    const { secret } = begun.body.code
    await post('enrol', { ...link, ceremony: begun.body.ceremony, password: { password: 'une autre phrase bien longue', code: codeOf(secret) } })
    clock.advance(31_000)
    expect((await signIn(person)).status).toBe(403)
    expect((await signIn({ user: person.user, secret }, { password: 'une autre phrase bien longue' })).status).toBe(200)
  })

  it('that replaces puts out whoever held the former means, and tells her and the region; her session of Pro Santé Connect goes on', async () => {
    const person = await enrolled()
    const held = await signIn(person)
    const { token: psc } = await openSession(db, { userId: person.user.id, membershipId: person.user.membershipId, now: clock(), absoluteMinutes: 60 })
    const kept = await invited(person.user, { replaces: false })
    const enrol = async (link: { id: string; secret: string }): Promise<void> => {
      const begun = await post('invitation', link)
      expect(
        (await post('enrol', { ...link, ceremony: begun.body.ceremony, password: { password: phrase, code: codeOf(begun.body.code.secret) } })).status,
      ).toBe(200)
      clock.advance(31_000)
    }
    await enrol(kept)
    expect((await who(held.cookie)).name, 'an invitation that adds puts nobody out').toBe('Inès Vautrin')
    await enrol(await invited(person.user))
    expect([(await who(held.cookie)).name, (await who(`jalon=${psc}`)).name]).toEqual([null, 'Inès Vautrin'])
    const told = await owner.query(
      `select audience, payload -> 'replaced' as replaced from platform.event_inbox where type = 'signIn.means.enrolled' and payload ->> 'userId' = $1
       order by id desc limit 1`,
      [person.user.id],
    )
    expect(told.rows[0]?.replaced).toBe(true)
    expect(told.rows[0]?.audience).toEqual(expect.arrayContaining([person.user.id, admin.userId]))
    const traced = await owner.query(`select details from audit.inbox where name = 'signIn.enrol' and actor_id = $1 order by at desc, id desc limit 1`, [
      person.user.id,
    ])
    expect(traced.rows[0]?.details).toMatchObject({ replaced: true, sessionsEnded: 1 })
  })

  it('is refused for an account without e-mail, and its trace names who invited', async () => {
    const user = await aUser(db, { service: dac })
    await expect(invited(user)).rejects.toMatchObject({ code: 'email_missing' })
    const colleague = await aColleague()
    await invited(colleague)
    const { rows } = await owner.query(
      `select actor_id, details ->> 'userId' as user from audit.inbox where name = 'signIn.invitation.create' and outcome = 'done' order by at desc limit 1`,
    )
    expect(rows).toEqual([{ actor_id: admin.userId, user: colleague.id }])
  })

  it('taking away her means ends her sessions; the administrator sees what she has, never a secret', async () => {
    const person = await enrolled()
    const entered = await signIn(person)
    const means = await call(gate, registry, meansOfUser, admin, { userId: person.user.id })
    expect(means).toMatchObject({ open: true, passkeys: [], password: { identifier: person.user.email }, invitation: null })
    expect(await call(gate, registry, revokeMeans, admin, { userId: person.user.id })).toEqual({ revoked: 1 })
    expect((await who(entered.cookie)).name).toBeNull()
    clock.advance(31_000)
    expect((await signIn(person)).status).toBe(403)
  })
})

describe('the limits of the whole door', () => {
  it('go by address: inventing a cookie at each request gains nothing', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 125; n += 1) {
      const answer = await http.inject({
        url: '/login/methods',
        headers: { 'x-forwarded-for': '203.0.113.9', cookie: `jalon=${randomBytes(32).toString('base64url')}` },
      })
      statuses.push(answer.statusCode)
    }
    expect(statuses.slice(0, 120).every((status) => status === 200)).toBe(true)
    expect(statuses.slice(120)).toEqual([429, 429, 429, 429, 429])
    expect((await http.inject({ url: '/login/methods', headers: { 'x-forwarded-for': '203.0.113.10' } })).statusCode).toBe(200)
  })

  it('are said in French, as every refusal', async () => {
    const { body } = await post('password', {})
    expect([body.code, body.detail]).toEqual(['input_invalid', 'Certaines réponses sont à corriger. Votre saisie est gardée.'])
  })
})
