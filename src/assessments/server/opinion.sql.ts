import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { AssessmentId, OpinionId } from '../contract/assessment.ts'

export interface NewOpinion {
  readonly id: OpinionId
  readonly assessmentId: AssessmentId
  readonly personId: PersonId
  readonly givenBy: string
  readonly givenByName: string | null
  readonly explainedOn: string
  readonly agrees: string | null
  readonly words: string | null
  readonly recordedBy: UserId
  readonly recordedByName: string
  readonly recordedAt: Date
  readonly volet: Volet
  readonly holderOrg: ServiceId
}

export async function insertOpinion(tx: Tx, row: NewOpinion): Promise<void> {
  await sql`insert into assessments.opinion (id, assessment_id, person_id, given_by, given_by_name, explained_on, agrees, words, recorded_by, recorded_by_name, recorded_at, volet, holder_org)
    values (${row.id}, ${row.assessmentId}, ${row.personId}, ${row.givenBy}, ${row.givenByName}, ${row.explainedOn}, ${row.agrees}, ${row.words}, ${row.recordedBy}, ${row.recordedByName},
      ${row.recordedAt}, ${row.volet}, ${row.holderOrg})`.execute(tx)
}
