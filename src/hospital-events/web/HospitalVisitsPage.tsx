import './hospital-events.css'
import { IconChecks } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { Segmented } from '../../platform/web/form/SegmentedChoice.tsx'
import { Bar, CenterColumn, Columns, Section, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import { plural, typo } from '../../platform/web/text/typography.ts'
import { hospitalVisits } from '../contract/visits.ts'
import { VisitCard } from './VisitCard.tsx'

/** « Événements hospitaliers à rapprocher »: what hospitals told that may be of somebody whom the team accompanies, and what was decided of it. */
export function HospitalVisitsPage(): ReactNode {
  const { filters, setFilter } = useUrlFilters({ etat: 'code' })
  const decided = filters.etat === 'decides'
  const list = useJalonQuery(hospitalVisits, { view: decided ? 'decided' : 'to_decide' })
  useEvents(['hospitalEvents.visit.changed', 'duplicates.merge.done', 'duplicates.merge.undone'])
  const waiting = list.data?.toDecide ?? 0
  return (
    <Page title="Événements hospitaliers à rapprocher">
      <Bar title="Événements hospitaliers à rapprocher">
        <Segmented
          inline
          label="État"
          value={decided ? 'decides' : 'a-decider'}
          onChange={(value) => setFilter('etat', value === 'decides' ? 'decides' : null)}
          options={[
            { value: 'a-decider', label: waiting > 0 ? `À décider (${waiting})` : 'À décider' },
            { value: 'decides', label: 'Rapprochés ou écartés' },
          ]}
        />
      </Bar>
      <Columns kind="two" drawerLabel="Comment décider">
        <CenterColumn label="Séjours annoncés" ground>
          <QueryState
            query={list}
            isEmpty={({ rows }) => rows.length === 0}
            empty={
              <EmptyState icon={IconChecks} title={decided ? 'Rien de décidé ces derniers jours' : 'Aucun événement à rapprocher'}>
                {decided
                  ? typo('Ce qui a été décidé reste ici tant que les traits donnés par l’hôpital sont gardés.')
                  : typo('Une entrée ou une sortie dont la personne est certaine va droit à son dossier ; ne viennent ici que les doutes.')}
              </EmptyState>
            }
          >
            {({ rows }) => (
              <ul className="stays" aria-label={plural(rows.length, 'séjour annoncé', 'séjours annoncés')}>
                {rows.map((visit) => (
                  <li key={visit.id}>
                    <VisitCard visit={visit} />
                  </li>
                ))}
              </ul>
            )}
          </QueryState>
        </CenterColumn>
        <SideColumn side="right" label="Comment décider">
          <Section title="C’est elle">
            <p className="small">
              {typo(
                'L’entrée ou la sortie s’écrit dans son dossier et alerte qui la suit, comme si l’hôpital l’avait nommée. La séquence critique lui est proposée.',
              )}
            </p>
          </Section>
          <Section title="Aucune des nôtres">
            <p className="small">
              {typo('Homonyme, jumelle, fille et mère : rien ne s’écrit, et ce que l’hôpital a dit est détruit au terme fixé par la région.')}
            </p>
          </Section>
          <Section title="Dans le doute">
            <p className="small">
              {typo(
                'Téléphonez à la personne ou à son entourage, pas à l’hôpital : il ne doit pas apprendre qui vous accompagnez. Tout se défait tant que les traits sont gardés.',
              )}
            </p>
          </Section>
        </SideColumn>
      </Columns>
    </Page>
  )
}
