import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { markSensitiveStructure } from '../../persons/contract/access-actions.ts'
import { sensitiveStructures } from '../../persons/contract/access-queries.ts'
import { editPerson, endSilence, recordSilence } from '../../persons/contract/actions.ts'
import { personAccessList, personHeader, personIdentity, personRights, personTimeline } from '../../persons/contract/queries.ts'
import { aSight } from '../../persons/testing/builders.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import type { FeedEvent } from '../../platform/server/feed.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { actorFor, aService, aUser } from '../../territory/testing/builders.ts'
import { addMember, closeAccess, openAccess } from '../contract/actions.ts'
import type { AccessId, MemberId } from '../contract/member.ts'
import { circle } from '../contract/queries.ts'
import { aCard, aCircleWorld, type CircleWorld } from '../testing/circle-world.ts'
import { sensitiveNames } from './events.ts'

const { db } = await testDatabase()
let world: CircleWorld
let regional: Actor
beforeAll(async () => {
  world = await aCircleWorld(db)
  regional = await actorFor(
    db,
    await aUser(db, { service: await aService(db, { kind: 'grades', name: 'GRADeS' }), functions: ['regional_admin'], category: 'administrative' }),
  )
})

const shelter = newId()
beforeAll(() => aCard(db, { partyId: shelter, label: 'Foyer L’Éclaircie', kind: 'structure', facet: 'chrs', category: 'social' }))

const add = (personId: PersonId, facts: { partyId?: string | null; name: string; kind?: string; roles: string[]; access?: unknown }) => {
  const id = newId<MemberId>()
  return world
    .as(world.julie, addMember, { id, personId, kind: 'professional', partyId: null, ...facts } as never)
    .then((output) => ({ ...output, id: output.id as MemberId }))
}
const silence = (personId: PersonId, kind: 'at_risk' | 'hidden_address' | 'tell_nothing', towards: string, partyId: string | null = null) => {
  const id = newId()
  return world.as(world.julie, recordSilence, { id, personId, kind, towards, partyId, since: '2026-10-15' }).then(() => id)
}
const mark = (sensitive: boolean, partyId: string = shelter) =>
  world.as(regional, markSensitiveStructure, { partyId, sensitive, reason: 'Hébergement protégé' })
const names = async (actor: Actor, personId: PersonId) => (await world.as(actor, circle, { personId })).members.map((member) => member.name)
const titles = async (actor: Actor, personId: PersonId) => (await world.as(actor, personTimeline, { personId })).rows.map((row) => row.title)
const withDoctor = async (): Promise<PersonId> => {
  const id = await world.informedPerson()
  await aSight(db, id, world.doctor.professionalId, { basis: 'care_team' })
  return id
}

