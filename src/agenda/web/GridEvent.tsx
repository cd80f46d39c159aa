import { IconAlertTriangle, IconCheck, IconLock, IconRepeat } from '@tabler/icons-react'
import { Fragment, type ReactNode } from 'react'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { formatHour } from '../../platform/web/text/dates.ts'
import type { Occurrence } from '../contract/queries.ts'
import type { Placed } from './grid.ts'
import { headWords, iconOf, placeWords } from './occurrence-words.ts'
import { type Carry, hourHeight } from './use-carry.ts'

/** One appointment at its hours: a button, that the mouse also carries and stretches. */
export function GridEvent(props: {
  readonly at: Placed<Occurrence>
  /** First hour shown. */
  readonly first: number
  readonly carry: Carry
  readonly hint: string | undefined
  readonly ofOnePerson: boolean | undefined
  readonly canMove: (one: Occurrence) => boolean
  readonly onOpen: (one: Occurrence) => void
}): ReactNode {
  const { first, carry, hint, canMove, onOpen } = props
  const { item: one, from, to, column, columns } = props.at
  const label = useValueLabels()
  const kindOf = (of: Occurrence): string => label('agenda.appointment_kind', of.kind)
  const mine = one.participants.find((participant) => participant.mine)
  const held = carry.carried?.one.id === one.id
  const short = to - from < 40
  const roomy = to - from >= 60
  const head = props.ofOnePerson ? (one.title ?? kindOf(one)) : headWords(one, kindOf(one))
  const where = placeWords(one)
  const state = stateWords(one)
  const classes = [
    'cal__event',
    `cal__event--${one.state}`,
    mine?.response === 'needs_action' ? 'cal__event--asked' : '',
    held ? 'cal__event--held' : '',
    short ? 'cal__event--short' : '',
    columns > 1 ? 'cal__event--narrow' : '',
  ]
  return (
    <li
      style={{
        top: ((from - first * 60) / 60) * hourHeight,
        height: ((to - from) / 60) * hourHeight - 2,
        left: `${(column / columns) * 100}%`,
        width: `${100 / columns}%`,
      }}
    >
      <button
        type="button"
        data-id={one.id}
        className={classes.filter(Boolean).join(' ')}
        onPointerDown={(down) => carry.start(down, one, false)}
        onPointerMove={carry.drag}
        onPointerUp={carry.drop}
        onClick={(click) => {
          // Keyboard and touch come here; the mouse opened it at its release.
          if (click.detail === 0 || !canMove(one) || (click.nativeEvent as globalThis.PointerEvent).pointerType === 'touch') onOpen(one)
        }}
        onKeyDown={(key) => carry.onKeys(key, one)}
      >
        <span className="cal__time">
          {formatHour(one.startsAt)}
          <span className="cal__marks">
            {hint ? <IconAlertTriangle className="ic ic--s ic--hint" stroke={1.75} aria-hidden="true" /> : null}
            {one.rule ? <Ic of={IconRepeat} size="s" /> : null}
            {one.isPrivate ? <Ic of={IconLock} size="s" /> : null}
            {one.state === 'fulfilled' ? <Ic of={IconCheck} size="s" /> : null}
          </span>
        </span>
        <span className="cal__head">
          <Ic of={iconOf(one.kind)} size="s" />
          <b title={columns > 1 ? head : undefined}>{columns > 1 && !short ? wordByWord(head) : head}</b>
        </span>
        {!roomy ? null : (
          <span className="cal__where">{[props.ofOnePerson || one.person === null ? null : kindOf(one), where].filter(Boolean).join(' · ')}</span>
        )}
        {state && !short ? <span className="cal__state">{state}</span> : null}
        {mine?.response === 'needs_action' && !short ? <span className="cal__state">à répondre</span> : null}
        <span className="vh">
          {[
            `, jusqu’à ${formatHour(one.endsAt)}`,
            head === kindOf(one) || roomy ? null : kindOf(one),
            roomy ? null : where,
            short ? state : null,
            short && mine?.response === 'needs_action' ? 'attend votre réponse' : null,
            hint,
            held ? 'en déplacement' : null,
          ]
            .filter(Boolean)
            .join(', ')}
        </span>
        {canMove(one) ? (
          <span
            className="cal__grip"
            aria-hidden="true"
            onPointerDown={(down) => carry.start(down, one, true)}
            onPointerMove={carry.drag}
            onPointerUp={carry.drop}
          />
        ) : null}
      </button>
    </li>
  )
}

/** Where columns are narrow, a word too long for its line is cut at its end, never in two. */
function wordByWord(text: string): ReactNode {
  // A space that holds two words together lets go here: there is room for one.
  return text.split(/[\s\u00a0\u202f]+/).map((word, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the words of one title, in their order.
    <Fragment key={index}>
      {index > 0 ? ' ' : ''}
      <span className="cal__word">{word}</span>
    </Fragment>
  ))
}

function stateWords(one: Occurrence): string | null {
  if (one.state === 'cancelled') return 'annulé'
  if (one.state === 'noshow') return 'personne'
  return null
}
