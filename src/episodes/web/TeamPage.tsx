import { IconLayoutKanban, IconUsers } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { accompanies, holds } from '../../platform/contract/actor.ts'
import type { UserId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useInfiniteJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { Bar } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { DataTable } from '../../platform/web/table/DataTable.tsx'
import { teamLoad } from '../contract/queries.ts'
import { ReassignDialog } from './ReassignDialog.tsx'

/** « Équipe »: the load of each, and the way to share it out. The direction reads the same figures, without a file behind them. */
export function TeamPage(props: { readonly alerts?: ReactNode }): ReactNode {
  const actor = useActor()
  const list = useInfiniteJalonQuery(teamLoad, {})
  const [reassigning, setReassigning] = useState<UserId | true | null>(null)
  useEvents(['episodes.*'])
  const seesFiles = accompanies(actor)
  const total = (of: 'open' | 'dormant' | 'intensive' | 'lateTasks') => list.rows.reduce((sum, row) => sum + row[of], 0)
  return (
    <Page title="Équipe">
      <Bar
        title="Équipe"
        end={
          holds(actor, 'team_lead') ? (
            <>
              {seesFiles ? (
                <ButtonLink icon={IconLayoutKanban} to="/equipe/charge">
                  Répartir
                </ButtonLink>
              ) : null}
              <Button icon={IconUsers} onClick={() => setReassigning(true)}>
                Confier des situations
              </Button>
            </>
          ) : undefined
        }
      >
        <span className="mut">
          {total('open')} en cours, dont {total('intensive')} en intensif · {total('dormant')} en veille · {total('lateTasks')} tâches en retard
        </span>
      </Bar>
      {props.alerts}
      <DataTable
        list={list}
        caption="Charge de l’équipe"
        unit={['personne', 'personnes']}
        csv
        rowKey={(row) => row.userId}
        columns={[
          { key: 'name', head: 'Référent', cell: (row) => <b>{row.name}</b> },
          { key: 'job', head: 'Fonction', cell: (row) => <span className="mut">{row.jobTitle ?? ''}</span> },
          { key: 'open', head: 'En cours', num: true, width: 90, cell: (row) => (seesFiles ? <FileCount row={row} /> : row.open) },
          { key: 'brief', head: 'Ponctuel', num: true, width: 80, cell: (row) => row.brief },
          { key: 'sustained', head: 'Soutenu', num: true, width: 80, cell: (row) => row.sustained },
          { key: 'intensive', head: 'Intensif', num: true, width: 80, cell: (row) => row.intensive },
          { key: 'dormant', head: 'En veille', num: true, width: 80, cell: (row) => row.dormant },
          { key: 'wake', head: 'À réveiller', num: true, width: 90, cell: (row) => <Worry count={row.wakeUps} /> },
          { key: 'silent', head: 'Sans contact 30 j', num: true, width: 130, cell: (row) => <Worry count={row.silent} /> },
          { key: 'late', head: 'Tâches en retard', num: true, width: 130, cell: (row) => <Worry count={row.lateTasks} /> },
          {
            key: 'hours',
            head: 'Heures notées 30 j',
            num: true,
            width: 130,
            cell: (row) => (row.minutes === 0 ? <span className="dim">0</span> : `${Math.round(row.minutes / 60)} h`),
          },
          ...(holds(actor, 'team_lead')
            ? [
                {
                  key: 'give',
                  head: 'Confier',
                  width: 90,
                  cell: (row: { readonly userId: UserId; readonly open: number; readonly name: string }) =>
                    row.open === 0 ? null : (
                      <Button small quiet label={`Confier des situations de ${row.name}`} onClick={() => setReassigning(row.userId)}>
                        Confier
                      </Button>
                    ),
                },
              ]
            : []),
        ]}
        empty={
          <EmptyState
            icon={IconUsers}
            title="Personne n’a encore de situation"
            action={<ButtonLink to="/administration">Voir les membres du service</ButtonLink>}
          >
            La charge se compte dès le premier accompagnement ouvert.
          </EmptyState>
        }
      />
      {reassigning === null ? null : <ReassignDialog from={reassigning === true ? null : reassigning} onClose={() => setReassigning(null)} />}
    </Page>
  )
}

/** The number opens the list behind it. */
function FileCount({ row }: { readonly row: { readonly userId: UserId; readonly open: number } }): ReactNode {
  return (
    <ButtonLink small quiet to="/mes-situations" search={{ referent: row.userId, etat: 'open' } as never}>
      {row.open}
    </ButtonLink>
  )
}

function Worry({ count }: { readonly count: number }): ReactNode {
  return count === 0 ? <span className="dim">0</span> : <b className="t-warning">{count}</b>
}
