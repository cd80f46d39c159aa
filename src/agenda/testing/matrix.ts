import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import {
  answerInvitation,
  bookAppointment,
  cancelAbsence,
  cancelOccurrence,
  declareAbsence,
  editAppointment,
  inviteParticipant,
  moveOccurrence,
  recordVisit,
  withdrawParticipant,
  writeSafetyNote,
} from '../contract/actions.ts'
import { calendarLinks, changeCalendarLink, closeCalendarLink, openCalendarLink, settleCalendarDifference } from '../contract/calendar-links.ts'
import { feedContent, feeds, importCalendar, openFeed, revokeFeed } from '../contract/calendars.ts'
import { decideHealthSpace, healthSpace, retryHealthSpace } from '../contract/health-space.ts'
import { agendaDay, availability, bookedByUs, invitable, myAgenda, occurrenceDetail, personAgenda, safetyNoteQuery, teamAgenda } from '../contract/queries.ts'
import { cancelStay, editStay, noteExit, personStays, recordStay, settleStay } from '../contract/stay.ts'

/** Whoever sees the person's administrative volet reads her shared agenda. */
const whoSees = expectAll('not_found', { referent: 'ok', frontDesk: 'ok', circleDoctor: 'ok', circleSocial: 'ok' })
/** What the DAC booked: the DAC changes it, the circle answers or asks. */
const ofTheDac = expectAll('not_found', { referent: 'ok', frontDesk: 'ok', circleDoctor: 'forbidden', circleSocial: 'forbidden' })
const whoAccompanies = expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden', circleDoctor: 'forbidden', circleSocial: 'forbidden' })
const everyProfessional = expectAll('ok')
const teams = expectAll('forbidden', { referent: 'ok', frontDesk: 'ok', director: 'ok', otherReferent: 'ok' })

/** A visit of an hour ago, the référent among its participants, and a partner who has no account. */
async function aVisit(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const [id, occurrenceId, participantId, outsideId] = [newId(), newId(), newId(), newId()]
  const startsAt = new Date(world.clock.getTime() - 3_600_000)
  await sql`insert into agenda.appointment (id, person_id, kind, starts_local, minutes, time_zone, place_kind, uid, organizer_id, organizer_name, volet, holder_org, created_at, changed_at)
    values (${id}, ${world.personId}, 'visit', ${startsAt}::timestamptz at time zone 'UTC', 30, 'UTC', 'home', ${id}, ${world.referentId}, 'Julie Marchal', 'administrative', ${world.dacA}, ${world.clock}, ${world.clock})`.execute(
    tx,
  )
  await sql`insert into agenda.occurrence (id, appointment_id, person_id, recurrence_at, starts_at, ends_at, organizer_id, volet, holder_org)
    values (${occurrenceId}, ${id}, ${world.personId}, ${startsAt}, ${startsAt}, ${new Date(startsAt.getTime() + 1_800_000)}, ${world.referentId}, 'administrative', ${world.dacA})`.execute(
    tx,
  )
  await sql`insert into agenda.participant (id, appointment_id, person_id, kind, party_id, service_id, name, organizer_id, volet, holder_org) values
    (${participantId}, ${id}, ${world.personId}, 'colleague', ${world.referentId}, ${world.dacA}, 'Julie Marchal', ${world.referentId}, 'administrative', ${world.dacA}),
    (${outsideId}, ${id}, ${world.personId}, 'outside', null, null, 'M. Haxaire', ${world.referentId}, 'administrative', ${world.dacA})`.execute(tx)
  await sql`select agenda.place_slots(${id}::uuid)`.execute(tx)
  return { id, occurrenceId, participantId, outsideId }
}

async function anAbsence(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const id = newId()
  await sql`insert into territory.absence (id, user_id, service_id, starts_at, ends_at, recorded_by, recorded_at)
    values (${id}, ${world.referentId}, ${world.dacA}, ${world.clock}, ${new Date(world.clock.getTime() + 86_400_000)}, ${world.referentId}, ${world.clock})`.execute(
    tx,
  )
  return { id }
}

/** An address of the référent. */
async function aFeed(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const id = newId()
  await sql`insert into agenda.feed (id, user_id, service_id, secret_hash, label, detail, created_at) values (${id}, ${world.referentId}, ${world.dacA}, decode(${'ab'.repeat(32)}, 'hex'), 'Téléphone', 'minimal', ${world.clock})`.execute(
    tx,
  )
  return { id }
}

