import { beforeAll, describe, expect, it } from 'vitest'
import { collectNonOppositions, recordSilence } from '../../persons/contract/actions.ts'
import { personAccessList, personHeader } from '../../persons/contract/queries.ts'
import { aPerson, aSight } from '../../persons/testing/builders.ts'
import { filOf } from '../../persons/testing/person-world.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { addMember, closeAccess, editMember, endMember, endRole, giveRole, leaveCircle, openAccess } from '../contract/actions.ts'
import type { Member, MemberId } from '../contract/member.ts'
import { circle, followedPatients } from '../contract/queries.ts'
import { aCard, aCircleWorld, type CircleWorld } from '../testing/circle-world.ts'

const { db, owner } = await testDatabase()
let world: CircleWorld
beforeAll(async () => {
  world = await aCircleWorld(db)
})

const inTeam = { basis: 'care_team' as const, ground: 'recognised_by_person', informedOn: '2026-10-14' }
const add = (personId: PersonId, facts: Partial<Parameters<typeof input>[1]> = {}) => world.as(world.julie, addMember, input(personId, facts))
const input = (
  personId: PersonId,
  facts: {
    id?: MemberId
    kind?: 'professional' | 'structure' | 'relative' | 'contact'
    partyId?: string | null
    name?: string
    roles?: string[]
    relation?: string
    access?: unknown
    startsOn?: string
  },
) =>
  ({
    id: newId<MemberId>(),
    personId,
    kind: 'professional' as const,
    partyId: world.doctor.professionalId as string | null,
    name: 'Dr Anne-Laure Fritsch',
    roles: ['gp'],
    ...facts,
  }) as never
const membersOf = async (personId: PersonId): Promise<readonly Member[]> => (await world.as(world.julie, circle, { personId })).members
const doctorSees = (personId: PersonId): Promise<boolean> =>
  world.as(world.doctor, personHeader, { personId }).then(
    () => true,
    () => false,
  )

describe('being named in the circle', () => {
  it('opens nothing by itself, not even to the médecin traitant', async () => {
    const person = await world.informedPerson()
    await add(person)
    expect(await doctorSees(person)).toBe(false)
    expect(await membersOf(person)).toMatchObject([
      { name: 'Dr Anne-Laure Fritsch', phone: '+33353012011', current: true, access: null, sees: false, hasAccount: true },
    ])
    expect(await filOf(db, person)).toEqual(['Dr Anne-Laure Fritsch entre dans le cercle'])
  })

  it('a relative, a landlord, somebody without a card are written by hand', async () => {
    const person = await world.informedPerson()
    await add(person, { kind: 'relative', partyId: null, name: 'Sylvie Perrin-Roux', roles: ['main_caregiver'], relation: 'daughter' })
    await add(person, { kind: 'contact', partyId: null, name: 'M. Weber, gardien', roles: ['landlord'] })
    expect((await membersOf(person)).map((m) => [m.name, m.roles[0]?.role])).toEqual([
      ['Sylvie Perrin-Roux', 'main_caregiver'],
      ['M. Weber, gardien', 'landlord'],
    ])
  })

  it('a card that is not in the directory, an unknown role, a role of the accompaniment are refused', async () => {
    const person = await world.informedPerson()
    await expect(add(person, { partyId: newId() })).rejects.toMatchObject({ code: 'careTeam.party_unknown' })
    await expect(add(person, { roles: ['g_care'] })).rejects.toMatchObject({ code: 'value_unknown' })
    await expect(add(person, { roles: ['referent'] })).rejects.toMatchObject({ code: 'careTeam.dac_role' })
    await expect(add(person, { startsOn: '2026-10-16' })).rejects.toMatchObject({ code: 'careTeam.not_in_future' })
  })

  it('the circle is composed by the DAC that accompanies: neither the desk, nor a member, nor another DAC', async () => {
    const person = await world.informedPerson()
    await add(person, { access: inTeam })
    for (const [actor, kind] of [
      [world.nadia, 'forbidden'],
      [world.doctor, 'forbidden'],
      [world.elsewhere, 'not_found'],
      [world.director, 'not_found'],
    ] as const) {
      await expect(world.as(actor, addMember, input(person, { partyId: null, name: 'x', kind: 'contact', roles: ['other'] }))).rejects.toMatchObject({ kind })
    }
  })
})

