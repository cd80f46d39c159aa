import { IconPencil } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import type { AssessmentId } from '../contract/assessment.ts'
import { currentForm } from '../contract/library.ts'
import type { assessmentDetail } from '../contract/queries.ts'
import { readingOf, toneOf } from './words.ts'

/** The place of a grid inside an evaluation: its result, or the way to fill it. */
export function GridPlace(props: {
  readonly code: string
  readonly label: string
  readonly known: OutputOf<typeof assessmentDetail>['grids'][number] | null
  readonly pending?: boolean | undefined
  readonly onFill?: (() => void) | undefined
  readonly onOpen: (id: AssessmentId) => void
}): ReactNode {
  const { known } = props
  const form = currentForm(props.code)
  const draft = known?.state === 'draft'
  return (
    <div className="row wrap">
      <span className="grow">
        <b className="semi">{props.label}</b>
        <span className="small dim"> {form ? `${form.minutes}\u00a0min` : ''}</span>
      </span>
      {known?.result ? (
        <>
          <b>{known.result.printed}</b>
          {readingOf(known.result) ? <StatusPill tone={toneOf(known.result.severity)}>{readingOf(known.result)}</StatusPill> : null}
          <span className="small dim">{known.within ? '' : `le ${formatDay(known.performedOn)}`}</span>
        </>
      ) : null}
      {known ? (
        <Button small quiet icon={draft ? IconPencil : undefined} onClick={() => props.onOpen(known.assessmentId)}>
          {draft ? 'Reprendre' : 'Voir'}
        </Button>
      ) : null}
      {props.onFill && !draft && !known?.within ? (
        <Button small blocked={props.pending} onClick={props.onFill}>
          {known ? 'Coter à nouveau' : 'Coter'}
        </Button>
      ) : null}
    </div>
  )
}
