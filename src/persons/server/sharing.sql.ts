import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { NonOpposition, NonOppositionNumber, Silence } from '../contract/person.ts'
import { withheldJson } from './withheld.sql.ts'

export interface SharingRows {
  readonly informedOn: string | null
  readonly informedBy: string | null
  readonly answers: readonly (NonOpposition & { readonly number: NonOppositionNumber })[]
  readonly silences: readonly Silence[]
}

/** The JSON of SharingRows: information, last answers and silences, for a statement that shows more. */
export const sharingJson = (personId: PersonId): ReturnType<typeof sql<SharingRows>> => sql<SharingRows>`jsonb_build_object(
  'informedOn', (select i.given_on from persons.information_given i where i.person_id = ${personId} order by i.given_on desc, i.recorded_at desc limit 1),
  'informedBy', (select i.given_by_name from persons.information_given i where i.person_id = ${personId} order by i.given_on desc, i.recorded_at desc limit 1),
  'answers', coalesce((select jsonb_agg(jsonb_build_object('number', a.number, 'state', a.state, 'on', a.collected_on, 'mode', a.mode, 'byName', a.collected_by_name,
      'documentVersion', a.document_version, 'givenBy', a.given_by))
    from (select distinct on (number) * from persons.non_opposition where person_id = ${personId} order by number, recorded_at desc, id desc) a), '[]'),
  'silences', coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'kind', d.kind, 'towards', d.towards, 'relation', coalesce((select lower(v.label) from territory.value v where v.set_code = 'persons.relation' and v.code = d.relation), d.relation), 'partyId', d.party_id, 'since', d.since,
      'reason', d.reason, 'version', d.version) order by d.kind = 'tell_nothing' desc, d.since, d.id)
    from persons.non_disclosure d where d.person_id = ${personId} and d.ended_at is null), '[]'))`

/**
 * The day when a person was told of the DAC and of her rights: the last information given, or the day she answered on sharing, which
 * she could not have done without it. Null when neither is recorded, or when the actor does not see her.
 */
export function informedOnSql(personIdColumn: string): ReturnType<typeof sql<string | null>> {
  return sql<string | null>`greatest((select max(i.given_on) from persons.information_given i where i.person_id = ${sql.ref(personIdColumn)}),
    (select max(n.collected_on) from persons.non_opposition n where n.person_id = ${sql.ref(personIdColumn)}))`
}

export async function selectSharing(tx: Tx, personId: PersonId): Promise<SharingRows> {
  const { rows } = await sql<{ sharing: SharingRows }>`select ${sharingJson(personId)} as sharing`.execute(tx)
  return rows[0]?.sharing ?? { informedOn: null, informedBy: null, answers: [], silences: [] }
}

export interface AnswerRow {
  readonly id: string
  readonly personId: PersonId
  readonly number: NonOppositionNumber
  readonly state: 'non_opposition' | 'opposition'
  readonly collectedOn: string
  readonly mode: string
  readonly by: string
  readonly byName: string
  readonly documentVersion: string | null
  readonly givenBy: string
  readonly comment: string | null
  readonly holderOrg: string
  readonly at: Date
}

