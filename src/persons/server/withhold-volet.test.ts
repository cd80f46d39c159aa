import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asActor, asSystem, setActor } from '../../platform/server/db.ts'
import type { Context } from '../../platform/server/implement.ts'
import { rolledBack, testDatabase } from '../../platform/testing/test-database.ts'
import { actorFor, aService, aUser, type BuiltUser } from '../../territory/testing/builders.ts'
import { changeCategoryVolet, stopWithholdingVolet, withholdVolet } from '../contract/access-actions.ts'
import { categoryVolets, hiddenItems } from '../contract/access-queries.ts'
import type { WithheldVoletId } from '../contract/person.ts'
import { personAccessList, personHeader, personRights, personTimeline } from '../contract/queries.ts'
import { aPerson, aSight } from '../testing/builders.ts'
import { aPersonWorld, filOf, type PersonWorld } from '../testing/person-world.ts'
import { grantSight, recordTimelineItem } from './api.ts'

const { db } = await testDatabase()
let world: PersonWorld
beforeAll(async () => {
  world = await aPersonWorld(db)
})

const as = <T>(actor: PersonWorld['julie'], work: (context: Context) => Promise<T>): Promise<T> =>
  asActor(db, { actor, clock: world.clock(), timeZone: 'Europe/Paris' }, (tx) =>
    work({
      tx,
      actor,
      now: world.clock(),
      timeZone: 'Europe/Paris',
      newId: () => newId() as never,
      emit: () => undefined,
      note: () => undefined,
      enqueue: async () => undefined,
    }),
  )
type Wish = { volet?: 'social' | 'health'; from?: 'health' | 'social' | 'legal_protection' | 'coordination' | 'party'; partyId?: string; since?: string }
const withhold = (personId: PersonId, wish: Wish = {}, actor = world.julie) => {
  const id = newId<WithheldVoletId>()
  return world
    .as(actor, withholdVolet, { id, personId, volet: 'health', from: 'health', since: '2026-10-15', mode: 'oral_present', ...wish })
    .then((output) => ({ ...output, id }))
}
const stop = (personId: PersonId, id: WithheldVoletId) => world.as(world.julie, stopWithholdingVolet, { id, personId, reason: 'Elle le souhaite de nouveau' })
const voletsOf = async (actor: PersonWorld['julie'], personId: PersonId) => (await world.as(actor, personHeader, { personId })).volets
const line = (personId: PersonId, volet: 'administrative' | 'social' | 'health', protection: 'shared' | 'org_private' = 'shared') =>
  as(world.julie, (context) =>
    recordTimelineItem(context, { personId, kind: 'note', title: `Note ${volet}`, source: 'liaison', sourceId: newId(), volet, protection }),
  )
const told = (personId: PersonId) =>
  asSystem(
    db,
    'who was told, in a test',
    async (tx) =>
      (
        await sql<{ audience: string[]; reason: string }>`select audience, payload ->> 'reason' as reason from platform.event_inbox
        where type = 'persons.sight.changed' and payload ->> 'personId' = ${personId} order by at, id`.execute(tx)
      ).rows,
  )

