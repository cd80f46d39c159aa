import { sql } from 'kysely'
import { asSystem, type Tx } from '../../../platform/server/db.ts'
import { partyIdOf } from '../../../territory/server/api.ts'
import { deriveProfessionalEntries } from '../entry.sql.ts'
import { holdKnownHashes, stageRemovals } from './content-hash.ts'
import { type ByteRows, copyBytes } from './copied-bytes.ts'
import { assertNoFall } from './fall-guard.ts'
import { heldReading, type ImportCounts, preferThroughput, recordSource, writeNomenclature } from './import.sql.ts'
import { importStopped } from './import-error.ts'
import type { ImportWork } from './import-rpps.ts'
import { knownLines } from './known-lines.ts'
import { lineScanner, type ScannedLine } from './line-scanner.ts'
import { writePartyId } from './party-number.ts'
import { type Columns, readHeader } from './rpps-columns.ts'
import { fieldReader, type Nomenclature, rppsRefusal } from './rpps-rows.ts'

/** Raise it when what is kept of a line changes. */
const reading = 2
export type LineSource = 'skills' | 'diplomas' | 'mailboxes'

interface LineFile {
  readonly table: 'skill' | 'diploma' | 'mailbox'
  readonly columns: Columns
  readonly required: readonly string[]
  /** The columns of the table after line_hash and party_id, and the one of the file that fills each. */
  readonly kept: readonly (readonly [column: string, told: string])[]
  /** Codes of the file with their labels. */
  readonly labels: readonly (readonly [system: string, code: string, label: string])[]
}

const who = { registry: 'type d identifiant pp', rpps: 'identifiant pp', familyName: 'nom d exercice' }

const files: Readonly<Record<LineSource, LineFile>> = {
  skills: {
    table: 'skill',
    columns: {
      ...who,
      profession: 'code profession',
      professionLabel: 'libelle profession',
      status: 'code categorie professionnelle',
      skillType: 'code type savoir faire',
      skill: 'code savoir faire',
      skillLabel: 'libelle savoir faire',
    },
    required: ['registry', 'rpps', 'familyName', 'profession', 'skill'],
    kept: [
      ['profession', 'profession'],
      ['status', 'status'],
      ['skill_type', 'skillType'],
      ['skill', 'skill'],
    ],
    labels: [
      ['profession', 'profession', 'professionLabel'],
      ['skill', 'skill', 'skillLabel'],
    ],
  },
  diplomas: {
    table: 'diploma',
    columns: {
      ...who,
      type: 'code type diplome obtenu',
      typeLabel: 'libelle type diplome obtenu',
      diploma: 'code diplome obtenu',
      diplomaLabel: 'libelle diplome obtenu',
      authorisationType: 'code type autorisation',
      authorisationTypeLabel: 'libelle type autorisation',
      authorisation: 'code discipline autorisation',
      authorisationLabel: 'libelle discipline autorisation',
    },
    required: ['registry', 'rpps', 'familyName', 'diploma'],
    kept: [
      ['diploma_type', 'type'],
      ['diploma', 'diploma'],
      ['authorisation_type', 'authorisationType'],
      ['authorisation', 'authorisation'],
    ],
    labels: [
      ['diploma_type', 'type', 'typeLabel'],
      ['diploma', 'diploma', 'diplomaLabel'],
      ['authorisation_type', 'authorisationType', 'authorisationTypeLabel'],
      ['authorisation', 'authorisation', 'authorisationLabel'],
    ],
  },
  mailboxes: {
    table: 'mailbox',
    columns: {
      kind: 'type de bal',
      address: 'adresse bal',
      registry: 'type identifiant pp',
      rpps: 'identifiant pp',
      structureType: 'type identifiant structure',
      structureNumber: 'identification structure',
      department: 'service de rattachement',
      profession: 'code profession',
      skill: 'code savoir faire',
      dematerialised: 'dematerialisation',
      structureName: 'raison sociale structure bal',
      postalCode: 'code postal',
    },
    required: ['kind', 'address', 'rpps', 'structureNumber'],
    kept: [
      ['kind', 'kind'],
      ['address', 'address'],
      ['structure_type', 'structureType'],
      ['structure_number', 'structureNumber'],
      ['department', 'department'],
      ['profession', 'profession'],
      ['skill', 'skill'],
      ['dematerialised', 'dematerialised'],
      ['structure_name', 'structureName'],
      ['postal_code', 'postalCode'],
    ],
    labels: [],
  },
}

/**
 * Brings one of the other files of the Annuaire Santé in: « SavoirFaire », « Dipl_AutExerc », or the correspondence of MSSanté. As for the first file:
 * columns by name, only what changed is written, in one transaction or not at all.
 */
export async function importLines(work: ImportWork, source: LineSource): Promise<ImportCounts> {
  const { db, client, progress } = work
  const file = files[source]
  const [table, staged] = [`directory.${file.table}`, `directory.staged_${file.table}`]
  const { held, sameReading } = await asSystem(db, 'import of a file of the Annuaire Santé: what is held', async (tx) => ({
    held: (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx)).rows[0]?.n ?? 0,
    sameReading: (await heldReading(tx, source)) === reading,
  }))
  const everything = `select line_hash from ${table}${file.table === 'mailbox' ? " where told_by = 'file'" : ''}`
  const known = knownLines(sameReading ? held : work.byteLength / 150)
  if (sameReading) await holdKnownHashes(client, everything, known)
  const nomenclature: Nomenclature = new Map()
  const rows = copyBytes(client, staged, ['line_hash', 'party_id', ...file.kept.map(([column]) => column)])
  const lines = await stage(work, file, rows, known, nomenclature)
  await progress.flush()
  if (lines === 0) throw importStopped('import_empty')
  if (progress.rejected > Math.max(20, lines / 10)) throw importStopped('import_too_many_rejected', { rejected: progress.rejected, lines })
  await stageRemovals(client, known, sameReading ? null : everything)
  return asSystem(db, 'import of a file of the Annuaire Santé: switch', async (tx) => {
    await preferThroughput(tx)
    await writeNomenclature(tx, [...nomenclature.values()])
    await stageProfessionalsOf(tx, file.table)
    const merged = await merge(tx, table, staged)
    assertNoFall(work, { held, ...merged })
    if (file.table !== 'mailbox') await deriveProfessionalEntries(tx)
    await recordSource(tx, source, work.importId, work.edition, reading, work.now)
    return { lines, ...merged, changed: 0, rejected: progress.rejected }
  })
}

