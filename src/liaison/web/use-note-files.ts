import { useState } from 'react'
import type { Volet } from '../../platform/contract/actor.ts'
import { attachmentLimits } from '../../platform/contract/attachment.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { errorDetail } from '../../platform/web/api/api-error.ts'
import { callAction } from '../../platform/web/api/client.ts'
import { refusedWords, type WaitingFile } from '../../platform/web/files/Attachments.tsx'
import { readFileToSend } from '../../platform/web/files/read-file.ts'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { addNoteFile } from '../contract/actions.ts'
import type { NoteFileId } from '../contract/note.ts'

export interface NoteFiles {
  readonly files: readonly WaitingFile[]
  /** Those that arrived, in their order. */
  readonly ready: readonly NoteFileId[]
  readonly busy: boolean
  readonly add: (chosen: readonly File[], where: { readonly volet: Volet; readonly isPrivate: boolean }) => void
  readonly remove: (id: string) => void
}

/** Photographs and files of the note being written: each leaves as soon as it is chosen, cleaned of where and when it was taken. */
export function useNoteFiles(personId: PersonId): NoteFiles {
  const [files, setFiles] = useState<readonly WaitingFile[]>([])
  const change = (id: string, more: Partial<WaitingFile>): void => setFiles((before) => before.map((one) => (one.id === id ? { ...one, ...more } : one)))
  useEvents(['liaison.file.scanned'], (event) => {
    if (event['verdict'] === 'infected') change(String(event['fileId']), { state: 'failed', words: refusedWords })
  })
  const upload = async (id: string, chosen: File, where: { readonly volet: Volet; readonly isPrivate: boolean }): Promise<void> => {
    try {
      const { name, content } = await readFileToSend(chosen)
      await callAction(addNoteFile, { id: id as NoteFileId, personId, ...where, name, content })
      change(id, { state: 'ready' })
    } catch (error) {
      change(id, { state: 'failed', words: error instanceof Error && error.name === 'Error' ? error.message : errorDetail(error) })
    }
  }
  return {
    files,
    ready: files.filter(({ state }) => state === 'ready').map(({ id }) => id as NoteFileId),
    busy: files.some(({ state }) => state === 'sending'),
    add: (chosen, where) => {
      const room = Math.max(0, attachmentLimits.each - files.filter(({ state }) => state !== 'failed').length)
      const taken = chosen.slice(0, room).map((file) => ({ id: newId() as string, file }))
      const over = chosen
        .slice(room)
        .map(({ name }): WaitingFile => ({ id: newId(), name, state: 'failed', words: `${attachmentLimits.each} fichiers au plus par note.` }))
      setFiles((before) => [...before, ...taken.map(({ id, file }): WaitingFile => ({ id, name: file.name, state: 'sending' })), ...over])
      for (const { id, file } of taken) void upload(id, file, where)
    },
    remove: (id) => setFiles((before) => before.filter((one) => one.id !== id)),
  }
}
