import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { newId } from '../../../platform/contract/ids.ts'
import { asSystem, type Database } from '../../../platform/server/db.ts'
import type { ImportSource } from '../../contract/import-sources.ts'
import { announceImport } from './announce.sql.ts'
import { type ImportOutcome, runImport } from './run-import.ts'

interface ImportedAs {
  readonly source: ImportSource
  readonly allowShrink?: boolean
  readonly departments?: readonly string[]
  readonly clock?: () => Date
}

/** Imports a file of this machine in this process: for the command line and the benchmark. Gives the id of the import and its outcome. */
export async function importFile(
  db: Database,
  { path, ...as }: ImportedAs & { readonly path: string },
): Promise<{ readonly importId: string; readonly outcome: ImportOutcome }> {
  const { size } = await stat(path)
  // What a line leaves behind dies at once: the garbage collector need not keep three times sixteen megabytes for it. V8 reads the flag at each growth.
  setFlagsFromString('--semi-space-growth-factor=1')
  try {
    return await importStream(db, { ...as, fileName: basename(path), byteLength: size, raw: chunksOf(path) })
  } finally {
    setFlagsFromString('--semi-space-growth-factor=2')
  }
}

const chunkBytes = 262_144

/** Reads a file through one buffer: its memory is taken once, not once a chunk. */
async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(chunkBytes)
  const file = await open(path)
  try {
    for (let { bytesRead } = await file.read(buffer); bytesRead > 0; { bytesRead } = await file.read(buffer)) yield buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Imports what is read from elsewhere, as if it were a file; `byteLength` is what is expected, 0 when it cannot be told. */
export async function importStream(
  db: Database,
  {
    source,
    fileName,
    byteLength,
    raw,
    allowShrink = false,
    departments,
    clock = () => new Date(),
    requestedByName = 'Ligne de commande',
    announced,
  }: ImportedAs & {
    readonly fileName: string
    readonly byteLength: number
    readonly raw: AsyncIterable<Buffer>
    readonly requestedByName?: string
    readonly announced?: (importId: string) => Promise<void>
  },
): Promise<{ readonly importId: string; readonly outcome: ImportOutcome }> {
  const importId = newId<never>() as string
  await asSystem(db, 'import from the command line', (tx) =>
    announceImport(tx, {
      id: importId,
      source,
      fileName,
      byteLength,
      allowShrink,
      state: 'waiting',
      requestedBy: null,
      requestedByName,
      serviceId: null,
      now: clock(),
    }),
  )
  await announced?.(importId)
  return { importId, outcome: await runImport(db, { importId, source, fileName, raw, byteLength, allowShrink, departments }, clock) }
}
