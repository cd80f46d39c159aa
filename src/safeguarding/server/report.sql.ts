import { sql } from 'kysely'
import type { PersonName } from '../../persons/contract/person.ts'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { ReportData, ReportLine, reportAccesses } from '../contract/queries.ts'
import type { ReportId, ReportTarget } from '../contract/report.ts'

export interface NewReport {
  readonly id: ReportId
  readonly personId: PersonId
  readonly person: PersonName
  readonly whereabouts: string | null
  readonly endangered: string
  readonly endangeredName: string | null
  readonly kinds: readonly string[]
  readonly dangerLevel: string
  readonly danger: string
  readonly openedAt: Date
  readonly authorId: string
  readonly authorName: string
  readonly authorFunction: string | null
  readonly holderOrg: string
}

/** Opens it; its first readers come by themselves (safeguarding.first_readers). */
export async function insertReport(tx: Tx, report: NewReport): Promise<void> {
  await sql`insert into safeguarding.report (id, person_id, person, whereabouts, endangered, endangered_name, kinds, danger_level, danger, opened_at, author_id, author_name, author_function, holder_org)
    values (${report.id}, ${report.personId}, ${JSON.stringify(report.person)}::jsonb, ${report.whereabouts}, ${report.endangered}, ${report.endangeredName}, ${report.kinds}::text[],
      ${report.dangerLevel}, ${report.danger}, ${report.openedAt}, ${report.authorId}, ${report.authorName}, ${report.authorFunction}, ${report.holderOrg})`.execute(
    tx,
  )
}

/** The report, if the actor is one of its readers now. */
export async function findReport(tx: Tx, id: ReportId): Promise<ReportTarget | undefined> {
  return (
    await sql<ReportTarget>`select id, person_id as "personId", holder_org as "holderOrg", author_id as "authorId", state, version from safeguarding.report where id = ${id}`.execute(
      tx,
    )
  ).rows[0]
}

/** Closes it with its outcome, or opens it again with none. */
export async function setState(
  tx: Tx,
  id: ReportId,
  closing: { readonly at: Date; readonly byName: string; readonly outcome: string; readonly words: string } | null,
): Promise<number> {
  const { rows } = await sql<{
    version: number
  }>`update safeguarding.report set state = ${closing === null ? 'open' : 'closed'}, closed_at = ${closing?.at ?? null},
    closed_by_name = ${closing?.byName ?? null}, outcome = ${closing?.outcome ?? null}, outcome_words = ${closing?.words ?? null}, version = version + 1
    where id = ${id} returning version`.execute(tx)
  return rows[0]?.version ?? 0
}

export interface ReportFilter {
  readonly state: 'open' | 'closed' | null
  readonly personId: PersonId | null
  readonly after: { readonly at: string; readonly id: string } | null
  readonly limit: number
}

/** Those that the actor may read, the last opened first; one more than asked tells that there are others. */
export async function selectReports(tx: Tx, actorId: string, filter: ReportFilter): Promise<readonly ReportLine[]> {
  const { rows } =
    await sql<ReportLine>`select r.id, r.person, r.endangered, r.endangered_name as "endangeredName", r.kinds, r.danger_level as "dangerLevel", r.state, r.outcome,
      r.opened_at as "openedAt", r.closed_at as "closedAt", r.author_name as "authorName", r.author_id = ${actorId} as mine,
      array(select e.code from safeguarding.entry e where e.report_id = r.id and e.kind = 'sending' order by e.on_day, e.recorded_at) as authorities,
      (select min(e.on_day) from safeguarding.entry e where e.report_id = r.id and e.kind = 'sending') as "firstSentOn",
      greatest(r.opened_at, r.closed_at, (select max(e.recorded_at) from safeguarding.entry e where e.report_id = r.id)) as "lastAt"
    from safeguarding.report r
    where (${filter.state}::text is null or r.state = ${filter.state})
      and (${filter.personId}::uuid is null or r.person_id = any (persons.identity_set(${filter.personId}::uuid)))
      and (${filter.after === null} or (r.opened_at, r.id) < (${filter.after?.at ?? null}::timestamptz, ${filter.after?.id ?? null}::uuid))
    order by r.opened_at desc, r.id desc limit ${filter.limit + 1}`.execute(tx)
  return rows
}

/** All of one report, in one statement. */
export async function selectReport(tx: Tx, id: ReportId): Promise<Omit<ReportData, 'serviceName' | 'fileOpen'> | undefined> {
  const { rows } = await sql<
    Omit<ReportData, 'serviceName' | 'fileOpen'>
  >`select r.id, r.version, r.person_id as "personId", r.person, r.whereabouts, r.endangered,
      r.endangered_name as "endangeredName", r.kinds, r.danger_level as "dangerLevel", r.danger, r.state, r.opened_at as "openedAt", r.author_id as "authorId", r.author_name as "authorName",
      r.author_function as "authorFunction", r.holder_org as "holderOrg", r.closed_at as "closedAt", r.closed_by_name as "closedByName", r.outcome, r.outcome_words as "outcomeWords",
      coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'kind', e.kind, 'on', e.on_day, 'code', e.code, 'name', e.name, 'means', e.means, 'reference', e.reference, 'told', e.told,
        'body', e.body, 'authorName', e.author_name, 'authorFunction', e.author_function, 'recordedAt', e.recorded_at) order by e.recorded_at, e.id)
        from safeguarding.entry e where e.report_id = r.id), '[]') as entries,
      coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'userId', d.user_id, 'name', d.user_name, 'ground', d.ground, 'reason', d.reason, 'addedByName', d.added_by_name, 'addedAt', d.added_at,
        'endedAt', d.ended_at, 'endedByName', d.ended_by_name, 'endReason', d.end_reason) order by d.ended_at nulls first, d.added_at, d.id)
        from safeguarding.reader d where d.report_id = r.id), '[]') as readers
    from safeguarding.report r where r.id = ${id}`.execute(tx)
  return rows[0]
}

/** Who opened or wrote it, by the names of actions and queries. */
export async function selectAccesses(
  tx: Tx,
  id: ReportId,
): Promise<readonly (Omit<OutputOf<typeof reportAccesses>['rows'][number], 'action'> & { readonly action: string })[]> {
  const { rows } = await sql<
    OutputOf<typeof reportAccesses>['rows'][number]
  >`select user_id as "userId", coalesce(user_name, 'Compte supprimé') as name, name as action, times::int as times, last_at as "lastAt"
    from safeguarding.accesses_of(${id})`.execute(tx)
  return rows
}
