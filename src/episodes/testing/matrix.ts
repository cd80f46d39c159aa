import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import { changeBinome, changeLevel, changeReferent, closeEpisode, putToSleep, reopenEpisode, setProblems, wakeUp } from '../contract/actions.ts'
import { activitiesOfPerson, correctActivity, recordActivity } from '../contract/activities.ts'
import { answerHandover, handoversForMe, loadBoard, proposeHandover, withdrawHandover } from '../contract/load-board.ts'
import { practices, publishPractice, relaunchPreview, starterRelaunch } from '../contract/practices.ts'
import { caseload, day, episodeHistory, fileSynthesis, followers, taskSheet, teamLoad } from '../contract/queries.ts'
import { reassignCaseload } from '../contract/reassignment.ts'
import { noteRupture } from '../contract/ruptures.ts'
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
import { addTask, cancelTask, editTask, finishTask, resumeTask, writeToTaskActor } from '../contract/tasks.ts'

/** The DAC acts, its front desk and the circle see that the file exists, the others do not know it. */
const inCharge = expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden', circleDoctor: 'forbidden', circleSocial: 'forbidden' })
/** Whoever has sight of the person reads, each her volets. */
const whoSees = expectAll('not_found', { referent: 'ok', frontDesk: 'ok', circleDoctor: 'ok', circleSocial: 'ok' })
/** Tasks are private to the DAC. */
const ofTheService = expectAll('not_found', { referent: 'ok', frontDesk: 'ok' })
const dacStaff = expectAll('forbidden', { referent: 'ok', frontDesk: 'ok', otherReferent: 'ok' })

/** The version is read when the row is played, so that the world may have been edited before. */
async function currentVersion(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const { rows } = await sql<{ version: number }>`select version from episodes.episode where id = ${world.episodeId}`.execute(tx)
  return { version: String(rows[0]?.version ?? 1) }
}

