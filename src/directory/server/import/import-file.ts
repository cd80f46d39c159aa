import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { newId } from '../../../platform/contract/ids.ts'
import { asSystem, type Database } from '../../../platform/server/db.ts'
import { announceImport } from './announce.sql.ts'
import type { ImportSource } from './import.sql.ts'
import { type ImportOutcome, runImport } from './run-import.ts'

/** Imports a file of this machine in this process: for the command line and the benchmark. Gives the id of the import and its outcome. */
export async function importFile(
  db: Database,
  {
    source,
    path,
    allowShrink = false,
    clock = () => new Date(),
  }: { readonly source: ImportSource; readonly path: string; readonly allowShrink?: boolean; readonly clock?: () => Date },
): Promise<{ readonly importId: string; readonly outcome: ImportOutcome }> {
  const importId = newId<never>() as string
  const { size } = await stat(path)
  await asSystem(db, 'import from the command line', (tx) =>
    announceImport(tx, {
      id: importId,
      source,
      fileName: basename(path),
      byteLength: size,
      allowShrink,
      state: 'waiting',
      requestedBy: null,
      requestedByName: 'Ligne de commande',
      serviceId: null,
      now: clock(),
    }),
  )
  return {
    importId,
    outcome: await runImport(
      db,
      { importId, source, fileName: basename(path), raw: createReadStream(path, { highWaterMark: 262_144 }), byteLength: size, allowShrink },
      clock,
    ),
  }
}
