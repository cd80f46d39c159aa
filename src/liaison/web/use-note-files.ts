import type { Volet } from '../../platform/contract/actor.ts'
import { attachmentLimits } from '../../platform/contract/attachment.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { callAction } from '../../platform/web/api/client.ts'
import { type Uploads, useUploads } from '../../platform/web/files/use-uploads.ts'
import { addNoteFile } from '../contract/actions.ts'
import type { NoteFileId } from '../contract/note.ts'

export interface NoteFiles extends Pick<Uploads, 'files' | 'busy' | 'remove'> {
  /** Those that arrived, in their order. */
  readonly ready: readonly NoteFileId[]
  readonly add: (chosen: readonly File[], where: { readonly volet: Volet; readonly isPrivate: boolean }) => void
}

/** Photographs and files of the note being written. */
export function useNoteFiles(personId: PersonId): NoteFiles {
  const { add, ready, files, busy, remove } = useUploads({ scanned: 'liaison.file.scanned', over: `${attachmentLimits.each} fichiers au plus par note.` })
  return {
    files,
    busy,
    remove,
    ready: ready.map(({ id }) => id as NoteFileId),
    add: (chosen, { volet, isPrivate }) =>
      add(chosen, (id, { name, content }) => {
        const input = { id: id as NoteFileId, personId, volet, isPrivate, name, content }
        return callAction(addNoteFile, input, { current: { input: JSON.stringify(input), key: id } })
      }),
  }
}
