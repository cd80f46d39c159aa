import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'

export interface NewWithheld {
  readonly id: string
  readonly personId: PersonId
  readonly volet: 'social' | 'health'
  readonly category: string | null
  readonly partyId: string | null
  readonly partyName: string | null
  readonly since: string
  readonly mode: string
  readonly givenBy: string
  readonly reason: string | null
  readonly holderOrg: string
  readonly at: Date
  readonly by: string
  readonly byName: string
}

/** False when the same volet is withheld from the same already. */
export async function insertWithheld(tx: Tx, w: NewWithheld): Promise<boolean> {
  const { numAffectedRows } =
    await sql`insert into persons.withheld_volet (id, person_id, withholds, from_category, from_party_id, from_party_name, since, mode, given_by, reason,
      recorded_at, recorded_by, recorded_by_name, holder_org)
    values (${w.id}, ${w.personId}, ${w.volet}, ${w.category}, ${w.partyId}, ${w.partyName}, ${w.since}, ${w.mode}, ${w.givenBy}, ${w.reason}, ${w.at}, ${w.by}, ${w.byName}, ${w.holderOrg})
    on conflict (person_id, withholds, coalesce(from_category, ''), coalesce(from_party_id, '00000000-0000-0000-0000-000000000000')) where ended_at is null do nothing`.execute(
      tx,
    )
  return numAffectedRows === 1n
}

export interface WithheldAtHand {
  readonly version: number
  readonly volet: 'social' | 'health'
  readonly category: string | null
  readonly partyId: string | null
  readonly partyName: string | null
  readonly ended: boolean
}

export async function lockWithheld(tx: Tx, personId: PersonId, id: string): Promise<WithheldAtHand | undefined> {
  const { rows } =
    await sql<WithheldAtHand>`select version, withholds as volet, from_category as category, from_party_id as "partyId", from_party_name as "partyName", ended_at is not null as ended
    from persons.withheld_volet where id = ${id} and person_id = ${personId} for update`.execute(tx)
  return rows[0]
}

export async function endWithheld(tx: Tx, id: string, at: Date, by: string, reason: string, version: number): Promise<void> {
  await sql`update persons.withheld_volet set ended_at = ${at}, ended_by = ${by}, end_reason = ${reason}, version = ${version} where id = ${id}`.execute(tx)
}

/** How she is named among those who see, or saw, the person; null: none of them. */
export async function nameOfParty(tx: Tx, personId: PersonId, partyId: string): Promise<string | null> {
  const { rows } = await sql<{ name: string | null }>`select persons.name_of_party(${personId}, ${partyId}) as name`.execute(tx)
  return rows[0]?.name ?? null
}

/** The JSON of WithheldVolet, those in force first. */
export const withheldJson = (personId: PersonId): ReturnType<typeof sql> => sql`coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'version', w.version,
    'volet', w.withholds, 'from', coalesce(w.from_category, 'party'), 'partyId', w.from_party_id, 'partyName', w.from_party_name, 'since', w.since, 'mode', w.mode,
    'givenBy', w.given_by, 'reason', w.reason, 'byName', w.recorded_by_name, 'recordedAt', w.recorded_at, 'endedAt', w.ended_at, 'endReason', w.end_reason)
    order by w.ended_at desc nulls first, w.recorded_at desc, w.id)
  from persons.withheld_volet w where w.person_id = ${personId}), '[]')`

export async function isDac(tx: Tx, partyId: string): Promise<boolean> {
  const { rows } = await sql`select from territory.service where id = ${partyId} and kind = 'dac'`.execute(tx)
  return rows.length > 0
}