describe('a volet that the person withholds from a category', () => {
  it('is closed to it at the next request, to nobody else, and comes back when she says so', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await aSight(db, id, world.doctor.professionalId, { basis: 'care_team' })
    await aSight(db, id, world.socialWorker.professionalId, { basis: 'care_team', volets: ['administrative', 'social'] })
    await line(id, 'social')
    const wish = await withhold(id, { volet: 'social', from: 'health' })
    expect(wish).toMatchObject({ narrowed: 1, version: 1 })
    expect(await voletsOf(world.doctor, id)).toEqual(['administrative', 'health'])
    expect(await voletsOf(world.socialWorker, id)).toEqual(['administrative', 'social'])
    expect(await voletsOf(world.julie, id)).toEqual(['administrative', 'health', 'social'])
    expect((await world.as(world.doctor, personTimeline, { personId: id })).rows.filter((row) => row.volet === 'social')).toEqual([])
    expect(await stop(id, wish.id)).toMatchObject({ widened: 1, version: 2 })
    expect(await voletsOf(world.doctor, id)).toEqual(['administrative', 'health', 'social'])
    expect(await filOf(db, id)).toEqual([
      'Note social',
      'Volet social fermé aux professionnels de santé',
      'Volet social fermé aux professionnels de santé : rouvert',
    ])
  })

  it('tells those who see less, with the reason, and nobody else around the person', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await aSight(db, id, world.doctor.professionalId, { basis: 'care_team' })
    await aSight(db, id, world.socialWorker.professionalId, { basis: 'care_team', volets: ['administrative', 'social'] })
    const wish = await withhold(id)
    await stop(id, wish.id)
    expect(await told(id)).toEqual([
      { audience: [world.doctor.professionalId], reason: 'withheld' },
      { audience: [world.doctor.professionalId], reason: 'entrusted' },
    ])
  })

  it('holds for whoever joins the circle afterwards, and for rights given another time', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await withhold(id)
    const sourceId = newId()
    const open = () =>
      as(world.julie, (context) =>
        grantSight(context, {
          personId: id,
          partyId: world.doctor.professionalId,
          basis: 'care_team',
          volets: ['administrative', 'social', 'health'],
          reason: 'Médecin traitant',
          sourceId,
        }),
      )
    await open()
    expect(await voletsOf(world.doctor, id)).toEqual(['administrative', 'social'])
    await open()
    expect(await voletsOf(world.doctor, id)).toEqual(['administrative', 'social'])
    const { sights } = await world.as(world.julie, personAccessList, { personId: id })
    expect(sights.find((one) => one.basis === 'care_team')).toMatchObject({
      volets: ['administrative', 'social'],
      entrusted: ['administrative', 'social', 'health'],
    })
  })

  it('closes the file of the DAC too when she says the coordination, but never the administrative volet', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await withhold(id, { volet: 'health', from: 'coordination' })
    expect(await voletsOf(world.julie, id)).toEqual(['administrative', 'social'])
    await expect(withhold(id, { volet: 'administrative' as never })).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(withhold(id, { volet: 'social', from: 'coordination' })).rejects.toMatchObject({ code: 'withholding_keeps_the_dac' })
    await expect(withhold(id, { volet: 'social', from: 'party', partyId: world.dac.id })).rejects.toMatchObject({ code: 'withholding_keeps_the_dac' })
  })

  it('follows the account: another category, or a card taken, does not give it back', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    const practice = await aService(db, { kind: 'practice', name: 'Cabinet infirmier' })
    const nurse = (await aUser(db, { service: practice, functions: ['outside_professional'], category: 'social', professionalId: newId() })) as BuiltUser
    await aSight(db, id, nurse.id, { basis: 'consent' })
    await withhold(id)
    const actor = { ...(await actorFor(db, nurse)), volets: ['administrative', 'social', 'health'] as const }
    expect(await voletsOf(actor, id)).toContain('health')
    await asSystem(db, 'change a category in a test', (tx) => sql`update territory.user_account set category = 'health' where id = ${nurse.id}`.execute(tx))
    expect(await voletsOf(actor, id)).not.toContain('health')
    await asSystem(db, 'change a category in a test', (tx) => sql`update territory.user_account set category = 'social' where id = ${nurse.id}`.execute(tx))
    expect(await voletsOf(actor, id)).toContain('health')
  })

  it('is never lost to a right that is being given at the same moment', async () => {
    for (let round = 0; round < 12; round++) {
      const id = await aPerson(db, { dac: world.dac.id })
      const give = as(world.julie, (context) =>
        grantSight(context, {
          personId: id,
          partyId: world.doctor.professionalId,
          basis: 'care_team',
          volets: ['administrative', 'health'],
          reason: 'Médecin traitant',
          sourceId: newId(),
        }),
      )
      await Promise.all(round % 2 === 0 ? [give, withhold(id)] : [withhold(id), give])
      expect(await voletsOf(world.doctor, id)).toEqual(['administrative'])
    }
  })
})