describe('seeing the file', () => {
  it('comes from the équipe de soins, the person informed, dated, and by whom', async () => {
    const person = await world.informedPerson()
    await add(person, { access: inTeam })
    expect(await doctorSees(person)).toBe(true)
    expect((await membersOf(person))[0]).toMatchObject({
      sees: true,
      access: {
        basis: 'care_team',
        informedOn: '2026-10-14',
        informedByName: 'Julie Marchal',
        sharingCategory: '1',
        volets: ['administrative', 'social', 'health'],
      },
    })
    expect((await world.as(world.julie, personAccessList, { personId: person })).sights).toContainEqual(
      expect.objectContaining({ basis: 'care_team', name: 'Dr Anne-Laure Fritsch', reason: 'Médecin traitant', live: true }),
    )
  })

  it('waits for the non-oppositions', async () => {
    const person = await aPerson(db, { dac: world.dac.id })
    await expect(add(person, { access: inTeam })).rejects.toMatchObject({ code: 'sharing_not_collected' })
    expect(await membersOf(person)).toEqual([])
  })

  it('is refused against an opposition, and suspended at once by one that comes later', async () => {
    const person = await world.informedPerson()
    const { id } = await add(person, { access: inTeam })
    const collect = (state: 'opposition' | 'non_opposition') => {
      world.clock.advance(1000)
      return world.as(world.julie, collectNonOppositions, {
        id: newId(),
        personId: person,
        answers: [{ number: 1, state }],
        collectedOn: '2026-10-15',
        mode: 'oral_present',
      })
    }
    await collect('opposition')
    expect(await doctorSees(person)).toBe(false)
    expect((await membersOf(person))[0]).toMatchObject({ id, suspended: true, sees: false })
    await expect(
      add(person, { partyId: world.socialWorker.professionalId, name: 'Karim Belkacem', roles: ['social_worker'], access: inTeam }),
    ).rejects.toMatchObject({ code: 'sharing_opposed' })
    await collect('non_opposition')
    expect(await doctorSees(person)).toBe(true)
  })

  it('a social worker receives the social and administrative volets, never the health volet', async () => {
    const person = await world.informedPerson()
    const social = { partyId: world.socialWorker.professionalId, name: 'Karim Belkacem', roles: ['social_worker'] }
    await expect(add(person, { ...social, access: { ...inTeam, volets: ['health'] } })).rejects.toMatchObject({ code: 'careTeam.volet_beyond_category' })
    await add(person, { ...social, access: inTeam })
    expect((await world.as(world.socialWorker, personHeader, { personId: person })).volets).toEqual(['administrative', 'social'])
  })

  it('the person may narrow what a doctor sees', async () => {
    const person = await world.informedPerson()
    await add(person, { access: { ...inTeam, volets: ['social'] } })
    expect((await world.as(world.doctor, personHeader, { personId: person })).volets).toEqual(['administrative', 'social'])
  })

  it('outside the list of R.1110-2 the équipe de soins is refused, and consent is needed', async () => {
    const person = await world.informedPerson()
    const volunteer = { partyId: world.socialWorker.professionalId, name: 'Karim Belkacem', roles: ['volunteer'] }
    await expect(add(person, { ...volunteer, access: inTeam })).rejects.toMatchObject({ code: 'careTeam.category_not_in_team' })
    await add(person, { ...volunteer, access: { basis: 'consent', consentOn: '2026-10-15', consentMode: 'written' } })
    expect((await membersOf(person))[0]).toMatchObject({ sees: true, access: { basis: 'consent', consentMode: 'written', sharingCategory: 'none' } })
  })

  it('is never opened to a structure, a relative or a contact', async () => {
    const person = await world.informedPerson()
    const ssiad = newId()
    await aCard(db, { partyId: ssiad, label: 'SSIAD de la Haute Moselle', kind: 'structure', facet: 'ssiad' })
    for (const facts of [
      { kind: 'structure' as const, partyId: ssiad, name: 'SSIAD', roles: ['ssiad'] },
      { kind: 'relative' as const, partyId: null, name: 'Sylvie', roles: ['caregiver'] },
    ]) {
      await expect(add(person, { ...facts, access: inTeam })).rejects.toMatchObject({ code: 'careTeam.named_professional_only' })
    }
  })

  it('is refused to whom the person wants nothing said', async () => {
    const person = await world.informedPerson()
    await world.as(world.julie, recordSilence, {
      id: newId(),
      personId: person,
      kind: 'tell_nothing',
      towards: 'Dr Fritsch',
      partyId: world.doctor.professionalId,
      since: '2026-10-15',
    })
    await expect(add(person, { access: inTeam })).rejects.toMatchObject({ code: 'careTeam.silence_forbids' })
  })

  it('a day of information that has not come is refused', async () => {
    const person = await world.informedPerson()
    await expect(add(person, { access: { ...inTeam, informedOn: '2026-10-16' } })).rejects.toMatchObject({ code: 'careTeam.not_in_future' })
  })
})

