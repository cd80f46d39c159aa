import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PartyId, type PersonId } from '../../platform/contract/ids.ts'
import { asActor, asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService } from '../../territory/testing/builders.ts'
import { closeExceptionalAccess, openExceptionalAccess, reviewExceptionalAccess, withholdVolet } from '../contract/access-actions.ts'
import { exceptionalAccessCandidates, exceptionalAccesses, myExceptionalAccesses } from '../contract/access-queries.ts'
import { collectNonOppositions, recordSilence } from '../contract/actions.ts'
import type { ExceptionalAccessId } from '../contract/person.ts'
import { personAccessList, personHeader, personIdentity, personTimeline } from '../contract/queries.ts'
import { aPerson, aSight } from '../testing/builders.ts'
import { aPersonWorld, type PersonWorld } from '../testing/person-world.ts'
import { personsJobs } from './jobs.ts'

const { db, ownerUrl } = await testDatabase()
let world: PersonWorld
let lead: Actor
let locum: Actor & { readonly professionalId: PartyId }
let herChief: Actor
beforeAll(async () => {
  world = await aPersonWorld(db)
  lead = await anActor(db, { service: world.dac, functions: ['team_lead'], givenName: 'Claire', familyName: 'Mougin' })
  const sos = await aService(db, { kind: 'practice', name: 'SOS Médecins' })
  locum = (await anActor(db, {
    service: sos,
    functions: ['outside_professional'],
    category: 'health',
    givenName: 'Paul',
    familyName: 'Humbert',
    professionalId: newId<PartyId>(),
  })) as typeof locum
  herChief = await anActor(db, { service: sos, functions: ['director'], category: 'health', givenName: 'Anne', familyName: 'Schmitt' })
})

const open = (personId: PersonId, wish: { actor?: Actor; hours?: number; explanation?: string; reason?: string } = {}) => {
  const id = newId<ExceptionalAccessId>()
  return world
    .as(wish.actor ?? locum, openExceptionalAccess, {
      id,
      personId,
      reason: wish.reason ?? 'vital_emergency',
      explanation: wish.explanation ?? 'Malaise à domicile, traitement inconnu',
      hours: wish.hours ?? 4,
    })
    .then((output) => ({ ...output, id }))
}
const sees = (actor: Actor, personId: PersonId): Promise<boolean> =>
  world.as(actor, personHeader, { personId }).then(
    () => true,
    () => false,
  )
const refusal = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error)
const events = (personId: PersonId, type: string) =>
  asSystem(
    db,
    'events in a test',
    async (tx) =>
      (
        await sql<{
          personId: string | null
          audience: string[]
          payload: Record<string, string>
        }>`select person_id as "personId", audience, payload from platform.event_inbox
        where type = ${type} and payload ->> 'personId' = ${personId} order by at, id`.execute(tx)
      ).rows,
  )
const oppose = (personId: PersonId, state: 'opposition' | 'non_opposition') => {
  world.clock.advance(1000)
  return world.as(world.julie, collectNonOppositions, {
    id: newId(),
    personId,
    answers: [{ number: 1, state }],
    collectedOn: '2026-10-15',
    mode: 'oral_present',
  })
}
const refuse = (personId: PersonId, partyId: string) =>
  world.as(world.julie, recordSilence, { id: newId(), personId, kind: 'no_sharing', towards: 'Dr Humbert', partyId, since: '2026-10-15' })

