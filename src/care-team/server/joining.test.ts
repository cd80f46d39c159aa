import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { aPerson, aSight, nonOpposed } from '../../persons/testing/builders.ts'
import { aShelterAround } from '../../persons/testing/shelter.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { aService } from '../../territory/testing/builders.ts'
import { answerJoining, askToJoin, type JoinRequestId, joinRequests } from '../contract/joining.ts'
import { circle } from '../contract/queries.ts'
import { aCircleWorld, type CircleWorld } from '../testing/circle-world.ts'

const { db } = await testDatabase()
let world: CircleWorld
let count = 0

beforeAll(async () => {
  world = await aCircleWorld(db)
})

/** Somebody accompanied, whose name and day of birth are hers alone. */
async function someone(): Promise<{ personId: PersonId; name: string; birthDate: string }> {
  count += 1
  const name = ['Wurtz', 'Ancel', 'Humbert', 'Viriot', 'Claudon', 'Lambolez', 'Gegout', 'Poirot', 'Remy', 'Thomas'][count - 1] as string
  const birthDate = `1938-03-${String(count + 9)}`
  const personId = newId<PersonId>()
  await aPerson(db, { dac: world.dac.id, personId, birthName: name, firstNames: ['Odette'], birthDay: birthDate })
  await nonOpposed(db, personId, world.dac.id)
  return { personId, name: `${name} Odette`, birthDate }
}

const ask = (who: { name: string; birthDate: string }, id = newId<JoinRequestId>()) =>
  world.as(world.socialWorker, askToJoin, { id, name: who.name, birthDate: who.birthDate, role: 'social_worker', words: 'Je la suis au CCAS.' })
const waiting = async (personId: PersonId) => (await world.as(world.julie, joinRequests, { personId })).rows
const team = { basis: 'care_team' as const, ground: 'recognised_by_person', informedOn: '2026-10-14' }

