import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { anOutsideProfessional, aPerson, aSight } from '../../persons/testing/builders.ts'
import { defineAction, signedIn } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { idSchema, newId, type PersonId } from '../../platform/contract/ids.ts'
import { asActor, asSystem } from '../../platform/server/db.ts'
import { implement, noTarget, registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import { changeLevel, changeReferent, closeEpisode, putToSleep, reopenEpisode, setProblems, wakeUp } from '../contract/actions.ts'
import { recordActivity } from '../contract/activities.ts'
import type { EpisodeId } from '../contract/episode.ts'
import { episodeOpeningFields } from '../contract/opening.ts'
import { caseload, day, episodeHistory, fileSynthesis, followers, teamLoad } from '../contract/queries.ts'
import { reassignCaseload } from '../contract/reassignment.ts'
import { startCriticalSequence } from '../contract/sequences.ts'
import { addTask, cancelTask, editTask, finishTask, resumeTask } from '../contract/tasks.ts'
import { anEpisode, aTask, episodeLists } from '../testing/builders.ts'
import { openEpisode } from './api.ts'
import { stopAfterDeath } from './events.ts'
import { episodesHandlers } from './handlers.ts'

const { db } = await testDatabase()
const clock = testClock('2026-10-15T07:42:00Z')
const gate = testGate(db, clock)

/** What the commission d'orientation does with the opening, without the commission. */
const openForTest = defineAction({
  name: 'episodes.openForTest',
  title: 'Ouvrir',
  input: z.object({ ...episodeOpeningFields, personId: idSchema<PersonId>() }),
  output: z.object({ episodeId: z.string(), version: z.number() }),
  access: signedIn('test'),
  audit: { none: 'test' },
})
const registry = registryOf([
  ...episodesHandlers,
  implement(openForTest, { load: noTarget, run: (context, input) => openEpisode(context, { ...input, requestId: null }) }),
])

let dac: BuiltService
let otherDac: BuiltService
let julie: Actor
let karim: Actor
let lead: Actor
let director: Actor
let desk: Actor
let stranger: Actor

beforeAll(async () => {
  await episodeLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  otherDac = await aService(db, { name: 'DAC Meurthe et Mortagne' })
  julie = await anActor(db, { service: dac })
  karim = await anActor(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
  lead = await anActor(db, { service: dac, givenName: 'Claire', familyName: 'Vautrin', functions: ['team_lead'] })
  director = await anActor(db, { service: dac, givenName: 'Paul', familyName: 'Aubert', functions: ['director'] })
  desk = await anActor(db, { service: dac, givenName: 'Nadia', familyName: 'Ferry', functions: ['front_desk'] })
  stranger = await anActor(db, { service: otherDac, givenName: 'Luc', familyName: 'Simon' })
})

/** The owner of the tables is under row-level security too: tests look as the system. */
const seen = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => asSystem(db, 'look in a test', async (tx) => (await query.execute(tx)).rows)
const events = async (): Promise<string[]> => (await seen(sql<{ type: string }>`select type from platform.event_inbox order by at, id`)).map((row) => row.type)

async function inCharge(facts: { readonly binome?: Actor; readonly referent?: Actor } = {}): Promise<{ personId: PersonId; id: EpisodeId }> {
  const id = newId<EpisodeId>()
  const personId = await aPerson(db, { dac: dac.id, episodeId: id })
  await anEpisode(db, { id, personId, dac: dac.id, referentId: (facts.referent ?? julie).userId, binomeId: facts.binome?.userId ?? null })
  return { personId, id }
}

const opening = (personId: PersonId, more: object = {}) => ({
  personId,
  episodeId: newId<EpisodeId>(),
  level: 'sustained' as const,
  referentId: julie.userId,
  binomeId: karim.userId,
  grounds: ['no_coordinator'],
  groundWords: 'Trois intervenants sans lien.',
  population: { principal: 'geriatrics', others: [] },
  difficulty: { principal: 'isolation', others: ['falls'] },
  nextStep: { kind: 'plan_visit', title: 'Première visite', dueOn: '2026-10-22' },
  ...more,
})

describe('opening an accompaniment', () => {
  it('gives the DAC sight of everything, a first task to the référent and a line in the Fil', async () => {
    const personId = await aPerson(db, { dac: null })
    await aSight(db, personId, dac.id, { basis: 'request', volets: ['administrative'] })
    const { episodeId } = await call(gate, registry, openForTest, julie, opening(personId))
    const [sight] = await seen(
      sql<{
        volets: string[]
        basis: string
        ends_at: null
      }>`select volets, basis, ends_at from persons.sight where person_id = ${personId} and source_id = ${episodeId}`,
    )
    expect(sight).toEqual({ basis: 'dac_in_charge', volets: ['administrative', 'social', 'health'], ends_at: null })
    const synthesis = await call(gate, registry, fileSynthesis, karim, { personId })
    expect(synthesis.episode).toMatchObject({
      level: 'sustained',
      referent: { name: 'Julie Marchal' },
      binome: { name: 'Karim Belkacem' },
      grounds: ['no_coordinator'],
      openedOn: '2026-10-15',
    })
    expect(synthesis.episode?.problems.map((problem) => [problem.code, problem.principal])).toEqual([
      ['geriatrics', true],
      ['isolation', true],
      ['falls', false],
    ])
    expect(synthesis.tasks).toMatchObject([{ title: 'Première visite', dueOn: '2026-10-22', assigneeName: 'Julie Marchal' }])
    const [line] = await seen(sql<{ title: string; summary: string }>`select title, summary from persons.timeline_item where person_id = ${personId}`)
    expect(line).toEqual({ title: 'Accompagnement ouvert', summary: 'Niveau soutenu, suivi par Julie Marchal et Karim Belkacem.' })
    expect(await events()).toContain('episodes.episode.opened')
  })

  it('keeps the problems of health from the front desk, which sees level and référent', async () => {
    const { personId } = await inCharge()
    const { episode } = await call(gate, registry, fileSynthesis, julie, { personId })
    await call(gate, registry, setProblems, julie, {
      id: episode?.id as EpisodeId,
      baseVersion: 1,
      population: { principal: 'palliative', others: [] },
      difficulty: { principal: 'no_gp', others: ['isolation'] },
    })
    const atDesk = await call(gate, registry, fileSynthesis, desk, { personId })
    expect(atDesk.episode).toMatchObject({ level: 'sustained', referent: { name: 'Julie Marchal' }, grounds: [] })
    expect(atDesk.episode?.problems.map((problem) => problem.code)).toEqual(['no_gp'])
  })

  it('refuses a second accompaniment of the same person in the same DAC, even asked at the same instant', async () => {
    const personId = await aPerson(db, { dac: dac.id })
    const both = await Promise.allSettled([
      call(gate, registry, openForTest, julie, opening(personId)),
      call(gate, registry, openForTest, lead, opening(personId)),
    ])
    expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find((result) => result.status === 'rejected')).toMatchObject({ reason: { code: 'episodes.already_open' } })
  })

  it('refuses a person whose death is recorded, a person who opposes, and a référent of another DAC', async () => {
    const dead = await aPerson(db, { dac: dac.id, deceasedOn: '2026-09-01' })
    await expect(call(gate, registry, openForTest, julie, opening(dead))).rejects.toMatchObject({ code: 'episodes.person_deceased' })
    const opposed = await aPerson(db, { dac: dac.id })
    await asSystem(db, 'an opposition', (tx) =>
      sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org)
      values (${newId()}, ${opposed}, 1, 'opposition', '2026-10-01', 'oral_present', ${julie.userId}, 'Julie Marchal', ${dac.id})`.execute(tx),
    )
    await expect(call(gate, registry, openForTest, julie, opening(opposed))).rejects.toMatchObject({ code: 'episodes.person_opposed' })
    const personId = await aPerson(db, { dac: dac.id })
    await expect(call(gate, registry, openForTest, julie, opening(personId, { referentId: stranger.userId }))).rejects.toMatchObject({
      code: 'episodes.not_a_referent',
    })
    await expect(call(gate, registry, openForTest, julie, opening(personId, { grounds: ['because'] }))).rejects.toMatchObject({ code: 'value_unknown' })
    expect(await seen(sql`select 1 from episodes.episode where person_id = ${personId}`)).toEqual([])
  })
})

describe('level and référent', () => {
  it('keeps the history of levels', async () => {
    const { id } = await inCharge()
    await call(gate, registry, changeLevel, julie, { id, baseVersion: 1, level: 'intensive', reason: 'Deux chutes en une semaine' })
    const { levels } = await call(gate, registry, episodeHistory, julie, { id })
    expect(levels).toMatchObject([
      { level: 'intensive', startsOn: '2026-10-15', endsOn: null, reason: 'Deux chutes en une semaine', byName: 'Julie Marchal' },
      { level: 'sustained', startsOn: '2026-06-02', endsOn: '2026-10-14' },
    ])
  })

  it('shows both versions when two people change the level at once, and merges a level with a binôme', async () => {
    const { id } = await inCharge()
    await call(gate, registry, changeLevel, julie, { id, baseVersion: 1, level: 'intensive', reason: null })
    await expect(call(gate, registry, changeLevel, karim, { id, baseVersion: 1, level: 'brief', reason: null })).rejects.toMatchObject({
      code: 'stale_version',
      details: { fields: [{ field: 'level', base: 'sustained', theirs: 'intensive', mine: 'brief', theirsBy: 'Julie Marchal' }] },
    })
    const changed = await call(gate, registry, changeReferent, lead, { id, baseVersion: 1, referentId: karim.userId, reason: 'load', handoverUntil: null })
    expect(changed.version).toBe(3)
  })

  it('lets two référents overlap until the end of the handover, tasks following the new one', async () => {
    const { id, personId } = await inCharge()
    await aTask(db, { dac: dac.id, assigneeId: julie.userId, personId, episodeId: id })
    await call(gate, registry, changeReferent, julie, { id, baseVersion: 1, referentId: karim.userId, reason: 'departure', handoverUntil: '2026-10-31' })
    const roleOf = async (actor: Actor) => (await call(gate, registry, caseload, actor, {})).rows.find((row) => row.episodeId === id)?.role
    expect([await roleOf(julie), await roleOf(karim)]).toEqual(['handing_over', 'referent'])
    expect((await call(gate, registry, day, karim, {})).tasks.some((task) => task.person?.personId === personId)).toBe(true)
    const later = testGate(db, testClock('2026-11-01T08:00:00Z'))
    expect((await call(later, registry, caseload, julie, {})).rows.some((row) => row.episodeId === id)).toBe(false)
  })

  it('is changed by her référent, her binôme or the team lead, not by any colleague; the other DAC does not know the file', async () => {
    const { id } = await inCharge()
    const wish = { id, baseVersion: 1, referentId: karim.userId, reason: 'load', handoverUntil: null }
    await expect(call(gate, registry, changeReferent, karim, wish)).rejects.toMatchObject({
      kind: 'forbidden',
      details: { reason: 'Réservé au référent, à son binôme et au responsable d’équipe.' },
    })
    await expect(call(gate, registry, changeReferent, stranger, wish)).rejects.toMatchObject({ kind: 'not_found' })
    await expect(call(gate, registry, changeReferent, desk, wish)).rejects.toMatchObject({ kind: 'forbidden' })
  })

  it('gives a whole caseload to somebody else, all or nothing, with the reason in each file', async () => {
    const leaving = await anActor(db, { service: dac, givenName: 'Zoé', familyName: 'Petit' })
    const files = await Promise.all([inCharge({ referent: leaving }), inCharge({ referent: leaving }), inCharge({ referent: leaving })])
    await expect(
      call(gate, registry, reassignCaseload, julie, { fromUserId: leaving.userId, toUserId: karim.userId, reason: 'departure' }),
    ).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(
      call(gate, registry, reassignCaseload, lead, { fromUserId: leaving.userId, toUserId: stranger.userId, reason: 'departure' }),
    ).rejects.toMatchObject({ code: 'episodes.not_a_referent' })
    expect((await call(gate, registry, caseload, leaving, {})).total).toBe(3)
    expect(await call(gate, registry, reassignCaseload, lead, { fromUserId: leaving.userId, toUserId: karim.userId, reason: 'departure' })).toEqual({
      count: 3,
    })
    expect((await call(gate, registry, caseload, leaving, {})).total).toBe(0)
    const { assignments } = await call(gate, registry, episodeHistory, karim, { id: files[0]?.id as EpisodeId })
    expect(assignments).toMatchObject([
      { name: 'Karim Belkacem', role: 'referent', reason: 'departure' },
      { name: 'Zoé Petit', endsOn: '2026-10-14' },
    ])
  })
})

describe('en veille', () => {
  it('is counted apart, and comes back to Ma journée on its day, not before', async () => {
    const alone = await anActor(db, { service: dac, givenName: 'Inès', familyName: 'Roux' })
    const { id } = await inCharge({ referent: alone })
    await call(gate, registry, putToSleep, alone, { id, baseVersion: 1, wakeUpOn: '2026-11-02', reason: 'hospital' })
    expect(await call(gate, registry, day, alone, {})).toMatchObject({ followed: 0, dormant: 1, wakeUps: [] })
    // 23:30 on November 1st in Paris is still the eve, though the day has changed further east.
    const eve = testGate(db, testClock('2026-11-01T22:30:00Z'))
    expect((await call(eve, registry, day, alone, {})).wakeUps).toEqual([])
    const morning = testGate(db, testClock('2026-11-01T23:30:00Z'))
    expect((await call(morning, registry, day, alone, {})).wakeUps).toMatchObject([{ episodeId: id, wakeUpOn: '2026-11-02', dormancyReason: 'hospital' }])
    await call(morning, registry, wakeUp, alone, { id, baseVersion: 2 })
    expect(await call(morning, registry, day, alone, {})).toMatchObject({ followed: 1, dormant: 0, wakeUps: [] })
  })

  it('refuses a wake-up date that is not to come, and waking what does not sleep', async () => {
    const { id } = await inCharge()
    await expect(call(gate, registry, putToSleep, julie, { id, baseVersion: 1, wakeUpOn: '2026-10-15', reason: 'stable' })).rejects.toMatchObject({
      code: 'episodes.wake_up_in_the_past',
    })
    await expect(call(gate, registry, wakeUp, julie, { id, baseVersion: 1 })).rejects.toMatchObject({ code: 'episodes.not_dormant' })
  })
})

describe('closing', () => {
  const end = (id: EpisodeId, more: object = {}) => ({
    id,
    baseVersion: 1,
    reason: 'stabilised',
    balance: 'better',
    objectives: 'Aides en place.',
    relay: null,
    ...more,
  })

  it('takes the file from the circle at once and keeps it two years for the DAC', async () => {
    const { id, personId } = await inCharge()
    const doctor = anOutsideProfessional()
    await aSight(db, personId, doctor.professionalId, { basis: 'care_team' })
    expect((await call(gate, registry, fileSynthesis, doctor, { personId })).episode?.referent.name).toBe('Julie Marchal')
    const member = newId()
    await asSystem(db, 'the access of a member', async (tx) => {
      await sql`insert into care_team.member (id, person_id, kind, party_id, name, holder_org, created_at) values (${member}, ${personId}, 'professional', ${doctor.professionalId}, 'Anne-Laure Fritsch', ${dac.id}, now())`.execute(
        tx,
      )
      await sql`insert into care_team.access (id, member_id, person_id, party_id, basis, sharing_category, ground, volets, informed_on, informed_by_name, starts_at, holder_org)
        values (${newId()}, ${member}, ${personId}, ${doctor.professionalId}, 'care_team', '1', 'recognised_by_person', '{administrative,health}', '2026-06-02', 'Julie Marchal', '2026-06-02', ${dac.id})`.execute(
        tx,
      )
    })
    const invitation = newId()
    await asSystem(db, 'somebody invited who did not answer yet', (tx) =>
      sql`insert into care_team.invitation (id, person_id, family_name, given_name, name_words, role, sharing_category, basis, wish, volets, way, secret_hash, invited_at, invited_by, invited_by_name, expires_at, holder_org)
        values (${invitation}, ${personId}, 'Noël', 'Thomas', '{noel,thomas}', 'nurse', '1', 'care_team', '{}', '{administrative}', 'link', ${invitation}, now(), ${julie.userId}, 'Julie Marchal', now() + interval '3 days', ${dac.id})`.execute(
        tx,
      ),
    )
    expect(await call(gate, registry, closeEpisode, julie, end(id))).toMatchObject({ sightsEnded: 1, version: 2 })
    expect(await seen(sql`select state from care_team.invitation where id = ${invitation}`)).toEqual([{ state: 'revoked' }])
    expect(await seen(sql`select end_reason, ended_by from care_team.access where person_id = ${personId}`)).toEqual([
      { end_reason: 'mission_ended', ended_by: julie.userId },
    ])
    await expect(call(gate, registry, fileSynthesis, doctor, { personId })).rejects.toMatchObject({ kind: 'not_found' })
    expect((await call(gate, registry, fileSynthesis, julie, { personId })).episode).toMatchObject({
      state: 'closed',
      closureReason: 'stabilised',
      closedOn: '2026-10-15',
    })
    const inTwoYears = testGate(db, testClock('2028-10-15T07:41:00Z'))
    expect((await call(inTwoYears, registry, fileSynthesis, julie, { personId })).episode?.state).toBe('closed')
    const after = testGate(db, testClock('2028-10-15T07:43:00Z'))
    await expect(call(after, registry, fileSynthesis, julie, { personId })).rejects.toMatchObject({ kind: 'not_found' })
  })

  it('leaves the circle what it has while another DAC goes on', async () => {
    const { id, personId } = await inCharge()
    await aSight(db, personId, otherDac.id)
    await anEpisode(db, { personId, dac: otherDac.id, referentId: stranger.userId })
    const doctor = anOutsideProfessional()
    await aSight(db, personId, doctor.professionalId, { basis: 'care_team' })
    expect(await call(gate, registry, closeEpisode, julie, end(id))).toMatchObject({ sightsEnded: 0 })
    expect((await call(gate, registry, fileSynthesis, doctor, { personId })).episode?.referent.name).toBe('Luc Simon')
  })

  it('stops what was left to do, and asks who takes over when there is a relay', async () => {
    const { id, personId } = await inCharge()
    await aTask(db, { dac: dac.id, assigneeId: julie.userId, personId, episodeId: id })
    await expect(call(gate, registry, closeEpisode, julie, end(id, { reason: 'relay' }))).rejects.toMatchObject({ code: 'episodes.relay_missing' })
    expect(await call(gate, registry, closeEpisode, julie, end(id, { reason: 'relay', relay: 'SSIAD des Vallées' }))).toMatchObject({ tasksCancelled: 1 })
    expect((await call(gate, registry, fileSynthesis, julie, { personId })).tasks).toEqual([])
    await expect(call(gate, registry, changeLevel, julie, { id, baseVersion: 2, level: 'brief', reason: null })).rejects.toMatchObject({
      code: 'episodes.closed',
    })
  })

  it('is one closure when two close at once, and the same answer when the gesture is sent twice', async () => {
    const first = await inCharge()
    const both = await Promise.allSettled([call(gate, registry, closeEpisode, julie, end(first.id)), call(gate, registry, closeEpisode, lead, end(first.id))])
    expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    const second = await inCharge()
    const key = newId()
    const answer = await call(gate, registry, closeEpisode, julie, end(second.id), key)
    expect(await call(gate, registry, closeEpisode, julie, end(second.id), key)).toEqual(answer)
    expect(await seen(sql`select 1 from episodes.closure where episode_id = ${second.id}`)).toHaveLength(1)
  })

  it('can be undone with a reason; the balance stays, the circle does not come back by itself', async () => {
    const { id, personId } = await inCharge()
    const doctor = anOutsideProfessional()
    await aSight(db, personId, doctor.professionalId, { basis: 'care_team' })
    await call(gate, registry, closeEpisode, julie, end(id))
    await call(gate, registry, reopenEpisode, karim, {
      id,
      baseVersion: 2,
      reason: 'relapse',
      level: 'intensive',
      referentId: karim.userId,
      grounds: ['critical_sequence'],
    })
    expect((await call(gate, registry, fileSynthesis, karim, { personId })).episode).toMatchObject({
      state: 'open',
      level: 'intensive',
      referent: { name: 'Karim Belkacem' },
      grounds: ['critical_sequence'],
    })
    const { closures } = await call(gate, registry, episodeHistory, karim, { id })
    expect(closures).toMatchObject([{ reason: 'stabilised', balance: 'better', reopenedOn: '2026-10-15', reopeningReason: 'relapse' }])
    await expect(call(gate, registry, fileSynthesis, doctor, { personId })).rejects.toMatchObject({ kind: 'not_found' })
    const [sight] = await seen(
      sql<{ n: number }>`select count(*)::int as n from persons.sight where person_id = ${personId} and party_id = ${dac.id} and ends_at is null`,
    )
    expect(sight?.n).toBe(1)
  })
})

describe('a death recorded once', () => {
  it('stops tasks and dormancy, and leaves the référent one thing to do; a mistake gives them back', async () => {
    const { id, personId } = await inCharge()
    await aTask(db, { dac: dac.id, assigneeId: julie.userId, personId, episodeId: id, title: 'Rappeler' })
    const byHand = await aTask(db, { dac: dac.id, assigneeId: julie.userId, personId, episodeId: id, title: 'Voir le mari' })
    await call(gate, registry, cancelTask, julie, { id: byHand, because: 'Décès' })
    // Neither the word nor the absence of a hand says what a death took.
    await asSystem(db, 'a task that an import cancelled', (tx) => sql`update episodes.task set ended_by = null where id = ${byHand}`.execute(tx))
    await call(gate, registry, putToSleep, julie, { id, baseVersion: 1, wakeUpOn: '2026-12-01', reason: 'hospital' })
    await asSystem(db, 'the feed tells of a death', (tx) =>
      stopAfterDeath.react(tx, {
        seq: 1,
        type: 'persons.person.died',
        personId,
        volet: 'administrative',
        audience: [],
        payload: {},
        actorId: null,
        at: '2026-10-15T07:42:00Z',
      }),
    )
    const { tasks, episode } = await call(gate, registry, fileSynthesis, julie, { personId })
    expect(episode?.state).toBe('open')
    expect(tasks).toMatchObject([{ title: expect.stringMatching(/^Décès enregistré.: prévenir et clore$/), assigneeName: 'Julie Marchal' }])
    await asSystem(db, 'the feed tells of a mistake', (tx) =>
      stopAfterDeath.react(tx, {
        seq: 2,
        type: 'persons.person.deathWithdrawn',
        personId,
        volet: 'administrative',
        audience: [],
        payload: {},
        actorId: null,
        at: '2026-10-15T08:00:00Z',
      }),
    )
    expect((await call(gate, registry, fileSynthesis, julie, { personId })).tasks.map((task) => task.title)).toEqual(['Rappeler'])
    expect((await call(gate, registry, fileSynthesis, julie, { personId })).episode).toMatchObject({
      state: 'dormant',
      dormantSince: '2026-10-15',
      wakeUpOn: '2026-12-01',
    })
  })

  it('is of the day of the region, and gives nothing back to a file closed since, nor sleep to one that was worked on', async () => {
    const { id, personId } = await inCharge()
    await aTask(db, { dac: dac.id, assigneeId: julie.userId, personId, episodeId: id, title: 'Rappeler' })
    await call(gate, registry, putToSleep, julie, { id, baseVersion: 1, wakeUpOn: '2026-12-01', reason: 'hospital' })
    const told = (seq: number, type: string, at: string) =>
      asSystem(db, 'the feed tells', async (tx) => {
        await sql`select set_config('jalon.time_zone', 'Europe/Paris', true)`.execute(tx)
        await stopAfterDeath.react(tx, { seq, type, personId, volet: 'administrative', audience: [], payload: {}, actorId: null, at })
      })
    // Half past midnight in Paris.
    await told(1, 'persons.person.died', '2026-10-15T22:30:00Z')
    expect((await call(gate, registry, fileSynthesis, julie, { personId })).tasks).toMatchObject([{ dueOn: '2026-10-16' }])
    await asSystem(db, 'somebody works on it, then closes it', async (tx) => {
      await sql`update episodes.episode set version = version + 1, state = 'closed', closed_on = '2026-10-16', closure_reason = 'died' where id = ${id}`.execute(
        tx,
      )
    })
    await told(2, 'persons.person.deathWithdrawn', '2026-10-17T08:00:00Z')
    const [now] = await seen(
      sql<{
        state: string
        open: number
      }>`select e.state, (select count(*)::int from episodes.task t where t.episode_id = e.id and t.state = 'open') as open from episodes.episode e where e.id = ${id}`,
    )
    expect(now).toEqual({ state: 'closed', open: 0 })
  })
})

describe('tasks', () => {
  const wish = (more: object = {}) => ({ id: newId<never>(), kind: 'call_person', title: 'Rappeler le mandataire', dueOn: '2026-10-13', ...more })

  it('come late first, are ticked with what was done, and can be put back', async () => {
    const alone = await anActor(db, { service: dac, givenName: 'Noé', familyName: 'Adam' })
    const { id } = await call(gate, registry, addTask, alone, wish({ assigneeId: alone.userId }))
    await call(gate, registry, addTask, alone, wish({ assigneeId: alone.userId, title: 'Visite', dueOn: '2026-10-15', dueTime: '10:30' }))
    const before = await call(gate, registry, day, alone, {})
    expect(before).toMatchObject({ totalTasks: 2, lateTasks: 1, tasks: [{ title: 'Rappeler le mandataire' }, { title: 'Visite', dueTime: '10:30' }] })
    await call(gate, registry, finishTask, alone, { id, outcome: 'Il rappelle lundi' })
    await expect(call(gate, registry, finishTask, alone, { id, outcome: null })).rejects.toMatchObject({ code: 'episodes.task_ended' })
    expect(await call(gate, registry, day, alone, {})).toMatchObject({
      totalTasks: 1,
      lateTasks: 0,
      done: [{ title: 'Rappeler le mandataire', outcome: 'Il rappelle lundi' }],
    })
    await call(gate, registry, resumeTask, alone, { id })
    expect((await call(gate, registry, day, alone, {})).totalTasks).toBe(2)
  })

  it('without a person stay in the service; without a user they are for whoever takes them', async () => {
    const { id } = await call(gate, registry, addTask, julie, wish({ title: 'Mettre à jour le livret', dueOn: null }))
    expect((await call(gate, registry, day, desk, {})).untaken.map((task) => task.id)).toContain(id)
    await expect(call(gate, registry, finishTask, stranger, { id, outcome: null })).rejects.toMatchObject({ kind: 'not_found' })
    await call(gate, registry, editTask, desk, { id, baseVersion: 1, changes: { assigneeId: desk.userId } })
    await expect(call(gate, registry, editTask, karim, { id, baseVersion: 1, changes: { assigneeId: karim.userId } })).rejects.toMatchObject({
      code: 'stale_version',
    })
    await expect(call(gate, registry, editTask, julie, { id, baseVersion: 2, changes: { assigneeId: stranger.userId } })).rejects.toMatchObject({
      code: 'episodes.not_a_colleague',
    })
  })
})

describe('what was done', () => {
  it('a follow-up call moves the last contact, an unanswered one does not', async () => {
    const { personId } = await inCharge()
    const missed = { id: newId<never>(), personId, kind: 'call', reached: false, at: '2026-10-15T07:30:00Z' }
    await call(gate, registry, recordActivity, julie, missed)
    expect((await call(gate, registry, fileSynthesis, julie, { personId })).episode?.lastContactAt).toBeNull()
    await call(gate, registry, recordActivity, julie, { ...missed, id: newId<never>(), reached: true, words: 'Elle va mieux, mange seule.', volet: 'health' })
    const { episode, lastActivities } = await call(gate, registry, fileSynthesis, julie, { personId })
    expect(episode?.lastContactAt).toBe('2026-10-15T07:30:00+00:00')
    expect(lastActivities).toHaveLength(2)
    const lines = await seen(sql<{ title: string }>`select title from persons.timeline_item where person_id = ${personId} order by recorded_at`)
    expect(lines.map((line) => line.title)).toEqual(['Appel · la personne, sans réponse', 'Appel · la personne'])
    await expect(call(gate, registry, recordActivity, julie, { ...missed, id: newId<never>(), at: '2026-10-16T07:30:00Z' })).rejects.toMatchObject({
      code: 'episodes.activity_in_the_future',
    })
  })

  it('a critical sequence dates its checkpoints as tasks and shows how far it is', async () => {
    const { id, personId } = await inCharge()
    const started = await call(gate, registry, startCriticalSequence, julie, {
      id: newId<never>(),
      episodeId: id,
      kind: 'hospital_discharge',
      startsOn: '2026-10-16',
    })
    expect(started.steps).toBe(5)
    await expect(
      call(gate, registry, startCriticalSequence, karim, { id: newId<never>(), episodeId: id, kind: 'hospital_discharge', startsOn: '2026-10-17' }),
    ).rejects.toMatchObject({ code: 'episodes.sequence_running' })
    const { episode } = await call(gate, registry, fileSynthesis, julie, { personId })
    expect(episode?.sequences).toMatchObject([
      { kind: 'hospital_discharge', steps: 5, stepsDone: 0, nextStep: 'before', nextOn: '2026-10-15', endsOn: '2026-11-15' },
    ])
    expect((await call(gate, registry, fileSynthesis, desk, { personId })).episode?.sequences).toEqual([])
  })
})

describe('the load of the team', () => {
  it('is the same for the team lead and the direction, who sees no person; a référent is refused', async () => {
    const forLead = await call(gate, registry, teamLoad, lead, {})
    expect(forLead.rows.find((row) => row.name === 'Julie Marchal')?.open).toBeGreaterThan(0)
    expect(await call(gate, registry, teamLoad, director, {})).toEqual(forLead)
    await expect(call(gate, registry, teamLoad, julie, {})).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(call(gate, registry, caseload, director, {})).rejects.toMatchObject({ kind: 'forbidden' })
    const asJulieSees = await call(gate, registry, followers, julie, {})
    expect(asJulieSees.rows.map((row) => [row.name, row.open])).toEqual(forLead.rows.map((row) => [row.name, row.open]))
  })

  it('what colleagues follow is counted for their own service alone', async () => {
    const countedBy = (actor: Actor) =>
      asActor(
        db,
        { actor, clock: clock(), timeZone: 'Europe/Paris' },
        async (tx) => (await sql<{ service: string }>`select distinct service_id::text as service from reporting.followed_files`.execute(tx)).rows,
      )
    expect(await countedBy(julie)).toEqual([{ service: julie.serviceId }])
    expect(await countedBy({ ...julie, serviceId: newId<never>() })).toEqual([])
  })

  it('reporting views show figures without a trait, to those who count, for their own service', async () => {
    const lines = (actor: Actor) =>
      asActor(
        db,
        { actor, clock: clock(), timeZone: 'Europe/Paris' },
        async (tx) => (await sql<Record<string, unknown>>`select * from reporting.episode`.execute(tx)).rows,
      )
    const forDirector = await lines(director)
    expect(forDirector.length).toBeGreaterThan(3)
    expect(new Set(forDirector.map((line) => line.service_id))).toEqual(new Set([dac.id]))
    expect(Object.keys(forDirector[0] ?? {}).filter((column) => /name|ins|address|phone|person_id/.test(column))).toEqual([])
    expect(forDirector[0]?.birth_year).toBe(1941)
    expect(await lines(julie)).toEqual([])
    expect(await lines(stranger)).toEqual([])
  })
})

it('every reading and gesture on a person leaves her id in the audit', async () => {
  const { personId, id } = await inCharge()
  await call(gate, registry, fileSynthesis, julie, { personId })
  await call(gate, registry, changeLevel, julie, { id, baseVersion: 1, level: 'brief', reason: null })
  const lines = await seen(sql<{ name: string }>`select name from audit.inbox where ${personId} = any (person_ids) order by at, id`)
  expect(lines.map((line) => line.name)).toEqual(['episodes.fileSynthesis', 'episodes.level.change'])
})
