import { sql } from 'kysely'
import type { Tx } from '../../../platform/server/db.ts'
import { partyIdOf } from '../../../territory/server/api.ts'
import { deriveServiceEntries } from '../entry.sql.ts'
import { asBigint, contentHash } from './content-hash.ts'
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
  readonly capacities: readonly ToldCapacity[]
}

const literal = (values: readonly string[]): string[] => [...values]

/** Brings offers of a ROR in, and takes away those that are over or have become confidential: of these nothing is kept. */
export async function applyOffers(tx: Tx, offers: readonly ToldOffer[], gone: readonly string[]): Promise<void> {
  await sql`truncate directory.staged_party`.execute(tx)
  const removed = gone.map((id) => servicePartyId('ror', id))
  await sql`delete from directory.service where party_id = any(${removed}::uuid[])`.execute(tx)
  await sql`insert into directory.staged_party select unnest(${removed}::uuid[])`.execute(tx)
  for (const { row: r, capacities } of offers) {
    const id = servicePartyId('ror', r.sourceId)
    const structure = r.finess === null ? null : partyIdOf('finess', r.finess)
    await sql`insert into directory.service (party_id, source, source_id, structure_id, structure_name, name, description, kind, themes, publics, publics_words, reception, zone, contact_name, address, postal_code, commune_code, city,
        phone, email, latitude, longitude, opening_hours, producer, facts, updated_on, name_key, search_words, row_hash)
      values (${id}, 'ror', ${r.sourceId}, ${structure}, ${r.structureName}, ${r.name}, ${r.description}, ${r.kind}, ${literal(r.themes)}, ${literal(r.publics)}, ${r.publicsWords}, ${literal(r.reception)}, ${literal(r.zone)}, ${r.contactName},
        ${r.address}, ${r.postalCode}, ${r.communeCode}, ${r.city}, ${r.phone}, ${r.email}, ${r.latitude}, ${r.longitude}, ${r.openingHours}, ${r.producer}, ${JSON.stringify(r.facts)}::jsonb, ${r.updatedOn}, ${r.nameKey}, ${r.searchWords},
        ${asBigint(contentHash(JSON.stringify(r))).toString()}::bigint)
      on conflict (party_id) do update set structure_id = excluded.structure_id, structure_name = excluded.structure_name, name = excluded.name, description = excluded.description, kind = excluded.kind, publics_words = excluded.publics_words,
        reception = excluded.reception, zone = excluded.zone, contact_name = excluded.contact_name, address = excluded.address, postal_code = excluded.postal_code, commune_code = excluded.commune_code, city = excluded.city,
        phone = excluded.phone, email = excluded.email, latitude = excluded.latitude, longitude = excluded.longitude, opening_hours = excluded.opening_hours, producer = excluded.producer, facts = excluded.facts,
        updated_on = excluded.updated_on, name_key = excluded.name_key, search_words = excluded.search_words, row_hash = excluded.row_hash`.execute(tx)
    await sql`delete from directory.capacity where service_id = ${id}`.execute(tx)
    await sql`insert into directory.capacity (service_id, position, location_id, location_name, kind, status, temporality, places, told_by, gender, closing, crisis, temporary, updated_at)
      select ${id}, position, "locationId", "locationName", kind, status, temporality, places, "toldBy", gender, closing, crisis, temporary, "updatedAt"
      from jsonb_to_recordset(${JSON.stringify(capacities.map((one, position) => ({ ...one, position })))}::jsonb)
        as c(position int, "locationId" text, "locationName" text, kind text, status text, temporality text, places int, "toldBy" text, gender text, closing text, crisis text, temporary text, "updatedAt" timestamptz)`.execute(
      tx,
    )
    await sql`insert into directory.staged_party values (${id})`.execute(tx)
  }
  await deriveServiceEntries(tx)
}
