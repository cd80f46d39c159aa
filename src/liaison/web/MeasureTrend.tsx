import '../../platform/web/chart/chart.css'
import type { ReactNode } from 'react'
import { dayOf, formatDay } from '../../platform/contract/dates.ts'
import { displayZone } from '../../platform/web/text/dates.ts'
import { measureName, measureWords } from '../contract/measure-kinds.ts'
import type { MeasuresOfKind } from '../contract/measures.ts'

const width = 640
const height = 150
const left = 46
const foot = 22

/** How a measure moves in time, with the person's threshold as dotted lines. Silent: the table below says the same. */
export function MeasureTrend({ of }: { readonly of: MeasuresOfKind }): ReactNode {
  const rows = of.rows
    .filter((row) => row.struckBecause === null)
    .slice(0, 60)
    .reverse()
  const [first, last] = [rows[0], rows[rows.length - 1]]
  if (first === undefined || last === undefined || rows.length < 2) return null
  const figures = [...rows.flatMap((row) => [row.value, ...(row.second === null ? [] : [row.second])]), ...[of.low, of.high].filter((one) => one !== null)]
  const [least, most] = [Math.min(...figures), Math.max(...figures)]
  const span = Math.max(1e-9, most - least)
  const [from, to] = [Date.parse(first.at), Date.parse(last.at)]
  const x = (at: string): number => left + ((Date.parse(at) - from) / Math.max(1, to - from)) * (width - left - 12)
  const y = (value: number): number => 10 + (1 - (value - least) / span) * (height - foot - 20)
  const path = (values: readonly (readonly [string, number])[]): string =>
    `M${values.map(([at, value]) => `${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join(' L')}`
  const second = rows.flatMap((row) => (row.second === null ? [] : [[row.at, row.second] as const]))
  return (
    <figure style={{ margin: 0 }}>
      <figcaption className="small mut">
        {measureName(of.kind)}, du {formatDay(dayOf(first.at, displayZone()))} au {formatDay(dayOf(last.at, displayZone()))}
        {of.low === null ? '' : ` · alerter sous ${measureWords(of.kind, of.low, null)}`}
        {of.high === null ? '' : ` · alerter au-dessus de ${measureWords(of.kind, of.high, null)}`}
      </figcaption>
      <svg className="chart" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {[most, least].map((value) => (
          <text key={value} x={left - 6} y={y(value) + 4} textAnchor="end">
            {value.toLocaleString('fr-FR')}
          </text>
        ))}
        {[of.low, of.high].map((value) =>
          value === null ? null : (
            <path key={value} d={`M${left} ${y(value)} H${width - 12}`} fill="none" stroke="var(--alert)" strokeWidth="1.5" strokeDasharray="2 4" />
          ),
        )}
        <path d={path(rows.map((row) => [row.at, row.value] as const))} fill="none" stroke="var(--chart)" strokeWidth="2" />
        {second.length > 1 ? <path d={path(second)} fill="none" stroke="var(--chart)" strokeWidth="2" strokeDasharray="5 3" /> : null}
        {rows.map((row) => (
          <circle key={row.id} cx={x(row.at)} cy={y(row.value)} r="3.2" fill="var(--chart)" />
        ))}
        <text x={left} y={height - 5}>
          {formatDay(dayOf(first.at, displayZone())).slice(0, 5)}
        </text>
        <text x={width - 12} y={height - 5} textAnchor="end">
          {formatDay(dayOf(last.at, displayZone())).slice(0, 5)}
        </text>
      </svg>
    </figure>
  )
}
