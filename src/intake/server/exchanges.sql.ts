import { sql } from 'kysely'
import { personNameJson } from '../../persons/server/api.ts'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { PersonId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { messagesForMe, personContacts } from '../contract/queries.ts'

type Exchange = OutputOf<typeof personContacts>['rows'][number]

/** Calls, messages and requests about a person, the latest first: two indexes, one order. */
export async function selectExchanges(
  tx: Tx,
  personId: PersonId,
  limit: number,
  after: readonly [string, string] | null,
): Promise<readonly (Exchange & { sortKey: string })[]> {
  const before = (at: string, id: string) =>
    after === null ? sql`true` : sql`(${sql.ref(at)}, ${sql.ref(id)}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
  const { rows } = await sql<Exchange & { sortKey: string }>`
    with ids as materialized (select persons.identity_set(${personId}) as known)
    select e.*, e.at::text as "sortKey" from (
      (select c.id, c.first_key as what, c.at, c.outgoing, c.channel, c.caller_name as "callerName", c.caller_quality as "callerQuality", c.caller_phone as "callerPhone", t.text,
          t.contact_id is null and c.first_key <> 'mistake' as hidden, c.recorded_by_name as "recordedByName", null::bigint as "requestNumber", null::text as "requestStatus"
        from intake.contact c left join intake.contact_text t on t.contact_id = c.id
        where c.person_id = any ((select known from ids)::uuid[]) and ${before('c.at', 'c.id')} order by c.at desc, c.id desc limit ${limit + 1})
      union all
      (select s.id, 'request', s.received_at, false, s.channel, coalesce(s.caller_name, s.requester_name), s.caller_quality, s.caller_phone, t.text, t.sollicitation_id is null, null, s.number, s.status
        from intake.sollicitation s left join intake.request_text t on t.sollicitation_id = s.id
        where s.person_id = any ((select known from ids)::uuid[]) and s.merged_into is null and ${before('s.received_at', 's.id')} order by s.received_at desc, s.id desc limit ${limit + 1})
    ) e order by e.at desc, e.id desc limit ${limit + 1}`.execute(tx)
  return rows
}

/** Messages left for a user and not handled yet, the oldest first. */
export async function selectMessages(tx: Tx, userId: UserId): Promise<OutputOf<typeof messagesForMe>['rows']> {
  const { rows } = await sql<OutputOf<typeof messagesForMe>['rows'][number]>`
    select k.id, k.at, k.channel, k.caller_name as "callerName", k.caller_quality as "callerQuality", k.caller_phone as "callerPhone", t.text, k.recorded_by_name as "recordedByName",
      ${personNameJson('k.person_id')} as person
    from intake.contact k left join intake.contact_text t on t.contact_id = k.id
    where k.for_user_id = ${userId} and k.handled_at is null order by k.at limit 100`.execute(tx)
  return rows
}
