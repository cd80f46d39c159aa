import { leaveNotices } from '../../liaison/server/api.ts'
import type { AttachmentTable } from '../../platform/server/attachments/scan.ts'
import { placeOfFile } from './message.sql.ts'

/** Those who take part are told of the verdict of a file that was sent; of one that was not, its author alone. Of a refusal after sending, she is told that something waits. */
export const conversationFilesScanned: AttachmentTable = {
  table: 'conversations.file',
  told: async (context, { id, addedBy, verdict }) => {
    const place = await placeOfFile(context.tx, id)
    if (place === undefined) return
    const { threadId, messageId, number, listeners } = place
    context.emit({
      type: 'conversations.file.scanned',
      audience: messageId === null ? [addedBy] : [...new Set([...listeners, addedBy])],
      payload: { threadId, fileId: id, messageId, number, addedBy, verdict },
    })
    if (verdict === 'infected' && messageId !== null)
      await leaveNotices(context, { cause: 'conversations.file_refused', causeId: id, rank: 0, to: [addedBy], service: null })
  },
}
