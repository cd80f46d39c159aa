import { sql } from 'kysely'
import { personNameJson } from '../../persons/server/api.ts'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { OccurrenceId } from '../contract/appointment.ts'
import type { Absence, agendaDay, Busy, bookedByUs, Occurrence } from '../contract/queries.ts'
import type { StayLine } from '../contract/stay.ts'
import { type Days, staysAround, staysOf, staysOfService } from './stay.sql.ts'

const participantsJson = sql`coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'kind', p.kind, 'partyId', p.party_id, 'name', p.name, 'words', p.words, 'response', coalesce(d.response, p.response),
    'answeredAt', case when d.response is null then p.answered_at else d.answered_at end, 'proposedAt', case when d.response is null then p.proposed_at else d.proposed_at end,
    'answerWords', case when d.response is null then p.answer_words else d.words end, 'forDate', d.response is not null, 'mine', coalesce(p.party_id = any (platform.actor_parties()), false)) order by p.kind, p.name, p.id)
  from agenda.participant p left join agenda.date_answer d on a.rule is not null and d.participant_id = p.id and d.occurrence_id = o.id
  where p.appointment_id = a.id and p.withdrawn_at is null), '[]')`

/** Where it is: at home, the commune of the person; her address stays in her file. */
const place = sql`left join persons.person h on a.place_kind = 'home' and h.person_id = o.person_id left join territory.commune c on c.code = coalesce(a.commune_code, h.commune_code)`

/** A note of another service is looked for around the hour of its visit only, which is when it opens: the function that knows costs more than all the rest of a line. */
const occurrenceJson = sql`jsonb_build_object('id', o.id, 'version', o.version, 'appointmentId', a.id, 'kind', a.kind, 'title', a.title, 'person', ${personNameJson('o.person_id')},
  'startsAt', o.starts_at, 'endsAt', o.ends_at, 'allDay', a.all_day, 'timeZone', a.time_zone, 'state', o.state, 'cancelledBecause', o.cancelled_because, 'moved', o.moved, 'rule', a.rule,
  'placeKind', a.place_kind, 'place', a.place, 'commune', c.name,
  'point', case when c.latitude is null then null else jsonb_build_object('latitude', c.latitude, 'longitude', c.longitude) end, 'words', a.words, 'participants', ${participantsJson},
  'organizerId', a.organizer_id, 'organizerName', a.organizer_name, 'holderOrg', a.holder_org, 'volet', o.volet, 'isPrivate', o.protection = case when o.person_id is null then 'restricted' else 'org_private' end, 'imported', a.imported,
  'follows', case when a.follows is null then null else jsonb_build_object('kind', a.follows, 'id', a.follows_id) end,
  'hasSafetyNote', a.place_kind = 'home' and (exists (select from agenda.safety_note n where n.person_id = o.person_id and n.holder_org = (select platform.actor_service()))
    or (o.holder_org is distinct from (select platform.actor_service()) and o.starts_at - interval '48 hours' <= (select platform.clock()) and o.ends_at + interval '12 hours' > (select platform.clock())
      and exists (select from agenda.safety_for_visit(o.id)))),
  'inHospital', case when o.person_id is not null and o.state = 'booked' and a.place_kind in ('home', 'service') then (select jsonb_build_object('establishmentName', s.establishment_name, 'startsOn', s.starts_on,
      'until', s.until, 'leavesThatDay', coalesce(s.until = (o.starts_at at time zone a.time_zone)::date, false))
    from agenda.standing_stay s where s.person_id = o.person_id and s.starts_on <= (o.starts_at at time zone a.time_zone)::date and (s.until is null or s.until >= (o.starts_at at time zone a.time_zone)::date)
    order by s.until desc nulls first, s.starts_on limit 1) end)`

