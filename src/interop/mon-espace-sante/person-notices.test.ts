import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startMailbox } from '../../../simulators/mon-espace-sante/mailbox.ts'
import { openExceptionalAccess, reviewExceptionalAccess } from '../../persons/contract/access-actions.ts'
import { exceptionalAccesses } from '../../persons/contract/access-queries.ts'
import { collectNonOppositions, recordDeathAction, recordProtection, recordSilence } from '../../persons/contract/actions.ts'
import {
  handNotice,
  noticeLetter,
  noticesToHand,
  type PersonNoticeId,
  personNotices,
  recordNoticeWish,
  withholdNotice,
} from '../../persons/contract/notice-actions.ts'
import type { ExceptionalAccessId } from '../../persons/contract/person.ts'
import { outwardInsOf } from '../../persons/server/api.ts'
import { sendPersonNotices } from '../../persons/server/send-person-notices.ts'
import { aPerson } from '../../persons/testing/builders.ts'
import { aPersonWorld, type PersonWorld } from '../../persons/testing/person-world.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PartyId, type PersonId } from '../../platform/contract/ids.ts'
import { asActor, asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService } from '../../territory/testing/builders.ts'
import { openMailbox } from './server/mailbox.ts'

const { db, appUrl } = await testDatabase()
const standIn = await startMailbox()
afterAll(() => standIn.stop())
let world: PersonWorld
let locum: Actor
let lead: Actor
let herChief: Actor
const today = '2026-10-15'

beforeAll(async () => {
  world = await aPersonWorld(db)
  const sos = await aService(db, { kind: 'practice', name: 'SOS Médecins' })
  locum = await anActor(db, {
    service: sos,
    functions: ['outside_professional'],
    category: 'health',
    givenName: 'Paul',
    familyName: 'Humbert',
    professionalId: newId<PartyId>(),
  })
  lead = await anActor(db, { service: world.dac, functions: ['team_lead'], givenName: 'Claire', familyName: 'Mougin' })
  herChief = await anActor(db, { service: sos, functions: ['director'], category: 'health', givenName: 'Anne', familyName: 'Schmitt' })
})
beforeEach(() => standIn.meet({}))

const settings = { publicUrl: 'https://jalon.test', relayUrl: standIn.url, from: 'Jalon <dac@dac.mssante.fr>', domain: standIn.domain }
const tell = (wish: { relayUrl?: string; connected?: boolean } = {}) =>
  sendPersonNotices({
    db,
    port: wish.connected === false ? null : openMailbox({ ...settings, ...(wish.relayUrl ? { relayUrl: wish.relayUrl } : {}) }),
    timeZone: 'Europe/Paris',
    clock: world.clock,
  })
const someone = (facts: { identityStatus?: 'QUAL' | 'PROV'; birthDay?: string } = {}) => aPerson(db, { dac: world.dac.id, identityStatus: 'QUAL', ...facts })
const open = async (personId: PersonId, reason = 'vital_emergency') => {
  const id = newId<ExceptionalAccessId>()
  await world.as(locum, openExceptionalAccess, { id, personId, reason, explanation: 'Malaise à domicile, traitement inconnu', hours: 4 })
  return id
}
const noticesOf = async (personId: PersonId, actor: Actor = world.julie) => world.as(actor, personNotices, { personId })
const only = async (personId: PersonId) => {
  const { rows } = await noticesOf(personId)
  expect(rows).toHaveLength(1)
  return rows[0] as (typeof rows)[number] & { readonly id: PersonNoticeId }
}
const mailboxOf = async (personId: PersonId): Promise<string> =>
  `${(await asSystem(db, 'her mailbox, in a test', (tx) => outwardInsOf(tx, personId)))?.matricule}@${standIn.domain}`
const mailOf = async (personId: PersonId) => {
  const to = await mailboxOf(personId)
  return standIn.received.filter((one) => one.to === to)
}
/** Opened, then what the job of the next minute does of it. */
async function told(personId: PersonId, reason?: string) {
  await open(personId, reason)
  await tell()
  return only(personId)
}

