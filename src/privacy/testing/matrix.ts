import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import {
  addAddendum,
  answerRequest,
  cancelErasure,
  confirmErasure,
  extendRequestTerm,
  liftLimitation,
  limitUse,
  proposeErasure,
  recordRequest,
} from '../contract/actions.ts'
import { archivedHolds, bringBack, liftArchivedHold } from '../contract/archive.ts'
import { starterSheets } from '../contract/processing-register.ts'
import { fileAccesses, fileAccessLines, personData, personDataSummary } from '../contract/queries.ts'
import { erasureProof, fileLimitation, personRequests, requestLetter, requestRegister, serviceRequests } from '../contract/rights-queries.ts'
import {
  archiveReaders,
  decideRule,
  endArchiveReader,
  executions,
  extractList,
  findArchived,
  holdForProcedure,
  liftHold,
  makeExtract,
  nameArchiveReader,
  processingDocument,
  processingRegister,
  readArchive,
  readExtract,
  retentionRules,
  writeProcessing,
} from '../contract/treatment.ts'

type Arranged = Readonly<Record<string, string>>

/** Answered by those who accompany her in the DAC in charge; the desk and the circle see her but do not answer her; the others do not know her. */
const answersHer = expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden', circleDoctor: 'forbidden', circleSocial: 'forbidden' })
/** What hangs on a request of the person is the DAC's own: the circle does not learn that it exists. */
const ownToTheDac = expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden' })
/** Needs a second person, who answers for the team: not the référent. */
const bySecondPerson = expectAll('not_found', { referent: 'forbidden', frontDesk: 'forbidden' })
const treatment = expectAll('forbidden', { director: 'ok', regionalAdmin: 'ok' })

async function aRequest({ personId, dacA, referentId, clock }: MatrixWorld, tx: Tx, kind = 'access'): Promise<Arranged> {
  const id = newId()
  await sql`insert into privacy.request (id, person_id, kind, received_on, mode, asked_by, identity_checked, due_on, holder_org, recorded_at, recorded_by, recorded_by_name)
    values (${id}, ${personId}, ${kind}, '2026-10-10', 'written', 'person', 'Connue', '2026-11-10', ${dacA}, ${clock}, ${referentId}, 'Julie Marchal')`.execute(
    tx,
  )
  return { id }
}

async function aLimitation({ personId, dacA, referentId, clock }: MatrixWorld, tx: Tx): Promise<Arranged> {
  const id = newId()
  await sql`insert into privacy.limitation (id, person_id, reason, since, set_by, set_by_name, holder_org)
    values (${id}, ${personId}, 'accuracy', ${clock}, ${referentId}, 'Julie Marchal', ${dacA})`.execute(tx)
  return { id }
}

/** Nothing goes on any more: an erasure is possible. */
async function anErasable(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  await sql`update episodes.episode set state = 'closed', closed_on = '2026-10-01' where person_id = ${world.personId}`.execute(tx)
  return aRequest(world, tx, 'erasure')
}

const anErasure =
  (state: 'proposed' | 'done') =>
  async (world: MatrixWorld, tx: Tx): Promise<Arranged> => {
    const request = await anErasable(world, tx)
    const id = newId()
    await sql`insert into privacy.erasure (id, person_id, request_id, plan, state, proposed_at, proposed_by, proposed_by_name, holder_org, done_at, counts)
      values (${id}, ${world.personId}, ${request.id}, '[]', ${state}, ${world.clock}, ${world.colleagueId}, 'Karim Belkacem', ${world.dacA}, ${state === 'done' ? world.clock : null}, '{}')`.execute(
      tx,
    )
    return { id }
  }

async function anItem({ personId, dacA, referentId, clock }: MatrixWorld, tx: Tx): Promise<Arranged> {
  const id = newId()
  await sql`insert into persons.timeline_item (id, person_id, at, kind, title, author_id, author_name, source, source_id, volet, holder_org)
    values (${id}, ${personId}, ${clock}, 'note', 'Visite', ${referentId}, 'Julie Marchal', 'liaison', ${newId()}, 'social', ${dacA})`.execute(tx)
  return { id }
}