/** Participants among whose times one may wait for an answer: few rows, each found by its own index. */
const askedOf = (
  mine: string,
) => sql`(select p.id, p.appointment_id, p.party_id, p.response from agenda.participant p where p.party_id = any (${mine}::uuid[]) and p.withdrawn_at is null and p.response = 'needs_action'
  union select p.id, p.appointment_id, p.party_id, p.response from agenda.date_answer d join agenda.participant p on p.id = d.participant_id and p.withdrawn_at is null
    where d.party_id = any (${mine}::uuid[]) and d.response = 'needs_action')`
/** Of the participant `p` and her time `s`: no answer for this date, nor for all. */
const unanswered = sql`case when p.response = 'needs_action' then not exists (select from agenda.date_answer d where d.participant_id = p.id and d.occurrence_id = s.occurrence_id and d.response <> 'needs_action')
  else exists (select from agenda.date_answer d where d.participant_id = p.id and d.occurrence_id = s.occurrence_id and d.response = 'needs_action') end`

const absenceJson = sql`jsonb_build_object('id', b.id, 'userId', b.user_id, 'name', (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = b.user_id),
  'startsAt', b.starts_at, 'endsAt', b.ends_at, 'wholeDays', b.whole_days, 'substituteId', b.substitute_id,
  'substituteName', (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = b.substitute_id))`

export interface Span {
  readonly from: Date
  readonly to: Date
}

/** The same, with the days of the clock that it covers. */
export interface Asked extends Span {
  readonly days: Days
}

/** What stands in the agenda of a person between two instants, by day and hour; cancelled ones too, so that nobody waits at the door. */
export async function selectPersonAgenda(
  tx: Tx,
  personId: PersonId,
  { from, to, days }: Asked,
): Promise<{ readonly rows: Occurrence[]; readonly stays: StayLine[]; readonly nextAt: string | null }> {
  const { rows } = await sql<{
    rows: Occurrence[]
    stays: StayLine[]
    nextAt: string | null
  }>`with hers as materialized (select persons.identity_set(${personId}::uuid) as ids)
    select coalesce((select jsonb_agg(${occurrenceJson} order by o.starts_at, o.id) from hers, agenda.occurrence o join agenda.appointment a on a.id = o.appointment_id ${place}
        where o.person_id = any (hers.ids) and o.starts_at < ${to} and o.starts_at >= ${from}::timestamptz - interval '31 days' and o.ends_at > ${from}), '[]') as rows,
      (select min(o.starts_at) from hers, agenda.occurrence o where o.person_id = any (hers.ids) and o.starts_at >= ${to} and o.state = 'booked') as "nextAt",
      ${staysOf(personId, days)} as stays`.execute(tx)
  return rows[0] as { rows: Occurrence[]; stays: StayLine[]; nextAt: string | null }
}

/** What a service booked for her and is still to come, the soonest first; a series is one line. */
export async function selectBookedBy(tx: Tx, personId: PersonId, service: ServiceId, now: Date): Promise<OutputOf<typeof bookedByUs>['rows']> {
  return (
    await sql<
      OutputOf<typeof bookedByUs>['rows'][number]
    >`select a.id as "appointmentId", a.kind, a.title, to_json(min(o.starts_at)) #>> '{}' as "startsAt", a.all_day as "allDay",
        count(*)::int as times, coalesce((select jsonb_agg(p.name order by p.name) from agenda.participant p where p.appointment_id = a.id and p.withdrawn_at is null
          and p.kind <> 'colleague'), '[]') as others
      from agenda.occurrence o join agenda.appointment a on a.id = o.appointment_id
      where o.person_id = any (persons.identity_set(${personId}::uuid)) and o.state = 'booked' and o.starts_at > ${now}
        and a.holder_org = ${service} and a.follows is null and not a.imported
      group by a.id order by min(o.starts_at), a.id limit 100`.execute(tx)
  ).rows
}

export interface Mine {
  readonly rows: Occurrence[]
  readonly busy: Busy[]
  readonly absences: Absence[]
  readonly stays: StayLine[]
  readonly waiting: Occurrence[]
}

