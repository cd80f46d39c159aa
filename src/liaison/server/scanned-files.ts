import type { AttachmentTable } from '../../platform/server/attachments/scan.ts'
import { markAnew, placeOfFile } from './note-file.sql.ts'
import { leaveNotices } from './notices.ts'

/**
 * Those who read the note are told of the verdict of its files; of one that waits for its note, its author alone. Of a refusal in a note already sent, its
 * author is told wherever she is: her note is news again, and something waits for her.
 */
export const noteFilesScanned: AttachmentTable = {
  table: 'liaison.note_file',
  told: async (context, { id, addedBy, verdict }) => {
    const place = await placeOfFile(context.tx, id)
    if (place === undefined) return
    const { personId, noteId, itemId, volet, holderOrg, protection } = place
    const everyone = noteId !== null && protection === 'shared'
    context.emit({
      type: 'liaison.file.scanned',
      volet,
      audience: noteId !== null && protection === 'org_private' ? [holderOrg, addedBy] : [addedBy],
      payload: { fileId: id, noteId, personId, addedBy, verdict },
      ...(everyone ? { personId } : {}),
    })
    if (verdict === 'clean' || itemId === null) return
    await markAnew(context.tx, addedBy, itemId, personId, context.now)
    context.emit({ type: 'liaison.unread.changed', audience: [addedBy], payload: {} })
    await leaveNotices(context, { cause: 'liaison.file_refused', causeId: id, rank: 0, to: [addedBy], service: null })
  },
}
