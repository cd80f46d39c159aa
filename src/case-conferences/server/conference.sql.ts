import { sql } from 'kysely'
import { personNameJson } from '../../persons/server/api.ts'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import { newId, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { ConferenceId, ConferenceState, ParticipantId } from '../contract/conference.ts'
import type { conferenceSheet, conferencesOfMine, conferencesOfPerson } from '../contract/queries.ts'

export interface ConferenceRow {
  readonly id: ConferenceId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly state: ConferenceState
  readonly kind: string
  readonly startsAt: string
  readonly minutes: number
  readonly place: string | null
  readonly videoUrl: string | null
  readonly animatorId: UserId
  readonly agreement: string
  readonly version: number
  readonly invitedParties: readonly string[]
}

export async function findConference(tx: Tx, id: ConferenceId, { lock = false } = {}): Promise<ConferenceRow | undefined> {
  return (
    await sql<ConferenceRow>`select c.id, c.person_id as "personId", c.holder_org as "holderOrg", c.state, c.kind, to_char(c.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startsAt",
      c.minutes, c.place, c.video_url as "videoUrl", c.animator_id as "animatorId", c.agreement, c.version,
      array(select p.party_id from case_conferences.participant p where p.conference_id = c.id and p.party_id is not null) as "invitedParties"
    from case_conferences.conference c where c.id = ${id} ${lock ? sql`for update of c` : sql``}`.execute(tx)
  ).rows[0]
}

export interface NewConference {
  readonly id: ConferenceId
  readonly personId: PersonId
  readonly episodeId: string | null
  readonly holderOrg: string
  readonly kind: string
  readonly startsAt: string
  readonly minutes: number
  readonly place: string | null
  readonly videoUrl: string | null
  readonly animatorId: UserId
  readonly at: Date
  readonly by: UserId
}

export async function insertConference(tx: Tx, c: NewConference): Promise<void> {
  await sql`insert into case_conferences.conference (id, person_id, episode_id, holder_org, kind, state, starts_at, minutes, place, video_url, animator_id, created_at, created_by)
    values (${c.id}, ${c.personId}, ${c.episodeId}, ${c.holderOrg}, ${c.kind}, 'planned', ${c.startsAt}, ${c.minutes}, ${c.place}, ${c.videoUrl}, ${c.animatorId}, ${c.at}, ${c.by})`.execute(
    tx,
  )
}

export async function updateConference(tx: Tx, id: ConferenceId, changes: Readonly<Record<string, unknown>>): Promise<number> {
  const set = Object.entries(changes).map(([column, value]) => sql`${sql.id(column)} = ${value}`)
  const { rows } = await sql<{
    version: number
  }>`update case_conferences.conference set version = version + 1${set.length > 0 ? sql`, ${sql.join(set)}` : sql``} where id = ${id} returning version`.execute(
    tx,
  )
  return rows[0]?.version ?? 0
}

export interface RowOf {
  readonly conferenceId: ConferenceId
  readonly personId: PersonId
  readonly holderOrg: string
}

export async function insertParticipant(
  tx: Tx,
  of: RowOf,
  p: { readonly id: ParticipantId; readonly partyId: string | null; readonly name: string; readonly role: string | null; readonly state?: string },
): Promise<boolean> {
  const { rows } = await sql`insert into case_conferences.participant (id, conference_id, person_id, holder_org, party_id, name, role, state)
    values (${p.id}, ${of.conferenceId}, ${of.personId}, ${of.holderOrg}, ${p.partyId}, ${p.name}, ${p.role}, ${p.state ?? 'invited'})
    on conflict (conference_id, party_id) where party_id is not null do nothing returning id`.execute(tx)
  return rows.length === 1
}

export interface ParticipantRow extends RowOf {
  readonly id: ParticipantId
  readonly partyId: string | null
  readonly state: string
  readonly version: number
}

export async function lockParticipant(tx: Tx, id: ParticipantId): Promise<ParticipantRow | undefined> {
  return (
    await sql<ParticipantRow>`select id, conference_id as "conferenceId", person_id as "personId", holder_org as "holderOrg", party_id as "partyId", state, version
      from case_conferences.participant where id = ${id} for update`.execute(tx)
  ).rows[0]
}

export async function setParticipant(tx: Tx, id: ParticipantId, state: string, words: string | null, at: Date): Promise<number> {
  const { rows } = await sql<{
    version: number
  }>`update case_conferences.participant set state = ${state}, words = coalesce(${words}, words), answered_at = ${at}, version = version + 1
    where id = ${id} returning version`.execute(tx)
  return rows[0]?.version ?? 0
}

/** Everybody invited, as the actor sees them. */
export async function selectGuests(
  tx: Tx,
  id: ConferenceId,
): Promise<readonly { readonly partyId: string | null; readonly name: string; readonly role: string | null; readonly state: string }[]> {
  return (
    await sql<{
      partyId: string | null
      name: string
      role: string | null
      state: string
    }>`select party_id as "partyId", name, role, state from case_conferences.participant where conference_id = ${id} order by name, id`.execute(tx)
  ).rows
}

/** A new hour asks again those who had answered, but whoever moved it. */
export async function askGuestsAgain(tx: Tx, id: ConferenceId, except: readonly string[]): Promise<void> {
  await sql`update case_conferences.participant set state = 'invited', answered_at = null, words = null, version = version + 1
    where conference_id = ${id} and state in ('accepted', 'declined') and (party_id is null or party_id <> all (${`{${except.join(',')}}`}::uuid[]))`.execute(
    tx,
  )
}

/** What a guest answered in her agenda; presences noted meanwhile stay. As the system. Gives the person when something changed. */
export async function answerFromAgenda(tx: Tx, id: string, partyId: string, state: 'accepted' | 'declined', at: string): Promise<PersonId | undefined> {
  return (
    await sql<{ personId: PersonId }>`update case_conferences.participant p set state = ${state}, answered_at = ${at}, version = p.version + 1
      from case_conferences.conference c where c.id = p.conference_id and c.state = 'planned' and p.conference_id = ${id} and p.party_id = ${partyId}
        and p.state in ('invited', 'accepted', 'declined') and p.state <> ${state} returning p.person_id as "personId"`.execute(tx)
  ).rows[0]?.personId
}

/** How many were there. */
export async function countPresent(tx: Tx, id: ConferenceId): Promise<number> {
  return (
    (await sql<{ n: number }>`select count(*)::int as n from case_conferences.participant where conference_id = ${id} and state = 'present'`.execute(tx))
      .rows[0]?.n ?? 0
  )
}

/** A question and the passage of the minutes that answers it. */
export async function insertQuestion(
  tx: Tx,
  of: RowOf,
  q: { readonly id: string; readonly words: string; readonly volet: Volet; readonly byName: string },
): Promise<void> {
  await sql`insert into case_conferences.question (id, conference_id, person_id, holder_org, position, words, volet, asked_by_name)
    values (${q.id}, ${of.conferenceId}, ${of.personId}, ${of.holderOrg}, (select coalesce(max(position), 0) + 1 from case_conferences.question where conference_id = ${of.conferenceId}),
      ${q.words}, ${q.volet}, ${q.byName})`.execute(tx)
  await insertBlock(tx, of, { id: newId(), questionId: q.id, heading: q.words.length > 160 ? `${q.words.slice(0, 157)}…` : q.words, volet: q.volet })
}

export async function insertBlock(
  tx: Tx,
  of: RowOf,
  b: { readonly id: string; readonly questionId: string | null; readonly heading: string; readonly volet: Volet },
): Promise<void> {
  await sql`insert into case_conferences.block (id, conference_id, person_id, holder_org, question_id, position, heading, volet)
    values (${b.id}, ${of.conferenceId}, ${of.personId}, ${of.holderOrg}, ${b.questionId},
      (select coalesce(max(position), 0) + 1 from case_conferences.block where conference_id = ${of.conferenceId}), ${b.heading}, ${b.volet})`.execute(tx)
}

export async function insertDocument(
  tx: Tx,
  of: RowOf,
  d: {
    readonly id: string
    readonly label: string
    readonly volet: Volet
    readonly source: string | null
    readonly sourceId: string | null
    readonly byName: string
    readonly at: Date
  },
): Promise<void> {
  await sql`insert into case_conferences.document (id, conference_id, person_id, holder_org, label, volet, source, source_id, added_by_name, added_at)
    values (${d.id}, ${of.conferenceId}, ${of.personId}, ${of.holderOrg}, ${d.label}, ${d.volet}, ${d.source}, ${d.sourceId}, ${d.byName}, ${d.at})`.execute(tx)
}

export async function insertSending(
  tx: Tx,
  of: RowOf,
  s: {
    readonly partyId: string | null
    readonly name: string
    readonly means: string
    readonly volets: readonly string[]
    readonly on: string
    readonly byName: string
    readonly at: Date
  },
): Promise<void> {
  await sql`insert into case_conferences.sending (id, conference_id, person_id, holder_org, recipient_party_id, recipient_name, means, volets, sent_on, sent_by_name, sent_at)
    values (${newId()}, ${of.conferenceId}, ${of.personId}, ${of.holderOrg}, ${s.partyId}, ${s.name}, ${s.means}, ${`{${s.volets.join(',')}}`}::text[], ${s.on}, ${s.byName}, ${s.at})`.execute(
    tx,
  )
}

const userName = (column: string) => sql<string>`(select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = ${sql.ref(column)})`
const headFields = sql`k.id, k.version, k.kind, k.state, k.starts_at as "startsAt", k.minutes, k.place, k.video_url as "videoUrl", k.animator_id as "animatorId",
  ${userName('k.animator_id')} as "animatorName", k.agreement, k.agreement_on as "agreementOn", k.agreement_mode as "agreementMode", k.agreement_words as "agreementWords",
  k.agreement_by_name as "agreementByName", k.signed_at as "signedAt", k.signed_by_name as "signedByName", k.cancelled_because as "cancelledBecause", k.moved_from as "movedFrom", k.moved_because as "movedBecause", k.holder_org as "holderOrg",
  (select s.name from territory.service s where s.id = k.holder_org) as "holderName"`

export async function selectConferences(tx: Tx, personId: PersonId): Promise<OutputOf<typeof conferencesOfPerson>> {
  const { rows } = await sql<OutputOf<typeof conferencesOfPerson>['rows'][number]>`select ${headFields},
      array(select q.words from case_conferences.question q where q.conference_id = k.id and q.removed_at is null order by q.position) as questions,
      p.participants, p.coming, p.present, d.decisions, d.waiting
    from case_conferences.conference k
    cross join lateral (select count(*)::int as participants, count(*) filter (where x.state = 'accepted')::int as coming, count(*) filter (where x.state = 'present')::int as present
      from case_conferences.participant x where x.conference_id = k.id) p
    cross join lateral (select count(*)::int as decisions, count(*) filter (where x.answer is null)::int as waiting
      from case_conferences.decision x where x.conference_id = k.id and x.removed_at is null) d
    where k.person_id = any (persons.identity_set(${personId}))
    order by k.state = 'planned' desc, k.starts_at desc, k.id limit 100`.execute(tx)
  return { rows, videoRoom: await videoRoom(tx) }
}

async function videoRoom(tx: Tx): Promise<string> {
  return (
    (await sql<{ value: string }>`select value #>> '{}' as value from platform.setting where key = 'case_conferences.video_room'`.execute(tx)).rows[0]?.value ??
    ''
  )
}

type Sheet = OutputOf<typeof conferenceSheet>

/** All that the reader may see of one meeting, in one statement. */
export async function selectSheet(
  tx: Tx,
  id: ConferenceId,
  now: Date,
): Promise<Pick<Sheet, 'person' | 'conference' | 'participants' | 'questions' | 'documents' | 'blocks' | 'decisions' | 'sendings'>> {
  const { rows } = await sql<Sheet>`select ${personNameJson('k.person_id')} as person,
      (select to_jsonb(h) from (select ${headFields}) h) as conference,
      coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'version', p.version, 'partyId', p.party_id, 'name', p.name, 'role', p.role, 'state', p.state, 'words', p.words,
        'isMe', coalesce(p.party_id = any (platform.actor_parties()), false)) order by p.party_id is null, p.name, p.id) from case_conferences.participant p where p.conference_id = k.id), '[]') as participants,
      coalesce((select jsonb_agg(jsonb_build_object('id', q.id, 'words', q.words, 'volet', q.volet, 'askedByName', q.asked_by_name) order by q.position) from case_conferences.question q
        where q.conference_id = k.id and q.removed_at is null), '[]') as questions,
      coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'label', d.label, 'volet', d.volet, 'source', d.source, 'sourceId', d.source_id, 'addedByName', d.added_by_name) order by d.added_at)
        from case_conferences.document d where d.conference_id = k.id), '[]') as documents,
      coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'version', b.version, 'questionId', b.question_id, 'heading', b.heading, 'body', b.body, 'volet', b.volet, 'writtenAt', b.written_at,
        'writtenByName', b.written_by_name, 'editor', case when b.editing_until > ${now} then jsonb_build_object('userId', b.editor_id, 'name', b.editor_name, 'until', b.editing_until,
        'isMe', b.editor_id = platform.actor_id()) end) order by b.position) from case_conferences.block b where b.conference_id = k.id), '[]') as blocks,
      coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'version', d.version, 'words', d.words, 'volet', d.volet, 'actorPartyId', d.actor_party_id, 'actorName', d.actor_name,
        'actorRole', d.actor_role, 'dueOn', d.due_on, 'answer', d.answer, 'answeredOn', d.answered_on, 'answerMode', d.answer_mode, 'answerWords', d.answer_words,
        'answerNotedByName', d.answer_noted_by_name, 'letterOn', d.letter_on, 'letterByName', d.letter_by_name, 'planActionId', d.plan_action_id, 'taskId', d.task_id, 'mine', coalesce(d.actor_party_id = any (platform.actor_parties()), false)) order by d.position)
        from case_conferences.decision d where d.conference_id = k.id and d.removed_at is null), '[]') as decisions,
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'recipientName', s.recipient_name, 'means', s.means, 'volets', s.volets, 'sentOn', s.sent_on, 'sentByName', s.sent_by_name)
        order by s.sent_at desc, s.recipient_name) from case_conferences.sending s where s.conference_id = k.id), '[]') as sendings
    from case_conferences.conference k where k.id = ${id}`.execute(tx)
  return rows[0] as Sheet
}

/** Starts from what is keyed by the reader: what she animates, where she is invited. */
export async function selectMine(tx: Tx, userId: UserId, from: Date): Promise<OutputOf<typeof conferencesOfMine>['rows']> {
  const { rows } = await sql<OutputOf<typeof conferencesOfMine>['rows'][number]>`with mine as materialized (
      select id from case_conferences.conference where animator_id = ${userId} and state in ('planned', 'held')
      union select conference_id from case_conferences.participant where party_id = any (platform.actor_parties()) and state in ('invited', 'accepted', 'present'))
    select k.id, ${personNameJson('k.person_id')} as person, k.kind, k.state, k.starts_at as "startsAt", k.minutes, k.place, k.video_url as "videoUrl", x.participants, x.coming, x.names,
      me.id as "participantId", me.state as "myAnswer", me.version as "myVersion"
    from mine join case_conferences.conference k on k.id = mine.id
    cross join lateral (select count(*)::int as participants, count(*) filter (where p.state in ('accepted', 'present'))::int as coming,
      coalesce((array_agg(p.name order by p.name))[1:6], '{}') as names from case_conferences.participant p where p.conference_id = k.id) x
    left join lateral (select p.id, p.state, p.version from case_conferences.participant p where p.conference_id = k.id and p.party_id = any (platform.actor_parties()) limit 1) me on true
    where k.state in ('planned', 'held') and (k.starts_at >= ${from} or (k.animator_id = ${userId} and k.starts_at >= ${from}::timestamptz - interval '30 days'))
    order by k.starts_at, k.id limit 30`.execute(tx)
  return rows.filter(({ person }) => person !== null)
}

/** Decisions that wait for the reader's own answer: starts from those that name one of her parties. */
export async function selectMyDecisions(tx: Tx): Promise<OutputOf<typeof conferencesOfMine>['decisions']> {
  const { rows } = await sql<OutputOf<typeof conferencesOfMine>['decisions'][number]>`with mine as materialized (
      select d.* from case_conferences.decision d where d.actor_party_id = any (platform.actor_parties()) and d.answer is null and d.removed_at is null)
    select d.id, d.version, d.conference_id as "conferenceId", ${personNameJson('d.person_id')} as person, d.words, d.volet, d.due_on as "dueOn", d.actor_role as "actorRole",
      platform.day_of(d.created_at) as "decidedOn"
    from mine d join case_conferences.conference k on k.id = d.conference_id where k.state <> 'cancelled' order by d.due_on nulls last, d.created_at, d.id limit 60`.execute(
    tx,
  )
  return rows.filter(({ person }) => person !== null)
}

/** As the system: what the Fil says of those invited around somebody in danger; everybody when no person is given. */
export async function withdrawSensitiveNames(tx: Tx, personId: PersonId | null): Promise<void> {
  await sql`select case_conferences.withdraw_sensitive_names(${personId})`.execute(tx)
}

const death = 'Décès'

/** Cancels the concertations of a person who died that were to be held; `seq`: the event that told it. */
export async function cancelPlanned(tx: Tx, personId: PersonId, seq: number): Promise<readonly ConferenceId[]> {
  const { rows } = await sql<{
    id: ConferenceId
  }>`update case_conferences.conference set state = 'cancelled', cancelled_because = ${death}, cancelled_by_event = ${seq}, version = version + 1
    where person_id = ${personId} and state = 'planned' returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Gives back those that the death alone had cancelled. */
export async function planAgain(tx: Tx, personId: PersonId): Promise<readonly ConferenceId[]> {
  const { rows } = await sql<{
    id: ConferenceId
  }>`update case_conferences.conference set state = 'planned', cancelled_because = null, cancelled_by_event = null, version = version + 1
    where person_id = ${personId} and state = 'cancelled' and cancelled_by_event is not null returning id`.execute(tx)
  return rows.map(({ id }) => id)
}
