import { sql } from 'kysely'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import { newId } from '../../platform/contract/ids.ts'
import { asSystem, type Database } from '../../platform/server/db.ts'

/** The person is in danger, and these parties (a card, the party of a structure) protect her: their name is for those who answer for her alone. */
export async function aShelterAround(
  db: Database,
  personId: PersonId,
  parties: readonly string[],
  by: { readonly userId: UserId; readonly dac: ServiceId | string },
): Promise<void> {
  await asSystem(db, 'a shelter around somebody in danger', async (tx) => {
    for (const party of parties)
      await sql`insert into persons.sensitive_structure (party_id, reason, since, marked_by, marked_by_name)
        select ${party}, 'Hébergement protégé', now(), ${by.userId}, 'Julie Marchal' where not exists (select from persons.sensitive_structure m where m.party_id = ${party})`.execute(
        tx,
      )
    await sql`insert into persons.non_disclosure (id, person_id, kind, towards, since, recorded_by, holder_org)
      values (${newId()}, ${personId}, 'at_risk', 'Marc Perrin', '2026-01-01', ${by.userId}, ${by.dac})`.execute(tx)
  })
}
