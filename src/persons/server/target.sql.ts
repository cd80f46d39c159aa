import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId, ServiceId } from '../../platform/contract/ids.ts'
import { askedOnce } from '../../platform/server/asked-once.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { IdentityStatus, SightBasis } from '../contract/person.ts'

export interface TargetRow {
  readonly personId: PersonId
  readonly version: number
  readonly identityStatus: IdentityStatus
  readonly deceasedOn: string | null
  readonly communeCode: string | null
  readonly isMilitary: boolean
  readonly holderOrg: ServiceId
  readonly bases: readonly SightBasis[]
  readonly volets: readonly Volet[]
  readonly inCharge: boolean
  readonly speaksFor: boolean
}

/** The person and the actor's own rights on her, in one statement, once for all the readings of a screen; undefined when absent or invisible. */
export function selectTarget(tx: Tx, personId: PersonId): Promise<TargetRow | undefined> {
  return askedOnce(tx, `person ${personId}`, () => readTarget(tx, personId))
}

async function readTarget(tx: Tx, personId: PersonId): Promise<TargetRow | undefined> {
  const { rows } = await sql<TargetRow>`
    select p.person_id as "personId", p.version, p.identity_status as "identityStatus", p.deceased_on as "deceasedOn", p.commune_code as "communeCode",
      p.is_military as "isMilitary", p.holder_org as "holderOrg", coalesce(s.bases, '{}') as bases,
      coalesce(s.in_charge, false) as "inCharge",
      case when s.hers then true when s.bases && '{request}' then persons.speaks_for(p.person_id) else false end as "speaksFor",
      array(select distinct v from unnest(s.volets) v where v = any (platform.actor_volets()) order by v) as volets
    from persons.person p, lateral (
      select array_agg(distinct own.basis) as bases, bool_or(own.basis = 'dac_in_charge' and own.ends_at is null and own.party_id = platform.actor_service()) as in_charge,
        bool_or(own.basis in ('dac_in_charge', 'self') and v = 'administrative') as hers,
        array_agg(v) filter (where own.basis = 'self' or not persons.kept_from_actor(own.person_id, v)) as volets
      from persons.sight own, unnest(own.volets) v
      where own.person_id = p.person_id and own.party_id = any (platform.actor_parties()) and own.suspended_at is null
        and own.starts_at <= platform.clock() and (own.ends_at is null or own.ends_at > platform.clock())) s
    where p.person_id = ${personId}`.execute(tx)
  return rows[0]
}
