import { sql } from 'kysely'
import { personNameJson } from '../../persons/server/api.ts'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { PersonId, UserId } from '../../platform/contract/ids.ts'
import type { CleanedAttachment } from '../../platform/server/attachments/clean.ts'
import type { KeptAttachment } from '../../platform/server/attachments/readable.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { Message, search } from '../contract/queries.ts'
import { type FileId, type MessageId, type MessageTarget, type OutcomeKind, searchKey, type ThreadId, type ThreadTarget } from '../contract/thread.ts'

export interface NewMessage {
  readonly id: MessageId
  readonly thread: ThreadTarget
  readonly number: number
  readonly authorId: UserId
  readonly authorName: string
  readonly authorProfession: string | null
  readonly body: string
  readonly replyTo: MessageId | null
  readonly mentions: readonly UserId[]
  readonly at: Date
}

export async function insertMessage(tx: Tx, message: NewMessage): Promise<void> {
  const { thread } = message
  await sql`insert into conversations.message (id, thread_id, person_id, number, author_id, author_name, author_profession, body, reply_to, mentions, sent_at, search_key, volet, holder_org)
    values (${message.id}, ${thread.id}, ${thread.personId}, ${message.number}, ${message.authorId}, ${message.authorName}, ${message.authorProfession}, ${message.body}, ${message.replyTo},
      ${`{${message.mentions.join(',')}}`}::uuid[], ${message.at}, ${searchKey(message.body)}, ${thread.volet}, ${thread.holderOrg})`.execute(tx)
}

/** A message as the actor may read it, or undefined. */
export async function findMessage(tx: Tx, id: MessageId): Promise<MessageTarget | undefined> {
  return (
    await sql<MessageTarget>`select id, thread_id as "threadId", person_id as "personId", volet, holder_org as "holderOrg", number from conversations.message where id = ${id}`.execute(
      tx,
    )
  ).rows[0]
}

export interface MessageRange {
  readonly before: number | null
  readonly after: number | null
  readonly limit: number
}

/** Messages of a conversation in their order; one more than `limit` on the side that was asked for when there is more. */
export async function selectMessages(tx: Tx, threadId: ThreadId, { before, after, limit }: MessageRange): Promise<readonly Message[]> {
  const forward = after !== null
  const { rows } = await sql<Message>`with page as materialized (select m.* from conversations.message m where m.thread_id = ${threadId}
      ${before === null ? sql`` : sql`and m.number < ${before}`} ${forward ? sql`and m.number > ${after}` : sql``}
      order by m.number ${forward ? sql`asc` : sql`desc`} limit ${limit + 1})
    select m.id, m.number, m.author_id as "authorId", conversations.shown_name(m.person_id, m.author_id, m.author_name) as "authorName", case when conversations.named_to_actor(m.person_id, m.author_id) then m.author_profession end as "authorProfession", m.body, m.sent_at as "sentAt", m.mentions,
      case when m.reply_to is null then null else coalesce((select jsonb_build_object('id', r.id, 'number', r.number, 'authorName', conversations.shown_name(r.person_id, r.author_id, r.author_name), 'excerpt', left(r.body, 160))
        from conversations.message r where r.id = m.reply_to), jsonb_build_object('id', m.reply_to, 'number', null, 'authorName', null, 'excerpt', null)) end as "replyTo",
      coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'mediaType', f.media_type, 'byteLength', f.byte_length, 'width', f.width, 'height', f.height, 'scan', f.scan) order by f.position)
        from conversations.file f where f.message_id = m.id), '[]') as files,
      coalesce((select jsonb_agg(jsonb_build_object('kind', o.kind, 'targetId', o.target_id, 'madeByName', o.made_by_name) order by o.made_at) from conversations.outcome o where o.message_id = m.id), '[]') as outcomes
    from page m order by m.number ${forward ? sql`asc` : sql`desc`}`.execute(tx)
  return rows
}