async function aHold({ personId, dacA, referentId, clock }: MatrixWorld, tx: Tx): Promise<Arranged> {
  const id = newId()
  await sql`insert into privacy.legal_hold (id, person_id, reason, since, set_by, set_by_name, holder_org)
    values (${id}, ${personId}, 'Contentieux', ${clock}, ${referentId}, 'Julie Marchal', ${dacA})`.execute(tx)
  return { id }
}

/** The référent was named a reader of the archive; the file of the world is archived for the time of the cell. */
async function anArchiveReader({ personId, dacA, referentId, clock }: MatrixWorld, tx: Tx): Promise<Arranged> {
  const id = newId()
  await sql`insert into privacy.archive_reader (id, service_id, user_id, reason, since, named_by, named_by_name)
    values (${id}, ${dacA}, ${referentId}, 'Archives du DAC', ${clock}, ${referentId}, 'Hélène Vautrin')`.execute(tx)
  await sql`insert into privacy.archived_file (person_id, archived_on, last_sign_on, rule_class, rule_version, holder_org)
    values (${personId}, '2026-10-01', '2024-09-01', 'accompaniment', 1, ${dacA})`.execute(tx)
  return { id }
}

async function anArchivedHold(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  await anArchiveReader(world, tx)
  return aHold(world, tx)
}

async function anExtract({ dacA, referentId, clock }: MatrixWorld, tx: Tx): Promise<Arranged> {
  const id = newId()
  const content = { serviceName: 'DAC', rows: ['A'], columns: ['B'], cells: [[12]], rowTotals: [12], columnTotals: [12], total: 12 }
  await sql`insert into privacy.extract (id, service_id, year, table_code, content, made_at, made_by, made_by_name)
    values (${id}, ${dacA}, 2024, 'age_sex', ${JSON.stringify(content)}::jsonb, ${clock}, ${referentId}, 'Hélène Vautrin')`.execute(tx)
  return { id }
}

const byNamedReader = expectAll('forbidden', { referent: 'ok' })
const byDirection = expectAll('forbidden', { director: 'ok' })

