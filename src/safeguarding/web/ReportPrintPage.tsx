import './safeguarding.css'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { PrintLayout } from '../../platform/web/layout/PrintLayout.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { usePathId } from '../../platform/web/router/use-path-id.ts'
import { today } from '../../platform/web/text/dates.ts'
import { typo } from '../../platform/web/text/typography.ts'
import { type ReportData, report } from '../contract/queries.ts'
import type { EntryKind, ReportId } from '../contract/report.ts'
import { EntryLine } from './EntryLine.tsx'
import { endangeredLine, nameOf, traitsOf, useKindWords } from './report-words.tsx'

/** What is handed to the authority: the facts and what was done of them, without the list of readers. */
export function ReportPrintPage(): ReactNode {
  const id = usePathId<ReportId>('reportId')
  const query = useJalonQuery(report, { id })
  return (
    <Page
      title="Signalement"
      hiddenHeading={query.data === undefined}
      where={
        <Link to="/signalements/$reportId" params={{ reportId: id } as never}>
          ‹ Revenir au signalement
        </Link>
      }
    >
      <QueryState query={query}>{(data) => <Paper data={data} />}</QueryState>
    </Page>
  )
}

const parts: readonly { readonly kind: EntryKind; readonly title: string }[] = [
  { kind: 'fact', title: 'Faits observés ou rapportés' },
  { kind: 'concerned', title: 'Autres personnes concernées' },
  { kind: 'notice', title: 'Information de la personne, des proches, de la hiérarchie' },
  { kind: 'sending', title: 'Autorités saisies' },
  { kind: 'step', title: 'Suites' },
]

function Paper({ data }: { readonly data: ReportData }): ReactNode {
  const label = useValueLabels()
  const kinds = useKindWords()
  const authorities = data.entries.filter(({ kind }) => kind === 'sending').map(({ code }) => label('safeguarding.authority', code))
  return (
    <PrintLayout
      title={data.endangered === 'child' ? 'Information préoccupante' : 'Signalement'}
      about={`${nameOf(data)}, ${traitsOf(data)}`}
      date={formatDay(today())}
      author={[data.authorName, data.authorFunction, data.serviceName].filter(Boolean).join(', ')}
      givenTo={authorities.length > 0 ? [...new Set(authorities)].join(', ') : undefined}
      foot={
        <>
          Document confidentiel, couvert par le secret professionnel. Transmis en application des articles 226-14 et 434-3 du code pénal et L.{'\u00a0'}119-1 du
          code de l’action sociale et des familles. {typo('N° de signalement :')} <span className="nw">{data.id}</span>
        </>
      }
    >
      <dl className="who">
        <dt>En danger</dt>
        <dd>{endangeredLine(data)}</dd>
        <dt>Où la trouver</dt>
        <dd>{data.whereabouts ?? 'non noté'}</dd>
        <dt>Niveau de danger</dt>
        <dd>{label('safeguarding.danger_level', data.dangerLevel)}</dd>
        <dt>Forme</dt>
        <dd>{kinds(data.kinds)}</dd>
        <dt>Ce qui fait craindre</dt>
        <dd className="entry__words">{data.danger}</dd>
      </dl>
      {parts.map(({ kind, title }) => {
        const entries = data.entries.filter((one) => one.kind === kind)
        return entries.length === 0 ? null : (
          <section key={kind}>
            <h3>{title}</h3>
            <ul>
              {entries.map((entry) => (
                <EntryLine key={entry.id} entry={entry} />
              ))}
            </ul>
          </section>
        )
      })}
      {data.state === 'closed' ? (
        <section>
          <h3>Issue</h3>
          <p>
            {label('safeguarding.outcome', data.outcome)}, le {formatDay(data.closedAt ?? data.openedAt)}. {data.outcomeWords}
          </p>
        </section>
      ) : null}
      <p style={{ marginTop: 24 }}>Signature{'\u00a0'}:</p>
    </PrintLayout>
  )
}