/** Skills and diplomas find those who hold them: whose lines come or leave are derived again, if the directory shows them. */
async function stageProfessionalsOf(tx: Tx, table: LineFile['table']): Promise<void> {
  if (table === 'mailbox') return
  await sql`insert into directory.staged_party select party_id from (
      select party_id from ${sql.table(`directory.staged_${table}`)}
      union select t.party_id from directory.staged_removal r join ${sql.table(`directory.${table}`)} t on t.line_hash = r.line_hash) concerned
    where exists (select from directory.practice p where p.party_id = concerned.party_id)`.execute(tx)
  await sql`select directory.gather_statistics(true)`.execute(tx)
}

async function merge(tx: Tx, table: string, staged: string): Promise<{ added: number; removed: number }> {
  const removed = await sql`delete from ${sql.table(table)} t using directory.staged_removal r where t.line_hash = r.line_hash`.execute(tx)
  const added = await sql`insert into ${sql.table(table)} select * from ${sql.table(staged)}`.execute(tx)
  return { added: Number(added.numAffectedRows ?? 0), removed: Number(removed.numAffectedRows ?? 0) }
}

async function stage(
  { content, progress, bytesRead }: ImportWork,
  file: LineFile,
  rows: ByteRows,
  known: ReturnType<typeof knownLines>,
  nomenclature: Nomenclature,
): Promise<number> {
  let write: ((line: ScannedLine) => string | null) | undefined
  let width = 0
  let lines = 0
  const scanner = lineScanner((line) => {
    const [from, to] = [line.starts[0] as number, (line.starts[line.fields] as number) - 1]
    if (write === undefined) {
      const layout = readHeader(line.bytes.toString('utf8', from, to), file.columns, file.required)
      width = layout.width
      write = lineWriter(file, layout.at, width, rows, nomenclature)
      return
    }
    if (from >= to) return
    lines += 1
    if (known.see(line.high, line.low) !== 'new') return
    if (!line.ended && line.fields < width - 1) throw importStopped('import_truncated', { line: line.number })
    const refusal = write(line)
    if (refusal !== null) progress.reject(line.number, refusal, line.bytes.toString('utf8', from, to))
  })
  for await (const chunk of content) {
    scanner.push(chunk)
    await rows.flush()
    const told = progress.at(bytesRead())
    if (told !== undefined) await told
  }
  scanner.end()
  await rows.end()
  return lines
}

function lineWriter(
  file: LineFile,
  at: Readonly<Record<string, number>>,
  width: number,
  rows: ByteRows,
  nomenclature: Nomenclature,
): (line: ScannedLine) => string | null {
  const field = fieldReader()
  const party = Buffer.alloc(16)
  const place = (name: string): number => at[name] ?? -1
  const told = (line: ScannedLine, name: string): string => (field.find(line, place(name)) ? line.bytes.toString('utf8', field.from, field.to) : '')
  const identity = { registry: place('registry'), rpps: place('rpps'), familyName: place('familyName') }
  return (line) => {
    let isSomebody = true
    if (file.table === 'mailbox') {
      if (line.fields !== width && line.fields !== width - 1) return `${line.fields - 1} colonnes au lieu de ${width - 1}`
      if (!/^\S+@\S+\.\S+$/.test(told(line, 'address'))) return 'Adresse de messagerie absente ou impossible'
      const owner = ownerOfMailbox(told(line, 'rpps'), told(line, 'structureNumber'))
      if (owner === null) isSomebody = false
      else party.write(owner.replaceAll('-', ''), 'hex')
    } else {
      const refusal = rppsRefusal(line, { at: identity, width }, field)
      if (refusal !== null) return refusal
      field.find(line, identity.rpps)
      writePartyId(party, line.bytes, field.from)
    }
    for (const [system, code, label] of file.labels) {
      const key = told(line, code)
      if (key !== '' && !nomenclature.has(`${system} ${key}`)) {
        const words = told(line, label)
        if (words !== '') nomenclature.set(`${system} ${key}`, { system, code: key, label: words })
      }
    }
    rows.bigint(line.high, line.low)
    if (isSomebody) rows.raw(party, 0, party.length)
    else rows.text(null)
    for (const [column, name] of file.kept) {
      if (column === 'dematerialised') rows.boolean(told(line, name) === '' ? null : /^[oO1]/.test(told(line, name)))
      else {
        field.find(line, place(name))
        rows.bytes(line.bytes, field.from, field.to)
      }
    }
    rows.endRow()
    return null
  }
}

/** The professional of a mailbox by her RPPS number, else the site by its FINESS number, with or without the 1 of Struct_IdNat. */
export function ownerOfMailbox(rpps: string, structure: string): string | null {
  if (/^\d{11}$/.test(rpps)) return partyIdOf('rpps', rpps)
  const finess = /^1?((?:\d{2}|2[AB])\d{7})$/.exec(structure)?.[1]
  return finess === undefined ? null : partyIdOf('finess', finess)
}
