import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import {
  collectNonOppositions,
  editProtection,
  endSilence,
  giveInformation,
  recordDeathAction,
  recordProtection,
  recordSilence,
  withdrawDeath,
} from '../contract/actions.ts'
import { personAccessList, personHeader, personRights, personTimeline } from '../contract/queries.ts'
import { aPerson, aSight } from '../testing/builders.ts'
import { aPersonWorld, filOf, type PersonWorld } from '../testing/person-world.ts'

const { db } = await testDatabase()
let world: PersonWorld
beforeAll(async () => {
  world = await aPersonWorld(db)
})

const today = '2026-10-15'
const answers = (...given: [1 | 2 | 3, 'opposition' | 'non_opposition'][]) => given.map(([number, state]) => ({ number, state }))
const collect = (personId: PersonId, given: ReturnType<typeof answers>, actor = world.julie) => {
  world.clock.advance(1000)
  return world.as(actor, collectNonOppositions, {
    id: newId(),
    personId,
    answers: given,
    collectedOn: today,
    mode: 'oral_present',
    documentVersion: 'notice_2026_1',
  })
}
const rights = (personId: PersonId) => world.as(world.julie, personRights, { personId })
const audience = (personId: PersonId, type: string) =>
  asSystem(
    db,
    'whom an event tells, in a test',
    async (tx) =>
      (
        await sql<{
          audience: string[]
        }>`select audience from platform.event_inbox where person_id = ${personId} and type = ${type} order by at desc, id desc limit 1`.execute(tx)
      ).rows[0]?.audience,
  )
const events = (personId: PersonId) =>
  asSystem(db, 'events in a test', async (tx) =>
    (await sql<{ type: string }>`select type from platform.event_inbox where person_id = ${personId} order by at, id`.execute(tx)).rows.map((row) => row.type),
  )

describe('information and the three non-oppositions', () => {
  it('nothing is presumed: three times « non recueillie »', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    const { sharing } = await rights(id)
    expect(Object.values(sharing.nonOppositions).map((one) => one.state)).toEqual(['not_collected', 'not_collected', 'not_collected'])
    expect(sharing).toMatchObject({ opposed: false, uncollected: true, informedOn: null })
  })

  it('one gesture records 1 and 2 with the day, the author and the document handed over; the third stays « non recueillie »', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await collect(id, answers([1, 'non_opposition'], [2, 'non_opposition']))
    const { sharing, information, currentDocument } = await rights(id)
    expect(sharing.nonOppositions).toMatchObject({
      1: { state: 'non_opposition', on: today, byName: 'Julie Marchal', mode: 'oral_present', documentVersion: 'notice_2026_1', givenBy: 'person' },
      2: { state: 'non_opposition' },
      3: { state: 'not_collected' },
    })
    expect(sharing).toMatchObject({ opposed: false, uncollected: false, informedOn: today, informedBy: 'Julie Marchal' })
    expect(information).toHaveLength(1)
    expect(currentDocument).toBe('notice_2026_1')
    expect(await filOf(db, id)).toEqual(['Personne informée, ne s’oppose pas'])
  })

  it('an opposition closes the file to a doctor of the circle at her next request, and the DAC still reads it', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await aSight(db, id, world.doctor.professionalId, { basis: 'care_team' })
    await collect(id, answers([1, 'non_opposition'], [2, 'non_opposition']))
    await expect(world.as(world.doctor, personHeader, { personId: id })).resolves.toMatchObject({ bases: ['care_team'] })
    expect(await collect(id, answers([1, 'opposition']))).toEqual({ suspended: 1 })
    await expect(world.as(world.doctor, personHeader, { personId: id })).rejects.toMatchObject({ kind: 'not_found' })
    await expect(world.as(world.julie, personHeader, { personId: id })).resolves.toMatchObject({ sharing: { opposed: true } })
    expect(await events(id)).toContain('persons.person.opposed')
    expect(await audience(id, 'persons.sharing.changed')).toContain(world.doctor.professionalId)
    await collect(id, answers([1, 'non_opposition']))
    await expect(world.as(world.doctor, personHeader, { personId: id })).resolves.toMatchObject({ sharing: { opposed: false } })
  })

  it('every answer is kept: the last one counts, the former ones are the history', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await collect(id, answers([3, 'non_opposition']))
    await collect(id, answers([3, 'opposition']))
    const { history, sharing } = await rights(id)
    expect(sharing.nonOppositions[3].state).toBe('opposition')
    expect(history.map((one) => one.state)).toEqual(['opposition', 'non_opposition'])
  })

  it('a day that has not come and two answers to one question are refused', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    const input = { id: newId(), personId: id, collectedOn: '2026-10-16', mode: 'oral_present', answers: answers([1, 'opposition']) }
    await expect(world.as(world.julie, collectNonOppositions, input)).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(collect(id, answers([1, 'opposition'], [1, 'non_opposition']))).rejects.toMatchObject({ code: 'input_invalid' })
  })

  it('the front desk collects them too; the circle does not', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await aSight(db, id, world.doctor.professionalId, { basis: 'care_team' })
    await expect(collect(id, answers([1, 'non_opposition']), world.nadia)).resolves.toEqual({ suspended: 0 })
    await expect(collect(id, answers([1, 'opposition']), world.doctor)).rejects.toMatchObject({ kind: 'forbidden' })
  })

  it('the requester who informed the person before calling is named', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await world.as(world.nadia, giveInformation, {
      id: newId(),
      personId: id,
      givenOn: '2026-10-12',
      givenTo: 'person',
      mode: 'by_requester',
      givenByName: 'Dr Paul Humbert',
    })
    expect((await rights(id)).sharing).toMatchObject({ informedOn: '2026-10-12', informedBy: 'Dr Paul Humbert', uncollected: true })
  })
})

