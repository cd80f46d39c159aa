import './safeguarding.css'
import { IconLock, IconPlus, IconShieldHeart } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { accompanies } from '../../platform/contract/actor.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useInfiniteJalonQuery } from '../../platform/web/api/use-query.ts'
import { ButtonLink } from '../../platform/web/display/Button.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { Segmented } from '../../platform/web/form/SegmentedChoice.tsx'
import { Bar } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { useKey } from '../../platform/web/shell/keys.ts'
import { DataTable } from '../../platform/web/table/DataTable.tsx'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import { formatWhen } from '../../platform/web/text/dates.ts'
import { reports } from '../contract/queries.ts'
import { DangerPill, endangeredLine, nameOf, traitsOf, useKindWords } from './report-words.tsx'

/** « Signalements »: mine and those for which I was named a reader; a direction sees those of its service. */
export function ReportsPage(): ReactNode {
  const actor = useActor()
  const navigate = useNavigate()
  const label = useValueLabels()
  const kinds = useKindWords()
  const { filters, setFilter } = useUrlFilters({ etat: 'code' })
  const state = filters.etat === 'clos' ? 'closed' : 'open'
  const list = useInfiniteJalonQuery(reports, { state })
  useEvents(['safeguarding.*'])
  const writes = accompanies(actor)
  useKey('c', () => void navigate({ to: '/signalements/nouveau' }), 'Nouveau signalement', writes)
  const create = (
    <ButtonLink main icon={IconPlus} keys="C" to="/signalements/nouveau">
      Nouveau signalement
    </ButtonLink>
  )
  return (
    <Page title="Signalements" note={<ReadersOnly />}>
      <Bar title="Signalements" end={writes ? create : undefined}>
        <Segmented
          inline
          label="État"
          value={state}
          onChange={(value) => setFilter('etat', value === 'closed' ? 'clos' : null)}
          options={[
            { value: 'open', label: 'En cours' },
            { value: 'closed', label: 'Clos' },
          ]}
        />
      </Bar>
      <DataTable
        list={list}
        caption="Signalements que vous pouvez lire"
        unit={['signalement', 'signalements']}
        rowKey={(row) => row.id}
        rowLink={(row) => ({ to: '/signalements/$reportId', params: { reportId: row.id } as never })}
        columns={[
          { key: 'person', head: 'Personne', width: 300, cell: (row) => <b>{nameOf(row)}</b> },
          { key: 'danger', head: 'Danger', width: 190, cell: (row) => <DangerPill level={row.dangerLevel} /> },
          {
            key: 'kinds',
            head: 'Forme, qui',
            cell: (row) => (
              <span className="small mut">
                {kinds(row.kinds)}
                {row.endangered === 'person' ? ` · ${traitsOf(row)}` : ` · ${endangeredLine(row)}`}
              </span>
            ),
          },
          {
            key: 'sent',
            head: 'Autorité saisie',
            width: 230,
            cell: (row) =>
              row.authorities.length > 0 ? (
                <span className="small">
                  {row.authorities.map((one) => label('safeguarding.authority', one)).join(', ')}
                  {row.firstSentOn ? <span className="mut">, le {formatDay(row.firstSentOn)}</span> : null}
                </span>
              ) : (
                <StatusPill tone="warning">Pas encore transmis</StatusPill>
              ),
          },
          { key: 'author', head: 'Écrit par', width: 150, cell: (row) => <span className="mut">{row.mine ? 'vous' : row.authorName}</span> },
          {
            key: 'last',
            head: state === 'open' ? 'Dernière ligne' : 'Clos',
            width: 140,
            cell: (row) => <span className="small mut">{formatWhen(row.closedAt ?? row.lastAt)}</span>,
          },
        ]}
        empty={
          <EmptyState
            icon={IconShieldHeart}
            title={state === 'open' ? 'Aucun signalement en cours' : 'Aucun signalement clos'}
            action={writes ? create : undefined}
          >
            Seuls apparaissent ici ceux que vous avez écrits, ou dont vous êtes lecteur. Un doute se partage d’abord avec votre hiérarchie ; un danger immédiat,
            avec le 17 ou le 15.
          </EmptyState>
        }
      />
    </Page>
  )
}

/** What the top bar says of every page of reports. */
export function ReadersOnly(): ReactNode {
  return (
    <>
      <Ic of={IconLock} size="s" />
      <span>
        Accès restreint<span className="no-phone">, hors de l’espace partagé</span>
      </span>
    </>
  )
}
