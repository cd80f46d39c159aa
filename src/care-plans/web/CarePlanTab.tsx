import './plan.css'
import type { ReactNode } from 'react'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import type { HandoverId } from '../contract/plan.ts'
import { planOfPerson } from '../contract/queries.ts'
import { ComparisonView } from './ComparisonView.tsx'
import { CopyView } from './CopyView.tsx'
import { NoPlan } from './NoPlan.tsx'
import { PlanBoard } from './PlanBoard.tsx'
import { openPlan, PlanProvider, useWho } from './use-plan.ts'
import { VersionView } from './VersionView.tsx'

/** The tab « PPCS »: the plan, one of its versions, what changed between two, or a copy that is handed over, as the address says. */
export function CarePlanTab(props: { readonly personId: PersonId }): ReactNode {
  const { personId } = props
  const { filters } = useUrlFilters({ version: 'code', comparer: 'code', copie: 'id' })
  const query = useJalonQuery(planOfPerson, { personId })
  const actor = useActor()
  const who = useWho(personId)
  useEvents(['carePlans.*'])
  return (
    <QueryState query={query}>
      {(answer) => {
        const plan = openPlan(actor, answer, who)
        if (plan === null) return <NoPlan answer={answer} personId={personId} />
        return (
          <PlanProvider value={plan}>
            {filters.copie ? (
              <CopyView handoverId={filters.copie as HandoverId} />
            ) : filters.comparer ? (
              <ComparisonView from={Number(filters.comparer)} />
            ) : filters.version ? (
              <VersionView number={Number(filters.version)} />
            ) : (
              <PlanBoard />
            )}
          </PlanProvider>
        )
      }}
    </QueryState>
  )
}
