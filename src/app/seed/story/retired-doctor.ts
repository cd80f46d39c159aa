import type { Bulk } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { Cast } from './people.ts'

/** Médecins traitants who retired: the last extract of the RPPS no longer names them; whoever they followed is to be told, and found another. */
export async function seedRetiredDoctors(bulk: Bulk, calendar: SeedCalendar, cast: Cast): Promise<void> {
  const retired = await bulk.query<{ id: string }>(
    `select d.professional_id as id from persons.family_doctor d join persons.sight s on s.person_id = d.person_id and s.party_id = $1 and s.basis = 'dac_in_charge' and s.ends_at is null
     where d.ends_on is null and d.professional_id is not null and not exists (select from territory.user_account u where u.professional_id = d.professional_id)
     group by d.professional_id having count(distinct d.person_id) between 2 and 12 order by count(distinct d.person_id) desc, d.professional_id limit 2`,
    [cast.hautesVallees.id],
  )
  for (const [index, { id }] of retired.entries()) {
    const at = calendar.at(calendar.workingDay(calendar.daysAgo(index === 0 ? 6 : 20)), 180)
    for (const table of ['entry', 'practice', 'skill', 'diploma', 'mailbox', 'professional'])
      await bulk.query(`delete from directory.${table} where party_id = $1`, [id])
    await bulk.query(`insert into directory.vanished (party_id, vanished_at, import_id) values ($1::uuid, $2, territory.party_id('import:' || $1::uuid))`, [
      id,
      at,
    ])
  }
}
