import type pg from 'pg'
import { asSystem, type Database } from '../../../platform/server/db.ts'
import { partyIdOf } from '../../../territory/server/api.ts'
import { deriveProfessionalEntries } from '../entry.sql.ts'
import { type CommuneFinder, communeFinder } from './commune-finder.ts'
import { asBigint, contentHash, holdKnownHashes, stageRemovals } from './content-hash.ts'
import { copyRows } from './copied-rows.ts'
import {
  countHeld,
  heldReading,
  type ImportCounts,
  mergePractices,
  preferThroughput,
  recordSource,
  stagePartiesOfPractices,
  writeNomenclature,
} from './import.sql.ts'
import { importStopped } from './import-error.ts'
import { knownLines } from './known-lines.ts'
import { lineBatches } from './line-batches.ts'
import type { Progress } from './progress.ts'
import { readRppsHeader } from './rpps-columns.ts'
import { type Nomenclature, type RppsRow, rppsReader } from './rpps-line.ts'

/** Raise it when what is kept of a line changes: the next import then reads every line again. */
const reading = 1

const stagedColumns = [
  'line_hash',
  'party_id',
  'profession',
  'status',
  'skill_type',
  'skill',
  'mode',
  'role',
  'genre',
  'sector',
  'structure_key',
  'finess',
  'finess_legal',
  'siret',
  'site_name',
  'address',
  'postal_code',
  'commune_code',
  'city',
  'phone',
  'other_phone',
  'email',
  'rpps',
  'family_name',
  'given_name',
  'name_key',
  'civility',
  'title',
] as const

function stagedValues(lineHash: bigint, row: RppsRow): readonly (string | bigint | null)[] {
  return [
    lineHash,
    partyIdOf('rpps', row.rpps),
    row.profession,
    row.status,
    row.skillType,
    row.skill,
    row.mode,
    row.role,
    row.genre,
    row.sector,
    row.structureKey,
    row.finess,
    row.finessLegal,
    row.siret,
    row.siteName,
    row.address,
    row.postalCode,
    row.communeCode,
    row.city,
    row.phone,
    row.otherPhone,
    row.email,
    row.rpps,
    row.familyName,
    row.givenName,
    row.nameKey,
    row.civility,
    row.title,
  ]
}

export interface ImportWork {
  readonly db: Database
  /** A connection as jalon_system, outside a transaction, that holds the lock of imports. */
  readonly client: pg.PoolClient
  readonly importId: string
  readonly content: AsyncIterable<Buffer>
  readonly progress: Progress
  /** Bytes of the file as it was sent, read so far. */
  readonly bytesRead: () => number
  readonly allowShrink: boolean
  readonly edition: string | null
  readonly now: Date
}

/**
 * Brings the directory to an extract « Personne_activite » of the RPPS (reference: shared format of 56 columns, read by name).
 *
 * Only the lines that the directory does not hold yet are read in full and staged; then one transaction adds them, takes away those that the file no
 * longer has, and derives the entries concerned. Refuses, changing nothing: another encoding, NUL bytes, missing or doubled columns, a last
 * line cut short, more than a tenth of unreadable lines, a fall of more than a fifth of the professionals (unless `allowShrink`).
 */
export async function importRpps(work: ImportWork): Promise<ImportCounts> {
  const { db, client, progress } = work
  const { findCommune, held, sameReading } = await asSystem(db, 'import of the RPPS: what is held', async (tx) => ({
    findCommune: await communeFinder(tx),
    held: await countHeld(tx, 'rpps'),
    sameReading: (await heldReading(tx, 'rpps')) === reading,
  }))
  const known = knownLines(sameReading ? held * 2 : 0)
  if (sameReading) await holdKnownHashes(client, 'select line_hash from directory.practice', known)
  const nomenclature: Nomenclature = new Map()
  const { lines, added } = await stageNewLines(work, known, findCommune, nomenclature)
  await progress.flush()
  if (lines === 0) throw importStopped('import_empty')
  if (progress.rejected > Math.max(20, lines / 10)) throw importStopped('import_too_many_rejected', { rejected: progress.rejected, lines })
  await stageRemovals(client, known, sameReading ? null : 'select line_hash from directory.practice')
  return asSystem(db, 'import of the RPPS: switch', async (tx) => {
    await preferThroughput(tx)
    await writeNomenclature(tx, [...nomenclature.values()])
    await stagePartiesOfPractices(tx)
    const merged = await mergePractices(tx, work.importId, work.now)
    if (!work.allowShrink && held >= 1000 && merged.removed - merged.added > held / 5)
      throw importStopped('import_shrinks', { before: held, after: held + merged.added - merged.removed })
    const bulk = added > 50_000
    await deriveProfessionalEntries(tx, bulk)
    await recordSource(tx, 'rpps', work.importId, work.edition, reading, work.now)
    return { lines, added: merged.added, changed: merged.changed, removed: merged.removed, rejected: progress.rejected }
  })
}

async function stageNewLines(
  { client, content, progress, bytesRead }: ImportWork,
  known: ReturnType<typeof knownLines>,
  findCommune: CommuneFinder,
  nomenclature: Nomenclature,
): Promise<{ lines: number; added: number }> {
  const writer = copyRows(client, 'directory.staged_practice', stagedColumns)
  let read: ReturnType<typeof rppsReader> | undefined
  let width = 0
  let lines = 0
  let added = 0
  for await (const batch of lineBatches(content)) {
    for (const { number, bytes } of batch.lines) {
      if (read === undefined) {
        const layout = readRppsHeader(bytes.toString('utf8'))
        width = layout.width
        read = rppsReader(layout, findCommune, nomenclature)
        continue
      }
      if (bytes.length === 0) continue
      lines += 1
      const lineHash = contentHash(bytes)
      if (known.see(lineHash) !== 'new') continue
      const line = bytes.toString('utf8')
      if (!batch.ended && line.split('|').length < width) throw importStopped('import_truncated', { line: number })
      const result = read(line)
      if ('rejected' in result) {
        progress.reject(number, result.rejected, line)
        continue
      }
      added += 1
      const waiting = writer.write(stagedValues(asBigint(lineHash), result.row))
      if (waiting !== undefined) await waiting
    }
    const told = progress.at(bytesRead())
    if (told !== undefined) await told
  }
  await writer.end()
  if (read === undefined) throw importStopped('import_empty')
  return { lines, added }
}
