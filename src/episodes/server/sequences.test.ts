import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { personTimeline } from '../../persons/contract/queries.ts'
import { personsHandlers } from '../../persons/server/handlers.ts'
import { aPerson } from '../../persons/testing/builders.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import type { CriticalSequenceId, EpisodeId, SequenceLineId, TaskId } from '../contract/episode.ts'
import { day, episodeHistory, fileSynthesis } from '../contract/queries.ts'
import {
  acceptCriticalSequence,
  addSequenceLine,
  answerSequenceLine,
  checklists,
  declineCriticalSequence,
  endCriticalSequence,
  moveCriticalSequence,
  returnToRegionalChecklist,
  sequencesOfDay,
  sequencesOfPerson,
  setChecklist,
  startCriticalSequence,
  taskOfSequenceLine,
} from '../contract/sequences.ts'
import { finishTask } from '../contract/tasks.ts'
import { anEpisode, episodeLists } from '../testing/builders.ts'
import { proposeSequenceOnAlert } from './events.ts'
import { episodesHandlers } from './handlers.ts'

const { db } = await testDatabase()
const clock = testClock('2026-10-15T07:42:00Z')
const gate = testGate(db, clock)
const registry = registryOf(episodesHandlers)
const as = <C extends Parameters<typeof call>[2]>(actor: Actor, contract: C, input: Parameters<typeof call<C>>[4]) =>
  call(gate, registry, contract, actor, input)

let dac: BuiltService
let julie: Actor
let karim: Actor
let lead: Actor

