import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { type NoteFrame, noteTemplates } from '../contract/note-templates.ts'

/** The frames of my trade; none until they are read, and none without network. */
export function useNoteFrames(): readonly NoteFrame[] {
  return useJalonQuery(noteTemplates, {}).data?.rows ?? []
}
