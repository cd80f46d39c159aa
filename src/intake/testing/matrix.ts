import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import {
  assignRequest,
  checkSubsidiarity,
  closeRequest,
  editRequest,
  followReorientation,
  linkPerson,
  mergeRequests,
  readAnswer,
  receiveRequest,
  recordAnswer,
  recordFeedback,
  recordReorientation,
  relaySocialQuestion,
  removeAnswer,
  reopenRequest,
  separateRequests,
  submitRequest,
  takeRequest,
  transferRequest,
  unlinkPerson,
} from '../contract/actions.ts'
import { handleMessage, recordContact } from '../contract/contacts.ts'
import {
  filedRequest,
  filedRequests,
  messagesForMe,
  personContacts,
  queueCounts,
  reorientationsToFollow,
  request,
  requestQueue,
  similarRequests,
  triageList,
} from '../contract/queries.ts'
import { decideTriage, enlistForTriage, withdrawFromTriage } from '../contract/triage.ts'

type Arranged = Readonly<Record<string, string>>

/** The desk of the DAC that handles the request; to all others it does not exist, the circle of its person included. */
const ofTheDesk = expectAll('not_found', { referent: 'ok', frontDesk: 'ok' })
/** Those who accompany in that DAC; the desk alone sees the request and is told why it may not. */
const ofTheCommission = expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden' })
/** Whoever works at a desk, on what is her own service's. */
const anyDesk = expectAll('forbidden', { referent: 'ok', frontDesk: 'ok', otherReferent: 'ok' })
/** The médecin traitant filed it: she follows it, the desk has its own view of it. */
const hers = expectAll('not_found', { circleDoctor: 'ok', referent: 'forbidden', frontDesk: 'forbidden' })
const fromOutside = expectAll('forbidden', { circleDoctor: 'ok', circleSocial: 'ok', outsider: 'ok' })

interface Planted {
  readonly status?: 'to_qualify' | 'triage' | 'closed'
  readonly requester?: string | null
  readonly withPerson?: boolean
}

/** A request of the first DAC, in the state that the row needs. */
async function plant(world: MatrixWorld, tx: Tx, { status = 'to_qualify', requester = null, withPerson = false }: Planted = {}): Promise<{ id: string }> {
  const id = newId()
  await sql`insert into intake.sollicitation (id, received_at, recorded_by, channel, requester_kind, requester_user_id, concerns, person_id, person_name, urgency, status, closed_at,
      triage_since, cno_level, holder_org)
    values (${id}, ${world.clock}, ${world.referentId}, 'phone', 'relative', ${requester}, 'person', ${withPerson ? world.personId : null}, 'Odile Perrin', 'within_72h', ${status},
      ${status === 'closed' ? world.clock : null}, ${status === 'triage' ? world.clock : null}, 2, ${world.dacA})`.execute(tx)
  return { id }
}

const received = (world: MatrixWorld, tx: Tx) => plant(world, tx)
const inTriage = (world: MatrixWorld, tx: Tx) => plant(world, tx, { status: 'triage' })
const filedByDoctor = (world: MatrixWorld, tx: Tx) => plant(world, tx, { requester: world.actors.circleDoctor.userId })

async function answered(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  const { id } = await plant(world, tx)
  await sql`insert into intake.answer (id, sollicitation_id, code, principal, given_at, given_by, given_by_name)
    values (${newId()}, ${id}, 'B1', true, ${world.clock}, ${world.referentId}, 'Julie Marchal')`.execute(tx)
  return { id }
}

async function reoriented(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  const { id } = await plant(world, tx)
  const reorientationId = newId()
  await sql`insert into intake.reorientation (id, sollicitation_id, target, partner_name, sent_at, sent_by, holder_org)
    values (${reorientationId}, ${id}, 'clic', 'CLIC', ${world.clock}, ${world.referentId}, ${world.dacA})`.execute(tx)
  return { id: reorientationId }
}

async function pair(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  return { id: (await plant(world, tx)).id, keptId: (await plant(world, tx)).id }
}

async function merged(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  const both = await pair(world, tx)
  await sql`update intake.sollicitation set merged_into = ${both.keptId} where id = ${both.id}`.execute(tx)
  return both
}

/** A person linked by the request that also lets the DAC see her. */
async function linked(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  return plant(world, tx, { withPerson: true })
}

async function messageLeft(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  const id = newId()
  await sql`insert into intake.contact (id, first_key, at, channel, for_user_id, recorded_by, recorded_by_name, holder_org)
    values (${id}, 'message', ${world.clock}, 'phone', ${world.referentId}, ${world.colleagueId}, 'Nadia Ferry', ${world.dacA})`.execute(tx)
  return { id }
}

const captured = {
  concerned: { kind: 'told', name: 'Gérard Thiriet' },
  text: 'Sort lundi de l’hôpital.',
  urgency: 'within_72h',
  requesterKind: 'gp_treating',
} as const
const partner = { target: 'clic', partnerName: 'CLIC', followUpOn: null } as const
const byId = (_world: MatrixWorld, { id }: Arranged) => ({ id })
const byParent = (_world: MatrixWorld, { id }: Arranged) => ({ id: newId(), sollicitationId: id })