/** The moments of somebody, from her slots: a slot whose appointment she may no longer read is only « taken ». */
export async function selectMine(tx: Tx, user: UserId, parties: readonly string[], { from, to, days }: Asked, now: Date): Promise<Mine> {
  const mine = `{${parties.join(',')}}`
  const { rows } = await sql<Mine>`with taken as materialized (
      select distinct on (s.occurrence_id) s.* from agenda.slot s where s.party_id = any (${mine}::uuid[]) and s.starts_at < ${to} and s.starts_at >= ${from}::timestamptz - interval '31 days' and s.ends_at > ${from}),
    told as materialized (select t.occurrence_id, t.party_id, t.starts_at, t.ends_at, a.id is not null as readable,
        case when a.id is null then null else ${occurrenceJson} end as json
      from taken t left join agenda.occurrence o on o.id = t.occurrence_id left join agenda.appointment a on a.id = o.appointment_id ${place}),
    asked as materialized (select distinct on (s.appointment_id) s.occurrence_id from ${askedOf(mine)} p join agenda.slot s on s.appointment_id = p.appointment_id and s.party_id = p.party_id and s.ends_at > ${now}
      where ${unanswered} order by s.appointment_id, s.starts_at)
    select coalesce((select jsonb_agg(json order by starts_at, occurrence_id) from told where readable), '[]') as rows,
      coalesce((select jsonb_agg(jsonb_build_object('id', occurrence_id, 'partyId', party_id, 'startsAt', starts_at, 'endsAt', ends_at) order by starts_at) from told where not readable), '[]') as busy,
      coalesce((select jsonb_agg(${absenceJson} order by b.starts_at) from territory.absence b where b.user_id = any (${mine}::uuid[]) and b.cancelled_at is null and b.starts_at < ${to} and b.ends_at > ${from}), '[]') as absences,
      coalesce((select jsonb_agg(${occurrenceJson} order by o.starts_at) from asked join agenda.occurrence o on o.id = asked.occurrence_id join agenda.appointment a on a.id = o.appointment_id ${place}), '[]') as waiting,
      ${staysAround(user, days)} as stays`.execute(tx)
  return rows[0] as Mine
}

/** What « Ma journée » says of today and tomorrow: her moments with the note of the door, how many invitations wait, her absences. One statement, from her slots. */
export async function selectDay(tx: Tx, parties: readonly string[], { from, to }: Span, now: Date): Promise<OutputOf<typeof agendaDay>> {
  const mine = `{${parties.join(',')}}`
  const { rows } = await sql<OutputOf<typeof agendaDay>>`with taken as materialized (
      select distinct s.occurrence_id from agenda.slot s where s.party_id = any (${mine}::uuid[]) and s.starts_at < ${to} and s.starts_at >= ${from}::timestamptz - interval '31 days' and s.ends_at > ${from})
    select coalesce((select jsonb_agg(${occurrenceJson} || jsonb_build_object('safety', case when a.place_kind = 'home' then (select jsonb_build_object('doorCode', string_agg(n.door_code, ' / ' order by n.set_aside_at desc),
          'animals', string_agg(n.animals, ' / ' order by n.set_aside_at desc), 'neverAlone', bool_or(n.never_alone))
          from agenda.safety_note n where n.person_id = o.person_id and n.holder_org = platform.actor_service() having count(*) > 0) end) order by o.starts_at, o.id)
        from taken t join agenda.occurrence o on o.id = t.occurrence_id join agenda.appointment a on a.id = o.appointment_id ${place}), '[]') as rows,
      (select count(*)::int from ${askedOf(mine)} p where exists (select from agenda.slot s where s.appointment_id = p.appointment_id and s.party_id = p.party_id and s.ends_at > ${now} and ${unanswered})) as waiting,
      coalesce((select jsonb_agg(${absenceJson} order by b.starts_at) from territory.absence b where b.user_id = any (${mine}::uuid[]) and b.cancelled_at is null and b.starts_at < ${to} and b.ends_at > ${from}), '[]') as away`.execute(
    tx,
  )
  return rows[0] as OutputOf<typeof agendaDay>
}

