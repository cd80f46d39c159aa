import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { NonOpposition, NonOppositionNumber, Silence } from '../contract/person.ts'

export interface SharingRows {
  readonly informedOn: string | null
  readonly informedBy: string | null
  readonly answers: readonly (NonOpposition & { readonly number: NonOppositionNumber })[]
  readonly silences: readonly Silence[]
}

/** Information, last answers and silences of a person, in one statement. */
export async function selectSharing(tx: Tx, personId: PersonId): Promise<SharingRows> {
  const { rows } = await sql<SharingRows>`
    select info.on as "informedOn", info.by as "informedBy",
      coalesce((select jsonb_agg(jsonb_build_object('number', a.number, 'state', a.state, 'on', a.collected_on, 'mode', a.mode, 'byName', a.collected_by_name,
          'documentVersion', a.document_version, 'givenBy', a.given_by))
        from (select distinct on (number) * from persons.non_opposition where person_id = ${personId} order by number, recorded_at desc, id desc) a), '[]') as answers,
      coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'kind', d.kind, 'towards', d.towards, 'relation', d.relation, 'partyId', d.party_id, 'since', d.since,
          'reason', d.reason, 'version', d.version) order by d.kind = 'tell_nothing' desc, d.since, d.id)
        from persons.non_disclosure d where d.person_id = ${personId} and d.ended_at is null), '[]') as silences
    from (select 1) one left join lateral (select given_on as "on", given_by_name as "by" from persons.information_given
      where person_id = ${personId} order by given_on desc, recorded_at desc limit 1) info on true`.execute(tx)
  return rows[0] ?? { informedOn: null, informedBy: null, answers: [], silences: [] }
}