describe('finding the person', () => {
  const find = (name: string, birthDate: string, actor: Actor = locum) => world.as(actor, exceptionalAccessCandidates, { name, birthDate })

  it('takes one of her names and her exact day of birth; only what identification needs is shown', async () => {
    const id = await aPerson(db, { dac: world.dac.id, birthName: 'THIEBAUT', usedName: 'CLAUDEL', firstNames: ['BERTHE'], birthDay: '1933-04-05' })
    expect((await find('Thiébaut', '1933-04-05')).rows).toMatchObject([
      { person: { personId: id, birthName: 'THIEBAUT', usedName: 'CLAUDEL', firstName: 'BERTHE', identityStatus: 'PROV' }, inScope: false },
    ])
    expect((await find('Claudel', '1933-04-05')).rows).toHaveLength(1)
    expect((await find('Claudel', '1933-04-06')).rows).toEqual([])
    expect((await find('Claud', '1933-04-05')).rows).toEqual([])
    expect((await find('Claudel', '1933-04-05', world.julie)).rows).toMatchObject([{ inScope: true }])
  })

  it('does not find whoever opposes care, nor whoever refuses this professional', async () => {
    const id = await aPerson(db, { dac: world.dac.id, birthName: 'ANTOINE', usedName: null, birthDay: '1929-01-02' })
    await refuse(id, locum.professionalId)
    expect((await find('Antoine', '1929-01-02')).rows).toEqual([])
    expect((await find('Antoine', '1929-01-02', world.elsewhere)).rows).toHaveLength(1)
    await oppose(id, 'opposition')
    expect((await find('Antoine', '1929-01-02', world.elsewhere)).rows).toEqual([])
  })
})