export const privacyMatrix: readonly MatrixRow[] = [
  { contract: personData, input: ({ personId }) => ({ personId, format: 'json' }), expected: answersHer },
  { contract: personDataSummary, input: ({ personId }) => ({ personId }), expected: answersHer },
  { contract: fileAccesses, input: ({ personId }) => ({ personId, since: '2026-01-01' }), expected: answersHer },
  { contract: fileAccessLines, input: ({ personId, referentId }) => ({ personId, userId: referentId, day: '2026-10-15' }), expected: answersHer },
  { contract: personRequests, input: ({ personId }) => ({ personId }), expected: answersHer },
  {
    contract: fileLimitation,
    input: ({ personId }) => ({ personId }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'ok', circleDoctor: 'ok', circleSocial: 'ok' }),
  },
  { contract: serviceRequests, input: () => ({}), expected: expectAll('forbidden', { referent: 'ok', otherReferent: 'ok' }) },
  { contract: requestRegister, input: () => ({}), expected: treatment },
  {
    contract: recordRequest,
    input: ({ personId }) => ({
      id: newId(),
      personId,
      kind: 'access',
      receivedOn: '2026-10-10',
      mode: 'written',
      askedBy: 'person',
      identityChecked: 'Connue',
    }),
    expected: answersHer,
  },
  {
    contract: extendRequestTerm,
    arrange: aRequest,
    input: (_world, { id }) => ({ requestId: id, reason: 'Dossier de trois services.' }),
    expected: ownToTheDac,
  },
  { contract: answerRequest, arrange: aRequest, input: (_world, { id }) => ({ requestId: id, outcome: 'granted' }), expected: ownToTheDac },
  { contract: requestLetter, arrange: aRequest, input: (_world, { id }) => ({ requestId: id }), expected: ownToTheDac },
  {
    contract: addAddendum,
    arrange: anItem,
    input: ({ personId }, { id }) => ({ id: newId(), personId, itemId: id, words: 'Ce n’est pas ainsi.' }),
    expected: answersHer,
  },
  { contract: limitUse, input: ({ personId }) => ({ id: newId(), personId, reason: 'accuracy' }), expected: answersHer },
  { contract: liftLimitation, arrange: aLimitation, input: (_world, { id }) => ({ limitationId: id, reason: 'Exactitude vérifiée.' }), expected: answersHer },
  { contract: proposeErasure, arrange: anErasable, input: (_world, { id }) => ({ id: newId(), requestId: id, plan: [] }), expected: ownToTheDac },
  { contract: confirmErasure, arrange: anErasure('proposed'), input: (_world, { id }) => ({ erasureId: id }), expected: bySecondPerson },
  {
    contract: cancelErasure,
    arrange: anErasure('proposed'),
    input: (_world, { id }) => ({ erasureId: id, because: 'Elle y renonce.' }),
    expected: ownToTheDac,
  },
  { contract: erasureProof, arrange: anErasure('done'), input: (_world, { id }) => ({ erasureId: id }), expected: ownToTheDac },
  { contract: retentionRules, input: () => ({}), expected: treatment },
  {
    contract: decideRule,
    input: () => ({
      dataClass: 'draft',
      baseVersion: 1,
      activeMonths: 2,
      archiveMonths: 0,
      fate: 'destroy',
      source: 'Décision',
      reason: 'Deux mois suffisent.',
    }),
    expected: expectAll('forbidden', { regionalAdmin: 'ok' }),
  },
  { contract: executions, input: () => ({}), expected: treatment },
  { contract: holdForProcedure, input: ({ personId }) => ({ id: newId(), personId, reason: 'Contentieux en cours.' }), expected: answersHer },
  { contract: liftHold, arrange: aHold, input: (_world, { id }) => ({ holdId: id, reason: 'Jugement rendu.' }), expected: ownToTheDac },
  { contract: archiveReaders, input: () => ({}), expected: byDirection },
  { contract: nameArchiveReader, input: ({ referentId }) => ({ id: newId(), userId: referentId, reason: 'Archives du DAC' }), expected: byDirection },
  { contract: endArchiveReader, arrange: anArchiveReader, input: (_world, { id }) => ({ readerId: id }), expected: byDirection },
  { contract: findArchived, arrange: anArchiveReader, input: () => ({ name: 'Kempf', birthDay: '1941-03-12' }), expected: byNamedReader },
  { contract: readArchive, arrange: anArchiveReader, input: ({ personId }) => ({ personId, reason: 'person_asks' }), expected: byNamedReader },
  { contract: archivedHolds, arrange: anArchivedHold, input: () => ({}), expected: byNamedReader },
  { contract: liftArchivedHold, arrange: anArchivedHold, input: (_world, { id }) => ({ holdId: id, reason: 'Jugement rendu.' }), expected: byNamedReader },
  {
    contract: bringBack,
    arrange: anArchiveReader,
    input: ({ personId }) => ({ id: newId(), personId, reason: 'Elle nous rappelle.' }),
    expected: byNamedReader,
  },
  { contract: processingRegister, input: () => ({}), expected: treatment },
  { contract: processingDocument, input: () => ({}), expected: treatment },
  { contract: writeProcessing, input: () => ({ id: newId(), code: 'coordination', baseVersion: 0, content: starterSheets.coordination }), expected: treatment },
  { contract: extractList, input: () => ({}), expected: treatment },
  { contract: makeExtract, input: () => ({ id: newId(), year: 2025, table: 'age_sex' }), expected: treatment },
  {
    contract: readExtract,
    arrange: anExtract,
    input: (_world, { id }) => ({ id }),
    expected: expectAll('forbidden', { director: 'ok', regionalAdmin: 'not_found' }),
  },
]
