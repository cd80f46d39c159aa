import { IconMoonStars, IconUsersGroup } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { dayOf, formatDay } from '../../platform/contract/dates.ts'
import type { UserId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useInfiniteJalonQuery, useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ButtonLink } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { Segmented } from '../../platform/web/form/SegmentedChoice.tsx'
import { Bar } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { DataTable } from '../../platform/web/table/DataTable.tsx'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import { displayZone, formatWhen, today } from '../../platform/web/text/dates.ts'
import { formatPersonName } from '../../platform/web/text/names.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { type CaseloadRow, caseload, followers } from '../contract/queries.ts'
import { criticalSequenceKinds, levels } from '../contract/value-sets.ts'
import { HandoversForMe } from './board/HandoversForMe.tsx'
import { SomebodyChanges } from './SomebodyChanges.tsx'
import { dueWords } from './TaskList.tsx'

const states = ['open', 'dormant'] as const
const levelCodes = ['brief', 'sustained', 'intensive'] as const

/** « Mes situations »: what I follow as référent, binôme or while handing over; or a colleague's, in her absence. */
export function CaseloadPage(): ReactNode {
  const actor = useActor()
  const { filters, setFilter } = useUrlFilters({ etat: 'code', niveau: 'code', referent: 'id' })
  const state = states.find((one) => one === filters.etat) ?? null
  const level = levelCodes.find((one) => one === filters.niveau) ?? null
  const list = useInfiniteJalonQuery(caseload, { userId: (filters.referent as UserId | undefined) ?? null, state, level })
  const colleagues = useJalonQuery(followers, {})
  useEvents(['episodes.*'])
  const of = colleagues.data?.rows.find((one) => one.userId === filters.referent)?.name
  return (
    <Page title={of === undefined ? 'Mes situations' : `Situations de ${of}`}>
      <Bar
        title={of === undefined ? 'Mes situations' : `Situations de ${of}`}
        end={
          <select
            className="in"
            style={{ width: 240 }}
            aria-label="Situations de"
            value={filters.referent ?? actor.userId}
            onChange={(event) => setFilter('referent', event.currentTarget.value === actor.userId ? null : event.currentTarget.value)}
          >
            <option value={actor.userId}>Les miennes</option>
            {(colleagues.data?.rows ?? [])
              .filter((one) => one.userId !== actor.userId)
              .map((one) => (
                <option key={one.userId} value={one.userId}>
                  {one.name}
                </option>
              ))}
          </select>
        }
      >
        <Segmented
          label="État"
          inline
          value={state ?? 'all'}
          onChange={(value) => setFilter('etat', value === 'all' ? null : value)}
          options={[
            { value: 'all', label: 'Toutes' },
            { value: 'open', label: 'En cours' },
            { value: 'dormant', label: 'En veille', icon: IconMoonStars },
          ]}
        />
        <Segmented
          label="Niveau"
          inline
          value={level ?? 'all'}
          onChange={(value) => setFilter('niveau', value === 'all' ? null : value)}
          options={[{ value: 'all', label: 'Tous niveaux' }, ...levels.values.map((value) => ({ value: value.code, label: value.label }))]}
        />
        <SomebodyChanges />
      </Bar>
      {filters.referent === undefined ? <HandoversForMe /> : null}
      <DataTable
        list={list}
        caption="Situations suivies"
        unit={['situation', 'situations']}
        csv
        rowKey={(row) => row.episodeId}
        rowLink={(row) => ({ to: '/personnes/$personId', params: { personId: row.person.personId } as never })}
        columns={[
          { key: 'person', head: 'Personne', cell: (row) => <PersonCell row={row} /> },
          { key: 'level', head: 'Niveau', width: 210, cell: (row) => <LevelCell row={row} /> },
          { key: 'contact', head: 'Dernier contact', width: 140, cell: (row) => <ContactCell row={row} /> },
          { key: 'next', head: 'Prochaine étape', cell: (row) => <NextCell row={row} /> },
          { key: 'role', head: 'Suivi', width: 220, cell: (row) => <RoleCell row={row} /> },
        ]}
        empty={
          <EmptyState icon={IconUsersGroup} title="Aucune situation ici" action={<ButtonLink to="/demandes">Voir la file des demandes</ButtonLink>}>
            Un accompagnement s’ouvre en commission d’orientation, à partir d’une demande.
          </EmptyState>
        }
      />
    </Page>
  )
}

function PersonCell({ row }: { readonly row: CaseloadRow }): ReactNode {
  return (
    <>
      <b>{formatPersonName(row.person)}</b>
      {row.person.commune ? <span className="small mut"> {row.person.commune}</span> : null}
      {row.person.deathDay ? <span className="small t-alert"> décès le {formatDay(row.person.deathDay)}</span> : null}
    </>
  )
}

function LevelCell({ row }: { readonly row: CaseloadRow }): ReactNode {
  if (row.state === 'dormant') {
    const due = row.wakeUpOn !== null && row.wakeUpOn <= today()
    return (
      <StatusPill tone={due ? 'warning' : 'neutral'} icon={IconMoonStars}>
        {due ? 'À réveiller' : `Veille jusqu’au ${formatDay(row.wakeUpOn ?? '').slice(0, 5)}`}
      </StatusPill>
    )
  }
  return (
    <>
      {labelOf(levels, row.level)}
      {row.sequences[0] === undefined ? null : <span className="small t-warning semi"> {labelOf(criticalSequenceKinds, row.sequences[0]).toLowerCase()}</span>}
    </>
  )
}

function ContactCell({ row }: { readonly row: CaseloadRow }): ReactNode {
  if (row.lastContactAt === null) return <span className="dim">aucun noté</span>
  const days = Math.round((Date.parse(today()) - Date.parse(dayOf(row.lastContactAt, displayZone()))) / 86_400_000)
  return <span className={days > 30 ? 't-warning semi' : undefined}>{formatWhen(row.lastContactAt)}</span>
}

function NextCell({ row }: { readonly row: CaseloadRow }): ReactNode {
  if (row.next === null) return row.openTasks > 0 ? <span className="mut">sans date</span> : <span className="dim">rien de prévu</span>
  const late = row.next.dueOn < today()
  return (
    <>
      {row.next.title} <span className={late ? 'small t-alert semi' : 'small mut'}>{dueWords({ dueOn: row.next.dueOn, dueTime: null }, today())}</span>
    </>
  )
}

function RoleCell({ row }: { readonly row: CaseloadRow }): ReactNode {
  if (row.role === 'referent') return row.binomeName === null ? <span className="dim">sans binôme</span> : <span>avec {row.binomeName}</span>
  if (row.role === 'binome') return <span>binôme de {row.referentName}</span>
  return (
    <span className="mut">
      passage de relais à {row.referentName} jusqu’au {formatDay(row.handoverUntil ?? '').slice(0, 5)}
    </span>
  )
}