describe('a volet that the person withholds from one professional', () => {
  it('is closed to her under her account and under her card, and stays open to her colleagues', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await aSight(db, id, world.doctor.professionalId, { basis: 'care_team' })
    await aSight(db, id, world.doctor.userId, { basis: 'consent' })
    await withhold(id, { from: 'party', partyId: world.doctor.userId })
    expect(await voletsOf(world.doctor, id)).toEqual(['administrative', 'social'])
    expect((await world.as(world.julie, personRights, { personId: id })).withheld).toMatchObject([
      { volet: 'health', from: 'party', partyName: 'Anne-Laure Fritsch', endedAt: null, byName: 'Julie Marchal' },
    ])
  })

  it('is closed to her through the service that she works for too: reading, writing, what is counted as hidden, what the audit says, what she is told live', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    const karim = await actorFor(db, await aUser(db, { service: world.dac, givenName: 'Karim', familyName: 'Belkacem' }))
    await line(id, 'health')
    await line(id, 'social')
    const wish = await withhold(id, { from: 'party', partyId: karim.userId })
    expect([await voletsOf(karim, id), await voletsOf(world.julie, id)]).toEqual([
      ['administrative', 'social'],
      ['administrative', 'health', 'social'],
    ])
    const read = async (actor: PersonWorld['julie']): Promise<readonly string[]> =>
      (await world.as(actor, personTimeline, { personId: id })).rows.map((row) => row.volet)
    expect((await read(karim)).includes('health')).toBe(false)
    expect((await read(world.julie)).includes('health')).toBe(true)
    expect((await world.as(karim, hiddenItems, { personId: id })).rows).toMatchObject([{ volet: 'health', count: 1, why: 'withheld' }])
    expect((await world.as(world.julie, hiddenItems, { personId: id })).total).toBe(0)
    await expect(
      as(karim, (context) => recordTimelineItem(context, { personId: id, kind: 'note', title: 'Note', source: 'liaison', sourceId: newId(), volet: 'health' })),
    ).rejects.toThrow(/row-level security/)
    const volets = await as(
      karim,
      async ({ tx }) => (await sql<{ volets: string[] }>`select volets from audit.grounds(array[${id}]::uuid[])`.execute(tx)).rows[0]?.volets,
    )
    expect(volets).toEqual(['administrative', 'social'])
    const kept = await asSystem(
      db,
      'who is not told, in a test',
      async (tx) => (await sql<{ kept: string[] }>`select persons.kept_by_name_from(${id}, 'health') as kept`.execute(tx)).rows[0]?.kept,
    )
    expect(kept).toEqual([karim.userId])
    expect((await told(id)).flatMap(({ audience }) => audience)).toContain(karim.userId)
    await stop(id, wish.id)
    expect(await voletsOf(karim, id)).toEqual(['administrative', 'health', 'social'])
  })

  it('holds under every identity of the person, follows the card of the account, and never closes the file to another person of the same service', async () => {
    const [id, other] = [await aPerson(db, { dac: world.dac.id }), await aPerson(db, { dac: world.dac.id })]
    const card = newId()
    const user = await aUser(db, { service: world.dac, givenName: 'Nora', familyName: 'Aubert', professionalId: card as never })
    const nora = await actorFor(db, user)
    await aSight(db, id, card, { basis: 'care_team' })
    await withhold(id, { from: 'party', partyId: card })
    expect([await voletsOf(nora, id), await voletsOf(nora, other)]).toEqual([
      ['administrative', 'social'],
      ['administrative', 'health', 'social'],
    ])
  })

  it('acts within the transaction that writes it, and for another actor of the same connection', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    const karim = await actorFor(db, await aUser(db, { service: world.dac, givenName: 'Karim', familyName: 'Belkacem' }))
    await line(id, 'health')
    const seen = await rolledBack(db, async (tx) => {
      const sees = async (actor: PersonWorld['julie']): Promise<boolean> => {
        await setActor(tx, { actor, clock: world.clock(), timeZone: 'Europe/Paris' })
        return (await sql`select from persons.timeline_item where person_id = ${id} and volet = 'health'`.execute(tx)).rows.length > 0
      }
      const before = [await sees(karim), await sees(world.julie)]
      await setActor(tx, { actor: world.julie, clock: world.clock(), timeZone: 'Europe/Paris' })
      await sql`insert into persons.withheld_volet (id, person_id, withholds, from_party_id, from_party_name, since, mode, given_by, recorded_at, recorded_by, recorded_by_name, holder_org)
        values (${newId()}, ${id}, 'health', ${karim.userId}, 'x', '2026-10-15', 'oral_present', 'person', ${world.clock()}, ${world.julie.userId}, 'x', ${world.dac.id})`.execute(
        tx,
      )
      return [...before, await sees(karim), await sees(world.julie)]
    })
    expect(seen).toEqual([true, true, false, true])
  })

  it('is asked about someone who sees, or saw, the person; a stranger is not named in her file', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await expect(withhold(id, { from: 'party', partyId: newId() })).rejects.toMatchObject({ code: 'withholding_party_unknown' })
    await expect(withhold(id, { from: 'party' })).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(withhold(id, { from: 'health', partyId: newId() })).rejects.toMatchObject({ code: 'input_invalid' })
  })
})

