import { IconSend, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useState } from 'react'
import { attachmentLimits } from '../../platform/contract/attachment.ts'
import { callAction } from '../../platform/web/api/client.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { AttachButton, WaitingFiles } from '../../platform/web/files/Attachments.tsx'
import { type Uploads, useUploads } from '../../platform/web/files/use-uploads.ts'
import { addFile } from '../contract/actions.ts'
import type { Participant } from '../contract/queries.ts'
import { type FileId, longestMessage, searchKey, type ThreadId } from '../contract/thread.ts'
import { mentionTyped } from './body-parts.ts'
import type { Writing } from './use-writing.ts'

const enterKey = 'jalon.conversations.enter-sends'

/** Where one writes: kept as one types, sent by Ctrl ↵ as everywhere, or by ↵ for whoever prefers. */
export function MessageComposer(props: {
  readonly threadId: ThreadId
  readonly writing: Writing
  readonly others: readonly Participant[]
  readonly field: RefObject<HTMLTextAreaElement | null>
  /** Under the field outside any file: nobody is named there. */
  readonly outside: boolean
}): ReactNode {
  const { writing, field } = props
  const { typed, type } = writing
  const files = useFiles(props.threadId)
  const [enterSends, setEnterSends] = useState(() => localStorage.getItem(enterKey) === 'yes')
  const mention = useMention(props.others, typed.body, field, (body, userId) => type({ body, mentions: [...new Set([...typed.mentions, userId])] }))
  useGrowing(field, typed.body)
  const { ready, busy } = files
  const tooLong = typed.body.length > longestMessage
  const nothing = typed.body.trim() === '' && ready.length === 0
  const blocked = nothing || busy || tooLong
  const send = (): void => {
    if (blocked) return
    // Who is still named in the words that leave.
    type({ mentions: props.others.filter((one) => typed.mentions.includes(one.userId) && typed.body.includes(`@${one.name}`)).map(({ userId }) => userId) })
    writing.send(ready.map(({ id, name }) => ({ id: id as FileId, name })))
    files.clear()
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (mention.onKeyDown(event)) return
    const withKey = event.ctrlKey || event.metaKey
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && (withKey || (enterSends && !event.shiftKey))) {
      event.preventDefault()
      send()
    } else if (event.key === 'Escape' && typed.replyTo) type({ replyTo: null })
  }
  return (
    <div className="write">
      {typed.replyTo ? (
        <div className="write__reply small">
          <span className="cut">
            En réponse à <span className="semi">{typed.replyTo.authorName}</span> <span className="mut">{typed.replyTo.excerpt}</span>
          </span>
          <button type="button" className="filechip__x" aria-label="Ne plus répondre à ce message" onClick={() => type({ replyTo: null })}>
            <Ic of={IconX} size="s" />
          </button>
        </div>
      ) : null}
      <WaitingFiles files={files.files} onRemove={files.remove} />
      <div className="write__line">
        <AttachButton onChosen={files.add} />
        <div className="write__field">
          <textarea
            ref={field}
            className="in"
            rows={1}
            value={typed.body}
            aria-label="Écrire un message"
            aria-invalid={tooLong || undefined}
            aria-controls={mention.open ? mention.listId : undefined}
            aria-activedescendant={mention.open ? mention.optionId(mention.active) : undefined}
            placeholder="Écrire un message… @ pour nommer"
            onKeyDown={onKeyDown}
            onChange={(event) => {
              type({ body: event.currentTarget.value })
              mention.look(event.currentTarget)
            }}
            onClick={(event) => mention.look(event.currentTarget)}
            onPaste={(event) => {
              const pasted = [...event.clipboardData.files]
              if (pasted.length > 0) {
                event.preventDefault()
                files.add(pasted)
              }
            }}
          />
          {mention.list}
        </div>
        <Button main icon={IconSend} blocked={blocked} onClick={send} keys={enterSends ? 'Enter' : 'Ctrl+Enter'} className="write__send">
          Envoyer
        </Button>
      </div>
      <div className="write__foot small mut">
        {tooLong ? (
          <span className="t-alert" role="alert">
            {typed.body.length - longestMessage} caractères de trop.
          </span>
        ) : props.outside ? (
          <span>Hors dossier : ne nommez personne.</span>
        ) : (
          <span>Pas pour les urgences : 15 ou 114.</span>
        )}
        <label className="write__enter">
          <input
            type="checkbox"
            checked={enterSends}
            onChange={(event) => {
              setEnterSends(event.currentTarget.checked)
              localStorage.setItem(enterKey, event.currentTarget.checked ? 'yes' : 'no')
            }}
          />{' '}
          Entrée envoie
        </label>
      </div>
    </div>
  )
}

