import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { carePlansValueSets } from '../../care-plans/contract/value-sets.ts'
import { aPlan } from '../../care-plans/testing/plans.ts'
import { aCircleWorld, type CircleWorld } from '../../care-team/testing/circle-world.ts'
import type { EpisodeId } from '../../episodes/contract/episode.ts'
import { day } from '../../episodes/contract/queries.ts'
import { episodesHandlers } from '../../episodes/server/handlers.ts'
import { anEpisode, episodeLists } from '../../episodes/testing/builders.ts'
import { aSight } from '../../persons/testing/builders.ts'
import type { AnyAction, AnyQuery, OutputOf, RawInputOf } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId, type UserId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import type { FeedEvent } from '../../platform/server/feed.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { loadValueSets } from '../../territory/server/reference.sql.ts'
import {
  addCaseDecision,
  addQuestion,
  answerCaseDecision,
  answerInvitation,
  cancelConference,
  decisionToPlan,
  decisionToTask,
  handDecisionTo,
  inviteParticipant,
  markPresence,
  planConference,
  recordCaseAgreement,
  removeCaseDecision,
  sendMinutes,
  signMinutes,
  takeBlock,
  writeBlock,
  writeToActor,
} from '../contract/actions.ts'
import type { BlockId, CaseDecisionId, ConferenceId, ParticipantId, QuestionId } from '../contract/conference.ts'
import { conferenceSheet, conferencesOfMine, conferencesOfPerson } from '../contract/queries.ts'
import { caseConferencesValueSets } from '../contract/value-sets.ts'
import { conferencesAfterDeath, sensitiveGuests } from './events.ts'
import { caseConferencesHandlers } from './handlers.ts'
import { relaunchDecisions, relaunchesEndWithAnswers } from './relaunch.ts'

const { db } = await testDatabase()
const registry = registryOf([...caseConferencesHandlers, ...episodesHandlers])
let world: CircleWorld
let doctorCard: string

const as = <C extends AnyAction | AnyQuery>(actor: Actor, contract: C, input: RawInputOf<C>): Promise<OutputOf<C>> =>
  call(world.gate, registry, contract, actor, input)

beforeAll(async () => {
  world = await aCircleWorld(db)
  doctorCard = String(world.doctor.professionalId)
  await episodeLists(db)
  await asSystem(db, 'lists of concertations for a test', (tx) => loadValueSets(tx, [...caseConferencesValueSets, ...carePlansValueSets]))
})

interface Meeting {
  readonly personId: PersonId
  readonly episodeId: EpisodeId
  readonly id: ConferenceId
  readonly doctorLine: ParticipantId
}

/** Somebody accompanied, whose doctor is in the circle and sees all volets, and a meeting about going home. */
async function aMeeting(): Promise<Meeting> {
  const personId = await world.informedPerson()
  const episodeId = newId<EpisodeId>()
  await anEpisode(db, { id: episodeId, personId, dac: world.dac.id, referentId: world.julie.userId })
  const memberId = newId()
  await asSystem(db, 'the doctor is in the circle', async (tx) => {
    await sql`insert into care_team.member (id, person_id, kind, party_id, name, holder_org, created_at) values (${memberId}, ${personId}, 'professional', ${doctorCard}, 'Dr Fritsch', ${world.dac.id}, now())`.execute(
      tx,
    )
    await sql`insert into care_team.role (id, member_id, person_id, role, starts_on, holder_org, recorded_at) values (${newId()}, ${memberId}, ${personId}, 'gp', '2026-01-05', ${world.dac.id}, now())`.execute(
      tx,
    )
  })
  await aSight(db, personId, doctorCard, { basis: 'care_team', volets: ['administrative', 'social', 'health'] })
  const [id, doctorLine] = [newId<ConferenceId>(), newId<ParticipantId>()]
  await as(world.julie, planConference, {
    id,
    personId,
    kind: 'rcp',
    startsAt: '2026-10-20T12:30:00Z',
    minutes: 45,
    videoUrl: 'https://visio.exemple.fr/perrin',
    participants: [
      { id: doctorLine, partyId: doctorCard, name: 'Dr Fritsch', role: 'médecin traitant' },
      { id: newId(), name: 'Sylvie Perrin-Roux', role: 'fille' },
    ],
    questions: [
      { id: newId(), words: 'Peut-elle rester chez elle la nuit ?', volet: 'social' },
      { id: newId(), words: 'Anticoagulant : qui surveille ?', volet: 'health' },
    ],
  })
  return { personId, episodeId, id, doctorLine }
}

const sheet = (actor: Actor, id: ConferenceId) => as(actor, conferenceSheet, { id })

