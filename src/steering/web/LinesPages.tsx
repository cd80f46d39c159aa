import './steering.css'
import { IconListNumbers } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { useInfiniteJalonQuery } from '../../platform/web/api/use-query.ts'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { Bar, Columns, Sheet } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { DataTable } from '../../platform/web/table/DataTable.tsx'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import { formatInstant } from '../../platform/web/text/dates.ts'
import { accompanimentLines, doctorLines, sollicitationLines } from '../contract/queries.ts'
import { delay } from './LinesPreview.tsx'
import { accompanimentFilter, doctorFilter, sollicitationFilter } from './line-filters.ts'
import { PeriodBar } from './PeriodBar.tsx'
import { type SteeringScope, useScope } from './use-scope.ts'

const empty = (
  <EmptyState icon={IconListNumbers} title="Aucune ligne">
    Rien n’est compté sous ce chiffre sur cette période.
  </EmptyState>
)

function Frame({ title, steering, children }: { readonly title: string; readonly steering: SteeringScope; readonly children: ReactNode }): ReactNode {
  return (
    <Page title={title} note="Aucun nom de personne">
      <Bar title={title}>
        <PeriodBar steering={steering} />
      </Bar>
      <Columns kind="one">
        <Sheet label="Derrière ce chiffre">{children}</Sheet>
      </Columns>
    </Page>
  )
}

/** The requests behind indicators 1 to 3. */
export function RequestLinesPage(): ReactNode {
  const steering = useScope()
  const { filters } = useUrlFilters({ group: 'code', answer: 'code' })
  const list = useInfiniteJalonQuery(sollicitationLines, { ...steering.scope, ...sollicitationFilter(filters) })
  return (
    <Frame title="Demandes comptées" steering={steering}>
      <DataTable
        list={list}
        caption="Demandes comptées"
        csv
        unit={['demande', 'demandes']}
        rowKey={(row) => row.id}
        empty={empty}
        columns={[
          { key: 'number', head: 'Numéro', cell: (row) => row.number, num: true, width: 90 },
          { key: 'receivedAt', head: 'Reçue le', cell: (row) => formatInstant(row.receivedAt), width: 170 },
          { key: 'requester', head: 'Demandeur', cell: (row) => row.requester },
          { key: 'motive', head: 'Motif', cell: (row) => row.motive ?? '–' },
          { key: 'answer', head: 'Réponse principale', cell: (row) => row.answer ?? 'en cours' },
          { key: 'delay', head: 'Répondu en (temps ouvré)', cell: (row) => delay(row.answeredAfter, row.late), num: true },
        ]}
      />
    </Frame>
  )
}

/** The persons behind indicators 4 and 5, by a mark that does not lead back to them. */
export function AccompanimentLinesPage(): ReactNode {
  const steering = useScope()
  const { filters } = useUrlFilters({ band: 'code', population: 'code' })
  const list = useInfiniteJalonQuery(accompanimentLines, { ...steering.scope, ...accompanimentFilter(filters) })
  return (
    <Frame title="Personnes comptées" steering={steering}>
      <DataTable
        list={list}
        caption="Personnes comptées"
        csv
        unit={['personne', 'personnes']}
        rowKey={(row) => row.pseudonym + row.openedOn}
        empty={empty}
        columns={[
          { key: 'pseudonym', head: 'Repère', cell: (row) => row.pseudonym, width: 110 },
          { key: 'age', head: 'Âge au 31/12', cell: (row) => row.age ?? '–', num: true, width: 110 },
          { key: 'commune', head: 'Commune', cell: (row) => row.commune ?? '–' },
          { key: 'population', head: 'Problématique principale', cell: (row) => row.population ?? 'Non renseignée' },
          { key: 'level', head: 'Niveau', cell: (row) => row.level },
          { key: 'openedOn', head: 'Ouvert le', cell: (row) => formatDay(row.openedOn) },
          { key: 'closedOn', head: 'Clos le', cell: (row) => (row.closedOn === null ? '–' : formatDay(row.closedOn)) },
        ]}
      />
    </Frame>
  )
}

/** The generalists behind indicator 6. */
export function DoctorLinesPage(): ReactNode {
  const steering = useScope()
  const { filters } = useUrlFilters({ asked: 'code', mode: 'code' })
  const list = useInfiniteJalonQuery(doctorLines, { ...steering.scope, ...doctorFilter(filters) })
  return (
    <Frame title="Généralistes du territoire" steering={steering}>
      <DataTable
        list={list}
        caption="Généralistes du territoire"
        csv
        unit={['généraliste', 'généralistes']}
        rowKey={(row) => row.partyId}
        empty={empty}
        columns={[
          { key: 'name', head: 'Nom', cell: (row) => row.name },
          { key: 'city', head: 'Commune', cell: (row) => row.city ?? '–' },
          { key: 'mode', head: 'Exercice', cell: (row) => (row.liberal ? 'Libéral' : 'Salarié') },
          { key: 'requests', head: 'Sollicitations', cell: (row) => row.requests, num: true },
        ]}
      />
    </Frame>
  )
}
