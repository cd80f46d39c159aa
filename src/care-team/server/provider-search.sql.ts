import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { PersonId, ServiceId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { type ProviderCall, type providerWords, wordKeptDays } from '../contract/provider-search.ts'

export interface NewCall extends Omit<ProviderCall, 'calledAt'> {
  readonly personId: PersonId
  readonly holderOrg: string
  readonly at: Date
  readonly by: string
}

/** The call of a person, and what it teaches the service: the last word of this provider for this need. */
export async function insertCall(tx: Tx, c: NewCall): Promise<void> {
  await sql`insert into care_team.provider_call (id, person_id, holder_org, need, party_id, name, outcome, call_back_on, words, called_at, called_by, called_by_name)
    values (${c.id}, ${c.personId}, ${c.holderOrg}, ${c.need}, ${c.partyId}, ${c.name}, ${c.outcome}, ${c.callBackOn}, ${c.words}, ${c.at}, ${c.by}, ${c.calledByName})`.execute(
    tx,
  )
  if (c.partyId === null) return
  await sql`insert into care_team.provider_word (service_id, party_id, need, outcome, call_back_on, called_at, called_by_name)
    values (${c.holderOrg}, ${c.partyId}, ${c.need}, ${c.outcome}, ${c.callBackOn}, ${c.at}, ${c.calledByName})
    on conflict (service_id, party_id, need) do update set outcome = excluded.outcome, call_back_on = excluded.call_back_on, called_at = excluded.called_at,
      called_by_name = excluded.called_by_name where provider_word.called_at <= excluded.called_at`.execute(tx)
}

export async function selectCalls(tx: Tx, personId: PersonId): Promise<readonly ProviderCall[]> {
  return (
    await sql<ProviderCall>`select id, need, party_id as "partyId", name, outcome, call_back_on as "callBackOn", words, called_at as "calledAt", called_by_name as "calledByName"
      from care_team.provider_call where person_id = any (persons.identity_set(${personId})) order by called_at desc, id desc limit 200`.execute(tx)
  ).rows
}

export async function selectWords(tx: Tx, service: ServiceId, now: Date): Promise<OutputOf<typeof providerWords>['rows']> {
  return (
    await sql<
      OutputOf<typeof providerWords>['rows'][number]
    >`select party_id as "partyId", need, outcome, call_back_on as "callBackOn", called_at as "calledAt", called_by_name as "calledByName"
      from care_team.provider_word where service_id = ${service} and called_at > ${now}::timestamptz - make_interval(days => ${wordKeptDays}) order by called_at desc limit 2000`.execute(
      tx,
    )
  ).rows
}

export interface CallToFollow {
  readonly id: string
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly need: string
  readonly name: string
  readonly outcome: ProviderCall['outcome']
  readonly callBackOn: string | null
  readonly words: string | null
  readonly calledBy: string
  readonly calledByName: string
  /** Earlier calls to the same provider for the same need of this person. */
  readonly earlier: readonly string[]
}

export async function selectCallToFollow(tx: Tx, id: string): Promise<CallToFollow | undefined> {
  return (
    await sql<CallToFollow>`select c.id, c.person_id as "personId", c.holder_org as "holderOrg", c.need, c.name, c.outcome, c.call_back_on as "callBackOn", c.words,
        c.called_by as "calledBy", c.called_by_name as "calledByName",
        array(select e.id from care_team.provider_call e where e.person_id = c.person_id and e.need = c.need and e.holder_org = c.holder_org and e.id <> c.id
          and (e.called_at, e.id) <= (c.called_at, c.id) and case when c.party_id is null then e.party_id is null and lower(e.name) = lower(c.name) else e.party_id = c.party_id end) as earlier
      from care_team.provider_call c where c.id = ${id}`.execute(tx)
  ).rows[0]
}
