import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { AssessmentId, AssessmentLine, Opinion, Result, SectionAnswers } from '../contract/assessment.ts'
import type { Answers } from '../contract/form-definition.ts'
import { formerResultOf, resultJson } from './result.sql.ts'

const userName = (column: string) =>
  sql<string | null>`(select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = ${sql.ref(column)})`

const opinionJson = sql`jsonb_build_object('id', o.id, 'givenBy', o.given_by, 'givenByName', o.given_by_name, 'explainedOn', o.explained_on, 'agrees', o.agrees, 'words', o.words,
  'recordedByName', o.recorded_by_name, 'recordedAt', to_char(o.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`

/** Lines of the list: of a person (and of all that she was merged from), or one assessment. Row-level security leaves out results and opinions of closed volets. */
export async function selectLines(tx: Tx, personId: PersonId, only: AssessmentId | null = null): Promise<AssessmentLine[]> {
  const ids = sql`(select persons.identity_set(${personId}))::uuid[]`
  return (
    await sql<AssessmentLine>`
    select a.id, a.form_code as "formCode", a.form_version as "formVersion", a.form_kind as kind, a.state, a.version, a.performed_on as "performedOn",
      jsonb_build_object('kind', a.author_kind, 'name', a.author_name, 'role', a.author_role) as author, a.part_of as "partOf", a.corrects_id as "correctsId",
      a.correction_reason as "correctionReason", a.incomplete_reason as "incompleteReason", a.finished_at as "finishedAt", a.holder_org as "holderOrg", a.created_by as "createdBy",
      ${userName('a.created_by')} as "createdByName", coalesce(s.done, 0)::int as "sectionsDone", coalesce(s.seen, 0)::int as "sectionsSeen",
      case when r.assessment_id is not null then ${resultJson('r')} end as result, ${formerResultOf('a', ids)} as former,
      (select ${opinionJson} from assessments.opinion o where o.assessment_id = a.id order by o.recorded_at desc limit 1) as opinion
    from assessments.assessment a
    left join lateral (select count(*) filter (where x.complete) as done, count(*) as seen from assessments.section_answers x where x.assessment_id = a.id) s on true
    left join assessments.result r on r.assessment_id = a.id
    where a.person_id = any (${ids}) and ${only === null ? sql`a.state <> 'discarded'` : sql`a.id = ${only}`}
    order by a.state = 'draft' desc, a.performed_on desc, a.state = 'replaced', a.created_at desc, a.id`.execute(tx)
  ).rows
}

export async function selectSectionAnswers(tx: Tx, id: AssessmentId): Promise<SectionAnswers[]> {
  return (
    await sql<SectionAnswers>`select section, volet, answers, observations, complete, version, saved_at as "savedAt", ${userName('x.saved_by')} as "savedByName"
    from assessments.section_answers x where assessment_id = ${id}`.execute(tx)
  ).rows
}

export async function selectOpinions(tx: Tx, id: AssessmentId): Promise<Opinion[]> {
  return (
    await sql<{
      opinion: Opinion
    }>`select ${opinionJson} as opinion from assessments.opinion o where o.assessment_id = ${id} order by o.recorded_at desc`.execute(tx)
  ).rows.map((row) => row.opinion)
}

/** What was answered the time before under the same form: finished, not corrected since, in the sections that the actor sees. */
export async function selectFormerAnswers(tx: Tx, id: AssessmentId): Promise<{ readonly performedOn: string; readonly answers: Answers } | null> {
  const { rows } = await sql<{ performedOn: string; answers: Answers }>`select f.performed_on as "performedOn",
      coalesce((select jsonb_object_agg(e.key, e.value) from assessments.section_answers x, jsonb_each(x.answers) e where x.assessment_id = f.id), '{}') as answers
    from assessments.assessment a, lateral (select p.id, p.performed_on from assessments.assessment p where p.person_id = any ((select persons.identity_set(a.person_id))::uuid[])
      and p.form_code = a.form_code and p.state = 'finished' and p.id <> a.id and p.id is distinct from a.corrects_id and p.performed_on <= a.performed_on
      order by p.performed_on desc, p.finished_at desc limit 1) f
    where a.id = ${id}`.execute(tx)
  return rows[0] ?? null
}

export interface GridRow {
  readonly formCode: string
  readonly assessmentId: AssessmentId
  readonly state: string
  readonly performedOn: string
  readonly result: Result | null
  readonly within: boolean
}

/** For each grid of an evaluation: the one filled within it, else the last one finished until that day. */
export async function selectGrids(tx: Tx, personId: PersonId, evaluation: AssessmentId, performedOn: string, codes: readonly string[]): Promise<GridRow[]> {
  if (codes.length === 0) return []
  return (
    await sql<GridRow>`select distinct on (g.form_code) g.form_code as "formCode", g.id as "assessmentId", g.state, g.performed_on as "performedOn",
      case when r.assessment_id is not null then ${resultJson('r')} end as result, g.part_of is not distinct from ${evaluation}::uuid as within
    from assessments.assessment g left join assessments.result r on r.assessment_id = g.id
    where g.person_id = any ((select persons.identity_set(${personId}))::uuid[]) and g.form_code = any (${[...codes]}::text[]) and g.state in ('draft', 'finished')
      and (g.part_of = ${evaluation} or (g.state = 'finished' and g.performed_on <= ${performedOn}))
    order by g.form_code, g.part_of is not distinct from ${evaluation}::uuid desc, g.performed_on desc, g.created_at desc`.execute(tx)
  ).rows
}

export async function selectCorrection(tx: Tx, id: AssessmentId): Promise<{ readonly id: AssessmentId; readonly state: string } | null> {
  return (
    (
      await sql<{ id: AssessmentId; state: string }>`select id, state from assessments.assessment where corrects_id = ${id} and state <> 'discarded'`.execute(
        tx,
      )
    ).rows[0] ?? null
  )
}
