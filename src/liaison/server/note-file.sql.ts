import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { CleanedAttachment } from '../../platform/server/attachments/clean.ts'
import type { KeptAttachment } from '../../platform/server/attachments/readable.ts'
import type { Tx } from '../../platform/server/db.ts'
import { type NoteFileId, noteHeading } from '../contract/note.ts'
import type { PersonFile } from '../contract/queries.ts'
import type { NoteType } from '../contract/value-sets.ts'
import type { NoteRow } from './note.sql.ts'

export interface NewNoteFile extends CleanedAttachment {
  readonly id: NoteFileId
  readonly personId: PersonId
  readonly volet: Volet
  readonly holderOrg: ServiceId
  readonly protection: 'shared' | 'org_private'
  readonly addedBy: UserId
  readonly at: Date
}

export async function insertNoteFile(tx: Tx, file: NewNoteFile): Promise<void> {
  await sql`insert into liaison.note_file (id, person_id, name, media_type, byte_length, width, height, sha256, content, added_by, added_at, volet, holder_org, protection)
    values (${file.id}, ${file.personId}, ${file.name}, ${file.mediaType}, ${file.byteLength}, ${file.width}, ${file.height}, ${file.sha256}, ${file.content}, ${file.addedBy}, ${file.at},
      ${file.volet}, ${file.holderOrg}, ${file.protection})`.execute(tx)
}

/** How many files the actor has sent and not yet put to a note. */
export async function countWaitingFiles(tx: Tx, userId: UserId): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from liaison.note_file where added_by = ${userId} and note_id is null`.execute(tx)).rows[0]?.n ?? 0
}

/** Ties files to the note just written, in its volet and its room. Gives how many were the author's, about the same person and not used yet. */
export async function attachNoteFiles(
  tx: Tx,
  note: Pick<NoteRow, 'id' | 'personId' | 'volet' | 'protection' | 'holderOrg'>,
  files: readonly NoteFileId[],
): Promise<number> {
  const { numAffectedRows } =
    await sql`update liaison.note_file f set note_id = ${note.id}, position = g.place, volet = ${note.volet}, protection = ${note.protection}, holder_org = ${note.holderOrg}
    from unnest(${[...files]}::uuid[]) with ordinality as g(id, place) where f.id = g.id and f.person_id = ${note.personId} and f.note_id is null and f.scan <> 'infected'`.execute(
      tx,
    )
  return Number(numAffectedRows ?? 0)
}

export async function findNoteFile(tx: Tx, id: NoteFileId): Promise<(KeptAttachment & { readonly personId: PersonId }) | undefined> {
  return (
    await sql<KeptAttachment & { readonly personId: PersonId }>`select name, media_type as "mediaType", scan,
      case when scan in ('none', 'clean') then translate(encode(content, 'base64'), E'\n', '') end as content, person_id as "personId"
      from liaison.note_file where id = ${id}`.execute(tx)
  ).rows[0]
}

/** One page of the files of her notebook that the actor reads, the latest first. Gives one more than `limit` when there is more. */
export async function selectPersonFiles(
  tx: Tx,
  personId: PersonId,
  after: { readonly at: string; readonly id: string } | null,
  limit: number,
): Promise<readonly PersonFile[]> {
  const { rows } = await sql<
    Omit<PersonFile, 'noteTitle'> & { readonly noteKind: NoteType; readonly noteTitle: string | null; readonly noteBody: string }
  >`select
      f.id, f.name, f.media_type as "mediaType", f.byte_length as "byteLength", f.width, f.height, f.scan, f.added_at as "addedAt", n.id as "noteId", n.kind as "noteKind", n.title as "noteTitle",
      left(n.body, 400) as "noteBody", n.author_name as "authorName",
      coalesce((select lower(u.profession_label) from territory.user_account u where u.id = n.author_id and n.author_function = 'professionnel du cercle'), n.author_function) as "authorFunction", n.volet, n.protection = 'org_private' as "isPrivate"
    from liaison.note_file f join liaison.note n on n.id = f.note_id
    where f.person_id = any ((select persons.identity_set(${personId}))::uuid[]) ${after === null ? sql`` : sql`and (f.added_at, f.id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
    order by f.added_at desc, f.id desc limit ${limit + 1}`.execute(tx)
  return rows.map(({ noteKind, noteTitle, noteBody, ...file }) => ({ ...file, noteTitle: noteHeading(noteKind, noteTitle, noteBody).title }))
}

/** As the system: what was sent for a note that was never written, a day ago. */
export async function destroyWaitingFiles(tx: Tx, now: Date): Promise<void> {
  await sql`delete from liaison.note_file where note_id is null and added_at < ${now}::timestamptz - interval '1 day'`.execute(tx)
}

/** Which of these files did not go with the note: refused by the antivirus, or gone. */
export async function leftOut(
  tx: Tx,
  noteId: string,
  files: readonly NoteFileId[],
): Promise<{ readonly refused: readonly NoteFileId[]; readonly missing: readonly NoteFileId[] }> {
  const { rows } = await sql<{ id: NoteFileId; refused: boolean }>`select g.id, coalesce(f.scan = 'infected', false) as refused
    from unnest(${[...files]}::uuid[]) g(id) left join liaison.note_file f on f.id = g.id where f.note_id is distinct from ${noteId}::uuid`.execute(tx)
  return { refused: rows.filter(({ refused }) => refused).map(({ id }) => id), missing: rows.filter(({ refused }) => !refused).map(({ id }) => id) }
}

export interface FileInItsNote {
  readonly personId: PersonId
  readonly noteId: string | null
  readonly itemId: string | null
  readonly volet: Volet
  readonly holderOrg: ServiceId
  readonly protection: 'shared' | 'org_private'
}

/** As the system: where a file is, once its verdict is known. */
export async function placeOfFile(tx: Tx, id: string): Promise<FileInItsNote | undefined> {
  return (
    await sql<FileInItsNote>`select f.person_id as "personId", f.note_id as "noteId", t.id as "itemId", f.volet, f.holder_org as "holderOrg", f.protection
      from liaison.note_file f left join persons.timeline_item t on t.source = 'liaison.note' and t.source_id = f.note_id where f.id = ${id}`.execute(tx)
  ).rows[0]
}

/** As the system: her own note is news for its author again. */
export async function markAnew(tx: Tx, userId: string, itemId: string, personId: PersonId, at: Date): Promise<void> {
  await sql`insert into liaison.unread (user_id, item_id, person_id, at) values (${userId}, ${itemId}, ${personId}, ${at}) on conflict do nothing`.execute(tx)
}
