import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { FamilyDoctor } from '../contract/person.ts'

/** The médecin traitant of today, or undefined when nothing was recorded yet. */
export async function selectFamilyDoctor(tx: Tx, personId: PersonId): Promise<FamilyDoctor | undefined> {
  const { rows } = await sql<FamilyDoctor>`select id, version, state, professional_id as "professionalId", professional_name as name, professional_phone as phone,
    professional_commune as commune, concertation, concertation_at as "concertationAt", verified_on as "verifiedOn", starts_on as "startsOn"
    from persons.family_doctor where person_id = ${personId} and ends_on is null`.execute(tx)
  return rows[0]
}
