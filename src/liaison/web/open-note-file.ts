import { errorDetail } from '../../platform/web/api/api-error.ts'
import { callQuery } from '../../platform/web/api/client.ts'
import { toast } from '../../platform/web/display/toast.tsx'
import { saveAttachment } from '../../platform/web/files/read-file.ts'
import type { NoteFileId } from '../contract/note.ts'
import { noteFile } from '../contract/queries.ts'

/** Hands a file of a note to the browser; a refusal is said in a toast. */
export async function openNoteFile(id: NoteFileId): Promise<void> {
  try {
    saveAttachment(await callQuery(noteFile, { id }))
  } catch (error) {
    toast({ text: errorDetail(error), tone: 'warning' })
  }
}
