import { beforeAll, describe, expect, it } from 'vitest'
import { newId, type PartyId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { recordFamilyDoctor } from '../contract/actions.ts'
import { personFamilyDoctor } from '../contract/queries.ts'
import { vanishedDoctors } from '../contract/vanished-doctors.ts'
import { aPerson, nonOpposed } from '../testing/builders.ts'
import { aPersonWorld, communeWithCpts, communeWithoutCpts, type PersonWorld } from '../testing/person-world.ts'

const { db } = await testDatabase()
let world: PersonWorld
const fritsch = newId<PartyId>()
const humbert = newId<PartyId>()
const people: PersonId[] = []

const list = (input: object = {}) => world.as(world.julie, vanishedDoctors, input)

async function followed(professionalId: PartyId | null, name: string, communeCode = communeWithCpts): Promise<PersonId> {
  const id = await aPerson(db, { dac: world.dac.id, communeCode })
  await nonOpposed(db, id, world.dac.id)
  await world.as(world.nadia, recordFamilyDoctor, { id: newId(), personId: id, state: 'declared', name, professionalId })
  return id
}

const vanish = (partyId: PartyId, day: string) =>
  asSystem(db, 'a doctor retires', (tx) =>
    tx
      .withSchema('directory')
      .insertInto('vanished' as never)
      .values({ party_id: partyId, vanished_at: `${day}T06:00:00Z`, import_id: newId() } as never)
      .execute(),
  )

beforeAll(async () => {
  world = await aPersonWorld(db)
  people.push(await followed(fritsch, 'Dr Anne-Laure Fritsch'), await followed(fritsch, 'Dr Anne-Laure Fritsch', communeWithoutCpts))
  people.push(await followed(humbert, 'Dr Paul Humbert'))
  await followed(null, 'Dr Sans Fiche')
})

describe('whose médecin traitant left the national directory', () => {
  it('nobody is on the list while the doctors are in the directory', async () => {
    expect(await list()).toMatchObject({ rows: [], total: 0, doctors: [] })
  })

  it('whoever they followed comes on it the day they vanish, with the name that the file kept; the file says it too', async () => {
    await vanish(fritsch, '2026-10-01')
    await vanish(humbert, '2026-10-10')
    const found = await list()
    expect(found.rows.map((row) => row.person.personId)).toEqual([people[2], ...[people[0], people[1]].sort().reverse()])
    expect(found).toMatchObject({
      total: 3,
      counts: [{ state: 'todo', count: 3 }],
      doctors: [
        { doctorId: fritsch, name: 'Dr Anne-Laure Fritsch', count: 2 },
        { doctorId: humbert, name: 'Dr Paul Humbert', count: 1 },
      ],
    })
    expect(found.rows[0]).toMatchObject({ doctorName: 'Dr Paul Humbert', state: 'todo', accompanied: true })
    const { current } = await world.as(world.julie, personFamilyDoctor, { personId: people[2] as PersonId })
    expect(current?.vanishedAt).toContain('2026-10-10')
  })

  it('the list is kept to one doctor, and goes on page by page without a repetition', async () => {
    expect((await list({ doctorId: fritsch })).total).toBe(2)
    const paged: string[] = []
    for (let cursor: string | null = null; ; ) {
      const page = await list({ limit: 1, cursor })
      expect(page.total).toBe(3)
      paged.push(...page.rows.map((row) => row.person.personId))
      cursor = page.next
      if (cursor === null) break
    }
    expect(paged).toEqual((await list()).rows.map((row) => row.person.personId))
  })

  it('a person whose new médecin traitant is noted leaves the list; one for whom the CPTS is asked stays, and it is said', async () => {
    await world.as(world.nadia, recordFamilyDoctor, { id: newId(), personId: people[0] as PersonId, state: 'declared', name: 'Dr Léa Colin' })
    expect(await world.as(world.nadia, recordFamilyDoctor, { id: newId(), personId: people[2] as PersonId, state: 'none' })).toMatchObject({ referral: 'sent' })
    const found = await list()
    expect(found.rows.map((row) => [row.person.personId, row.state])).toEqual([
      [people[2], 'asked'],
      [people[1], 'todo'],
    ])
    expect(found.rows[0]).toMatchObject({ cptsName: world.cpts.name, doctorName: 'Dr Paul Humbert' })
    expect((await list({ state: 'asked' })).total).toBe(1)
  })

  it('another DAC sees none of them', async () => {
    expect((await world.as(world.elsewhere, vanishedDoctors, {})).total).toBe(0)
  })
})
