import { IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import type { ServiceId } from '../../../platform/contract/ids.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useInfiniteJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../../platform/web/display/Button.tsx'
import { EmptyState, Notice } from '../../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Segmented } from '../../../platform/web/form/SegmentedChoice.tsx'
import { Bar, CenterColumn, Columns } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { ExportButton } from '../../../platform/web/table/ExportButton.tsx'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { errorReports, handleReport, type ReportState, reportStates, reportSubjects } from '../../contract/own-words.ts'

type Report = ReturnType<typeof useInfiniteJalonQuery<typeof errorReports>>['rows'][number]

const tones = { open: 'warning', forwarded: 'info', corrected: 'success', rejected: 'neutral' } as const

/** Erreurs signalées: from whoever saw it to whoever can have it put right, until it is. */
export function ReportsPage(): ReactNode {
  const { filters, setFilter } = useUrlFilters({ etat: 'code' })
  const state = filters.etat === 'done' ? 'done' : 'live'
  const list = useInfiniteJalonQuery(errorReports, { state })
  useEvents(['directory.errorReport.*'])
  return (
    <Page title="Erreurs signalées">
      <Bar
        title="Erreurs signalées"
        end={
          <>
            {list.rows.length > 0 ? <ExportButton contract={errorReports} input={{ state, limit: 200 }} /> : null}
            <ButtonLink small to="/annuaire">
              Annuaire
            </ButtonLink>
          </>
        }
      >
        <Segmented
          label="Suivi"
          value={state}
          onChange={(value) => setFilter('etat', value === 'live' ? null : value)}
          options={[
            { value: 'live', label: 'À suivre' },
            { value: 'done', label: 'Terminées' },
          ]}
        />
        <span className="small mut" role="status">
          {list.total === null ? '' : plural(list.total, 'erreur signalée', 'erreurs signalées')}
        </span>
      </Bar>
      <Columns kind="one">
        <CenterColumn label="Erreurs signalées">
          {list.error && list.rows.length === 0 ? (
            <ErrorState error={list.error} onRetry={list.retry} />
          ) : list.loading ? (
            <Waiting />
          ) : list.rows.length === 0 ? (
            <EmptyState icon={IconCircleCheck} title={state === 'live' ? 'Aucune erreur à suivre' : 'Rien de terminé encore'}>
              Sur une fiche de l’annuaire, « Signaler une erreur » arrive ici, avec qui l’a vue et quand.
            </EmptyState>
          ) : (
            <ul className="lines">
              {list.rows.map((report) => (
                <li key={report.id}>
                  <Line report={report} />
                </li>
              ))}
            </ul>
          )}
          {list.hasMore ? (
            <Button small onClick={list.more}>
              Suite
            </Button>
          ) : null}
        </CenterColumn>
      </Columns>
    </Page>
  )
}

const next: Readonly<Record<ReportState, readonly ReportState[]>> = {
  open: ['forwarded', 'corrected', 'rejected'],
  forwarded: ['corrected', 'rejected'],
  corrected: ['open'],
  rejected: ['open'],
}
const verbs: Readonly<Record<ReportState, string>> = { open: 'Rouvrir', forwarded: 'Transmis à la source', corrected: 'Corrigé', rejected: 'Sans suite' }

function Line({ report }: { readonly report: Report }): ReactNode {
  const handle = useAction(handleReport, { serviceId: report.serviceId as ServiceId | null })
  const [answer, setAnswer] = useState('')
  return (
    <div className="stack" style={{ gap: 6 }}>
      <div className="row wrap" style={{ gap: 8 }}>
        <Link to="/annuaire" search={{ fiche: report.partyId } as never}>
          <b>{report.partyLabel}</b>
        </Link>
        <span>{reportSubjects[report.about]}</span>
        <StatusPill tone={tones[report.state]}>{reportStates[report.state]}</StatusPill>
        <span className="end small mut">
          {[report.reportedByName, report.serviceName].filter(Boolean).join(', ')}, le {formatDay(report.reportedAt)}
        </span>
      </div>
      {report.words ? <p>{report.words}</p> : null}
      {report.answer ? (
        <p className="small mut">
          {report.answer}
          {report.handledByName ? ` — ${report.handledByName}, le ${formatDay(report.handledAt ?? report.reportedAt)}` : ''}
        </p>
      ) : null}
      {handle.allowed ? (
        <div className="row wrap">
          <label className="in" style={{ width: 280 }}>
            <input
              className="bare grow"
              aria-label={`Réponse pour ${report.partyLabel}`}
              placeholder="Réponse, facultatif"
              value={answer}
              onChange={(event) => setAnswer(event.currentTarget.value)}
            />
          </label>
          {next[report.state].map((state) => (
            <Button
              key={state}
              small
              blocked={handle.pending}
              onClick={() => void handle.run({ id: report.id, state, answer: answer || null }).then((output) => output !== null && setAnswer(''))}
            >
              {verbs[state]}
            </Button>
          ))}
        </div>
      ) : null}
      {handle.error ? (
        <Notice tone="alert" live>
          {handle.error.detail}
        </Notice>
      ) : null}
    </div>
  )
}
