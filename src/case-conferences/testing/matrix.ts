import { sql } from 'kysely'
import { aPlan } from '../../care-plans/testing/plans.ts'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import {
  addBlock,
  addCaseDecision,
  addCaseDocument,
  addQuestion,
  answerCaseDecision,
  answerInvitation,
  cancelConference,
  decisionToPlan,
  decisionToTask,
  editConference,
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
import { conferenceSheet, conferencesOfMine, conferencesOfPerson } from '../contract/queries.ts'

type Arranged = Readonly<Record<string, string>>

/** A meeting of the world's DAC: the doctor of the circle is invited; one question, one passage and one decision of the social volet, given to the doctor. */
const aMeeting =
  (state: 'planned' | 'held' | 'signed') =>
  async (world: MatrixWorld, tx: Tx): Promise<Arranged> => {
    const [id, participantId, blockId, decisionId] = [newId(), newId(), newId(), newId()]
    const doctor = String(world.actors.circleDoctor.professionalId)
    await sql`insert into case_conferences.conference (id, person_id, holder_org, kind, state, starts_at, minutes, animator_id, agreement, signed_at, created_at, created_by)
      values (${id}, ${world.personId}, ${world.dacA}, 'rcp', ${state}, ${world.clock}, 45, ${world.referentId}, 'agreed', ${state === 'signed' ? world.clock : null}, ${world.clock}, ${world.referentId})`.execute(
      tx,
    )
    await sql`insert into case_conferences.participant (id, conference_id, person_id, holder_org, party_id, name, state)
      values (${participantId}, ${id}, ${world.personId}, ${world.dacA}, ${doctor}, 'Dr Fritsch', ${state === 'planned' ? 'invited' : 'present'})`.execute(tx)
    await sql`insert into case_conferences.block (id, conference_id, person_id, holder_org, position, heading, volet)
      values (${blockId}, ${id}, ${world.personId}, ${world.dacA}, 1, 'Retour à domicile', 'social')`.execute(tx)
    await sql`insert into case_conferences.decision (id, conference_id, person_id, holder_org, position, words, actor_party_id, actor_name, volet, created_at, created_by)
      values (${decisionId}, ${id}, ${world.personId}, ${world.dacA}, 1, 'Demander un SSIAD', ${doctor}, 'Dr Fritsch', 'social', ${world.clock}, ${world.referentId})`.execute(
      tx,
    )
    return { id, participantId, blockId, decisionId }
  }
const planned = aMeeting('planned')
const held = aMeeting('held')
const withPlan = async (world: MatrixWorld, tx: Tx): Promise<Arranged> => ({
  ...(await aPlan(tx, {
    personId: world.personId,
    episodeId: world.episodeId,
    holderOrg: world.dacA,
    referentId: world.referentId,
    state: 'draft',
    clock: world.clock,
    actorPartyId: world.actors.circleDoctor.professionalId,
  })),
  ...(await held(world, tx)),
})

const convenes = expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden', circleDoctor: 'forbidden', circleSocial: 'forbidden' })
const invited = { ...convenes, circleDoctor: 'ok' as const }
/** A passage and a decision of the social volet do not exist for the desk. */
const invitedBeyondDesk = { ...invited, frontDesk: 'not_found' as const }
const around = expectAll('not_found', { referent: 'ok', frontDesk: 'ok', circleDoctor: 'ok', circleSocial: 'ok' })
const leadsBeyondDesk = { ...convenes, frontDesk: 'not_found' as const }
const at = '2026-12-01T13:30:00Z'

export const caseConferencesMatrix: readonly MatrixRow[] = [
  {
    contract: planConference,
    input: (world) => ({
      id: newId(),
      personId: world.personId,
      kind: 'rcp',
      startsAt: at,
      minutes: 45,
      participants: [{ id: newId(), name: 'Sylvie, sa fille' }],
      questions: [{ id: newId(), words: 'Retour à domicile possible ?', volet: 'administrative' }],
    }),
    expected: convenes,
  },
  { contract: editConference, arrange: planned, input: (_w, { id }) => ({ id, baseVersion: 1, changes: { place: 'Salle 2' } }), expected: convenes },
  { contract: cancelConference, arrange: planned, input: (_w, { id }) => ({ id, because: 'Hospitalisée' }), expected: convenes },
  { contract: inviteParticipant, arrange: planned, input: (_w, { id }) => ({ conferenceId: id, id: newId(), name: 'Mme Perrin' }), expected: convenes },
  { contract: answerInvitation, arrange: planned, input: (_w, a) => ({ id: a.participantId, state: 'accepted' }), expected: invited },
  { contract: markPresence, arrange: planned, input: (_w, a) => ({ id: a.participantId, state: 'present' }), expected: convenes },
  {
    contract: addQuestion,
    arrange: planned,
    input: (_w, { id }) => ({ conferenceId: id, id: newId(), words: 'Qui passe le soir ?', volet: 'social' }),
    expected: invited,
  },
  {
    contract: addCaseDocument,
    arrange: planned,
    input: (_w, { id }) => ({ conferenceId: id, id: newId(), label: 'Compte rendu du SSIAD', volet: 'social' }),
    expected: invited,
  },
  {
    contract: recordCaseAgreement,
    arrange: planned,
    input: (_w, { id }) => ({ id, agreement: 'agreed', on: '2026-10-15', mode: 'phone' }),
    expected: convenes,
  },
  { contract: takeBlock, arrange: held, input: (_w, a) => ({ id: a.blockId }), expected: invitedBeyondDesk },
  { contract: writeBlock, arrange: held, input: (_w, a) => ({ id: a.blockId, baseVersion: 1, body: 'Accord de tous.' }), expected: invitedBeyondDesk },
  { contract: addBlock, arrange: held, input: (_w, { id }) => ({ id: newId(), conferenceId: id, heading: 'Divers', volet: 'social' }), expected: invited },
  {
    contract: addCaseDecision,
    arrange: held,
    input: (_w, { id }) => ({ id: newId(), conferenceId: id, words: 'Portage des repas', volet: 'social', actorName: 'CCAS' }),
    expected: convenes,
  },
  {
    contract: answerCaseDecision,
    arrange: held,
    input: (_w, a) => ({ id: a.decisionId, baseVersion: 1, answer: 'accepted', mode: 'present' }),
    expected: invitedBeyondDesk,
  },
  { contract: handDecisionTo, arrange: held, input: (_w, a) => ({ id: a.decisionId, baseVersion: 1, actorName: 'SSIAD' }), expected: leadsBeyondDesk },
  { contract: removeCaseDecision, arrange: held, input: (_w, a) => ({ id: a.decisionId }), expected: leadsBeyondDesk },
  {
    contract: decisionToPlan,
    arrange: withPlan,
    input: (_w, a) => ({ id: a.decisionId, objectiveId: a.objectiveId, actionId: newId() }),
    expected: leadsBeyondDesk,
  },
  { contract: decisionToTask, arrange: held, input: (_w, a) => ({ id: a.decisionId }), expected: leadsBeyondDesk },
  { contract: writeToActor, arrange: held, input: (_w, a) => ({ id: a.decisionId }), expected: leadsBeyondDesk },
  { contract: signMinutes, arrange: held, input: (_w, { id }) => ({ id, baseVersion: 1 }), expected: convenes },
  {
    contract: sendMinutes,
    arrange: aMeeting('signed'),
    input: (_w, { id }) => ({ id, recipients: [{ name: 'Mme Perrin', means: 'handed', volets: ['administrative'] }] }),
    expected: convenes,
  },
  { contract: conferencesOfPerson, input: (world) => ({ personId: world.personId }), expected: around },
  { contract: conferenceSheet, arrange: planned, input: (_w, { id }) => ({ id }), expected: around },
  { contract: conferencesOfMine, input: () => ({}), expected: expectAll('ok') },
]
