import { sql } from 'kysely'
import type { Actor, ActorFunction, ProfessionalCategory, ServiceKind, Volet } from '../../platform/contract/actor.ts'
import { newId, type PartyId, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import { asSystem, type Database } from '../../platform/server/db.ts'
import { nirKey } from '../contract/ins.ts'
import { nameKeys } from '../contract/names.ts'
import type { IdentityStatus, SightBasis } from '../contract/person.ts'

const all: readonly Volet[] = ['administrative', 'social', 'health']

export interface SightFacts {
  readonly basis?: SightBasis
  readonly volets?: readonly Volet[]
  readonly reason?: string
  readonly sourceId?: string
  readonly since?: string
  readonly until?: string | null
}

/** Plants a right as the system: `aSight(db, personId, partyId)` gives a DAC in charge, all volets, since 2026. Gives the id of its source. */
export async function aSight(db: Database, personId: PersonId, partyId: string, facts: SightFacts = {}): Promise<string> {
  const sourceId = facts.sourceId ?? newId()
  await asSystem(db, 'plant a sight in a test', (tx) =>
    sql`insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at, ends_at)
    values (${newId()}, ${personId}, ${partyId}, ${facts.basis ?? 'dac_in_charge'}, ${`{${(facts.volets ?? all).join(',')}}`}::text[], ${facts.reason ?? 'Accompagnement ouvert'},
      ${sourceId}, ${facts.since ?? '2026-01-01T08:00:00Z'}, ${facts.until ?? null})`.execute(tx),
  )
  return sourceId
}

export interface PersonFacts {
  /** The DAC that accompanies her; `null` for a person whom nobody sees yet. */
  readonly dac: ServiceId | null
  readonly personId?: PersonId
  readonly birthName?: string
  readonly usedName?: string | null
  readonly firstNames?: readonly string[]
  readonly birthDay?: string | null
  readonly sex?: 'F' | 'M' | 'I'
  readonly communeCode?: string | null
  readonly identityStatus?: IdentityStatus
  readonly deceasedOn?: string | null
  /** The source of the DAC's sight, when a test needs to end it. */
  readonly episodeId?: string
}

const knownAt = '2026-02-02T09:00:00Z'

/** A matricule of the test authority that nobody else has, its key right. */
export function aMatricule(): string {
  const number = `2410388${String(Number.parseInt(newId().slice(-8), 16) % 1_000_000).padStart(6, '0')}`
  return number + nirKey(number)
}

/** Plants a person: Odile Perrin, born Kempf on 12/03/1941, unless said otherwise; accompanied by `dac`. */
export async function aPerson(db: Database, facts: PersonFacts): Promise<PersonId> {
  const personId = facts.personId ?? newId<PersonId>()
  const names = {
    birthName: facts.birthName ?? 'KEMPF',
    usedName: facts.usedName === undefined ? 'PERRIN' : facts.usedName,
    firstNames: facts.firstNames ?? ['ODILE'],
  }
  const status = facts.identityStatus ?? 'PROV'
  const [retrieved, checked] = [status === 'RECUP' || status === 'QUAL', status === 'VALI' || status === 'QUAL']
  const { searchKey, soundKey } = nameKeys([names.birthName, names.usedName, ...names.firstNames])
  await asSystem(db, 'plant a person in a test', (tx) =>
    sql`insert into persons.person (person_id, birth_name, used_name, birth_given_names, birth_date, sex, search_key, sound_key,
      identity_status, ins_matricule, ins_oid, ins_retrieved_at, identity_checked_at, identity_document, commune_code, deceased_on, holder_org)
    values (${personId}, ${names.birthName}, ${names.usedName}, ${[...names.firstNames]}::text[], ${facts.birthDay === undefined ? '1941-03-12' : facts.birthDay}, ${facts.sex ?? 'F'},
      ${searchKey}, ${soundKey}, ${status}, ${retrieved ? aMatricule() : null}, ${retrieved ? '1.2.250.1.213.1.4.10' : null}, ${retrieved ? knownAt : null},
      ${checked ? knownAt : null}, ${checked ? 'id_card' : null}, ${facts.communeCode ?? null}, ${facts.deceasedOn ?? null}, ${facts.dac ?? newId()})`.execute(
      tx,
    ),
  )
  if (facts.dac !== null) await aSight(db, personId, facts.dac, facts.episodeId === undefined ? {} : { sourceId: facts.episodeId })
  return personId
}

/** Plants an answer to the non-oppositions 1 and 2 (today's wording: « non-opposition »), as the DAC recorded it. */
export async function nonOpposed(db: Database, personId: PersonId, dac: ServiceId, on = '2026-06-02'): Promise<void> {
  await asSystem(db, 'plant non-oppositions in a test', (tx) =>
    sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org, recorded_at)
    select gen_random_uuid(), ${personId}, n, 'non_opposition', ${on}::date, 'oral_present', ${newId()}, 'Julie Marchal', ${dac}, ${on}::date from unnest('{1,2}'::int[]) n`.execute(
      tx,
    ),
  )
}

export interface ActorFacts {
  readonly functions?: readonly ActorFunction[]
  readonly serviceId?: ServiceId
  readonly serviceKind?: ServiceKind
  readonly serviceName?: string
  readonly displayName?: string
  readonly category?: ProfessionalCategory
  readonly volets?: readonly Volet[]
  readonly userId?: UserId
  readonly professionalId?: PartyId | null
}

/** Someone of a DAC: Julie Marchal, référente, unless said otherwise. Her parties follow as at a login. */
export function aDacUser(dac: ServiceId, facts: ActorFacts = {}): Actor {
  const functions = facts.functions ?? ['referent']
  const onFiles = functions.some((f) => ['front_desk', 'referent', 'doctor', 'team_lead'].includes(f))
  const beyondDesk = functions.some((f) => ['referent', 'doctor', 'team_lead'].includes(f))
  const userId = facts.userId ?? newId<UserId>()
  return {
    kind: 'user',
    userId,
    displayName: facts.displayName ?? 'Julie Marchal',
    serviceId: dac,
    serviceKind: 'dac',
    serviceName: facts.serviceName ?? 'DAC Hautes-Vallées',
    functions,
    category: facts.category ?? 'coordination',
    professionalId: null,
    parties: [userId as unknown as PartyId, ...(onFiles ? [dac as unknown as PartyId] : [])],
    volets: facts.volets ?? (beyondDesk ? all : ['administrative']),
  }
}

/** An outside professional with a card in the directory: Dr Anne-Laure Fritsch, doctor in her own practice, unless said otherwise. */
export function anOutsideProfessional(facts: ActorFacts = {}): Actor & { readonly professionalId: PartyId } {
  const userId = facts.userId ?? newId<UserId>()
  const professionalId = facts.professionalId ?? newId<PartyId>()
  const category = facts.category ?? 'health'
  return {
    kind: 'user',
    userId,
    displayName: facts.displayName ?? 'Anne-Laure Fritsch',
    serviceId: facts.serviceId ?? newId<ServiceId>(),
    serviceKind: facts.serviceKind ?? 'practice',
    serviceName: facts.serviceName ?? 'Cabinet médical',
    functions: ['outside_professional'],
    category,
    professionalId,
    parties: [userId as unknown as PartyId, professionalId],
    volets: facts.volets ?? (category === 'health' ? all : ['administrative', 'social']),
  }
}
