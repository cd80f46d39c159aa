import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useAction } from '../../platform/web/api/use-action.ts'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { FilItem } from '../../platform/web/display/Timeline.tsx'
import { formatWhen } from '../../platform/web/text/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { openItem } from '../contract/actions.ts'
import type { TimelineLine } from '../contract/queries.ts'
import { NoteThread } from './NoteThread.tsx'
import { sourceWord } from './source-words.ts'

/** How long « lu par » is told of a note. */
const toldFor = 31 * 86_400_000

/** One line of the Fil: opening it clears its mark; a note opens with its answers and the place to answer. */
export function FilLine(props: { readonly line: TimelineLine }): ReactNode {
  const { line } = props
  const [open, setOpen] = useState(false)
  const mark = useAction(openItem, null)
  const isNote = line.note !== null
  const toggle = (): void => {
    // A note of these weeks that was marked as read without being opened is opened now: « lu par » says so.
    if (line.unread || (isNote && !open && Date.now() - Date.parse(line.at) < toldFor)) void mark.run({ itemId: line.id })
    setOpen(!open)
  }
  const author = [line.authorName, line.authorFunction].filter(Boolean).join(', ')
  return (
    <FilItem
      volet={line.isPrivate ? 'private' : line.volet}
      title={line.title}
      unread={line.unread}
      onOpen={isNote || line.unread ? toggle : undefined}
      meta={
        <>
          {formatWhen(line.at)} · {author} · {sourceWord(line)}
          {line.note !== null && line.note.replies > 0 && line.note.relation === null ? ` · ${plural(line.note.replies, 'réponse')}` : ''}
        </>
      }
    >
      {open && isNote ? <NoteThread noteId={line.note?.rootId as never} /> : line.summary}
      {line.note?.alertState === 'to_take' && !open ? (
        <div>
          <StatusPill tone="alert" icon={IconAlertTriangle}>
            {line.note.urgent ? 'Réponse rapide demandée' : 'Alerte à prendre'}
          </StatusPill>
        </div>
      ) : null}
    </FilItem>
  )
}
