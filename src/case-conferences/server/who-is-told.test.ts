import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { carePlansValueSets } from '../../care-plans/contract/value-sets.ts'
import { aCard, aCircleWorld, type CircleWorld } from '../../care-team/testing/circle-world.ts'
import type { EpisodeId } from '../../episodes/contract/episode.ts'
import { episodesHandlers } from '../../episodes/server/handlers.ts'
import { anEpisode, episodeLists } from '../../episodes/testing/builders.ts'
import { personTimeline } from '../../persons/contract/queries.ts'
import { personsHandlers } from '../../persons/server/handlers.ts'
import { aSight } from '../../persons/testing/builders.ts'
import { aShelterAround } from '../../persons/testing/shelter.ts'
import type { AnyAction, AnyQuery, OutputOf, RawInputOf } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import type { FeedEvent } from '../../platform/server/feed.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { loadValueSets } from '../../territory/server/reference.sql.ts'
import { anActor, aService } from '../../territory/testing/builders.ts'
import { addCaseDecision, decisionToTask, markPresence, planConference, recordCaseAgreement, sendMinutes, signMinutes } from '../contract/actions.ts'
import type { CaseDecisionId, ConferenceId, ParticipantId } from '../contract/conference.ts'
import { conferenceSheet } from '../contract/queries.ts'
import { caseConferencesValueSets } from '../contract/value-sets.ts'
import { sensitiveGuests } from './events.ts'
import { caseConferencesHandlers } from './handlers.ts'

const { db } = await testDatabase()
const registry = registryOf([...caseConferencesHandlers, ...episodesHandlers, ...personsHandlers])
let world: CircleWorld
const as = <C extends AnyAction | AnyQuery>(actor: Actor, contract: C, input: RawInputOf<C>): Promise<OutputOf<C>> =>
  call(world.gate, registry, contract, actor, input)

beforeAll(async () => {
  world = await aCircleWorld(db)
  await episodeLists(db)
  await asSystem(db, 'lists of concertations for a test', (tx) => loadValueSets(tx, [...caseConferencesValueSets, ...carePlansValueSets]))
})

/** Somebody accompanied, with her doctor (every volet) and her social worker (not health) in the circle. */
async function someone(): Promise<PersonId> {
  const personId = await world.informedPerson()
  await anEpisode(db, { id: newId<EpisodeId>(), personId, dac: world.dac.id, referentId: world.julie.userId })
  await inTheCircle(personId, String(world.doctor.professionalId), 'Dr Fritsch')
  await inTheCircle(personId, String(world.socialWorker.professionalId), 'Karim Belkacem')
  await aSight(db, personId, String(world.doctor.professionalId), { basis: 'care_team', volets: ['administrative', 'social', 'health'] })
  await aSight(db, personId, String(world.socialWorker.professionalId), { basis: 'care_team', volets: ['administrative', 'social'] })
  return personId
}

async function inTheCircle(personId: PersonId, partyId: string, name: string): Promise<void> {
  const memberId = newId()
  await asSystem(db, 'a member of the circle in a test', async (tx) => {
    await sql`insert into care_team.member (id, person_id, kind, party_id, name, holder_org, created_at) values (${memberId}, ${personId}, 'professional', ${partyId}, ${name}, ${world.dac.id}, now())`.execute(
      tx,
    )
    await sql`insert into care_team.role (id, member_id, person_id, role, starts_on, holder_org, recorded_at) values (${newId()}, ${memberId}, ${personId}, 'other', '2026-01-05', ${world.dac.id}, now())`.execute(
      tx,
    )
  })
}

async function meeting(personId: PersonId, others: readonly { readonly partyId: string; readonly name: string }[] = []): Promise<ConferenceId> {
  const [id, line] = [newId<ConferenceId>(), newId<ParticipantId>()]
  await as(world.julie, planConference, {
    id,
    personId,
    kind: 'rcp',
    startsAt: '2026-10-22T12:30:00Z',
    participants: [
      { id: line, partyId: String(world.doctor.professionalId), name: 'Dr Fritsch' },
      ...others.map((one) => ({ id: newId<ParticipantId>(), ...one })),
    ],
  })
  await as(world.julie, markPresence, { id: line, state: 'present' })
  await as(world.julie, recordCaseAgreement, { id, agreement: 'agreed', on: '2026-10-15', mode: 'present' })
  return id
}

const sign = async (id: ConferenceId) => as(world.julie, signMinutes, { id, baseVersion: (await as(world.julie, conferenceSheet, { id })).conference.version })

const refusesSharingWith = (personId: PersonId, partyId: string) =>
  asSystem(db, 'a refusal in a test', (tx) =>
    sql`insert into persons.non_disclosure (id, person_id, kind, towards, party_id, since, recorded_by, holder_org)
      values (${newId()}, ${personId}, 'no_sharing', 'X', ${partyId}, '2026-01-01', ${world.julie.userId}, ${world.dac.id})`.execute(tx),
  )

describe('a decision', () => {
  it('is not confided to somebody with whom the person shares nothing, nor taken up once she said so', async () => {
    const personId = await someone()
    const id = await meeting(personId)
    const decide = (actorPartyId: string | null, actorName: string) => {
      const decisionId = newId<CaseDecisionId>()
      return as(world.julie, addCaseDecision, { id: decisionId, conferenceId: id, words: 'Passer le soir', volet: 'social', actorPartyId, actorName }).then(
        () => decisionId,
      )
    }
    const before = await decide(String(world.socialWorker.professionalId), 'Karim Belkacem')
    await refusesSharingWith(personId, world.socialWorker.userId)
    await expect(decide(String(world.socialWorker.professionalId), 'Karim Belkacem')).rejects.toMatchObject({ code: 'silence_forbids' })
    await expect(as(world.julie, decisionToTask, { id: before, assigneeId: null })).rejects.toMatchObject({ code: 'silence_forbids' })
    await decide(String(world.doctor.professionalId), 'Dr Fritsch')
  })
})

