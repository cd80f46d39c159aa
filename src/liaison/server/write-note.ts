import { loadPerson, recordTimelineItem, voletsForRecipient } from '../../persons/server/api.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { amendNote, replyToNote, writeNote } from '../contract/actions.ts'
import { cutSummary, type NoteFileId, type NoteId, noteHeading } from '../contract/note.ts'
import type { NoteType } from '../contract/value-sets.ts'
import { applyRules } from './apply-rules.ts'
import { functionOf, loadNote } from './load-note.ts'
import { insertNote, type NoteRow, readerOfNote } from './note.sql.ts'
import { attachNoteFiles, leftOut } from './note-file.sql.ts'
import { leaveNotices } from './notices.ts'

export const writeNoteImplementation = implement(writeNote, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, input) => {
    const { actor } = context
    const at = input.at ?? context.now.toISOString()
    // A clock of a browser may be a little fast.
    if (Date.parse(at) > context.now.getTime() + 600_000) throw invalid('liaison.in_the_future')
    const protection = input.isPrivate ? 'org_private' : 'shared'
    const asked = await whoIsAsked(context, input)
    const note: NoteRow = {
      id: input.id,
      personId: input.personId,
      type: input.type,
      title: input.title,
      body: input.body,
      urgent: input.urgent,
      event: input.event,
      askedOf: input.askedOf,
      askedOfName: asked?.name ?? null,
      rootId: input.id,
      relation: null,
      authorId: actor.userId,
      authorName: actor.displayName,
      authorFunction: functionOf(context),
      at,
      volet: input.volet,
      holderOrg: (actor.serviceId ?? actor.userId) as ServiceId,
      protection,
    }
    await insertNote(context.tx, note)
    await attach(context, note, input.files)
    const itemId = await writeLine(context, note, noteHeading(input.type, input.title, input.body))
    await applyRules(context, note)
    if (input.askedOf !== null)
      await leaveNotices(context, { cause: 'liaison.opinion', causeId: note.id, rank: 0, to: [input.askedOf], service: asked?.dac ?? null })
    return { id: note.id, itemId }
  },
})

/** The member to whom an opinion is asked; refuses who could not read the question. */
async function whoIsAsked(
  { tx }: Context,
  input: { readonly personId: PersonId; readonly type: string; readonly volet: string; readonly isPrivate: boolean; readonly askedOf: UserId | null },
): Promise<{ readonly name: string; readonly dac: ServiceId | null } | null> {
  if (input.askedOf === null) return null
  if (input.type !== 'opinion_request' || input.isPrivate) throw invalid('liaison.asked_of_nobody')
  const reader = await readerOfNote(tx, input.personId, input.askedOf, input.volet)
  // Whom the person refuses, or from whom she keeps the volet, could not read the question, référent or not.
  if (reader === undefined || !(await voletsForRecipient(tx, input.personId, input.askedOf)).includes(input.volet as Volet))
    throw invalid('liaison.asked_not_reader')
  return reader
}

async function attach({ tx }: Context, note: NoteRow, files: readonly NoteFileId[]): Promise<void> {
  if (files.length === 0 || (await attachNoteFiles(tx, note, files)) === new Set(files).size) return
  const { refused, missing } = await leftOut(tx, note.id, files)
  // The ids are those that she sent: what may go without them is hers to say.
  throw conflict(refused.length > 0 ? 'attachment_infected' : 'attachment_missing', {}, { files: [...refused, ...missing], missing })
}

interface Addition {
  readonly id: NoteId
  readonly noteId: NoteId
  readonly body: string
  readonly files: readonly NoteFileId[]
}

/** The addition stands in the volet and the room of its root: it can never be read by more people. */
async function addTo(context: Context, { id, noteId, body, files }: Addition, relation: 'reply' | 'addendum'): Promise<{ id: NoteId; itemId: string }> {
  const { actor, now } = context
  // A note does not answer itself.
  if (id === noteId) throw conflict('id_taken')
  const root = await loadNote(context, (await loadNote(context, noteId)).rootId)
  const note: NoteRow = {
    ...root,
    id,
    body,
    title: null,
    urgent: false,
    event: null,
    askedOf: null,
    askedOfName: null,
    rootId: root.id,
    relation,
    authorId: actor.userId,
    authorName: actor.displayName,
    authorFunction: functionOf(context),
    at: now,
    holderOrg: root.protection === 'org_private' ? root.holderOrg : ((actor.serviceId ?? actor.userId) as ServiceId),
  }
  await insertNote(context.tx, note)
  await attach(context, note, files)
  const about = noteHeading(root.type as NoteType, root.title, root.body).title
  const itemId = await writeLine(context, note, { title: `${relation === 'reply' ? 'Réponse' : 'Complément'} · ${about}`, summary: cutSummary(body) })
  return { id, itemId }
}

async function writeLine(context: Context, note: NoteRow, { title, summary }: { readonly title: string; readonly summary: string }): Promise<string> {
  const itemId = await recordTimelineItem(context, {
    personId: note.personId,
    kind: `liaison.${note.relation ?? note.type}`,
    title,
    summary,
    source: 'liaison.note',
    sourceId: note.id,
    volet: note.volet,
    protection: note.protection,
    at: note.at,
  })
  const payload = { noteId: note.id, itemId, personId: note.personId, authorId: note.authorId, urgent: note.urgent }
  // Nobody of the circle is told, even by an id, that a private note exists.
  context.emit({
    type: 'liaison.note.written',
    volet: note.volet,
    payload,
    ...(note.protection === 'org_private' ? { audience: [note.holderOrg] } : { personId: note.personId }),
  })
  return itemId
}

export const replyToNoteImplementation = implement(replyToNote, {
  load: (context, { noteId }) => loadNote(context, noteId),
  run: (context, input) => addTo(context, input, 'reply'),
})

export const amendNoteImplementation = implement(amendNote, {
  load: (context, { noteId }) => loadNote(context, noteId),
  run: (context, input) => addTo(context, input, 'addendum'),
})