describe('leaving and coming back', () => {
  it('the end of the membership takes the sight away at the next request', async () => {
    const person = await world.informedPerson()
    const { id } = await add(person, { access: inTeam })
    expect(await world.as(world.julie, endMember, { id: id as MemberId, personId: person, reason: 'replaced' })).toMatchObject({ closed: 1 })
    expect(await doctorSees(person)).toBe(false)
    expect((await membersOf(person))[0]).toMatchObject({ current: false, access: null, formerAccess: [{ endReason: 'replaced' }] })
    await expect(world.as(world.julie, endMember, { id: id as MemberId, personId: person, reason: 'replaced' })).rejects.toMatchObject({
      code: 'careTeam.member_left',
    })
  })

  it('a member who returns is the same member with both periods, and sees again only if it is opened again', async () => {
    const person = await world.informedPerson()
    const first = await add(person, { access: inTeam, startsOn: '2026-01-05' })
    await world.as(world.julie, endMember, { id: first.id as MemberId, personId: person, reason: 'mission_ended', endsOn: '2026-03-01' })
    const again = await add(person)
    expect(again).toMatchObject({ id: first.id, returned: true })
    const [member] = await membersOf(person)
    expect(member?.roles.map((role) => [role.startsOn, role.endsOn])).toEqual([
      ['2026-10-15', null],
      ['2026-01-05', '2026-03-01'],
    ])
    expect(await doctorSees(person)).toBe(false)
    await world.as(world.julie, openAccess, { id: newId(), personId: person, memberId: first.id as MemberId, access: inTeam })
    expect(await doctorSees(person)).toBe(true)
  })

  it('she may stay named without seeing any more', async () => {
    const person = await world.informedPerson()
    const { id } = await add(person, { access: inTeam })
    await world.as(world.julie, closeAccess, { personId: person, memberId: id as MemberId, reason: 'person_wish' })
    expect(await doctorSees(person)).toBe(false)
    expect((await membersOf(person))[0]).toMatchObject({ current: true, sees: false })
  })

  it('a doctor leaves a circle by herself, and cannot put somebody else out', async () => {
    const person = await world.informedPerson()
    const doctor = await add(person, { access: inTeam })
    const social = await add(person, { partyId: world.socialWorker.professionalId, name: 'Karim Belkacem', roles: ['social_worker'], access: inTeam })
    await expect(world.as(world.doctor, leaveCircle, { id: social.id as MemberId, personId: person })).rejects.toMatchObject({ kind: 'forbidden' })
    await world.as(world.doctor, leaveCircle, { id: doctor.id as MemberId, personId: person })
    expect(await doctorSees(person)).toBe(false)
    expect((await membersOf(person)).find((m) => m.id === doctor.id)?.roles[0]).toMatchObject({ endReason: 'own_wish', endsOn: '2026-10-15' })
  })

  it('personne de confiance, aidante and contact are three roles, each with its own dates; the last that ends takes her out', async () => {
    const person = await world.informedPerson()
    const { id } = await add(person, { kind: 'relative', partyId: null, name: 'Agnès Kempf', roles: ['trusted_person', 'caregiver'], relation: 'niece' })
    await world.as(world.julie, giveRole, { id: newId(), personId: person, memberId: id as MemberId, role: 'contact_to_call' })
    await expect(world.as(world.julie, giveRole, { id: newId(), personId: person, memberId: id as MemberId, role: 'caregiver' })).rejects.toMatchObject({
      code: 'careTeam.role_held',
    })
    const roles = (await membersOf(person))[0]?.roles ?? []
    expect(roles.map((role) => role.role).sort()).toEqual(['caregiver', 'contact_to_call', 'trusted_person'])
    for (const [index, role] of roles.entries()) {
      expect(await world.as(world.julie, endRole, { id: role.id, personId: person, reason: 'person_wish' })).toMatchObject({ memberLeft: index === 2 })
    }
    expect((await membersOf(person))[0]?.current).toBe(false)
  })
})

