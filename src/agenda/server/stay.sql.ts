import { type RawBuilder, sql } from 'kysely'
import { personNameJson } from '../../persons/server/api.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { StayId, StayKind, StayLine, StayTarget } from '../contract/stay.ts'

/** Of the stay `s`, as the calendars draw it. */
const stayJson = sql`jsonb_build_object('id', s.id, 'version', s.version, 'person', ${personNameJson('s.person_id')}, 'toldBy', s.told_by, 'kind', s.kind, 'establishmentId', s.establishment_id,
  'establishmentName', s.establishment_name, 'namedOpenly', s.establishment_id is null or persons.names_openly(s.person_id, s.establishment_id), 'startsOn', s.starts_on, 'admittedAt', s.admitted_at, 'expectedOn', s.expected_on, 'endedOn', s.ended_on, 'dischargedAt', s.discharged_at,
  'outOn', s.out_on, 'left', case when s.left_on is not null then jsonb_build_object('on', s.left_on, 'byName', s.left_by_name, 'at', s.left_at, 'overtakenAt', s.left_overtaken_at) end,
  'until', s.until, 'reason', s.reason, 'recordedByName', s.recorded_by_name, 'createdAt', s.created_at, 'holderOrg', s.holder_org,
  'behind', coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'establishmentName', w.establishment_name, 'startsOn', w.starts_on, 'expectedOn', w.expected_on, 'reason', w.reason,
      'recordedByName', w.recorded_by_name, 'createdAt', w.created_at) order by w.created_at)
    from agenda.stay w where s.told_by = 'hospital' and w.person_id = s.person_id and w.told_by = 'hand' and w.cancelled_at is null and agenda.is_same_stay(w, s.id, s.place_key, s.starts_on, s.out_on)), '[]'),
  'beside', coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'toldBy', b.told_by, 'establishmentName', b.establishment_name, 'startsOn', b.starts_on) order by b.starts_on)
    from agenda.standing_stay b where b.person_id = s.person_id and b.id <> s.id and b.starts_on <= coalesce(s.until, 'infinity') + 3 and coalesce(b.until, 'infinity') >= s.starts_on - 3
      and not (b.id = any (s.apart_from) or s.id = any (b.apart_from))), '[]'))`

export interface Days {
  readonly from: string
  readonly to: string | null
}

const during = ({ from, to }: Days): RawBuilder<unknown> =>
  sql`s.starts_on <= coalesce(${to}::date, 'infinity') and (s.until is null or s.until >= ${from}::date)`

/** The stays of a person between two days. */
export const staysOf = (personId: PersonId, days: Days): RawBuilder<StayLine[]> =>
  sql`coalesce((select jsonb_agg(${stayJson} order by s.starts_on, s.id) from agenda.standing_stay s where s.person_id = any (persons.identity_set(${personId}::uuid)) and ${during(days)}), '[]')`

/** The stays of those whom a colleague follows, or her binôme. */
export const staysAround = (user: UserId, days: Days): RawBuilder<StayLine[]> =>
  sql`coalesce((select jsonb_agg(${stayJson} order by s.starts_on, s.id) from agenda.standing_stay s where ${during(days)} and exists (
    select from episodes.episode e where e.person_id = s.person_id and e.state <> 'closed' and (e.referent_id = ${user} or e.binome_id = ${user}))), '[]')`

/** The stays of those whom a service accompanies. */
export const staysOfService = (service: ServiceId, days: Days): RawBuilder<StayLine[]> =>
  sql`coalesce((select jsonb_agg(${stayJson} order by s.starts_on, s.id) from agenda.standing_stay s where ${during(days)} and exists (
    select from episodes.episode e where e.person_id = s.person_id and e.state <> 'closed' and e.holder_org = ${service})), '[]')`

export async function selectStays(tx: Tx, personId: PersonId, from: string): Promise<StayLine[]> {
  return (await sql<{ rows: StayLine[] }>`select ${staysOf(personId, { from, to: null })} as rows`.execute(tx)).rows[0]?.rows ?? []
}

