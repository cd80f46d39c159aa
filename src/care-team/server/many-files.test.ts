import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { aPerson, aSight, nonOpposed } from '../../persons/testing/builders.ts'
import { filOf } from '../../persons/testing/person-world.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { addMember, editMember } from '../contract/actions.ts'
import { type CircleChange, type CircleGestureId, changeManyFiles, filesOfParty } from '../contract/many-files.ts'
import type { MemberId } from '../contract/member.ts'
import { circle } from '../contract/queries.ts'
import { aCard, aCircleWorld, type CircleWorld } from '../testing/circle-world.ts'

const { db } = await testDatabase()
let world: CircleWorld
const [oldSsiad, newSsiad, nurse] = [newId(), newId(), newId()]
const because = 'Le SSIAD du Val est repris par celui de Remiremont.'

beforeAll(async () => {
  world = await aCircleWorld(db)
  await aCard(db, { partyId: oldSsiad, label: 'SSIAD du Val', kind: 'structure', facet: 'ssiad', detail: 'SSIAD' })
  await aCard(db, { partyId: newSsiad, label: 'SSIAD de Remiremont', kind: 'structure', facet: 'ssiad', detail: 'SSIAD', phone: '+33329912233' })
  await aCard(db, { partyId: nurse, label: 'Thomas Noël', facet: 'nurse', detail: 'Infirmier' })
})

const inTeam = { basis: 'care_team' as const, ground: 'recognised_by_person', informedOn: '2026-10-14' }
const inCircle = async (personId: PersonId, partyId: string, name: string, role: string, more: object = {}): Promise<MemberId> =>
  (
    await world.as(world.julie, addMember, {
      id: newId<MemberId>(),
      personId,
      kind: partyId === nurse ? 'professional' : 'structure',
      partyId,
      name,
      roles: [role],
      does: 'toilette',
      startsOn: '2026-05-04',
      ...more,
    })
  ).id as MemberId

const change = (partyId: string, what: CircleChange, memberIds: readonly MemberId[], key?: string, id = newId<CircleGestureId>()) =>
  world.as(world.julie, changeManyFiles, { id, partyId, change: what, because, memberIds: [...memberIds] }, key)
const members = async (personId: PersonId) => (await world.as(world.julie, circle, { personId })).members
const byParty = async (personId: PersonId, partyId: string) => (await members(personId)).find((one) => one.partyId === partyId)

