import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { OccurrenceId, ParticipantId, Response } from '../contract/appointment.ts'
import type { AppointmentRow } from './appointment.sql.ts'

type Of = Pick<AppointmentRow, 'id' | 'personId' | 'organizerId' | 'volet' | 'holderOrg' | 'protection'>

/** Her answer for one time of a series; over the former one for the same time. */
export async function setDateAnswer(
  tx: Tx,
  of: Of,
  participantId: ParticipantId,
  occurrenceId: OccurrenceId,
  answer: { readonly response: Response; readonly at: Date; readonly proposedAt: Date | null; readonly words: string | null },
): Promise<void> {
  await sql`insert into agenda.date_answer (participant_id, occurrence_id, person_id, party_id, response, answered_at, proposed_at, words, organizer_id, volet, holder_org, protection)
    values (${participantId}, ${occurrenceId}, ${of.personId}, (select p.party_id from agenda.participant p where p.id = ${participantId}), ${answer.response}, ${answer.at}, ${answer.proposedAt}, ${answer.words}, ${of.organizerId}, ${of.volet}, ${of.holderOrg}, ${of.protection})
    on conflict (participant_id, occurrence_id) do update set response = excluded.response, answered_at = excluded.answered_at, proposed_at = excluded.proposed_at, words = excluded.words`.execute(
    tx,
  )
}

/** An answer to the whole series is also one to each of its times to come. */
export async function forgetDateAnswers(tx: Tx, participantId: ParticipantId, now: Date): Promise<void> {
  await sql`delete from agenda.date_answer d using agenda.occurrence o where d.participant_id = ${participantId} and o.id = d.occurrence_id and o.ends_at > ${now}`.execute(
    tx,
  )
}

/** One time of a series moved: everyone is asked again for it alone, but whoever moved it; also those whom she may not read. */
export async function askAgainForDate(tx: Tx, occurrenceId: OccurrenceId, except: readonly string[]): Promise<void> {
  await sql`select agenda.ask_again_for_date(${occurrenceId}, ${`{${except.join(',')}}`}::uuid[])`.execute(tx)
}
