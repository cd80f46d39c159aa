import { useEffect, useRef } from 'react'
import type { Volet } from '../../platform/contract/actor.ts'
import { attachmentLimits } from '../../platform/contract/attachment.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { ApiError } from '../../platform/web/api/api-error.ts'
import { callAction } from '../../platform/web/api/client.ts'
import { type Uploads, useUploads, whyLeftOut } from '../../platform/web/files/use-uploads.ts'
import type { DraftState } from '../../platform/web/form/use-action-form.ts'
import { addNoteFile } from '../contract/actions.ts'
import type { NoteFileId } from '../contract/note.ts'

export interface NoteFiles extends Pick<Uploads, 'files' | 'busy' | 'remove' | 'clear' | 'refuse'> {
  /** Those that arrived, in their order. */
  readonly ready: readonly NoteFileId[]
  readonly add: (chosen: readonly File[], where: { readonly volet: Volet; readonly isPrivate: boolean }) => void
}

/** Photographs and files of the note being written, kept beside its draft: `keptAs` is of that note alone. `fresh`: right after another was sent. */
export function useNoteFiles(personId: PersonId, keptAs: string, fresh?: boolean): NoteFiles {
  const { add, ready, ...uploads } = useUploads({ scanned: 'liaison.file.scanned', over: `${attachmentLimits.each} fichiers au plus par note.`, keptAs, fresh })
  return {
    ...uploads,
    ready: ready.map(({ id }) => id as NoteFileId),
    add: (chosen, { volet, isPrivate }) =>
      add(chosen, (id, { name, content }) => {
        const input = { id: id as NoteFileId, personId, volet, isPrivate, name, content }
        return callAction(addNoteFile, input, { current: { input: JSON.stringify(input), key: id } })
      }),
  }
}

/** Names the files with which a note was refused: it goes without them, and with all the others. */
export function useRefusedFiles({ refuse }: Pick<NoteFiles, 'refuse'>, error: ApiError | null): void {
  const latest = useRef(refuse)
  latest.current = refuse
  useEffect(() => {
    if (error?.code === 'attachment_infected' || error?.code === 'attachment_missing') latest.current(whyLeftOut(error.details))
  }, [error])
}

/** The draft of a note: thrown away with the files that went with it. */
export function withoutFiles(draft: DraftState, { clear }: Pick<NoteFiles, 'clear'>): DraftState {
  return {
    ...draft,
    discard: () => {
      clear()
      draft.discard()
    },
  }
}
