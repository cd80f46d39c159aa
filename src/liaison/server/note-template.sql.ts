import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { NoteFrame, NoteTemplate, NoteTemplateId, noteTemplateBook } from '../contract/note-templates.ts'

/** The active frames of somebody's trade: of her category, and of her profession where they say one; who says no profession has those of all. */
export async function selectFrames(tx: Tx, userId: UserId, category: string): Promise<readonly NoteFrame[]> {
  return (
    await sql<NoteFrame>`with me as (select ' ' || public.unaccent(lower(u.profession_label)) as profession from territory.user_account u where u.id = ${userId})
    select t.id, v.label, v.note_type as type, v.headings from liaison.note_template t
    join lateral (select * from liaison.note_template_version v where v.template_id = t.id order by v.version desc limit 1) v on true
    where v.active and ${category} = any (v.categories) and (v.professions = '{}' or (select profession from me) is null
      or exists (select from unnest(v.professions) p where (select profession from me) like '% ' || public.unaccent(lower(p)) || '%'))
    order by v.professions = '{}', v.label`.execute(tx)
  ).rows
}

const inJson = sql`jsonb_build_object('id', v.template_id, 'version', v.version, 'label', v.label, 'type', v.note_type, 'categories', v.categories, 'professions', v.professions,
  'headings', v.headings, 'active', v.active, 'reason', v.reason, 'decidedByName', v.decided_by_name, 'decidedAt', v.decided_at)`

/** Every template as it stands, with its earlier versions, the latest first. */
export async function selectBook(tx: Tx): Promise<OutputOf<typeof noteTemplateBook>['rows']> {
  type Row = OutputOf<typeof noteTemplateBook>['rows'][number]
  const { rows } = await sql<{ row: Row }>`select last.json || jsonb_build_object('earlier', coalesce((
      select jsonb_agg(${inJson} order by v.version desc) from liaison.note_template_version v where v.template_id = t.id and v.version < (last.json ->> 'version')::int), '[]')) as row
    from liaison.note_template t join lateral (select ${inJson} as json, v.label from liaison.note_template_version v where v.template_id = t.id order by v.version desc limit 1) last on true
    order by last.label`.execute(tx)
  return rows.map(({ row }) => row)
}

/** The version of a template, kept for the transaction; 0 where there is none. */
export async function lockTemplate(tx: Tx, id: NoteTemplateId): Promise<number> {
  // No right to lock what is never changed: the advisory lock makes two writers of one template follow each other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`liaison.note_template:${id}`}, 0))`.execute(tx)
  return (
    (await sql<{ version: number }>`select coalesce(max(version), 0) as version from liaison.note_template_version where template_id = ${id}`.execute(tx))
      .rows[0]?.version ?? 0
  )
}

/** Writes a version, and the template with the first. */
export async function insertTemplateVersion(
  tx: Tx,
  template: Omit<NoteTemplate, 'decidedAt'> & { readonly decidedBy: UserId; readonly decidedAt: Date },
): Promise<void> {
  const { id, version, label, type, categories, professions, headings, active, reason, decidedBy, decidedByName, decidedAt } = template
  if (version === 1) await sql`insert into liaison.note_template (id, created_at) values (${id}, ${decidedAt})`.execute(tx)
  await sql`insert into liaison.note_template_version (template_id, version, label, note_type, categories, professions, headings, active, reason, decided_by, decided_by_name, decided_at)
    values (${id}, ${version}, ${label}, ${type}, ${[...categories]}::text[], ${[...professions]}::text[], ${[...headings]}::text[], ${active}, ${reason}, ${decidedBy}, ${decidedByName}, ${decidedAt})`.execute(
    tx,
  )
}