describe('the wish', () => {
  it('is recorded once while it holds, ended once, and kept with its mode, its author and its end', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    const wish = await withhold(id)
    await expect(withhold(id)).rejects.toMatchObject({ code: 'already_withheld' })
    await stop(id, wish.id)
    await expect(stop(id, wish.id)).rejects.toMatchObject({ code: 'withholding_ended' })
    await withhold(id)
    expect((await world.as(world.julie, personRights, { personId: id })).withheld).toMatchObject([
      { endedAt: null, mode: 'oral_present', givenBy: 'person' },
      { endReason: 'Elle le souhaite de nouveau' },
    ])
  })

  it('has come: a day of tomorrow is refused, and so is a list that does not offer the mode', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await expect(withhold(id, { since: '2026-10-16' })).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(
      world.as(world.julie, withholdVolet, { id: newId(), personId: id, volet: 'health', from: 'health', since: '2026-10-15', mode: 'telepathy' }),
    ).rejects.toMatchObject({ code: 'value_unknown' })
  })

  it('of somebody else is not found, and from whom it is kept is not told to the circle', async () => {
    const [id, other] = [await aPerson(db, { dac: world.dac.id }), await aPerson(db, { dac: world.dac.id })]
    await aSight(db, id, world.doctor.professionalId, { basis: 'care_team' })
    const wish = await withhold(id, { from: 'social' })
    await expect(stop(other, wish.id)).rejects.toMatchObject({ kind: 'not_found' })
    expect((await world.as(world.doctor, personRights, { personId: id })).withheld).toEqual([])
    await expect(withhold(id, {}, world.doctor)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(withhold(id, {}, world.elsewhere)).rejects.toMatchObject({ kind: 'not_found' })
  })
})

