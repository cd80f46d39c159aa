import './liaison.css'
import { useMediaQuery } from '@mantine/hooks'
import { IconAlertTriangle, IconLock, IconNote, IconSend, IconUsers } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Volet } from '../../platform/contract/actor.ts'
import { isDacStaff } from '../../platform/contract/actor.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useSignal } from '../../platform/web/api/signal.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { voletWord } from '../../platform/web/display/Volet.tsx'
import { AttachButton, WaitingFiles } from '../../platform/web/files/Attachments.tsx'
import { CheckField } from '../../platform/web/form/ChoiceCards.tsx'
import { DraftWords, Form } from '../../platform/web/form/Form.tsx'
import { Segmented } from '../../platform/web/form/SegmentedChoice.tsx'
import { useKey } from '../../platform/web/shell/keys.ts'
import type { ReadingCalendar } from '../contract/queries.ts'
import { NoteSheet } from './NoteSheet.tsx'
import { noteAsked } from './note-asked.ts'
import { inOrder, type Reader, readBy, sentWords } from './reader-words.ts'
import { typeOptions } from './type-options.ts'
import { useNoteFiles, useRefusedFiles, withoutFiles } from './use-note-files.ts'
import { useNoteForm } from './use-note-form.ts'
import { WhatItTells } from './WhatItTells.tsx'
import { WhenRead } from './WhenRead.tsx'

/**
 * The place to write at the foot of the Fil: in three gestures, place the cursor (or E), type, Ctrl ↵. Opens on focus; type and volet keep
 * their last choice. Private is another material, not a tint.
 */
export function Composer(props: ComposerProps): ReactNode {
  const [sent, setSent] = useState(0)
  const narrow = useMediaQuery('(max-width: 759px)')
  const { userId } = useActor()
  const others = { ...props, readers: props.readers.filter((reader) => reader.userId !== userId) }
  if (props.openVolets.length === 0) return null
  if (narrow) return <ThumbBar {...others} />
  return <ComposerForm key={sent} {...others} fresh={sent > 0} onSent={() => setSent(sent + 1)} />
}

export interface ComposerProps {
  readonly personId: PersonId
  readonly openVolets: readonly Volet[]
  readonly readers: readonly Reader[]
  /** When the DAC in charge reads; null where none accompanies her. */
  readonly calendar: ReadingCalendar | null
  /** For the sheet of a telephone: « PERRIN Odile, 85 ans », and « Ne rien dire à… ». */
  readonly who?: ReactNode
  readonly silence?: ReactNode
  /** Beside « Note » on a telephone: « Appeler ». */
  readonly beside?: ReactNode
}

/** What a thumb reaches: the note opens on a screen of its own. */
function ThumbBar(props: ComposerProps): ReactNode {
  const [writing, setWriting] = useState(false)
  useAsked(props.personId, () => setWriting(true))
  return (
    <div className="thumb">
      <Button main icon={IconNote} onClick={() => setWriting(true)}>
        Note
      </Button>
      {props.beside}
      {writing ? <NoteSheet {...props} onClose={() => setWriting(false)} /> : null}
    </div>
  )
}

/** Calls back when somebody asked, elsewhere on the page, to write about this person. */
function useAsked(personId: PersonId, onAsked: () => void): void {
  const asked = useSignal(noteAsked)
  const latest = useRef(onAsked)
  latest.current = onAsked
  useEffect(() => {
    if (asked !== personId) return
    noteAsked.set(null)
    latest.current()
  }, [asked, personId])
}

function ComposerForm(props: ComposerProps & { readonly fresh: boolean; readonly onSent: () => void }): ReactNode {
  const actor = useActor()
  const field = useRef<HTMLTextAreaElement>(null)
  const [opened, setOpened] = useState(false)
  const files = useNoteFiles(props.personId, `liaison.note.files:${props.personId}`, props.fresh)
  const form = useNoteForm({
    personId: props.personId,
    files: files.ready,
    open: props.openVolets,
    fresh: props.fresh,
    done: (values) => sentWords(props.readers, values.volet, values.isPrivate),
    onDone: () => {
      files.clear()
      props.onSent()
    },
  })
  useRefusedFiles(files, form.action.error)
  const { values } = form
  const open = opened || values.body !== '' || files.files.length > 0
  useAsked(props.personId, () => field.current?.focus())
  useKey('e', () => field.current?.focus(), 'Écrire une note')
  const room = isDacStaff(actor) ? (
    <Segmented
      label="Où écrire"
      inline
      value={values.isPrivate ? 'private' : 'shared'}
      onChange={(chosen) => form.setAll({ isPrivate: chosen === 'private', ...(chosen === 'private' ? { urgent: false } : {}) })}
      options={[
        { value: 'shared', label: 'Carnet partagé', icon: IconUsers },
        { value: 'private', label: 'Privé DAC', icon: IconLock },
      ]}
    />
  ) : null
  return (
    <div className={`composer${open ? ' composer--open' : ''}${values.isPrivate ? ' prive' : ''}`}>
      <Form form={form} label="Écrire une note">
        {open ? (
          <div className="composer__choices">
            {room}
            {values.isPrivate ? (
              <span className="small mut">jamais imprimé avec un document partagé</span>
            ) : (
              <Segmented
                label="Volet"
                options={inOrder(props.openVolets).map((volet) => ({ value: volet, label: voletWord(volet) }))}
                value={values.volet}
                onChange={(volet) => form.set('volet', volet)}
                inline
              />
            )}
            <Segmented label="Type de note" options={typeOptions} value={values.type} onChange={(type) => form.set('type', type)} inline />
            <WhatItTells values={values} set={form.set} readers={props.readers} />
          </div>
        ) : null}
        <div className="composer__line">
          {open ? null : room}
          <textarea
            ref={field}
            className="in"
            rows={open ? 4 : 1}
            value={values.body}
            aria-label="Écrire une note"
            aria-invalid={form.errors.body ? true : undefined}
            placeholder={`Écrire une note, ${readBy(props.readers, values.volet, values.isPrivate)}`}
            onFocus={() => setOpened(true)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && values.body === '') {
                setOpened(false)
                event.currentTarget.blur()
              }
            }}
            onChange={(event) => form.set('body', event.currentTarget.value)}
          />
        </div>
        {open ? (
          <div className="composer__end">
            {values.isPrivate ? null : (
              <CheckField
                {...form.field('urgent')}
                label={
                  <span className="row">
                    Demande une réponse rapide <IconAlertTriangle className="ic ic--s" stroke={1.75} />
                  </span>
                }
                detail={<WhenRead calendar={props.calendar} asked={values.urgent} />}
              />
            )}
            <AttachButton small onChosen={(chosen) => files.add(chosen, values)} />
            <WaitingFiles files={files.files} onRemove={files.remove} />
            <DraftWords draft={withoutFiles(form.draft, files)} />
            {(form.errors.body ?? form.error ?? form.reason) ? (
              <span className="small t-alert" role="alert">
                {form.errors.body ?? form.error ?? form.reason}
              </span>
            ) : null}
            <span className="end">
              <Button main small type="submit" icon={IconSend} keys="Ctrl+Enter" blocked={form.pending || files.busy || !form.action.allowed}>
                {values.isPrivate ? 'Garder pour le DAC' : 'Partager'}
              </Button>
            </span>
          </div>
        ) : null}
      </Form>
    </div>
  )
}
