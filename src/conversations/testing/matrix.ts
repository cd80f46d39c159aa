import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import {
  addFile,
  addParticipants,
  leaveThread,
  linkOutcome,
  openProfessionalThread,
  openThread,
  readThread,
  removeParticipant,
  sendMessage,
} from '../contract/actions.ts'
import { file, messages, professionals, reachable, search, thread, threads, unread } from '../contract/queries.ts'

/** Those who take part; for everyone else it does not exist. */
const participants = expectAll('not_found', { referent: 'ok', circleDoctor: 'ok' })
const referentKeeps = expectAll('not_found', { referent: 'ok', circleDoctor: 'forbidden' })
const whoConverses = expectAll('ok', { frontDesk: 'forbidden', regionalAdmin: 'forbidden' })

/** A conversation of the health volet between the référent and the doctor of the circle, with one message that holds a file. */
async function aThread(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const [id, messageId, fileId, noteId] = [newId(), newId(), newId(), newId()]
  const { referent, circleDoctor } = world.actors
  await sql`insert into conversations.thread (id, person_id, subject, reach, last_number, last_at, created_at, created_by, created_by_name, volet, holder_org)
    values (${id}, ${world.personId}, 'Sortie d’hôpital', 'chosen', 1, ${world.clock}, ${world.clock}, ${referent.userId}, 'Julie Marchal', 'health', ${world.dacA})`.execute(
    tx,
  )
  for (const { userId, displayName } of [referent, circleDoctor])
    await sql`insert into conversations.participant (id, thread_id, person_id, user_id, name, from_number, joined_at, volet, holder_org)
      values (${newId()}, ${id}, ${world.personId}, ${userId}, ${displayName}, 1, ${world.clock}, 'health', ${world.dacA})`.execute(tx)
  await sql`insert into conversations.message (id, thread_id, person_id, number, author_id, author_name, body, sent_at, search_key, volet, holder_org)
    values (${messageId}, ${id}, ${world.personId}, 1, ${referent.userId}, 'Julie Marchal', 'Qui passe vendredi ?', ${world.clock}, 'qui passe vendredi ?', 'health', ${world.dacA})`.execute(
    tx,
  )
  await sql`insert into conversations.file (id, thread_id, person_id, message_id, name, media_type, byte_length, sha256, content, added_by, added_at, volet, holder_org)
    values (${fileId}, ${id}, ${world.personId}, ${messageId}, 'ordonnance.txt', 'text/plain', 2, ''::bytea, 'ok'::bytea, ${referent.userId}, ${world.clock}, 'health', ${world.dacA})`.execute(
    tx,
  )
  await sql`insert into liaison.note (id, person_id, kind, body, root_id, author_id, author_name, at, volet, holder_org)
    values (${noteId}, ${world.personId}, 'observation', 'Le passage est fait.', ${noteId}, ${referent.userId}, 'Julie Marchal', ${world.clock}, 'health', ${world.dacA})`.execute(
    tx,
  )
  return { id, messageId, fileId, noteId, doctorId: circleDoctor.userId }
}

export const conversationsMatrix: readonly MatrixRow[] = [
  {
    contract: openThread,
    input: (world, _arranged, actor) => ({
      id: newId(),
      personId: world.personId,
      subject: 'Sortie d’hôpital',
      reach: 'chosen',
      volet: 'administrative',
      participants: [actor.userId === world.referentId ? world.actors.circleDoctor.userId : world.referentId],
    }),
    expected: expectAll('not_found', { referent: 'ok', circleDoctor: 'ok', circleSocial: 'ok', frontDesk: 'forbidden' }),
  },
  {
    contract: openProfessionalThread,
    input: (world) => ({ id: newId(), subject: 'Tour de garde', participants: [world.colleagueId] }),
    expected: whoConverses,
  },
  { contract: sendMessage, arrange: aThread, input: (_world, { id }) => ({ id: newId(), threadId: id, body: 'Moi.' }), expected: participants },
  {
    contract: addFile,
    arrange: aThread,
    input: (_world, { id }) => ({ id: newId(), threadId: id, name: 'note.txt', content: Buffer.from('Bonjour').toString('base64') }),
    expected: participants,
  },
  { contract: readThread, arrange: aThread, input: (_world, { id }) => ({ threadId: id, number: 1 }), expected: participants },
  {
    contract: addParticipants,
    arrange: aThread,
    input: (world, { id }) => ({ threadId: id, participants: [world.colleagueId] }),
    expected: referentKeeps,
  },
  { contract: removeParticipant, arrange: aThread, input: (_world, { id, doctorId }) => ({ threadId: id, userId: doctorId }), expected: referentKeeps },
  { contract: leaveThread, arrange: aThread, input: (_world, { id }) => ({ threadId: id }), expected: participants },
  {
    contract: linkOutcome,
    arrange: aThread,
    input: (_world, { messageId, noteId }) => ({ id: newId(), messageId, kind: 'note', targetId: noteId }),
    expected: participants,
  },
  { contract: threads, arrange: aThread, input: () => ({}), expected: whoConverses },
  { contract: thread, arrange: aThread, input: (_world, { id }) => ({ id }), expected: participants },
  { contract: messages, arrange: aThread, input: (_world, { id }) => ({ threadId: id }), expected: participants },
  { contract: unread, input: () => ({}), expected: expectAll('ok') },
  { contract: search, arrange: aThread, input: () => ({ words: 'vendredi' }), expected: whoConverses },
  { contract: file, arrange: aThread, input: (_world, { fileId }) => ({ id: fileId }), expected: participants },
  {
    contract: reachable,
    input: (world) => ({ personId: world.personId }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'ok', circleDoctor: 'ok', circleSocial: 'ok' }),
  },
  { contract: professionals, input: () => ({ words: 'bel' }), expected: whoConverses },
]
