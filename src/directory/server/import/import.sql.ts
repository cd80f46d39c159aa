import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/server/db.ts'
import type { ImportSource } from '../../contract/import-sources.ts'

export interface ImportCounts {
  readonly lines: number
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly rejected: number
}

/** For the transaction of a switch: few large statements, where the usual settings are for many small ones. */
export async function preferThroughput(tx: Tx): Promise<void> {
  await sql`select set_config('work_mem', '128MB', true), set_config('maintenance_work_mem', '256MB', true), set_config('jit', 'off', true)`.execute(tx)
}

/** How many professionals, or structures, the directory holds. */
export async function countHeld(tx: Tx, source: 'rpps' | 'finess'): Promise<number> {
  const table = source === 'rpps' ? sql`directory.professional` : sql`directory.structure`
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${table}`.execute(tx)
  return rows[0]?.n ?? 0
}

/** The reading rules under which the directory was last filled from a source; null before its first import. */
export async function heldReading(tx: Tx, source: ImportSource): Promise<number | null> {
  const { rows } = await sql<{ reading: number }>`select reading from directory.source where code = ${source}`.execute(tx)
  return rows[0]?.reading ?? null
}

/** The day of the file that the directory was last filled from; null when none, or when its file did not tell it. */
export async function heldEdition(tx: Tx, source: ImportSource): Promise<string | null> {
  const { rows } = await sql<{ edition: string | null }>`select edition::text from directory.source where code = ${source}`.execute(tx)
  return rows[0]?.edition ?? null
}

export async function recordSource(tx: Tx, source: ImportSource, importId: string, edition: string | null, reading: number, now: Date): Promise<void> {
  await sql`insert into directory.source (code, edition, imported_at, import_id, reading) values (${source}, ${edition}, ${now}, ${importId}, ${reading})
    on conflict (code) do update set edition = excluded.edition, imported_at = excluded.imported_at, import_id = excluded.import_id, reading = excluded.reading`.execute(
    tx,
  )
}

/** Notes how many professionals and sites are held, for the pages that say so. A feed that stops half-way has changed some too. */
export async function countCards(tx: Tx): Promise<void> {
  await sql`update directory.source set cards = case code when 'rpps' then (select count(*) from directory.professional) else (select count(*) from directory.structure) end
    where code in ('rpps', 'finess')`.execute(tx)
}

export async function emptyStaging(tx: Tx): Promise<void> {
  await sql`truncate directory.staged_practice, directory.staged_person, directory.staged_structure, directory.staged_removal, directory.staged_party,
    directory.staged_skill, directory.staged_diploma, directory.staged_mailbox, directory.staged_service, directory.staged_outside_structure`.execute(tx)
}

const practiceColumns = sql.raw(
  'line_hash, party_id, profession, status, skill_type, skill, mode, role, genre, sector, structure_key, finess, finess_legal, siret, site_name, address, postal_code, commune_code, city, phone, other_phone, email',
)

async function count(tx: Tx, query: RawBuilder<unknown>): Promise<number> {
  return Number((await query.execute(tx)).numAffectedRows ?? 0)
}

/** Takes away the lines that the file no longer has; gives whose entries must be derived again: theirs, and those of the new lines. */
async function removePractices(tx: Tx): Promise<number> {
  const staged = await count(
    tx,
    sql`with gone as (delete from directory.practice p using directory.staged_removal r where p.line_hash = r.line_hash returning p.party_id)
    insert into directory.staged_party select party_id from directory.staged_practice union select party_id from gone`,
  )
  await sql`select directory.gather_statistics(true)`.execute(tx)
  return staged
}

/**
 * Whoever the Annuaire told gone since the extract was made stays out (opposition, danger: TRE_R391), though the extract still has her; a later one brings
 * her back. An extract that does not tell its day is taken for a later one.
 */
export async function keepVanishedOut(tx: Tx, edition: string | null): Promise<void> {
  if (edition === null) return
  for (const table of ['staged_practice', 'staged_person'])
    await sql`delete from ${sql.table(`directory.${table}`)} s using directory.vanished v
      where v.party_id = s.party_id and v.told_by = 'annuaire' and v.vanished_at >= ${edition}::date`.execute(tx)
}

/** Brings practices and professionals to the file; gives who is new, who changed and who left. */
export async function mergePractices(tx: Tx, importId: string, now: Date): Promise<{ added: number; changed: number; removed: number }> {
  const staged = await removePractices(tx)
  await sql`insert into directory.practice (${practiceColumns}) select ${practiceColumns} from directory.staged_practice`.execute(tx)
  const written = (
    await sql<{ added: number; changed: number }>`
    with merged as (
      insert into directory.professional as held (party_id, rpps, family_name, given_name, name_key, civility, title)
      select distinct on (party_id) party_id, rpps, family_name, given_name, name_key, civility, title from directory.staged_person order by party_id
      on conflict (party_id) do update set family_name = excluded.family_name, given_name = excluded.given_name, name_key = excluded.name_key, civility = excluded.civility, title = excluded.title
      returning xmax = 0 as new
    ) select count(*) filter (where new)::int as added, count(*) filter (where not new)::int as changed from merged`.execute(tx)
  ).rows[0] ?? { added: 0, changed: 0 }
  const gone = await sql<{ partyId: string }>`delete from directory.professional f using directory.staged_party a
    where f.party_id = a.party_id and not exists (select from directory.practice p where p.party_id = a.party_id) returning f.party_id as "partyId"`.execute(tx)
  await recordVanished(
    tx,
    gone.rows.map((row) => row.partyId),
    importId,
    now,
  )
  await sql`delete from directory.vanished v using directory.staged_practice s where v.party_id = s.party_id`.execute(tx)
  return { added: written.added, changed: staged - written.added - gone.rows.length, removed: gone.rows.length }
}

async function recordVanished(tx: Tx, partyIds: readonly string[], importId: string, now: Date): Promise<void> {
  await sql`insert into directory.vanished (party_id, vanished_at, import_id) select id, ${now}, ${importId} from unnest(${partyIds}::uuid[]) as gone(id)
    on conflict (party_id) do update set vanished_at = excluded.vanished_at, import_id = excluded.import_id, told_by = excluded.told_by`.execute(tx)
}

export async function writeNomenclature(tx: Tx, labels: readonly { readonly system: string; readonly code: string; readonly label: string }[]): Promise<void> {
  await sql`insert into directory.nomenclature (system, code, label) select system, code, label from jsonb_to_recordset(${JSON.stringify(labels)}::jsonb) as r(system text, code text, label text)
    on conflict (system, code) do update set label = excluded.label where nomenclature.label <> excluded.label`.execute(tx)
}

const structureColumns = sql.raw(
  'party_id, finess, finess_legal, legal_name, siret, category, kind, name, long_name, address, postal_code, commune_code, city, phone, other_phone, email, latitude, longitude, opened_on, closed_on, updated_on, detail, name_key, search_words, row_hash',
)

/** Brings the structures to the file. Staged rows are the new and changed ones; staged removals hold the row hashes that left. */
export async function mergeStructures(tx: Tx, importId: string, now: Date): Promise<{ added: number; changed: number; removed: number }> {
  await sql`insert into directory.staged_party select party_id from directory.staged_structure
    union select s.party_id from directory.staged_removal r join directory.structure s on s.row_hash = r.line_hash`.execute(tx)
  await sql`select directory.gather_statistics(true)`.execute(tx)
  const replaced = await count(tx, sql`delete from directory.structure s using directory.staged_structure n where s.party_id = n.party_id`)
  const gone = await sql<{
    partyId: string
  }>`delete from directory.structure s using directory.staged_removal r where s.row_hash = r.line_hash returning s.party_id as "partyId"`.execute(tx)
  const written = await count(tx, sql`insert into directory.structure (${structureColumns}) select ${structureColumns} from directory.staged_structure`)
  await recordVanished(
    tx,
    gone.rows.map((row) => row.partyId),
    importId,
    now,
  )
  await sql`delete from directory.vanished v using directory.staged_structure s where v.party_id = s.party_id`.execute(tx)
  return { added: written - replaced, changed: replaced, removed: gone.rows.length }
}

/** The middle of each commune: the median of the addresses of its structures. Communes without any keep what they had. */
export async function placeCommunes(tx: Tx): Promise<void> {
  await sql`update territory.commune c set latitude = m.latitude, longitude = m.longitude from (
      select commune_code, percentile_cont(0.5) within group (order by latitude) as latitude, percentile_cont(0.5) within group (order by longitude) as longitude
      from directory.structure where latitude is not null and commune_code is not null group by commune_code) m
    where m.commune_code = c.code and (c.latitude, c.longitude) is distinct from (m.latitude, m.longitude)`.execute(tx)
}