/** A calendar that the référent linked, with a difference that she has not settled. */
async function aLink(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const [id, occurrenceId] = [newId(), newId()]
  await sql`insert into agenda.calendar_link (id, user_id, service_id, provider, detail, incoming, next_at, opened_at)
    values (${id}, ${world.referentId}, ${world.dacA}, 'google', 'minimal', 'busy', ${world.clock}, ${world.clock})`.execute(tx)
  await sql`insert into agenda.calendar_copy (link_id, occurrence_id, print, starts_at, ends_at, state, tried, their_starts_at, their_ends_at)
    values (${id}, ${occurrenceId}, 'p', ${world.clock}, ${new Date(world.clock.getTime() + 3_600_000)}, 'differs', true, ${world.clock}, ${new Date(world.clock.getTime() + 1_800_000)})`.execute(
    tx,
  )
  return { id, occurrenceId }
}

/** A stay that the référent wrote, and one that a hospital told. */
async function twoStays(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const [id, toldId] = [newId(), newId()]
  await sql`insert into agenda.stay (id, person_id, told_by, establishment_name, place_key, starts_on, recorded_by_name, created_at, changed_at, holder_org) values
    (${id}, ${world.personId}, 'hand', 'Clinique des Trois Épis', agenda.place_key('Clinique des Trois Épis'), '2026-10-12', 'Julie Marchal', ${world.clock}, ${world.clock}, ${world.dacA}),
    (${toldId}, ${world.personId}, 'hospital', 'CH de Remiremont', agenda.place_key('CH de Remiremont'), '2026-10-13', 'CH de Remiremont', ${world.clock}, ${world.clock}, ${world.dacA})`.execute(
    tx,
  )
  return { id, toldId }
}
/** Those who read the health volet; the front desk and the social professional do not learn that there is a stay. */
const whoReadsHealth = expectAll('not_found', { referent: 'ok', circleDoctor: 'forbidden' })

const aCalendar = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n'

const span = { from: '2026-10-01', to: '2026-10-31' }

