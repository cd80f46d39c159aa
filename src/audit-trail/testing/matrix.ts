import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import { expectAll, type MatrixRow } from '../../platform/testing/matrix-model.ts'
import { decideRetention, notePrint } from '../contract/actions.ts'
import { traceDetail, traceEvents, traceLines, traceRetention, traceSubject, traceTitles } from '../contract/queries.ts'

const regionAndDirection = expectAll('forbidden', { director: 'ok', regionalAdmin: 'ok' })
const regionOnly = expectAll('forbidden', { regionalAdmin: 'ok' })

/** A line of a user of dacB, sealed: nobody of dacA reads it. */
const elsewhere: NonNullable<MatrixRow['arrange']> = async ({ dacB, personId }, tx) => {
  await sql`insert into audit.inbox (id, actor_id, actor_kind, actor_name, service_id, name, kind, outcome, person_ids, bases)
    values (${newId()}, ${newId()}, 'user', 'Rémi Weber', ${dacB}, 'persons.header', 'query', 'done', ${`{${personId}}`}::uuid[], '{none}')`.execute(tx)
  const { rows } = await sql<{ seq: number }>`select last_seq as seq from audit.seal(1000)`.execute(tx)
  return { seq: String(rows[0]?.seq) }
}

/** The traces are for the regional administration, and for a direction as far as her service goes; nobody who works on files reads them. */
export const auditTrailMatrix: readonly MatrixRow[] = [
  { contract: traceLines, input: () => ({}), expected: regionAndDirection },
  { contract: traceEvents, input: () => ({}), expected: regionAndDirection },
  { contract: traceTitles, input: () => ({}), expected: regionAndDirection },
  { contract: traceRetention, input: () => ({}), expected: regionAndDirection },
  {
    contract: traceDetail,
    arrange: elsewhere,
    input: (_world, { seq }) => ({ seq: Number(seq) }),
    expected: { ...regionAndDirection, director: 'not_found' },
  },
  { contract: traceSubject, input: () => ({ birthName: 'Perrin', givenName: 'Marcelle', birthDate: '1939-03-02' }), expected: regionOnly },
  {
    contract: decideRetention,
    input: () => ({ id: newId(), months: 12, justification: 'Détournement d’usage redouté, avec relecture mensuelle des accès.' }),
    expected: regionOnly,
  },
  {
    contract: notePrint,
    input: ({ personId }) => ({ page: 'Fil', personId }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'ok', circleDoctor: 'ok', circleSocial: 'ok' }),
  },
]
