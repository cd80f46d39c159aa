import './chart.css'
import '../table/table.css'
import { type CSSProperties, Fragment, type ReactNode } from 'react'

export interface BarRow {
  readonly label: string
  readonly value: number
  /** The same, over the reference period: a tick in ink. */
  readonly reference?: number | null | undefined
  /** What stands at the right: « 33,9 % ». */
  readonly shown: string
}

/** Horizontal bars with direct labels. Silent: TableTwin says the same. */
export function BarList(props: { readonly rows: readonly BarRow[] }): ReactNode {
  const top = Math.max(1e-9, ...props.rows.flatMap((row) => [row.value, row.reference ?? 0]))
  return (
    <div className="bars" aria-hidden="true">
      {props.rows.map((row) => (
        <Fragment key={row.label}>
          <span className="cut">{row.label}</span>
          <span className="b" style={{ '--w': (row.value / top) * 98, '--p': ((row.reference ?? 0) / top) * 98 } as CSSProperties}>
            <i />
            {row.reference === null || row.reference === undefined ? null : <u />}
          </span>
          <span className="v">{row.shown}</span>
        </Fragment>
      ))}
    </div>
  )
}

export interface ColumnPoint {
  /** One or two letters below the column. */
  readonly label: string
  readonly value: number
  readonly reference?: number | null | undefined
}

/** Columns in time, the reference period as a dotted line. Silent: TableTwin says the same. */
export function ColumnChart(props: { readonly points: readonly ColumnPoint[] }): ReactNode {
  const { points } = props
  const top = Math.max(1e-9, ...points.flatMap((point) => [point.value, point.reference ?? 0]))
  const step = 278 / Math.max(1, points.length)
  const width = Math.min(18, step * 0.62)
  const height = (value: number): number => (value / top) * 76
  const middle = (index: number): number => index * step + step / 2
  const line = points
    .map((point, index) => (typeof point.reference === 'number' ? `${middle(index).toFixed(1)} ${(86 - height(point.reference)).toFixed(1)}` : null))
    .filter((at) => at !== null)
  return (
    <svg className="chart" viewBox="0 0 278 104" aria-hidden="true">
      {points.map((point, index) => (
        <g key={`${point.label}-${index.toString()}`}>
          <rect x={middle(index) - width / 2} y={86 - height(point.value)} width={width} height={height(point.value)} rx="2" fill="var(--chart)" />
          <text x={middle(index)} y="101" textAnchor="middle">
            {point.label}
          </text>
        </g>
      ))}
      {line.length > 1 ? (
        <path d={`M${line.join(' L')}`} fill="none" stroke="var(--ink)" strokeWidth="1.75" strokeDasharray="1 4" strokeLinecap="round" />
      ) : null}
      {line.map((at) => (
        <circle key={at} cx={at.split(' ')[0]} cy={at.split(' ')[1]} r="2.4" fill="var(--ink)" />
      ))}
    </svg>
  )
}

/** One dot each, filled for the first `count` of `total`: « 62 généralistes sur 104 ». Beyond 104, a dot stands for several. */
export function DotGrid(props: {
  readonly count: number
  readonly total: number
  readonly note?: string | undefined
  readonly perRow?: number | undefined
}): ReactNode {
  const perRow = props.perRow ?? 26
  const each = Math.max(1, Math.ceil(props.total / (perRow * 4)))
  const dots = Math.ceil(props.total / each)
  const filled = Math.round(props.count / each)
  const rows = Math.ceil(dots / perRow)
  return (
    <div style={{ marginTop: 'auto' }} aria-hidden="true">
      <svg className="chart" viewBox={`0 0 278 ${rows * 13 + 2}`} aria-hidden="true">
        {Array.from({ length: dots }, (_dot, index) => {
          const at = { cx: 6 + (index % perRow) * 10.6, cy: 6 + Math.floor(index / perRow) * 13 }
          return index < filled ? (
            <circle key={`${at.cx}-${at.cy}`} {...at} r="4.1" fill="var(--chart)" />
          ) : (
            <circle key={`${at.cx}-${at.cy}`} {...at} r="3.6" fill="none" stroke="var(--line-strong)" />
          )
        })}
      </svg>
      {props.note || each > 1 ? (
        <p className="micro dim" style={{ marginTop: 4 }}>
          {each > 1 ? `un point pour ${each}. ` : ''}
          {props.note}
        </p>
      ) : null}
    </div>
  )
}

/** A trend in a line, its last point marked. `label` says the figures to readers. */
export function Sparkline(props: { readonly values: readonly number[]; readonly label: string }): ReactNode {
  const low = Math.min(...props.values)
  const span = Math.max(1e-9, Math.max(...props.values) - low)
  const points = props.values.map((value, index) => [3 + (index / Math.max(1, props.values.length - 1)) * 102, 22 - ((value - low) / span) * 17] as const)
  const last = points[points.length - 1]
  return (
    <svg className="sparkline" viewBox="0 0 110 26" height="26" role="img" aria-label={props.label}>
      <path d={`M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join(' L')}`} fill="none" stroke="var(--accent)" strokeWidth="2" />
      {last ? <circle cx={last[0]} cy={last[1]} r="3.5" fill="var(--accent)" /> : null}
    </svg>
  )
}

export interface TwinColumn {
  readonly head: string
  readonly num?: boolean | undefined
  readonly dim?: boolean | undefined
}

/** The table that says what a chart shows. The first cell of a row is its heading; numbers may be links to their lists. */
export function TableTwin(props: {
  readonly caption: string
  readonly columns: readonly TwinColumn[]
  readonly rows: readonly (readonly ReactNode[])[]
}): ReactNode {
  return (
    <table className="tbl tbl--twin stacks stacks--twin">
      <caption className="vh">{props.caption}</caption>
      <thead>
        <tr>
          {props.columns.map((column) =>
            // A column of gestures has no name: an empty heading would be read as one (axe: empty-table-header).
            column.head === '' ? (
              <td key="gestures" />
            ) : (
              <th key={column.head} scope="col" className={column.num ? 'num' : undefined}>
                {column.head}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row, index) => (
          <tr key={index.toString()}>
            {row.map((cell, at) => {
              const column = props.columns[at]
              const className = [column?.num && 'num', column?.dim && 'dim'].filter(Boolean).join(' ') || undefined
              return at === 0 ? (
                <th key={at.toString()} scope="row" className={className}>
                  {cell}
                </th>
              ) : (
                <td key={at.toString()} className={className} data-head={column?.head || undefined} data-none={cell === '–' ? '' : undefined}>
                  {cell}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
