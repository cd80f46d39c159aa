import type { AttachmentBytes, ScanState } from '../../contract/attachment.ts'
import { conflict } from '../../contract/errors.ts'

/** A kept file as its table gives it: no bytes leave the database of one that may not be opened. */
export type KeptAttachment = Omit<AttachmentBytes, 'content'> & { readonly content: string | null; readonly scan: ScanState }

/** The bytes of a file for whoever may see it. Refuses `attachment_waiting` and `attachment_infected`. */
export function readable({ name, mediaType, content, scan }: KeptAttachment): AttachmentBytes {
  if (scan === 'infected') throw conflict('attachment_infected')
  if (content === null) throw conflict('attachment_waiting')
  return { name, mediaType, content }
}
