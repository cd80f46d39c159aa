import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import {
  addReader,
  closeReport,
  openReport,
  recordConcerned,
  recordFact,
  recordNotice,
  recordSending,
  recordStep,
  removeReader,
  reopenReport,
} from '../contract/actions.ts'
import { report, reportAccesses, reports } from '../contract/queries.ts'

/** Its author and the direction of her service; for everyone else it does not exist. */
const readers = expectAll('not_found', { referent: 'ok', director: 'ok' })

/** A report written by the référent; its readers come with it. */
async function aReport(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const id = newId()
  const person = { personId: world.personId, birthName: 'KEMPF', usedName: 'PERRIN', firstName: 'ODILE', usedFirstName: null, sex: 'F' }
  const more = { birthDay: '1941-03-12', birthDayApproximate: false, commune: null, deathDay: null, identityStatus: 'PROV' }
  await sql`insert into safeguarding.report (id, person_id, person, endangered, kinds, danger_level, danger, opened_at, author_id, author_name, holder_org)
    values (${id}, ${world.personId}, ${JSON.stringify({ ...person, ...more })}::jsonb, 'person', '{neglect}', 'risk', 'Seule, sans repas.', ${world.clock}, ${world.referentId}, 'Julie Marchal',
      ${world.dacA})`.execute(tx)
  return { id }
}

async function aClosedReport(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const { id = '' } = await aReport(world, tx)
  await sql`update safeguarding.report set state = 'closed', closed_at = ${world.clock}, closed_by_name = 'Julie Marchal', outcome = 'supported' where id = ${id}`.execute(
    tx,
  )
  return { id }
}

async function aNamedReader(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const { id = '' } = await aReport(world, tx)
  const readerId = newId()
  await sql`insert into safeguarding.reader (id, report_id, person_id, user_id, user_name, ground, reason, added_at, holder_org)
    values (${readerId}, ${id}, ${world.personId}, ${world.colleagueId}, 'Karim Belkacem', 'named', 'Remplace Julie.', ${world.clock}, ${world.dacA})`.execute(
    tx,
  )
  return { id, readerId }
}

const day = (world: MatrixWorld): string => world.clock.toISOString().slice(0, 10)

export const safeguardingMatrix: readonly MatrixRow[] = [
  {
    contract: openReport,
    input: (world) => ({
      id: newId(),
      personId: world.personId,
      endangered: 'person',
      facts: [{ observedBy: 'Julie Marchal', observedOn: day(world), words: 'Réfrigérateur vide, porte fermée à clé de l’extérieur.' }],
      kinds: ['neglect'],
      dangerLevel: 'established',
      danger: 'Elle est enfermée la journée.',
      notices: [{ whom: 'person', told: false, words: 'Sa fille est toujours présente.' }],
    }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden', circleDoctor: 'forbidden', circleSocial: 'forbidden' }),
  },
  {
    contract: recordFact,
    arrange: aReport,
    input: (world, { id }) => ({ id: newId(), reportId: id, observedBy: 'Julie Marchal', observedOn: day(world), words: 'Un bleu au bras.' }),
    expected: readers,
  },
  {
    contract: recordConcerned,
    arrange: aReport,
    input: (_world, { id }) => ({ id: newId(), reportId: id, role: 'witness', name: 'La voisine du dessous' }),
    expected: readers,
  },
  {
    contract: recordNotice,
    arrange: aReport,
    input: (world, { id }) => ({ id: newId(), reportId: id, whom: 'hierarchy', told: true, on: day(world) }),
    expected: readers,
  },
  {
    contract: recordSending,
    arrange: aReport,
    input: (world, { id }) => ({ id: newId(), reportId: id, authority: 'prosecutor', on: day(world), means: 'secure_mail' }),
    expected: readers,
  },
  {
    contract: recordStep,
    arrange: aReport,
    input: (world, { id }) => ({ id: newId(), reportId: id, kind: 'acknowledged', on: day(world), words: 'Reçu par le parquet.' }),
    expected: readers,
  },
  {
    contract: closeReport,
    arrange: aReport,
    input: (_world, { id }) => ({ id, outcome: 'supported', words: 'Aide à domicile chaque jour.' }),
    expected: readers,
  },
  { contract: reopenReport, arrange: aClosedReport, input: (_world, { id }) => ({ id, reason: 'Nouveau fait.' }), expected: readers },
  {
    contract: addReader,
    arrange: aReport,
    input: (world, { id }) => ({ id: newId(), reportId: id, userId: world.colleagueId, reason: 'Remplace Julie.' }),
    expected: readers,
  },
  {
    contract: removeReader,
    arrange: aNamedReader,
    input: (_world, { id, readerId }) => ({ id: readerId, reportId: id, reason: 'Fin du remplacement.' }),
    expected: readers,
  },
  {
    contract: reports,
    arrange: aReport,
    input: () => ({}),
    expected: expectAll('forbidden', { referent: 'ok', director: 'ok', otherReferent: 'ok' }),
  },
  { contract: report, arrange: aReport, input: (_world, { id }) => ({ id }), expected: readers },
  { contract: reportAccesses, arrange: aReport, input: (_world, { id }) => ({ id }), expected: readers },
]
