import { beforeAll, describe, expect, it } from 'vitest'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { followReferral, recordConcertation, recordFamilyDoctor } from '../contract/actions.ts'
import { dueReferrals, personFamilyDoctor, personTimeline } from '../contract/queries.ts'
import { aPerson, aSight, nonOpposed } from '../testing/builders.ts'
import { aPersonWorld, communeWithCpts, communeWithoutCpts, filOf, type PersonWorld } from '../testing/person-world.ts'

const { db } = await testDatabase()
let world: PersonWorld
beforeAll(async () => {
  world = await aPersonWorld(db)
})

const record = (
  personId: PersonId,
  facts: { state: 'declared' | 'de_facto' | 'unknown' | 'none' | 'military'; name?: string; startsOn?: string; cptsId?: string },
) => world.as(world.nadia, recordFamilyDoctor, { id: newId(), personId, ...facts })
const page = (personId: PersonId) => world.as(world.julie, personFamilyDoctor, { personId })

describe('the médecin traitant', () => {
  it('a new one ends the former one, who stays in the history', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await record(id, { state: 'declared', name: 'Dr Paul Humbert', startsOn: '2020-01-01' })
    await record(id, { state: 'de_facto', name: 'Dr Anne-Laure Fritsch' })
    const { current, former } = await page(id)
    expect(current).toMatchObject({ state: 'de_facto', name: 'Dr Anne-Laure Fritsch', startsOn: '2026-10-15' })
    expect(former).toMatchObject([{ name: 'Dr Paul Humbert', startsOn: '2020-01-01', endsOn: '2026-10-15' }])
  })

  it('declared without a name is refused', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await expect(record(id, { state: 'declared' })).rejects.toMatchObject({ code: 'input_invalid' })
  })

  it('a médecin des armées stands in its place (R25)', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    expect(await record(id, { state: 'military', name: 'Dr Louise Antoine, antenne médicale d’Épinal' })).toMatchObject({ referral: 'none' })
    expect((await page(id)).current?.state).toBe('military')
  })
})

describe('the concertation (R23)', () => {
  it('keeps each try; silence is an outcome like another', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await record(id, { state: 'declared', name: 'Dr Paul Humbert' })
    await world.as(world.julie, recordConcertation, { id: newId(), personId: id, outcome: 'no_answer' })
    world.clock.advance(60_000)
    await world.as(world.julie, recordConcertation, { id: newId(), personId: id, outcome: 'agrees', opinion: 'Souhaite un avis gériatrique' })
    const { current, concertations } = await page(id)
    expect(current?.concertation).toBe('agrees')
    expect(concertations).toMatchObject([{ outcome: 'agrees', opinion: 'Souhaite un avis gériatrique', byName: 'Julie Marchal' }, { outcome: 'no_answer' }])
  })

  it('what she said is of the health volet: neither the front desk nor a social worker reads it', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await record(id, { state: 'declared', name: 'Dr Paul Humbert' })
    await world.as(world.julie, recordConcertation, { id: newId(), personId: id, outcome: 'agrees', opinion: 'Bilan cognitif en cours' })
    await aSight(db, id, world.socialWorker.professionalId, { basis: 'care_team', volets: ['administrative', 'social'] })
    for (const actor of [world.nadia, world.socialWorker]) {
      expect((await world.as(actor, personFamilyDoctor, { personId: id })).concertations).toEqual([])
      expect(JSON.stringify(await world.as(actor, personTimeline, { personId: id }))).not.toContain('cognitif')
    }
  })

  it('during a request, which opens the administrative volet alone, it stays private to the DAC that asked', async () => {
    const id = await aPerson(db, { dac: null })
    for (const dac of [world.dac, world.otherDac]) await aSight(db, id, dac.id, { basis: 'request', volets: ['administrative'] })
    await record(id, { state: 'declared', name: 'Dr Paul Humbert' })
    await world.as(world.julie, recordConcertation, { id: newId(), personId: id, outcome: 'agrees_with_conditions', opinion: 'Après sa cure' })
    expect((await page(id)).concertations).toHaveLength(1)
    expect((await world.as(world.elsewhere, personFamilyDoctor, { personId: id })).concertations).toEqual([])
  })

  it('without a médecin traitant there is nobody to concert with', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await record(id, { state: 'unknown' })
    await expect(world.as(world.julie, recordConcertation, { id: newId(), personId: id, outcome: 'agrees' })).rejects.toMatchObject({
      code: 'no_family_doctor',
    })
  })
})

