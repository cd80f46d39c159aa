import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { OwnNames } from '../contract/own-name.ts'

export async function selectVoletsForRecipient(tx: Tx, personId: PersonId, partyId: string): Promise<readonly Volet[]> {
  const { rows } = await sql<{ volets: Volet[] }>`select persons.volets_for_recipient(${personId}, ${partyId}) as volets`.execute(tx)
  return rows[0]?.volets ?? []
}

/** Her own names, and those who represent her by a measure that goes on. */
export async function selectOwnNames(tx: Tx, personId: PersonId): Promise<(OwnNames & { readonly representatives: readonly string[] }) | undefined> {
  const { rows } = await sql<OwnNames & { representatives: string[] }>`select p.birth_name as "birthName", p.used_name as "usedName", p.sex,
      array_remove(p.used_given_name || p.birth_given_names, null) as "givenNames",
      array(select m.representative_name from persons.protection_measure m where m.person_id = p.person_id and m.representative_name is not null
        and (m.ends_on is null or m.ends_on >= platform.today())) as representatives
    from persons.person p where p.person_id = ${personId}`.execute(tx)
  return rows[0]
}
