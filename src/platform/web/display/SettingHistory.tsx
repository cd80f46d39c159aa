import type { ReactNode } from 'react'
import { formatWhen } from '../text/dates.ts'

interface Line {
  readonly version: number
  readonly words: string
  readonly justification: string
  readonly changedBy: string | null
  readonly changedAt: string
}

/** What the setting was worth, since when, by whom, and the reason written then. */
export function SettingHistory(props: { readonly lines: readonly Line[] }): ReactNode {
  const [now, ...before] = props.lines
  if (now === undefined) return null
  const said = (line: Line): ReactNode => (
    <>
      <div className="small mut">
        {line.changedBy ?? 'À l’installation'}, {formatWhen(line.changedAt)}
      </div>
      <p className="small">{line.justification}</p>
    </>
  )
  return (
    <div className="stack">
      {said(now)}
      {before.length > 0 ? (
        <details>
          <summary className="small">Ce qui valait avant ({before.length})</summary>
          <ul className="lines">
            {before.map((line) => (
              <li key={line.version} style={{ padding: '8px 0' }}>
                <b className="small">{line.words}</b>
                {said(line)}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  )
}