describe('the notice of an exceptional access', () => {
  it('is written with the access itself, and reaches the mailbox of the person within the minute, once', async () => {
    const personId = await someone()
    await open(personId)
    expect(await only(personId)).toMatchObject({ state: 'to_send', reasonLabel: 'Urgence vitale', byServiceName: 'SOS Médecins' })
    expect(await tell()).toBe(1)
    expect(await tell()).toBe(0)
    const mail = await mailOf(personId)
    expect(mail).toHaveLength(1)
    expect(mail[0]?.subject).toBe('Votre dossier a été ouvert par accès exceptionnel')
    expect(await only(personId)).toMatchObject({ state: 'sent', obstacle: null, sentAt: expect.any(String) })
  })

  it('says the day, what she may ask and of whom; neither who, nor why, nor her name, nor her number', async () => {
    const personId = await someone()
    await told(personId)
    const [mail] = await mailOf(personId)
    const [matricule] = (await mailboxOf(personId)).split('@')
    expect(mail?.text).toContain('15/10/2026')
    expect(mail?.text).toContain('DAC Hautes-Vallées')
    expect(mail?.text).toContain('la liste des accès')
    expect(`${mail?.subject} ${mail?.text}`).not.toMatch(/perrin|kempf|odile|humbert|SOS|urgence|malaise|traitement/i)
    expect(mail?.text).not.toContain(matricule as string)
    const kept = await asSystem(
      db,
      'what is kept of an address',
      async (tx) => (await sql<{ row: string }>`select n::text as row from persons.person_notice n where person_id = ${personId}`.execute(tx)).rows,
    )
    expect(kept[0]?.row).not.toContain(matricule as string)
  })

  it('is not written when the access is refused: both or neither', async () => {
    const personId = await someone()
    await world.as(world.julie, collectNonOppositions, {
      id: newId(),
      personId,
      answers: [{ number: 1, state: 'opposition' }],
      collectedOn: today,
      mode: 'oral_present',
    })
    await expect(open(personId)).rejects.toMatchObject({ kind: 'not_found' })
    expect((await noticesOf(personId)).rows).toEqual([])
  })

  it('is read by those who answer for her, by nobody of her circle nor by the one who opened', async () => {
    const personId = await someone()
    await told(personId)
    await expect(noticesOf(personId, locum)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(noticesOf(personId, world.elsewhere)).rejects.toMatchObject({ kind: 'not_found' })
    const seen = (actor: Actor) =>
      asActor(
        db,
        { actor, clock: world.clock(), timeZone: 'Europe/Paris' },
        async (tx) => (await sql`select from persons.person_notice where person_id = ${personId}`.execute(tx)).rows.length,
      )
    expect(await seen(world.julie)).toBe(1)
    expect(await seen(locum)).toBe(0)
  })
})

describe('what no machine sends is handed to her', () => {
  const obstacles: readonly (readonly [string, () => Promise<PersonId>, string, string?])[] = [
    ['an identity that is not qualified', () => someone({ identityStatus: 'PROV' }), 'identity'],
    ['a minor', () => someone({ birthDay: '2012-05-04' }), 'minor'],
    [
      'an adult whom a guardian represents',
      async () => {
        const personId = await someone()
        await world.as(world.julie, recordProtection, { id: newId(), personId, measure: 'guardianship', scope: 'person', representativeName: 'Anne Perrin' })
        return personId
      },
      'represented',
    ],
    [
      'somebody marked in danger',
      async () => {
        const personId = await someone()
        await asSystem(db, 'in danger, in a test', (tx) =>
          sql`insert into persons.non_disclosure (id, person_id, kind, towards, since, holder_org, recorded_by) values (gen_random_uuid(), ${personId}, 'at_risk', '', ${today}, ${world.dac.id}, ${world.julie.userId})`.execute(
            tx,
          ),
        )
        return personId
      },
      'at_risk',
    ],
    ['a file opened because she was in danger', () => someone(), 'at_risk', 'danger'],
    [
      'somebody who wants nothing in her space',
      async () => {
        const personId = await someone()
        await world.as(world.julie, recordNoticeWish, { id: newId(), personId, wish: 'by_hand', saidOn: today, mode: 'oral_present', givenBy: 'person' })
        return personId
      },
      'wish',
    ],
  ]
  for (const [title, make, obstacle, reason] of obstacles)
    it(`${title}: nothing leaves, and the DAC finds it in its list with the reason`, async () => {
      const personId = await make()
      expect(await told(personId, reason)).toMatchObject({ state: 'to_hand', obstacle })
      expect(standIn.received.filter((one) => one.to.startsWith('null'))).toEqual([])
      if (obstacle !== 'identity') expect(await mailOf(personId)).toEqual([])
      const { rows } = await world.as(world.nadia, noticesToHand, {})
      expect(rows.find((row) => row.person.personId === personId)).toMatchObject({ obstacle })
      expect((await world.as(world.elsewhere, noticesToHand, {})).rows.find((row) => row.person.personId === personId)).toBeUndefined()
    })

  it('the last word on her space counts', async () => {
    const personId = await someone()
    const wish = (said: 'by_hand' | 'health_space') =>
      world.as(world.julie, recordNoticeWish, { id: newId(), personId, wish: said, saidOn: today, mode: 'oral_phone', givenBy: 'person' })
    await wish('by_hand')
    world.clock.advance(1000)
    await wish('health_space')
    expect(await told(personId)).toMatchObject({ state: 'sent' })
    await expect(
      world.as(world.julie, recordNoticeWish, { id: newId(), personId, wish: 'by_hand', saidOn: '2026-10-16', mode: 'oral_phone', givenBy: 'person' }),
    ).rejects.toMatchObject({
      code: 'input_invalid',
    })
  })

  it('an opposition noted between the access and the sending stops the sending, not her right to know', async () => {
    const personId = await someone()
    await open(personId)
    world.clock.advance(1000)
    await world.as(world.julie, collectNonOppositions, {
      id: newId(),
      personId,
      answers: [{ number: 2, state: 'opposition' }],
      collectedOn: today,
      mode: 'oral_present',
    })
    await tell()
    expect(await only(personId)).toMatchObject({ state: 'to_hand', obstacle: 'opposed' })
    await world.as(world.julie, handNotice, { id: (await only(personId)).id, personId, way: 'in_hand', to: 'person', on: today })
  })

  it('to the dead no letter is written, and nothing waits in the list', async () => {
    const personId = await someone({ identityStatus: 'PROV' })
    const { id } = await told(personId)
    await world.as(world.julie, recordDeathAction, { personId, on: today })
    expect((await world.as(world.julie, noticesToHand, {})).rows.map((row) => row.person.personId)).not.toContain(personId)
    await expect(world.as(world.julie, noticeLetter, { id, personId })).rejects.toMatchObject({ code: 'person_notice_deceased' })
    await expect(world.as(world.julie, handNotice, { id, personId, way: 'in_hand', to: 'person', on: today })).rejects.toMatchObject({
      code: 'person_notice_deceased',
    })
  })

  it('is noted once, « remis le, par », by those who accompany her', async () => {
    const personId = await someone({ identityStatus: 'PROV' })
    const { id } = await told(personId)
    const handed = { id, personId, way: 'in_hand' as const, to: 'person' as const, on: today }
    await expect(world.as(world.nadia, handNotice, handed)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(world.as(world.elsewhere, handNotice, handed)).rejects.toMatchObject({ kind: 'not_found' })
    await expect(world.as(world.julie, handNotice, { ...handed, on: '2026-10-14' })).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(world.as(world.julie, handNotice, { ...handed, on: '2026-10-16' })).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(world.as(world.julie, handNotice, { ...handed, to: 'representative', toName: 'Marc Perrin' })).rejects.toMatchObject({
      code: 'person_notice_no_representative',
    })
    await world.as(world.julie, handNotice, handed)
    expect(await only(personId)).toMatchObject({ state: 'handed', settledOn: today, settledByName: 'Julie Marchal', way: 'in_hand', givenTo: 'person' })
    await expect(world.as(world.julie, handNotice, handed)).rejects.toMatchObject({ code: 'person_notice_settled' })
    expect((await world.as(world.julie, noticesToHand, {})).rows.map((row) => row.person.personId)).not.toContain(personId)
  })

  it('goes to whoever represents her, unless she wants nothing said to that person', async () => {
    const personId = await someone()
    await world.as(world.julie, recordProtection, { id: newId(), personId, measure: 'guardianship', scope: 'person', representativeName: 'Marc Perrin' })
    const { id } = await told(personId)
    expect(await world.as(world.julie, noticeLetter, { id, personId })).toMatchObject({ representatives: ['Marc Perrin'] })
    await world.as(world.julie, recordSilence, { id: newId(), personId, kind: 'tell_nothing', towards: 'Marc Perrin', since: today })
    const given = { id, personId, way: 'in_hand' as const, to: 'representative' as const, on: today }
    await expect(world.as(world.julie, handNotice, { ...given, toName: 'M. Marc Perrin' })).rejects.toMatchObject({ code: 'silence_forbids' })
    await world.as(world.julie, handNotice, { ...given, toName: 'UDAF des Vosges' })
    expect(await only(personId)).toMatchObject({ state: 'handed', givenTo: 'representative', givenToName: 'UDAF des Vosges' })
  })

  it('at home it may endanger her: by post only with a reason, or not at all, with a reason too', async () => {
    const [posted, kept] = [await someone(), await someone()]
    const first = await told(posted, 'danger')
    const byPost = { id: first.id, personId: posted, way: 'post' as const, to: 'person' as const, on: today }
    await expect(world.as(world.julie, handNotice, byPost)).rejects.toMatchObject({ code: 'person_notice_post_at_risk' })
    await world.as(world.julie, handNotice, { ...byPost, words: 'Boîte du CCAS, elle seule a la clé.' })
    const second = await told(kept, 'danger')
    const decision = { id: second.id, personId: kept, reason: 'danger', words: 'Son fils ouvre son courrier : dit de vive voix à la prochaine visite.' }
    await expect(world.as(world.nadia, withholdNotice, decision)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(world.as(world.julie, withholdNotice, { ...decision, words: 'Non.' })).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(world.as(world.julie, withholdNotice, { ...decision, reason: 'nothing' })).rejects.toMatchObject({ code: 'value_unknown' })
    await world.as(world.julie, withholdNotice, decision)
    expect(await only(kept)).toMatchObject({ state: 'withheld', withheldReason: 'danger' })
  })

  it('its letter gives no address that she hides, nor one where it may endanger her', async () => {
    const [plain, hidden, endangered] = [await someone({ identityStatus: 'PROV' }), await someone({ identityStatus: 'PROV' }), await someone()]
    await asSystem(db, 'addresses in a test', (tx) =>
      sql`update persons.person set address = '12, rue de la Gare' where person_id in (${plain}, ${hidden}, ${endangered})`.execute(tx),
    )
    await world.as(world.julie, recordSilence, { id: newId(), personId: hidden, kind: 'hidden_address', towards: 'Marc Perrin', since: today })
    const letterOf = async (personId: PersonId, reason?: string) => world.as(world.julie, noticeLetter, { id: (await told(personId, reason)).id, personId })
    expect((await letterOf(plain)).address).toContain('12, rue de la Gare')
    expect((await letterOf(hidden)).address).toBeNull()
    expect((await letterOf(endangered, 'danger')).address).toBeNull()
  })
})

describe('nothing is lost, nothing is sent twice', () => {
  it('a relay that does not answer is tried again, then somebody hands it over', async () => {
    const personId = await someone()
    await open(personId)
    for (const minutes of [0, 1, 5, 15]) {
      world.clock.advance(minutes * 60_000 + 1000)
      expect(await tell({ relayUrl: 'smtp://127.0.0.1:9' })).toBe(0)
      expect(await only(personId)).toMatchObject({ state: 'to_send' })
    }
    world.clock.advance(61 * 60_000)
    await tell({ relayUrl: 'smtp://127.0.0.1:9' })
    expect(await only(personId)).toMatchObject({ state: 'to_hand', obstacle: 'unreachable' })
    expect(await mailOf(personId)).toEqual([])
  })

  it('« later », a closed relay and a line cut before the text are tried again; it arrives once', async () => {
    const personId = await someone()
    await open(personId)
    for (const weather of [{ code: 451 }, { greeting: 554 }, { hangUpEarly: true }]) {
      standIn.meet(weather)
      await tell()
      expect(await only(personId), JSON.stringify(weather)).toMatchObject({ state: 'to_send' })
      world.clock.advance(16 * 60_000)
    }
    standIn.meet({})
    expect(await tell()).toBe(1)
    expect(await mailOf(personId)).toHaveLength(1)
  })

  it('a space that is closed, or a text refused for good, is handed over at once', async () => {
    const [closed, refused] = [await someone(), await someone()]
    standIn.closeSpace(String((await mailboxOf(closed)).split('@')[0]))
    expect(await told(closed)).toMatchObject({ state: 'to_hand', obstacle: 'refused' })
    standIn.meet({ code: 554 })
    expect(await told(refused)).toMatchObject({ state: 'to_hand', obstacle: 'refused' })
  })

  it('an answer lost once the text had left is never sent again: somebody looks', async () => {
    const personId = await someone()
    standIn.meet({ loseAnswers: true })
    expect(await told(personId)).toMatchObject({ state: 'to_hand', obstacle: 'uncertain' })
    standIn.meet({})
    world.clock.advance(24 * 3_600_000)
    expect(await tell()).toBe(0)
    expect(await mailOf(personId)).toHaveLength(1)
    world.clock.advance(-24 * 3_600_000)
  })

  it('a process killed in the middle (kill -9), then two at once: nobody receives it twice, nobody is forgotten', async () => {
    const persons: PersonId[] = []
    for (let n = 0; n < 6; n += 1) {
      const personId = await someone()
      await open(personId)
      persons.push(personId)
    }
    standIn.meet({ waitAfterMs: 400 })
    const before = standIn.received.length
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('./testing/tell-once.ts', import.meta.url)), appUrl, standIn.url, world.clock().toISOString()],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    const ended = once(child, 'exit')
    while (standIn.received.length < before + 2) await pause(10)
    child.kill('SIGKILL')
    await ended
    standIn.meet({})
    await Promise.all([tell(), tell()])
    world.clock.advance(121_000)
    await Promise.all([tell(), tell()])
    const states = await Promise.all(
      persons.map(async (personId) => [(await only(personId)).state, (await only(personId)).obstacle, (await mailOf(personId)).length] as const),
    )
    expect(states.filter(([, , times]) => times > 1)).toEqual([])
    expect(states.map(([state, obstacle]) => obstacle ?? state).sort()).toEqual(['sent', 'sent', 'sent', 'sent', 'sent', 'uncertain'])
  })

  it('without a relay everything is handed over, and says why', async () => {
    const personId = await someone()
    await open(personId)
    await tell({ connected: false })
    expect(await only(personId)).toMatchObject({ state: 'to_hand', obstacle: 'not_connected' })
  })
})

describe('whoever reviews the access', () => {
  const rowOf = async (actor: Actor, id: ExceptionalAccessId) => (await world.as(actor, exceptionalAccesses, { show: 'all' })).rows.find((row) => row.id === id)

  it('reads that the person knows, by which way and when', async () => {
    const personId = await someone()
    const id = await open(personId)
    expect((await rowOf(lead, id))?.notice).toMatchObject({ state: 'waiting' })
    await tell()
    expect((await rowOf(lead, id))?.notice).toMatchObject({ state: 'told', toldAt: expect.any(String), byName: null })
    await world.as(lead, reviewExceptionalAccess, { id, outcome: 'justified', comment: 'Appel du SAMU vérifié' })
    expect((await rowOf(lead, id))?.notice).toMatchObject({ state: 'told' })
  })

  it('outside her DAC learns neither that she is in danger nor that she died', async () => {
    const [endangered, dead] = [await someone(), await someone({ identityStatus: 'PROV' })]
    const [first, second] = [await open(endangered, 'danger'), await open(dead)]
    await tell()
    await world.as(world.julie, recordDeathAction, { personId: dead, on: today })
    expect((await rowOf(lead, first))?.notice).toMatchObject({ state: 'to_hand', obstacle: 'at_risk' })
    expect((await rowOf(herChief, first))?.notice).toEqual({ state: 'to_hand', obstacle: null, toldAt: null, byName: null })
    expect((await rowOf(herChief, second))?.notice).toEqual({ state: 'settled', obstacle: null, toldAt: null, byName: null })
    await world.as(world.julie, withholdNotice, {
      id: (await only(endangered)).id,
      personId: endangered,
      reason: 'danger',
      words: 'Dit de vive voix au centre social.',
    })
    expect((await rowOf(herChief, first))?.notice).toEqual({ state: 'settled', obstacle: null, toldAt: null, byName: null })
    expect((await rowOf(lead, first))?.notice).toMatchObject({ state: 'settled', byName: 'Julie Marchal' })
  })
})
