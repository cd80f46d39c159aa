import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startNotices } from '../../../simulators/notices/main.ts'
import type { EpisodeId } from '../../episodes/contract/episode.ts'
import { episodesHandlers } from '../../episodes/server/handlers.ts'
import { anEpisode, episodeLists } from '../../episodes/testing/builders.ts'
import { addPushDevice, chooseNotices, endPushDevice, takeAlert, writeNote } from '../../liaison/contract/actions.ts'
import type { AlertId, NoteId } from '../../liaison/contract/note.ts'
import { myNotices } from '../../liaison/contract/queries.ts'
import { sendNotices } from '../../liaison/server/api.ts'
import { liaisonHandlers } from '../../liaison/server/handlers.ts'
import { aPerson } from '../../persons/testing/builders.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import { mayBeWritten, openNotices } from './server/port.ts'
import { newVapidKeys } from './server/push-signature.ts'

const { db, appUrl } = await testDatabase()
const clock = testClock('2026-10-15T07:42:00Z')
const gate = testGate(db, clock)
const registry = registryOf([...episodesHandlers, ...liaisonHandlers])
const standIn = await startNotices()
afterAll(() => standIn.stop())
const vapid = newVapidKeys()
const port = openNotices({
  publicUrl: 'https://jalon.test',
  smtpUrl: standIn.smtpUrl,
  from: 'Jalon <jalon@jalon.test>',
  smsUrl: standIn.smsUrl,
  smsToken: 'secret',
  vapid,
  pushHosts: [standIn.pushHost],
})

let dac: BuiltService
let julie: Actor
let karim: Actor

const seen = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => asSystem(db, 'look in a test', async (tx) => (await query.execute(tx)).rows)
const send = (at?: string): Promise<number> => {
  if (at !== undefined) clock.set(at)
  return sendNotices({ db, port, clock })
}
const choice = { baseVersion: 0, email: true, sms: false, push: false, pace: 'at_once' as const, quietFrom: 0, quietUntil: 0 }