export async function insertAnswer(tx: Tx, row: AnswerRow): Promise<void> {
  await sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, document_version, given_by, comment, holder_org, recorded_at)
    values (${row.id}, ${row.personId}, ${row.number}, ${row.state}, ${row.collectedOn}, ${row.mode}, ${row.by}, ${row.byName}, ${row.documentVersion}, ${row.givenBy}, ${row.comment},
      ${row.holderOrg}, ${row.at})`.execute(tx)
}

export interface InformationRow {
  readonly id: string
  readonly personId: PersonId
  readonly givenOn: string
  readonly givenTo: string
  readonly by: string | null
  readonly byName: string
  readonly mode: string
  readonly documentVersion: string | null
  readonly holderOrg: string
  readonly at: Date
}

export async function insertInformation(tx: Tx, row: InformationRow): Promise<void> {
  await sql`insert into persons.information_given (id, person_id, given_on, given_to, given_by, given_by_name, mode, document_version, holder_org, recorded_at)
    values (${row.id}, ${row.personId}, ${row.givenOn}, ${row.givenTo}, ${row.by}, ${row.byName}, ${row.mode}, ${row.documentVersion}, ${row.holderOrg}, ${row.at})`.execute(
    tx,
  )
}

export interface SilenceRow {
  readonly id: string
  readonly personId: PersonId
  readonly kind: Silence['kind']
  readonly towards: string
  readonly relation: string | null
  readonly partyId: string | null
  readonly since: string
  readonly reason: string | null
  readonly holderOrg: string
  readonly by: string
}

export async function insertSilence(tx: Tx, row: SilenceRow): Promise<void> {
  await sql`insert into persons.non_disclosure (id, person_id, kind, towards, relation, party_id, since, reason, holder_org, recorded_by)
    values (${row.id}, ${row.personId}, ${row.kind}, ${row.towards}, ${row.relation}, ${row.partyId}, ${row.since}, ${row.reason}, ${row.holderOrg}, ${row.by})`.execute(
    tx,
  )
}

export async function lockSilence(
  tx: Tx,
  personId: PersonId,
  id: string,
): Promise<{ version: number; kind: Silence['kind']; towards: string; partyId: string | null; ended: boolean } | undefined> {
  const { rows } = await sql<{
    version: number
    kind: Silence['kind']
    towards: string
    partyId: string | null
    ended: boolean
  }>`select version, kind, towards, party_id as "partyId", ended_at is not null as ended
    from persons.non_disclosure where id = ${id} and person_id = ${personId} for update`.execute(tx)
  return rows[0]
}

export async function endSilenceRow(tx: Tx, id: string, at: Date, version: number): Promise<void> {
  await sql`update persons.non_disclosure set ended_at = ${at}, version = ${version} where id = ${id}`.execute(tx)
}

export interface RightsHistory {
  readonly history: readonly unknown[]
  readonly information: readonly unknown[]
  readonly protections: readonly unknown[]
  readonly withheld: readonly unknown[]
  readonly currentDocument: string | null
}

/** Every answer and every information given, measures of protection, and the document in force that day, in one statement. */
export async function selectRightsHistory(tx: Tx, personId: PersonId, today: string): Promise<RightsHistory> {
  const { rows } = await sql<RightsHistory>`select
    coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'number', a.number, 'state', a.state, 'on', a.collected_on, 'mode', a.mode, 'byName', a.collected_by_name,
        'documentVersion', a.document_version, 'givenBy', a.given_by, 'comment', a.comment, 'recordedAt', a.recorded_at) order by a.recorded_at desc, a.number)
      from persons.non_opposition a where a.person_id = ${personId}), '[]') as history,
    coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'givenOn', i.given_on, 'givenTo', i.given_to, 'byName', i.given_by_name, 'mode', i.mode,
        'documentVersion', i.document_version, 'recordedAt', i.recorded_at) order by i.given_on desc, i.recorded_at desc)
      from persons.information_given i where i.person_id = ${personId}), '[]') as information,
    ${protectionsJson(personId)} as protections, ${withheldJson(personId)} as withheld,
    (select v.code from territory.value v where v.set_code = 'persons.information_document' and not v.hidden and v.valid_from <= ${today}::date
      and (v.valid_to is null or v.valid_to >= ${today}::date) order by v.position limit 1) as "currentDocument"`.execute(tx)
  return rows[0] as RightsHistory
}

/** The JSON of the measures of protection, those that have not ended first. */
export const protectionsJson = (
  personId: PersonId,
): ReturnType<typeof sql> => sql`coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'version', m.version, 'measure', m.measure,
    'scope', m.scope, 'holderKind', m.holder_kind, 'representativeName', m.representative_name, 'representativePhone', m.representative_phone, 'documentSeen', m.document_seen,
    'startsOn', m.starts_on, 'endsOn', m.ends_on) order by m.ends_on is not null and m.ends_on < platform.today(), m.starts_on desc nulls last, m.id)
  from persons.protection_measure m where m.person_id = ${personId}), '[]')`

/** These parties and the same professionals under their other name: account and card of the directory. */
export async function samePartyAs(tx: Tx, partyIds: readonly string[]): Promise<readonly string[]> {
  if (partyIds.length === 0) return []
  const { rows } = await sql<{
    id: string
  }>`select distinct same.id from unnest(${`{${partyIds.join(',')}}`}::uuid[]) p(id) cross join lateral unnest(persons.same_party(p.id)) same(id)`.execute(tx)
  return rows.map((row) => row.id)
}

export async function addressOf(tx: Tx, personId: PersonId): Promise<string | null> {
  const { rows } = await sql<{ address: string | null }>`select address from persons.person where person_id = ${personId}`.execute(tx)
  return rows[0]?.address ?? null
}