/** The moments of a team, from its slots; what she may not read is « taken ». */
export async function selectTeam(tx: Tx, service: ServiceId, { from, to, days }: Asked): Promise<Omit<Mine, 'waiting'>> {
  const { rows } = await sql<Omit<Mine, 'waiting'>>`with taken as materialized (
      select s.* from agenda.slot s where s.service_id = ${service} and s.starts_at < ${to} and s.starts_at >= ${from}::timestamptz - interval '31 days' and s.ends_at > ${from}),
    each as materialized (select distinct occurrence_id from taken),
    told as materialized (select o.id, o.starts_at, ${occurrenceJson} as json
      from each join agenda.occurrence o on o.id = each.occurrence_id join agenda.appointment a on a.id = o.appointment_id ${place})
    select coalesce((select jsonb_agg(json order by starts_at, id) from told), '[]') as rows,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.occurrence_id, 'partyId', t.party_id, 'startsAt', t.starts_at, 'endsAt', t.ends_at) order by t.starts_at)
        from taken t where not exists (select from told where told.id = t.occurrence_id)), '[]') as busy,
      coalesce((select jsonb_agg(${absenceJson} order by b.starts_at) from territory.absence b where b.service_id = ${service} and b.cancelled_at is null and b.starts_at < ${to} and b.ends_at > ${from}), '[]') as absences,
      ${staysOfService(service, days)} as stays`.execute(tx)
  return rows[0] as Omit<Mine, 'waiting'>
}

export interface OccurrenceInFull {
  readonly occurrence: Occurrence
  readonly appointmentVersion: number
  readonly communeCode: string | null
  readonly record: { readonly minutes: number | null; readonly kilometres: number | null; readonly recordedAt: string } | null
}

export async function selectOccurrence(tx: Tx, id: OccurrenceId): Promise<OccurrenceInFull | undefined> {
  return (
    await sql<OccurrenceInFull>`select ${occurrenceJson} as occurrence, a.version as "appointmentVersion", a.commune_code as "communeCode",
      (select jsonb_build_object('minutes', v.minutes, 'kilometres', v.kilometres, 'recordedAt', v.recorded_at) from agenda.visit_record v where v.occurrence_id = o.id) as record
      from agenda.occurrence o join agenda.appointment a on a.id = o.appointment_id ${place} where o.id = ${id}`.execute(tx)
  ).rows[0]
}

/** When some parties are taken between two instants. */
export async function selectTaken(tx: Tx, parties: readonly string[], { from, to }: Span, except: OccurrenceId | null): Promise<readonly Busy[]> {
  return (
    await sql<Busy>`select s.occurrence_id as id, s.party_id as "partyId", s.starts_at as "startsAt", s.ends_at as "endsAt" from agenda.slot s
      where s.party_id = any (${`{${parties.join(',')}}`}::uuid[]) and s.starts_at < ${to} and s.starts_at >= ${from}::timestamptz - interval '31 days' and s.ends_at > ${from}
        and s.occurrence_id is distinct from ${except}::uuid order by s.starts_at limit 200`.execute(tx)
  ).rows
}

/** Absences of some users between two instants. */
export async function selectAbsences(
  tx: Tx,
  users: readonly string[],
  { from, to }: Span,
): Promise<readonly { readonly partyId: string; readonly until: string; readonly substituteName: string | null }[]> {
  return (
    await sql<{ partyId: string; until: string; substituteName: string | null }>`select b.user_id as "partyId", b.ends_at as until,
        (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = b.substitute_id) as "substituteName"
      from territory.absence b where b.user_id = any (${`{${users.join(',')}}`}::uuid[]) and b.cancelled_at is null and b.starts_at < ${to} and b.ends_at > ${from} order by b.starts_at limit 60`.execute(
      tx,
    )
  ).rows
}