describe('joining a circle', () => {
  it('is asked by a professional and accepted by the référent: she enters with her role and her access', async () => {
    const person = await someone()
    await ask(person)
    const [request] = await waiting(person.personId)
    expect(request).toMatchObject({ name: world.socialWorker.displayName, role: 'social_worker', words: 'Je la suis au CCAS.' })
    await expect(world.as(world.socialWorker, circle, { personId: person.personId })).rejects.toMatchObject({ kind: 'not_found' })
    const id = request?.id as JoinRequestId
    await expect(world.as(world.julie, answerJoining, { id, personId: person.personId, accept: true })).rejects.toMatchObject({
      code: 'careTeam.join_without_access',
    })
    await world.as(world.julie, answerJoining, { id, personId: person.personId, accept: true, access: team })
    const { members } = await world.as(world.socialWorker, circle, { personId: person.personId })
    expect(members.find(({ isMe }) => isMe)).toMatchObject({ current: true, sees: true, access: { basis: 'care_team' } })
    await expect(world.as(world.julie, answerJoining, { id, personId: person.personId, accept: false })).rejects.toMatchObject({
      code: 'careTeam.join_answered',
    })
  })

  it('says the same to whoever asks, whether the person is known here or not, and leaves nothing where she is not', async () => {
    const person = await someone()
    const known = await ask(person, newId<JoinRequestId>())
    const unknown = await ask({ name: 'Personne Inconnue', birthDate: '1938-03-11' }, newId<JoinRequestId>())
    expect(Object.keys(known)).toEqual(Object.keys(unknown))
    await ask(person)
    expect(await waiting(person.personId)).toHaveLength(1)
  })

  it('under an identifier that is taken already says the same of a person known here as of one who is not', async () => {
    const id = newId<JoinRequestId>()
    await ask(await someone(), id)
    const other = await someone()
    expect(await ask(other, id)).toEqual({ id })
    expect(await ask({ name: 'Personne Inconnue', birthDate: '1938-03-11' }, id)).toEqual({ id })
    expect(await waiting(other.personId)).toEqual([])
  })

  it('leaves nothing against the person: an opposition, or a refusal of this professional', async () => {
    const person = await someone()
    await asSystem(db, 'she refuses this professional', (tx) =>
      sql`insert into persons.non_disclosure (id, person_id, kind, towards, party_id, since, recorded_by, holder_org)
        values (${newId()}, ${person.personId}, 'no_sharing', 'Karim Belkacem', ${world.socialWorker.professionalId}, '2026-01-01', ${world.julie.userId}, ${world.dac.id})`.execute(
        tx,
      ),
    )
    await ask(person)
    expect(await waiting(person.personId)).toEqual([])
  })

  it('is accepted by the médecin traitant, herself of the équipe de soins; another doctor of the circle neither sees nor answers', async () => {
    const person = await someone()
    await ask(person)
    await aSight(db, person.personId, world.doctor.professionalId, { basis: 'care_team', volets: ['administrative', 'social', 'health'] })
    const id = (await waiting(person.personId))[0]?.id as JoinRequestId
    expect(await world.as(world.doctor, joinRequests, { personId: person.personId })).toEqual({ rows: [], isFamilyDoctor: false })
    const accept = () => world.as(world.doctor, answerJoining, { id, personId: person.personId, accept: true, access: team })
    await expect(accept()).rejects.toMatchObject({ kind: 'forbidden' })
    await asSystem(db, 'her médecin traitant', (tx) =>
      sql`insert into persons.family_doctor (id, person_id, state, professional_id, professional_name, starts_on, holder_org)
        values (${newId()}, ${person.personId}, 'declared', ${world.doctor.professionalId}, 'Dr Fritsch', '2026-01-01', ${world.dac.id})`.execute(tx),
    )
    expect((await world.as(world.doctor, joinRequests, { personId: person.personId })).rows).toHaveLength(1)
    await accept()
    const { members } = await world.as(world.socialWorker, circle, { personId: person.personId })
    expect(members.find(({ isMe }) => isMe)).toMatchObject({ current: true, access: { basis: 'care_team', informedByName: world.doctor.displayName } })
  })

  it('is refused without a word to the asker, and may be asked again later', async () => {
    const person = await someone()
    await ask(person)
    const id = (await waiting(person.personId))[0]?.id as JoinRequestId
    await world.as(world.julie, answerJoining, { id, personId: person.personId, accept: false, words: 'Ne la suit plus.' })
    expect(await waiting(person.personId)).toEqual([])
    await ask(person)
    expect(await waiting(person.personId)).toHaveLength(1)
  })

  it('is not asked by the staff of a DAC, who have no card', async () => {
    await expect(
      world.as(world.elsewhere, askToJoin, { id: newId<JoinRequestId>(), name: 'Wurtz Odette', birthDate: '1938-03-10', role: 'nurse', words: 'x' }),
    ).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

it('around somebody in danger, the médecin traitant does not read that a structure that protects asks to join; the DAC does', async () => {
  const person = await someone()
  await ask(person)
  await aSight(db, person.personId, world.doctor.professionalId, { basis: 'care_team', volets: ['administrative', 'social', 'health'] })
  await asSystem(db, 'her médecin traitant', (tx) =>
    sql`insert into persons.family_doctor (id, person_id, state, professional_id, professional_name, starts_on, holder_org)
      values (${newId()}, ${person.personId}, 'declared', ${world.doctor.professionalId}, 'Dr Fritsch', '2026-01-01', ${world.dac.id})`.execute(tx),
  )
  const read = async (actor: Actor) => (await world.as(actor, joinRequests, { personId: person.personId })).rows.map(({ name }) => name)
  expect(await read(world.doctor)).toEqual([world.socialWorker.displayName])
  const id = (await waiting(person.personId))[0]?.id as JoinRequestId
  // Where she works is what must not be told, whatever her own card says.
  const service = await aService(db, { kind: 'other', name: 'Foyer L’Éclaircie', finess: '880000333' })
  await asSystem(db, 'she works there', async (tx) => {
    await sql`insert into territory.membership (id, user_id, service_id, functions, starts_on) values (${newId()}, ${world.socialWorker.userId}, ${service.id}, '{outside_professional}', '2026-01-01')`.execute(
      tx,
    )
  })
  const structure = await asSystem(
    db,
    'look in a test',
    async (tx) => (await sql<{ id: string }>`select territory.party_id('finess:880000333') as id`.execute(tx)).rows[0]?.id,
  )
  await aShelterAround(db, person.personId, [String(structure)], { userId: world.julie.userId, dac: world.dac.id })
  expect(await read(world.doctor)).toEqual([])
  await expect(world.as(world.doctor, answerJoining, { id, personId: person.personId, accept: true, access: team })).rejects.toMatchObject({
    kind: 'not_found',
  })
  expect(await read(world.julie)).toEqual([world.socialWorker.displayName])
})