describe('a structure marked sensitive', () => {
  it('is named to everyone around a person who is not in danger', async () => {
    await mark(true)
    const id = await withDoctor()
    await add(id, { partyId: shelter, name: 'Foyer L’Éclaircie', kind: 'structure', roles: ['other'] })
    expect(await names(world.doctor, id)).toEqual(['Foyer L’Éclaircie'])
    expect(await titles(world.doctor, id)).toEqual(['Foyer L’Éclaircie entre dans le cercle'])
  })

  it('is named to the DAC alone around a person in danger, in the circle and in the Fil', async () => {
    await mark(true)
    const id = await withDoctor()
    const risk = await silence(id, 'at_risk', 'Marc Perrin')
    await add(id, { partyId: shelter, name: 'Foyer L’Éclaircie', kind: 'structure', roles: ['other'] })
    expect(await names(world.doctor, id)).toEqual([])
    expect(await names(world.julie, id)).toEqual(['Foyer L’Éclaircie'])
    expect((await titles(world.doctor, id)).join()).not.toContain('Éclaircie')
    expect(await titles(world.julie, id)).toContain('Foyer L’Éclaircie entre dans le cercle')
    await world.as(world.julie, endSilence, { id: risk, personId: id, reason: 'Le danger est passé' })
    expect(await names(world.doctor, id)).toEqual(['Foyer L’Éclaircie'])
  })

  it('marked after the fact takes its name back from the Fil too', async () => {
    await mark(false)
    const id = await withDoctor()
    await add(id, { partyId: shelter, name: 'Foyer L’Éclaircie', kind: 'structure', roles: ['other'] })
    await silence(id, 'at_risk', 'Marc Perrin')
    expect(await names(world.doctor, id)).toEqual(['Foyer L’Éclaircie'])
    await mark(true)
    expect(await names(world.doctor, id)).toEqual([])
    await asSystem(db, 'the subscriber in a test', (tx) => sensitiveNames.react(tx, { personId: null } as FeedEvent))
    expect((await titles(world.doctor, id)).join()).not.toContain('Éclaircie')
    expect((await titles(world.julie, id)).join()).toContain('Éclaircie')
  })

  it('covers those who practise there; whoever is in the circle still sees herself', async () => {
    const id = await withDoctor()
    const csapa = newId()
    await aCard(db, { partyId: csapa, label: 'CSAPA du Val', kind: 'structure', facet: 'csapa' })
    await asSystem(db, 'a place of practice in a test', async (tx) => {
      await sql`insert into directory.structure (party_id, finess, category, kind, name, detail, name_key, search_words, row_hash)
        values (${csapa}, '880000099', '197', 'csapa', 'CSAPA du Val', 'CSAPA', 'CSAPA DU VAL', '', 1)`.execute(tx)
      await sql`insert into directory.practice (line_hash, party_id, finess) values (1, ${world.doctor.professionalId}, '880000099')`.execute(tx)
    })
    await add(id, { partyId: world.doctor.professionalId, name: 'Dr Anne-Laure Fritsch', roles: ['gp'] })
    await aSight(db, id, world.socialWorker.professionalId, { basis: 'care_team', volets: ['administrative', 'social'] })
    await silence(id, 'at_risk', 'Marc Perrin')
    await mark(true, csapa)
    expect(await names(world.socialWorker, id)).toEqual([])
    expect(await names(world.doctor, id)).toEqual(['Dr Anne-Laure Fritsch'])
    await mark(false, csapa)
    expect(await names(world.socialWorker, id)).toEqual(['Dr Anne-Laure Fritsch'])
  })

  it('covers whoever works there, who stands in the circle by her account, and its service typed as such', async () => {
    const id = await withDoctor()
    const [refuge] = await asSystem(db, 'a card in a test', async (tx) =>
      (await sql<{ id: string }>`select territory.party_id('finess:880000444') as id`.execute(tx)).rows.map((row) => row.id),
    )
    await aCard(db, { partyId: String(refuge), label: 'Foyer du Refuge', kind: 'structure', facet: 'chrs', category: 'social' })
    const service = await aService(db, { kind: 'other', name: 'Foyer du Refuge', finess: '880000444' })
    const ines = await actorFor(
      db,
      await aUser(db, { service, functions: ['outside_professional'], category: 'social', givenName: 'Inès', familyName: 'Roux' }),
    )
    // as an invitation leaves her, who has no card
    await asSystem(db, 'members in a test', (tx) =>
      sql`insert into care_team.member (id, person_id, kind, party_id, name, place, holder_org, created_at)
        select gen_random_uuid(), ${id}, kind, party, name, 'Foyer du Refuge', ${world.dac.id}, now()
          from (values ('professional', ${ines.userId}::uuid, 'Inès Roux'), ('structure', ${service.id}::uuid, 'Foyer du Refuge')) of (kind, party, name)`.execute(
        tx,
      ),
    )
    expect((await names(world.doctor, id)).toSorted()).toEqual(['Foyer du Refuge', 'Inès Roux'])
    await silence(id, 'at_risk', 'Marc Perrin')
    await mark(true, refuge)
    expect(await names(world.doctor, id)).toEqual([])
    expect((await names(world.julie, id)).toSorted()).toEqual(['Foyer du Refuge', 'Inès Roux'])
    await aSight(db, id, ines.userId, { basis: 'care_team', volets: ['administrative', 'social'] })
    expect(await names(ines, id)).toContain('Inès Roux')
    await mark(false, refuge)
    expect((await names(world.doctor, id)).toSorted()).toEqual(['Foyer du Refuge', 'Inès Roux'])
  })

  it('named by a visit, an appointment or the plan before the person was in danger, leaves the circle’s Fil; what somebody wrote herself stays hers', async () => {
    const id = await withDoctor()
    await mark(true)
    await add(id, { partyId: shelter, name: 'Foyer L’Éclaircie', kind: 'structure', roles: ['other'] })
    const line = (source: string, title: string) =>
      asSystem(db, 'a line of the Fil in a test', (tx) =>
        sql`insert into persons.timeline_item (id, person_id, at, kind, title, author_name, source, source_id, volet, holder_org)
          values (${newId()}, ${id}, now(), 'x', ${title}, 'Julie Marchal', ${source}, ${newId()}, 'administrative', ${world.dac.id})`.execute(tx),
      )
    await line('episodes.activity', 'Visite conjointe · Foyer L’Éclaircie')
    await line('agenda.appointment', 'Visite · au Foyer L’Éclaircie, prévue le 20/10')
    await line('care-plans', 'PPCS, version 1 : Foyer L’Éclaircie, d’accord')
    await line('episodes.activity', 'Appel · la personne')
    await line('liaison.note', 'Vue au Foyer L’Éclaircie')
    await silence(id, 'at_risk', 'Marc Perrin')
    await asSystem(db, 'the subscriber in a test', (tx) => sensitiveNames.react(tx, { personId: id } as FeedEvent))
    expect((await titles(world.doctor, id)).filter((title) => /Foyer|Appel/.test(title)).toSorted()).toEqual([
      'Appel · la personne',
      'Vue au Foyer L’Éclaircie',
    ])
    expect((await titles(world.julie, id)).filter((title) => title.includes('Foyer'))).toHaveLength(5)
    await mark(false)
  })

  it('is listed to those who run a DAC, with its reason; one that is not in the directory cannot be marked', async () => {
    await mark(true)
    await mark(true)
    expect((await world.as(world.director, sensitiveStructures, {})).rows).toMatchObject([
      { partyId: shelter, name: 'Foyer L’Éclaircie', reason: 'Hébergement protégé' },
    ])
    await expect(mark(true, newId())).rejects.toMatchObject({ code: 'structure_unknown' })
    await mark(false)
    expect((await world.as(world.director, sensitiveStructures, {})).rows).toEqual([])
  })
})

