import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { NoticeToHand, PersonNotice, PersonNoticeId, PersonNotices } from '../contract/notice-actions.ts'
import type { NoticeKind, NoticeObstacle, NoticeState } from '../contract/person-notices.ts'
import { personNameJson } from './person.sql.ts'

const columns = sql`n.id, n.kind, n.happened_at as "happenedAt", n.reason, n.by_profession as "byProfession", n.by_service_name as "byServiceName", n.state, n.obstacle,
  n.sent_at as "sentAt", n.way, n.given_to as "givenTo", n.given_to_name as "givenToName", n.settled_on as "settledOn", n.settled_by_name as "settledByName",
  n.withheld_reason as "withheldReason", n.words`

type NoticeRow = Omit<PersonNotice, 'reasonLabel'> & { readonly reason: string | null }

/** Measures that go on, as the rules of the notice read them. */
const measures = (
  person: string,
): ReturnType<typeof sql> => sql`coalesce((select jsonb_agg(jsonb_build_object('measure', m.measure, 'scope', m.scope, 'name', m.representative_name))
    from persons.protection_measure m where m.person_id = ${sql.ref(person)} and (m.ends_on is null or m.ends_on >= platform.today())), '[]')`
const isMinor = (birth: string): ReturnType<typeof sql> => sql`coalesce(${sql.ref(birth)} > platform.today() - interval '18 years', false)`

export interface MeasureRow {
  readonly measure: string
  readonly scope: string | null
  readonly name: string | null
}

export interface HerFacts {
  readonly minor: boolean
  readonly deceased: boolean
  readonly atRisk: boolean
  readonly measures: readonly MeasureRow[]
}

export async function selectPersonNotices(
  tx: Tx,
  personId: PersonId,
): Promise<HerFacts & { readonly rows: readonly NoticeRow[]; readonly wish: PersonNotices['wish'] }> {
  const { rows } =
    await sql<NoticeRow>`select ${columns} from persons.person_notice n where n.person_id = ${personId} order by n.happened_at desc, n.id limit 200`.execute(tx)
  const hers = await sql<HerFacts & { wish: PersonNotices['wish'] }>`select ${isMinor('p.birth_date')} as minor, p.deceased_on is not null as deceased,
      persons.at_risk(p.person_id) as "atRisk", ${measures('p.person_id')} as measures,
      (select jsonb_build_object('wish', w.wish, 'saidOn', w.said_on, 'mode', w.mode, 'givenBy', w.given_by, 'byName', w.recorded_by_name)
        from persons.notice_wish w where w.person_id = p.person_id order by w.recorded_at desc, w.id desc limit 1) as wish
    from persons.person p where p.person_id = ${personId}`.execute(tx)
  return { ...(hers.rows[0] as HerFacts & { wish: PersonNotices['wish'] }), rows }
}

/** Those of the persons for whom the actor's service answers (the policies of the table), the oldest first; from the notices that wait, never from all persons. */
export async function selectNoticesToHand(
  tx: Tx,
  limit: number,
): Promise<readonly (NoticeRow & Pick<NoticeToHand, 'person' | 'silences'> & HerFacts & { readonly total: number })[]> {
  const { rows } = await sql<NoticeRow & Pick<NoticeToHand, 'person' | 'silences'> & HerFacts & { total: number }>`
    with waiting as (select n.* from persons.person_notice n join persons.person q on q.person_id = n.person_id where n.state = 'to_hand' and q.deceased_on is null)
    select ${columns}, ${personNameJson('n.person_id')} as person, ${isMinor('p.birth_date')} as minor, false as deceased, persons.at_risk(p.person_id) as "atRisk",
      ${measures('p.person_id')} as measures,
      coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'kind', d.kind, 'towards', d.towards,
          'relation', (select lower(v.label) from territory.value v where v.set_code = 'persons.relation' and v.code = d.relation),
          'partyId', d.party_id, 'since', d.since, 'reason', d.reason, 'version', d.version) order by d.since, d.id)
        from persons.non_disclosure d where d.person_id = n.person_id and d.ended_at is null and d.kind in ('tell_nothing', 'hidden_address', 'at_risk')), '[]') as silences,
      (select count(*)::int from waiting) as total
    from waiting n join persons.person p on p.person_id = n.person_id order by n.happened_at, n.id limit ${limit}`.execute(tx)
  return rows
}

