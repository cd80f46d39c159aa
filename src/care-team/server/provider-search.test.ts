import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { type CallOutcome, type ProviderCallId, providerCalls, providerWords, recordProviderCall } from '../contract/provider-search.ts'
import { aCard, aCircleWorld, type CircleWorld } from '../testing/circle-world.ts'

const { db } = await testDatabase()
let world: CircleWorld
const ssiad = newId()

beforeAll(async () => {
  world = await aCircleWorld(db)
  await aCard(db, { partyId: ssiad, label: 'SSIAD du Haut-Val', kind: 'structure', category: 'health', facet: 'ssiad', detail: 'SSIAD' })
})

const call = (personId: PersonId, outcome: CallOutcome, more: object = {}, by: Actor = world.julie) =>
  world.as(by, recordProviderCall, { id: newId<ProviderCallId>(), personId, need: 'ssiad', name: 'SSIAD du Haut-Val', outcome, ...more })

describe('looking for a provider', () => {
  it('« complet, appelée par… » is known to the colleagues for 30 days, whomever they look for, and says nothing of the person', async () => {
    await call(await world.informedPerson(), 'full', { partyId: ssiad, words: 'Liste d’attente de trois mois' })
    const seen = async () => (await world.as(world.nadia, providerWords, {})).rows
    expect(await seen()).toEqual([
      { partyId: ssiad, need: 'ssiad', outcome: 'full', callBackOn: null, calledAt: '2026-10-15T07:42:00.000Z', calledByName: world.julie.displayName },
    ])
    expect((await world.as(world.elsewhere, providerWords, {})).rows).toEqual([])
    await expect(world.as(world.doctor, providerWords, {})).rejects.toMatchObject({ kind: 'forbidden' })
    world.clock.advance(31 * 86_400_000)
    expect(await seen()).toEqual([])
    world.clock.advance(-31 * 86_400_000)
  })

  it('fails when three providers cannot and none can; a yes ends it, and the last word of each counts', async () => {
    const personId = await world.informedPerson()
    expect(await call(personId, 'full', { name: 'SSIAD A' })).toMatchObject({ failed: false })
    await call(personId, 'refused', { name: 'SSIAD B' })
    expect(await call(personId, 'full', { name: 'SSIAD A' })).toMatchObject({ failed: false })
    expect(await call(personId, 'full', { name: 'SSIAD C' })).toMatchObject({ failed: true })
    world.clock.advance(60_000)
    expect(await call(personId, 'yes', { name: 'SSIAD B' })).toMatchObject({ failed: false })
    const { searches } = await world.as(world.nadia, providerCalls, { personId })
    expect(searches).toMatchObject([{ need: 'ssiad', found: true, failed: false }])
    expect(searches[0]?.calls.map(({ name }) => name)).toHaveLength(5)
  })

  it('a call back has its day, to come; an unknown card is refused; the circle does not read the calls of the DAC', async () => {
    const personId = await world.informedPerson()
    await expect(call(personId, 'call_back')).rejects.toMatchObject({ code: 'careTeam.call_back_day' })
    await expect(call(personId, 'call_back', { callBackOn: '2026-10-01' })).rejects.toMatchObject({ code: 'careTeam.call_back_day' })
    await call(personId, 'call_back', { callBackOn: '2026-10-20' })
    await expect(call(personId, 'full', { partyId: newId() })).rejects.toMatchObject({ code: 'careTeam.party_unknown' })
    await expect(call(personId, 'full', {}, world.elsewhere)).rejects.toMatchObject({ kind: 'not_found' })
  })
})