describe('a concertation is convened', () => {
  it('with its questions, its guests and its link; the guest finds it, answers, and the référent sees the answer', async () => {
    const { id, personId, doctorLine } = await aMeeting()
    expect((await as(world.doctor, conferencesOfMine, {})).rows.map((row) => row.id)).toContain(id)
    await as(world.doctor, answerInvitation, { id: doctorLine, state: 'accepted', words: 'En visio' })
    expect((await as(world.julie, conferencesOfPerson, { personId })).rows[0]).toMatchObject({
      participants: 2,
      coming: 1,
      questions: expect.arrayContaining(['Anticoagulant : qui surveille ?']),
    })
  })

  it('refuses a guest who is not in the circle, one to whom nothing may be said, and the same one twice', async () => {
    const { personId } = await aMeeting()
    const plan = (participants: { id: string; partyId?: string; name: string }[]) =>
      as(world.julie, planConference, { id: newId<ConferenceId>(), personId, kind: 'rcp', startsAt: '2026-10-21T09:00:00Z', participants } as never)
    await expect(plan([{ id: newId(), partyId: newId(), name: 'Dr Inconnu' }])).rejects.toMatchObject({ code: 'caseConferences.not_in_circle' })
    await expect(
      plan([
        { id: newId(), partyId: doctorCard, name: 'Dr Fritsch' },
        { id: newId(), partyId: doctorCard, name: 'Dr Fritsch' },
      ]),
    ).rejects.toMatchObject({ code: 'caseConferences.already_invited' })
    await asSystem(db, 'a silence in a test', (tx) =>
      sql`insert into persons.non_disclosure (id, person_id, kind, towards, since, recorded_by, holder_org) values (${newId()}, ${personId}, 'tell_nothing', 'Marc Perrin', '2026-01-01', ${world.julie.userId}, ${world.dac.id})`.execute(
        tx,
      ),
    )
    await expect(plan([{ id: newId(), name: 'Marc Perrin' }])).rejects.toMatchObject({ code: 'caseConferences.silence_forbids' })
  })

  it('refuses a professional with whom the person shares nothing, by name and by card, at once and later', async () => {
    const { personId, id } = await aMeeting()
    await asSystem(db, 'a silence in a test', (tx) =>
      sql`insert into persons.non_disclosure (id, person_id, kind, towards, party_id, since, recorded_by, holder_org)
        values (${newId()}, ${personId}, 'no_sharing', 'Paul Humbert', ${doctorCard}, '2026-01-01', ${world.julie.userId}, ${world.dac.id})`.execute(tx),
    )
    const plan = (one: { readonly name: string; readonly partyId?: string }) =>
      as(world.julie, planConference, {
        id: newId<ConferenceId>(),
        personId,
        kind: 'rcp',
        startsAt: '2026-10-21T09:00:00Z',
        participants: [{ id: newId(), ...one }],
      } as never)
    await expect(plan({ name: 'Dr Paul Humbert' })).rejects.toMatchObject({ code: 'caseConferences.silence_forbids' })
    await expect(plan({ name: 'Dr Fritsch', partyId: doctorCard })).rejects.toMatchObject({ code: 'caseConferences.silence_forbids' })
    await expect(
      as(world.julie, inviteParticipant, { conferenceId: id, id: newId<ParticipantId>(), name: 'Paul Humbert', role: 'médecin' }),
    ).rejects.toMatchObject({ code: 'caseConferences.silence_forbids' })
  })

  it('stays planned when somebody is excused days before; it is held once somebody is there', async () => {
    const { id, doctorLine } = await aMeeting()
    const state = async () => (await sheet(world.julie, id)).conference.state
    await as(world.julie, markPresence, { id: doctorLine, state: 'excused' })
    expect(await state()).toBe('planned')
    await as(world.doctor, answerInvitation, { id: doctorLine, state: 'accepted' })
    await as(world.julie, markPresence, { id: doctorLine, state: 'present' })
    expect(await state()).toBe('held')
  })

  it('is read by the circle within its volets: what is of health does not exist for a social worker', async () => {
    const { id, personId } = await aMeeting()
    await aSight(db, personId, world.socialWorker.professionalId, { basis: 'care_team', volets: ['administrative', 'social'] })
    const seen = await sheet(world.socialWorker, id)
    expect(seen.questions.map(({ words }) => words)).toEqual(['Peut-elle rester chez elle la nuit ?'])
    expect(seen.blocks).toHaveLength(1)
    expect(seen.closedVolets).toEqual(['health'])
    await expect(sheet(world.elsewhere, id)).rejects.toMatchObject({ kind: 'not_found' })
  })

  it('is cancelled with its reason, and then nothing is added to it', async () => {
    const { id } = await aMeeting()
    await as(world.julie, cancelConference, { id, because: 'Hospitalisée ce matin' })
    await expect(as(world.julie, addQuestion, { conferenceId: id, id: newId<QuestionId>(), words: 'Et ?', volet: 'social' })).rejects.toMatchObject({
      code: 'caseConferences.cancelled',
    })
  })
})

