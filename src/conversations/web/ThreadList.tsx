import './conversations.css'
import { IconAt, IconMessages, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import type { ListQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../platform/web/display/QueryState.tsx'
import { VoletShape } from '../../platform/web/display/Volet.tsx'
import { formatWhen } from '../../platform/web/text/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import type { ThreadLine, threads } from '../contract/queries.ts'
import { aboutWhom, enumerate } from './words.ts'

/** My conversations, the last that moved first. `open` is the one on screen; `inFile` leaves out whom they are about. */
export function ThreadList(props: {
  readonly list: ListQuery<typeof threads>
  readonly open: string | undefined
  readonly inFile?: boolean | undefined
  readonly empty: string
  readonly emptyWords: string
  /** Where a line leads; to the page of conversations by default. */
  readonly onOpen?: ((id: string) => void) | undefined
}): ReactNode {
  const { list } = props
  if (list.error && list.rows.length === 0) return <ErrorState error={list.error} onRetry={list.retry} />
  if (list.loading) return <Waiting />
  if (list.rows.length === 0) {
    return (
      <div className="threads__empty">
        <EmptyState icon={IconMessages} title={props.empty}>
          {props.emptyWords}
        </EmptyState>
      </div>
    )
  }
  return (
    <>
      <ul className="threads" aria-label="Conversations">
        {list.rows.map((line) => (
          <li key={line.id}>
            <ThreadRow line={line} current={line.id === props.open} inFile={props.inFile ?? false} onOpen={props.onOpen} />
          </li>
        ))}
      </ul>
      {list.hasMore ? (
        <div className="threads__more">
          <Button small onClick={list.more} disabled={list.loadingMore}>
            {list.loadingMore ? 'Chargement…' : 'Conversations plus anciennes'}
          </Button>
        </div>
      ) : null}
    </>
  )
}

function ThreadRow(props: {
  readonly line: ThreadLine
  readonly current: boolean
  readonly inFile: boolean
  readonly onOpen: ((id: string) => void) | undefined
}): ReactNode {
  const { line } = props
  const actor = useActor()
  const inside = (
    <>
      <span className="threadrow__top">
        {line.person === null ? <Ic of={IconUsers} size="s" /> : <VoletShape volet={line.volet} named />}
        <span className="threadrow__who cut">{props.inFile ? line.subject : aboutWhom(line.person)}</span>
        <span className="small dim nw">{formatWhen(line.lastAt)}</span>
      </span>
      {props.inFile ? null : <span className="threadrow__subject cut">{line.subject}</span>}
      <span className="threadrow__last">
        <span className="cut small mut">{lastWords(line, actor.userId)}</span>
        {line.mentioned ? (
          <span className="threadrow__at">
            <Ic of={IconAt} size="s" />
            <span className="vh">Vous êtes nommé</span>
          </span>
        ) : null}
        {line.unread > 0 ? (
          <span className="threadrow__n">
            {line.unread}
            <span className="vh"> {plural(line.unread, 'message non lu', 'messages non lus').replace(/^\S+\s/, '')}</span>
          </span>
        ) : null}
      </span>
      <span className="small dim cut">{line.present ? enumerate(line.others) : 'Vous n’y prenez plus part'}</span>
    </>
  )
  const className = `threadrow${props.current ? ' threadrow--on' : ''}${line.unread > 0 ? ' threadrow--new' : ''}`
  const { onOpen } = props
  if (onOpen) {
    return (
      <button type="button" className={className} aria-current={props.current || undefined} onClick={() => onOpen(line.id)}>
        {inside}
      </button>
    )
  }
  return (
    <Link to={'/echanges/$threadId' as never} params={{ threadId: line.id } as never} className={className} aria-current={props.current ? 'page' : undefined}>
      {inside}
    </Link>
  )
}

function lastWords({ last }: ThreadLine, me: string): string {
  if (last === null) return 'Aucun message encore'
  const who = last.authorId === me ? 'Vous' : last.authorName
  const what = last.excerpt || plural(last.files, 'fichier joint', 'fichiers joints')
  return `${who} : ${what}`
}
