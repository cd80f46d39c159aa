import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import { amendNote, markAllRead, openItem, recordVisit, replyToNote, settleAlert, takeAlert, writeNote } from '../contract/actions.ts'
import { askedOpinions, dayNews, fileNews, noteThread, teamAlerts, timeline, unreadCount, unreadItems } from '../contract/queries.ts'

/** Whoever has sight of the person reads, each her volets. */
const whoSees = expectAll('not_found', { referent: 'ok', frontDesk: 'ok', circleDoctor: 'ok', circleSocial: 'ok' })
/** A note of the health volet: neither the front desk nor a social professional knows that it exists. */
const healthOnly = expectAll('not_found', { referent: 'ok', circleDoctor: 'ok' })

/** A shared note of the health volet, written by the référent. */
async function aHealthNote(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const id = newId()
  await sql`insert into liaison.note (id, person_id, kind, body, root_id, author_id, author_name, at, volet, holder_org)
    values (${id}, ${world.personId}, 'observation', 'Chute hier soir.', ${id}, ${world.referentId}, 'Julie Marchal', ${world.clock}, 'health', ${world.dacA})`.execute(
    tx,
  )
  return { id }
}

async function anAlert(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const { id = '' } = await aHealthNote(world, tx)
  await sql`insert into liaison.alert (id, person_id, title, source, source_id, raised_at, raised_by_name, volet, holder_org)
    values (${id}, ${world.personId}, 'Chute hier soir', 'liaison.note', ${id}, ${world.clock}, 'Anne-Laure Fritsch', 'health', ${world.dacA})`.execute(tx)
  return { id }
}

export const liaisonMatrix: readonly MatrixRow[] = [
  {
    contract: writeNote,
    input: (world) => ({ id: newId(), personId: world.personId, body: 'Elle va mieux.', volet: 'health' }),
    expected: expectAll('not_found', { referent: 'ok', circleDoctor: 'ok', frontDesk: 'forbidden', circleSocial: 'forbidden' }),
  },
  { contract: replyToNote, arrange: aHealthNote, input: (_world, { id }) => ({ id: newId(), noteId: id, body: 'Bien reçu.' }), expected: healthOnly },
  {
    contract: amendNote,
    arrange: aHealthNote,
    input: (_world, { id }) => ({ id: newId(), noteId: id, body: 'Jambe gauche.' }),
    expected: expectAll('not_found', { referent: 'ok', circleDoctor: 'forbidden' }),
  },
  {
    contract: takeAlert,
    arrange: anAlert,
    input: (_world, { id }) => ({ id }),
    expected: expectAll('not_found', { referent: 'ok', circleDoctor: 'forbidden' }),
  },
  {
    contract: settleAlert,
    arrange: anAlert,
    input: (_world, { id }) => ({ id, outcome: 'Appelée.' }),
    expected: expectAll('not_found', { referent: 'ok', circleDoctor: 'forbidden' }),
  },
  { contract: openItem, input: () => ({ itemId: newId() }), expected: expectAll('ok') },
  { contract: markAllRead, input: () => ({ itemIds: [newId()] }), expected: expectAll('ok') },
  { contract: recordVisit, input: (world) => ({ personId: world.personId }), expected: whoSees },
  { contract: timeline, input: (world) => ({ personId: world.personId }), expected: whoSees },
  { contract: fileNews, input: (world) => ({ personId: world.personId }), expected: whoSees },
  { contract: noteThread, arrange: aHealthNote, input: (_world, { id }) => ({ id }), expected: healthOnly },
  { contract: dayNews, input: () => ({}), expected: expectAll('ok', { director: 'forbidden', regionalAdmin: 'forbidden' }) },
  { contract: unreadItems, input: () => ({}), expected: expectAll('ok') },
  { contract: unreadCount, input: () => ({}), expected: expectAll('ok') },
  { contract: teamAlerts, input: () => ({}), expected: expectAll('forbidden', { referent: 'ok', otherReferent: 'ok' }) },
  { contract: askedOpinions, input: () => ({}), expected: expectAll('forbidden', { circleDoctor: 'ok', circleSocial: 'ok', outsider: 'ok' }) },
]
