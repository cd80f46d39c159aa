import { sql } from 'kysely'
import { personNameJson } from '../../persons/server/api.ts'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Day } from '../../platform/contract/dates.ts'
import { newId, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { Checklist } from '../contract/critical-sequences.ts'
import type { CriticalSequenceId, EpisodeId, SequenceLineId } from '../contract/episode.ts'
import type { CriticalSequence, checklists, sequencesOfDay } from '../contract/sequences.ts'
import type { HistoryOf } from './history.sql.ts'

export interface NewSequence {
  readonly id: CriticalSequenceId
  readonly kind: string
  readonly startsOn: Day
  readonly reason: string | null
  readonly levelBefore: string | null
  readonly by: UserId
}

/** False when a sequence of that kind already runs or waits for its answer. */
export async function insertSequence(tx: Tx, episode: HistoryOf, one: NewSequence): Promise<boolean> {
  const { rows } = await sql`insert into episodes.critical_sequence (id, episode_id, person_id, holder_org, kind, starts_on, started_by, reason, level_before)
    values (${one.id}, ${episode.id}, ${episode.personId}, ${episode.holderOrg}, ${one.kind}, ${one.startsOn}, ${one.by}, ${one.reason}, ${one.levelBefore})
    on conflict (episode_id, kind) where ended_on is null do nothing returning id`.execute(tx)
  return rows.length === 1
}

export interface SequenceRow {
  readonly id: CriticalSequenceId
  readonly episodeId: EpisodeId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly kind: string
  readonly startsOn: Day
  readonly endedOn: Day | null
  readonly proposal: 'waiting' | 'accepted' | 'declined' | null
  readonly levelBefore: string | null
}

export async function lockSequence(tx: Tx, id: CriticalSequenceId): Promise<SequenceRow | undefined> {
  return (
    await sql<SequenceRow>`select id, episode_id as "episodeId", person_id as "personId", holder_org as "holderOrg", kind, starts_on as "startsOn", ended_on as "endedOn", proposal,
      level_before as "levelBefore" from episodes.critical_sequence where id = ${id} for update`.execute(tx)
  ).rows[0]
}

export async function acceptSequenceRow(tx: Tx, id: CriticalSequenceId, startsOn: Day, levelBefore: string | null, by: UserId): Promise<void> {
  await sql`update episodes.critical_sequence set proposal = 'accepted', starts_on = ${startsOn}, level_before = ${levelBefore}, started_by = ${by}, version = version + 1 where id = ${id}`.execute(
    tx,
  )
}

export async function declineSequenceRow(tx: Tx, id: CriticalSequenceId, because: string, on: Day, by: UserId): Promise<void> {
  await sql`update episodes.critical_sequence set proposal = 'declined', declined_because = ${because}, ended_on = greatest(${on}::date, starts_on), ended_by = ${by}, version = version + 1
    where id = ${id}`.execute(tx)
}

export interface SequenceEnd {
  readonly on: Day
  readonly balance: string
  readonly worked: string | null
  readonly failed: string | null
  readonly by: UserId
}

export async function endSequenceRow(tx: Tx, id: CriticalSequenceId, end: SequenceEnd): Promise<void> {
  await sql`update episodes.critical_sequence set ended_on = ${end.on}, balance = ${end.balance}, worked = ${end.worked}, failed = ${end.failed}, outcome = ${end.worked}, ended_by = ${end.by},
    version = version + 1 where id = ${id}`.execute(tx)
}

/** A proposal for each accompaniment in progress of the person; none where a sequence of that kind runs or waits. Gives the services to tell. */
export async function proposeSequence(
  tx: Tx,
  proposal: {
    readonly personId: PersonId
    readonly kind: string
    readonly startsOn: Day
    readonly source: string
    readonly sourceId: string
    readonly reason: string | null
  },
): Promise<readonly ServiceId[]> {
  const { rows } = await sql<{
    holderOrg: ServiceId
  }>`insert into episodes.critical_sequence (id, episode_id, person_id, holder_org, kind, starts_on, proposal, proposed_by, source_id, reason)
    select gen_random_uuid(), e.id, e.person_id, e.holder_org, ${proposal.kind}, ${proposal.startsOn}, 'waiting', ${proposal.source}, ${proposal.sourceId}, ${proposal.reason}
    from episodes.episode e where e.person_id = ${proposal.personId} and e.state <> 'closed'
      and not exists (select from episodes.critical_sequence s where s.episode_id = e.id and s.source_id = ${proposal.sourceId} and s.kind = ${proposal.kind})
    on conflict (episode_id, kind) where ended_on is null do nothing returning holder_org as "holderOrg"`.execute(tx)
  return rows.map(({ holderOrg }) => holderOrg)
}

/** What was proposed for this source and waits still, taken back: nobody declined it. Gives the services to tell. */
export async function withdrawProposal(tx: Tx, personId: PersonId, sourceId: string, on: Day): Promise<readonly ServiceId[]> {
  const { rows } = await sql<{
    holderOrg: ServiceId
  }>`update episodes.critical_sequence set proposal = 'declined', declined_because = 'Annulé par ce qui l’avait proposée',
      ended_on = greatest(${on}::date, starts_on), version = version + 1
    where person_id = ${personId} and source_id = ${sourceId} and proposal = 'waiting' returning holder_org as "holderOrg"`.execute(tx)
  return rows.map(({ holderOrg }) => holderOrg)
}

/** The calendar day of an instant where the installation is. */
export async function dayOfEvent(tx: Tx, instant: string): Promise<Day> {
  return (await sql<{ day: Day }>`select platform.day_of(${instant}::timestamptz) as day`.execute(tx)).rows[0]?.day as Day
}

/** Open pages of the service read the sequences again. */
export async function tellProposed(tx: Tx, personId: PersonId, services: readonly ServiceId[]): Promise<void> {
  if (services.length === 0) return
  await sql`insert into platform.event_inbox (id, type, audience, payload) values (${newId()}, 'episodes.criticalSequence.proposed', ${`{${services.join(',')}}`}::uuid[],
    ${JSON.stringify({ personId })}::jsonb)`.execute(tx)
}

/** The lines of a checklist, dated from the start of the sequence. */
export async function insertLines(tx: Tx, sequence: Pick<SequenceRow, 'id' | 'personId' | 'holderOrg'>, checklist: Checklist, startsOn: Day): Promise<void> {
  const lines = checklist.flatMap((moment) =>
    moment.lines.map((label, at) => ({ id: newId(), moment: moment.code, momentLabel: moment.label, position: at, label, afterDays: moment.afterDays })),
  )
  if (lines.length === 0) return
  await sql`insert into episodes.sequence_line (id, sequence_id, person_id, holder_org, moment, moment_label, position, label, due_on)
    select l.id, ${sequence.id}, ${sequence.personId}, ${sequence.holderOrg}, l.moment, l."momentLabel", l.position, l.label, ${startsOn}::date + l."afterDays"
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(id uuid, moment text, "momentLabel" text, position smallint, label text, "afterDays" integer)`.execute(
    tx,
  )
}

export interface LineRow {
  readonly id: SequenceLineId
  readonly sequenceId: CriticalSequenceId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly moment: string
  readonly label: string
  readonly dueOn: Day
  readonly state: 'open' | 'done' | 'not_applicable'
  readonly remark: string | null
  readonly version: number
}

export async function lockLine(tx: Tx, id: SequenceLineId): Promise<LineRow | undefined> {
  return (
    await sql<LineRow>`select id, sequence_id as "sequenceId", person_id as "personId", holder_org as "holderOrg", moment, label, due_on as "dueOn", state, remark, version
      from episodes.sequence_line where id = ${id} for update`.execute(tx)
  ).rows[0]
}

export async function answerLine(
  tx: Tx,
  id: SequenceLineId,
  answer: {
    readonly state: string
    readonly remark: string | null
    readonly version: number
    readonly at: Date | null
    readonly by: UserId
    readonly byName: string
  },
): Promise<void> {
  await sql`update episodes.sequence_line set state = ${answer.state}, remark = ${answer.remark}, version = ${answer.version}, answered_at = ${answer.at},
    answered_by = ${answer.at === null ? null : answer.by}, answered_by_name = ${answer.at === null ? null : answer.byName} where id = ${id}`.execute(tx)
}

/** Adds a line to a moment that the sequence has. False when it has no such moment. */
export async function insertLine(
  tx: Tx,
  line: { readonly id: SequenceLineId; readonly sequenceId: CriticalSequenceId; readonly moment: string; readonly label: string; readonly by: UserId },
): Promise<boolean> {
  const { rows } =
    await sql`insert into episodes.sequence_line (id, sequence_id, person_id, holder_org, moment, moment_label, position, label, due_on, added_by)
    select ${line.id}, sequence_id, person_id, holder_org, moment, moment_label, position + 1, ${line.label}, due_on, ${line.by}
    from episodes.sequence_line where sequence_id = ${line.sequenceId} and moment = ${line.moment} order by position desc limit 1 returning id`.execute(tx)
  return rows.length === 1
}

/** How many lines of a moment still wait. */
export async function openLinesOf(tx: Tx, sequenceId: string, moment: string): Promise<number> {
  const { rows } = await sql<{
    open: number
  }>`select count(*) filter (where state = 'open')::int as open from episodes.sequence_line where sequence_id = ${sequenceId} and moment = ${moment}`.execute(
    tx,
  )
  return rows[0]?.open ?? 0
}

/** The task of a moment follows its lines: done with the last of them, to do again with the first that reopens. */
export async function followMoment(tx: Tx, sequenceId: CriticalSequenceId, moment: string, done: boolean, at: Date, by: UserId): Promise<void> {
  if (done)
    await sql`update episodes.task set state = 'done', ended_at = ${at}, ended_by = ${by}, version = version + 1 where source_id = ${sequenceId} and step = ${moment} and state = 'open'`.execute(
      tx,
    )
  else
    await sql`update episodes.task set state = 'open', outcome = null, ended_at = null, ended_by = null, version = version + 1
      where source_id = ${sequenceId} and step = ${moment} and state = 'done'`.execute(tx)
}

/** Moves what is still open by as many days as the start. Gives how many lines. */
export async function moveSequenceRow(tx: Tx, id: CriticalSequenceId, startsOn: Day): Promise<number> {
  await sql`update episodes.task t set due_on = t.due_on + (${startsOn}::date - s.starts_on), version = t.version + 1
    from episodes.critical_sequence s where s.id = ${id} and t.source_id = s.id and t.state = 'open' and t.due_on is not null`.execute(tx)
  const { rows } = await sql`update episodes.sequence_line l set due_on = l.due_on + (${startsOn}::date - s.starts_on), version = l.version + 1
    from episodes.critical_sequence s where s.id = ${id} and l.sequence_id = s.id and l.state = 'open' returning l.id`.execute(tx)
  await sql`update episodes.critical_sequence set starts_on = ${startsOn}, version = version + 1 where id = ${id}`.execute(tx)
  return rows.length
}

export interface NewRupture {
  readonly personId: PersonId
  readonly episodeId: EpisodeId | null
  readonly holderOrg: ServiceId
  readonly type: string
  readonly words: string | null
  readonly on: Day
  readonly source: string
  readonly sourceId: string
  readonly volet: 'administrative' | 'social' | 'health'
  readonly by: UserId
  readonly at: Date
}

/** Once for each source and type: a second gesture adds nothing, and gives false. */
export async function insertRupture(tx: Tx, r: NewRupture): Promise<boolean> {
  const { rows } =
    await sql`insert into episodes.rupture (id, person_id, episode_id, holder_org, type, words, observed_on, source, source_id, noted_by, volet, recorded_at)
    values (${newId()}, ${r.personId}, ${r.episodeId}, ${r.holderOrg}, ${r.type}, ${r.words}, ${r.on}, ${r.source}, ${r.sourceId}, ${r.by}, ${r.volet}, ${r.at}) on conflict (source_id, type) do nothing returning id`.execute(
      tx,
    )
  return rows.length === 1
}

export async function selectChecklist(
  tx: Tx,
  service: ServiceId,
  kind: string,
): Promise<{ readonly moments: Checklist | null; readonly version: number } | undefined> {
  return (
    await sql<{
      moments: Checklist | null
      version: number
    }>`select moments, version from episodes.checklist where service_id = ${service} and kind = ${kind}`.execute(tx)
  ).rows[0]
}

type ListLine = OutputOf<typeof checklists>['rows'][number]
/** Without moments: the service came back to the region's. */
type OwnList = Omit<ListLine, 'from' | 'moments'> & { readonly moments: ListLine['moments'] | null }

/** The lists that a service made its own. */
export async function selectChecklists(tx: Tx, service: ServiceId): Promise<readonly OwnList[]> {
  return (
    await sql<OwnList>`select c.kind, c.version, c.moments, c.edited_at as "editedAt", u.given_name || ' ' || u.family_name as "editedByName",
        coalesce((select jsonb_agg(jsonb_build_object('version', v.version, 'editedAt', v.edited_at, 'editedByName', v.edited_by_name, 'moments', v.moments) order by v.version desc)
          from episodes.checklist_version v where v.service_id = c.service_id and v.kind = c.kind), '[]') as history
      from episodes.checklist c left join territory.user_account u on u.id = c.edited_by where c.service_id = ${service}`.execute(tx)
  ).rows
}

/** False when somebody else wrote it since `baseVersion`. */
export async function writeChecklist(
  tx: Tx,
  list: {
    readonly service: ServiceId
    readonly kind: string
    /** Null: as the region. */
    readonly moments: Checklist | null
    readonly baseVersion: number
    readonly at: Date
    readonly by: UserId
    readonly byName: string
  },
): Promise<boolean> {
  const { rows } = await sql`insert into episodes.checklist (service_id, kind, moments, version, edited_at, edited_by)
    select ${list.service}::uuid, ${list.kind}, ${list.moments === null ? null : JSON.stringify(list.moments)}::jsonb, ${list.baseVersion + 1}::int, ${list.at}::timestamptz, ${list.by}::uuid
    where ${list.baseVersion}::int = 0 or exists (select from episodes.checklist c where c.service_id = ${list.service} and c.kind = ${list.kind})
    on conflict (service_id, kind) do update set moments = excluded.moments, version = excluded.version, edited_at = excluded.edited_at, edited_by = excluded.edited_by
      where checklist.version = ${list.baseVersion} returning version`.execute(tx)
  if (rows.length === 0) return false
  await sql`insert into episodes.checklist_version (service_id, kind, version, moments, edited_at, edited_by, edited_by_name)
    values (${list.service}, ${list.kind}, ${list.baseVersion + 1}, ${list.moments === null ? null : JSON.stringify(list.moments)}::jsonb, ${list.at}, ${list.by}, ${list.byName})`.execute(
    tx,
  )
  return true
}

const userName = (column: string) => sql<string>`(select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = ${sql.ref(column)})`
const stateOf = sql`case when s.proposal = 'waiting' then 'waiting' when s.proposal = 'declined' then 'declined' when s.ended_on is not null then 'ended' else 'running' end`

/** Everything of one person, in one statement. */
export async function selectSequences(tx: Tx, personId: PersonId): Promise<CriticalSequence[]> {
  return (
    await sql<CriticalSequence>`select s.id, s.episode_id as "episodeId", s.kind, ${stateOf} as state, s.starts_on as "startsOn", s.ended_on as "endedOn",
      ${userName('s.started_by')} as "startedByName", ${userName('s.ended_by')} as "endedByName", s.reason, s.proposed_by as "proposedBy", s.declined_because as "declinedBecause",
      s.level_before as "levelBefore", s.balance, s.worked, s.failed, (select r.type from episodes.rupture r where r.source_id = s.id limit 1) as rupture,
      coalesce((select jsonb_agg(jsonb_build_object('code', m.moment, 'label', m.label, 'dueOn', m.due_on, 'lines', m.lines) order by m.due_on, m.moment) from (
        select l.moment, min(l.moment_label) as label, min(l.due_on) as due_on, jsonb_agg(jsonb_build_object('id', l.id, 'version', l.version, 'label', l.label, 'state', l.state,
          'remark', l.remark, 'answeredAt', l.answered_at, 'answeredByName', l.answered_by_name, 'added', l.added_by is not null,
          'task', (select jsonb_build_object('assigneeName', ${userName('t.assignee_id')}, 'dueOn', t.due_on, 'state', t.state) from episodes.task t where t.source_id = l.id order by t.created_at desc limit 1))
          order by l.position, l.id) as lines
        from episodes.sequence_line l where l.sequence_id = s.id group by l.moment) m), '[]') as moments
    from episodes.critical_sequence s where s.person_id = any (persons.identity_set(${personId}))
    order by case ${stateOf} when 'running' then 0 when 'waiting' then 1 else 2 end, s.starts_on desc, s.id`.execute(tx)
  ).rows
}

/** Starts from the files that I follow, never from all sequences. */
export async function selectSequencesOfDay(tx: Tx, userId: UserId, today: Day): Promise<OutputOf<typeof sequencesOfDay>['rows']> {
  const { rows } = await sql<OutputOf<typeof sequencesOfDay>['rows'][number]>`with mine as materialized (
      select distinct a.episode_id from episodes.assignment a where a.user_id = ${userId} and (a.ends_on is null or (a.role = 'handing_over' and a.ends_on >= ${today}))),
    running as materialized (select s.* from mine join episodes.critical_sequence s on s.episode_id = mine.episode_id where s.ended_on is null)
    select s.id, ${personNameJson('s.person_id')} as person, s.kind, case when s.proposal = 'waiting' then 'waiting' else 'running' end as state, s.starts_on as "startsOn",
      coalesce(x.late, 0) as "lateLines", coalesce(x.open, 0) as "openLines", coalesce(x.lines, 0) as lines, x.next
    from running s left join lateral (
      select count(*)::int as lines, count(*) filter (where l.state = 'open')::int as open, count(*) filter (where l.state = 'open' and l.due_on < ${today})::int as late,
        (array_agg(jsonb_build_object('label', l.moment_label, 'dueOn', l.due_on) order by l.due_on, l.position) filter (where l.state = 'open'))[1] as next
      from episodes.sequence_line l where l.sequence_id = s.id) x on true
    order by s.proposal = 'waiting' desc nulls last, x.late desc nulls last, (x.next ->> 'dueOn') nulls last, s.id limit 40`.execute(tx)
  return rows.filter(({ person }) => person !== null)
}