describe('what is hidden', () => {
  const hidden = (actor: PersonWorld['julie'], personId: PersonId) => world.as(actor, hiddenItems, { personId })

  it('is counted with its reason: the category, the function, the wish of the person, what was not entrusted', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await aSight(db, id, world.doctor.professionalId, { basis: 'care_team', volets: ['administrative', 'health'] })
    await aSight(db, id, world.socialWorker.professionalId, { basis: 'care_team' })
    for (const volet of ['health', 'health', 'health', 'social', 'administrative'] as const) await line(id, volet)
    expect(await hidden(world.socialWorker, id)).toEqual({
      rows: [
        {
          volet: 'health',
          count: 3,
          why: 'category',
          text: '3 éléments du volet santé ne vous sont pas ouverts\u00a0: la loi ne l’ouvre pas à votre profession (R.\u00a01110-2 du code de la santé publique).',
        },
      ].map((row) => ({ ...row, text: expect.stringMatching(/^3 éléments du volet santé ne vous sont pas ouverts\s: la loi ne l’ouvre pas/) })),
      total: 3,
    })
    expect((await hidden(world.nadia, id)).rows.map(({ volet, why }) => [volet, why])).toEqual([
      ['health', 'function'],
      ['social', 'function'],
    ])
    expect((await hidden(world.doctor, id)).rows).toMatchObject([
      { volet: 'social', count: 1, why: 'not_entrusted', text: expect.stringContaining('1 élément') },
    ])
    await withhold(id)
    expect((await hidden(world.doctor, id)).rows.map(({ volet, why, count }) => [volet, why, count])).toEqual([
      ['health', 'withheld', 3],
      ['social', 'not_entrusted', 1],
    ])
    expect(await hidden(world.julie, id)).toEqual({ rows: [], total: 0 })
  })

  it('never counts what is private to a service or restricted, and says nothing to whoever does not see the person', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await aSight(db, id, world.socialWorker.professionalId, { basis: 'care_team', volets: ['administrative', 'social'] })
    await line(id, 'health', 'org_private')
    await asSystem(db, 'a restricted line in a test', (tx) =>
      sql`insert into persons.timeline_item (id, person_id, at, kind, title, author_name, source, source_id, volet, holder_org, protection)
      values (${newId()}, ${id}, ${world.clock()}, 'report', 'x', 'x', 'safeguarding', ${newId()}, 'health', ${world.dac.id}, 'restricted')`.execute(tx),
    )
    expect(await hidden(world.socialWorker, id)).toEqual({ rows: [], total: 0 })
    await expect(hidden(world.elsewhere, id)).rejects.toMatchObject({ kind: 'not_found' })
  })
})

describe('what a category sees', () => {
  const regional = async () =>
    actorFor(
      db,
      await aUser(db, { service: await aService(db, { kind: 'grades', name: 'GRADeS' }), functions: ['regional_admin'], category: 'administrative' }),
    )
  const change = async (wish: { category: string; volet: string; allowed: boolean; baseVersion: number }) =>
    world.as(await regional(), changeCategoryVolet, { ...wish, legalReference: 'Décision du 12/10/2026', reason: 'Avis du DPO' } as never)

  it('is decided by the region, acts on the next actor that is made, and its history is kept', async () => {
    const practice = await aService(db, { kind: 'practice', name: 'Cabinet Weiss' })
    const user = await aUser(db, { service: practice, functions: ['outside_professional'], category: 'legal_protection', professionalId: newId() })
    expect((await actorFor(db, user)).volets).toEqual(['administrative', 'social'])
    expect(await change({ category: 'legal_protection', volet: 'social', allowed: false, baseVersion: 1 })).toEqual({ version: 2 })
    expect((await actorFor(db, user)).volets).toEqual(['administrative'])
    await change({ category: 'legal_protection', volet: 'social', allowed: true, baseVersion: 2 })
    expect((await actorFor(db, user)).volets).toEqual(['administrative', 'social'])
    const table = await world.as(world.julie, categoryVolets, {})
    expect(table.rows).toHaveLength(15)
    expect(table.canChange).toBe(false)
    expect(table.rows.find((row) => row.category === 'legal_protection' && row.volet === 'social')).toMatchObject({
      allowed: true,
      version: 3,
      legalReference: 'Décision du 12/10/2026',
    })
    expect(
      table.history
        .filter((row) => row.category === 'legal_protection' && row.volet === 'social')
        .toSorted((a, b) => b.version - a.version)
        .map((row) => [row.version, row.allowed]),
    ).toEqual([
      [3, true],
      [2, false],
      [1, true],
    ])
  })

  it('is not decided on an older version, nor beyond the law', async () => {
    await change({ category: 'social', volet: 'health', allowed: true, baseVersion: 1 })
    await expect(change({ category: 'social', volet: 'health', allowed: false, baseVersion: 1 })).rejects.toMatchObject({ code: 'stale_version' })
    await change({ category: 'social', volet: 'health', allowed: false, baseVersion: 2 })
    for (const [category, volet, allowed] of [
      ['administrative', 'health', true],
      ['administrative', 'social', true],
      ['health', 'administrative', false],
    ] as const)
      await expect(change({ category, volet, allowed, baseVersion: 1 })).rejects.toMatchObject({ code: 'category_volet_beyond_law' })
  })
})
