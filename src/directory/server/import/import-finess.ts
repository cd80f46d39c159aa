import { asSystem } from '../../../platform/server/db.ts'
import { partyIdOf } from '../../../territory/server/api.ts'
import { deriveStructureEntries } from '../entry.sql.ts'
import { type CommuneFinder, communeFinder } from './commune-finder.ts'
import { asBigint, type ContentHash, contentHash, holdKnownHashes, stageRemovals } from './content-hash.ts'
import { copyRows } from './copied-rows.ts'
import { readLegalPerson, type StructureRow } from './finess-record.ts'
import { countHeld, heldReading, type ImportCounts, mergeStructures, placeCommunes, preferThroughput, recordSource } from './import.sql.ts'
import { importStopped } from './import-error.ts'
import type { ImportWork } from './import-rpps.ts'
import { jsonElements } from './json-elements.ts'
import { knownLines } from './known-lines.ts'

/** Raise it when what is kept of a site changes: the next import then writes every site again. */
const reading = 1

const stagedColumns = [
  'party_id',
  'finess',
  'finess_legal',
  'legal_name',
  'siret',
  'category',
  'kind',
  'name',
  'long_name',
  'address',
  'postal_code',
  'commune_code',
  'city',
  'phone',
  'other_phone',
  'email',
  'latitude',
  'longitude',
  'opened_on',
  'closed_on',
  'updated_on',
  'detail',
  'name_key',
  'search_words',
  'row_hash',
] as const

function stagedValues(rowHash: ContentHash, row: StructureRow): readonly (string | number | bigint | null)[] {
  return [
    partyIdOf('finess', row.finess),
    row.finess,
    row.finessLegal,
    row.legalName,
    row.siret,
    row.category,
    row.kind,
    row.name,
    row.longName,
    row.address,
    row.postalCode,
    row.communeCode,
    row.city,
    row.phone,
    row.otherPhone,
    row.email,
    row.latitude,
    row.longitude,
    row.openedOn,
    row.closedOn,
    row.updatedOn,
    row.detail,
    row.nameKey,
    row.searchWords,
    asBigint(rowHash),
  ]
}

/**
 * Brings the structures to a FINESS+ file « structures » (JSON, streamed: the daily file is larger than a string may be). Same promises as
 * `importRpps`: changes only what changed, in one transaction, or nothing at all.
 */
export async function importFiness(work: ImportWork): Promise<ImportCounts> {
  const { db, client, progress } = work
  const { findCommune, held, sameReading } = await asSystem(db, 'import of FINESS: what is held', async (tx) => ({
    findCommune: await communeFinder(tx),
    held: await countHeld(tx, 'finess'),
    sameReading: (await heldReading(tx, 'finess')) === reading,
  }))
  const everything = 'select row_hash from directory.structure'
  const known = knownLines(sameReading ? held * 2 : 0)
  if (sameReading) await holdKnownHashes(client, everything, known)
  const { sites, edition } = await stageNewSites(work, known, findCommune)
  await progress.flush()
  if (sites === 0) throw importStopped('import_empty')
  if (progress.rejected > Math.max(20, sites / 10)) throw importStopped('import_too_many_rejected', { rejected: progress.rejected, lines: sites })
  await stageRemovals(client, known, sameReading ? null : everything)
  return asSystem(db, 'import of FINESS: switch', async (tx) => {
    await preferThroughput(tx)
    const merged = await mergeStructures(tx, work.importId, work.now)
    if (!work.allowShrink && held >= 1000 && merged.removed - merged.added > held / 5)
      throw importStopped('import_shrinks', { before: held, after: held + merged.added - merged.removed })
    await placeCommunes(tx)
    await deriveStructureEntries(tx)
    await recordSource(tx, 'finess', work.importId, edition ?? work.edition, reading, work.now)
    return { lines: sites, added: merged.added, changed: merged.changed, removed: merged.removed, rejected: progress.rejected }
  })
}

async function stageNewSites(
  { client, content, progress, bytesRead }: ImportWork,
  known: ReturnType<typeof knownLines>,
  findCommune: CommuneFinder,
): Promise<{ sites: number; edition: string | null }> {
  const writer = copyRows(client, 'directory.staged_structure', stagedColumns)
  const numbers = new Set<string>()
  let sites = 0
  let edition: string | null = null
  for await (const pieces of jsonElements(content, 'pmej')) {
    for (const piece of pieces) {
      if (piece.kind === 'value') {
        if (piece.key === 'generatedAt') edition = /^\d{4}-\d{2}-\d{2}/.exec(piece.value)?.[0] ?? null
        continue
      }
      for (const result of readLegalPerson(piece.value, findCommune)) {
        sites += 1
        if ('rejected' in result) {
          progress.reject(sites, result.rejected, result.excerpt)
          continue
        }
        if (numbers.has(result.row.finess)) {
          progress.reject(sites, 'Numéro FINESS déjà lu dans ce fichier', result.row.finess)
          continue
        }
        numbers.add(result.row.finess)
        const rowHash = contentHash(JSON.stringify(result.row))
        if (known.see(...rowHash) !== 'new') continue
        const waiting = writer.write(stagedValues(rowHash, result.row))
        if (waiting !== undefined) await waiting
      }
    }
    const told = progress.at(bytesRead())
    if (told !== undefined) await told
  }
  await writer.end()
  return { sites, edition }
}
