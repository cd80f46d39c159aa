import './liaison.css'
import { IconPaperclip } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useInfiniteJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../platform/web/display/QueryState.tsx'
import { FilItem, Timeline } from '../../platform/web/display/Timeline.tsx'
import { AttachmentList } from '../../platform/web/files/Attachments.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { formatWhen } from '../../platform/web/text/dates.ts'
import type { NoteFileId } from '../contract/note.ts'
import { type PersonFile, personFiles } from '../contract/queries.ts'
import { NoteThread } from './NoteThread.tsx'
import { openNoteFile } from './open-note-file.ts'

/** Prescriptions, reports, photos: what came with the notes of her notebook, found again without reading the Fil. */
export function PersonFiles({ personId }: { readonly personId: PersonId }): ReactNode {
  const list = useInfiniteJalonQuery(personFiles, { personId })
  useEvents(['liaison.note.written', 'liaison.file.scanned', 'persons.timeline.marked'], (event) => {
    if (event.personId === personId) list.retry()
  })
  if (list.error) return <ErrorState error={list.error} onRetry={list.retry} />
  if (list.loading) return <Waiting />
  if (list.rows.length === 0)
    return (
      <EmptyState icon={IconPaperclip} title="Aucun fichier dans le carnet">
        Une ordonnance, un compte rendu, une photo se joignent à une note du fil&#8239;: ils se retrouvent ici.
      </EmptyState>
    )
  return (
    <>
      <Timeline label="Photos et fichiers du carnet">
        {[...Map.groupBy(list.rows, ({ noteId }) => noteId).values()].map((files) => (
          <FilesOfNote key={files[0]?.noteId} files={files} />
        ))}
      </Timeline>
      {list.hasMore ? (
        <Button small onClick={list.more} disabled={list.loadingMore}>
          {list.loadingMore ? 'Chargement…' : 'Fichiers plus anciens'}
        </Button>
      ) : null}
    </>
  )
}

function FilesOfNote({ files }: { readonly files: readonly PersonFile[] }): ReactNode {
  const [open, setOpen] = useState(false)
  const [first] = files
  if (first === undefined) return null
  return (
    <FilItem
      volet={first.isPrivate ? 'private' : first.volet}
      title={first.noteTitle}
      onOpen={() => setOpen(!open)}
      meta={[formatWhen(first.addedAt), [first.authorName, first.authorFunction].filter(Boolean).join(', ')].join(' · ')}
    >
      {open ? <NoteThread noteId={first.noteId} /> : <AttachmentList attachments={files} onOpen={({ id }) => void openNoteFile(id as NoteFileId)} />}
    </FilItem>
  )
}
