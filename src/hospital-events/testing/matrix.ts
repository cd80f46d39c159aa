import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import { receiveMessage } from '../contract/receive.ts'
import { addSender, decideKeeping, endSender, hospitalSenders, setCertificates, setNotificationKey, vouchForSender } from '../contract/senders.ts'
import { confirmCandidate, hospitalVisits, reopenVisit, setVisitAside } from '../contract/visits.ts'

const identity = {
  birthName: 'KEMPF',
  usedName: null,
  givenNames: ['ODILE'],
  birthDate: '1941-03-12',
  sex: 'F',
  birthPlaceCode: null,
  phones: [],
  ins: null,
  reliability: 'PROV',
} as const
const course = { state: 'in_hospital', kind: 'inpatient', admittedAt: null, dischargedAt: null, expectedOn: null, deceased: false, historic: false }

async function aSender(world: MatrixWorld, tx: Tx): Promise<{ readonly senderId: string }> {
  const senderId = newId()
  await sql`insert into hospital_events.sender (id, name, facility, created_at) values (${senderId}, 'Centre hospitalier', ${`CH ${senderId}`}, ${world.clock})`.execute(
    tx,
  )
  return { senderId }
}

/** A stay that may be of the person of the matrix, for dacA. */
async function aVisit(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const { senderId } = await aSender(world, tx)
  const [visitId, candidateId] = [newId(), newId()]
  await sql`insert into hospital_events.visit (id, sender_id, number, traits, traits_at, course, state, first_at, last_at)
    values (${visitId}, ${senderId}, 'S1', ${JSON.stringify(identity)}::jsonb, ${world.clock}, ${JSON.stringify(course)}::jsonb, 'undecided', ${world.clock}, ${world.clock})`.execute(
    tx,
  )
  await sql`insert into hospital_events.candidate (id, visit_id, person_id, score, reasons, found_at, holder_org)
    values (${candidateId}, ${visitId}, ${world.personId}, 91, '{même nom}', ${world.clock}, ${world.dacA})`.execute(tx)
  return { senderId, visitId, candidateId }
}

const adminOnly = expectAll('forbidden', { regionalAdmin: 'ok' })
/** Those who accompany her in her DAC; for the others it is not there. */
const deciding = expectAll('not_found', { referent: 'ok' })

export const hospitalEventsMatrix: readonly MatrixRow[] = [
  {
    contract: receiveMessage,
    arrange: aSender,
    input: (world) => ({
      controlId: 'M1',
      digest: 'a'.repeat(64),
      visitNumber: 'S2',
      identity,
      told: {
        act: 'admit',
        movement: null,
        sentAt: world.clock.toISOString(),
        occurredAt: null,
        kind: 'inpatient',
        admittedAt: null,
        dischargedAt: null,
        expectedOn: null,
        deceased: false,
        historic: false,
        state: null,
      },
    }),
    expected: expectAll('forbidden'),
  },
  { contract: hospitalVisits, arrange: aVisit, input: () => ({}), expected: expectAll('forbidden', { referent: 'ok', otherReferent: 'ok' }) },
  { contract: confirmCandidate, arrange: aVisit, input: (_world, { candidateId }) => ({ id: candidateId }), expected: deciding },
  { contract: setVisitAside, arrange: aVisit, input: (_world, { visitId }) => ({ id: visitId }), expected: deciding },
  { contract: reopenVisit, arrange: aVisit, input: (_world, { visitId }) => ({ id: visitId }), expected: deciding },
  { contract: hospitalSenders, arrange: aSender, input: () => ({}), expected: adminOnly },
  { contract: addSender, input: () => ({ id: newId(), name: 'Centre hospitalier', facility: `CH ${newId()}` }), expected: adminOnly },
  {
    contract: vouchForSender,
    arrange: aSender,
    input: (_world, { senderId }) => ({ id: senderId, vouched: true, because: 'Convention signée, identitovigilance auditée.' }),
    expected: adminOnly,
  },
  { contract: setCertificates, arrange: aSender, input: (_world, { senderId }) => ({ id: senderId, fingerprints: ['ab'.repeat(32)] }), expected: adminOnly },
  { contract: endSender, arrange: aSender, input: (_world, { senderId }) => ({ id: senderId }), expected: adminOnly },
  { contract: setNotificationKey, arrange: aSender, input: (_world, { senderId }) => ({ id: senderId, key: 'ab'.repeat(32) }), expected: adminOnly },
  { contract: decideKeeping, input: () => ({ unknownHours: 24, undecidedDays: 10 }), expected: adminOnly },
]