export interface NoticeAtHand extends HerFacts {
  readonly kind: NoticeKind
  readonly state: NoticeState
  readonly reason: string | null
  readonly happenedAt: string
  readonly hidesAddress: boolean
  readonly address: string | null
  readonly commune: string | null
  readonly service: { readonly name: string; readonly phone: string | null } | null
}

/** The DAC that answers the person's questions: the holder of the notice when it is one; another service is not named. */
const contact = sql`(select jsonb_build_object('name', v.name, 'phone', v.phone) from territory.service v where v.id = n.holder_org and v.kind = 'dac')`

export async function selectNotice(tx: Tx, personId: PersonId, id: PersonNoticeId, locked: boolean): Promise<NoticeAtHand | undefined> {
  const { rows } =
    await sql<NoticeAtHand>`select n.kind, n.state, n.reason, n.happened_at as "happenedAt", ${isMinor('p.birth_date')} as minor, p.deceased_on is not null as deceased,
      persons.at_risk(p.person_id) or n.reason is not distinct from 'danger' as "atRisk", ${measures('p.person_id')} as measures,
      exists (select from persons.non_disclosure d where d.person_id = p.person_id and d.kind = 'hidden_address' and d.ended_at is null) as "hidesAddress",
      p.address, c.name as commune, ${contact} as service
    from persons.person_notice n join persons.person p on p.person_id = n.person_id left join territory.commune c on c.code = p.commune_code
    where n.id = ${id} and n.person_id = ${personId} ${locked ? sql`for update of n` : sql``}`.execute(tx)
  return rows[0]
}

export interface Settled {
  readonly id: PersonNoticeId
  readonly state: 'handed' | 'withheld'
  readonly way: string | null
  readonly givenTo: string | null
  readonly givenToName: string | null
  readonly on: string
  readonly at: Date
  readonly by: string
  readonly byName: string
  readonly reason: string | null
  readonly words: string | null
}

export async function settleNotice(tx: Tx, s: Settled): Promise<void> {
  await sql`update persons.person_notice set state = ${s.state}, way = ${s.way}, given_to = ${s.givenTo}, given_to_name = ${s.givenToName}, settled_on = ${s.on}, settled_at = ${s.at},
      settled_by = ${s.by}, settled_by_name = ${s.byName}, withheld_reason = ${s.reason}, words = ${s.words} where id = ${s.id}`.execute(tx)
}

export interface NewWish {
  readonly id: string
  readonly personId: PersonId
  readonly wish: string
  readonly saidOn: string
  readonly mode: string
  readonly givenBy: string
  readonly at: Date
  readonly by: string
  readonly byName: string
  readonly holderOrg: string
}

export async function insertNoticeWish(tx: Tx, w: NewWish): Promise<void> {
  await sql`insert into persons.notice_wish (id, person_id, wish, said_on, mode, given_by, recorded_at, recorded_by, recorded_by_name, holder_org)
    values (${w.id}, ${w.personId}, ${w.wish}, ${w.saidOn}, ${w.mode}, ${w.givenBy}, ${w.at}, ${w.by}, ${w.byName}, ${w.holderOrg})`.execute(tx)
}

export interface AccessNoticeRow {
  readonly accessId: string
  readonly state: 'waiting' | 'told' | 'to_hand' | 'settled'
  readonly obstacle: NoticeObstacle | null
  readonly toldAt: string | null
  readonly byName: string | null
}

/** Where the notice of each access stands, for whoever answers for it. */
export async function selectNoticesOfAccesses(tx: Tx, ids: readonly string[]): Promise<readonly AccessNoticeRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<AccessNoticeRow>`select access_id as "accessId", state, obstacle, told_at as "toldAt", by_name as "byName"
    from persons.notices_of_accesses(${`{${ids.join(',')}}`}::uuid[])`.execute(tx)
  return rows
}