describe('the mark of danger', () => {
  it('is read by the DAC that accompanies, never by the circle', async () => {
    const id = await withDoctor()
    await silence(id, 'at_risk', 'Marc Perrin')
    const kinds = async (actor: Actor) => (await world.as(actor, personHeader, { personId: id })).sharing.silences.map(({ kind }) => kind)
    expect(await kinds(world.julie)).toEqual(['at_risk'])
    expect(await kinds(world.doctor)).toEqual([])
    expect((await world.as(world.doctor, personRights, { personId: id })).sharing.silences).toEqual([])
    expect((await titles(world.doctor, id)).join()).not.toContain('danger')
  })
})

describe('a hidden address', () => {
  it('is shown to the DAC, and to nobody else who sees the person', async () => {
    const id = await withDoctor()
    const { version } = await world.as(world.julie, personHeader, { personId: id })
    await world.as(world.julie, editPerson, { id, baseVersion: version, changes: { address: '3, impasse du Moulin' } })
    const address = async (actor: Actor) => {
      const read = await world.as(actor, personIdentity, { personId: id })
      return [read.address, read.addressHidden]
    }
    expect(await address(world.doctor)).toEqual(['3, impasse du Moulin', false])
    const hiding = await silence(id, 'hidden_address', 'Marc Perrin')
    expect(await address(world.doctor)).toEqual([null, true])
    expect(await address(world.nadia)).toEqual(['3, impasse du Moulin', false])
    await world.as(world.julie, endSilence, { id: hiding, personId: id, reason: 'Elle a déménagé' })
    expect(await address(world.doctor)).toEqual(['3, impasse du Moulin', false])
  })
})

