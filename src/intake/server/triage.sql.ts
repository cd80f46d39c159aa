import { sql } from 'kysely'
import type { UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { SollicitationId } from '../contract/sollicitation.ts'

export interface NewDecision {
  readonly id: string
  readonly sollicitationId: SollicitationId
  readonly decision: string
  readonly dacReasons: readonly string[]
  readonly level: string | null
  readonly referentId: UserId | null
  readonly deputyId: UserId | null
  readonly comment: string | null
  readonly nextStep: string | null
  readonly nextStepOn: string | null
  readonly participants: string | null
  readonly decidedAt: Date
  readonly decidedBy: UserId
  readonly decidedByName: string
  readonly episodeId: string | null
}

export async function insertDecision(tx: Tx, one: NewDecision): Promise<void> {
  await sql`insert into intake.triage_decision (id, sollicitation_id, decision, dac_reasons, level, referent_id, deputy_id, comment, next_step, next_step_on, participants, decided_at,
      decided_by, decided_by_name, episode_id)
    values (${one.id}, ${one.sollicitationId}, ${one.decision}, ${one.dacReasons}::text[], ${one.level}, ${one.referentId}, ${one.deputyId}, ${one.comment}, ${one.nextStep},
      ${one.nextStepOn}, ${one.participants}, ${one.decidedAt}, ${one.decidedBy}, ${one.decidedByName}, ${one.episodeId})`.execute(tx)
}
