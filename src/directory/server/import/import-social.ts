import { asSystem } from '../../../platform/server/db.ts'
import { communeFinder } from './commune-finder.ts'
import { assertNoFall } from './fall-guard.ts'
import type { ImportCounts } from './import.sql.ts'
import { recordSource } from './import.sql.ts'
import { importStopped } from './import-error.ts'
import type { ImportWork } from './import-rpps.ts'
import { jsonElements } from './json-elements.ts'
import { mergeOutsideStructures, mergeServices, stagedOutsideStructures, stagedServices } from './offer.sql.ts'
import { readSocialService, readSocialStructure } from './social-record.ts'

const reading = 1
export type SocialSource = 'social_structures' | 'social_services'

/**
 * Brings the structures or the services of data·inclusion (schema v1) to a file: a JSON list, or an object with `items` or the name of the list.
 * Same promises as the other imports: everything or nothing, and the lines that were refused with their reason.
 */
export async function importSocial(work: ImportWork, source: SocialSource): Promise<ImportCounts> {
  const { db, client, progress, bytesRead } = work
  const findCommune = await asSystem(db, 'import of data·inclusion', (tx) => communeFinder(tx))
  const services = source === 'social_services' ? stagedServices(client, 'social') : null
  const structures = services === null ? stagedOutsideStructures(client, 'social') : null
  let read = 0
  for await (const pieces of jsonElements(asObject(work.content), 'items', 'import_not_social')) {
    for (const piece of pieces) {
      if (piece.kind === 'value') continue
      read += 1
      const result = services === null ? readSocialStructure(piece.value, findCommune) : readSocialService(piece.value, findCommune)
      if ('rejected' in result) {
        progress.reject(read, result.rejected, result.excerpt)
        continue
      }
      const waiting = services === null ? structures?.write(result.row as never) : services.write(result.row as never)
      if (waiting !== undefined) await waiting
    }
    const told = progress.at(bytesRead())
    if (told !== undefined) await told
  }
  await (services ?? structures)?.end()
  await progress.flush()
  if (read === 0) throw importStopped('import_empty')
  if (progress.rejected > Math.max(20, read / 10)) throw importStopped('import_too_many_rejected', { rejected: progress.rejected, lines: read })
  return asSystem(db, 'import of data·inclusion: switch', async (tx) => {
    const merged = services === null ? await mergeOutsideStructures(tx, 'social', work.departments) : await mergeServices(tx, 'social', work.departments)
    assertNoFall(work, merged)
    await recordSource(tx, source, work.importId, work.edition, reading, work.now)
    return { lines: read, added: merged.added, changed: merged.changed, removed: merged.removed, rejected: progress.rejected }
  })
}

/** A list at the top becomes the member `items` of an object: the same reader then takes both. */
async function* asObject(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begun: 'list' | 'object' | undefined
  for await (const chunk of chunks) {
    if (begun === undefined) {
      const first = chunk.findIndex((byte) => byte > 0x20)
      if (first !== -1) {
        begun = chunk[first] === 0x5b ? 'list' : 'object'
        if (begun === 'list') yield Buffer.from('{"items":')
      }
    }
    yield chunk
  }
  if (begun === 'list') yield Buffer.from('}')
}
