import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { AssessmentId, AssessmentState, AssessmentTarget, authorKinds, Observations } from '../contract/assessment.ts'
import type { Answers } from '../contract/form-definition.ts'

export interface AssessmentRow extends AssessmentTarget {
  readonly formCode: string
  readonly formVersion: string
  readonly formKind: 'grid' | 'evaluation' | 'screening'
  readonly performedOn: string
  readonly authorKind: (typeof authorKinds)[number]
  readonly authorName: string
  readonly authorRole: string | null
  readonly authorPartyId: string | null
  readonly partOf: AssessmentId | null
  readonly correctsId: AssessmentId | null
  readonly volet: Volet
  readonly protection: string
  readonly version: number
}

/** The assessment as the actor sees it; `lock` keeps it for the transaction. */
export async function findAssessment(tx: Tx, id: AssessmentId, { lock = false } = {}): Promise<AssessmentRow | undefined> {
  return (
    await sql<AssessmentRow>`select id, person_id as "personId", holder_org as "holderOrg", created_by as "createdBy", state, form_code as "formCode",
    form_version as "formVersion", form_kind as "formKind", performed_on as "performedOn", author_kind as "authorKind", author_name as "authorName",
    author_role as "authorRole", author_party_id as "authorPartyId", part_of as "partOf", corrects_id as "correctsId", volet, protection, version
    from assessments.assessment where id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx)
  ).rows[0]
}

/** Among those that the actor sees, the one of this form that was begun or made for her that day; two at once wait for each other until the transaction ends. */
export async function findOfTheDay(
  tx: Tx,
  personId: PersonId,
  form: string,
  day: string,
): Promise<{ readonly id: AssessmentId; readonly state: AssessmentState; readonly by: string } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtext('assessments.of_the_day'), hashtext(${`${personId} ${form} ${day}`}))`.execute(tx)
  return (
    await sql<{ id: AssessmentId; state: AssessmentState; by: string }>`select id, state, author_name as by from assessments.assessment
      where person_id = ${personId} and form_code = ${form} and performed_on = ${day} and part_of is null and state in ('draft', 'finished')
      order by state, created_at limit 1`.execute(tx)
  ).rows[0]
}

export interface NewAssessment extends Omit<AssessmentRow, 'state' | 'protection' | 'version'> {
  readonly correctionReason: string | null
  readonly createdAt: Date
}

/** False when a live correction of the same assessment exists: the unique index decides between two at once. */
export async function insertAssessment(tx: Tx, row: NewAssessment): Promise<boolean> {
  const { rows } =
    await sql`insert into assessments.assessment (id, person_id, form_code, form_version, form_kind, performed_on, author_kind, author_name, author_role, author_party_id,
      part_of, corrects_id, correction_reason, volet, holder_org, created_at, created_by)
    values (${row.id}, ${row.personId}, ${row.formCode}, ${row.formVersion}, ${row.formKind}, ${row.performedOn}, ${row.authorKind}, ${row.authorName}, ${row.authorRole}, ${row.authorPartyId},
      ${row.partOf}, ${row.correctsId}, ${row.correctionReason}, ${row.volet}, ${row.holderOrg}, ${row.createdAt}, ${row.createdBy})
    on conflict (corrects_id) where corrects_id is not null and state <> 'discarded' do nothing returning id`.execute(tx)
  return rows.length === 1
}

export interface AssessmentChange {
  readonly state?: AssessmentState
  readonly performed_on?: string
  readonly author_kind?: string
  readonly author_name?: string
  readonly author_role?: string | null
  readonly author_party_id?: string | null
  readonly incomplete_reason?: string | null
  readonly finished_at?: Date
  readonly finished_by?: UserId
  readonly protection?: string
}

export async function updateAssessment(tx: Tx, id: AssessmentId, version: number, change: AssessmentChange): Promise<void> {
  const assignments = Object.entries(change).map(([column, value]) => sql`${sql.id(column)} = ${value}`)
  await sql`update assessments.assessment set version = ${version}${assignments.length > 0 ? sql`, ${sql.join(assignments)}` : sql``} where id = ${id}`.execute(
    tx,
  )
}

export interface SectionRow {
  readonly id: string
  readonly section: string
  readonly volet: Volet
  readonly holderOrg: ServiceId
  readonly protection: string
  readonly answers: Answers
  readonly observations: Observations
  readonly complete: boolean
  readonly version: number
}

const sectionColumns = sql`id, section, volet, holder_org as "holderOrg", protection, answers, observations, complete, version`

/** The sections that the actor sees, in no order; `lock` keeps them for the transaction. */
export async function findSections(tx: Tx, assessmentId: AssessmentId, { section = null as string | null, lock = false } = {}): Promise<readonly SectionRow[]> {
  return (
    await sql<SectionRow>`select ${sectionColumns} from assessments.section_answers where assessment_id = ${assessmentId} ${section === null ? sql`` : sql`and section = ${section}`}
    order by section ${lock ? sql`for update` : sql``}`.execute(tx)
  ).rows
}

export interface NewSection {
  readonly id: string
  readonly assessmentId: AssessmentId
  readonly personId: PersonId
  readonly section: string
  readonly volet: Volet
  readonly holderOrg: ServiceId
  readonly answers: Answers
  readonly observations: Observations
  readonly complete: boolean
  readonly savedAt: Date
  readonly savedBy: UserId
}

export async function insertSections(tx: Tx, rows: readonly NewSection[]): Promise<void> {
  await sql`insert into assessments.section_answers (id, assessment_id, person_id, section, volet, holder_org, answers, observations, complete, saved_at, saved_by)
    values ${sql.join(
      rows.map(
        (row) => sql`(${row.id}, ${row.assessmentId}, ${row.personId}, ${row.section}, ${row.volet}, ${row.holderOrg}, ${JSON.stringify(row.answers)}::jsonb,
      ${JSON.stringify(row.observations)}::jsonb, ${row.complete}, ${row.savedAt}, ${row.savedBy})`,
      ),
    )}`.execute(tx)
}

export async function updateSection(
  tx: Tx,
  id: string,
  version: number,
  change: { readonly answers: Answers; readonly observations: Observations; readonly complete: boolean; readonly savedAt: Date; readonly savedBy: UserId },
): Promise<void> {
  await sql`update assessments.section_answers set version = ${version}, answers = ${JSON.stringify(change.answers)}::jsonb, observations = ${JSON.stringify(change.observations)}::jsonb,
    complete = ${change.complete}, saved_at = ${change.savedAt}, saved_by = ${change.savedBy} where id = ${id}`.execute(tx)
}

/** Closes all the sections and shares them; gives how many. */
export async function closeSections(tx: Tx, assessmentId: AssessmentId): Promise<number> {
  return (
    await sql`update assessments.section_answers set closed = true, protection = 'shared' where assessment_id = ${assessmentId} and not closed returning id`.execute(
      tx,
    )
  ).rows.length
}
