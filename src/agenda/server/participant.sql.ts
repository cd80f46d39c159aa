import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { AppointmentId, ParticipantId, ParticipantKind, Response } from '../contract/appointment.ts'
import type { AppointmentRow } from './appointment.sql.ts'

export interface ParticipantRow {
  readonly id: ParticipantId
  readonly appointmentId: AppointmentId
  readonly kind: ParticipantKind
  readonly partyId: string | null
  readonly serviceId: string | null
  readonly name: string
  readonly words: string | null
  readonly response: Response
}

export async function insertParticipant(
  tx: Tx,
  of: Pick<AppointmentRow, 'id' | 'personId' | 'organizerId' | 'volet' | 'holderOrg' | 'protection'>,
  row: Omit<ParticipantRow, 'appointmentId'>,
  answeredAt: Date | null,
): Promise<void> {
  await sql`insert into agenda.participant (id, appointment_id, person_id, kind, party_id, service_id, name, words, response, answered_at, organizer_id, volet, holder_org, protection)
    values (${row.id}, ${of.id}, ${of.personId}, ${row.kind}, ${row.partyId}, ${row.serviceId}, ${row.name}, ${row.words}, ${row.response}, ${answeredAt}, ${of.organizerId}, ${of.volet},
      ${of.holderOrg}, ${of.protection})`.execute(tx)
}

export async function findParticipant(tx: Tx, id: ParticipantId): Promise<ParticipantRow | undefined> {
  return (
    await sql<ParticipantRow>`select p.id, p.appointment_id as "appointmentId", p.kind, p.party_id as "partyId", p.service_id as "serviceId", p.name, p.words, p.response
      from agenda.participant p where p.id = ${id} and p.withdrawn_at is null for update`.execute(tx)
  ).rows[0]
}

/** Whoever takes part under this account or card. */
export async function participantOf(tx: Tx, appointmentId: AppointmentId, partyId: string): Promise<ParticipantRow | undefined> {
  return (
    await sql<ParticipantRow>`select p.id, p.appointment_id as "appointmentId", p.kind, p.party_id as "partyId", p.service_id as "serviceId", p.name, p.words, p.response
      from agenda.participant p where p.appointment_id = ${appointmentId} and p.party_id = ${partyId}::uuid and p.withdrawn_at is null for update`.execute(tx)
  ).rows[0]
}

/** Whether somebody without card or account takes part under this name. */
export async function namedThere(tx: Tx, appointmentId: AppointmentId, name: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from agenda.participant where appointment_id = ${appointmentId} and party_id is null and name = ${name} and withdrawn_at is null`.execute(
      tx,
    )
  return rows.length > 0
}

/** The answer of a guest, and what her appointment follows. */
export async function findFollowedBy(
  tx: Tx,
  id: ParticipantId,
): Promise<{ readonly follows: string; readonly followsId: string; readonly partyId: string; readonly response: Response } | undefined> {
  return (
    await sql<{
      follows: string
      followsId: string
      partyId: string
      response: Response
    }>`select a.follows, a.follows_id as "followsId", p.party_id as "partyId", p.response
      from agenda.participant p join agenda.appointment a on a.id = p.appointment_id where p.id = ${id} and a.follows is not null and p.party_id is not null`.execute(
      tx,
    )
  ).rows[0]
}

/** Who takes part, those with a card or an account; also those whom the actor may not read, for the events that reach them. */
export async function partiesOf(tx: Tx, appointmentId: AppointmentId): Promise<readonly string[]> {
  return (await sql<{ parties: readonly string[] }>`select agenda.parties_of(${appointmentId}) as parties`.execute(tx)).rows[0]?.parties ?? []
}

export async function isInvited(tx: Tx, appointmentId: AppointmentId, partyId: string): Promise<boolean> {
  return (
    (await sql`select 1 from agenda.participant where appointment_id = ${appointmentId} and party_id = ${partyId} and withdrawn_at is null`.execute(tx)).rows
      .length > 0
  )
}

export async function setResponse(
  tx: Tx,
  id: ParticipantId,
  answer: { readonly response: Response; readonly at: Date; readonly proposedAt: Date | null; readonly words: string | null },
): Promise<void> {
  await sql`update agenda.participant set response = ${answer.response}, answered_at = ${answer.at}, proposed_at = ${answer.proposedAt}, answer_words = ${answer.words}, version = version + 1
    where id = ${id}`.execute(tx)
}

/** A new hour asks everyone again, but whoever moved it; also those whom she may not read. */
export async function askAgain(tx: Tx, appointmentId: AppointmentId, except: readonly string[]): Promise<void> {
  await sql`select agenda.ask_again(${appointmentId}, ${`{${except.join(',')}}`}::uuid[])`.execute(tx)
}

export async function withdraw(tx: Tx, id: ParticipantId, at: Date): Promise<void> {
  await sql`update agenda.participant set withdrawn_at = ${at}, version = version + 1 where id = ${id}`.execute(tx)
}

/** What each of some parties may read of a person now; nothing when the actor does not see her. */
export async function voletsSeen(tx: Tx, personId: PersonId, parties: readonly string[]): Promise<ReadonlyMap<string, readonly Volet[]>> {
  if (parties.length === 0) return new Map()
  const { rows } = await sql<{
    partyId: string
    volets: readonly Volet[]
  }>`select party_id as "partyId", volets from agenda.volets_seen(${personId}::uuid, ${`{${parties.join(',')}}`}::uuid[])`.execute(tx)
  return new Map(rows.map(({ partyId, volets }) => [partyId, volets]))
}

/** The same people for the series that goes on from another; also those whom the actor may not read. */
export async function copyParticipants(tx: Tx, from: AppointmentId, to: AppointmentId): Promise<void> {
  await sql`select agenda.copy_participants(${from}, ${to})`.execute(tx)
}

/** The partners of a joint visit, by name: those who are not colleagues, nor a structure that protects somebody in danger. */
export async function namesOutside(tx: Tx, appointmentId: AppointmentId): Promise<readonly string[]> {
  return (
    await sql<{ name: string }>`select concat_ws(', ', p.name, p.words) as name from agenda.participant p
      where p.appointment_id = ${appointmentId} and p.withdrawn_at is null and p.kind <> 'colleague' and p.response <> 'declined'
        and (p.person_id is null or persons.names_openly(p.person_id, p.party_id)) order by p.name`.execute(tx)
  ).rows.map(({ name }) => name)
}
