import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startMssante } from '../simulators/mssante/main.ts'
import { startNotices } from '../simulators/notices/main.ts'
import { type CircleInvitationId, circleInvitations, inviteToCircle, isMssante, revokeInvitation } from '../src/care-team/contract/invitations.ts'
import { carryInvitations } from '../src/care-team/server/carry-invitations.ts'
import { aCircleWorld, type CircleWorld } from '../src/care-team/testing/circle-world.ts'
import { type LetterSettings, openLetters } from '../src/interop/letters/server/port.ts'
import { newId, type PersonId } from '../src/platform/contract/ids.ts'
import { asSystem } from '../src/platform/server/db.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'

const { db, appUrl } = await testDatabase()
const standIn = await startNotices()
const relay = await startMssante({ unknown: ['partie@infirmier.mssante.fr'] })
afterAll(() => Promise.all([standIn.stop(), relay.stop()]))
let world: CircleWorld
beforeAll(async () => {
  world = await aCircleWorld(db)
})
beforeEach(() => relay.meet({}))

const settings: LetterSettings = {
  publicUrl: 'https://jalon.test',
  smtpUrl: standIn.smtpUrl,
  from: 'Jalon <jalon@jalon.test>',
  mssanteUrl: relay.url,
  mssanteFrom: `DAC Hautes-Vallées <${relay.from}>`,
  mssanteTls: { ...relay.client, authorities: relay.authority },
  mssanteProduct: 'NIL-0042',
}
const carry = (more: Partial<LetterSettings> = {}): Promise<number> =>
  carryInvitations({ db, port: openLetters({ ...settings, ...more }), publicUrl: settings.publicUrl, timeZone: 'Europe/Paris', clock: world.clock })

const inTeam = { basis: 'care_team' as const, ground: 'recognised_by_person', informedOn: '2026-10-14' }
async function inviteAt(address: string): Promise<{ readonly id: CircleInvitationId; readonly secret: string; readonly personId: PersonId }> {
  const personId = await world.informedPerson()
  const link = { id: newId<CircleInvitationId>(), secret: randomBytes(32).toString('base64url') }
  await world.as(world.julie, inviteToCircle, {
    ...link,
    personId,
    familyName: 'Noël',
    givenName: 'Thomas',
    role: 'nurse',
    way: 'mail',
    address,
    access: inTeam,
  })
  return { ...link, personId }
}
const mailOf = async (personId: PersonId) => (await world.as(world.julie, circleInvitations, { personId })).rows[0]?.mail
const arrivedAt = (address: string) => relay.received.filter(({ to }) => to === address)