describe('opening', () => {
  it('opens the file to this user alone, with the volets of her category, for the hours asked', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    expect(await sees(locum, id)).toBe(false)
    const { endsAt } = await open(id, { hours: 3 })
    expect(new Date(endsAt).getTime()).toBe(world.clock().getTime() + 3 * 3_600_000)
    expect(await world.as(locum, personHeader, { personId: id })).toMatchObject({
      bases: ['break_glass'],
      volets: ['administrative', 'health', 'social'],
      inCharge: false,
    })
    expect(await sees(herChief, id)).toBe(false)
    const before = { ...locum, parties: locum.parties.filter((party) => party !== (locum.userId as unknown as PartyId)) }
    expect(await sees(before, id)).toBe(false)
  })

  it('ends by itself at its hour, and the page is told once', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await open(id, { hours: 1 })
    world.clock.advance(3_600_000 - 1)
    expect(await sees(locum, id)).toBe(true)
    world.clock.advance(1)
    expect(await sees(locum, id)).toBe(false)
    const [job] = Object.values(personsJobs)
    const context = { db, ownerUrl, clock: world.clock, log: undefined as never }
    await job?.({}, context)
    await job?.({}, context)
    expect((await events(id, 'persons.sight.changed')).map(({ audience, payload }) => [audience, payload['reason']])).toEqual([
      [[locum.userId], 'break_glass'],
      [[locum.userId], 'break_glass_over'],
    ])
  })

  it.each([
    [{ hours: 25 }, 'input_invalid'],
    [{ hours: 0 }, 'input_invalid'],
    [{ explanation: 'urgence' }, 'input_invalid'],
    [{ reason: 'curiosity' }, 'value_unknown'],
  ])('%o is refused (%s)', async (wish, code) => {
    const id = await aPerson(db, { dac: world.dac.id })
    await expect(open(id, wish)).rejects.toMatchObject({ code })
    expect(await sees(locum, id)).toBe(false)
  })

  it('answers alike for whoever does not exist, opposes care, refuses this professional, or is kept restricted', async () => {
    const [opposed, refusing, restricted] = [
      await aPerson(db, { dac: world.dac.id }),
      await aPerson(db, { dac: world.dac.id }),
      await aPerson(db, { dac: world.dac.id }),
    ]
    await oppose(opposed, 'opposition')
    await refuse(refusing, locum.professionalId)
    await asSystem(db, 'restrict a person in a test', (tx) =>
      sql`update persons.person set protection = 'restricted' where person_id = ${restricted}`.execute(tx),
    )
    const absent = await refusal(open(newId<PersonId>()))
    expect(absent).toMatchObject({ kind: 'not_found' })
    for (const id of [opposed, refusing, restricted]) expect(await refusal(open(id))).toEqual(absent)
  })

  it('never opens a private note nor a restricted line, nor a volet that the person withholds', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    for (const [title, volet, protection] of [
      ['Chute', 'health', 'shared'],
      ['Entre nous', 'social', 'org_private'],
      ['Signalement', 'administrative', 'restricted'],
      ['Budget', 'social', 'shared'],
    ] as const)
      await asSystem(db, 'lines in a test', (tx) =>
        sql`insert into persons.timeline_item (id, person_id, at, kind, title, author_name, source, source_id, volet, holder_org, protection)
        values (${newId()}, ${id}, ${world.clock()}, 'note', ${title}, 'x', 'liaison', ${newId()}, ${volet}, ${world.dac.id}, ${protection})`.execute(tx),
      )
    await world.as(world.julie, withholdVolet, { id: newId(), personId: id, volet: 'health', from: 'health', since: '2026-10-15', mode: 'oral_present' })
    await open(id)
    expect((await world.as(locum, personTimeline, { personId: id })).rows.map((row) => row.title)).toEqual(['Budget'])
    expect((await world.as(locum, personHeader, { personId: id })).volets).toEqual(['administrative', 'social'])
  })

  it('is not needed by whoever sees the person already, and is not opened twice by two clicks at once', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await aSight(db, id, world.doctor.professionalId, { basis: 'care_team', volets: ['administrative', 'social'] })
    await expect(open(id, { actor: world.doctor })).rejects.toMatchObject({ code: 'exceptional_access_not_needed' })
    expect((await world.as(world.doctor, personHeader, { personId: id })).volets).not.toContain('health')
    const both = await Promise.allSettled([open(id), open(id)])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'exceptional_access_not_needed' } })
  })

  it('is for care, social work and coordination; neither administration, nor an account without a place', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    const secretary = await anActor(db, { service: await aService(db, { kind: 'practice' }), functions: ['outside_professional'], category: 'administrative' })
    await expect(open(id, { actor: secretary })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(open(id, { actor: { ...locum, serviceId: null, professionalId: null } })).rejects.toMatchObject({ kind: 'forbidden' })
    // The database says it too, for whoever forges her category.
    await expect(open(id, { actor: { ...secretary, category: 'health' } })).rejects.toThrow(/no exceptional access/)
  })

  it('stops with an opposition that comes during it, and returns with it lifted, never beyond its hour', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await open(id, { hours: 2 })
    await oppose(id, 'opposition')
    expect(await sees(locum, id)).toBe(false)
    expect((await events(id, 'persons.sight.changed')).at(-1)).toMatchObject({ audience: [locum.userId], payload: { reason: 'opposition' } })
    await oppose(id, 'non_opposition')
    expect(await sees(locum, id)).toBe(true)
    world.clock.advance(2 * 3_600_000)
    expect(await sees(locum, id)).toBe(false)
  })

  it('leaves a right that nobody may give by another door', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await expect(
      asActor(db, { actor: world.julie, clock: world.clock(), timeZone: 'Europe/Paris' }, (tx) =>
        sql`select persons.grant_sight(${newId()}, ${id}, ${locum.userId}, 'x', 'break_glass', '{health}', 'x', ${newId()}, ${world.clock()}, null)`.execute(
          tx,
        ),
      ),
    ).rejects.toThrow(/may not be granted/)
  })
})

describe('who is told', () => {
  it('the direction and the leads of the author’s service and of the DAC in charge, within the same transaction; never the author nor the circle', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await aSight(db, id, world.doctor.professionalId, { basis: 'care_team' })
    await open(id)
    const [opened] = await events(id, 'persons.exceptionalAccess.opened')
    expect(opened?.audience.toSorted()).toEqual([world.director.userId, lead.userId, herChief.userId].toSorted())
    expect(opened?.personId).toBeNull()
    const opening = await aPerson(db, { dac: world.otherDac.id as never })
    await open(opening, { actor: lead })
    expect((await events(opening, 'persons.exceptionalAccess.opened'))[0]?.audience).toEqual([world.director.userId])
  })

  it('the person reads it in the list of those who see her, with its reason and its end', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    const { endsAt } = await open(id)
    const { sights } = await world.as(world.julie, personAccessList, { personId: id })
    expect(sights).toContainEqual(
      expect.objectContaining({
        basis: 'break_glass',
        name: 'Paul Humbert',
        kind: 'user',
        endsAt,
        reason: expect.stringMatching(/^Accès exceptionnel\s: Urgence vitale$/),
      }),
    )
  })
})

