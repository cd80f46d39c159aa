import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { NoteId } from '../contract/note.ts'
import type { noteThread } from '../contract/queries.ts'
import { alertJson } from './alert.sql.ts'

export interface NoteRow {
  readonly id: NoteId
  readonly personId: PersonId
  readonly type: string
  readonly title: string | null
  readonly body: string
  readonly urgent: boolean
  readonly event: string | null
  readonly askedOf: UserId | null
  readonly askedOfName: string | null
  readonly rootId: NoteId
  readonly relation: 'reply' | 'addendum' | null
  readonly authorId: UserId
  readonly authorName: string
  readonly authorFunction: string | null
  readonly at: Date | string
  readonly volet: Volet
  readonly holderOrg: ServiceId
  readonly protection: 'shared' | 'org_private'
}

export async function insertNote(tx: Tx, note: NoteRow): Promise<void> {
  await sql`insert into liaison.note (id, person_id, kind, title, body, urgent, event, asked_of, asked_of_name, root_id, relation, author_id, author_name, author_function, at, volet, holder_org, protection)
    values (${note.id}, ${note.personId}, ${note.type}, ${note.title}, ${note.body}, ${note.urgent}, ${note.event}, ${note.askedOf}, ${note.askedOfName}, ${note.rootId}, ${note.relation}, ${note.authorId}, ${note.authorName}, ${note.authorFunction},
      ${note.at}, ${note.volet}, ${note.holderOrg}, ${note.protection})`.execute(tx)
}

/** A note as the actor sees it, or undefined. */
export async function findNote(tx: Tx, id: NoteId): Promise<NoteRow | undefined> {
  return (
    await sql<NoteRow>`select id, person_id as "personId", kind as type, title, body, urgent, event, asked_of as "askedOf", asked_of_name as "askedOfName", root_id as "rootId", relation, author_id as "authorId", author_name as "authorName",
    author_function as "authorFunction", at, volet, holder_org as "holderOrg", protection from liaison.note where id = ${id}`.execute(tx)
  ).rows[0]
}

/** The whole thread of a note, oldest first, with the alert that its root raised. */
export async function selectThread(tx: Tx, rootId: NoteId): Promise<Pick<OutputOf<typeof noteThread>, 'notes' | 'alert' | 'openedBy' | 'notYet'>> {
  const { rows } = await sql<Pick<OutputOf<typeof noteThread>, 'notes' | 'alert' | 'openedBy' | 'notYet'>>`select
    (select jsonb_agg(jsonb_build_object('id', n.id, 'relation', n.relation, 'type', n.kind, 'title', n.title, 'body', n.body, 'urgent', n.urgent, 'event', n.event, 'askedOfName', n.asked_of_name, 'authorId', n.author_id, 'authorName', n.author_name,
      'authorFunction', n.author_function, 'at', n.at, 'recordedAt', n.recorded_at,
      'files', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'mediaType', f.media_type, 'byteLength', f.byte_length, 'width', f.width, 'height', f.height, 'scan', f.scan) order by f.position), '[]') from liaison.note_file f where f.note_id = n.id)) order by n.recorded_at, n.id) from liaison.note n where n.root_id = ${rootId}) as notes,
    (select ${alertJson} || jsonb_build_object('settledByName', (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = a.settled_by), 'settledAt', a.settled_at, 'outcome', a.outcome)
      from liaison.alert a where a.source_id = ${rootId} order by a.raised_at limit 1) as alert,
    coalesce((select jsonb_agg(jsonb_build_object('name', o.name, 'profession', o.profession) order by o.name) from liaison.openers(${rootId}) o where o.opened), '[]') as "openedBy",
    coalesce((select jsonb_agg(jsonb_build_object('name', o.name, 'profession', o.profession) order by o.name) from liaison.openers(${rootId}) o where not o.opened), '[]') as "notYet"`.execute(
    tx,
  )
  return rows[0] as Pick<OutputOf<typeof noteThread>, 'notes' | 'alert' | 'openedBy' | 'notYet'>
}

/** Somebody who reads a volet of the shared notebook of a person: a member of the circle, or who follows her in a DAC (`dac`); undefined for anybody else. */
export async function readerOfNote(
  tx: Tx,
  personId: PersonId,
  userId: UserId,
  volet: string,
): Promise<{ readonly name: string; readonly dac: ServiceId | null } | undefined> {
  return (
    await sql<{
      name: string
      dac: ServiceId | null
    }>`select r.name, null::uuid as dac from liaison.readers(${personId}) r where r.user_id = ${userId} and ${volet} = any (r.volets)
      union all
      select u.given_name || ' ' || u.family_name, e.holder_org from episodes.episode e join territory.user_account u on u.id = ${userId} and u.status = 'active'
      where e.person_id = any ((select persons.identity_set(${personId}))::uuid[]) and e.state <> 'closed' and ${userId}::uuid in (e.referent_id, e.binome_id)
      limit 1`.execute(tx)
  ).rows[0]
}
