import './liaison.css'
import { Modal } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { isDacStaff, type Volet } from '../../platform/contract/actor.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { network } from '../../platform/web/api/network.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useSignal } from '../../platform/web/api/signal.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { VoletShape, voletWord } from '../../platform/web/display/Volet.tsx'
import { AttachButton, WaitingFiles } from '../../platform/web/files/Attachments.tsx'
import { CheckField, ChoiceCards } from '../../platform/web/form/ChoiceCards.tsx'
import { DraftWords, Form } from '../../platform/web/form/Form.tsx'
import { AreaField } from '../../platform/web/form/TextField.tsx'
import type { ReadingCalendar } from '../contract/queries.ts'
import { inOrder, namedReaders, type Reader, sentWords } from './reader-words.ts'
import { typeOptions } from './type-options.ts'
import { useNoteFiles, useRefusedFiles, withoutFiles } from './use-note-files.ts'
import { useNoteForm } from './use-note-form.ts'
import { WhatItTells } from './WhatItTells.tsx'
import { WhenRead } from './WhenRead.tsx'

interface NoteSheetProps {
  readonly personId: PersonId
  /** « PERRIN Odile, 85 ans » */
  readonly who?: ReactNode
  /** « Ne rien dire à… », which stands above everything. */
  readonly silence?: ReactNode
  readonly openVolets: readonly Volet[]
  readonly readers: readonly Reader[]
  readonly calendar: ReadingCalendar | null
  readonly onClose: () => void
}

/** The note on a telephone: a whole screen, with one hand. */
export function NoteSheet(props: NoteSheetProps): ReactNode {
  return (
    <Modal.Root opened onClose={props.onClose} fullScreen padding={0} lockScroll={false} transitionProps={{ duration: 0 }}>
      <Modal.Content aria-label="Nouvelle note">
        <NoteSheetContent {...props} />
      </Modal.Content>
    </Modal.Root>
  )
}

function NoteSheetContent(props: NoteSheetProps): ReactNode {
  const actor = useActor()
  const connection = useSignal(network)
  const files = useNoteFiles(props.personId, `liaison.note.files:${props.personId}`)
  const form = useNoteForm({
    personId: props.personId,
    files: files.ready,
    open: props.openVolets,
    done: (values) => sentWords(props.readers, values.volet, values.isPrivate),
    onDone: () => {
      files.clear()
      props.onClose()
    },
  })
  useRefusedFiles(files, form.action.error)
  const { values } = form
  return (
    <div className="notesheet">
      <div>
        <div className="notesheet__head">
          <Button iconOnly icon={IconX} label="Fermer" onClick={props.onClose} />
          <div className="grow">
            <b>Nouvelle note</b>
            <div className="small">{props.who}</div>
          </div>
        </div>
        {props.silence}
      </div>
      <div className="notesheet__body">
        <Form form={form} label="Nouvelle note" id="note-sheet">
          <ChoiceCards
            label="Où l’écrire"
            value={values.isPrivate ? 'private' : values.volet}
            onChange={(where) => form.setAll(where === 'private' ? { isPrivate: true, urgent: false } : { isPrivate: false, volet: where })}
            options={[
              ...inOrder(props.openVolets).map((volet) => ({
                value: volet as Volet | 'private',
                title: `Carnet partagé, volet ${voletWord(volet).toLowerCase()}`,
                detail: namedReaders(props.readers, volet),
                mark: <VoletShape volet={volet} />,
              })),
              ...(isDacStaff(actor)
                ? [{ value: 'private' as const, title: 'Privé DAC', detail: 'Personne d’autre ne la lira', mark: <VoletShape volet="private" />, prive: true }]
                : []),
            ]}
          />
          <fieldset className="f" style={{ gridColumn: 'span 12' }}>
            <legend className="vh">Type de note</legend>
            <div className="chips">
              {typeOptions.map((option) => (
                <label key={option.value} className={option.value === values.type ? 'on' : undefined}>
                  <input type="radio" name="note-type" checked={option.value === values.type} onChange={() => form.set('type', option.value)} />
                  {option.label}
                </label>
              ))}
            </div>
          </fieldset>
          <AreaField {...form.field('body')} label="Texte de la note" bare rows={5} autoFocus />
          <div className="row wrap" style={{ gridColumn: '1 / -1' }}>
            <AttachButton onChosen={(chosen) => files.add(chosen, values)} />
            <span className="small mut">photo ou fichier, position effacée</span>
            <WaitingFiles files={files.files} onRemove={files.remove} />
          </div>
          <div className="tells">
            <WhatItTells values={values} set={form.set} readers={props.readers} />
          </div>
          {values.isPrivate ? null : (
            <CheckField {...form.field('urgent')} label="Demande une réponse rapide" detail={<WhenRead calendar={props.calendar} asked={values.urgent} />} />
          )}
        </Form>
        <p style={{ marginTop: 8 }}>
          <DraftWords draft={withoutFiles(form.draft, files)} />
        </p>
        {connection === 'lost' ? <Notice tone="info">Hors connexion. La note reste dans ce téléphone ; envoyez-la quand le réseau revient.</Notice> : null}
        {(form.error ?? form.reason) ? <Notice tone="alert">{form.error ?? form.reason}</Notice> : null}
      </div>
      <div className="notesheet__foot">
        <Button main type="submit" form="note-sheet" blocked={form.pending || files.busy || !form.action.allowed}>
          {values.isPrivate ? 'Garder pour le DAC' : 'Garder et partager'}
        </Button>
      </div>
    </div>
  )
}
