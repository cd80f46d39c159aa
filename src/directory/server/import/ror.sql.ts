import { sql } from 'kysely'
import type { Tx } from '../../../platform/server/db.ts'
import { partyIdOf } from '../../../territory/server/api.ts'
import { deriveServiceEntries } from '../entry.sql.ts'
import { asBigint, contentHash } from './content-hash.ts'
import { importStopped } from './import-error.ts'
import { servicePartyId } from './offer.sql.ts'
import type { ServiceRow } from './social-record.ts'

/** Places of an offer at one of its locations, as the ROR tells them; labels where it gives them. */
export interface ToldCapacity {
  readonly locationId: string
  readonly locationName: string | null
  readonly kind: string
  readonly status: string
  readonly temporality: string | null
  readonly places: number
  readonly toldBy: string | null
  readonly gender: string | null
  readonly closing: string | null
  readonly crisis: string | null
  readonly temporary: string | null
  readonly updatedAt: string | null
}

export interface ToldOffer {
  readonly row: ServiceRow
  /** Ids of the places where it is given: what they tell later of their capacities comes back to it. */
  readonly locationIds: readonly string[]
  readonly capacities: readonly ToldCapacity[]
}

/** What a place tells by itself, between two tellings of its offers. */
export interface ToldPlaces {
  readonly locationId: string
  readonly capacities: readonly ToldCapacity[]
}

const literal = (values: readonly string[]): string[] => [...values]

/** Brings offers of a ROR in, and takes away those that are over or have become confidential: of these nothing is kept. Gives how many of each. */
export async function applyOffers(
  tx: Tx,
  offers: readonly ToldOffer[],
  gone: readonly string[],
  seenAt: Date,
): Promise<{ readonly changed: number; readonly removed: number }> {
  await sql`truncate directory.staged_party`.execute(tx)
  const removed = await removeOffers(tx, gone)
  for (const { row: r, locationIds, capacities } of offers) {
    const id = servicePartyId('ror', r.sourceId)
    const structure = r.finess === null ? null : partyIdOf('finess', r.finess)
    await sql`insert into directory.service (party_id, source, source_id, structure_id, structure_name, name, description, kind, themes, publics, publics_words, reception, zone, contact_name, address, postal_code, commune_code, city,
        phone, email, latitude, longitude, opening_hours, producer, facts, updated_on, name_key, search_words, row_hash, location_ids, seen_at)
      values (${id}, 'ror', ${r.sourceId}, ${structure}, ${r.structureName}, ${r.name}, ${r.description}, ${r.kind}, ${literal(r.themes)}, ${literal(r.publics)}, ${r.publicsWords}, ${literal(r.reception)}, ${literal(r.zone)}, ${r.contactName},
        ${r.address}, ${r.postalCode}, ${r.communeCode}, ${r.city}, ${r.phone}, ${r.email}, ${r.latitude}, ${r.longitude}, ${r.openingHours}, ${r.producer}, ${JSON.stringify(r.facts)}::jsonb, ${r.updatedOn}, ${r.nameKey}, ${r.searchWords},
        ${asBigint(contentHash(JSON.stringify(r))).toString()}::bigint, ${literal(locationIds)}, ${seenAt})
      on conflict (party_id) do update set structure_id = excluded.structure_id, structure_name = excluded.structure_name, name = excluded.name, description = excluded.description, kind = excluded.kind, publics_words = excluded.publics_words,
        reception = excluded.reception, zone = excluded.zone, contact_name = excluded.contact_name, address = excluded.address, postal_code = excluded.postal_code, commune_code = excluded.commune_code, city = excluded.city,
        phone = excluded.phone, email = excluded.email, latitude = excluded.latitude, longitude = excluded.longitude, opening_hours = excluded.opening_hours, producer = excluded.producer, facts = excluded.facts,
        updated_on = excluded.updated_on, name_key = excluded.name_key, search_words = excluded.search_words, row_hash = excluded.row_hash, location_ids = excluded.location_ids, seen_at = excluded.seen_at`.execute(
      tx,
    )
    await sql`delete from directory.capacity where service_id = ${id}`.execute(tx)
    await writeCapacities(tx, id, capacities, 0)
    await sql`insert into directory.staged_party values (${id})`.execute(tx)
  }
  await deriveServiceEntries(tx)
  return { changed: offers.length, removed }
}

/** The places that a location has now, for each offer that is given there. Gives how many offers it touched. */
export async function applyPlaces(tx: Tx, places: readonly ToldPlaces[]): Promise<number> {
  let touched = 0
  for (const { locationId, capacities } of places) {
    const { rows } = await sql<{
      id: string
      next: number
    }>`select s.party_id as id, coalesce((select max(c.position) from directory.capacity c where c.service_id = s.party_id), -1) + 1 as next
      from directory.service s where s.source = 'ror' and s.location_ids @> array[${locationId}]`.execute(tx)
    for (const { id, next } of rows) {
      await sql`delete from directory.capacity where service_id = ${id} and location_id = ${locationId}`.execute(tx)
      await writeCapacities(tx, id, capacities, next)
    }
    touched += rows.length
  }
  return touched
}

/** After a whole reading: the offers that the ROR did not tell again are over. Refuses when that would be all of them, or more than a fifth of many, unless that is accepted. */
export async function removeUnseenOffers(tx: Tx, seenSince: Date, acceptFall: boolean): Promise<number> {
  const { rows } = await sql<{
    sourceId: string
    held: number
  }>`select source_id as "sourceId", (select count(*)::int from directory.service where source = 'ror') as held
    from directory.service where source = 'ror' and (seen_at is null or seen_at < ${seenSince})`.execute(tx)
  const held = rows[0]?.held ?? 0
  if (!acceptFall && rows.length > 0 && (rows.length === held || (held >= 50 && rows.length > held / 5)))
    throw importStopped('import_shrinks', { before: held, after: held - rows.length })
  await sql`truncate directory.staged_party`.execute(tx)
  await removeOffers(
    tx,
    rows.map((row) => row.sourceId),
  )
  await deriveServiceEntries(tx)
  return rows.length
}

/** An offer told in a way that the database refuses is still told: what is held of it stays. */
export async function spareOffer(tx: Tx, sourceId: string, seenAt: Date): Promise<void> {
  await sql`update directory.service set seen_at = ${seenAt} where party_id = ${servicePartyId('ror', sourceId)}`.execute(tx)
}

async function removeOffers(tx: Tx, gone: readonly string[]): Promise<number> {
  const ids = gone.map((id) => servicePartyId('ror', id))
  const removed = await sql`delete from directory.service where party_id = any(${ids}::uuid[])`.execute(tx)
  await sql`insert into directory.staged_party select unnest(${ids}::uuid[])`.execute(tx)
  return Number(removed.numAffectedRows ?? 0)
}

async function writeCapacities(tx: Tx, serviceId: string, capacities: readonly ToldCapacity[], from: number): Promise<void> {
  if (capacities.length === 0) return
  await sql`insert into directory.capacity (service_id, position, location_id, location_name, kind, status, temporality, places, told_by, gender, closing, crisis, temporary, updated_at)
    select ${serviceId}, position, "locationId", "locationName", kind, status, temporality, places, "toldBy", gender, closing, crisis, temporary, "updatedAt"
    from jsonb_to_recordset(${JSON.stringify(capacities.map((one, at) => ({ ...one, position: from + at })))}::jsonb)
      as c(position int, "locationId" text, "locationName" text, kind text, status text, temporality text, places int, "toldBy" text, gender text, closing text, crisis text, temporary text, "updatedAt" timestamptz)`.execute(
    tx,
  )
}
