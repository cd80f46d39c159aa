import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import { addImportPart, cancelImport, confirmLocalCard, createLocalCard, editLocalCard, openImport, removeLocalCard, startImport } from '../contract/actions.ts'
import { directoryCard, directoryImports, directorySources, rejectedLines, searchDirectory } from '../contract/queries.ts'

/** A card kept by dacA. */
async function aCard(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const id = newId()
  await sql`insert into directory.local_card (party_id, kind, name, created_by, created_by_service, created_at, confirmed_on)
    values (${id}, 'social_service', 'Mme Roux', ${world.referentId}, ${world.dacA}, ${world.clock}, '2026-10-15')`.execute(tx)
  await sql`insert into directory.entry (party_id, kind, facet, label, detail, category, sort_key, words)
    values (${id}, 'local', 'social_service', 'Mme Roux', 'Service social', 'social', 'mme roux', array_to_tsvector('{roux}'))`.execute(tx)
  return { id }
}

/** A file that is being received, with its one part. */
async function anUpload(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const id = newId()
  await sql`insert into directory.import (id, source, file_name, byte_length, state, requested_by_name, created_at)
    values (${id}, 'rpps', 'rpps.txt', 4, 'receiving', 'Bruno Henry', ${world.clock})`.execute(tx)
  await sql`insert into directory.import_part (import_id, position, content) values (${id}, 0, 'abcd')`.execute(tx)
  return { id }
}

const everyone = expectAll('ok')
const adminOnly = expectAll('forbidden', { regionalAdmin: 'ok' })
const keeper = expectAll('forbidden', { referent: 'ok', frontDesk: 'ok', director: 'ok', regionalAdmin: 'ok' })

export const directoryMatrix: readonly MatrixRow[] = [
  { contract: searchDirectory, input: () => ({ text: 'roux' }), expected: everyone },
  { contract: directoryCard, arrange: aCard, input: (_world, { id }) => ({ partyId: id }), expected: everyone },
  { contract: directorySources, input: () => ({}), expected: everyone },
  { contract: createLocalCard, input: () => ({ id: newId(), kind: 'ccas', name: 'CCAS' }), expected: everyone },
  { contract: editLocalCard, arrange: aCard, input: (_world, { id }) => ({ id, baseVersion: 1, changes: { phone: '0353010000' } }), expected: keeper },
  { contract: confirmLocalCard, arrange: aCard, input: (_world, { id }) => ({ id }), expected: everyone },
  { contract: removeLocalCard, arrange: aCard, input: (_world, { id }) => ({ id }), expected: keeper },
  { contract: openImport, input: () => ({ id: newId(), source: 'rpps', fileName: 'rpps.txt', byteLength: 10 }), expected: adminOnly },
  { contract: addImportPart, arrange: anUpload, input: (_world, { id }) => ({ id, position: 1, content: 'YQ==' }), expected: adminOnly },
  { contract: startImport, arrange: anUpload, input: (_world, { id }) => ({ id, parts: 1 }), expected: adminOnly },
  { contract: cancelImport, arrange: anUpload, input: (_world, { id }) => ({ id }), expected: adminOnly },
  { contract: directoryImports, input: () => ({}), expected: adminOnly },
  { contract: rejectedLines, arrange: anUpload, input: (_world, { id }) => ({ importId: id }), expected: adminOnly },
]
