import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import {
  addNoteFile,
  addPushDevice,
  amendNote,
  chooseNotices,
  endPushDevice,
  markAllRead,
  muteAlertRule,
  openItem,
  recordVisit,
  replyToNote,
  setOpeningHours,
  settleAlert,
  takeAlert,
  unmuteAlertRule,
  writeAlertRule,
  writeNote,
} from '../contract/actions.ts'
import { measures, recordMeasure, setMeasureThreshold, strikeMeasure } from '../contract/measures.ts'
import { noteTemplateBook, noteTemplates, writeNoteTemplate } from '../contract/note-templates.ts'
import {
  alertRulePreview,
  alertRules,
  alertRuleVersions,
  askedOpinions,
  dayNews,
  fileNews,
  myNotices,
  noteFile,
  noteThread,
  personFiles,
  teamAlerts,
  timeline,
  unreadCount,
  unreadItems,
} from '../contract/queries.ts'

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

/** « Chute », a rule of the region that every installation begins with. */
const fallRule = '01930000-0000-7000-8000-000000000002'
const fall = { trigger: 'event', events: ['fall'] }

async function anAlertOfRule(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const alert = await anAlert(world, tx)
  await sql`update liaison.alert set rule_id = ${fallRule}, rule_version = 1 where id = ${alert.id}`.execute(tx)
  return alert
}

async function aMeasure(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const id = newId()
  await sql`insert into liaison.measure (id, person_id, kind, value, at, author_id, author_name, holder_org)
    values (${id}, ${world.personId}, 'weight', 52.4, ${world.clock}, ${world.referentId}, 'Julie Marchal', ${world.dacA})`.execute(tx)
  return { id }
}

async function aNoteFile(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const { id: noteId = '' } = await aHealthNote(world, tx)
  const id = newId()
  await sql`insert into liaison.note_file (id, person_id, note_id, name, media_type, byte_length, sha256, content, added_by, added_at, volet, holder_org)
    values (${id}, ${world.personId}, ${noteId}, 'jambe.txt', 'text/plain', 3, '\\x00', 'Vu.', ${world.referentId}, ${world.clock}, 'health', ${world.dacA})`.execute(
    tx,
  )
  return { id }
}

async function aMute(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const id = newId()
  await sql`insert into liaison.alert_mute (id, person_id, rule_id, until, reason, muted_by, muted_by_name, muted_at, holder_org)
    values (${id}, ${world.personId}, ${fallRule}, '2030-01-01', 'Chutes connues', ${world.referentId}, 'Julie Marchal', ${world.clock}, ${world.dacA})`.execute(
    tx,
  )
  return { id }
}

export const liaisonMatrix: readonly MatrixRow[] = [
  {
    contract: writeAlertRule,
    input: () => ({ id: newId(), baseVersion: 0, title: 'Chute', when: fall, escalateAfter: 60, active: true }),
    expected: expectAll('forbidden'),
  },
  {
    contract: muteAlertRule,
    arrange: anAlertOfRule,
    input: (world, { id }) => ({
      id: newId(),
      alertId: id,
      until: new Date(world.clock.getTime() + 864_000_000).toISOString().slice(0, 10),
      reason: 'Chutes connues',
    }),
    expected: expectAll('not_found', { referent: 'ok', circleDoctor: 'forbidden' }),
  },
  {
    contract: unmuteAlertRule,
    arrange: aMute,
    input: (_world, { id }) => ({ id }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden' }),
  },
  { contract: setOpeningHours, input: () => ({ week: [[], [[540, 1020]], [], [], [], [], []] }), expected: expectAll('forbidden', { director: 'ok' }) },
  { contract: alertRules, input: () => ({}), expected: expectAll('forbidden', { referent: 'ok', director: 'ok', otherReferent: 'ok', regionalAdmin: 'ok' }) },
  {
    contract: alertRuleVersions,
    input: () => ({ id: fallRule }),
    expected: expectAll('forbidden', { referent: 'ok', frontDesk: 'ok', director: 'ok', otherReferent: 'ok', regionalAdmin: 'ok' }),
  },
  {
    contract: writeNoteTemplate,
    input: () => ({ id: newId(), baseVersion: 0, label: 'Passage', type: 'observation', categories: ['health'], headings: ['Vu'], active: true }),
    expected: expectAll('forbidden', { regionalAdmin: 'ok' }),
  },
  { contract: noteTemplates, input: () => ({}), expected: expectAll('ok') },
  { contract: noteTemplateBook, input: () => ({}), expected: expectAll('forbidden', { regionalAdmin: 'ok' }) },
  { contract: alertRulePreview, input: () => ({ when: fall }), expected: expectAll('forbidden') },
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
  {
    contract: chooseNotices,
    input: () => ({ baseVersion: 0, email: true, sms: false, push: false, pace: 'daily', quietFrom: 0, quietUntil: 0 }),
    expected: expectAll('ok'),
  },
  {
    contract: addPushDevice,
    input: () => ({ id: newId(), endpoint: `https://push.exemple.fr/${newId()}`, p256dh: 'A'.repeat(87), auth: 'A'.repeat(22), label: 'Navigateur' }),
    expected: expectAll('ok'),
  },
  { contract: endPushDevice, input: () => ({ id: newId() }), expected: expectAll('ok') },
  { contract: myNotices, input: () => ({}), expected: expectAll('ok') },
  {
    contract: recordMeasure,
    input: (world) => ({ id: newId(), personId: world.personId, kind: 'weight', value: 52.4 }),
    expected: expectAll('not_found', { referent: 'ok', circleDoctor: 'ok', frontDesk: 'forbidden', circleSocial: 'forbidden' }),
  },
  {
    contract: strikeMeasure,
    arrange: aMeasure,
    input: (_world, { id }) => ({ id, reason: 'Erreur de saisie' }),
    expected: expectAll('not_found', { referent: 'ok', circleDoctor: 'forbidden' }),
  },
  {
    contract: setMeasureThreshold,
    input: (world) => ({ id: newId(), personId: world.personId, kind: 'weight', low: 50 }),
    expected: expectAll('not_found', { referent: 'ok', circleDoctor: 'ok', frontDesk: 'forbidden', circleSocial: 'forbidden' }),
  },
  { contract: measures, input: (world) => ({ personId: world.personId }), expected: whoSees },
  {
    contract: addNoteFile,
    input: (world) => ({ id: newId(), personId: world.personId, volet: 'health', name: 'note.txt', content: Buffer.from('Vu.').toString('base64') }),
    expected: expectAll('not_found', { referent: 'ok', circleDoctor: 'ok', frontDesk: 'forbidden', circleSocial: 'forbidden' }),
  },
  { contract: noteFile, arrange: aNoteFile, input: (_world, { id }) => ({ id }), expected: healthOnly },
  { contract: personFiles, input: (world) => ({ personId: world.personId }), expected: whoSees },
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
