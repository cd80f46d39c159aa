import './steering.css'
import { IconDownload, IconEyeOff, IconPencil, IconPrinter } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { downloadCsv } from '../../platform/web/api/client.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { BarList, ColumnChart, DotGrid, TableTwin } from '../../platform/web/chart/charts.tsx'
import { KpiCard } from '../../platform/web/chart/KpiCard.tsx'
import { Button, ButtonLink } from '../../platform/web/display/Button.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { Bar, Card } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import { formatNumber, formatShare, formatSigned } from '../../platform/web/text/numbers.ts'
import { eightIndicators, type Figures } from '../contract/queries.ts'
import { type CardRow, cardsOf, type IndicatorCard, type LineFilter } from './cards.ts'
import { LeftOut, LinesPreview } from './LinesPreview.tsx'
import { PeriodBar } from './PeriodBar.tsx'
import { type SteeringScope, useScope } from './use-scope.ts'

/** The eight national indicators: each number opens its list, each chart has its table. */
export function IndicatorsPage(): ReactNode {
  const steering = useScope()
  const actor = useActor()
  const figures = useJalonQuery(eightIndicators, steering.scope, { keepPrevious: true })
  return (
    <Page title="Les huit indicateurs" where={figures.data?.serviceName} note="Chiffres agrégés, aucun nom">
      <Bar
        title="Les huit indicateurs"
        end={
          figures.data === undefined ? null : (
            <>
              {actor.functions.includes('director') ? (
                <ButtonLink small to="/pilotage/moyens" icon={IconPencil}>
                  Effectif et financement
                </ButtonLink>
              ) : null}
              <Button small icon={IconDownload} onClick={() => void downloadCsv(eightIndicators, steering.scope)}>
                CSV
              </Button>
              <Button small icon={IconPrinter} onClick={() => window.print()}>
                Imprimer
              </Button>
            </>
          )
        }
      >
        {figures.error === null || figures.data !== undefined ? <PeriodBar steering={steering} /> : null}
      </Bar>
      <QueryState query={figures}>{(data) => <Board figures={data} steering={steering} />}</QueryState>
    </Page>
  )
}

function Board({ figures, steering }: { readonly figures: Figures; readonly steering: SteeringScope }): ReactNode {
  const { filters, setFilter } = useUrlFilters({ indicateur: 'code', ligne: 'code' })
  const cards = cardsOf(figures)
  const chosen = cards[Math.min(8, Math.max(1, Number(filters.indicateur ?? 2))) - 1] ?? cards[0]
  const row = chosen?.rows.find((one) => one.code === filters.ligne)
  return (
    <div className="steering-body">
      <div className="kpis">
        {cards.map((card) => (
          <KpiCard
            key={card.number}
            title={`${card.number}. ${card.title}`}
            figure={card.figure}
            unit={card.unit}
            change={card.change}
            good={card.good}
            selected={card.number === chosen?.number}
            onTable={() => {
              setFilter('indicateur', String(card.number))
              setFilter('ligne', null)
            }}
            open={
              steering.region || card.list === null
                ? undefined
                : (figure) => (
                    <ListLink card={card} filter={card.filter} steering={steering}>
                      {figure}
                    </ListLink>
                  )
            }
          >
            <CardChart card={card} figures={figures} />
          </KpiCard>
        ))}
      </div>
      {chosen ? (
        <div className="steering-twins">
          <Twin card={chosen} figures={figures} steering={steering} onRow={(code) => setFilter('ligne', code)} />
          {steering.region ? (
            <Card title="Chiffres agrégés">
              <p className="row row--top small mut">
                <IconEyeOff className="ic" stroke={1.75} aria-hidden="true" />
                La région et la gouvernance lisent des chiffres, jamais une ligne. Un nombre de moins de cinq n’est pas montré, ni ceux de la même période qui
                le feraient retrouver, ici ou dans un autre service.
              </p>
            </Card>
          ) : (
            <LinesPreview card={chosen} row={row ?? null} steering={steering} />
          )}
        </div>
      ) : null}
    </div>
  )
}

function CardChart({ card, figures }: { readonly card: IndicatorCard; readonly figures: Figures }): ReactNode {
  if (card.number === 1) {
    return <ColumnChart points={figures.sollicitations.months.map((m) => ({ label: initial(m.month), value: m.count ?? 0, reference: m.previous }))} />
  }
  if (card.number === 6) {
    const before = `Un an avant\u00a0: ${figures.doctors.previousAsked === null ? 'secret' : formatNumber(figures.doctors.previousAsked)}`
    return <DotGrid count={figures.doctors.asked ?? 0} total={figures.doctors.practising ?? 0} note={before} />
  }
  return <BarList rows={card.rows.slice(0, 5).map((row) => ({ label: row.label, value: row.value ?? 0, reference: row.previous, shown: row.shown }))} />
}

const initial = (month: string): string => new Intl.DateTimeFormat('fr-FR', { month: 'narrow', timeZone: 'UTC' }).format(new Date(`${month}-15T00:00:00Z`))

/** The list behind a number, with the filter that makes the two agree. */
function ListLink({
  card,
  filter,
  steering,
  children,
}: {
  readonly card: IndicatorCard
  readonly filter: LineFilter
  readonly steering: SteeringScope
  readonly children: ReactNode
}): ReactNode {
  return (
    <Link to={`/pilotage/${listPaths[card.list ?? 'requests']}` as never} search={{ ...steering.search, ...filter } as never}>
      {children}
    </Link>
  )
}
const listPaths = { requests: 'demandes', accompaniments: 'accompagnements', doctors: 'generalistes' } as const

function Twin({
  card,
  figures,
  steering,
  onRow,
}: {
  readonly card: IndicatorCard
  readonly figures: Figures
  readonly steering: SteeringScope
  readonly onRow: (code: string) => void
}): ReactNode {
  const year = figures.to.slice(0, 4)
  const before = figures.previousTo.slice(0, 4)
  // Months are no parts of a whole: a column of dashes says nothing.
  const shared = card.rows.some((row) => row.share !== null || row.previousShare !== null)
  const number = (row: CardRow, value: number | null): ReactNode => {
    const text = value === null ? 'secret' : formatNumber(value, card.number === 7 ? 1 : 0)
    if (row.filter === null || steering.region || card.list === null) return text
    return (
      <button type="button" className="steering-link" onClick={() => onRow(row.code)} aria-label={`${row.label}\u00a0: ${text}, voir les lignes`}>
        {text}
      </button>
    )
  }
  return (
    <Card title={`${card.title}, en chiffres`} flush>
      <TableTwin
        caption={`${card.title}, mêmes données que le graphique`}
        columns={[
          { head: 'Détail' },
          { head: year, num: true },
          ...(shared ? [{ head: 'Part', num: true }] : []),
          { head: before, num: true, dim: true },
          ...(shared ? [{ head: `Part ${before}`, num: true, dim: true }] : []),
          { head: 'Écart', num: true },
        ]}
        rows={card.rows.map((row) => [
          row.label,
          number(row, row.value),
          ...(shared ? [row.share === null ? '–' : formatShare(row.share)] : []),
          row.previous === null ? 'secret' : formatNumber(row.previous, card.number === 7 ? 1 : 0),
          ...(shared ? [row.previousShare === null ? '–' : formatShare(row.previousShare)] : []),
          row.value === null || row.previous === null ? '–' : formatSigned(row.value - row.previous, card.number === 7 ? 1 : 0),
        ])}
      />
      <p className="steering-rule small mut">
        {card.rule} <LeftOut card={card} />
      </p>
    </Card>
  )
}