/** Messages that hold every word, in the conversations of the actor, the last first. */
export async function searchMessages(tx: Tx, words: readonly string[], personId: PersonId | null, limit: number): Promise<OutputOf<typeof search>['rows']> {
  const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, (one) => `\\${one}`)}%`)
  const { rows } = await sql<OutputOf<typeof search>['rows'][number]>`with found as materialized (select m.* from conversations.message m
      where m.thread_id = any ((select conversations.mine())::uuid[]) and m.search_key like all (${patterns}::text[])
        ${personId === null ? sql`` : sql`and m.person_id = any ((select persons.identity_set(${personId}))::uuid[])`}
      order by m.sent_at desc, m.id desc limit ${limit})
    select f.id, f.thread_id as "threadId", f.number, case when f.person_id is null then null else ${personNameJson('f.person_id')} end as person,
      (select t.subject from conversations.thread t where t.id = f.thread_id) as subject, conversations.shown_name(f.person_id, f.author_id, f.author_name) as "authorName", f.sent_at as "sentAt", f.body
    from found f order by f.sent_at desc, f.id desc`.execute(tx)
  return rows
}

export interface NewFile extends CleanedAttachment {
  readonly id: FileId
  readonly thread: ThreadTarget
  readonly addedBy: UserId
  readonly at: Date
}

export async function insertFile(tx: Tx, file: NewFile): Promise<void> {
  const { thread } = file
  await sql`insert into conversations.file (id, thread_id, person_id, name, media_type, byte_length, width, height, sha256, content, added_by, added_at, volet, holder_org)
    values (${file.id}, ${thread.id}, ${thread.personId}, ${file.name}, ${file.mediaType}, ${file.byteLength}, ${file.width}, ${file.height}, ${file.sha256}, ${file.content}, ${file.addedBy},
      ${file.at}, ${thread.volet}, ${thread.holderOrg})`.execute(tx)
}

/** Ties uploaded files to their message, in this order. Gives how many were the actor's, of this conversation and not sent yet. */
export async function attachFiles(tx: Tx, message: { readonly id: MessageId; readonly threadId: ThreadId }, files: readonly FileId[]): Promise<number> {
  const { numAffectedRows } = await sql`update conversations.file f set message_id = ${message.id}, position = g.place
    from unnest(${`{${files.join(',')}}`}::uuid[]) with ordinality as g(id, place) where f.id = g.id and f.thread_id = ${message.threadId} and f.message_id is null and f.scan <> 'infected'`.execute(
    tx,
  )
  return Number(numAffectedRows ?? 0)
}

/** How many files the actor has uploaded and not sent. */
export async function countWaitingFiles(tx: Tx, userId: UserId): Promise<number> {
  return (
    (await sql<{ n: number }>`select count(*)::int as n from conversations.file where added_by = ${userId} and message_id is null`.execute(tx)).rows[0]?.n ?? 0
  )
}

/** Whether the antivirus refused one of these files. */
export async function someRefused(tx: Tx, files: readonly FileId[]): Promise<boolean> {
  return (
    (await sql`select from conversations.file where id = any (${`{${files.join(',')}}`}::uuid[]) and scan = 'infected' limit 1`.execute(tx)).rows.length > 0
  )
}

export interface FileInItsMessage {
  readonly threadId: ThreadId
  readonly messageId: MessageId | null
  readonly number: number | null
  /** Those who take part and may read now. */
  readonly listeners: readonly string[]
}

/** As the system: where a file is, once its verdict is known, and whom to tell. */
export async function placeOfFile(tx: Tx, id: string): Promise<FileInItsMessage | undefined> {
  return (
    await sql<FileInItsMessage>`select f.thread_id as "threadId", f.message_id as "messageId", m.number,
      array(select p.user_id from conversations.participant p where p.thread_id = f.thread_id and p.left_at is null and (p.person_id is null or conversations.sees(p.user_id, p.person_id, p.volet))) as listeners
      from conversations.file f left join conversations.message m on m.id = f.message_id where f.id = ${id}`.execute(tx)
  ).rows[0]
}

export async function findFile(tx: Tx, id: FileId): Promise<(KeptAttachment & { readonly personId: PersonId | null }) | undefined> {
  return (
    await sql<KeptAttachment & { readonly personId: PersonId | null }>`select name, media_type as "mediaType", scan,
      case when scan in ('none', 'clean') then translate(encode(content, 'base64'), E'\n', '') end as content, person_id as "personId" from conversations.file where id = ${id}`.execute(
      tx,
    )
  ).rows[0]
}

export interface NewOutcome {
  readonly id: string
  readonly message: MessageTarget
  readonly kind: OutcomeKind
  readonly targetId: string
  readonly madeBy: UserId
  readonly madeByName: string
  readonly at: Date
}

/** Links a message to what it became; once, however often it is said. */
export async function insertOutcome(tx: Tx, { message, ...outcome }: NewOutcome): Promise<void> {
  await sql`insert into conversations.outcome (id, message_id, thread_id, person_id, kind, target_id, made_by, made_by_name, made_at, volet, holder_org)
    values (${outcome.id}, ${message.id}, ${message.threadId}, ${message.personId}, ${outcome.kind}, ${outcome.targetId}, ${outcome.madeBy}, ${outcome.madeByName}, ${outcome.at},
      ${message.volet}, ${message.holderOrg}) on conflict (kind, target_id) do nothing`.execute(tx)
}

const targets = { note: 'liaison.note', task: 'episodes.task', appointment: 'agenda.appointment' } as const

/** True if the note, the task or the appointment is of this person, and the actor sees it. */
export async function isTargetOf(tx: Tx, kind: keyof typeof targets, id: string, personId: PersonId): Promise<boolean> {
  const { rows } = await sql`select from ${sql.table(targets[kind])} t where t.id = ${id} and t.person_id = any (persons.identity_set(${personId}))`.execute(tx)
  return rows.length > 0
}