beforeAll(async () => {
  await episodeLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  julie = await anActor(db, { service: dac })
  karim = await anActor(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
  lead = await anActor(db, { service: dac, givenName: 'Claire', familyName: 'Vautrin', functions: ['team_lead'] })
})

async function aFile(): Promise<{ personId: PersonId; episodeId: EpisodeId }> {
  const episodeId = newId<EpisodeId>()
  const personId = await aPerson(db, { dac: dac.id, episodeId })
  await anEpisode(db, { id: episodeId, personId, dac: dac.id, referentId: julie.userId })
  return { personId, episodeId }
}

/** A discharge on 13 October, two days before today: the line « avant » and those of the day are late. */
async function aDischarge(more: object = {}): Promise<{ personId: PersonId; episodeId: EpisodeId; id: CriticalSequenceId }> {
  const file = await aFile()
  const id = newId<CriticalSequenceId>()
  await as(julie, startCriticalSequence, { id, episodeId: file.episodeId, kind: 'hospital_discharge', startsOn: '2026-10-13', ...more })
  return { ...file, id }
}

const momentsOf = async (personId: PersonId) => (await as(julie, sequencesOfPerson, { personId })).rows[0]?.moments ?? []

describe('the checklist of a discharge', () => {
  it('has its moments before, day 0, 48 hours, 7 and 30 days, each a task of the référent', async () => {
    const { personId } = await aDischarge()
    const moments = await momentsOf(personId)
    expect(moments.map(({ label, dueOn }) => [label.replaceAll('\u00a0', ' '), dueOn])).toEqual([
      ['Avant la sortie', '2026-10-12'],
      ['Jour de la sortie', '2026-10-13'],
      ['48 heures', '2026-10-15'],
      ['7 jours', '2026-10-20'],
      ['30 jours', '2026-11-12'],
    ])
    const { tasks } = await as(julie, fileSynthesis, { personId })
    expect(tasks.map(({ dueOn, assigneeId }) => [dueOn, assigneeId])).toEqual(moments.map(({ dueOn }) => [dueOn, julie.userId]))
  })

  it('keeps who ticked, when, and the remark; the last line of a moment finishes its task, an untick gives it back', async () => {
    const { personId, id } = await aDischarge()
    const [first] = await momentsOf(personId)
    const lines = first?.lines ?? []
    for (const line of lines)
      await as(karim, answerSequenceLine, { id: line.id, baseVersion: 1, state: 'done', remark: line === lines[0] ? 'Ambulance à 14 h' : null })
    const [answered] = await momentsOf(personId)
    expect(answered?.lines[0]).toMatchObject({
      state: 'done',
      remark: 'Ambulance à 14 h',
      answeredByName: 'Karim Belkacem',
      answeredAt: '2026-10-15T07:42:00+00:00',
    })
    const tasks = async () => (await as(julie, fileSynthesis, { personId })).tasks.length
    expect(await tasks()).toBe(4)
    await as(julie, answerSequenceLine, { id: lines[0]?.id as SequenceLineId, baseVersion: 2, state: 'open' })
    expect(await tasks()).toBe(5)
    expect(id).toBeTruthy()
  })

  it('is not ticked at one stroke: the task of a moment waits for its lines', async () => {
    const { personId } = await aDischarge()
    const task = (await as(julie, fileSynthesis, { personId })).tasks[0]
    await expect(as(julie, finishTask, { id: task?.id as TaskId })).rejects.toMatchObject({ code: 'episodes.moment_has_open_lines' })
  })

  it('shows both answers when two colleagues tick the same line at the same time', async () => {
    const { personId } = await aDischarge()
    const line = (await momentsOf(personId))[0]?.lines[0]
    await as(julie, answerSequenceLine, { id: line?.id as SequenceLineId, baseVersion: 1, state: 'done', remark: 'Vu' })
    await expect(
      as(karim, answerSequenceLine, { id: line?.id as SequenceLineId, baseVersion: 1, state: 'not_applicable', remark: null }),
    ).rejects.toMatchObject({
      code: 'stale_version',
    })
  })

  it('takes a line of its own, and a line becomes the task of a colleague', async () => {
    const { personId, id } = await aDischarge()
    await as(julie, addSequenceLine, { id: newId<SequenceLineId>(), sequenceId: id, moment: 'd0', label: 'Chat repris chez la voisine' })
    const line = (await momentsOf(personId))[1]?.lines.find(({ added }) => added)
    expect(line).toMatchObject({ label: 'Chat repris chez la voisine', state: 'open' })
    await as(julie, taskOfSequenceLine, { id: newId<TaskId>(), lineId: line?.id as SequenceLineId, assigneeId: karim.userId, dueOn: '2026-10-16' })
    expect((await as(karim, day, {})).tasks.map(({ title, dueOn }) => [title, dueOn])).toContainEqual(['Chat repris chez la voisine', '2026-10-16'])
    await expect(as(julie, addSequenceLine, { id: newId<SequenceLineId>(), sequenceId: id, moment: 'd99', label: 'X' })).rejects.toMatchObject({
      code: 'episodes.moment_unknown',
    })
  })

  it('moves with the day of the discharge, but for what is already answered', async () => {
    const { personId, id } = await aDischarge()
    const line = (await momentsOf(personId))[0]?.lines[0]
    await as(julie, answerSequenceLine, { id: line?.id as SequenceLineId, baseVersion: 1, state: 'done' })
    const { moved } = await as(julie, moveCriticalSequence, { id, startsOn: '2026-10-16' })
    expect(moved).toBe(20)
    const { tasks } = await as(julie, fileSynthesis, { personId })
    expect(tasks.map(({ dueOn }) => dueOn)).toEqual(['2026-10-15', '2026-10-16', '2026-10-18', '2026-10-23', '2026-11-15'])
  })
})

describe('reinforced accompaniment', () => {
  it('raises the level for the length of the sequence and gives it back with the balance; the history tells both', async () => {
    const { personId, episodeId, id } = await aDischarge({ reinforce: true, reason: 'Fracture du col, vit seule.' })
    expect((await as(julie, fileSynthesis, { personId })).episode?.level).toBe('intensive')
    await as(julie, endCriticalSequence, { id, balance: 'secured', worked: 'Appel à 48 h.', backToLevel: true })
    expect((await as(julie, fileSynthesis, { personId })).episode?.level).toBe('sustained')
    const { levels } = await as(julie, episodeHistory, { id: episodeId })
    expect(levels.map(({ level }) => level)).toEqual(['sustained', 'intensive', 'sustained'])
  })

  it('tells those who read the administrative volet alone that the level rose, never of what kind the crisis is', async () => {
    const desk = await anActor(db, { service: dac, givenName: 'Nadia', familyName: 'Ferry', functions: ['front_desk'] })
    const { personId, episodeId } = await aFile()
    const id = newId<CriticalSequenceId>()
    await as(julie, startCriticalSequence, { id, episodeId, kind: 'psychic_crisis', startsOn: '2026-10-13', reinforce: true })
    await as(julie, endCriticalSequence, { id, balance: 'secured', backToLevel: true })
    const { rows } = await call(gate, registryOf(personsHandlers), personTimeline, desk, { personId })
    const { levels } = await as(desk, episodeHistory, { id: episodeId })
    expect(rows.filter(({ kind }) => kind === 'episodes.level')).toHaveLength(2)
    expect(levels.map(({ reason }) => reason)).toContain('Accompagnement renforcé le temps d’une séquence critique.')
    expect(JSON.stringify([rows, levels])).not.toMatch(/psychique|psychic/i)
  })

  it('ends with a balance, cancels what was left and notes the rupture that it saw', async () => {
    const { personId, id } = await aDischarge()
    await expect(as(julie, endCriticalSequence, { id, balance: 'rupture' })).rejects.toMatchObject({ code: 'episodes.rupture_type_missing' })
    const { stepsCancelled } = await as(julie, endCriticalSequence, {
      id,
      balance: 'rupture',
      failed: 'Sortie un vendredi soir, sans ordonnance.',
      ruptureType: 'unprepared_exit',
    })
    expect(stepsCancelled).toBe(5)
    expect((await as(julie, sequencesOfPerson, { personId })).rows[0]).toMatchObject({
      state: 'ended',
      balance: 'rupture',
      rupture: 'unprepared_exit',
      endedByName: 'Julie Marchal',
    })
    await expect(as(karim, endCriticalSequence, { id, balance: 'secured' })).rejects.toMatchObject({ code: 'episodes.sequence_ended' })
  })
})

describe('a sequence proposed by an alert', () => {
  const raised = (personId: PersonId | null, event: string) => ({
    seq: 1,
    id: newId(),
    type: 'liaison.alert.raised',
    personId,
    volet: 'health',
    payload: { alertId: newId(), event } as Record<string, string | null>,
    actorId: null,
    at: '2026-10-15T06:00:00Z',
  })
  const react = (event: ReturnType<typeof raised>) => asSystem(db, 'an alert in a test', (tx) => proposeSequenceOnAlert.react(tx, event as never))

  it('waits for the référent, who opens it; the same alert read twice proposes once', async () => {
    const { personId } = await aFile()
    const event = raised(personId, 'hospital_discharge')
    await react(event)
    await react(event)
    const { rows } = await as(julie, sequencesOfPerson, { personId })
    expect(rows.map(({ kind, state }) => [kind, state])).toEqual([['hospital_discharge', 'waiting']])
    expect((await as(julie, fileSynthesis, { personId })).episode?.sequences).toEqual([])
    const id = rows[0]?.id as CriticalSequenceId
    expect(await as(julie, acceptCriticalSequence, { id, startsOn: '2026-10-17', reinforce: true })).toMatchObject({ steps: 5 })
    expect((await as(julie, fileSynthesis, { personId })).episode).toMatchObject({ level: 'intensive', sequences: [{ kind: 'hospital_discharge', steps: 5 }] })
    await expect(as(karim, declineCriticalSequence, { id, because: 'Trop tard' })).rejects.toMatchObject({ code: 'episodes.sequence_not_proposed' })
  })

  it('is declined with its reason, and is not proposed again by the same alert', async () => {
    const { personId } = await aFile()
    const event = raised(personId, 'care_refusal')
    await react(event)
    const id = (await as(julie, sequencesOfPerson, { personId })).rows[0]?.id as CriticalSequenceId
    await as(julie, declineCriticalSequence, { id, because: 'Refus d’un seul passage, revu hier.' })
    await react(event)
    expect((await as(julie, sequencesOfPerson, { personId })).rows.map(({ state, declinedBecause }) => [state, declinedBecause])).toEqual([
      ['declined', 'Refus d’un seul passage, revu hier.'],
    ])
  })

  it('is not proposed from an alert that the DAC keeps to itself: nothing of it becomes a line that the circle reads', async () => {
    const { personId } = await aFile()
    const event = raised(personId, 'hospital_discharge')
    await react({ ...event, personId: null, payload: { ...event.payload, personId } })
    expect((await as(julie, sequencesOfPerson, { personId })).rows).toEqual([])
  })

  it('says nothing for a fall, nor where a sequence of that kind already runs', async () => {
    const { personId } = await aFile()
    await react(raised(personId, 'fall'))
    const running = await aDischarge()
    await react(raised(running.personId, 'hospital_discharge'))
    expect((await as(julie, sequencesOfPerson, { personId })).rows).toEqual([])
    expect((await as(julie, sequencesOfPerson, { personId: running.personId })).rows).toHaveLength(1)
  })
})

describe('« Ma journée »', () => {
  it('shows the late lines of my files, and the proposals first', async () => {
    const nadia = await anActor(db, { service: dac, givenName: 'Nadia', familyName: 'Ferry' })
    const episodeId = newId<EpisodeId>()
    const personId = await aPerson(db, { dac: dac.id, episodeId })
    await anEpisode(db, { id: episodeId, personId, dac: dac.id, referentId: nadia.userId })
    await as(nadia, startCriticalSequence, { id: newId<CriticalSequenceId>(), episodeId, kind: 'hospital_discharge', startsOn: '2026-10-13' })
    const { rows } = await as(nadia, sequencesOfDay, {})
    expect(rows).toMatchObject([
      { kind: 'hospital_discharge', state: 'running', lateLines: 9, openLines: 21, next: { label: 'Avant la sortie', dueOn: '2026-10-12' } },
    ])
  })
})

describe('the list of a service', () => {
  it('is written by whoever leads the team, starts the next sequences, and never changes those that run', async () => {
    const running = await aDischarge()
    const moments = [
      { code: 'h72', label: '72 heures', afterDays: 3, lines: ['Appel du pharmacien'] },
      { code: 'd0', label: 'Jour J', afterDays: 0, lines: ['Arrivée', 'Repas du soir'] },
    ]
    await expect(as(julie, setChecklist, { kind: 'hospital_discharge', baseVersion: 0, moments })).rejects.toMatchObject({ kind: 'forbidden' })
    expect(await as(lead, setChecklist, { kind: 'hospital_discharge', baseVersion: 0, moments })).toMatchObject({ version: 1 })
    await expect(as(lead, setChecklist, { kind: 'hospital_discharge', baseVersion: 0, moments })).rejects.toMatchObject({ code: 'stale_version' })
    expect((await as(julie, checklists, {})).rows.find(({ kind }) => kind === 'hospital_discharge')).toMatchObject({
      version: 1,
      editedByName: 'Claire Vautrin',
    })
    await as(lead, setChecklist, { kind: 'hospital_discharge', baseVersion: 1, moments: [moments[1] as never, moments[0] as never] })
    const { history } = (await as(julie, checklists, {})).rows.find(({ kind }) => kind === 'hospital_discharge') as never as { history: { version: number }[] }
    expect(history.map(({ version }) => version)).toEqual([2, 1])
    const next = await aDischarge()
    expect((await momentsOf(next.personId)).map(({ label, lines }) => [label, lines.length])).toEqual([
      ['Jour J', 2],
      ['72 heures', 1],
    ])
    expect(await momentsOf(running.personId)).toHaveLength(5)
    // Back to the list of the region: those that run keep theirs, the versions stay and may be taken again.
    const kind = 'hospital_discharge'
    const ofRegion = [{ code: 'h48', label: '48 heures', afterDays: 2, lines: ['Appel'] }]
    await asSystem(db, 'the region publishes', (tx) =>
      sql`insert into episodes.practice_version (service_id, subject, version, content, edited_at, edited_by, edited_by_name)
        values (null, 'checklist:hospital_discharge', 1, ${JSON.stringify(ofRegion)}::jsonb, now(), ${lead.userId}, 'La région')`.execute(tx),
    )
    await expect(as(julie, returnToRegionalChecklist, { kind, baseVersion: 2 })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(as(lead, returnToRegionalChecklist, { kind, baseVersion: 1 })).rejects.toMatchObject({ code: 'stale_version' })
    const twice = await Promise.allSettled([
      as(lead, returnToRegionalChecklist, { kind, baseVersion: 2 }),
      as(lead, returnToRegionalChecklist, { kind, baseVersion: 2 }),
    ])
    expect(twice.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const read = async () => (await as(julie, checklists, {})).rows.find((one) => one.kind === kind)
    expect(await read()).toMatchObject({
      from: 'region',
      version: 3,
      moments: ofRegion,
      history: [{ version: 3, moments: null }, { version: 2 }, { version: 1 }],
    })
    await expect(as(lead, returnToRegionalChecklist, { kind, baseVersion: 3 })).rejects.toMatchObject({ code: 'episodes.list_of_region_already' })
    expect((await momentsOf((await aDischarge()).personId)).map(({ label }) => label)).toEqual(['48 heures'])
    expect(await momentsOf(next.personId)).toHaveLength(2)
    expect(await as(lead, setChecklist, { kind, baseVersion: 3, moments })).toMatchObject({ version: 4 })
    expect(await read()).toMatchObject({ from: 'service', version: 4 })
    await asSystem(db, 'the region as before', (tx) => sql`delete from episodes.practice_version where subject = 'checklist:hospital_discharge'`.execute(tx))
    await asSystem(db, 'the starter again', (tx) => sql`with gone as (delete from episodes.checklist_version) delete from episodes.checklist`.execute(tx))
  })
})
