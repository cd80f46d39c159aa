import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import type { Comparison } from '../contract/compare.ts'
import { usePlan } from './use-plan.ts'

/** v 1 – v 2 validée le… – v 3 en rédaction, 3 changements. A former version opens as it was. */
export function VersionsLine(props: { readonly comparison?: Comparison | null | undefined; readonly current?: number | undefined }): ReactNode {
  const { data } = usePlan()
  const last = data.versions.at(-1)?.number
  const living = data.shows === 'living' && data.draftNumber !== null
  const count = props.comparison?.count ?? 0
  return (
    <ol className="vers" aria-label="Versions du PPCS">
      {data.versions.map((one) => {
        const on = props.current === one.number || (props.current === undefined && !living && one.number === last)
        return (
          <li key={one.number} className={on ? 'on' : undefined} aria-current={on ? 'step' : undefined}>
            <i aria-hidden="true" />
            {on ? (
              <VersionWords one={one} last={one.number === last} />
            ) : (
              <Link to="." search={{ version: String(one.number) } as never}>
                <VersionWords one={one} last={one.number === last} />
              </Link>
            )}
          </li>
        )
      })}
      {living ? (
        <li className={props.current === undefined ? 'on' : undefined} aria-current={props.current === undefined ? 'step' : undefined}>
          <i aria-hidden="true" />
          {props.current === undefined ? (
            <span>
              v&nbsp;{data.draftNumber} {data.state === 'proposed' ? `proposée${data.proposedAt ? ` le ${formatDay(data.proposedAt)}` : ''}` : 'en rédaction'}
              {count > 0 ? `, ${plural(count, 'changement')}` : ''}
            </span>
          ) : (
            <Link to="." search={{} as never}>
              v&nbsp;{data.draftNumber} en cours
            </Link>
          )}
        </li>
      ) : null}
    </ol>
  )
}

function VersionWords(props: { readonly one: { readonly number: number; readonly validatedOn: string }; readonly last: boolean }): ReactNode {
  return (
    <>
      v&nbsp;{props.one.number}
      {props.last ? ' validée le ' : ' · '}
      {formatDay(props.one.validatedOn)}
    </>
  )
}
