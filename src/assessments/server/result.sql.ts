import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId, ServiceId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { AssessmentId, FormerResult, Result } from '../contract/assessment.ts'

export interface NewResult {
  readonly assessmentId: AssessmentId
  readonly personId: PersonId
  readonly formCode: string
  readonly formVersion: string
  readonly performedOn: string
  readonly result: Result
  readonly age: number | null
  readonly computedAt: Date
  readonly volet: Volet
  readonly holderOrg: ServiceId
}

export async function insertResult(tx: Tx, row: NewResult): Promise<void> {
  const { result } = row
  await sql`insert into assessments.result (assessment_id, person_id, form_code, form_version, performed_on, score, max_score, band, label, severity, printed, readings, details, age,
      computed_at, volet, holder_org)
    values (${row.assessmentId}, ${row.personId}, ${row.formCode}, ${row.formVersion}, ${row.performedOn}, ${result.score}, ${result.max}, ${result.band}, ${result.label}, ${result.severity},
      ${result.printed}, ${JSON.stringify(result.readings)}::jsonb, ${JSON.stringify(result.details)}::jsonb, ${row.age}, ${row.computedAt}, ${row.volet}, ${row.holderOrg})`.execute(
    tx,
  )
}

/** The result of a corrected assessment no longer counts as the latest. */
export async function supersedeResult(tx: Tx, assessmentId: AssessmentId): Promise<void> {
  await sql`update assessments.result set superseded = true where assessment_id = ${assessmentId} and not superseded`.execute(tx)
}

/** A row of assessments.result as the JSON of a Result. */
export const resultJson = (
  alias: string,
) => sql`jsonb_build_object('score', ${sql.ref(`${alias}.score`)}, 'max', ${sql.ref(`${alias}.max_score`)}, 'band', ${sql.ref(`${alias}.band`)},
  'label', ${sql.ref(`${alias}.label`)}, 'severity', ${sql.ref(`${alias}.severity`)}, 'printed', ${sql.ref(`${alias}.printed`)}, 'readings', ${sql.ref(`${alias}.readings`)},
  'details', ${sql.ref(`${alias}.details`)})`

/** The result that came before: same form, same person, not corrected since. `alias` has id, person_id, form_code, performed_on and corrects_id. */
export const formerResultOf = (
  alias: string,
  ids: ReturnType<typeof sql>,
) => sql<FormerResult | null>`(select jsonb_build_object('assessmentId', f.assessment_id, 'printed', f.printed, 'label', f.label,
    'score', f.score, 'severity', f.severity, 'performedOn', f.performed_on)
  from assessments.result f where f.person_id = any (${ids}) and f.form_code = ${sql.ref(`${alias}.form_code`)} and not f.superseded and f.assessment_id <> ${sql.ref(`${alias}.id`)}
    and f.assessment_id is distinct from ${sql.ref(`${alias}.corrects_id`)} and (f.performed_on, f.computed_at) < (${sql.ref(`${alias}.performed_on`)}, coalesce(${sql.ref(`${alias}.finished_at`)}, 'infinity'))
  order by f.performed_on desc, f.computed_at desc limit 1)`

export interface LatestRow {
  readonly formCode: string
  readonly formVersion: string
  readonly assessmentId: AssessmentId
  readonly performedOn: string
  readonly result: Result
  readonly former: FormerResult | null
}

/** The two last results of each form that the actor sees, folded in one line per form. */
export async function selectLatest(tx: Tx, personId: PersonId): Promise<readonly LatestRow[]> {
  return (
    await sql<LatestRow>`with ranked as (
      select r.*, row_number() over (partition by form_code order by performed_on desc, computed_at desc) as place
      from assessments.result r where r.person_id = any ((select persons.identity_set(${personId}))::uuid[]) and not r.superseded)
    select l.form_code as "formCode", l.form_version as "formVersion", l.assessment_id as "assessmentId", l.performed_on as "performedOn", ${resultJson('l')} as result,
      (select jsonb_build_object('assessmentId', f.assessment_id, 'printed', f.printed, 'label', f.label, 'score', f.score, 'severity', f.severity, 'performedOn', f.performed_on)
        from ranked f where f.form_code = l.form_code and f.place = 2) as former
    from ranked l where l.place = 1 order by l.performed_on desc, l.form_code`.execute(tx)
  ).rows
}
