import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { VanishedDoctorRow, VanishedDoctorState, VanishedDoctorsData } from '../contract/vanished-doctors.ts'
import { personNameJson } from './person.sql.ts'

export interface VanishedDoctorsAsked {
  readonly state: VanishedDoctorState | null
  readonly doctorId: string | null
  readonly accompaniedOnly: boolean
  readonly limit: number
  /** When the doctor vanished, and the person, of the last row seen. */
  readonly after: readonly [string, string] | null
}

type Found = Omit<VanishedDoctorsData, 'next' | 'rows'> & { readonly rows: readonly VanishedDoctorRow[] }

/**
 * The living persons of a service whose médecin traitant is gone from her national directory and who have no other since, the latest gone first; from the service's sights,
 * never from all persons. A page, with one row more when others follow; totals and counts in the same statement.
 */
export async function selectVanishedDoctors(tx: Tx, serviceId: string, wanted: VanishedDoctorsAsked): Promise<Found> {
  const seen = wanted.after === null ? sql`true` : sql`(s.vanished_at, s.person_id) < (${wanted.after[0]}::timestamptz, ${wanted.after[1]}::uuid)`
  const { rows } = await sql<{ found: Found }>`
    with mine as (
      select s.person_id, bool_or(s.basis = 'dac_in_charge') as accompanied from persons.sight s
      where s.party_id = ${serviceId} and s.basis in ('dac_in_charge', 'request') and s.suspended_at is null and s.starts_at <= platform.clock()
        and (s.ends_at is null or s.ends_at > platform.clock())
        and not exists (select from persons.alias a where a.person_id = s.person_id and a.ends_at is null)
      group by s.person_id having bool_or(s.basis = 'dac_in_charge') or not ${wanted.accompaniedOnly}
    ), listed as materialized (
      select m.person_id, m.accompanied, d.professional_id as doctor_id, coalesce(d.professional_name, 'Nom inconnu') as doctor_name, d.professional_commune as doctor_commune, d.verified_on, v.vanished_at,
        p.commune_code, r.sent_at, c.name as cpts_name, case when r.id is null then 'todo' when r.no_cpts then 'no_cpts' else 'asked' end as state
      from mine m join persons.family_doctor d on d.person_id = m.person_id join directory.vanished v on v.party_id = d.professional_id
        join persons.person p on p.person_id = m.person_id and p.deceased_on is null
        left join lateral (select id, sent_at, cpts_id, no_cpts from persons.family_doctor_referral f where f.person_id = m.person_id and f.outcome_at is null and f.sent_at >= v.vanished_at order by f.sent_at desc limit 1) r on true
        left join territory.service c on c.id = r.cpts_id
      where d.ends_on is null or (d.ends_on >= v.vanished_at::date
        and exists (select from persons.family_doctor n where n.person_id = m.person_id and n.ends_on is null and n.state = 'none')
        and not exists (select from persons.family_doctor o where o.person_id = m.person_id and o.ends_on is not null and o.professional_name is not null and (o.ends_on, o.recorded_at) > (d.ends_on, d.recorded_at)))
    ), shown as (
      select * from listed where (${wanted.state}::text is null or state = ${wanted.state}) and (${wanted.doctorId}::uuid is null or doctor_id = ${wanted.doctorId})
    ), page as (select s.*, ${personNameJson('s.person_id')} as person from shown s where ${seen} order by vanished_at desc, person_id desc limit ${wanted.limit + 1})
    select jsonb_build_object('total', (select count(*) from shown),
      'counts', coalesce((select jsonb_agg(jsonb_build_object('state', state, 'count', n)) from (select state, count(*) as n from listed group by state) k), '[]'),
      'doctors', coalesce((select jsonb_agg(jsonb_build_object('doctorId', doctor_id, 'name', name, 'count', n) order by n desc, name) from (
        select doctor_id, min(doctor_name) as name, count(*) as n from listed group by doctor_id order by n desc, name limit 30) k), '[]'),
      'rows', coalesce((select jsonb_agg(jsonb_build_object('person', g.person, 'communeCode', g.commune_code, 'doctorId', g.doctor_id, 'doctorName', g.doctor_name, 'doctorCommune', g.doctor_commune,
          'vanishedAt', g.vanished_at, 'verifiedOn', g.verified_on, 'accompanied', g.accompanied, 'state', g.state, 'cptsName', g.cpts_name, 'askedAt', g.sent_at)
        order by g.vanished_at desc, g.person_id desc) from page g where g.person is not null), '[]')) as found`.execute(tx)
  return rows[0]?.found ?? { rows: [], total: 0, counts: [], doctors: [] }
}
