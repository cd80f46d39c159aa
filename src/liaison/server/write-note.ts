import { loadPerson, recordTimelineItem } from '../../persons/server/api.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { amendNote, replyToNote, writeNote } from '../contract/actions.ts'
import { cutSummary, type NoteId, noteHeading } from '../contract/note.ts'
import type { NoteType } from '../contract/value-sets.ts'
import { functionOf, loadNote } from './load-note.ts'
import { insertNote, type NoteRow } from './note.sql.ts'
import { raiseAlert } from './raise-alert.ts'

export const writeNoteImplementation = implement(writeNote, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, input) => {
    const { actor } = context
    const at = input.at ?? context.now.toISOString()
    // A clock of a browser may be a little fast.
    if (Date.parse(at) > context.now.getTime() + 600_000) throw invalid('liaison.in_the_future')
    const protection = input.isPrivate ? 'org_private' : 'shared'
    const note: NoteRow = {
      id: input.id,
      personId: input.personId,
      type: input.type,
      title: input.title,
      body: input.body,
      urgent: input.urgent,
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
    const itemId = await writeLine(context, note, noteHeading(input.type, input.title, input.body))
    if (input.urgent)
      await raiseAlert(context, {
        id: input.id,
        personId: input.personId,
        ...noteHeading(input.type, input.title, input.body),
        source: 'liaison.note',
        sourceId: input.id,
        volet: input.volet,
        protection,
      })
    return { id: note.id, itemId }
  },
})

/** The addition stands in the volet and the room of its root: it can never be read by more people. */
async function addTo(context: Context, id: NoteId, noteId: NoteId, body: string, relation: 'reply' | 'addendum'): Promise<{ id: NoteId; itemId: string }> {
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
    rootId: root.id,
    relation,
    authorId: actor.userId,
    authorName: actor.displayName,
    authorFunction: functionOf(context),
    at: now,
    holderOrg: root.protection === 'org_private' ? root.holderOrg : ((actor.serviceId ?? actor.userId) as ServiceId),
  }
  await insertNote(context.tx, note)
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
  run: (context, { id, noteId, body }) => addTo(context, id, noteId, body, 'reply'),
})

export const amendNoteImplementation = implement(amendNote, {
  load: (context, { noteId }) => loadNote(context, noteId),
  run: (context, { id, noteId, body }) => addTo(context, id, noteId, body, 'addendum'),
})