describe('one gesture over many circles', () => {
  it('a structure is replaced by another: roles, what is done and passages go over, each file keeps both periods and a line in its Fil', async () => {
    const [first, second] = [await world.informedPerson(), await world.informedPerson()]
    const ids = [await inCircle(first, oldSsiad, 'SSIAD du Val', 'ssiad'), await inCircle(second, oldSsiad, 'SSIAD du Val', 'ssiad')]
    await world.as(world.julie, editMember, { id: ids[0] as MemberId, personId: first, baseVersion: 1, changes: { week: [{ day: 1, at: '08:00' }] } })
    const what = { kind: 'replace' as const, partyId: newSsiad, name: 'SSIAD de Remiremont' }
    const seen = await world.as(world.julie, filesOfParty, { partyId: oldSsiad, change: what })
    expect(seen.rows.map(({ why }) => why)).toEqual([null, null])
    const [id, once] = [newId<CircleGestureId>(), newId()]
    const done = await change(oldSsiad, what, ids, once, id)
    expect(done).toMatchObject({ files: [{ why: null }, { why: null }], toOpen: 0 })
    // the same sending again writes nothing more, and answers the same
    expect(await change(oldSsiad, what, ids, once, id)).toEqual(done)
    expect(await byParty(first, newSsiad)).toMatchObject({ current: true, does: 'toilette', week: [{ day: 1, at: '08:00' }], phone: '+33329912233' })
    expect(await byParty(second, newSsiad)).toMatchObject({ current: true, roles: [{ role: 'ssiad', endsOn: null }] })
    expect(await byParty(first, oldSsiad)).toMatchObject({ current: false, roles: [{ role: 'ssiad', startsOn: '2026-05-04', endReason: 'replaced' }] })
    expect((await filOf(db, first)).slice(-2)).toEqual(['SSIAD du Val quitte le cercle', 'SSIAD de Remiremont entre dans le cercle'])
    expect((await members(first)).filter(({ partyId }) => partyId === newSsiad)).toHaveLength(1)
    const after = await world.as(world.julie, filesOfParty, { partyId: oldSsiad })
    expect(after.rows).toEqual([])
    expect(after.gestures).toMatchObject([{ because, done: 2, refused: 0, byName: world.julie.displayName }])
    // another gesture on the same files finds them gone
    expect((await change(oldSsiad, what, ids)).files.map(({ why }) => why)).toEqual(['gone', 'gone'])
  })

  it('a professional whose file is open leaves her access behind: whoever comes sees nothing until the person is told', async () => {
    const personId = await world.informedPerson()
    const leaves = await inCircle(personId, nurse, 'Thomas Noël', 'nurse', { access: inTeam })
    const comes = newId()
    await aCard(db, { partyId: comes, label: 'Maud Petitjean', facet: 'nurse', detail: 'Infirmière' })
    expect(await change(nurse, { kind: 'replace', partyId: comes, name: 'Maud Petitjean' }, [leaves])).toMatchObject({ toOpen: 1 })
    expect(await byParty(personId, comes)).toMatchObject({ current: true, access: null, sees: false, kind: 'professional' })
    const rights = await asSystem(
      db,
      'rights in a test',
      async (tx) =>
        (
          await sql<{
            n: number
          }>`select count(*)::int as n from persons.sight where person_id = ${personId} and party_id in (${nurse}, ${comes}) and ends_at is null`.execute(tx)
        ).rows,
    )
    expect(rights).toEqual([{ n: 0 }])
  })

  it('a role changes where it can; each file that cannot says why', async () => {
    const [plain, opened, other, opposed, elsewhere] = await Promise.all([1, 2, 3, 4, 5].map(() => world.informedPerson()))
    const card = newId()
    await aCard(db, { partyId: card, label: 'Denis Colin', facet: 'nurse', detail: 'Infirmier' })
    const put = (personId: PersonId | undefined, role: string, more: object = {}) =>
      inCircle(personId as PersonId, card, 'Denis Colin', role, { kind: 'professional', ...more })
    const files = [
      await put(plain, 'nurse'),
      await put(opened, 'nurse', { access: inTeam }),
      await put(other, 'volunteer'),
      await put(opposed, 'nurse'),
      await put(elsewhere, 'nurse'),
    ]
    await asSystem(db, 'oppositions and an end in a test', async (tx) => {
      await sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org)
        values (gen_random_uuid(), ${opposed}, 1, 'opposition', '2026-10-10', 'oral_present', ${world.julie.userId}, 'Julie Marchal', ${world.dac.id})`.execute(
        tx,
      )
      await sql`update persons.sight set ends_at = '2026-10-01T08:00:00Z' where person_id = ${elsewhere} and basis = 'dac_in_charge'`.execute(tx)
    })
    await aSight(db, elsewhere as PersonId, world.dac.id, { basis: 'request', volets: ['administrative'] })
    const what = { kind: 'role' as const, from: 'nurse', to: 'advanced_nurse' }
    const seen = await world.as(world.julie, filesOfParty, { partyId: card, change: what })
    const expected = new Map([
      [files[0], null],
      [files[1], null],
      [files[2], 'role_missing'],
      [files[3], 'opposed'],
      [files[4], 'not_in_charge'],
    ])
    for (const row of seen.rows) expect(row.why).toBe(expected.get(row.memberId))
    const told = await change(card, what, files as MemberId[])
    expect(told.files.map(({ why }) => why)).toEqual([...expected.values()])
    expect(await byParty(plain as PersonId, card)).toMatchObject({
      roles: [
        { role: 'advanced_nurse', endsOn: null },
        { role: 'nurse', endReason: 'replaced' },
      ],
    })
    expect(await byParty(opened as PersonId, card)).toMatchObject({ access: { sharingCategory: '1' }, sees: true })
    // outside the équipe de soins: her access is looked at in the file first
    expect((await change(card, { kind: 'role', from: 'advanced_nurse', to: 'volunteer' }, [files[1] as MemberId])).files).toMatchObject([
      { why: 'access_first' },
    ])
  })

  it('she moves: the place and the number change in the files where they are not so already', async () => {
    const [first, second] = [await world.informedPerson(), await world.informedPerson()]
    const card = newId()
    await aCard(db, { partyId: card, label: 'Lucie Adam', facet: 'physiotherapist', detail: 'Masseur-kinésithérapeute' })
    const put = (personId: PersonId, place: string) => inCircle(personId, card, 'Lucie Adam', 'physiotherapist', { kind: 'professional', place })
    const files = [await put(first, 'Cabinet de Rupt'), await put(second, 'Maison de santé du Thillot')]
    const told = await change(card, { kind: 'place', place: 'Maison de santé du Thillot', phone: null }, files)
    expect(told.files.map(({ why }) => why)).toEqual([null, 'same'])
    expect(await byParty(first, card)).toMatchObject({ place: 'Maison de santé du Thillot', version: 2 })
  })

  it('whom the person wants nothing said to does not come in; the others do', async () => {
    const personId = newId<PersonId>()
    await aPerson(db, { dac: world.dac.id, personId })
    await nonOpposed(db, personId, world.dac.id)
    const file = await inCircle(personId, oldSsiad, 'SSIAD du Val', 'ssiad')
    await asSystem(db, 'a silence in a test', (tx) =>
      sql`insert into persons.non_disclosure (id, person_id, kind, towards, party_id, since, holder_org)
        values (gen_random_uuid(), ${personId}, 'tell_nothing', 'SSIAD de Remiremont', ${newSsiad}, '2026-09-01', ${world.dac.id})`.execute(tx),
    )
    expect((await change(oldSsiad, { kind: 'replace', partyId: newSsiad, name: 'SSIAD de Remiremont' }, [file])).files).toMatchObject([{ why: 'silence' }])
    expect(await byParty(personId, oldSsiad)).toMatchObject({ current: true })
  })

  it('the desk, the circle and another DAC cannot; the same card cannot replace itself', async () => {
    for (const actor of [world.nadia, world.doctor])
      await expect(world.as(actor, filesOfParty, { partyId: oldSsiad })).rejects.toMatchObject({ kind: 'forbidden' })
    expect((await world.as(world.elsewhere, filesOfParty, { partyId: oldSsiad })).rows).toEqual([])
    await expect(change(oldSsiad, { kind: 'replace', partyId: oldSsiad, name: 'SSIAD du Val' }, [newId<MemberId>()])).rejects.toMatchObject({
      code: 'careTeam.replaced_by_herself',
    })
  })
})
