import './files.css'
import { IconFile, IconFileText, IconPaperclip, IconPhoto, IconShieldSearch, IconShieldX, IconX } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import { type AttachmentShown, acceptedFiles } from '../../contract/attachment.ts'
import { Button } from '../display/Button.tsx'
import { Ic, type Icon } from '../display/Ic.tsx'
import { formatSize } from '../text/numbers.ts'

/** « Joindre » : the picker of the device, several at once; what may be sent is said by the picker itself. */
export function AttachButton(props: { readonly onChosen: (files: readonly File[]) => void; readonly small?: boolean | undefined }): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button iconOnly quiet small={props.small} icon={IconPaperclip} label="Joindre un fichier" onClick={() => input.current?.click()} />
      <input
        ref={input}
        className="vh"
        type="file"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        accept={acceptedFiles}
        onChange={(event) => {
          props.onChosen([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}

function iconOf(mediaType: string): Icon {
  if (mediaType.startsWith('image/')) return IconPhoto
  return mediaType === 'application/pdf' ? IconFileText : IconFile
}

/** What goes with a message or a note: each opens by its button. */
export function AttachmentList(props: { readonly attachments: readonly AttachmentShown[]; readonly onOpen: (attachment: AttachmentShown) => void }): ReactNode {
  if (props.attachments.length === 0) return null
  return (
    <ul className="files" aria-label="Fichiers joints">
      {props.attachments.map((one) => (
        <li key={one.id}>
          {one.scan === 'none' || one.scan === 'clean' ? (
            <button type="button" className="filechip" onClick={() => props.onOpen(one)}>
              <Ic of={iconOf(one.mediaType)} size="s" />
              <span className="cut">{one.name}</span>
              <span className="small dim nw">{formatSize(one.byteLength)}</span>
            </button>
          ) : (
            <Closed name={one.name} refused={one.scan === 'infected'} />
          )}
        </li>
      ))}
    </ul>
  )
}

/** A file that nobody opens: the antivirus has not answered yet, or has refused it. */
function Closed(props: { readonly name: string; readonly refused: boolean }): ReactNode {
  return (
    <span className={props.refused ? 'filechip filechip--failed' : 'filechip'}>
      <Ic of={props.refused ? IconShieldX : IconShieldSearch} size="s" />
      <span className="cut">{props.name}</span>
      <span className={props.refused ? 'small t-alert' : 'small mut'}>{props.refused ? 'refusé par l’antivirus' : 'vérification en cours'}</span>
    </span>
  )
}

/** What the sender reads of a file that the antivirus refused before it left. */
export const refusedWords = 'refusé par l’antivirus : il n’a pas été envoyé, personne ne peut l’ouvrir'

export interface WaitingFile {
  readonly id: string
  readonly name: string
  readonly state: 'sending' | 'ready' | 'failed'
  /** Why it failed, or what it waits for. */
  readonly words?: string | undefined
}

/** Files chosen for what is being written: on their way, ready, or refused with the reason; each can be taken away. */
export function WaitingFiles(props: { readonly files: readonly WaitingFile[]; readonly onRemove: (id: string) => void }): ReactNode {
  if (props.files.length === 0) return null
  return (
    <ul className="files" aria-label="Fichiers à joindre">
      {props.files.map((one) => (
        <li key={one.id} className={one.state === 'failed' ? 'filechip filechip--failed' : 'filechip'}>
          <Ic of={IconPaperclip} size="s" />
          <span className="cut">{one.name}</span>
          <span className={one.state === 'failed' ? 'small t-alert' : 'small dim nw'} role={one.state === 'failed' ? 'alert' : 'status'}>
            {one.state === 'sending' ? (one.words ?? 'envoi…') : one.state === 'failed' ? one.words : 'prêt'}
          </span>
          <button type="button" className="filechip__x" aria-label={`Retirer ${one.name}`} onClick={() => props.onRemove(one.id)}>
            <Ic of={IconX} size="s" />
          </button>
        </li>
      ))}
    </ul>
  )
}