export const agendaMatrix: readonly MatrixRow[] = [
  {
    contract: bookAppointment,
    input: (world) => ({ id: newId(), personId: world.personId, kind: 'visit', startsAt: '2026-12-01T10:00', minutes: 60, placeKind: 'home' }),
    expected: whoSees,
  },
  {
    contract: editAppointment,
    arrange: aVisit,
    input: (_world, { id }) => ({ id, baseVersion: 1, changes: { words: 'Prendre les clés' } }),
    expected: ofTheDac,
  },
  {
    contract: moveOccurrence,
    arrange: aVisit,
    input: (_world, { occurrenceId }) => ({ occurrenceId, baseVersion: 1, startsAt: '2026-12-02T10:00', minutes: 60 }),
    expected: ofTheDac,
  },
  { contract: cancelOccurrence, arrange: aVisit, input: (_world, { occurrenceId }) => ({ occurrenceId }), expected: ofTheDac },
  {
    contract: inviteParticipant,
    arrange: aVisit,
    input: (_world, { id }) => ({ appointmentId: id, participant: { id: newId(), kind: 'outside', name: 'HAD' } }),
    expected: ofTheDac,
  },
  {
    contract: withdrawParticipant,
    arrange: aVisit,
    input: (_world, { id, outsideId }) => ({ appointmentId: id, participantId: outsideId }),
    expected: ofTheDac,
  },
  {
    contract: answerInvitation,
    arrange: aVisit,
    input: (_world, { participantId }) => ({ participantId, response: 'accepted' }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden', circleDoctor: 'forbidden', circleSocial: 'forbidden' }),
  },
  {
    contract: recordVisit,
    arrange: aVisit,
    input: (_world, { occurrenceId }) => ({ occurrenceId, activityId: newId(), minutes: 45, kilometres: 12 }),
    expected: whoAccompanies,
  },
  {
    contract: writeSafetyNote,
    input: (world) => ({ id: newId(), personId: world.personId, baseVersion: 0, changes: { doorCode: '47B12' } }),
    expected: whoAccompanies,
  },
  {
    contract: declareAbsence,
    input: (world) => ({ id: newId(), userId: world.referentId, from: '2026-12-21', to: '2026-12-24' }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden', director: 'ok' }),
  },
  {
    contract: cancelAbsence,
    arrange: anAbsence,
    input: (_world, { id }) => ({ id }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden', director: 'ok' }),
  },
  { contract: personAgenda, input: (world) => ({ personId: world.personId, ...span }), expected: whoSees },
  { contract: bookedByUs, input: (world) => ({ personId: world.personId }), expected: whoSees },
  { contract: myAgenda, input: () => span, expected: everyProfessional },
  { contract: agendaDay, input: () => ({}), expected: everyProfessional },
  { contract: teamAgenda, input: () => span, expected: teams },
  { contract: occurrenceDetail, arrange: aVisit, input: (_world, { occurrenceId }) => ({ id: occurrenceId }), expected: whoSees },
  { contract: safetyNoteQuery, input: (world) => ({ personId: world.personId }), expected: whoSees },
  {
    contract: availability,
    input: (world) => ({ partyIds: [world.colleagueId], from: '2026-10-15T08:00:00Z', to: '2026-10-15T09:00:00Z' }),
    expected: everyProfessional,
  },
  { contract: invitable, input: (world) => ({ personId: world.personId }), expected: whoSees },
  {
    contract: openFeed,
    input: () => ({ id: newId(), label: 'Mon téléphone', secretHash: 'cd'.repeat(32) }),
    expected: everyProfessional,
  },
  { contract: revokeFeed, arrange: aFeed, input: (_world, { id }) => ({ id }), expected: expectAll('not_found', { referent: 'ok' }) },
  { contract: feeds, input: () => ({}), expected: everyProfessional },
  { contract: feedContent, input: () => ({ detail: 'minimal' }), expected: expectAll('forbidden') },
  {
    contract: decideHealthSpace,
    input: (world) => ({ id: newId(), personId: world.personId, decision: 'given', on: '2026-10-01', mode: 'in_person' }),
    expected: ofTheDac,
  },
  { contract: retryHealthSpace, input: (world) => ({ personId: world.personId }), expected: ofTheDac },
  { contract: healthSpace, input: (world) => ({ personId: world.personId }), expected: whoSees },
  {
    contract: openCalendarLink,
    input: () => ({ id: newId(), provider: 'google', secrets: Buffer.from('x'.repeat(60)).toString('base64') }),
    expected: everyProfessional,
  },
  {
    contract: changeCalendarLink,
    arrange: aLink,
    input: (_world, { id }) => ({ id, detail: 'kind', incoming: 'busy' }),
    expected: expectAll('not_found', { referent: 'ok' }),
  },
  { contract: closeCalendarLink, arrange: aLink, input: (_world, { id }) => ({ id }), expected: expectAll('not_found', { referent: 'ok' }) },
  {
    contract: settleCalendarDifference,
    arrange: aLink,
    input: (_world, { id, occurrenceId }) => ({ linkId: id, occurrenceId, keep: 'jalon' }),
    expected: expectAll('not_found', { referent: 'ok' }),
  },
  { contract: calendarLinks, input: () => ({}), expected: everyProfessional },
  {
    contract: recordStay,
    input: (world) => ({ id: newId(), personId: world.personId, establishmentName: 'CH de Remiremont', startsOn: '2026-12-01', expectedOn: '2026-12-08' }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden', circleDoctor: 'ok', circleSocial: 'forbidden' }),
  },
  {
    contract: editStay,
    arrange: twoStays,
    input: (_world, { id }) => ({ id, baseVersion: 1, changes: { expectedOn: '2026-10-20' } }),
    expected: whoReadsHealth,
  },
  { contract: cancelStay, arrange: twoStays, input: (_world, { id }) => ({ id }), expected: whoReadsHealth },
  {
    contract: noteExit,
    arrange: twoStays,
    input: (_world, { toldId }) => ({ id: toldId, baseVersion: 1, leftOn: '2026-10-14' }),
    expected: expectAll('not_found', { referent: 'ok', circleDoctor: 'ok' }),
  },
  { contract: settleStay, arrange: twoStays, input: (_world, { id, toldId }) => ({ id, toldId, same: true }), expected: whoReadsHealth },
  { contract: personStays, input: (world) => ({ personId: world.personId, from: '2026-10-01' }), expected: whoSees },
  { contract: importCalendar, input: () => ({ text: aCalendar }), expected: everyProfessional },
]
