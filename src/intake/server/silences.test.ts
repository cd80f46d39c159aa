import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { recordSilence } from '../../persons/contract/actions.ts'
import { personsValueSets } from '../../persons/contract/value-sets.ts'
import { aPerson, aSight } from '../../persons/testing/builders.ts'
import { personsRegistry } from '../../persons/testing/person-world.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { call } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { loadValueSets } from '../../territory/server/reference.sql.ts'
import { linkPerson, recordAnswer, recordFeedback, submitRequest } from '../contract/actions.ts'
import { filedRequest, request } from '../contract/queries.ts'
import type { AnswerId, SollicitationId } from '../contract/sollicitation.ts'
import { aRequest } from '../testing/builders.ts'
import { aDeskWorld } from '../testing/desk-world.ts'

const { db } = await testDatabase()
const { as, gate, dac, nadia, elsewhere, doctor } = await aDeskWorld(db)
beforeAll(() => asSystem(db, 'lists of persons for a test', (tx) => loadValueSets(tx, personsValueSets)))

const silence = (personId: PersonId, kind: 'tell_nothing' | 'hidden_address', towards: string, partyId: string | null = null) =>
  call(gate, personsRegistry, recordSilence, nadia, { id: newId(), personId, kind, towards, partyId, since: '2026-10-15' })
const feedback = (sollicitationId: SollicitationId, said: { recipientName?: string; text?: string; addressedTo?: 'requester' | 'referred_by' } = {}) =>
  as(nadia, recordFeedback, {
    id: newId(),
    sollicitationId,
    addressedTo: 'requester',
    recipientName: 'Mme Martine Thiriet',
    channel: 'phone',
    text: 'Une visite est prévue jeudi.',
    ...said,
  } as never)

describe('what goes back to a requester', () => {
  it('stops when the person wants nothing said to her; what was asked stays hers to read, not the answer', async () => {
    const id = newId<SollicitationId>()
    await as(doctor, submitRequest, {
      id,
      concerned: { kind: 'told', name: 'Odile Perrin', birthDate: '1941-03-12' },
      communeCode: '88408',
      text: 'Chutes répétées.',
      motives: ['falls'],
      urgency: 'within_72h',
      requesterKind: 'gp_treating',
      requesterPhone: '03 53 01 88 20',
      personInformed: 'yes',
      personInformedBy: 'Dr Fritsch',
    } as never)
    const personId = await aPerson(db, { dac: dac.id })
    await as(nadia, linkPerson, { id, person: { kind: 'known', personId } })
    await as(nadia, recordAnswer, { id: newId<AnswerId>(), sollicitationId: id, answer: { code: 'B5' } })
    expect((await as(doctor, filedRequest, { id })).answers).toEqual(['B5'])
    await silence(personId, 'tell_nothing', 'Dr Fritsch', doctor.userId)
    await expect(feedback(id, { recipientName: 'le cabinet médical' })).rejects.toMatchObject({ code: 'silence_forbids' })
    expect(await as(doctor, filedRequest, { id })).toMatchObject({ answers: [], feedbacks: [], text: 'Chutes répétées.' })
  })

  it('stops for a relative too, known by her name alone', async () => {
    const personId = await aPerson(db, { dac: dac.id })
    const id = await aRequest(gate, nadia)
    await as(nadia, linkPerson, { id, person: { kind: 'known', personId } })
    await silence(personId, 'tell_nothing', 'Marc Perrin')
    await expect(feedback(id, { recipientName: 'M. PERRIN Marc, son fils' })).rejects.toMatchObject({ code: 'silence_forbids' })
    await expect(feedback(id, { recipientName: 'Mme Sylvie Perrin' })).resolves.toMatchObject({ id: expect.any(String) })
  })

  it('never says the address that the person hides', async () => {
    const personId = await aPerson(db, { dac: dac.id })
    await asSystem(db, 'an address in a test', (tx) =>
      sql`update persons.person set address = '3, impasse du Moulin' where person_id = ${personId}`.execute(tx),
    )
    const id = await aRequest(gate, nadia)
    await as(nadia, linkPerson, { id, person: { kind: 'known', personId } })
    const text = 'Visite jeudi au 3 Impasse du moulin, sonner fort.'
    await expect(feedback(id, { text })).resolves.toBeDefined()
    await silence(personId, 'hidden_address', 'Marc Perrin')
    await expect(feedback(id, { text })).rejects.toMatchObject({ code: 'hidden_address_said' })
    await expect(feedback(id)).resolves.toBeDefined()
  })
})

describe('a request that is not open to somebody', () => {
  it('answers like one that does not exist, word for word, to another DAC and to a doctor of the circle', async () => {
    const personId = await aPerson(db, { dac: dac.id })
    await aSight(db, personId, String(doctor.professionalId), { basis: 'care_team' })
    const id = await aRequest(gate, nadia)
    await as(nadia, linkPerson, { id, person: { kind: 'known', personId } })
    const refusal = (work: Promise<unknown>) => work.catch((error: unknown) => error)
    for (const actor of [elsewhere, doctor]) {
      const absent = await refusal(as(actor, request, { id: newId<SollicitationId>() }))
      expect(absent).toMatchObject({ kind: 'not_found' })
      expect(await refusal(as(actor, request, { id }))).toEqual(absent)
      expect(await refusal(as(actor, filedRequest, { id }))).toEqual(await refusal(as(actor, filedRequest, { id: newId<SollicitationId>() })))
    }
  })
})
