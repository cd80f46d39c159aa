import { sql } from 'kysely'
import { personNameJson } from '../../persons/server/api.ts'
import type { PersonId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { CandidateId, CandidateTarget, HospitalVisit, HospitalVisitId, VisitTarget, VisitView } from '../contract/visits.ts'

/** A stay of the list: somebody of ours still to be decided; or decided, or recognised without anybody. */
const views = {
  to_decide: sql`v.state = 'undecided' and mine.waiting`,
  decided: sql`mine.decided or (v.state = 'recognised' and mine.recognised)`,
} as const

/** The stays of the actor's DAC, from its own candidates, with each of them beside what the hospital told; how many wait for a decision. */
export async function selectVisits(tx: Tx, view: VisitView, limit: number): Promise<{ readonly rows: HospitalVisit[]; readonly toDecide: number }> {
  const { rows } = await sql<{ found: { rows: HospitalVisit[] | null; toDecide: number } }>`
    with mine as materialized (
      select c.visit_id, bool_or(c.decision is null) as waiting, bool_or(c.decision is not null) as decided, bool_or(c.recognised is not null) as recognised
      from hospital_events.candidate c where c.holder_org = (select platform.actor_service()) group by c.visit_id),
    page as (
      select v.*, s.name as sender_name, mine.recognised as is_recognised from mine join hospital_events.visit v on v.id = mine.visit_id join hospital_events.sender s on s.id = v.sender_id
      where v.traits is not null and v.course is not null and (${views[view]}) order by v.last_at desc, v.id limit ${limit}),
    kept as (select r.undecided_days from hospital_events.keeping r order by r.version desc limit 1)
    select jsonb_build_object(
      'toDecide', (select count(*) from mine join hospital_events.visit v on v.id = mine.visit_id where v.traits is not null and v.course is not null and (${views.to_decide})),
      'rows', (select jsonb_agg(jsonb_build_object('id', g.id, 'senderName', g.sender_name, 'kind', g.course ->> 'kind', 'state', g.course ->> 'state',
          'admittedAt', g.course ->> 'admittedAt', 'dischargedAt', g.course ->> 'dischargedAt', 'lastAt', g.last_at,
          'keptUntil', g.last_at + make_interval(days => (select undecided_days from kept)),
          'traits', g.traits - 'ins' - 'phones', 'withIns', g.traits -> 'ins' <> 'null'::jsonb,
          'birthPlaceName', (select m.name from territory.commune m where m.code = g.traits ->> 'birthPlaceCode'),
          'candidates', coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'person', ${personNameJson('k.person_id')}, 'birthName', p.birth_name, 'usedName', p.used_name,
              'givenNames', to_jsonb(p.birth_given_names), 'birthPlaceCode', p.birth_place_code,
              'birthPlaceName', coalesce(p.birth_place_name, (select m.name from territory.commune m where m.code = p.birth_place_code)),
              'referentName', (select u.given_name || ' ' || u.family_name from episodes.episode e join territory.user_account u on u.id = e.referent_id
                where e.person_id = k.person_id and e.holder_org = k.holder_org and e.state <> 'closed' limit 1),
              'score', k.score, 'reasons', to_jsonb(k.reasons), 'recognised', k.recognised, 'decision', k.decision, 'decidedByName', k.decided_by_name, 'decidedAt', k.decided_at)
            order by k.decision = 'hers' desc nulls last, k.recognised is not null desc, k.score desc, k.id)
          from hospital_events.candidate k join persons.person p on p.person_id = k.person_id
          where k.visit_id = g.id and k.holder_org = (select platform.actor_service())
            and (g.state <> 'recognised' or k.decision is not null or k.recognised is not null or not g.is_recognised)), '[]'))
        order by g.last_at desc, g.id) from page g)) as found`.execute(tx)
  const found = rows[0]?.found
  return { rows: (found?.rows ?? []).filter(({ candidates }) => candidates.length > 0), toDecide: found?.toDecide ?? 0 }
}

export async function findCandidate(tx: Tx, id: CandidateId): Promise<CandidateTarget | undefined> {
  return (
    await sql<CandidateTarget>`select id, visit_id as "visitId", person_id as "personId" from hospital_events.candidate
      where id = ${id} and holder_org = (select platform.actor_service())`.execute(tx)
  ).rows[0]
}

/** The stay with those of the actor's DAC that it may be of; undefined where there is none for her. */
export async function findVisit(tx: Tx, id: HospitalVisitId): Promise<VisitTarget | undefined> {
  const { rows } = await sql<{ personId: PersonId }>`select c.person_id as "personId" from hospital_events.candidate c
    where c.visit_id = ${id} and c.holder_org = (select platform.actor_service()) order by c.id for update`.execute(tx)
  return rows.length === 0 ? undefined : { id, personIds: [...new Set(rows.map(({ personId }) => personId))] }
}

/** False once the traits are destroyed: nothing is left to compare. */
export async function keepsTraits(tx: Tx, id: HospitalVisitId): Promise<boolean> {
  const { rows } = await sql`select from hospital_events.visit where id = ${id} and traits is not null`.execute(tx)
  return rows.length > 0
}

interface Decided {
  readonly by: UserId
  readonly byName: string
  readonly at: Date
}

/** « C’est elle »; false where somebody else was said to be her meanwhile. */
export async function sayHers(tx: Tx, { visitId, personId }: CandidateTarget, { by, byName, at }: Decided): Promise<boolean> {
  const { rows: other } =
    await sql`select from hospital_events.candidate where visit_id = ${visitId} and decision = 'hers' and person_id <> ${personId}`.execute(tx)
  if (other.length > 0) return false
  await sql`update hospital_events.candidate set decision = 'hers', decided_at = ${at}, decided_by = ${by}, decided_by_name = ${byName}, version = version + 1
    where visit_id = ${visitId} and person_id = ${personId} and holder_org = (select platform.actor_service())`.execute(tx)
  return true
}

export async function sayNoneOfOurs(tx: Tx, visitId: HospitalVisitId, { by, byName, at }: Decided): Promise<void> {
  await sql`update hospital_events.candidate set decision = 'not_hers', decided_at = ${at}, decided_by = ${by}, decided_by_name = ${byName}, version = version + 1
    where visit_id = ${visitId} and holder_org = (select platform.actor_service())`.execute(tx)
}

export async function undecide(tx: Tx, visitId: HospitalVisitId): Promise<void> {
  await sql`update hospital_events.candidate set decision = null, decided_at = null, decided_by = null, decided_by_name = null, version = version + 1
    where visit_id = ${visitId} and holder_org = (select platform.actor_service()) and decision is not null`.execute(tx)
}