describe('« ne rien dire à… »', () => {
  it('stands in the header until it is lifted, with who asked for it', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    const silence = newId()
    await world.as(world.nadia, recordSilence, {
      id: silence,
      personId: id,
      kind: 'tell_nothing',
      towards: 'Marc Perrin',
      relation: 'son',
      since: '2026-09-02',
      reason: 'À sa demande',
    })
    expect((await world.as(world.julie, personHeader, { personId: id })).sharing.silences).toMatchObject([
      { kind: 'tell_nothing', towards: 'Marc Perrin', relation: 'fils' },
    ])
    await world.as(world.julie, endSilence, { id: silence, personId: id, reason: 'Réconciliés' })
    expect((await world.as(world.julie, personHeader, { personId: id })).sharing.silences).toEqual([])
    await expect(world.as(world.julie, endSilence, { id: silence, personId: id, reason: 'x' })).rejects.toMatchObject({ code: 'silence_already_ended' })
    expect(await filOf(db, id)).toEqual(['Ne rien dire à Marc Perrin', 'Ne rien dire à Marc Perrin : levé'])
  })

  it('sharing refused with one named professional closes the file to her alone, at once', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    for (const one of [world.doctor, world.socialWorker]) await aSight(db, id, one.professionalId, { basis: 'care_team', volets: ['administrative', 'social'] })
    const silence = newId()
    const input = { id: silence, personId: id, kind: 'no_sharing' as const, towards: 'Dr Fritsch', partyId: world.doctor.professionalId, since: today }
    expect(await world.as(world.julie, recordSilence, input)).toMatchObject({ suspended: 1 })
    await expect(world.as(world.doctor, personHeader, { personId: id })).rejects.toMatchObject({ kind: 'not_found' })
    await expect(world.as(world.socialWorker, personHeader, { personId: id })).resolves.toBeTruthy()
    await world.as(world.julie, endSilence, { id: silence, personId: id, reason: 'Elle le souhaite' })
    await expect(world.as(world.doctor, personHeader, { personId: id })).resolves.toBeTruthy()
  })

  it('sharing cannot be refused with somebody who is not named by a card', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await expect(
      world.as(world.julie, recordSilence, { id: newId(), personId: id, kind: 'no_sharing', towards: 'la pharmacie', since: today }),
    ).rejects.toMatchObject({ code: 'input_invalid' })
  })
})

