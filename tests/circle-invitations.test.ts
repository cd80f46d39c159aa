import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { closeAccess } from '../src/care-team/contract/actions.ts'
import {
  acceptInvitation,
  type CircleInvitationId,
  circleInvitations,
  declineInvitation,
  invitationAtHand,
  inviteToCircle,
  revokeInvitation,
} from '../src/care-team/contract/invitations.ts'
import { circle } from '../src/care-team/contract/queries.ts'
import { aCard, aCircleWorld, type CircleWorld } from '../src/care-team/testing/circle-world.ts'
import { personHeader } from '../src/persons/contract/queries.ts'
import { filOf } from '../src/persons/testing/person-world.ts'
import type { Actor } from '../src/platform/contract/actor.ts'
import { newId, type PartyId, type PersonId } from '../src/platform/contract/ids.ts'
import { asSystem } from '../src/platform/server/db.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../src/territory/testing/builders.ts'

const { db } = await testDatabase()
let world: CircleWorld
let office: BuiltService
beforeAll(async () => {
  world = await aCircleWorld(db)
  office = await aService(db, { kind: 'practice', name: 'Cabinet infirmier du Ballon' })
})

const inTeam = { basis: 'care_team' as const, ground: 'recognised_by_person', informedOn: '2026-10-14' }
const newLink = () => ({ id: newId<CircleInvitationId>(), secret: randomBytes(32).toString('base64url') })
type Link = ReturnType<typeof newLink>

async function invite(personId: PersonId, more: object = {}, link: Link = newLink()): Promise<Link> {
  const asked = { ...link, personId, familyName: 'Noël', givenName: 'Thomas', role: 'nurse', way: 'link' as const, access: inTeam, ...more }
  await world.as(world.julie, inviteToCircle, asked)
  return link
}

/** A professional who comes for the first time, as Pro Santé Connect tells her. */
const comes = (givenName: string, familyName: string, professionalId: string | null = null): Promise<Actor> => {
  return anActor(db, {
    service: office,
    functions: ['outside_professional'],
    givenName,
    familyName,
    category: 'health',
    professionalId: professionalId as PartyId | null,
  })
}
const sees = (actor: Actor, personId: PersonId) => world.as(actor, personHeader, { personId })