const informed = async (communeCode: string): Promise<PersonId> => {
  const id = await aPerson(db, { dac: world.dac.id, communeCode })
  await nonOpposed(db, id, world.dac.id)
  return id
}

describe('no médecin traitant (R24)', () => {
  it('her name is not given to the CPTS before she was informed; once she was, the same gesture seizes it', async () => {
    const id = await aPerson(db, { dac: world.dac.id, communeCode: communeWithCpts })
    expect(await record(id, { state: 'none' })).toMatchObject({ referral: 'not_informed', referralId: null })
    expect((await page(id)).referrals).toEqual([])
    await nonOpposed(db, id, world.dac.id)
    expect(await record(id, { state: 'none' })).toMatchObject({ referral: 'sent' })
  })

  it('seizes the CPTS of the commune and sets the day to remind it; saying it again opens no second referral', async () => {
    const id = await informed(communeWithCpts)
    expect((await page(id)).cptsThere).toMatchObject([{ name: 'CPTS Haute Moselle' }])
    expect(await record(id, { state: 'none' })).toMatchObject({ referral: 'sent' })
    expect(await record(id, { state: 'none' })).toMatchObject({ referral: 'already_open' })
    expect((await page(id)).referrals).toMatchObject([{ state: 'sent', cptsName: 'CPTS Haute Moselle', remindOn: '2026-10-22' }])
    expect(await filOf(db, id)).toContain('Sans médecin traitant\u00a0: CPTS Haute Moselle saisie')
  })

  it('says that there is no CPTS where there is none, and that the commune is unknown where it is', async () => {
    const there = await aPerson(db, { dac: world.dac.id, communeCode: communeWithoutCpts })
    expect(await record(there, { state: 'none' })).toMatchObject({ referral: 'no_cpts' })
    const nowhere = await aPerson(db, { dac: world.dac.id })
    expect(await record(nowhere, { state: 'none' })).toEqual(expect.objectContaining({ referral: 'commune_unknown', referralId: null }))
  })

  it('a CPTS of elsewhere cannot be seized', async () => {
    const id = await aPerson(db, { dac: world.dac.id, communeCode: communeWithoutCpts })
    await expect(record(id, { state: 'none', cptsId: world.cpts.id })).rejects.toMatchObject({ code: 'cpts_not_there' })
  })

  it('is followed until its outcome: reminded, then a doctor designated', async () => {
    const id = await informed(communeWithCpts)
    const referralId = String((await record(id, { state: 'none' })).referralId)
    const follow = (baseVersion: number, state: 'reminded' | 'proposed' | 'failed') =>
      world.as(world.nadia, followReferral, { id: referralId, personId: id, baseVersion, state })
    await follow(1, 'reminded')
    const { rows } = await world.as(world.julie, dueReferrals, {})
    expect(rows.find((row) => row.id === referralId)).toMatchObject({ state: 'reminded', remindOn: '2026-10-22', due: false, person: { usedName: 'PERRIN' } })
    await record(id, { state: 'declared', name: 'Dr Sarah Klein' })
    expect((await page(id)).referrals).toMatchObject([{ state: 'designated', remindOn: null }])
    await expect(follow(3, 'failed')).rejects.toMatchObject({ code: 'referral_already_ended' })
    expect((await world.as(world.julie, dueReferrals, {})).rows.map((row) => row.id)).not.toContain(referralId)
  })

  it('another DAC sees none of our referrals', async () => {
    const id = await informed(communeWithCpts)
    await record(id, { state: 'none' })
    expect((await world.as(world.elsewhere, dueReferrals, {})).rows).toEqual([])
  })
})