describe('protection', () => {
  it('a measure shows in the header, with its end; its end cannot precede its start', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    const measure = newId()
    await world.as(world.nadia, recordProtection, {
      id: measure,
      personId: id,
      measure: 'reinforced_curatorship',
      scope: 'goods_and_person',
      representativeName: 'Alain Colin',
      startsOn: '2024-07-01',
      endsOn: '2029-06-30',
    })
    expect((await world.as(world.julie, personHeader, { personId: id })).protections).toMatchObject([
      { measure: 'reinforced_curatorship', representativeName: 'Alain Colin', endsOn: '2029-06-30' },
    ])
    await expect(world.as(world.nadia, editProtection, { id: measure, personId: id, baseVersion: 1, changes: { endsOn: '2024-06-30' } })).rejects.toMatchObject(
      { code: 'protection_ends_before_start' },
    )
    await expect(world.as(world.nadia, recordProtection, { id: newId(), personId: id, measure: 'unheard_of' })).rejects.toMatchObject({ code: 'value_unknown' })
  })
})

describe('a death', () => {
  it('is recorded once, told to whoever reacts, and can be withdrawn when it was a mistake', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await world.as(world.nadia, recordDeathAction, { personId: id, on: '2026-10-14', source: 'family' })
    await expect(world.as(world.julie, recordDeathAction, { personId: id, on: '2026-10-13' })).rejects.toMatchObject({ code: 'death_already_recorded' })
    expect((await world.as(world.julie, personHeader, { personId: id })).person.deathDay).toBe('2026-10-14')
    expect(await events(id)).toContain('persons.person.died')
    await expect(world.as(world.nadia, withdrawDeath, { personId: id, reason: 'x' })).rejects.toMatchObject({ kind: 'forbidden' })
    await world.as(world.julie, withdrawDeath, { personId: id, reason: 'Erreur de dossier' })
    expect((await world.as(world.julie, personHeader, { personId: id })).person.deathDay).toBeNull()
    await expect(world.as(world.julie, withdrawDeath, { personId: id, reason: 'x' })).rejects.toMatchObject({ code: 'death_not_recorded' })
  })

  it.each([
    ['2026-10-16', 'death_in_future'],
    ['1941-03-11', 'death_before_birth'],
  ])('on %s is refused (%s)', async (on, code) => {
    const id = await aPerson(db, { dac: world.dac.id })
    await expect(world.as(world.nadia, recordDeathAction, { personId: id, on })).rejects.toMatchObject({ code })
  })
})

describe('who may see, and who opened', () => {
  it('says why, until when, and what is suspended; and who read, how many times', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await aSight(db, id, world.doctor.professionalId, { basis: 'care_team', reason: 'Médecin traitant' })
    for (let i = 0; i < 3; i++) await world.as(world.doctor, personHeader, { personId: id })
    await collect(id, answers([1, 'opposition']))
    const list = await world.as(world.julie, personAccessList, { personId: id })
    expect(list.sights).toMatchObject([
      { name: 'DAC Hautes-Vallées', kind: 'service', basis: 'dac_in_charge', live: true, suspendedAt: null },
      { kind: 'professional', basis: 'care_team', reason: 'Médecin traitant', suspensions: ['opposition'] },
    ])
    expect(list.readers).toContainEqual(
      expect.objectContaining({ name: 'Anne-Laure Fritsch', service: 'Cabinet du Dr Fritsch', times: 3, what: ['persons.header'] }),
    )
  })

  it('is not for the circle, and not for another DAC', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await aSight(db, id, world.doctor.professionalId, { basis: 'care_team' })
    await expect(world.as(world.doctor, personAccessList, { personId: id })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(world.as(world.elsewhere, personAccessList, { personId: id })).rejects.toMatchObject({ kind: 'not_found' })
  })
})

describe('the Fil', () => {
  it('comes page after page without losing or repeating a line', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    for (let i = 0; i < 5; i++) await collect(id, answers([3, i % 2 === 0 ? 'opposition' : 'non_opposition']))
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: { rows: { id: string }[]; next: string | null } = await world.as(world.julie, personTimeline, { personId: id, limit: 2, cursor })
      seen.push(...page.rows.map((row) => row.id))
      cursor = page.next
    } while (cursor !== null)
    expect(seen).toHaveLength(5)
    expect(new Set(seen).size).toBe(5)
    await expect(world.as(world.julie, personTimeline, { personId: id, cursor: 'not ours' })).resolves.toMatchObject({ next: null })
  })
})
