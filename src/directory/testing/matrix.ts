import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import { addImportPart, cancelImport, confirmLocalCard, createLocalCard, editLocalCard, openImport, removeLocalCard, startImport } from '../contract/actions.ts'
import { directoryFeeds, planFeed, runFeedNow, stopFeedRun } from '../contract/feeds.ts'
import { mapPoints } from '../contract/map-points.ts'
import {
  campaign,
  correctCard,
  editRelation,
  errorReports,
  handleReport,
  ownWords,
  recordExchange,
  removeExchange,
  removeNote,
  reportError,
  withdrawCorrection,
  writeNote,
} from '../contract/own-words.ts'
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

/** The settings of the server open the feed of FINESS. */
async function openFeeds(_world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  await sql`update directory.feed_plan set configured = true where code = 'finess'`.execute(tx)
  return {}
}

/** A card with what dacA wrote of it: a note, a correction, an exchange, a report. */
async function aKnownCard(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const { id = '' } = await aCard(world, tx)
  const [noteId, exchangeId, reportId] = [newId(), newId(), newId()]
  await sql`insert into directory.own_note (id, party_id, service_id, words, written_by, written_by_name, written_at) values (${noteId}, ${id}, ${world.dacA}, 'Rappelle vite', ${world.referentId}, 'Julie Marchal', ${world.clock})`.execute(
    tx,
  )
  await sql`insert into directory.correction (id, party_id, field, value, service_id, service_name, written_by, written_by_name, written_at)
    values (${newId()}, ${id}, 'phone', '0353010000', ${world.dacA}, 'DAC A', ${world.referentId}, 'Julie Marchal', ${world.clock})`.execute(tx)
  await sql`insert into directory.exchange (id, party_id, service_id, kind, happened_on, subject, written_by, written_by_name, written_at)
    values (${exchangeId}, ${id}, ${world.dacA}, 'meeting', '2026-01-05', 'Présentation', ${world.referentId}, 'Julie Marchal', ${world.clock})`.execute(tx)
  await sql`insert into directory.error_report (id, party_id, party_label, about, service_id, service_name, reported_by, reported_by_name, reported_at)
    values (${reportId}, ${id}, 'Mme Roux', 'phone', ${world.dacA}, 'DAC A', ${world.referentId}, 'Julie Marchal', ${world.clock})`.execute(tx)
  return { id, noteId, exchangeId, reportId }
}

/** Teams follow their partners; a partner and the region do not. */
const teams = expectAll('forbidden', { referent: 'ok', frontDesk: 'ok', director: 'ok', otherReferent: 'ok' })
/** What another service wrote is not there. */
const ownTeam = expectAll('not_found', { referent: 'ok', frontDesk: 'ok', director: 'ok' })

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
  { contract: writeNote, arrange: aCard, input: (_world, { id }) => ({ id: newId(), partyId: id, words: 'Rappelle vite' }), expected: teams },
  { contract: removeNote, arrange: aKnownCard, input: (_world, { noteId }) => ({ id: noteId }), expected: ownTeam },
  {
    contract: correctCard,
    arrange: aCard,
    input: (_world, { id }) => ({ id: newId(), partyId: id, field: 'phone', value: '03 53 01 00 00' }),
    expected: teams,
  },
  { contract: withdrawCorrection, arrange: aKnownCard, input: (_world, { id }) => ({ partyId: id, field: 'phone' }), expected: teams },
  { contract: reportError, arrange: aCard, input: (_world, { id }) => ({ id: newId(), partyId: id, about: 'phone' }), expected: everyone },
  {
    contract: handleReport,
    arrange: aKnownCard,
    input: (_world, { reportId }) => ({ id: reportId, state: 'forwarded' }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'ok', director: 'ok', regionalAdmin: 'ok' }),
  },
  {
    contract: editRelation,
    arrange: aCard,
    input: (_world, { id }) => ({ partyId: id, baseVersion: 0, tags: ['MSP'], noCampaign: false }),
    expected: teams,
  },
  {
    contract: recordExchange,
    arrange: aCard,
    input: (_world, { id }) => ({ id: newId(), partyId: id, kind: 'meeting', happenedOn: '2026-01-05', subject: 'Présentation du DAC' }),
    expected: teams,
  },
  { contract: removeExchange, arrange: aKnownCard, input: (_world, { exchangeId }) => ({ id: exchangeId }), expected: ownTeam },
  { contract: ownWords, arrange: aKnownCard, input: (_world, { id }) => ({ partyId: id }), expected: everyone },
  { contract: errorReports, input: () => ({}), expected: everyone },
  { contract: mapPoints, input: () => ({ facets: ['msp', 'cpts'] }), expected: everyone },
  { contract: campaign, input: () => ({ facets: ['gp'] }), expected: teams },
  { contract: openImport, input: () => ({ id: newId(), source: 'rpps', fileName: 'rpps.txt', byteLength: 10 }), expected: adminOnly },
  { contract: addImportPart, arrange: anUpload, input: (_world, { id }) => ({ id, position: 1, content: 'YQ==' }), expected: adminOnly },
  { contract: startImport, arrange: anUpload, input: (_world, { id }) => ({ id, parts: 1 }), expected: adminOnly },
  { contract: cancelImport, arrange: anUpload, input: (_world, { id }) => ({ id }), expected: adminOnly },
  { contract: directoryFeeds, input: () => ({}), expected: adminOnly },
  {
    contract: planFeed,
    input: () => ({ code: 'finess', baseVersion: 1, frequency: 'weekly', hour: 4, lateAfterHours: 336 }),
    expected: adminOnly,
  },
  { contract: runFeedNow, arrange: openFeeds, input: () => ({ code: 'finess' }), expected: adminOnly },
  { contract: stopFeedRun, input: () => ({ code: 'finess' }), expected: adminOnly },
  { contract: directoryImports, input: () => ({}), expected: adminOnly },
  { contract: rejectedLines, arrange: anUpload, input: (_world, { id }) => ({ importId: id }), expected: adminOnly },
]
