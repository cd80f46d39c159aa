import './liaison.css'
import { IconActivityHeartbeat } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { PersonTarget } from '../../persons/contract/person.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import { dayOf, formatDay } from '../../platform/contract/dates.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Sparkline } from '../../platform/web/chart/charts.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { Waiting } from '../../platform/web/display/QueryState.tsx'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { displayZone } from '../../platform/web/text/dates.ts'
import { formatSigned } from '../../platform/web/text/numbers.ts'
import { measureKind, measureName, measureWords } from '../contract/measure-kinds.ts'
import { type MeasuresOfKind, measures } from '../contract/measures.ts'
import { MeasuresDialog } from './MeasuresDialog.tsx'

/** The last figure of each measure, how it moved in three months, and the way to all of them. */
export function MeasuresInBrief(props: { readonly personId: PersonId; readonly openVolets: readonly Volet[] }): ReactNode {
  const query = useJalonQuery(measures, { personId: props.personId })
  useEvents(['liaison.measure.recorded', 'liaison.measure.struck', 'liaison.measureThreshold.set'])
  const [open, setOpen] = useState(false)
  const target = { volets: props.openVolets } as unknown as PersonTarget
  const kinds = (query.data?.kinds ?? []).filter(({ rows }) => rows.some((row) => row.struckBecause === null))
  return (
    <Section
      title="Mesures"
      end={
        kinds.length > 0 ? (
          <button type="button" className="linklike" onClick={() => setOpen(true)}>
            Toutes
          </button>
        ) : undefined
      }
    >
      {query.data === undefined ? (
        <Waiting label="Lecture des mesures" />
      ) : kinds.length === 0 ? (
        <Button small icon={IconActivityHeartbeat} onClick={() => setOpen(true)}>
          Noter une mesure
        </Button>
      ) : (
        <ul className="lines">
          {kinds.slice(0, 4).map((one) => (
            <LastFigure key={one.kind} of={one} />
          ))}
        </ul>
      )}
      {open ? <MeasuresDialog personId={props.personId} target={target} kinds={query.data?.kinds ?? []} onClose={() => setOpen(false)} /> : null}
    </Section>
  )
}

function LastFigure({ of }: { readonly of: MeasuresOfKind }): ReactNode {
  const kept = of.rows.filter((row) => row.struckBecause === null)
  const last = kept[0]
  if (last === undefined) return null
  const recent = kept.filter((row) => Date.parse(row.at) > Date.parse(last.at) - 92 * 86_400_000).reverse()
  const first = recent[0]
  const change = first === undefined || recent.length < 2 ? 0 : Math.round((last.value - first.value) * 10) / 10
  const out = (of.low !== null && last.value < of.low) || (of.high !== null && last.value > of.high)
  return (
    <li className="row wrap measure">
      <span className="grow">
        <span className="small mut">{measureName(of.kind)}</span>
        <br />
        <b className={out ? 't-alert' : undefined}>{measureWords(of.kind, last.value, last.second)}</b>{' '}
        <span className="small mut">
          {out ? 'hors du seuil · ' : ''}
          {change === 0 || of.kind === 'blood_pressure'
            ? `le ${formatDay(dayOf(last.at, displayZone())).slice(0, 5)}`
            : `${formatSigned(change)}\u00a0${measureKind(of.kind)?.unit ?? ''} en 3 mois`}
        </span>
      </span>
      {recent.length > 1 ? (
        <Sparkline values={recent.map((row) => row.value)} label={`${measureName(of.kind)}, ${recent.length} mesures en trois mois`} />
      ) : null}
    </li>
  )
}