describe('« ne rien dire à… »', () => {
  const inTeam = { basis: 'care_team' as const, ground: 'recognised_by_person', informedOn: '2026-10-14' }
  it('closes the file to her under her account as under her card, and under her name alone', async () => {
    for (const [towards, partyId] of [
      ['Dr Fritsch', world.doctor.userId],
      ['Anne-Laure FRITSCH', null],
    ] as const) {
      const id = await world.informedPerson()
      await silence(id, 'tell_nothing', towards, partyId)
      await expect(add(id, { partyId: world.doctor.professionalId, name: 'Dr Anne-Laure Fritsch', roles: ['gp'], access: inTeam })).rejects.toMatchObject({
        code: 'careTeam.silence_forbids',
      })
    }
  })
})

describe('consent outside the équipe de soins', () => {
  const consent = (more: Record<string, unknown> = {}) => ({ basis: 'consent', consentOn: '2026-10-14', consentMode: 'written', ...more })
  const volunteer = (access: unknown) => ({ partyId: world.socialWorker.professionalId, name: 'Karim Belkacem', roles: ['volunteer'], access })
  const sees = (personId: PersonId) =>
    world.as(world.socialWorker, personHeader, { personId }).then(
      () => true,
      () => false,
    )

  it('says what it is for, how it was given and its last day; it ends by itself the day after, and a new one may follow', async () => {
    const at = world.clock().toISOString()
    const id = await world.informedPerson()
    const member = await add(id, volunteer(consent({ consentFor: 'Sortie d’hôpital (Prado)', consentUntil: '2026-10-20' })))
    const access = async () => (await world.as(world.julie, circle, { personId: id })).members[0]
    expect((await access())?.access).toMatchObject({ consentFor: 'Sortie d’hôpital (Prado)', consentMode: 'written', consentUntil: '2026-10-20' })
    expect((await world.as(world.julie, personAccessList, { personId: id })).sights).toContainEqual(
      expect.objectContaining({ basis: 'consent', endsAt: '2026-10-20T22:00:00.000Z', live: true }),
    )
    world.clock.set('2026-10-20T21:59:59Z')
    expect(await sees(id)).toBe(true)
    world.clock.set('2026-10-20T22:00:00Z')
    expect(await sees(id)).toBe(false)
    expect(await access()).toMatchObject({ access: null, formerAccess: [{ consentUntil: '2026-10-20' }], sees: false })
    await world.as(world.julie, openAccess, { id: newId<AccessId>(), personId: id, memberId: member.id, access: consent() as never })
    expect(await sees(id)).toBe(true)
    world.clock.set(at)
  })

  it('is revoked at once', async () => {
    const id = await world.informedPerson()
    const member = await add(id, volunteer(consent()))
    expect(await sees(id)).toBe(true)
    await world.as(world.julie, closeAccess, { personId: id, memberId: member.id, reason: 'person_wish' })
    expect(await sees(id)).toBe(false)
  })

  it('that is over already is refused', async () => {
    const id = await world.informedPerson()
    await expect(add(id, volunteer(consent({ consentOn: '2026-09-01', consentUntil: '2026-10-14' })))).rejects.toMatchObject({ code: 'careTeam.consent_over' })
  })
})