describe('the minutes are written live, one pen for each passage', () => {
  it('who holds the pen writes; a colleague is told, waits, and takes it a minute after the last sign', async () => {
    const { id, doctorLine } = await aMeeting()
    await as(world.julie, markPresence, { id: doctorLine, state: 'present' })
    const block = (await sheet(world.julie, id)).blocks[0]?.id as BlockId
    await as(world.julie, takeBlock, { id: block })
    expect((await sheet(world.doctor, id)).blocks[0]?.editor).toMatchObject({ name: world.julie.displayName, isMe: false })
    await expect(as(world.doctor, takeBlock, { id: block })).rejects.toMatchObject({ code: 'caseConferences.block_taken' })
    await expect(as(world.doctor, writeBlock, { id: block, baseVersion: 1, body: 'Non' })).rejects.toMatchObject({ code: 'caseConferences.block_taken' })
    await as(world.julie, writeBlock, { id: block, baseVersion: 1, body: 'Elle veut rester chez elle.' })
    world.clock.advance(61_000)
    await as(world.doctor, takeBlock, { id: block })
    await as(world.doctor, writeBlock, { id: block, baseVersion: 2, body: 'Elle veut rester chez elle, avec une garde de nuit.', release: true })
    // The pen of the référent ended by itself: her late words are not lost, both versions are shown.
    await expect(as(world.julie, writeBlock, { id: block, baseVersion: 2, body: 'Elle hésite.' })).rejects.toMatchObject({ code: 'stale_version' })
    expect((await sheet(world.julie, id)).blocks[0]).toMatchObject({ version: 3, editor: null, writtenByName: world.doctor.displayName })
  })

  it('two people take the same free pen at once: one of them has it', async () => {
    const { id } = await aMeeting()
    const block = (await sheet(world.julie, id)).blocks[0]?.id as BlockId
    const tried = await Promise.allSettled([as(world.julie, takeBlock, { id: block }), as(world.doctor, takeBlock, { id: block })])
    expect(tried.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('are signed once everybody gave the pen back, somebody was there and the person said what she thinks; then they never change', async () => {
    const { id, doctorLine } = await aMeeting()
    const version = async () => (await sheet(world.julie, id)).conference.version
    await expect(as(world.julie, signMinutes, { id, baseVersion: 1 })).rejects.toMatchObject({ code: 'caseConferences.not_held' })
    await as(world.julie, markPresence, { id: doctorLine, state: 'present' })
    await as(world.julie, markPresence, { id: doctorLine, state: 'absent' })
    await expect(as(world.julie, signMinutes, { id, baseVersion: await version() })).rejects.toMatchObject({ code: 'caseConferences.nobody_present' })
    await as(world.julie, markPresence, { id: doctorLine, state: 'present' })
    await expect(as(world.julie, signMinutes, { id, baseVersion: await version() })).rejects.toMatchObject({ code: 'caseConferences.agreement_missing' })
    await as(world.julie, recordCaseAgreement, { id, agreement: 'agreed', on: '2026-10-15', mode: 'present', words: 'Oui, si ma fille est là.' })
    const block = (await sheet(world.julie, id)).blocks[0]?.id as BlockId
    await as(world.doctor, takeBlock, { id: block })
    await expect(as(world.julie, signMinutes, { id, baseVersion: await version() })).rejects.toMatchObject({ code: 'caseConferences.being_written' })
    await as(world.doctor, writeBlock, { id: block, baseVersion: 1, body: 'Garde de nuit.', release: true })
    await as(world.julie, signMinutes, { id, baseVersion: await version() })
    await expect(as(world.doctor, writeBlock, { id: block, baseVersion: 2, body: 'Autre chose' })).rejects.toMatchObject({ code: 'caseConferences.signed' })
    await expect(as(world.doctor, signMinutes, { id, baseVersion: await version() })).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

it('a death cancels the concertation that was to be held, and gives it back when it was recorded by mistake', async () => {
  const { id, personId } = await aMeeting()
  const told = (type: string) =>
    asSystem(db, 'the feed tells in a test', async (tx) => {
      await sql`select set_config('jalon.time_zone', 'Europe/Paris', true)`.execute(tx)
      await conferencesAfterDeath.react(tx, {
        seq: 1,
        type,
        personId,
        volet: 'administrative',
        audience: [],
        payload: {},
        actorId: null,
        at: '2026-10-15T08:00:00Z',
      })
    })
  const state = () =>
    asSystem(
      db,
      'look in a test',
      async (tx) => (await sql`select state, cancelled_because as because from case_conferences.conference where id = ${id}`.execute(tx)).rows,
    )
  await told('persons.person.died')
  expect(await state()).toEqual([{ state: 'cancelled', because: 'Décès' }])
  await told('persons.person.deathWithdrawn')
  expect(await state()).toEqual([{ state: 'planned', because: null }])
  // Cancelled by somebody, for the death of somebody else, in the same word: it is hers to give back.
  await asSystem(db, 'cancelled by hand', (tx) =>
    sql`update case_conferences.conference set state = 'cancelled', cancelled_because = 'Décès' where id = ${id}`.execute(tx),
  )
  await told('persons.person.deathWithdrawn')
  expect(await state()).toEqual([{ state: 'cancelled', because: 'Décès' }])
})

describe('a decision has an actor who accepts it', () => {
  async function decided(): Promise<Meeting & { readonly decisionId: CaseDecisionId }> {
    const meeting = await aMeeting()
    await as(world.julie, markPresence, { id: meeting.doctorLine, state: 'present' })
    const decisionId = newId<CaseDecisionId>()
    await as(world.julie, addCaseDecision, {
      id: decisionId,
      conferenceId: meeting.id,
      words: 'Demander une garde de nuit',
      volet: 'social',
      actorPartyId: doctorCard,
      actorName: 'Dr Fritsch',
      dueOn: '2026-10-27',
    })
    return { ...meeting, decisionId }
  }
  const agreed = (id: ConferenceId) => as(world.julie, recordCaseAgreement, { id, agreement: 'agreed', on: '2026-10-15', mode: 'present' })

  it('accepted online by herself, it becomes an action of the PPCS with her acceptance', async () => {
    const { id, decisionId, personId, episodeId } = await decided()
    await as(world.doctor, answerCaseDecision, { id: decisionId, baseVersion: 1, answer: 'accepted', mode: 'online' })
    const plan = await asSystem(db, 'a plan in a test', (tx) =>
      aPlan(tx, { personId, episodeId, holderOrg: world.dac.id, referentId: world.julie.userId, state: 'draft', clock: world.clock() }),
    )
    const use = { id: decisionId, objectiveId: plan.objectiveId as never, actionId: newId<never>() }
    await expect(as(world.julie, decisionToPlan, use)).rejects.toMatchObject({ code: 'caseConferences.agreement_missing' })
    await agreed(id)
    await as(world.julie, decisionToPlan, use)
    const rows = await asSystem(
      db,
      'look in a test',
      async (tx) =>
        (
          await sql`select title, actor_name, to_char(due_on, 'YYYY-MM-DD') as due, answer, answer_mode from care_plans.action where id = ${use.actionId}`.execute(
            tx,
          )
        ).rows,
    )
    expect(rows).toEqual([{ title: 'Demander une garde de nuit', actor_name: 'Dr Fritsch', due: '2026-10-27', answer: 'accepted', answer_mode: 'online' }])
    await expect(as(world.julie, decisionToTask, { id: decisionId })).rejects.toMatchObject({ code: 'caseConferences.decision_used' })
  })

  it('of the health volet, it is not taken up under an objective that social actors read', async () => {
    const { id, personId, episodeId } = await decided()
    await agreed(id)
    const decisionId = newId<CaseDecisionId>()
    const own = { actorPartyId: doctorCard, actorName: 'Dr Fritsch' }
    await as(world.julie, addCaseDecision, { id: decisionId, conferenceId: id, words: 'Adapter le traitement', volet: 'health', ...own })
    const plan = await asSystem(db, 'a plan in a test', (tx) =>
      aPlan(tx, { personId, episodeId, holderOrg: world.dac.id, referentId: world.julie.userId, state: 'draft', clock: world.clock() }),
    )
    const social = newId()
    await asSystem(db, 'an objective of the social problem in a test', (tx) =>
      sql`insert into care_plans.objective select (jsonb_populate_record(o, jsonb_build_object('id', ${social}::text, 'volet', 'social', 'problem_id',
        (select p.id from care_plans.problem p where p.plan_id = o.plan_id and p.volet = 'social' limit 1)))).* from care_plans.objective o where o.id = ${plan.objectiveId}`.execute(
        tx,
      ),
    )
    const use = (objectiveId: string) => ({ id: decisionId, objectiveId: objectiveId as never, actionId: newId<never>() })
    await expect(as(world.julie, decisionToPlan, use(social))).rejects.toMatchObject({ code: 'carePlans.wider_volet' })
    await as(world.julie, decisionToPlan, use(plan.objectiveId))
  })

  it('refused, it is imposed on nobody: it goes to another actor, whose answer is asked again, or becomes a task of the team', async () => {
    const { id, decisionId } = await decided()
    await agreed(id)
    await as(world.doctor, answerCaseDecision, { id: decisionId, baseVersion: 1, answer: 'refused', mode: 'online', words: 'Pas de mon ressort' })
    await expect(as(world.julie, decisionToTask, { id: decisionId })).rejects.toMatchObject({ code: 'caseConferences.decision_refused' })
    await as(world.julie, handDecisionTo, { id: decisionId, baseVersion: 2, actorName: world.julie.displayName, actorPartyId: world.julie.userId })
    expect((await sheet(world.julie, id)).decisions[0]).toMatchObject({ answer: null, mine: true })
    await as(world.julie, decisionToTask, { id: decisionId })
    expect((await as(world.julie, day, {})).tasks.map(({ title }) => title)).toContain('Demander une garde de nuit')
  })

  it('handed to somebody else keeps who had it first, and what she answered', async () => {
    const { decisionId } = await decided()
    await as(world.doctor, answerCaseDecision, { id: decisionId, baseVersion: 1, answer: 'refused', mode: 'online', words: 'Pas de mon ressort' })
    await expect(
      as(world.julie, handDecisionTo, { id: decisionId, baseVersion: 1, actorName: world.julie.displayName, actorPartyId: world.julie.userId }),
    ).rejects.toMatchObject({ code: 'stale_version' })
    await as(world.julie, handDecisionTo, { id: decisionId, baseVersion: 2, actorName: world.julie.displayName, actorPartyId: world.julie.userId })
    const rows = await asSystem(
      db,
      'look in a test',
      async (tx) =>
        (
          await sql<{
            changes: Record<string, unknown>
          }>`select changes from platform.field_history where record_id = ${decisionId} order by version desc limit 1`.execute(tx)
        ).rows,
    )
    expect(rows[0]?.changes).toMatchObject({ actorName: ['Dr Fritsch', world.julie.displayName], answer: ['refused', null] })
  })

  it('is not handed to whom nothing may be said, nor once signed, nor in a cancelled meeting', async () => {
    const { id, decisionId, personId } = await decided()
    const hand = (decision: CaseDecisionId, actorName: string) => as(world.julie, handDecisionTo, { id: decision, baseVersion: 1, actorName })
    await asSystem(db, 'a silence in a test', (tx) =>
      sql`insert into persons.non_disclosure (id, person_id, kind, towards, since, recorded_by, holder_org) values (${newId()}, ${personId}, 'tell_nothing', 'Marc Perrin', '2026-01-01', ${world.julie.userId}, ${world.dac.id})`.execute(
        tx,
      ),
    )
    await expect(hand(decisionId, 'Marc Perrin')).rejects.toMatchObject({ code: 'silence_forbids' })
    await agreed(id)
    await as(world.julie, signMinutes, { id, baseVersion: (await sheet(world.julie, id)).conference.version })
    await expect(hand(decisionId, 'Sylvie Perrin-Roux')).rejects.toMatchObject({ code: 'caseConferences.decided_when_signed' })
    const other = await aMeeting()
    const early = newId<CaseDecisionId>()
    await as(world.julie, addCaseDecision, { id: early, conferenceId: other.id, words: 'Appeler la mairie', volet: 'social', actorName: 'Sylvie Perrin-Roux' })
    await as(world.julie, cancelConference, { id: other.id, because: 'Hospitalisée ce matin' })
    await expect(hand(early, 'Marc Perrin')).rejects.toMatchObject({ code: 'caseConferences.cancelled' })
  })

  it('does not go further when the person refuses', async () => {
    const { id, decisionId } = await decided()
    await as(world.julie, recordCaseAgreement, { id, agreement: 'refused', on: '2026-10-15', mode: 'present', words: 'Pas de garde chez moi.' })
    await expect(as(world.julie, decisionToTask, { id: decisionId })).rejects.toMatchObject({ code: 'caseConferences.agreement_refused' })
  })

  it('is answered by its actor or noted by the DAC, by nobody else', async () => {
    const { personId, decisionId } = await decided()
    await aSight(db, personId, world.socialWorker.professionalId, { basis: 'care_team', volets: ['administrative', 'social'] })
    await expect(as(world.socialWorker, answerCaseDecision, { id: decisionId, baseVersion: 1, answer: 'accepted', mode: 'online' })).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })
})

describe('the minutes are sent', () => {
  it('once signed; to whom, how and with which volets is kept; never to whom nothing may be said', async () => {
    const { id, doctorLine, personId } = await aMeeting()
    const recipients = [{ partyId: doctorCard, name: 'Dr Fritsch', means: 'shared' as const, volets: ['administrative' as const, 'health' as const] }]
    await expect(as(world.julie, sendMinutes, { id, recipients })).rejects.toMatchObject({ code: 'caseConferences.not_signed' })
    await as(world.julie, markPresence, { id: doctorLine, state: 'present' })
    await as(world.julie, recordCaseAgreement, { id, agreement: 'agreed', on: '2026-10-15', mode: 'present' })
    await as(world.julie, signMinutes, { id, baseVersion: (await sheet(world.julie, id)).conference.version })
    expect(await as(world.julie, sendMinutes, { id, recipients })).toMatchObject({ sent: 1 })
    expect((await sheet(world.doctor, id)).sendings).toMatchObject([{ recipientName: 'Dr Fritsch', means: 'shared', volets: ['administrative', 'health'] }])
    await asSystem(db, 'a silence in a test', (tx) =>
      sql`insert into persons.non_disclosure (id, person_id, kind, towards, since, recorded_by, holder_org) values (${newId()}, ${personId}, 'tell_nothing', 'Marc Perrin', '2026-01-01', ${world.julie.userId}, ${world.dac.id})`.execute(
        tx,
      ),
    )
    await expect(
      as(world.julie, sendMinutes, { id, recipients: [{ name: 'Marc Perrin', means: 'printed', volets: ['administrative'] }] }),
    ).rejects.toMatchObject({ code: 'silence_forbids' })
  })
})

it('around somebody in danger, a structure that protects is named to the DAC alone: invited, entrusted, told, and in the Fil', async () => {
  const { personId } = await aMeeting()
  const shelter = newId()
  const memberId = newId()
  await asSystem(db, 'a shelter around somebody in danger', async (tx) => {
    await sql`insert into care_team.member (id, person_id, kind, party_id, name, holder_org, created_at) values (${memberId}, ${personId}, 'professional', ${shelter}, 'Foyer L’Éclaircie', ${world.dac.id}, now())`.execute(
      tx,
    )
    await sql`insert into care_team.role (id, member_id, person_id, role, starts_on, holder_org, recorded_at) values (${newId()}, ${memberId}, ${personId}, 'other', '2026-01-05', ${world.dac.id}, now())`.execute(
      tx,
    )
    await sql`insert into persons.sensitive_structure (party_id, reason, since, marked_by, marked_by_name) values (${shelter}, 'Hébergement protégé', now(), ${world.julie.userId}, 'Julie Marchal')`.execute(
      tx,
    )
    await sql`insert into persons.non_disclosure (id, person_id, kind, towards, since, recorded_by, holder_org) values (${newId()}, ${personId}, 'at_risk', 'Marc Perrin', '2026-01-01', ${world.julie.userId}, ${world.dac.id})`.execute(
      tx,
    )
  })
  const [id, doctorLine, participantId] = [newId<ConferenceId>(), newId<ParticipantId>(), newId<ParticipantId>()]
  await as(world.julie, planConference, {
    id,
    personId,
    kind: 'rcp',
    startsAt: '2026-10-22T12:30:00Z',
    participants: [
      { id: doctorLine, partyId: doctorCard, name: 'Dr Fritsch' },
      { id: participantId, partyId: shelter, name: 'Foyer L’Éclaircie' },
    ],
  })
  await as(world.julie, addCaseDecision, {
    id: newId<CaseDecisionId>(),
    conferenceId: id,
    words: 'Garder une place',
    volet: 'social',
    actorPartyId: shelter,
    actorName: 'Foyer L’Éclaircie',
  })
  await as(world.julie, markPresence, { id: doctorLine, state: 'present' })
  await as(world.julie, recordCaseAgreement, { id, agreement: 'agreed', on: '2026-10-15', mode: 'present' })
  await as(world.julie, signMinutes, { id, baseVersion: (await sheet(world.julie, id)).conference.version })
  await as(world.julie, sendMinutes, { id, recipients: [{ partyId: shelter, name: 'Foyer L’Éclaircie', means: 'printed', volets: ['administrative'] }] })
  const toldTo = async (actor: Actor) => {
    const { participants, decisions, sendings } = await sheet(actor, id)
    return [participants.map(({ name }) => name), decisions.map(({ actorName }) => actorName), sendings.map(({ recipientName }) => recipientName)]
  }
  expect(await toldTo(world.julie)).toEqual([['Dr Fritsch', 'Foyer L’Éclaircie'], ['Foyer L’Éclaircie'], ['Foyer L’Éclaircie']])
  expect(await toldTo(world.doctor)).toEqual([['Dr Fritsch'], [], []])
  const lines = await asSystem(
    db,
    'look in a test',
    async (tx) => (await sql<{ summary: string }>`select summary from persons.timeline_item where source_id = ${id} and summary is not null`.execute(tx)).rows,
  )
  expect(lines.map(({ summary }) => summary.replaceAll('\u00a0', ' '))).toEqual(['Invités : Dr Fritsch.'])
})

it('a meeting names its animator, who may be a colleague', async () => {
  const { personId } = await aMeeting()
  const id = newId<ConferenceId>()
  await as(world.julie, planConference, { id, personId, kind: 'concertation', startsAt: '2026-11-02T09:00:00Z', animatorId: world.julie.userId as UserId })
  expect((await sheet(world.julie, id)).conference).toMatchObject({ animatorName: world.julie.displayName, minutes: 45 })
})

describe('somebody outside, and names that are not told', () => {
  const meetingWith = async (decision: {
    readonly actorName: string
    readonly actorPartyId?: string
    readonly volet?: 'social' | 'health'
  }): Promise<Meeting & { readonly decisionId: CaseDecisionId }> => {
    const meeting = await aMeeting()
    const decisionId = newId<CaseDecisionId>()
    await as(world.julie, addCaseDecision, {
      id: decisionId,
      conferenceId: meeting.id,
      words: 'Poser une rampe',
      volet: 'social',
      dueOn: '2026-10-27',
      ...decision,
    })
    return { ...meeting, decisionId }
  }
  const agreed = (id: ConferenceId) => as(world.julie, recordCaseAgreement, { id, agreement: 'agreed', on: '2026-10-15', mode: 'present' })
  const decisionOf = async (id: ConferenceId) => (await sheet(world.julie, id)).decisions[0]

  it('is asked by letter, noted with who printed it; her answer comes back in writing and is noted by the référent', async () => {
    const { id, decisionId } = await meetingWith({ actorName: 'Menuiserie Didier' })
    await as(world.julie, writeToActor, { id: decisionId })
    expect(await decisionOf(id)).toMatchObject({ letterOn: '2026-10-15', letterByName: world.julie.displayName, answer: null, version: 2 })
    await as(world.julie, answerCaseDecision, { id: decisionId, baseVersion: 2, answer: 'accepted', mode: 'written', words: 'Dès la semaine prochaine' })
    expect(await decisionOf(id)).toMatchObject({ answer: 'accepted', answerMode: 'written', answerNotedByName: world.julie.displayName })
    await expect(as(world.julie, writeToActor, { id: decisionId })).rejects.toMatchObject({ code: 'caseConferences.decision_answered' })
    await expect(as(world.doctor, writeToActor, { id: decisionId })).rejects.toMatchObject({ kind: 'forbidden' })
  })

  it('no letter leaves to whom nothing may be said, against the person, nor for a cancelled meeting', async () => {
    const silent = await meetingWith({ actorName: 'Marc Perrin' })
    await asSystem(db, 'a silence in a test', (tx) =>
      sql`insert into persons.non_disclosure (id, person_id, kind, towards, since, recorded_by, holder_org) values (${newId()}, ${silent.personId}, 'tell_nothing', 'Marc Perrin', '2026-01-01',
        ${world.julie.userId}, ${world.dac.id})`.execute(tx),
    )
    await expect(as(world.julie, writeToActor, { id: silent.decisionId })).rejects.toMatchObject({ code: 'silence_forbids' })
    const refused = await meetingWith({ actorName: 'Menuiserie Didier' })
    await as(world.julie, recordCaseAgreement, { id: refused.id, agreement: 'refused', on: '2026-10-15', mode: 'present' })
    await expect(as(world.julie, writeToActor, { id: refused.decisionId })).rejects.toMatchObject({ code: 'caseConferences.agreement_refused' })
    const cancelled = await meetingWith({ actorName: 'Menuiserie Didier' })
    await as(world.julie, cancelConference, { id: cancelled.id, because: 'Hospitalisée' })
    await expect(as(world.julie, writeToActor, { id: cancelled.decisionId })).rejects.toMatchObject({ code: 'caseConferences.cancelled' })
  })

  it('no letter says a decision of the volet santé to whom it is closed: a neighbour, a social worker; a doctor receives it', async () => {
    const neighbour = await meetingWith({ actorName: 'Mme Petit, voisine', volet: 'health' })
    await expect(as(world.julie, writeToActor, { id: neighbour.decisionId })).rejects.toMatchObject({ code: 'caseConferences.letter_volet_closed' })
    expect(await decisionOf(neighbour.id)).toMatchObject({ letterOn: null, version: 1 })
    const social = await meetingWith({ actorName: 'Mme Roth', actorPartyId: String(world.socialWorker.professionalId), volet: 'health' })
    await expect(as(world.julie, writeToActor, { id: social.decisionId })).rejects.toMatchObject({ code: 'caseConferences.letter_volet_closed' })
    const doctor = await meetingWith({ actorName: 'Dr Fritsch', actorPartyId: doctorCard, volet: 'health' })
    await as(world.julie, writeToActor, { id: doctor.decisionId })
    expect(await decisionOf(doctor.id)).toMatchObject({ letterOn: '2026-10-15' })
  })

  it('« mes concertations » holds the decisions that wait for her, in whatever file, until she answers', async () => {
    const one = await meetingWith({ actorName: 'Dr Fritsch', actorPartyId: doctorCard })
    const other = await meetingWith({ actorName: 'Dr Fritsch', actorPartyId: doctorCard })
    const mine = async () => (await as(world.doctor, conferencesOfMine, {})).decisions.filter(({ conferenceId }) => [one.id, other.id].includes(conferenceId))
    expect((await mine()).map(({ words, dueOn }) => [words, dueOn])).toEqual([
      ['Poser une rampe', '2026-10-27'],
      ['Poser une rampe', '2026-10-27'],
    ])
    await as(world.doctor, answerCaseDecision, { id: one.decisionId, baseVersion: 1, answer: 'accepted', mode: 'online' })
    expect((await mine()).map(({ conferenceId }) => conferenceId)).toEqual([other.id])
    expect((await as(world.socialWorker, conferencesOfMine, {})).decisions).toEqual([])
  })

  it('a structure that protects, marked after it was invited, leaves the Fil and is never copied into the PPCS', async () => {
    const shelter = newId()
    const { id, decisionId, personId, episodeId } = await meetingWith({ actorName: 'Foyer L’Éclaircie', actorPartyId: shelter })
    const summary = () =>
      asSystem(
        db,
        'the Fil in a test',
        async (tx) =>
          (await sql<{ summary: string | null }>`select summary from persons.timeline_item where source = 'case_conferences' and source_id = ${id}`.execute(tx))
            .rows[0]?.summary,
      )
    await asSystem(db, 'a structure invited and written in the Fil before it is marked', async (tx) => {
      await sql`insert into case_conferences.participant (id, conference_id, person_id, holder_org, party_id, name) values (${newId()}, ${id}, ${personId}, ${world.dac.id}, ${shelter}, 'Foyer L’Éclaircie')`.execute(
        tx,
      )
      await sql`update persons.timeline_item set summary = 'Invités : Dr Fritsch, Foyer L’Éclaircie.' where source = 'case_conferences' and source_id = ${id}`.execute(
        tx,
      )
      await sql`insert into persons.sensitive_structure (party_id, reason, since, marked_by, marked_by_name) values (${shelter}, 'Hébergement protégé', now(), ${world.julie.userId}, 'X')`.execute(
        tx,
      )
      await sensitiveGuests.react(tx, aboutSensitive(null))
    })
    expect(await summary()).toContain('Éclaircie')
    await asSystem(db, 'a danger in a test', async (tx) => {
      await sql`insert into persons.non_disclosure (id, person_id, kind, towards, since, recorded_by, holder_org) values (${newId()}, ${personId}, 'at_risk', 'Marc Perrin', '2026-10-01', ${world.julie.userId}, ${world.dac.id})`.execute(
        tx,
      )
      await sensitiveGuests.react(tx, aboutSensitive(personId))
    })
    expect(await summary()).toBe('Invités\u00a0: Dr Fritsch, Sylvie Perrin-Roux.')
    await agreed(id)
    const plan = await asSystem(db, 'a plan in a test', (tx) =>
      aPlan(tx, { personId, episodeId, holderOrg: world.dac.id, referentId: world.julie.userId, state: 'draft', clock: world.clock() }),
    )
    const social = newId()
    await asSystem(db, 'an objective of the social problem in a test', (tx) =>
      sql`insert into care_plans.objective select (jsonb_populate_record(o, jsonb_build_object('id', ${social}::text, 'volet', 'social', 'problem_id',
        (select p.id from care_plans.problem p where p.plan_id = o.plan_id and p.volet = 'social' limit 1)))).* from care_plans.objective o where o.id = ${plan.objectiveId}`.execute(
        tx,
      ),
    )
    const actionId = newId<never>()
    await as(world.julie, decisionToPlan, { id: decisionId, objectiveId: social as never, actionId })
    const rows = await asSystem(
      db,
      'the plan in a test',
      async (tx) => (await sql`select actor_name, actor_party_id from care_plans.action where id = ${actionId}`.execute(tx)).rows,
    )
    expect(rows).toEqual([{ actor_name: 'Un intervenant que le DAC connaît', actor_party_id: null }])
  })
})

describe('a decision that nobody answers', () => {
  const relaunched = (decisionId: CaseDecisionId) =>
    asSystem(
      db,
      'tasks in a test',
      async (tx) =>
        (
          await sql<{
            title: string
            state: string
            hers: boolean
            outcome: string | null
          }>`select title, state, assignee_id = ${world.julie.userId} as hers, outcome from episodes.task
          where source = 'case_conferences.relaunch' and source_id = ${decisionId} order by created_at`.execute(tx)
        ).rows,
    )
  const daysLater = (days: number): Date => new Date(world.clock().getTime() + days * 86_400_000)

  it('is relaunched by a task after the days that the region says, once, then again later; its answer ends the task', async () => {
    const { id, doctorLine } = await aMeeting()
    await as(world.julie, markPresence, { id: doctorLine, state: 'present' })
    const decisionId = newId<CaseDecisionId>()
    const decision = { words: 'Demander une garde de nuit', volet: 'social' as const, actorPartyId: doctorCard, actorName: 'Dr Fritsch' }
    await as(world.julie, addCaseDecision, { id: decisionId, conferenceId: id, ...decision })
    await relaunchDecisions(db, daysLater(6))
    expect(await relaunched(decisionId)).toEqual([])
    await relaunchDecisions(db, daysLater(7))
    await relaunchDecisions(db, daysLater(7))
    expect(await relaunched(decisionId)).toEqual([{ title: 'Relancer Dr Fritsch\u00a0: Demander une garde de nuit', state: 'open', hers: true, outcome: null }])
    // done without an answer: asked again a fortnight later
    await asSystem(db, 'done in a test', (tx) => sql`update episodes.task set state = 'done', ended_at = now() where source_id = ${decisionId}`.execute(tx))
    await relaunchDecisions(db, daysLater(20))
    expect(await relaunched(decisionId)).toHaveLength(1)
    await relaunchDecisions(db, daysLater(21))
    expect((await relaunched(decisionId)).map(({ state }) => state)).toEqual(['done', 'open'])
    await as(world.doctor, answerCaseDecision, { id: decisionId, baseVersion: 1, answer: 'accepted', mode: 'online' })
    await asSystem(db, 'the answer is told in a test', (tx) =>
      relaunchesEndWithAnswers.react(tx, { ...aboutSensitive(null), type: 'caseConferences.decision.answered', payload: { decisionId, answer: 'accepted' } }),
    )
    expect((await relaunched(decisionId)).at(-1)).toMatchObject({ state: 'done', outcome: 'A accepté' })
    await relaunchDecisions(db, daysLater(60))
    expect(await relaunched(decisionId)).toHaveLength(2)
  })

  it('and that is taken away, or confided to another, is relaunched no more: the task that asked is without object', async () => {
    const { id, doctorLine } = await aMeeting()
    await as(world.julie, markPresence, { id: doctorLine, state: 'present' })
    const [removed, handed, waiting] = [newId<CaseDecisionId>(), newId<CaseDecisionId>(), newId<CaseDecisionId>()]
    for (const decisionId of [removed, handed, waiting])
      await as(world.julie, addCaseDecision, { id: decisionId, conferenceId: id, words: 'Poser une rampe', volet: 'social', actorName: 'Menuiserie Didier' })
    await relaunchDecisions(db, daysLater(7))
    await as(world.julie, removeCaseDecision, { id: removed })
    await as(world.julie, handDecisionTo, { id: handed, baseVersion: 1, actorName: 'Menuiserie Colin', actorPartyId: null, actorRole: null })
    await asSystem(db, 'the change is told in a test', (tx) =>
      relaunchesEndWithAnswers.react(tx, { ...aboutSensitive(null), type: 'caseConferences.conference.changed', payload: { conferenceId: id } }),
    )
    for (const over of [removed, handed])
      expect(await relaunched(over)).toMatchObject([{ state: 'done', outcome: 'Sans objet\u00a0: la décision n’attend plus cette réponse' }])
    expect(await relaunched(waiting)).toMatchObject([{ state: 'open' }])
  })

  it('of a meeting that the person refuses, or where the region wants none, is left alone', async () => {
    const { id, doctorLine } = await aMeeting()
    await as(world.julie, markPresence, { id: doctorLine, state: 'present' })
    const decisionId = newId<CaseDecisionId>()
    await as(world.julie, addCaseDecision, { id: decisionId, conferenceId: id, words: 'Poser une rampe', volet: 'social', actorName: 'Menuiserie Didier' })
    await asSystem(db, 'no relaunch in a test', (tx) =>
      sql`update platform.setting set value = jsonb_set(value, '{afterDays}', '0') where key = 'case_conferences.relaunch'`.execute(tx),
    )
    await relaunchDecisions(db, daysLater(60))
    await asSystem(db, 'relaunch again in a test', (tx) =>
      sql`update platform.setting set value = jsonb_set(value, '{afterDays}', '7') where key = 'case_conferences.relaunch'`.execute(tx),
    )
    await as(world.julie, recordCaseAgreement, { id, agreement: 'refused', on: '2026-10-15', mode: 'present' })
    await relaunchDecisions(db, daysLater(60))
    expect(await relaunched(decisionId)).toEqual([])
  })
})

const aboutSensitive = (personId: PersonId | null): FeedEvent => ({
  seq: 1,
  type: personId === null ? 'persons.sensitiveStructure.changed' : 'persons.silence.changed',
  personId,
  volet: 'administrative',
  audience: [],
  payload: {},
  actorId: null,
  at: '2026-10-15T07:42:00Z',
})