export interface StayRow extends StayTarget {
  readonly kind: StayKind
  readonly establishmentId: string | null
  readonly establishmentName: string
  readonly startsOn: string
  readonly expectedOn: string | null
  readonly endedOn: string | null
  /** The exit that the team noted, or a death; null once the establishment told something else. */
  readonly leftOn: string | null
  readonly reason: string | null
  readonly cancelled: boolean
  readonly version: number
}

/** A stay as the actor sees it; locked when it is about to change. */
export async function findStay(tx: Tx, id: StayId, locked = false): Promise<StayRow | undefined> {
  return (
    await sql<StayRow>`select s.id, s.person_id as "personId", s.holder_org as "holderOrg", s.told_by as "toldBy", s.kind, s.establishment_id as "establishmentId", s.establishment_name as "establishmentName",
      s.starts_on as "startsOn", s.expected_on as "expectedOn", s.ended_on as "endedOn", case when s.left_overtaken_at is null then s.left_on end as "leftOn", s.reason, s.cancelled_at is not null as cancelled, s.version
      from agenda.stay s where s.id = ${id} ${locked ? sql`for update` : sql``}`.execute(tx)
  ).rows[0]
}

/** The stays of a person wait for one another until the end of the transaction: of two that are written at once, the second finds the first. */
export async function lockStays(tx: Tx, personId: PersonId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('agenda.stay:' || ${personId}::text, 0))`.execute(tx)
}

/** A stay of hers that stands in this establishment at these days, other than `except`; one whose exit is not known reaches a week from now (as agenda.is_same_stay). */
export async function findStayLike(
  tx: Tx,
  personId: PersonId,
  like: { readonly establishmentName: string; readonly startsOn: string; readonly until: string | null },
  except: StayId | null,
): Promise<StayId | undefined> {
  return (
    await sql<{
      id: StayId
    }>`select s.id from agenda.standing_stay s where s.person_id = any (persons.identity_set(${personId}::uuid)) and s.id is distinct from ${except}::uuid
      and s.place_key = agenda.place_key(${like.establishmentName}) and s.starts_on <= coalesce(${like.until}::date, greatest(${like.startsOn}::date, platform.today()) + 7)
      and coalesce(s.until, greatest(s.starts_on, platform.today()) + 7) >= ${like.startsOn}::date limit 1`.execute(tx)
  ).rows[0]?.id
}

export async function insertStay(
  tx: Tx,
  stay: Omit<StayRow, 'toldBy' | 'endedOn' | 'leftOn' | 'cancelled' | 'version'> & { readonly recordedBy: UserId; readonly recordedByName: string },
  at: Date,
): Promise<void> {
  await sql`insert into agenda.stay (id, person_id, told_by, kind, establishment_id, establishment_name, place_key, starts_on, expected_on, reason, recorded_by, recorded_by_name, created_at, changed_at, holder_org)
    values (${stay.id}, ${stay.personId}, 'hand', ${stay.kind}, ${stay.establishmentId}, ${stay.establishmentName}, agenda.place_key(${stay.establishmentName}), ${stay.startsOn}, ${stay.expectedOn},
      ${stay.reason}, ${stay.recordedBy}, ${stay.recordedByName}, ${at}, ${at}, ${stay.holderOrg})`.execute(tx)
}

export async function updateStay(tx: Tx, row: StayRow, version: number, at: Date): Promise<void> {
  await sql`update agenda.stay set establishment_id = ${row.establishmentId}, establishment_name = ${row.establishmentName}, place_key = agenda.place_key(${row.establishmentName}), starts_on = ${row.startsOn},
      expected_on = ${row.expectedOn}, ended_on = ${row.endedOn}, reason = ${row.reason}, version = ${version}, changed_at = ${at} where id = ${row.id}`.execute(
    tx,
  )
}

/** Notes that she is out of a stay that an establishment told, or takes that back (null). */
export async function writeExit(
  tx: Tx,
  id: StayId,
  leftOn: string | null,
  by: { readonly id: UserId; readonly name: string },
  version: number,
  at: Date,
): Promise<void> {
  const [who, name, when] = leftOn === null ? [null, null, null] : [by.id, by.name, at]
  await sql`update agenda.stay set left_on = ${leftOn}, left_by = ${who}, left_by_name = ${name}, left_at = ${when}, left_by_event = null, left_overtaken_at = null,
      version = ${version}, changed_at = ${at} where id = ${id}`.execute(tx)
}

export async function cancelStayRow(tx: Tx, id: StayId, because: string | null, at: Date): Promise<number> {
  return (
    await sql<{
      version: number
    }>`update agenda.stay set cancelled_at = ${at}, cancelled_because = ${because}, version = version + 1, changed_at = ${at} where id = ${id} returning version`.execute(
      tx,
    )
  ).rows[0]?.version as number
}

/** Says that the stay written by hand is the one that was told, or that it is another. */
export async function sayWhetherSame(tx: Tx, id: StayId, toldId: StayId, same: boolean, at: Date): Promise<number> {
  return (
    await sql<{ version: number }>`update agenda.stay set same_as = ${same ? sql`${toldId}::uuid` : sql`nullif(same_as, ${toldId}::uuid)`},
      apart_from = ${same ? sql`array_remove(apart_from, ${toldId}::uuid)` : sql`array_append(array_remove(apart_from, ${toldId}::uuid), ${toldId}::uuid)`},
      version = version + 1, changed_at = ${at} where id = ${id} returning version`.execute(tx)
  ).rows[0]?.version as number
}

export interface ToldStay {
  /** Of the stay that it follows. */
  readonly id: string
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly establishmentName: string
  readonly kind: StayKind
  readonly startsOn: string
  readonly admittedAt: string | null
  readonly expectedOn: string | null
  readonly endedOn: string | null
  readonly dischargedAt: string | null
  /** Null: it stands. */
  readonly cancelledBecause: string | null
}

/** Brings the line of the agenda in line with the stay that an establishment told, which overtakes the exit that the team had noted; false when nothing differed. As a job. */
export async function writeToldStay(tx: Tx, told: ToldStay, at: Date): Promise<boolean> {
  const { rows } =
    await sql`insert into agenda.stay as s (id, person_id, told_by, kind, establishment_name, place_key, starts_on, admitted_at, expected_on, ended_on, discharged_at, cancelled_at, cancelled_because,
      recorded_by_name, created_at, changed_at, holder_org)
    values (${told.id}, ${told.personId}, 'hospital', ${told.kind}, ${told.establishmentName}, agenda.place_key(${told.establishmentName}), ${told.startsOn}, ${told.admittedAt}, ${told.expectedOn}, ${told.endedOn},
      ${told.dischargedAt}, ${told.cancelledBecause === null ? null : at}, ${told.cancelledBecause}, ${told.establishmentName}, ${at}, ${at}, ${told.holderOrg})
    on conflict (id) do update set kind = excluded.kind, starts_on = excluded.starts_on, admitted_at = excluded.admitted_at, expected_on = excluded.expected_on, ended_on = excluded.ended_on,
      discharged_at = excluded.discharged_at, cancelled_at = case when excluded.cancelled_at is null then null else coalesce(s.cancelled_at, excluded.cancelled_at) end,
      cancelled_because = excluded.cancelled_because, left_overtaken_at = case when s.left_on is not null then excluded.changed_at end, version = s.version + 1, changed_at = excluded.changed_at
    where (s.kind, s.starts_on, s.admitted_at, s.expected_on, s.ended_on, s.discharged_at, s.cancelled_because)
      is distinct from (excluded.kind, excluded.starts_on, excluded.admitted_at, excluded.expected_on, excluded.ended_on, excluded.discharged_at, excluded.cancelled_because)
    returning s.id`.execute(tx)
  return rows.length > 0
}
