import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { importFile } from '../../../directory/server/api.ts'
import { deriveLocalEntry } from '../../../directory/server/entry.sql.ts'
import { asSystem, type Database } from '../../../platform/server/db.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { SeededCard } from './local-cards.ts'
import type { SeededProfessional } from './professionals.ts'
import { rppsLines } from './rpps-extract.ts'
import { finessFile, type SeededStructure } from './structures.ts'

/** Brings the invented directory in through the imports of everyone: the same files, the same rules, the same search. */
export async function loadDirectory(
  db: Database,
  calendar: SeedCalendar,
  {
    professionals,
    structures,
    cards,
  }: { readonly professionals: readonly SeededProfessional[]; readonly structures: readonly SeededStructure[]; readonly cards: readonly SeededCard[] },
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'jalon-seed-'))
  // Of the first of the month, as the national files are.
  const day = `${calendar.today.slice(0, 8)}01`
  try {
    const rpps = join(folder, `PS_LibreAcces_Personne_activite_${day.replaceAll('-', '')}0900.txt`)
    await pipeline(Readable.from(rppsLines(professionals)), createWriteStream(rpps))
    const finess = join(folder, `finess-structures-${day.replaceAll('-', '')}.json`)
    await writeFile(finess, finessFile(structures, day))
    await bring(db, 'finess', finess, calendar)
    await bring(db, 'rpps', rpps, calendar)
  } finally {
    await rm(folder, { recursive: true })
  }
  await asSystem(db, 'local cards of the demo', async (tx) => {
    for (const card of cards) await deriveLocalEntry(tx, card.partyId)
  })
}

async function bring(db: Database, source: 'rpps' | 'finess', path: string, calendar: SeedCalendar): Promise<void> {
  const { outcome } = await importFile(db, { source, path, clock: () => calendar.now })
  if (outcome.state !== 'done') throw new Error(`demo directory: ${outcome.code}`)
  if (outcome.counts.rejected > 0) throw new Error(`demo directory: ${outcome.counts.rejected} lines rejected`)
}
