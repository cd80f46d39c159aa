import { sql } from 'kysely'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { MeasureId, measures } from '../contract/measures.ts'

export interface NewMeasure {
  readonly id: MeasureId
  readonly personId: PersonId
  readonly kind: string
  readonly value: number
  readonly second: number | null
  readonly at: Date | string
  readonly words: string | null
  readonly authorId: UserId
  readonly authorName: string
  readonly authorFunction: string | null
  readonly holderOrg: ServiceId
}

export async function insertMeasure(tx: Tx, one: NewMeasure): Promise<void> {
  await sql`insert into liaison.measure (id, person_id, kind, value, second_value, at, words, author_id, author_name, author_function, holder_org)
    values (${one.id}, ${one.personId}, ${one.kind}, ${one.value}, ${one.second}, ${one.at}, ${one.words}, ${one.authorId}, ${one.authorName}, ${one.authorFunction}, ${one.holderOrg})`.execute(
    tx,
  )
}

export interface MeasureRow {
  readonly id: MeasureId
  readonly personId: PersonId
  readonly kind: string
  readonly value: number
  readonly authorId: UserId
  readonly struckAt: string | null
}

export async function findMeasure(tx: Tx, id: MeasureId): Promise<MeasureRow | undefined> {
  return (
    await sql<MeasureRow>`select id, person_id as "personId", kind, value::float8 as value, author_id as "authorId", struck_at as "struckAt" from liaison.measure where id = ${id} for update`.execute(
      tx,
    )
  ).rows[0]
}

export async function strikeMeasureRow(tx: Tx, id: MeasureId, by: { readonly id: UserId; readonly name: string }, because: string, at: Date): Promise<void> {
  await sql`update liaison.measure set struck_at = ${at}, struck_by = ${by.id}, struck_by_name = ${by.name}, struck_because = ${because} where id = ${id}`.execute(
    tx,
  )
}

export interface NewThreshold {
  readonly id: string
  readonly personId: PersonId
  readonly kind: string
  readonly low: number | null
  readonly high: number | null
  readonly reason: string | null
  readonly by: UserId
  readonly byName: string
  readonly at: Date
  readonly holderOrg: ServiceId
}

export async function insertThreshold(tx: Tx, one: NewThreshold): Promise<void> {
  await sql`insert into liaison.measure_threshold (id, person_id, kind, low, high, reason, set_by, set_by_name, set_at, holder_org)
    values (${one.id}, ${one.personId}, ${one.kind}, ${one.low}, ${one.high}, ${one.reason}, ${one.by}, ${one.byName}, ${one.at}, ${one.holderOrg})`.execute(tx)
}

const same = (personId: PersonId) => sql`any ((select persons.identity_set(${personId}))::uuid[])`

/** What a rule compares a new measure with: the threshold of the person, and what was measured since a day. */
export async function measureContext(
  tx: Tx,
  personId: PersonId,
  kind: string,
  before: Date | string,
): Promise<{ readonly low: number | null; readonly high: number | null; readonly past: readonly { readonly value: number; readonly at: string }[] }> {
  const { rows } = await sql<{
    low: number | null
    high: number | null
    past: { value: number; at: string }[]
  }>`select t.low::float8 as low, t.high::float8 as high,
      coalesce((select jsonb_agg(jsonb_build_object('value', m.value, 'at', m.at)) from liaison.measure m
        where m.person_id = ${same(personId)} and m.kind = ${kind} and m.struck_at is null and m.at < ${before}::timestamptz and m.at > ${before}::timestamptz - interval '366 days'), '[]') as past
    from (select 1) one left join lateral (select low, high from liaison.measure_threshold t where t.person_id = ${same(personId)} and t.kind = ${kind} order by t.set_at desc limit 1) t on true`.execute(
    tx,
  )
  return rows[0] ?? { low: null, high: null, past: [] }
}

export async function selectMeasures(tx: Tx, personId: PersonId, perKind: number): Promise<OutputOf<typeof measures>['kinds']> {
  const { rows } = await sql<
    OutputOf<typeof measures>['kinds'][number]
  >`select k.kind, t.low::float8 as low, t.high::float8 as high, t.set_by_name as "thresholdByName",
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'value', m.value, 'second', m.second_value, 'at', m.at, 'words', m.words, 'authorId', m.author_id, 'authorName', m.author_name,
        'struckBecause', m.struck_because, 'struckByName', m.struck_by_name) order by m.at desc, m.id desc)
        from (select * from liaison.measure m where m.person_id = ${same(personId)} and m.kind = k.kind order by m.at desc, m.id desc limit ${perKind}) m), '[]') as rows
    from (select distinct kind from liaison.measure where person_id = ${same(personId)} union select distinct kind from liaison.measure_threshold where person_id = ${same(personId)}) k
    left join lateral (select low, high, set_by_name from liaison.measure_threshold t where t.person_id = ${same(personId)} and t.kind = k.kind order by t.set_at desc limit 1) t on true
    order by k.kind`.execute(tx)
  return rows
}
