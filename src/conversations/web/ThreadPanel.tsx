import './conversations.css'
import { IconArrowDown, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode, useEffect, useRef, useState } from 'react'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useInvalidate, useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../platform/web/display/QueryState.tsx'
import { VoletChip } from '../../platform/web/display/Volet.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { sendMessage } from '../contract/actions.ts'
import { type Message, type ThreadHead, thread } from '../contract/queries.ts'
import type { OutcomeKind, ThreadId } from '../contract/thread.ts'
import { MessageComposer } from './MessageComposer.tsx'
import { MessageLine } from './MessageLine.tsx'
import { Participants } from './Participants.tsx'
import { TurnInto } from './TurnInto.tsx'
import { threadTarget } from './thread-target.ts'
import { type OpenMessages, useMessages } from './use-messages.ts'
import { useFirstUnread, useMarkRead } from './use-reading.ts'
import { useStickyEnd } from './use-sticky-end.ts'
import { useWriting, type Writing } from './use-writing.ts'
import { WaitingLine } from './WaitingLine.tsx'
import { aboutWhom, comings, dayLine, dayOfMessage, enumerate, readWords } from './words.ts'

/** One conversation: who, the messages, the place to write. The key makes another conversation another panel. */
export function ThreadPanel(props: {
  readonly threadId: ThreadId
  /** In the person’s own file, she is not named again. */
  readonly inFile?: boolean | undefined
  /** A message to go to, from a search. */
  readonly at?: number | undefined
  /** She left that message for the last ones. */
  readonly onPresent?: (() => void) | undefined
}): ReactNode {
  const head = useJalonQuery(thread, { id: props.threadId })
  const open = useMessages(props.threadId, props.at)
  const invalidate = useInvalidate()
  const [showing, setShowing] = useState(false)
  useEvents(['conversations.thread.read', 'conversations.participants.changed', 'conversations.message.sent'], (event) => {
    if (event['threadId'] === props.threadId) void invalidate(thread)
  })
  const closed = head.error?.status === 404 || open.error?.status === 404
  if (closed) {
    return (
      <section className="talk__center" aria-label="Conversation">
        <div className="talk__closed">
          <ErrorState title="Cette conversation ne vous est pas ouverte">
            Elle n’existe pas, ou vous ne voyez plus le dossier auquel elle appartient. Ce que vous y avez écrit reste à ceux qui y prennent part.
          </ErrorState>
        </div>
      </section>
    )
  }
  // A network that is lost takes away neither what is read nor what is being written.
  if (head.error && (head.data === undefined || head.error.status === 403)) return <ErrorState error={head.error} onRetry={() => void head.refetch()} />
  if (head.data === undefined) return <Waiting />
  return (
    <section className="talk__center" aria-label={`Conversation : ${head.data.subject}`}>
      <header className="talk__head">
        <div className="talk__title">
          <h2 className="cut">{head.data.subject}</h2>
          <p className="small mut cut">
            {props.inFile ? null : head.data.personId === null ? (
              <span>Entre professionnels · </span>
            ) : (
              <>
                <Link to={'/personnes/$personId' as never} params={{ personId: head.data.personId } as never}>
                  {aboutWhom(head.data.person)}
                </Link>
                {' · '}
              </>
            )}
            {head.data.reach === 'circle' ? 'tout le cercle' : whoElse(head.data)}
          </p>
        </div>
        {head.data.personId === null ? null : <VoletChip volet={head.data.volet} />}
        <Button small quiet icon={IconUsers} expanded={showing} onClick={() => setShowing(!showing)}>
          {plural(head.data.participants.filter(({ leftAt }) => leftAt === null).length, 'participant')}
        </Button>
      </header>
      {showing ? <Participants head={head.data} onClose={() => setShowing(false)} /> : null}
      <Talk head={head.data} open={open} onPresent={props.onPresent} />
    </section>
  )
}

function whoElse(head: ThreadHead): string {
  return enumerate(head.participants.filter((one) => one.leftAt === null).map(({ name }) => name))
}

