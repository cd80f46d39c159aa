import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { Offer } from '../contract/offer.ts'
import type { directoryCard } from '../contract/queries.ts'

type Practice = OutputOf<typeof directoryCard>['practices'][number]

/** An offer of a structure with its places; null when it is none. */
export async function offerOf(tx: Tx, partyId: string): Promise<{ readonly offer: Offer; readonly practice: Practice } | null> {
  const { rows } = await sql<Offer & { practice: Practice }>`
    select s.source, s.producer, s.updated_on as "updatedOn", shown.party_id as "structureId", coalesce(s.structure_name, o.name, f.name) as "structureName", s.description, s.themes, s.publics,
      s.publics_words as "publicsWords", s.conditions, concat_ws(' · ', case s.fees when 'gratuit' then 'Gratuit' when 'payant' then 'Payant' end, s.fees_words) as fees,
      s.opening_hours as "openingHours", coalesce(s.mobilisation_link, s.source_link) as link, s.contact_name as "contactName",
      coalesce((select jsonb_agg(jsonb_build_object('place', c.location_name, 'kind', c.kind, 'status', c.status, 'places', c.places, 'temporary', c.temporary, 'updatedAt', c.updated_at) order by c.position)
        from directory.capacity c where c.service_id = s.party_id), '[]') as capacities,
      jsonb_build_object('detail', '', 'place', null, 'structureId', shown.party_id, 'address', s.address, 'postalCode', s.postal_code, 'city', s.city,
        'phones', to_jsonb(array_remove(array[s.phone], null)), 'email', s.email) as practice
    from directory.service s left join directory.outside_structure o on o.party_id = s.structure_id left join directory.structure f on f.party_id = s.structure_id
    left join lateral (select e.party_id from directory.entry e where e.party_id = coalesce(o.twin_id, s.structure_id) limit 1) shown on true
    where s.party_id = ${partyId}`.execute(tx)
  const [row] = rows
  if (row === undefined) return null
  const { practice, ...offer } = row
  return { offer: { ...offer, fees: offer.fees === '' ? null : offer.fees }, practice }
}

/** A structure that only data·inclusion or the ROR has, with what it says of itself; null for another. */
export async function outsideStructureOf(
  tx: Tx,
  partyId: string,
): Promise<{ readonly siret: string | null; readonly offer: Offer; readonly practice: Practice } | null> {
  const { rows } = await sql<{ siret: string | null; offer: Offer; practice: Practice }>`
    select s.siret,
      jsonb_build_object('source', s.source, 'producer', s.producer, 'updatedOn', s.updated_on, 'structureId', null, 'structureName', null, 'description', s.description, 'themes', '[]'::jsonb,
        'publics', '[]'::jsonb, 'publicsWords', null, 'conditions', null, 'fees', null, 'openingHours', s.opening_hours, 'link', coalesce(s.website, s.source_link), 'contactName', null,
        'capacities', '[]'::jsonb) as offer,
      jsonb_build_object('detail', s.detail, 'place', s.name, 'structureId', null, 'address', s.address, 'postalCode', s.postal_code, 'city', coalesce(c.name, s.city),
        'phones', to_jsonb(array_remove(array[s.phone], null)), 'email', s.email) as practice
    from directory.outside_structure s left join territory.commune c on c.code = s.commune_code where s.party_id = ${partyId} and s.twin_id is null`.execute(tx)
  return rows[0] ?? null
}

/** Addresses of MSSanté of a professional or of a site. */
export async function mailboxesOf(tx: Tx, partyId: string): Promise<readonly string[]> {
  const { rows } = await sql<{
    address: string
  }>`select distinct lower(address) as address from directory.mailbox where party_id = ${partyId} order by 1 limit 6`.execute(tx)
  return rows.map(({ address }) => address)
}
