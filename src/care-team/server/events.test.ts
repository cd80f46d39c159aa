import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import type { FeedEvent } from '../../platform/server/feed.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor } from '../../territory/testing/builders.ts'
import { endMember } from '../contract/actions.ts'
import type { MemberId } from '../contract/member.ts'
import { circle } from '../contract/queries.ts'
import { aCircleWorld, type CircleWorld } from '../testing/circle-world.ts'
import { followersInTheCircle } from './events.ts'

const { db } = await testDatabase()
let world: CircleWorld
let karim: Actor
beforeAll(async () => {
  world = await aCircleWorld(db)
  karim = await anActor(db, { service: world.dac, givenName: 'Karim', familyName: 'Aubry' })
})

let seq = 0
const happens = (type: string, personId: PersonId, at: string, payload: FeedEvent['payload']): Promise<void> =>
  asSystem(db, 'an event of an accompaniment', (tx) =>
    followersInTheCircle.react(tx, { seq: ++seq, type, personId, volet: 'administrative', audience: [], payload, actorId: world.julie.userId, at }),
  )
const followers = async (personId: PersonId) =>
  (await world.as(world.julie, circle, { personId })).members.flatMap((m) =>
    m.roles.map((role) => ({ name: m.name, role: role.role, from: role.startsOn, to: role.endsOn, sees: m.sees })),
  )

describe('the référent in the circle', () => {
  it('enters with the accompaniment, changes with it and leaves with it; every period stays', async () => {
    const person = await world.informedPerson()
    const episodeId = newId()
    await happens('episodes.episode.opened', person, '2026-06-02T08:00:00Z', {
      episodeId,
      serviceId: world.dac.id,
      referentId: world.julie.userId,
      binomeId: karim.userId,
    })
    expect(await followers(person)).toEqual([
      { name: 'Julie Marchal', role: 'referent', from: '2026-06-02', to: null, sees: true },
      { name: 'Karim Aubry', role: 'co_referent', from: '2026-06-02', to: null, sees: true },
    ])
    await happens('episodes.referent.changed', person, '2026-09-01T08:00:00Z', { episodeId, fromUserId: world.julie.userId, toUserId: karim.userId })
    await happens('episodes.binome.changed', person, '2026-09-01T08:00:01Z', { episodeId, binomeId: null })
    expect((await followers(person)).filter((one) => one.to === null)).toEqual([
      { name: 'Karim Aubry', role: 'referent', from: '2026-09-01', to: null, sees: true },
    ])
    await happens('episodes.episode.closed', person, '2026-10-01T08:00:00Z', { episodeId, serviceId: world.dac.id })
    expect((await followers(person)).map((one) => one.to).sort()).toEqual(['2026-09-01', '2026-09-01', '2026-10-01'])
  })

  it('enters on the day of the installation, not on the day of UTC: just after midnight is already today', async () => {
    const person = await world.informedPerson()
    const episodeId = newId()
    const opened = { episodeId, serviceId: world.dac.id, referentId: world.julie.userId, binomeId: null }
    await happens('episodes.episode.opened', person, '2026-06-02T22:30:00Z', opened)
    expect((await followers(person)).map((one) => one.from)).toEqual(['2026-06-03'])
    await happens('episodes.episode.closed', person, '2026-07-09T22:30:00Z', { episodeId, serviceId: world.dac.id })
    expect((await followers(person)).map((one) => one.to)).toEqual(['2026-07-10'])
  })

  it('is not taken out of the circle by hand', async () => {
    const person = await world.informedPerson()
    await happens('episodes.episode.opened', person, '2026-06-02T08:00:00Z', {
      episodeId: newId(),
      serviceId: world.dac.id,
      referentId: world.julie.userId,
      binomeId: null,
    })
    const [julie] = (await world.as(world.julie, circle, { personId: person })).members
    await expect(world.as(world.julie, endMember, { id: julie?.id as MemberId, personId: person, reason: 'mistake' })).rejects.toMatchObject({
      code: 'careTeam.dac_role',
    })
  })
})