describe('the letter of an invitation', () => {
  it('leaves once by MSSanté, says the link and who invites, and nothing of the person; the secret is burnt with it', async () => {
    const { id, secret, personId } = await inviteAt('thomas.noel@infirmier.mssante.fr')
    expect(await carry()).toBe(1)
    expect(await carry()).toBe(0)
    const [letter, ...others] = arrivedAt('thomas.noel@infirmier.mssante.fr')
    expect(others).toEqual([])
    expect(letter).toMatchObject({ from: relay.from, by: 'dac-demonstration', messageId: `<${id}@jalon.test>` })
    expect(letter?.source).toMatch(/^X-MSS-NIL: NIL-0042\r$/im)
    expect(letter?.text).toContain(`/invitation-au-cercle#${id}.${secret}`)
    expect(letter?.source).not.toMatch(/PERRIN|KEMPF|Odile/i)
    expect(await mailOf(personId)).toBe('sent')
    const kept = await asSystem(
      db,
      'secrets in a test',
      async (tx) => (await sql<{ n: number }>`select count(*)::int as n from care_team.invitation_mail`.execute(tx)).rows[0]?.n,
    )
    expect(kept).toBe(0)
  })

  it('killed between what the relay took and what is written down (kill -9), leaves again the same to the byte: one message for whoever reads', async () => {
    const { id, personId } = await inviteAt('maud.petitjean@medecin.mssante.fr')
    relay.meet({ waitMs: 30_000 })
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('./delivery/carry-invitations.ts', import.meta.url)), appUrl, JSON.stringify(settings), world.clock().toISOString()],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    )
    const ended = once(child, 'exit')
    while (arrivedAt('maud.petitjean@medecin.mssante.fr').length === 0) await pause(20)
    child.kill('SIGKILL')
    await ended
    expect(await mailOf(personId)).toBe('to_send')
    relay.meet({})
    world.clock.advance(300_000)
    while ((await carry()) === 0) await pause(50)
    expect(await carry()).toBe(0)
    const [first, second, ...others] = arrivedAt('maud.petitjean@medecin.mssante.fr')
    expect(others).toEqual([])
    expect(second?.messageId).toBe(`<${id}@jalon.test>`)
    expect(second?.source).toBe(first?.source)
    expect(await mailOf(personId)).toBe('sent')
  })

  it('to an address of MSSanté leaves by that network or not at all; a relay that does not answer is tried again', async () => {
    const { personId } = await inviteAt('a@medecin.mssante.fr')
    expect(await carry({ mssanteUrl: null })).toBe(0)
    expect(await mailOf(personId)).toBe('no_way')
    await inviteAt('b@medecin.mssante.fr')
    expect(await carry({ mssanteUrl: 'smtp://127.0.0.1:9' })).toBe(0)
    expect(await carry()).toBe(0)
    world.clock.advance(61_000)
    expect(await carry()).toBe(1)
    expect(standIn.received).toEqual([])
    expect(['x@a.mssante.fr', 'x@mssante.fr', 'x@mssante.fr.pirate.example', 'x@pasmssante.fr'].map(isMssante)).toEqual([true, true, false, false])
  })

  it('a mailbox that does not exist is said refused; a relay that refuses us, or asks to wait, says nothing of the address', async () => {
    const gone = await inviteAt('partie@infirmier.mssante.fr')
    expect(await carry()).toBe(0)
    expect(await mailOf(gone.personId)).toBe('refused')
    const { personId } = await inviteAt('c@medecin.mssante.fr')
    const tries: readonly (() => Promise<number>)[] = [
      () => carry({ mssanteTls: { ...relay.stranger, authorities: relay.authority } }),
      () => carry({ mssanteFrom: 'Jalon <autre@dac-demonstration.mssante.fr>' }),
      () => {
        relay.meet({ answer: '451 4.7.1 plus tard' })
        return carry()
      },
    ]
    for (const attempt of tries) {
      expect(await attempt()).toBe(0)
      expect(await mailOf(personId)).toBe('to_send')
      world.clock.advance(20 * 60_000)
    }
    relay.meet({})
    expect(await carry()).toBe(1)
    expect(arrivedAt('c@medecin.mssante.fr')).toHaveLength(1)
  })

  it('is not said to a relay without TLS, nor to one that is not of the authority, nor without our certificate', async () => {
    const stripped = await startMssante({ offersTls: false })
    const other = await startMssante()
    try {
      const { personId } = await inviteAt('d@medecin.mssante.fr')
      const { authorities } = { authorities: relay.authority }
      expect(await carry({ mssanteUrl: stripped.url, mssanteFrom: stripped.from })).toBe(0)
      world.clock.advance(61_000)
      expect(await carry({ mssanteUrl: other.url })).toBe(0)
      world.clock.advance(5 * 61_000)
      expect(await carry({ mssanteTls: { authorities } })).toBe(0)
      expect([...stripped.received, ...other.received, ...arrivedAt('d@medecin.mssante.fr')]).toEqual([])
      expect(await mailOf(personId)).toBe('to_send')
    } finally {
      await Promise.all([stripped.stop(), other.stop()])
    }
  })

  it('withdrawn before it leaves, it does not leave', async () => {
    const { id, personId } = await inviteAt('e@medecin.mssante.fr')
    await world.as(world.julie, revokeInvitation, { id, personId })
    await carry()
    expect(arrivedAt('e@medecin.mssante.fr')).toEqual([])
  })
})
