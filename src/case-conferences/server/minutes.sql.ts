import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { BlockId, CaseDecisionId, ConferenceId } from '../contract/conference.ts'
import type { RowOf } from './conference.sql.ts'

export interface BlockRow extends RowOf {
  readonly id: BlockId
  readonly heading: string
  readonly body: string
  readonly volet: Volet
  readonly version: number
  readonly editorId: UserId | null
  readonly editorName: string | null
  /** Somebody holds the pen at this instant. */
  readonly held: boolean
}

export async function lockBlock(tx: Tx, id: BlockId, now: Date): Promise<BlockRow | undefined> {
  return (
    await sql<BlockRow>`select id, conference_id as "conferenceId", person_id as "personId", holder_org as "holderOrg", heading, body, volet, version, editor_id as "editorId",
      editor_name as "editorName", coalesce(editing_until > ${now}, false) as held from case_conferences.block where id = ${id} for update`.execute(tx)
  ).rows[0]
}

export async function holdBlock(tx: Tx, id: BlockId, by: UserId, name: string, until: Date): Promise<void> {
  await sql`update case_conferences.block set editor_id = ${by}, editor_name = ${name}, editing_until = ${until} where id = ${id}`.execute(tx)
}

export async function saveBlock(
  tx: Tx,
  id: BlockId,
  w: { readonly body: string; readonly version: number; readonly at: Date; readonly by: UserId; readonly byName: string; readonly until: Date | null },
): Promise<void> {
  await sql`update case_conferences.block set body = ${w.body}, version = ${w.version}, written_at = ${w.at}, written_by_name = ${w.byName},
    editor_id = ${w.until === null ? null : w.by}, editor_name = ${w.until === null ? null : w.byName}, editing_until = ${w.until} where id = ${id}`.execute(tx)
}

/** A passage that somebody else still holds. */
export async function heldByAnother(tx: Tx, id: ConferenceId, by: UserId, now: Date): Promise<boolean> {
  const { rows } =
    await sql`select 1 from case_conferences.block where conference_id = ${id} and editing_until > ${now} and editor_id <> ${by} limit 1`.execute(tx)
  return rows.length > 0
}

export interface DecisionRow extends RowOf {
  readonly id: CaseDecisionId
  readonly words: string
  readonly partyId: string | null
  readonly actorName: string
  readonly actorRole: string | null
  readonly dueOn: string | null
  readonly answer: 'accepted' | 'refused' | null
  readonly answerMode: string | null
  readonly answerWords: string | null
  readonly planActionId: string | null
  readonly taskId: string | null
  readonly removed: boolean
  readonly volet: Volet
  readonly version: number
}

export async function lockDecision(tx: Tx, id: CaseDecisionId): Promise<DecisionRow | undefined> {
  return (
    await sql<DecisionRow>`select id, conference_id as "conferenceId", person_id as "personId", holder_org as "holderOrg", words, actor_party_id as "partyId", actor_name as "actorName",
      actor_role as "actorRole", due_on as "dueOn", answer, answer_mode as "answerMode", answer_words as "answerWords", plan_action_id as "planActionId", task_id as "taskId",
      removed_at is not null as removed, volet, version from case_conferences.decision where id = ${id} for update`.execute(tx)
  ).rows[0]
}

export async function insertDecision(
  tx: Tx,
  of: RowOf,
  d: {
    readonly id: CaseDecisionId
    readonly words: string
    readonly volet: Volet
    readonly actorPartyId: string | null
    readonly actorName: string
    readonly actorRole: string | null
    readonly dueOn: string | null
    readonly at: Date
    readonly by: UserId
  },
): Promise<void> {
  await sql`insert into case_conferences.decision (id, conference_id, person_id, holder_org, position, words, volet, actor_party_id, actor_name, actor_role, due_on, created_at, created_by)
    values (${d.id}, ${of.conferenceId}, ${of.personId}, ${of.holderOrg}, (select coalesce(max(position), 0) + 1 from case_conferences.decision where conference_id = ${of.conferenceId}),
      ${d.words}, ${d.volet}, ${d.actorPartyId}, ${d.actorName}, ${d.actorRole}, ${d.dueOn}, ${d.at}, ${d.by})`.execute(tx)
}

export async function updateDecision(tx: Tx, id: CaseDecisionId, version: number, changes: Readonly<Record<string, unknown>>): Promise<void> {
  const set = Object.entries(changes).map(([column, value]) => sql`${sql.id(column)} = ${value}`)
  await sql`update case_conferences.decision set version = ${version}${set.length > 0 ? sql`, ${sql.join(set)}` : sql``} where id = ${id}`.execute(tx)
}