describe('the minutes', () => {
  it('are handed with the volets that the recipient’s category may have, and no other', async () => {
    const personId = await someone()
    const id = await meeting(personId)
    await sign(id)
    const hand = (to: object, volets: readonly ('administrative' | 'social' | 'health')[], means: 'handed' | 'printed' | 'shared' = 'handed') =>
      as(world.julie, sendMinutes, { id, recipients: [{ name: 'X', means, volets: [...volets], ...to }] })
    const closed = { code: 'caseConferences.volet_closed_to_her' }
    const [doctor, worker] = [{ partyId: String(world.doctor.professionalId) }, { partyId: String(world.socialWorker.professionalId) }]
    await hand(doctor, ['health'])
    await expect(hand(worker, ['health'])).rejects.toMatchObject(closed)
    await expect(hand(worker, ['social', 'health'], 'printed')).rejects.toMatchObject(closed)
    await expect(hand(worker, ['health'], 'shared')).rejects.toMatchObject(closed)
    await hand({ ...worker, name: 'Karim Belkacem' }, ['administrative', 'social', 'health'], 'shared')
    // Not in the circle: her category says what she may have, and what the person withholds from it.
    const nurse = newId()
    await aCard(db, { partyId: nurse, label: 'Thomas Noël', category: 'health' })
    await hand({ partyId: nurse }, ['health'])
    await asSystem(db, 'a withheld volet in a test', (tx) =>
      sql`insert into persons.withheld_volet (id, person_id, withholds, from_party_id, since, mode, given_by, recorded_at, recorded_by, recorded_by_name, holder_org)
        values (${newId()}, ${personId}, 'health', ${nurse}, '2026-10-15', 'oral', 'person', now(), ${world.julie.userId}, 'Julie Marchal', ${world.dac.id})`.execute(
        tx,
      ),
    )
    await expect(hand({ partyId: nurse }, ['health'])).rejects.toMatchObject(closed)
    const { sendings } = await as(world.julie, conferenceSheet, { id })
    expect(sendings.find(({ recipientName }) => recipientName === 'Karim Belkacem')?.volets).toEqual(['administrative', 'social'])
  })

  it('leave with the volet santé, to a name without a card, for the person and whoever represents her alone', async () => {
    const personId = await someone()
    await asSystem(db, 'names in a test', async (tx) => {
      await sql`update persons.person set used_name = 'Perrin', birth_name = 'Kempf', used_given_name = 'Odile', sex = 'F' where person_id = ${personId}`.execute(
        tx,
      )
      await sql`insert into persons.protection_measure (id, person_id, measure, representative_name, starts_on, ends_on, holder_org) values
        (${newId()}, ${personId}, 'guardianship', 'Marie Colin', '2025-01-01', null, ${world.dac.id}),
        (${newId()}, ${personId}, 'guardianship', 'Paul Ancien', '2020-01-01', '2024-12-31', ${world.dac.id})`.execute(tx)
    })
    const id = await meeting(personId)
    await sign(id)
    const hand = (name: string, volets: readonly ('administrative' | 'social' | 'health')[] = ['social', 'health']) =>
      as(world.julie, sendMinutes, { id, recipients: [{ name, means: 'handed', volets: [...volets] }] })
    for (const name of ['Mme Perrin', 'Odile Perrin', 'Mme Marie Colin']) await hand(name)
    for (const name of ['Agnès Perrin', 'M. Perrin', 'Paul Ancien', 'La voisine'])
      await expect(hand(name)).rejects.toMatchObject({ code: 'caseConferences.volet_closed_to_her' })
    await hand('Agnès Perrin', ['administrative', 'social'])
  })
})

it('the Fil does not tell the circle that somebody who works for a structure that protects was invited, once the person is in danger', async () => {
  const personId = await someone()
  const foyer = await aService(db, { kind: 'other', name: 'Foyer L’Éclaircie', finess: '880000444' })
  const ines = await anActor(db, {
    givenName: 'Inès',
    familyName: 'Roux',
    category: 'social',
    functions: ['outside_professional'],
    professionalId: newId(),
    service: foyer,
  })
  await inTheCircle(personId, String(ines.professionalId), 'Inès Roux')
  const id = await meeting(personId, [{ partyId: String(ines.professionalId), name: 'Inès Roux' }])
  const lines = async (actor: Actor) =>
    (await as(actor, personTimeline, { personId })).rows.flatMap(({ summary }) => (summary?.includes('Invités') ? [summary.replaceAll('\u00a0', ' ')] : []))
  expect(await lines(world.doctor)).toEqual(['Invités : Dr Fritsch, Inès Roux.'])
  // Neither her card nor her account is marked: where she works is.
  const structure = await asSystem(
    db,
    'look in a test',
    async (tx) => (await sql<{ id: string }>`select territory.party_id('finess:880000444') as id`.execute(tx)).rows[0]?.id,
  )
  await aShelterAround(db, personId, [String(structure)], { userId: world.julie.userId, dac: world.dac.id })
  await asSystem(db, 'the subscriber in a test', (tx) => sensitiveGuests.react(tx, { personId } as FeedEvent))
  expect(await lines(world.doctor)).toEqual(['Invités : Dr Fritsch.'])
  const guests = async (actor: Actor) => (await as(actor, conferenceSheet, { id })).participants.map(({ name }) => name)
  expect(await guests(world.doctor)).toEqual(['Dr Fritsch'])
  expect(await guests(world.julie)).toEqual(['Dr Fritsch', 'Inès Roux'])
})