/** Grows with what is typed, up to ten lines. */
function useGrowing(field: RefObject<HTMLTextAreaElement | null>, body: string): void {
  useLayoutEffect(() => {
    const area = field.current
    if (area === null) return
    area.style.height = 'auto'
    if (body !== '') area.style.height = `${Math.min(area.scrollHeight + 2, 240)}px`
  }, [field, body])
}

/** Files of the message being written, of this conversation. */
function useFiles(threadId: ThreadId): Uploads & { readonly add: (chosen: readonly File[]) => void } {
  const uploads = useUploads({
    scanned: 'conversations.file.scanned',
    over: `${attachmentLimits.each} fichiers au plus par message.`,
    keptAs: `conversations.files:${threadId}`,
  })
  return {
    ...uploads,
    add: (chosen) =>
      uploads.add(chosen, (id, { name, content }) => {
        const input = { id: id as FileId, threadId, name, content }
        return callAction(addFile, input, { current: { input: JSON.stringify(input), key: id } })
      }),
  }
}

interface Mention {
  readonly open: boolean
  readonly active: number
  readonly listId: string
  readonly optionId: (place: number) => string
  readonly look: (area: HTMLTextAreaElement) => void
  /** True when the key was for the list. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean
  readonly list: ReactNode
}

/** The list that an @ opens: ↓ ↑ move, ↵ takes, Échap closes; focus stays in the field. */
function useMention(
  others: readonly Participant[],
  body: string,
  field: RefObject<HTMLTextAreaElement | null>,
  onPick: (body: string, userId: Participant['userId']) => void,
): Mention {
  const listId = useId()
  const [words, setWords] = useState<string | null>(null)
  const [active, setActive] = useState(0)
  const present = others.filter(({ leftAt }) => leftAt === null)
  const hits =
    words === null
      ? []
      : present
          .filter(
            ({ name }) =>
              searchKey(name)
                .split(' ')
                .some((part) => part.startsWith(searchKey(words))) || searchKey(name).startsWith(searchKey(words)),
          )
          .slice(0, 6)
  const open = hits.length > 0
  useEffect(() => {
    if (active >= hits.length) setActive(0)
  }, [active, hits.length])
  const pick = (one: Participant | undefined): void => {
    const area = field.current
    if (one === undefined || area === null || words === null) return
    const cursor = area.selectionStart
    const start = cursor - words.length - 1
    const next = `${body.slice(0, start)}@${one.name} ${body.slice(cursor)}`
    onPick(next, one.userId)
    setWords(null)
    const at = start + one.name.length + 2
    requestAnimationFrame(() => area.setSelectionRange(at, at))
  }
  const optionId = (place: number): string => `${listId}-${place}`
  return {
    open,
    active,
    listId,
    optionId,
    look: (area) => setWords(mentionTyped(area.value, area.selectionStart)),
    onKeyDown: (event) => {
      if (!open) return false
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setActive((active + (event.key === 'ArrowDown' ? 1 : hits.length - 1)) % hits.length)
      else if (event.key === 'Enter' || event.key === 'Tab') pick(hits[active])
      else if (event.key === 'Escape') setWords(null)
      else return false
      event.preventDefault()
      event.stopPropagation()
      return true
    },
    list: open ? (
      // biome-ignore lint/a11y/noStaticElementInteractions: a click in the list must not take the focus from the field.
      <div className="mentions" onMouseDown={(event) => event.preventDefault()}>
        <div role="listbox" id={listId} aria-label="Nommer">
          {hits.map((one, place) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard acts from the field.
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field.
            <div
              key={one.userId}
              id={optionId(place)}
              className="combo__option"
              role="option"
              aria-selected={place === active}
              onMouseMove={() => setActive(place)}
              onClick={() => pick(one)}
            >
              {one.name} <span className="small dim">{one.profession}</span>
            </div>
          ))}
        </div>
      </div>
    ) : null,
  }
}
