import { sql } from 'kysely'
import type { UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { ReorientationId, SollicitationId } from '../contract/sollicitation.ts'

export async function upsertFindings(
  tx: Tx,
  id: SollicitationId,
  findings: readonly { readonly check: string; readonly finding: string; readonly note: string | null }[],
  at: Date,
  by: UserId,
): Promise<void> {
  for (const { check, finding, note } of findings) {
    await sql`insert into intake.subsidiarity (sollicitation_id, check_code, finding, note, noted_at, noted_by) values (${id}, ${check}, ${finding}, ${note}, ${at}, ${by})
      on conflict (sollicitation_id, check_code) do update set finding = excluded.finding, note = excluded.note, noted_at = excluded.noted_at, noted_by = excluded.noted_by`.execute(
      tx,
    )
  }
}

export interface NewReorientation {
  readonly id: ReorientationId
  readonly sollicitationId: SollicitationId
  readonly target: string
  readonly partnerName: string
  readonly partnerPhone: string | null
  readonly partyId: string | null
  readonly note: string | null
  readonly socialOutcome: string | null
  readonly followUpOn: string | null
  readonly sentAt: Date
  readonly sentBy: UserId
  readonly holderOrg: string
}

export async function insertReorientation(tx: Tx, one: NewReorientation): Promise<void> {
  await sql`insert into intake.reorientation (id, sollicitation_id, target, party_id, partner_name, partner_phone, note, social_outcome, sent_at, sent_by, follow_up_on, holder_org)
    values (${one.id}, ${one.sollicitationId}, ${one.target}, ${one.partyId}, ${one.partnerName}, ${one.partnerPhone}, ${one.note}, ${one.socialOutcome}, ${one.sentAt},
      ${one.sentBy}, ${one.followUpOn}, ${one.holderOrg})`.execute(tx)
}

export interface ReorientationState {
  readonly id: ReorientationId
  readonly sollicitationId: SollicitationId
  readonly outcome: string
  readonly relevance: string | null
  readonly followUpOn: string | null
  readonly partnerName: string
  readonly version: number
}

export async function findReorientation(
  tx: Tx,
  id: ReorientationId,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<ReorientationState | undefined> {
  const { rows } =
    await sql<ReorientationState>`select id, sollicitation_id as "sollicitationId", outcome, relevance, follow_up_on as "followUpOn", partner_name as "partnerName", version
    from intake.reorientation where id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0]
}

export interface ReorientationNews {
  readonly outcome: string
  readonly outcomeAt: Date | null
  readonly relevance: string | null
  readonly note: string | null
  readonly followUpOn: string | null
  readonly reminded: boolean
}

/** Writes what became of a reorientation; a note already there is kept above the new one. */
export async function writeNews(tx: Tx, id: ReorientationId, news: ReorientationNews): Promise<number> {
  const { rows } = await sql<{
    version: number
  }>`update intake.reorientation set outcome = ${news.outcome}, outcome_at = ${news.outcomeAt}, relevance = ${news.relevance},
      outcome_note = concat_ws(E'\n', outcome_note, ${news.note}::text), follow_up_on = ${news.followUpOn}, reminders = reminders + ${news.reminded ? 1 : 0}, version = version + 1
    where id = ${id} returning version`.execute(tx)
  return rows[0]?.version ?? 0
}
