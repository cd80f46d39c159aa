import './liaison.css'
import { IconCornerDownRight, IconEye, IconPencilPlus, IconSend } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { newId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { AttachButton, AttachmentList, WaitingFiles } from '../../platform/web/files/Attachments.tsx'
import { Form } from '../../platform/web/form/Form.tsx'
import { AreaField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { formatWhen } from '../../platform/web/text/dates.ts'
import { amendNote, replyToNote } from '../contract/actions.ts'
import type { NoteFileId, NoteId, NoteTarget } from '../contract/note.ts'
import { noteThread } from '../contract/queries.ts'
import { AlertState } from './AlertState.tsx'
import { openNoteFile } from './open-note-file.ts'
import { useNoteFiles, useRefusedFiles } from './use-note-files.ts'

/** The whole text of a note, what was added to it and answered, and the place to answer. */
export function NoteThread(props: { readonly noteId: NoteId }): ReactNode {
  const query = useJalonQuery(noteThread, { id: props.noteId })
  const actor = useActor()
  const label = useValueLabels()
  const [answering, setAnswering] = useState<'reply' | 'addendum' | null>(null)
  return (
    <QueryState query={query}>
      {(thread) => {
        const root = thread.notes[0]
        if (root === undefined) return null
        const mine = root.authorId === actor.userId
        return (
          <div className="thread stack">
            <p className="thread__body">{root.body}</p>
            <AttachmentList attachments={root.files} onOpen={(one) => void openNoteFile(one.id as NoteFileId)} />
            {root.event !== null || root.askedOfName !== null ? (
              <p className="row wrap">
                {root.event === null ? null : <StatusPill tone="warning">{label('liaison.event', root.event)}</StatusPill>}
                {root.askedOfName === null ? null : <StatusPill tone="info">Avis demandé à {root.askedOfName}</StatusPill>}
              </p>
            ) : null}
            {thread.alert === null ? null : <AlertState alert={thread.alert} />}
            {thread.notes.slice(1).map((note) => (
              <div key={note.id} className="thread__more">
                <Ic of={note.relation === 'addendum' ? IconPencilPlus : IconCornerDownRight} size="s" />
                <div className="grow">
                  <p className="small mut">
                    {note.relation === 'addendum' ? 'Complément' : 'Réponse'} · {note.authorName} · {formatWhen(note.at)}
                  </p>
                  <p className="thread__body">{note.body}</p>
                  <AttachmentList attachments={note.files} onOpen={(one) => void openNoteFile(one.id as NoteFileId)} />
                </div>
              </div>
            ))}
            <OpenedBy opened={thread.openedBy} notYet={thread.notYet} />
            {answering === null ? (
              <div className="row">
                <Button small icon={IconCornerDownRight} onClick={() => setAnswering('reply')}>
                  Répondre
                </Button>
                {mine ? (
                  <Button small quiet icon={IconPencilPlus} onClick={() => setAnswering('addendum')}>
                    Compléter ou corriger
                  </Button>
                ) : null}
              </div>
            ) : (
              <Answer
                key={answering}
                relation={answering}
                note={{
                  id: root.id,
                  personId: thread.personId,
                  authorId: root.authorId,
                  volet: thread.volet,
                  holderOrg: '' as never,
                  isPrivate: thread.isPrivate,
                }}
                onDone={() => setAnswering(null)}
              />
            )}
          </div>
        )
      }}
    </QueryState>
  )
}

interface Named {
  readonly name: string
  readonly profession: string | null
}

/** « Lu par »: who opened it among those who were told. Nothing is said of notes of long ago. */
function OpenedBy(props: { readonly opened: readonly Named[]; readonly notYet: readonly Named[] }): ReactNode {
  if (props.opened.length + props.notYet.length === 0) return null
  const names = (list: readonly Named[]): string =>
    list.map(({ name, profession }) => (profession ? `${name} (${profession.toLocaleLowerCase('fr-FR')})` : name)).join(', ')
  return (
    <p className="small mut row" style={{ alignItems: 'flex-start', gap: 6 }}>
      <Ic of={IconEye} size="s" />
      <span>
        {props.opened.length > 0 ? `Lu par ${names(props.opened)}` : 'Pas encore lu'}
        {props.opened.length > 0 && props.notYet.length > 0 ? ' · pas encore par ' : props.opened.length === 0 ? ' par ' : ''}
        {props.notYet.length > 0 ? names(props.notYet) : ''}
      </span>
    </p>
  )
}

function Answer(props: { readonly relation: 'reply' | 'addendum'; readonly note: NoteTarget; readonly onDone: () => void }): ReactNode {
  const contract = props.relation === 'reply' ? replyToNote : amendNote
  const files = useNoteFiles(props.note.personId, `liaison.${props.relation}.files:${props.note.id}`)
  const form = useActionForm(contract, {
    target: props.note,
    draftKey: `liaison.${props.relation}:${props.note.id}`,
    initialValues: () => ({ id: newId<NoteId>(), noteId: props.note.id, body: '' }),
    toInput: (typed) => ({ ...typed, files: [...files.ready] }),
    done: props.relation === 'reply' ? 'Réponse enregistrée.' : 'Complément enregistré.',
    onDone: () => {
      files.clear()
      props.onDone()
    },
  })
  useRefusedFiles(files, form.action.error)
  return (
    <Form form={form}>
      <AreaField {...form.field('body')} label={props.relation === 'reply' ? 'Réponse' : 'Complément'} rows={2} autoFocus />
      <div className="row wrap" style={{ gridColumn: '1 / -1' }}>
        <AttachButton small onChosen={(chosen) => files.add(chosen, props.note)} />
        <WaitingFiles files={files.files} onRemove={files.remove} />
      </div>
      <div className="row" style={{ gridColumn: 'span 12' }}>
        <Button main small type="submit" icon={IconSend} keys="Ctrl+Enter" blocked={form.pending || files.busy}>
          {props.relation === 'reply' ? 'Répondre' : 'Ajouter'}
        </Button>
        <Button small quiet onClick={props.onDone}>
          Annuler
        </Button>
        {form.error ? (
          <span className="small t-alert" role="alert">
            {form.error}
          </span>
        ) : null}
      </div>
    </Form>
  )
}
