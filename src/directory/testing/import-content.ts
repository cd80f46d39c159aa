import { newId } from '../../platform/contract/ids.ts'
import { asSystem, type Database } from '../../platform/server/db.ts'
import type { ImportSource } from '../contract/import-sources.ts'
import { announceImport } from '../server/import/announce.sql.ts'
import { type ImportOutcome, runImport } from '../server/import/run-import.ts'

export interface ImportedContent {
  readonly importId: string
  readonly outcome: ImportOutcome
}

/** Imports a content as if it were a file; `pieces` cuts it as a network would. */
export async function importContent(
  db: Database,
  source: ImportSource,
  content: string | Buffer,
  {
    allowShrink = false,
    fileName = 'PS_LibreAcces_Personne_activite_202610140904.txt',
    piece = 700,
    large,
  }: { readonly allowShrink?: boolean; readonly fileName?: string; readonly piece?: number; readonly large?: number } = {},
): Promise<ImportedContent> {
  const bytes = Buffer.from(content)
  const importId = newId<never>() as string
  const now = new Date('2026-10-15T07:42:00Z')
  await asSystem(db, 'a test imports', (tx) =>
    announceImport(tx, {
      id: importId,
      source,
      fileName,
      byteLength: bytes.length,
      allowShrink,
      state: 'waiting',
      requestedBy: null,
      requestedByName: 'Essai',
      serviceId: null,
      now,
    }),
  )
  const raw = (async function* () {
    // One memory for all pieces, as when a file is read: whoever keeps one without copying it is found out.
    const memory = Buffer.alloc(piece)
    for (let at = 0; at < bytes.length; at += piece) yield memory.subarray(0, bytes.copy(memory, 0, at, at + piece))
  })()
  return { importId, outcome: await runImport(db, { importId, source, fileName, raw, byteLength: bytes.length, allowShrink, large }, () => now) }
}