describe('closing early', () => {
  it('is for whoever opened it, once', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    const access = await open(id)
    await expect(world.as(lead, closeExceptionalAccess, { id: access.id })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(world.as(world.doctor, closeExceptionalAccess, { id: access.id })).rejects.toMatchObject({ kind: 'not_found' })
    await world.as(locum, closeExceptionalAccess, { id: access.id })
    expect(await sees(locum, id)).toBe(false)
    await expect(world.as(locum, closeExceptionalAccess, { id: access.id })).rejects.toMatchObject({ code: 'exceptional_access_over' })
    await expect(open(id)).resolves.toMatchObject({ id: expect.any(String) })
  })
})

describe('the review', () => {
  const toReview = (actor: Actor, show: 'to_review' | 'reviewed' | 'all' = 'to_review') => world.as(actor, exceptionalAccesses, { show })
  const review = (actor: Actor, id: ExceptionalAccessId) =>
    world.as(actor, reviewExceptionalAccess, { id, outcome: 'justified', comment: 'Appel du SAMU vérifié' })

  it('is done once, by someone who answers for it and did not open it', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    const access = await open(id)
    const waiting = (await toReview(world.director)).rows.find((row) => row.id === access.id)
    expect(waiting).toMatchObject({
      person: null,
      userName: 'Paul Humbert',
      serviceName: 'SOS Médecins',
      reasonLabel: 'Urgence vitale',
      explanation: 'Malaise à domicile, traitement inconnu',
      live: true,
      review: null,
      canReview: true,
    })
    expect((await toReview(lead)).rows.find((row) => row.id === access.id)?.person).toMatchObject({ personId: id })
    await expect(review(locum, access.id)).rejects.toMatchObject({ kind: 'forbidden' })
    for (const actor of [world.elsewhere, world.doctor, world.julie]) await expect(review(actor, access.id)).rejects.toMatchObject({ kind: 'not_found' })
    await review(world.director, access.id)
    await expect(review(lead, access.id)).rejects.toMatchObject({ code: 'exceptional_access_reviewed' })
    expect((await toReview(lead)).rows.some((row) => row.id === access.id)).toBe(false)
    expect((await toReview(lead, 'reviewed')).rows.find((row) => row.id === access.id)).toMatchObject({
      review: { outcome: 'justified', comment: 'Appel du SAMU vérifié', byName: 'Hélène Vautrin' },
      canReview: false,
    })
  })

  it('of one’s own access is not possible, even for a lead; another one does it', async () => {
    const id = await aPerson(db, { dac: world.otherDac.id as never })
    const access = await open(id, { actor: lead })
    expect((await toReview(lead, 'all')).rows.some((row) => row.id === access.id)).toBe(false)
    await expect(review(lead, access.id)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(review(world.director, access.id)).resolves.toEqual({ id: access.id })
  })

  it('counts what waits, and how often the file was opened during the access', async () => {
    world.clock.set(new Date().toISOString())
    const id = await aPerson(db, { dac: world.dac.id })
    const before = (await toReview(herChief)).toReview
    const access = await open(id)
    await world.as(locum, personHeader, { personId: id })
    await world.as(locum, personIdentity, { personId: id })
    expect((await toReview(herChief)).toReview).toBe(before + 1)
    expect((await toReview(herChief)).rows.find((row) => row.id === access.id)?.reads).toBe(2)
    expect((await world.as(locum, myExceptionalAccesses, {})).rows[0]).toMatchObject({ id: access.id, live: true, person: { personId: id } })
    expect((await world.as(world.doctor, myExceptionalAccesses, {})).rows).toEqual([])
    await world.as(locum, closeExceptionalAccess, { id: access.id })
    expect((await world.as(locum, myExceptionalAccesses, {})).rows[0]).toMatchObject({ id: access.id, live: false, person: null })
  })
})
