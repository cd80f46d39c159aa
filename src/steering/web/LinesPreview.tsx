import { IconListNumbers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { TableTwin } from '../../platform/web/chart/charts.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { Card } from '../../platform/web/layout/Columns.tsx'
import { formatInstant } from '../../platform/web/text/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { accompanimentLines, doctorLines, sollicitationLines } from '../contract/queries.ts'
import type { CardRow, IndicatorCard, LineFilter } from './cards.ts'
import { accompanimentFilter, doctorFilter, sollicitationFilter } from './line-filters.ts'
import type { SteeringScope } from './use-scope.ts'

/** The first lines behind the number that is looked at; the link opens them all. */
export function LinesPreview({
  card,
  row,
  steering,
}: {
  readonly card: IndicatorCard
  readonly row: CardRow | null
  readonly steering: SteeringScope
}): ReactNode {
  const filter = row?.filter ?? card.filter
  const about = row?.label ?? card.unit
  if (card.list === 'requests') return <Requests about={about} filter={filter} steering={steering} />
  if (card.list === 'accompaniments') return <Accompaniments about={about} filter={filter} steering={steering} />
  if (card.list === 'doctors') return <Doctors filter={filter} steering={steering} />
  return (
    <Card title={card.title}>
      <p className="small mut">{card.rule}</p>
      <p className="small mut">
        <LeftOut card={card} />
      </p>
    </Card>
  )
}

/** What the rule leaves out, said as such. */
export function LeftOut({ card }: { readonly card: IndicatorCard }): ReactNode {
  return (
    <>
      <span className="semi">Hors du compte{'\u00a0'}:</span> {card.leavesOut.charAt(0).toLocaleLowerCase('fr-FR') + card.leavesOut.slice(1)}
    </>
  )
}

interface PreviewProps {
  readonly filter: LineFilter
  readonly steering: SteeringScope
}
const none = (
  <EmptyState icon={IconListNumbers} title="Aucune ligne">
    Rien n’est compté sous ce chiffre sur cette période.
  </EmptyState>
)
const all = (to: string, { filter, steering }: PreviewProps): ReactNode => (
  <Link className="small" to={to as never} search={{ ...steering.search, ...filter } as never}>
    Ouvrir la liste
  </Link>
)

function Requests({ about, ...props }: PreviewProps & { readonly about: string }): ReactNode {
  const lines = useJalonQuery(sollicitationLines, { ...props.steering.scope, ...sollicitationFilter(props.filter), pageSize: 6 }, { keepPrevious: true })
  return (
    <Card title={lines.data ? plural(lines.data.total, 'demande') : 'Demandes'} count={about} end={all('/pilotage/demandes', props)} flush>
      <QueryState query={lines}>
        {({ rows }) =>
          rows.length === 0 ? (
            none
          ) : (
            <TableTwin
              caption="Les dernières demandes comptées"
              columns={[{ head: 'Reçue le' }, { head: 'Demandeur' }, { head: 'Motif' }, { head: 'Répondu en (temps ouvré)', num: true }]}
              rows={rows.map((line) => [formatInstant(line.receivedAt).slice(0, 10), line.requester, line.motive ?? '–', delay(line.answeredAfter, line.late)])}
            />
          )
        }
      </QueryState>
    </Card>
  )
}

/** A day of opening, from 8 h 30 to 18 h. */
const openingDay = 570

/** « 40 min », « 3 h », « 2 j »: time during which the service was open, in red when later than asked. */
export function delay(minutes: number | null, late: boolean): ReactNode {
  if (minutes === null) return 'en cours'
  const text =
    minutes < 60
      ? `${Math.max(1, minutes)}\u00a0min`
      : minutes < openingDay
        ? `${Math.round(minutes / 60)}\u00a0h`
        : `${Math.round((minutes / openingDay) * 10) / 10}\u00a0j`.replace('.', ',')
  return late ? <span className="t-alert semi">{text}, en retard</span> : text
}

function Accompaniments({ about, ...props }: PreviewProps & { readonly about: string }): ReactNode {
  const lines = useJalonQuery(accompanimentLines, { ...props.steering.scope, ...accompanimentFilter(props.filter), pageSize: 6 }, { keepPrevious: true })
  return (
    <Card title={lines.data ? plural(lines.data.total, 'personne') : 'Personnes'} count={about} end={all('/pilotage/accompagnements', props)} flush>
      <QueryState query={lines}>
        {({ rows }) =>
          rows.length === 0 ? (
            none
          ) : (
            <TableTwin
              caption="Les derniers accompagnements comptés"
              columns={[{ head: 'Repère' }, { head: 'Âge', num: true }, { head: 'Commune' }, { head: 'Ouvert le' }]}
              rows={rows.map((line) => [line.pseudonym, line.age ?? '–', line.commune ?? '–', formatDay(line.openedOn)])}
            />
          )
        }
      </QueryState>
    </Card>
  )
}

function Doctors(props: PreviewProps): ReactNode {
  const lines = useJalonQuery(doctorLines, { ...props.steering.scope, ...doctorFilter(props.filter), pageSize: 6 }, { keepPrevious: true })
  return (
    <Card title={lines.data ? plural(lines.data.total, 'généraliste') : 'Généralistes'} end={all('/pilotage/generalistes', props)} flush>
      <QueryState query={lines}>
        {({ rows }) =>
          rows.length === 0 ? (
            none
          ) : (
            <TableTwin
              caption="Généralistes du territoire"
              columns={[{ head: 'Nom' }, { head: 'Commune' }, { head: 'Demandes', num: true }]}
              rows={rows.map((line) => [line.name, line.city ?? '–', line.requests])}
            />
          )
        }
      </QueryState>
    </Card>
  )
}