describe('an invitation into a circle', () => {
  it('opens to the one whom the card names, at her login; accepted, she is in the circle with what was offered, and the link serves no more', async () => {
    const personId = await world.informedPerson()
    const [card, once] = [newId(), newId()]
    await aCard(db, { partyId: card, label: 'Thomas Noël', facet: 'nurse', detail: 'Infirmier' })
    const link = await invite(personId, { partyId: card, access: { ...inTeam, volets: ['administrative', 'health'] } })
    const thomas = await comes('Thomas', 'Noël', card)
    const told = await world.as(thomas, invitationAtHand, link)
    expect(told).toEqual({
      state: 'waiting',
      serviceName: 'DAC Hautes-Vallées',
      invitedByName: world.julie.displayName,
      role: 'nurse',
      volets: ['administrative', 'health'],
      expiresAt: '2026-10-18T07:42:00.000Z',
      personId: null,
    })
    await expect(sees(thomas, personId)).rejects.toMatchObject({ kind: 'not_found' })
    expect(await world.as(thomas, acceptInvitation, link, once)).toMatchObject({ personId })
    expect((await sees(thomas, personId)).volets).toEqual(['administrative', 'health'])
    const [member] = (await world.as(world.julie, circle, { personId })).members
    expect(member).toMatchObject({
      name: 'Thomas Noël',
      partyId: card,
      current: true,
      sees: true,
      roles: [{ role: 'nurse' }],
      access: { informedOn: '2026-10-14' },
    })
    expect(await filOf(db, personId)).toContain('Thomas Noël rejoint le cercle sur invitation')
    expect((await world.as(world.julie, circleInvitations, { personId })).rows).toEqual([])
    // the same sending again is the same answer; the link itself is over
    expect(await world.as(thomas, acceptInvitation, link, once)).toMatchObject({ personId })
    await expect(world.as(thomas, acceptInvitation, link)).rejects.toMatchObject({ code: 'careTeam.invitation_unusable' })
    expect(await world.as(thomas, invitationAtHand, link)).toMatchObject({ state: 'accepted', personId })
    // taken back at will, from the circle
    await world.as(world.julie, closeAccess, { personId, memberId: member?.id as never, reason: 'person_wish' })
    await expect(sees(thomas, personId)).rejects.toMatchObject({ kind: 'not_found' })
  })

  it('refuses another person who holds the link, and still serves the one who was invited', async () => {
    const personId = await world.informedPerson()
    const card = newId()
    await aCard(db, { partyId: card, label: 'Maud Petitjean', facet: 'nurse' })
    const link = await invite(personId, { partyId: card, givenName: 'Maud', familyName: 'Petitjean' })
    // a namesake with another card
    const another = await comes('Maud', 'Petitjean', newId())
    expect(await world.as(another, invitationAtHand, link)).toMatchObject({ state: 'another', serviceName: null, role: null, personId: null })
    await expect(world.as(another, acceptInvitation, link)).rejects.toMatchObject({ kind: 'forbidden', code: 'careTeam.invitation_for_another' })
    await expect(world.as(another, declineInvitation, link)).rejects.toMatchObject({ code: 'careTeam.invitation_for_another' })
    await expect(sees(another, personId)).rejects.toMatchObject({ kind: 'not_found' })
    expect(await world.as(await comes('Maud', 'Petitjean', card), acceptInvitation, link)).toMatchObject({ personId })
  })

  it('without a card she is known by her names, whatever their order and accents', async () => {
    const personId = await world.informedPerson()
    const link = await invite(personId, { givenName: 'Zoé', familyName: 'de la Haye' })
    await expect(world.as(await comes('Zoé', 'Haye'), acceptInvitation, link)).rejects.toMatchObject({ code: 'careTeam.invitation_for_another' })
    const zoe = await comes('Zoe', 'DE LA HAYE')
    expect(await world.as(zoe, acceptInvitation, link)).toMatchObject({ personId })
    await expect(invite(personId, { givenName: '-', familyName: 'Noël' })).rejects.toMatchObject({ code: 'careTeam.invitation_names' })
  })

  it('is over after 72 hours, once withdrawn, once declined; a wrong secret learns nothing', async () => {
    const personId = await world.informedPerson()
    const thomas = await comes('Thomas', 'Noël')
    const [late, withdrawn, declined] = [await invite(personId), await invite(personId), await invite(personId)]
    expect(await world.as(thomas, invitationAtHand, { ...late, secret: randomBytes(32).toString('base64url') })).toMatchObject({
      state: 'unknown',
      serviceName: null,
    })
    await world.as(world.julie, revokeInvitation, { id: withdrawn.id, personId })
    await expect(world.as(thomas, acceptInvitation, withdrawn)).rejects.toMatchObject({ code: 'careTeam.invitation_unusable' })
    await world.as(thomas, declineInvitation, declined)
    expect((await world.as(world.julie, circleInvitations, { personId })).rows.map(({ state }) => state).sort()).toEqual(['declined', 'waiting'])
    await expect(world.as(world.julie, revokeInvitation, { id: declined.id, personId })).rejects.toMatchObject({ code: 'careTeam.invitation_settled' })
    world.clock.advance(72 * 3_600_000)
    await expect(world.as(thomas, acceptInvitation, late)).rejects.toMatchObject({ code: 'careTeam.invitation_unusable' })
    expect((await world.as(world.julie, circleInvitations, { personId })).rows.map(({ state }) => state)).toContain('expired')
    world.clock.advance(-72 * 3_600_000)
  })

  it('an opposition, or the end of the accompaniment, between the letter and the answer closes it with one and the same word', async () => {
    const [opposed, over] = [await world.informedPerson(), await world.informedPerson()]
    const links = [await invite(opposed), await invite(over)]
    await asSystem(db, 'an opposition and an end in a test', async (tx) => {
      await sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org)
        values (gen_random_uuid(), ${opposed}, 2, 'opposition', '2026-10-15', 'oral_present', ${world.julie.userId}, 'Julie Marchal', ${world.dac.id})`.execute(
        tx,
      )
      // as a closing leaves it: the DAC keeps the file for two years, and accompanies no more
      await sql`update persons.sight set ends_at = '2028-10-15T07:00:00Z' where person_id = ${over}`.execute(tx)
    })
    const thomas = await comes('Thomas', 'Noël')
    for (const link of links) await expect(world.as(thomas, acceptInvitation, link)).rejects.toMatchObject({ code: 'careTeam.invitation_closed' })
  })

  it('serves no namesake of another category than the one of the role that was offered', async () => {
    const personId = await world.informedPerson()
    const link = await invite(personId)
    const guardian = await anActor(db, {
      service: office,
      functions: ['outside_professional'],
      givenName: 'Thomas',
      familyName: 'Noël',
      category: 'legal_protection',
    })
    await expect(world.as(guardian, acceptInvitation, link)).rejects.toMatchObject({ code: 'careTeam.invitation_for_another' })
    expect(await world.as(guardian, invitationAtHand, link)).toMatchObject({ state: 'another', personId: null })
    expect(await world.as(await comes('Thomas', 'Noël'), acceptInvitation, link)).toMatchObject({ personId })
  })

  it('is made by the DAC in charge alone, never before the answers of the person nor for a structure', async () => {
    const personId = await world.informedPerson()
    const asked = { ...newLink(), personId, familyName: 'Noël', givenName: 'Thomas', role: 'nurse', way: 'link' as const, access: inTeam }
    for (const actor of [world.nadia, world.elsewhere])
      await expect(world.as(actor, inviteToCircle, { ...asked, ...newLink() })).rejects.toMatchObject({
        kind: actor === world.nadia ? 'forbidden' : 'not_found',
      })
    await expect(invite(personId, { role: 'volunteer' })).rejects.toMatchObject({ code: 'careTeam.category_not_in_team' })
    const structure = newId()
    await aCard(db, { partyId: structure, label: 'SSIAD du Val', kind: 'structure', facet: 'ssiad' })
    await expect(invite(personId, { partyId: structure })).rejects.toMatchObject({ code: 'careTeam.named_professional_only' })
    await expect(invite(personId, { way: 'mail' })).rejects.toMatchObject({ kind: 'invalid' })
  })
})
