import { IconArrowDownRight, IconArrowUpRight, IconEqual } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { plural } from '../../platform/web/text/typography.ts'
import type { FormerResult, Result } from '../contract/assessment.ts'
import { type Change, changeBetween } from '../contract/change.ts'
import type { FormDefinition } from '../contract/form-definition.ts'
import type { Score } from '../contract/scoring.ts'
import { changeWords, formerWords, readingOf, toneOf } from './words.ts'

/** « GIR 3 », what it means, what it was: live while one answers, as kept once finished. */
export function ScoreBox(props: {
  readonly form: FormDefinition
  readonly score: Pick<Score, 'score' | 'printed' | 'label' | 'severity' | 'readings' | 'details'> | Result | null
  readonly former: FormerResult | null
  readonly missing?: number | undefined
}): ReactNode {
  const { score, former, form } = props
  const printed = score?.printed ?? null
  const reading = score && printed !== null ? readingOf({ printed, label: score.label }) : null
  const value = score?.score ?? null
  return (
    <div className="scorebox" role="status">
      {printed === null ? (
        <span className="figure figure--none">{props.missing ? `encore ${plural(props.missing, 'réponse')}` : 'pas encore de score'}</span>
      ) : (
        <>
          <span className="figure">{printed}</span>
          {reading ? (
            <span>
              <StatusPill tone={toneOf(score?.severity ?? null)}>{reading}</StatusPill>
            </span>
          ) : null}
        </>
      )}
      {score && printed !== null
        ? score.readings.map((one) => (
            <span key={one.set} className="small mut">
              {one.label}
            </span>
          ))
        : null}
      {score && printed !== null && score.details['rank'] !== undefined ? <span className="small dim">rang {score.details['rank']} sur 13</span> : null}
      {former ? (
        <span className="small mut row" style={{ gap: 5 }}>
          {formerWords(former)}
          {value !== null ? <ChangeWord change={changeBetween(form, former.score, value)} /> : null}
        </span>
      ) : null}
    </div>
  )
}

const arrows = { better: IconArrowUpRight, worse: IconArrowDownRight, same: IconEqual }

/** « s’aggrave », with its arrow. */
export function ChangeWord(props: { readonly change: Change | null }): ReactNode {
  if (props.change === null) return null
  return (
    <span className={`row nw ${props.change === 'worse' ? 't-warning' : props.change === 'better' ? 't-success' : 'dim'}`} style={{ gap: 3 }}>
      <Ic of={arrows[props.change]} size="s" />
      {changeWords[props.change]}
    </span>
  )
}