/** The verdict of each action and query of the desk, for each relation to the person and to the request. */
export const intakeMatrix: readonly MatrixRow[] = [
  { contract: receiveRequest, input: () => ({ ...captured, id: newId(), channel: 'phone' }), expected: anyDesk },
  { contract: submitRequest, input: (world) => ({ ...captured, id: newId(), communeCode: world.communeA }), expected: fromOutside },
  { contract: editRequest, arrange: received, input: (_world, { id }) => ({ id, baseVersion: 1, changes: { text: 'Sort mardi.' } }), expected: ofTheDesk },
  { contract: takeRequest, arrange: received, input: byId, expected: ofTheDesk },
  { contract: assignRequest, arrange: received, input: (world, { id }) => ({ id, userId: world.referentId }), expected: ofTheDesk },
  { contract: linkPerson, arrange: received, input: (world, { id }) => ({ id, person: { kind: 'known', personId: world.personId } }), expected: ofTheDesk },
  { contract: unlinkPerson, arrange: linked, input: byId, expected: ofTheDesk },
  { contract: recordAnswer, arrange: received, input: (world, arranged) => ({ ...byParent(world, arranged), answer: { code: 'B1' } }), expected: ofTheDesk },
  { contract: removeAnswer, arrange: answered, input: (_world, { id }) => ({ sollicitationId: id, code: 'B1' }), expected: ofTheDesk },
  {
    contract: checkSubsidiarity,
    arrange: received,
    input: (_world, { id }) => ({ sollicitationId: id, findings: [{ check: 'gp_involved', finding: 'yes' }] }),
    expected: ofTheDesk,
  },
  {
    contract: relaySocialQuestion,
    arrange: received,
    input: (world, arranged) => ({ ...byParent(world, arranged), ...partner, outcome: 'relayed' }),
    expected: ofTheDesk,
  },
  { contract: recordReorientation, arrange: received, input: (world, arranged) => ({ ...byParent(world, arranged), ...partner }), expected: ofTheDesk },
  { contract: followReorientation, arrange: reoriented, input: (_world, { id }) => ({ id, outcome: 'accepted' }), expected: ofTheDesk },
  {
    contract: recordFeedback,
    arrange: received,
    input: (world, arranged) => ({ ...byParent(world, arranged), addressedTo: 'requester', recipientName: 'Mme Thiriet', channel: 'phone', text: 'Rappelée.' }),
    expected: ofTheDesk,
  },
  { contract: closeRequest, arrange: answered, input: byId, expected: ofTheDesk },
  {
    contract: reopenRequest,
    arrange: (world, tx) => plant(world, tx, { status: 'closed' }),
    input: (_world, { id }) => ({ id, reason: 'Nouvel appel' }),
    expected: ofTheDesk,
  },
  { contract: mergeRequests, arrange: pair, input: (_world, { id, keptId }) => ({ id, keptId }), expected: ofTheDesk },
  { contract: separateRequests, arrange: merged, input: byId, expected: ofTheDesk },
  { contract: transferRequest, arrange: received, input: (world, { id }) => ({ id, dacId: world.dacB, reason: 'Habite ailleurs' }), expected: ofTheDesk },
  { contract: enlistForTriage, arrange: received, input: byId, expected: ofTheDesk },
  { contract: withdrawFromTriage, arrange: inTriage, input: byId, expected: ofTheDesk },
  {
    contract: decideTriage,
    arrange: inTriage,
    input: (world, arranged) => ({ ...byParent(world, arranged), decision: 'ask_more' }),
    expected: ofTheCommission,
  },
  {
    contract: recordContact,
    input: (world) => ({ id: newId(), firstKey: 'follow_up', channel: 'phone', personId: world.personId, text: 'A rappelé.' }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'ok', circleDoctor: 'forbidden', circleSocial: 'forbidden' }),
  },
  { contract: handleMessage, arrange: messageLeft, input: byId, expected: ofTheDesk },
  { contract: readAnswer, arrange: filedByDoctor, input: byId, expected: hers },
  { contract: requestQueue, input: () => ({}), expected: anyDesk },
  { contract: queueCounts, input: () => ({}), expected: anyDesk },
  { contract: request, arrange: received, input: byId, expected: ofTheDesk },
  { contract: similarRequests, input: () => ({ name: 'Thiriet' }), expected: anyDesk },
  { contract: triageList, input: () => ({}), expected: expectAll('forbidden', { referent: 'ok', otherReferent: 'ok' }) },
  { contract: reorientationsToFollow, input: () => ({}), expected: anyDesk },
  { contract: filedRequests, input: () => ({}), expected: fromOutside },
  { contract: filedRequest, arrange: filedByDoctor, input: byId, expected: hers },
  {
    contract: personContacts,
    input: (world) => ({ personId: world.personId }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'ok', circleDoctor: 'forbidden', circleSocial: 'forbidden' }),
  },
  { contract: messagesForMe, input: () => ({}), expected: anyDesk },
]