describe('who does what', () => {
  it('presences of the week, what she does and for what she is called are kept; two editors of the same field both show', async () => {
    const person = await world.informedPerson()
    const { id, version } = await add(person, { kind: 'structure', partyId: null, name: 'SAD Les Genêts', roles: ['home_help'] })
    const memberId = id as MemberId
    const week = [
      { day: 1, at: '09:00' },
      { day: 6, state: 'nobody' as const },
    ]
    await world.as(world.julie, editMember, { id: memberId, personId: person, baseVersion: version, changes: { week, does: 'lever, toilette' } })
    await world.as(world.nadia, editMember, { id: memberId, personId: person, baseVersion: version, changes: { phone: '03 53 01 45 90', callFor: 'Chute' } })
    await expect(world.as(world.nadia, editMember, { id: memberId, personId: person, baseVersion: version, changes: { does: 'repas' } })).rejects.toMatchObject(
      { code: 'stale_version', details: { fields: [{ field: 'does', theirs: 'lever, toilette', mine: 'repas' }] } },
    )
    expect((await membersOf(person))[0]).toMatchObject({
      week: [
        { day: 1, at: '09:00', label: null, state: 'planned' },
        { day: 6, at: null, state: 'nobody' },
      ],
      does: 'lever, toilette',
      phone: '+33353014590',
      callFor: 'Chute',
    })
  })

  it('an hour that does not exist is refused', async () => {
    const person = await world.informedPerson()
    const { id, version } = await add(person, { kind: 'contact', partyId: null, name: 'x', roles: ['other'] })
    await expect(
      world.as(world.julie, editMember, { id: id as MemberId, personId: person, baseVersion: version, changes: { week: [{ day: 8, at: '25:00' }] } }),
    ).rejects.toMatchObject({ code: 'input_invalid' })
  })

  it('the circle knows whom to call for the rest: the DAC that accompanies', async () => {
    const person = await world.informedPerson()
    await add(person, { access: inTeam })
    const seen = await world.as(world.doctor, circle, { personId: person })
    expect(seen).toMatchObject({ services: [{ name: 'DAC Hautes-Vallées' }], canCompose: false, monday: '2026-10-12', today: '2026-10-15', sharing: 'open' })
  })
})

describe('sending twice', () => {
  it('the same addition makes one member and one access', async () => {
    const person = await world.informedPerson()
    const key = newId()
    const wish = input(person, { access: inTeam })
    const first = await world.as(world.julie, addMember, wish, key)
    expect(await world.as(world.julie, addMember, wish, key)).toEqual(first)
    expect(await membersOf(person)).toHaveLength(1)
  })
})

describe('the patients whom an outside professional follows', () => {
  it('are those of the circles where she has sight, with what changed since she last opened each, the last changed first', async () => {
    const doctor = world.doctor
    const [quiet, moved, closed] = [await world.informedPerson(), await world.informedPerson(), await world.informedPerson()]
    for (const one of [quiet, moved, closed]) await add(one, { access: inTeam })
    await world.as(world.julie, closeAccess, { personId: closed, memberId: (await membersOf(closed))[0]?.id as MemberId, reason: 'mistake' })
    await world.as(doctor, personHeader, { personId: quiet })
    await world.as(doctor, personHeader, { personId: moved })
    // The audit reads the clock of the database, not that of the test.
    await owner.query(`update audit.inbox set at = $1 where actor_id = $2`, [world.clock().toISOString(), doctor.userId])
    world.clock.advance(3_600_000)
    await add(moved, { kind: 'relative', partyId: null, name: 'Sylvie Perrin-Roux', roles: ['caregiver'], relation: 'daughter' })
    const { rows } = await world.as(doctor, followedPatients, {})
    const ids = rows.map((row) => row.person.personId)
    expect(ids).toContain(quiet)
    expect(ids).not.toContain(closed)
    expect(ids.indexOf(moved)).toBeLessThan(ids.indexOf(quiet))
    expect(rows.find((row) => row.person.personId === moved)).toMatchObject({
      changes: 1,
      roles: ['gp'],
      services: ['DAC Hautes-Vallées'],
      last: { title: 'Sylvie Perrin-Roux entre dans le cercle' },
    })
    expect(rows.find((row) => row.person.personId === quiet)?.changes).toBe(0)
  })

  it('come page after page, each once', async () => {
    const first = await world.as(world.doctor, followedPatients, { limit: 2 })
    const second = await world.as(world.doctor, followedPatients, { limit: 100, cursor: first.next })
    const ids = [...first.rows, ...second.rows].map((row) => row.person.personId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toHaveLength(first.total)
  })

  it('somebody without any patient has an empty page, and a référente is told where hers are', async () => {
    await expect(world.as(world.julie, followedPatients, {})).rejects.toMatchObject({ kind: 'forbidden' })
    const person = await aPerson(db, { dac: world.dac.id })
    await aSight(db, person, world.socialWorker.professionalId, { basis: 'request', volets: ['administrative'] })
    expect((await world.as(world.socialWorker, followedPatients, {})).rows.map((row) => row.person.personId)).not.toContain(person)
  })
})