const asleep = async (world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> => {
  await sql`update episodes.episode set state = 'dormant', wake_up_on = '2099-01-01', dormancy_reason = 'stable' where id = ${world.episodeId}`.execute(tx)
  return currentVersion(world, tx)
}

const closed = async (world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> => {
  await sql`update episodes.episode set state = 'closed', closed_on = opened_on, closure_reason = 'stabilised' where id = ${world.episodeId}`.execute(tx)
  await sql`update episodes.level_period set ends_on = starts_on where episode_id = ${world.episodeId} and ends_on is null`.execute(tx)
  await sql`update episodes.assignment set ends_on = starts_on where episode_id = ${world.episodeId} and ends_on is null`.execute(tx)
  return currentVersion(world, tx)
}

/** The DAC has its own list of one kind. */
async function ownList(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  await sql`insert into episodes.checklist (service_id, kind, version, moments, edited_at, edited_by) values (${world.dacA}, 'aggravation', 1, '[]', ${world.clock}, ${world.referentId})
    on conflict (service_id, kind) do update set version = 1, moments = '[]'`.execute(tx)
  return {}
}

async function aTaskOfTheWorld(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const id = newId()
  await sql`insert into episodes.task (id, person_id, episode_id, holder_org, kind, title, assignee_id, created_at)
    values (${id}, ${world.personId}, ${world.episodeId}, ${world.dacA}, 'call_person', 'Rappeler', ${world.referentId}, ${world.clock})`.execute(tx)
  return { id }
}

async function aTaskOutside(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const task = await aTaskOfTheWorld(world, tx)
  await sql`update episodes.task set outside_name = 'SSIAD de la vallée' where id = ${task.id}`.execute(tx)
  return task
}

async function aSequence(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const id = newId()
  await sql`insert into episodes.critical_sequence (id, episode_id, person_id, holder_org, kind, starts_on) values (${id}, ${world.episodeId}, ${world.personId}, ${world.dacA}, 'aggravation', '2026-10-01')`.execute(
    tx,
  )
  return { id }
}

/** A sequence with one line, and a proposal of another kind. */
async function aSequenceWithLine(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const { id } = await aSequence(world, tx)
  const [lineId, proposal] = [newId(), newId()]
  await sql`insert into episodes.sequence_line (id, sequence_id, person_id, holder_org, moment, moment_label, position, label, due_on)
    values (${lineId}, ${id}, ${world.personId}, ${world.dacA}, 'd0', 'Le jour même', 0, 'Médecin joint', '2026-10-01')`.execute(tx)
  await sql`insert into episodes.critical_sequence (id, episode_id, person_id, holder_org, kind, starts_on, proposal)
    values (${proposal}, ${world.episodeId}, ${world.personId}, ${world.dacA}, 'care_refusal', '2026-10-01', 'waiting')`.execute(tx)
  return { id: String(id), lineId, proposal }
}
/** Sequences are of the health volet: who does not see it does not know that they exist. */
const ofTheSequence = expectAll('not_found', { referent: 'ok', circleDoctor: 'forbidden' })

/** To `toUserId`, of a file whose référent is another colleague. */
async function aProposal(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const id = newId()
  await sql`insert into episodes.handover_proposal (id, person_id, episode_id, from_user_id, to_user_id, reason, proposed_at, proposed_by, proposed_by_name, holder_org)
    values (${id}, ${world.personId}, ${world.episodeId}, ${world.colleagueId}, ${world.referentId}, 'load', ${world.clock}, ${world.referentId}, 'Julie Marchal', ${world.dacA})`.execute(
    tx,
  )
  return { id }
}
/** Private to the service that accompanies: the circle does not know that it is thought of. */
const ofTheDac = expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden' })

const edit = (world: MatrixWorld, arranged: Readonly<Record<string, string>>) => ({ id: world.episodeId, baseVersion: Number(arranged.version) })

export const episodesMatrix: readonly MatrixRow[] = [
  { contract: changeLevel, arrange: currentVersion, input: (world, a) => ({ ...edit(world, a), level: 'intensive' }), expected: inCharge },
  {
    contract: changeReferent,
    arrange: currentVersion,
    input: (world, a) => ({ ...edit(world, a), referentId: world.colleagueId, reason: 'load' }),
    expected: inCharge,
  },
  { contract: changeBinome, arrange: currentVersion, input: (world, a) => ({ ...edit(world, a), binomeId: world.colleagueId }), expected: inCharge },
  {
    contract: setProblems,
    arrange: currentVersion,
    input: (world, a) => ({ ...edit(world, a), population: { principal: 'geriatrics', others: [] } }),
    expected: inCharge,
  },
  { contract: putToSleep, arrange: currentVersion, input: (world, a) => ({ ...edit(world, a), wakeUpOn: '2099-01-01', reason: 'stable' }), expected: inCharge },
  { contract: wakeUp, arrange: asleep, input: edit, expected: inCharge },
  {
    contract: closeEpisode,
    arrange: currentVersion,
    input: (world, a) => ({ ...edit(world, a), reason: 'stabilised', balance: 'better' }),
    expected: inCharge,
  },
  {
    contract: reopenEpisode,
    arrange: closed,
    input: (world, a) => ({ ...edit(world, a), reason: 'relapse', level: 'sustained', referentId: world.referentId, grounds: ['no_coordinator'] }),
    expected: inCharge,
  },
  // Nobody in the matrix leads a team: the rule says so to all, before it looks at any file.
  {
    contract: reassignCaseload,
    input: (world) => ({ fromUserId: world.referentId, toUserId: world.colleagueId, reason: 'departure' }),
    expected: expectAll('forbidden'),
  },
  {
    contract: addTask,
    input: (world) => ({ id: newId(), personId: world.personId, kind: 'call_person', title: 'Rappeler' }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'ok', circleDoctor: 'forbidden', circleSocial: 'forbidden' }),
  },
  {
    contract: editTask,
    arrange: aTaskOfTheWorld,
    input: (_world, { id }) => ({ id, baseVersion: 1, changes: { title: 'Rappeler le fils' } }),
    expected: ofTheService,
  },
  { contract: finishTask, arrange: aTaskOfTheWorld, input: (_world, { id }) => ({ id, outcome: 'Fait' }), expected: ofTheService },
  { contract: cancelTask, arrange: aTaskOfTheWorld, input: (_world, { id }) => ({ id, because: 'Sans objet' }), expected: ofTheService },
  { contract: resumeTask, arrange: aTaskOfTheWorld, input: (_world, { id }) => ({ id }), expected: ofTheService },
  { contract: recordActivity, input: (world) => ({ id: newId(), personId: world.personId, kind: 'call' }), expected: inCharge },
  {
    contract: proposeHandover,
    input: (world) => ({ id: newId(), episodeId: world.episodeId, toUserId: world.colleagueId, reason: 'load' }),
    expected: inCharge,
  },
  { contract: answerHandover, arrange: aProposal, input: (_world, { id }) => ({ id, accept: false }), expected: ofTheDac },
  { contract: withdrawHandover, arrange: aProposal, input: (_world, { id }) => ({ id }), expected: ofTheDac },
  { contract: loadBoard, input: () => ({}), expected: expectAll('forbidden', {}) },
  { contract: handoversForMe, input: () => ({}), expected: expectAll('forbidden', { referent: 'ok', otherReferent: 'ok' }) },
  {
    contract: correctActivity,
    arrange: async (world, tx) => {
      const id = newId()
      await sql`insert into episodes.activity (id, person_id, holder_org, kind, at, cno_level, done_by, volet)
        values (${id}, ${world.personId}, ${world.dacA}, 'call', ${world.clock}, 2, ${world.referentId}, 'administrative')`.execute(tx)
      return { id }
    },
    input: (_world, { id }) => ({ id, baseVersion: 1, changes: { minutes: 40 } }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden', circleDoctor: 'forbidden', circleSocial: 'forbidden' }),
  },
  {
    contract: activitiesOfPerson,
    input: (world) => ({ personId: world.personId }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden', circleDoctor: 'forbidden', circleSocial: 'forbidden' }),
  },
  {
    contract: startCriticalSequence,
    input: (world) => ({ id: newId(), episodeId: world.episodeId, kind: 'aggravation', startsOn: '2026-10-01' }),
    expected: inCharge,
  },
  {
    contract: endCriticalSequence,
    arrange: aSequence,
    input: (_world, { id }) => ({ id, balance: 'secured' }),
    expected: ofTheSequence,
  },
  {
    contract: acceptCriticalSequence,
    arrange: aSequenceWithLine,
    input: (_world, { proposal }) => ({ id: proposal, startsOn: '2026-10-02' }),
    expected: ofTheSequence,
  },
  {
    contract: declineCriticalSequence,
    arrange: aSequenceWithLine,
    input: (_world, { proposal }) => ({ id: proposal, because: 'Déjà suivi par la HAD' }),
    expected: ofTheSequence,
  },
  { contract: moveCriticalSequence, arrange: aSequenceWithLine, input: (_world, { id }) => ({ id, startsOn: '2026-10-04' }), expected: ofTheSequence },
  {
    contract: answerSequenceLine,
    arrange: aSequenceWithLine,
    input: (_world, { lineId }) => ({ id: lineId, baseVersion: 1, state: 'done' }),
    expected: ofTheSequence,
  },
  {
    contract: addSequenceLine,
    arrange: aSequenceWithLine,
    input: (_world, { id }) => ({ id: newId(), sequenceId: id, moment: 'd0', label: 'Chat gardé par la voisine' }),
    expected: ofTheSequence,
  },
  { contract: taskOfSequenceLine, arrange: aSequenceWithLine, input: (_world, { lineId }) => ({ id: newId(), lineId }), expected: ofTheSequence },
  {
    contract: returnToRegionalChecklist,
    arrange: ownList,
    input: () => ({ kind: 'aggravation', baseVersion: 1 }),
    expected: expectAll('forbidden', { director: 'ok' }),
  },
  {
    contract: setChecklist,
    input: () => ({ kind: 'aggravation', baseVersion: 0, moments: [{ code: 'd0', label: 'Le jour même', afterDays: 0, lines: ['Médecin joint'] }] }),
    expected: expectAll('forbidden', { director: 'ok' }),
  },
  {
    contract: noteRupture,
    input: (world) => ({ personId: world.personId, type: 'saturated', source: 'care_team.provider_search', sourceId: newId() }),
    expected: inCharge,
  },
  {
    contract: writeToTaskActor,
    arrange: aTaskOutside,
    input: (_world, { id }) => ({ id }),
    expected: ofTheService,
  },
  { contract: taskSheet, arrange: aTaskOfTheWorld, input: (_world, { id }) => ({ id }), expected: ofTheService },
  {
    contract: publishPractice,
    input: () => ({ baseVersion: 0, practice: { subject: 'relaunch', content: starterRelaunch } }),
    expected: expectAll('forbidden', { director: 'ok' }),
  },
  { contract: practices, input: () => ({}), expected: { ...dacStaff, director: 'ok', regionalAdmin: 'ok' } },
  { contract: relaunchPreview, input: () => ({ content: starterRelaunch }), expected: expectAll('forbidden', { director: 'ok' }) },
  { contract: checklists, input: () => ({}), expected: { ...dacStaff, regionalAdmin: 'ok' } },
  { contract: sequencesOfPerson, input: (world) => ({ personId: world.personId }), expected: whoSees },
  { contract: sequencesOfDay, input: () => ({}), expected: dacStaff },
  { contract: caseload, input: () => ({}), expected: dacStaff },
  { contract: day, input: () => ({}), expected: dacStaff },
  { contract: fileSynthesis, input: (world) => ({ personId: world.personId }), expected: whoSees },
  { contract: episodeHistory, input: (world) => ({ id: world.episodeId }), expected: whoSees },
  { contract: followers, input: () => ({}), expected: dacStaff },
  { contract: teamLoad, input: () => ({}), expected: expectAll('forbidden', { director: 'ok' }) },
]