beforeAll(async () => {
  await episodeLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
})
beforeEach(async () => {
  clock.set('2026-10-15T07:42:00Z')
  standIn.meet({})
  julie = await anActor(db, { service: dac })
  karim = await anActor(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
  await seen(
    sql`update territory.user_account set email = 'julie.' || id || '@exemple.test', phone = '0639980001' where id in (${julie.userId}, ${karim.userId})`,
  )
})

const episodeOf = async (): Promise<PersonId> => {
  const episodeId = newId<EpisodeId>()
  const personId = await aPerson(db, { dac: dac.id, episodeId, birthName: 'VAXELAIRE' })
  await anEpisode(db, { id: episodeId, personId, dac: dac.id, referentId: julie.userId, binomeId: karim.userId })
  return personId
}
const raise = async (personId: PersonId): Promise<AlertId> =>
  (
    await call(gate, registry, writeNote, karim, {
      id: newId<NoteId>(),
      personId,
      type: 'observation',
      body: 'Chute hier soir, confuse ce matin.',
      volet: 'health',
      urgent: true,
    })
  ).id as unknown as AlertId
const lettersTo = async (actor: Actor) => {
  const [row] = await seen(sql<{ email: string }>`select email from territory.user_account where id = ${actor.userId}`)
  return standIn.received.filter((one) => one.to === row?.email)
}

describe('« un événement vous attend »', () => {
  it('leaves by e-mail a few minutes later, without a name, a word of health, nor anything of the note', async () => {
    await raise(await episodeOf())
    await send()
    expect(await lettersTo(julie)).toEqual([])
    await send('2026-10-15T07:48:00Z')
    const letters = await lettersTo(julie)
    expect(letters).toHaveLength(1)
    expect(letters[0]?.text).toContain('Un événement vous attend dans Jalon.')
    expect(letters[0]?.text).toContain('https://jalon.test/nouveautes')
    expect(letters[0]?.text).not.toMatch(/vaxelaire|perrin|odile|chute|confuse|urgen|alerte|sant/i)
    expect(await lettersTo(karim)).toEqual([])
    expect((await call(gate, registry, myNotices, julie, {})).sendings).toMatchObject([{ way: 'email', count: 1, state: 'sent' }])
  })

  it('does not leave when the alert was taken in those minutes', async () => {
    const id = await raise(await episodeOf())
    await call(gate, registry, takeAlert, julie, { id })
    expect(await send('2026-10-15T07:48:00Z')).toBe(0)
    expect(await lettersTo(julie)).toEqual([])
  })

  it('gathers several into one message, and waits for the opening of the DAC and the end of quiet hours', async () => {
    await call(gate, registry, chooseNotices, julie, { ...choice, sms: true, email: false, quietFrom: 0, quietUntil: 600 })
    clock.set('2026-10-16T17:00:00Z')
    for (let n = 0; n < 3; n += 1) await raise(await episodeOf())
    await send('2026-10-18T10:00:00Z')
    await send('2026-10-19T07:30:00Z')
    const before = standIn.received.filter(({ way }) => way === 'sms').length
    await send('2026-10-19T08:00:00Z')
    const texts = standIn.received.filter(({ way }) => way === 'sms').slice(before)
    expect(texts.map(({ text }) => text)).toEqual(['3 événements vous attendent dans Jalon. https://jalon.test/nouveautes'])
  })

  it('goes to the browsers that agreed, encrypted; one that gave up its subscription is forgotten', async () => {
    const hers = standIn.aBrowser()
    const browser = { id: newId(), label: 'Firefox sur Windows', ...hers.subscription }
    const gone = { id: newId(), label: 'Chrome sur Android', ...standIn.aBrowser(true).subscription }
    for (const one of [browser, gone]) await call(gate, registry, addPushDevice, julie, one)
    await call(gate, registry, addPushDevice, julie, { ...browser, id: newId() })
    await call(gate, registry, chooseNotices, julie, { ...choice, email: false, push: true })
    await raise(await episodeOf())
    expect(await send()).toBe(1)
    const [pushed] = standIn.received.filter(({ to }) => browser.endpoint.endsWith(to))
    const sealed = Buffer.from(String(pushed?.text), 'base64')
    expect(sealed.toString('latin1')).not.toContain('attend')
    expect(JSON.parse(hers.open(sealed))).toEqual({ reference: expect.any(String), body: 'Un événement vous attend dans Jalon.' })
    const mine = await call(gate, registry, myNotices, julie, {})
    expect(mine.devices.map(({ label }) => label)).toEqual(['Firefox sur Windows'])
    await call(gate, registry, endPushDevice, karim, { id: browser.id })
    expect((await call(gate, registry, myNotices, julie, {})).devices).toHaveLength(1)
  })

  it('does not leave to an account closed since, whether it waited or was to leave again', async () => {
    const close = (actor: Actor) => seen(sql`update territory.user_account set status = 'disabled', disabled_at = now() where id = ${actor.userId}`)
    await raise(await episodeOf())
    await close(julie)
    expect(await send('2026-10-15T07:48:00Z')).toBe(0)
    expect(await seen(sql`select state from liaison.notice where user_id = ${julie.userId}`)).toEqual([{ state: 'needless' }])
    clock.set('2026-10-15T07:42:00Z')
    julie = await anActor(db, { service: dac })
    await seen(sql`update territory.user_account set email = 'julie.' || id || '@exemple.test', phone = '0639980001' where id = ${julie.userId}`)
    await call(gate, registry, chooseNotices, julie, { ...choice, email: false, sms: true })
    await raise(await episodeOf())
    standIn.meet({ status: 503 })
    expect(await send('2026-10-15T07:48:00Z')).toBe(0)
    await close(julie)
    standIn.meet({})
    const before = standIn.received.length
    expect(await send('2026-10-15T07:50:00Z')).toBe(0)
    expect(standIn.received).toHaveLength(before)
    expect(await seen(sql`select state, answer from liaison.sending where user_id = ${julie.userId}`)).toEqual([{ state: 'expired', answer: 'account closed' }])
  })

  it('on a shared computer goes to whoever said the browser last, and to nobody else there', async () => {
    const browser = { label: 'Firefox sur Windows', ...standIn.aBrowser().subscription }
    const devices = async (actor: Actor) => (await call(gate, registry, myNotices, actor, {})).devices.length
    await call(gate, registry, addPushDevice, karim, { id: newId(), ...browser })
    await call(gate, registry, addPushDevice, julie, { id: newId(), ...browser })
    expect([await devices(karim), await devices(julie)]).toEqual([0, 1])
    const mine = (await call(gate, registry, myNotices, julie, {})).devices[0]
    await call(gate, registry, endPushDevice, julie, { id: String(mine?.id) })
    await call(gate, registry, addPushDevice, karim, { id: newId(), ...browser })
    await call(gate, registry, addPushDevice, karim, { id: newId(), ...browser })
    expect([await devices(karim), await devices(julie)]).toEqual([1, 0])
    const hers = newId()
    await call(gate, registry, addPushDevice, julie, { id: hers, ...browser })
    await expect(
      call(gate, registry, addPushDevice, julie, { ...standIn.aBrowser().subscription, label: 'Chrome sur Windows', id: hers }),
    ).rejects.toMatchObject({
      code: 'liaison.browser_not_kept',
    })
    await call(gate, registry, chooseNotices, julie, { ...choice, email: false, push: true })
    await raise(await episodeOf())
    expect(await send()).toBe(1)
    expect(standIn.received.filter(({ to }) => browser.endpoint.endsWith(to))).toHaveLength(1)
  })

  it('a gateway that does not answer is asked again, five times, then it is given up: the screen tells all', async () => {
    await call(gate, registry, chooseNotices, julie, { ...choice, email: false, sms: true })
    await raise(await episodeOf())
    standIn.meet({ status: 503 })
    for (const at of ['07:48', '07:50', '07:56', '08:12', '09:13', '13:14']) expect(await send(`2026-10-15T${at}:00Z`)).toBe(0)
    expect((await call(gate, registry, myNotices, julie, {})).sendings).toMatchObject([{ state: 'expired' }])
    standIn.meet({})
    expect(await send('2026-10-15T18:00:00Z')).toBe(0)
  })

  it('is nobody else’s to read, and the choices of two windows do not overwrite each other', async () => {
    await call(gate, registry, chooseNotices, julie, { ...choice, pace: 'daily' })
    await expect(call(gate, registry, chooseNotices, julie, choice)).rejects.toMatchObject({ code: 'liaison.choice_changed' })
    expect(await call(gate, registry, myNotices, karim, {})).toMatchObject({ version: 0, pace: 'at_once' })
    expect((await call(gate, registry, myNotices, julie, {})).emailTo).toMatch(/^j….@exemple\.test$/)
  })

  it('nothing is lost nor doubled when the process that carries is killed in the middle (kill -9), and two carry at once', async () => {
    await call(gate, registry, chooseNotices, julie, { ...choice, email: false, sms: true })
    await call(gate, registry, chooseNotices, karim, { ...choice, email: false, sms: true })
    const others: Actor[] = []
    for (let n = 0; n < 6; n += 1) {
      const actor = await anActor(db, { service: dac, givenName: `Référent ${n}` })
      await seen(sql`update territory.user_account set phone = ${`06399810${n}0`} where id = ${actor.userId}`)
      await call(gate, registry, chooseNotices, actor, { ...choice, email: false, sms: true })
      others.push(actor)
    }
    for (const referent of others) {
      julie = referent
      await raise(await episodeOf())
    }
    const before = standIn.received.length
    const again = standIn.repeated()
    // Each answer takes a while: the process dies while the first message is on its way, delivered and not yet written down.
    standIn.meet({ waitMs: 400 })
    const due = '2026-10-15T07:50:00Z'
    const child = spawn(process.execPath, [fileURLToPath(new URL('./testing/carry-once.ts', import.meta.url)), appUrl, standIn.smsUrl, due], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(child, 'exit')
    while (standIn.received.length === before) await pause(20)
    child.kill('SIGKILL')
    await ended
    standIn.meet({})
    clock.set(due)
    await Promise.all([sendNotices({ db, port, clock }), sendNotices({ db, port, clock })])
    expect(
      standIn.received
        .slice(before)
        .map(({ to }) => to)
        .sort(),
    ).toEqual(others.map((_actor, n) => `06399810${n}0`))
    expect(standIn.repeated() - again, 'the one that was on its way left again under its reference').toBe(1)
    expect(await seen(sql`select count(*)::int as n from liaison.sending where state = 'to_send'`)).toEqual([{ n: 0 }])
  })
})

it('a browser never sends Jalon to an address of the network', () => {
  const hosts = ['fcm.googleapis.com', '*.push.apple.com']
  expect(mayBeWritten('https://fcm.googleapis.com/fcm/send/abc', hosts)).toBe(true)
  expect(mayBeWritten('https://web.push.apple.com/abc', hosts)).toBe(true)
  for (const endpoint of [
    'http://fcm.googleapis.com/x',
    'https://10.0.0.4/x',
    'https://fcm.googleapis.com.exemple.fr/',
    'https://a@fcm.googleapis.com/x',
    'file:///etc/passwd',
    'push.apple.com',
  ])
    expect(mayBeWritten(endpoint, hosts)).toBe(false)
})