function Talk(props: { readonly head: ThreadHead; readonly open: OpenMessages; readonly onPresent: (() => void) | undefined }): ReactNode {
  const { head, open, onPresent } = props
  const actor = useActor()
  const field = useRef<HTMLTextAreaElement>(null)
  const writing = useWriting(head.id, () => {
    if (open.away) onPresent?.()
    open.afterSending()
  })
  const action = useAction(sendMessage, threadTarget(head))
  const [turning, setTurning] = useState<{ readonly message: Message; readonly kind: OutcomeKind } | null>(null)
  const shown = new Set<string>(open.rows.map(({ id }) => id))
  const waiting = writing.waiting.filter(({ id }) => !shown.has(id))
  const { settle } = writing
  useEffect(() => settle(new Set(open.rows.map(({ id }) => id))), [open.rows, settle])
  const last = open.rows.at(-1)?.number ?? 0
  const lastOfOthers = open.rows.findLast((one) => one.authorId !== actor.userId)?.number ?? 0
  const firstUnread = useFirstUnread(head, open.rows.length > 0)
  const end = useStickyEnd({ last, mineLast: waiting.at(-1)?.id ?? null, loading: open.loading, at: open.around, away: open.away })
  useMarkRead(head, last, end.atEnd && !open.away)
  const kinds: readonly OutcomeKind[] = head.personId === null ? [] : ['note', ...(actor.serviceKind === 'dac' ? (['task'] as const) : []), 'appointment']
  const below = end.atEnd ? 0 : open.rows.filter((one) => one.number > end.seen && one.authorId !== actor.userId).length
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard. */}
      <div className="talk__body" role="log" aria-label="Messages" aria-live="off" tabIndex={0} ref={end.ref} onScroll={end.onScroll}>
        {open.hasEarlier ? (
          <div className="talk__earlier">
            <Button small onClick={() => void end.keepPlace(open.earlier)}>
              Messages plus anciens
            </Button>
          </div>
        ) : null}
        {open.loading ? <Waiting /> : null}
        {open.error && open.rows.length === 0 && !open.loading ? <ErrorState error={open.error} onRetry={open.catchUp} /> : null}
        {!open.loading && open.rows.length === 0 && waiting.length === 0 && !open.error ? (
          <p className="talk__first small mut">Personne n’a encore écrit. Le premier message prévient les autres.</p>
        ) : null}
        <Lines
          head={head}
          rows={open.rows}
          me={actor.userId}
          firstUnread={firstUnread}
          gestures={
            action.allowed
              ? {
                  kinds,
                  onTurnInto: (message, kind) => setTurning({ message, kind }),
                  onReply: (message) => {
                    writing.type({ replyTo: { id: message.id, authorName: message.authorName, excerpt: message.body.slice(0, 120) } })
                    field.current?.focus()
                  },
                }
              : null
          }
        />
        {open.away ? (
          <div className="talk__earlier">
            <Button small onClick={() => void open.later()}>
              Messages plus récents
            </Button>
          </div>
        ) : null}
        {waiting.map((message) => (
          <WaitingLine key={message.id} message={message} writing={writing} personId={head.personId} />
        ))}
        {lastOfOthers < last && waiting.length === 0 && !open.away ? (
          <p className="talk__read small dim">{readWords(last, head.participants, actor.userId)}</p>
        ) : null}
      </div>
      <div role="status" className="talk__below">
        {open.away ? (
          <button
            type="button"
            className="news"
            onClick={() => {
              onPresent?.()
              open.toPresent()
            }}
          >
            <Ic of={IconArrowDown} size="s" /> Revenir au présent
            {head.lastNumber > last ? <span className="vh"> ({plural(head.lastNumber - last, 'message plus récent', 'messages plus récents')})</span> : null}
          </button>
        ) : below > 0 ? (
          <button type="button" className="news" onClick={end.toEnd}>
            <Ic of={IconArrowDown} size="s" /> {plural(below, 'nouveau message', 'nouveaux messages')}
          </button>
        ) : null}
      </div>
      <Foot head={head} writing={writing} field={field} refused={action.visible && !action.allowed ? action.reason : null} />
      {turning && head.personId !== null ? (
        <TurnInto
          personId={head.personId}
          message={turning.message}
          kind={turning.kind}
          volet={head.volet}
          participants={head.participants}
          onClose={() => setTurning(null)}
          onDone={open.catchUp}
        />
      ) : null}
    </>
  )
}

function Foot(props: {
  readonly head: ThreadHead
  readonly writing: Writing
  readonly field: React.RefObject<HTMLTextAreaElement | null>
  readonly refused: string | null
}): ReactNode {
  const { head } = props
  const { userId } = useActor()
  if (props.refused !== null) {
    return (
      <div className="talk__foot">
        <Notice>{props.refused}</Notice>
      </div>
    )
  }
  return (
    <div className="talk__foot">
      <MessageComposer
        threadId={head.id}
        writing={props.writing}
        others={head.participants.filter((one) => one.userId !== userId && one.leftAt === null)}
        field={props.field}
        outside={head.personId === null}
      />
    </div>
  )
}

/** The messages, with the days between them, who came and went, and where the unread ones begin. */
function Lines(props: {
  readonly head: ThreadHead
  readonly rows: readonly Message[]
  readonly me: string
  readonly firstUnread: number | null
  readonly gestures: Parameters<typeof MessageLine>[0]['gestures']
}): ReactNode {
  const { rows, head } = props
  const moves = comings(head.participants)
  return rows.map((message, place) => {
    const before = rows[place - 1]
    const newDay = before === undefined || dayOfMessage(before) !== dayOfMessage(message)
    const unread = message.number === props.firstUnread
    const between = before === undefined ? [] : moves.filter((one) => one.at > before.sentAt && one.at <= message.sentAt)
    const near = before !== undefined && before.authorId === message.authorId && Date.parse(message.sentAt) - Date.parse(before.sentAt) < 300_000
    return (
      <Fragment key={message.id}>
        {newDay ? (
          <h3 className="talk__day">
            <span>{dayLine(message.sentAt)}</span>
          </h3>
        ) : null}
        {between.map((one) => (
          <p key={one.key} className="talk__move small dim">
            {one.words}
          </p>
        ))}
        {unread ? (
          <p className="talk__unread small">
            <span>Non lus</span>
          </p>
        ) : null}
        <MessageLine
          message={message}
          mine={message.authorId === props.me}
          first={newDay || unread || !near || between.length > 0}
          participants={head.participants}
          me={props.me}
          personId={head.personId}
          gestures={props.gestures}
        />
      </Fragment>
    )
  })
}
