import { loadPerson } from '../../persons/server/api.ts'
import { conflict, notFound } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { cleanAttachment } from '../../platform/server/attachments/clean.ts'
import { readable } from '../../platform/server/attachments/readable.ts'
import { scanJob } from '../../platform/server/attachments/scan.ts'
import { implement } from '../../platform/server/implement.ts'
import { decodeCursor, encodeCursor } from '../../platform/server/keyset.ts'
import { addNoteFile } from '../contract/actions.ts'
import { noteFile, personFiles } from '../contract/queries.ts'
import { countWaitingFiles, findNoteFile, insertNoteFile, selectPersonFiles } from './note-file.sql.ts'

/** Files that one may have sent and not put to a note yet. */
const mostWaiting = 20

export const addNoteFileImplementation = implement(addNoteFile, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async ({ tx, actor, now, enqueue }, { id, personId, volet, isPrivate, name, content }) => {
    if ((await countWaitingFiles(tx, actor.userId)) >= mostWaiting) throw conflict('liaison.too_many_files')
    await insertNoteFile(tx, {
      ...cleanAttachment({ name, content }),
      id,
      personId,
      volet,
      holderOrg: (actor.serviceId ?? actor.userId) as ServiceId,
      protection: isPrivate ? 'org_private' : 'shared',
      addedBy: actor.userId,
      at: now,
    })
    await enqueue(scanJob, {}, { jobKey: scanJob })
    return { id }
  },
})

export const noteFileImplementation = implement(noteFile, {
  load: async ({ tx }, { id }) => {
    const found = await findNoteFile(tx, id)
    if (found === undefined) throw notFound('file')
    return found
  },
  run: async ({ tx }, { id }) => {
    const found = await findNoteFile(tx, id)
    if (found === undefined) throw notFound('file')
    return readable(found)
  },
})

export const personFilesImplementation = implement(personFiles, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async ({ tx }, { personId, cursor, limit }) => {
    const place = decodeCursor(cursor, 2)
    const found = await selectPersonFiles(tx, personId, place === null ? null : { at: String(place[0]), id: String(place[1]) }, limit)
    const rows = found.slice(0, limit)
    const last = rows.at(-1)
    return { rows, next: found.length > limit && last !== undefined ? encodeCursor([last.addedAt, last.id]) : null }
  },
})
