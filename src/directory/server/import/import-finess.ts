import { asSystem } from '../../../platform/server/db.ts'
import { partyIdOf } from '../../../territory/server/api.ts'
import { deriveStructureEntries } from '../entry.sql.ts'
import { type CommuneFinder, communeFinder } from './commune-finder.ts'
import { asBigint, type ContentHash, contentHash, holdKnownHashes, stageRemovals } from './content-hash.ts'
import { copyRows } from './copied-rows.ts'
import { assertNoFall } from './fall-guard.ts'
import { isLegacyFiness, readLegacyFiness } from './finess-legacy.ts'
import { readLegalPerson, type StructureRow } from './finess-record.ts'
import { countHeld, heldEdition, heldReading, type ImportCounts, mergeStructures, placeCommunes, preferThroughput, recordSource } from './import.sql.ts'
import { importStopped } from './import-error.ts'
import type { ImportWork } from './import-rpps.ts'
import { jsonElements } from './json-elements.ts'
import { knownLines } from './known-lines.ts'
import { refreshTwins } from './offer.sql.ts'

/** Raise it when what is kept of a site changes: the next import then writes every site again. */
const reading = 2

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
 * `importRpps`: changes only what changed, in one transaction, or nothing at all. Extractions of before FINESS+ (CSV, files 502 and 507) are read too.
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
    assertNoFall(work, { held, ...merged })
    await placeCommunes(tx)
    await deriveStructureEntries(tx)
    await refreshTwins(tx)
    await recordSource(tx, 'finess', work.importId, edition ?? work.edition, reading, work.now)
    return { lines: sites, added: merged.added, changed: merged.changed, removed: merged.removed, rejected: progress.rejected }
  })
}

interface StagedSites {
  readonly sites: number
  readonly edition: string | null
}

async function stageNewSites(work: ImportWork, known: ReturnType<typeof knownLines>, findCommune: CommuneFinder): Promise<StagedSites> {
  const { head, whole } = await peeked(work.content)
  const writer = copyRows(work.client, 'directory.staged_structure', stagedColumns)
  const write = (row: StructureRow): Promise<void> | undefined => {
    const rowHash = contentHash(JSON.stringify(row))
    return known.see(...rowHash) === 'new' ? writer.write(stagedValues(rowHash, row)) : undefined
  }
  const staged = isLegacyFiness(head) ? await stageLegacy(work, whole, findCommune, write) : await stageFlow(work, whole, findCommune, write)
  await writer.end()
  return staged
}

type WriteSite = (row: StructureRow) => Promise<void> | undefined

async function stageFlow(
  { progress, bytesRead }: ImportWork,
  content: AsyncIterable<Buffer>,
  findCommune: CommuneFinder,
  write: WriteSite,
): Promise<StagedSites> {
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
        if ('rejected' in result) progress.reject(sites, result.rejected, result.excerpt)
        else if (numbers.has(result.row.finess)) progress.reject(sites, 'Numéro FINESS déjà lu dans ce fichier', result.row.finess)
        else {
          numbers.add(result.row.finess)
          const waiting = write(result.row)
          if (waiting !== undefined) await waiting
        }
      }
    }
    const told = progress.at(bytesRead())
    if (told !== undefined) await told
  }
  return { sites, edition }
}

/** An extraction of before FINESS+. It never replaces a newer one. */
async function stageLegacy(
  { db, progress, bytesRead }: ImportWork,
  content: AsyncIterable<Buffer>,
  findCommune: CommuneFinder,
  write: WriteSite,
): Promise<StagedSites> {
  const { edition, readings } = await readLegacyFiness(content, findCommune)
  const held = await asSystem(db, 'edition of FINESS', (tx) => heldEdition(tx, 'finess'))
  if (held !== null && (edition === null || edition < held)) throw importStopped('import_older', { held, told: edition ?? '' })
  for (const reading of readings) {
    if ('rejected' in reading) progress.reject(reading.line, reading.rejected, reading.excerpt)
    else {
      const waiting = write(reading.row)
      if (waiting !== undefined) await waiting
    }
    const told = progress.at(bytesRead())
    if (told !== undefined) await told
  }
  return { sites: readings.length, edition }
}

/** The first bytes of a content, and the content whole again. */
async function peeked(content: AsyncIterable<Buffer>): Promise<{ readonly head: Buffer; readonly whole: AsyncIterable<Buffer> }> {
  const source = content[Symbol.asyncIterator]()
  let head: Buffer = Buffer.alloc(0)
  while (head.length < 32) {
    const next = await source.next()
    if (next.done) break
    head = Buffer.concat([head, next.value])
  }
  const whole = (async function* () {
    if (head.length > 0) yield head
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
  })()
  return { head, whole }
}
