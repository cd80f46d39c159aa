import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Waiting } from '../../platform/web/display/QueryState.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import type { AssessmentId } from '../contract/assessment.ts'
import { addForms } from '../contract/library.ts'
import { regionalForms } from '../contract/queries.ts'
import { AssessmentList } from './AssessmentList.tsx'
import { AssessmentView } from './AssessmentView.tsx'

/** The tab « Évaluations » of a person's file: the list, or the one that the address names. */
export function AssessmentsTab(props: { readonly personId: PersonId }): ReactNode {
  const { filters } = useUrlFilters({ evaluation: 'id' })
  const navigate = useNavigate()
  useEvents(['assessments.*'])
  const open = (id: AssessmentId | null): void => void navigate({ to: '.', search: (id === null ? {} : { evaluation: id }) as never })
  const forms = useJalonQuery(regionalForms, {}, { staleTime: 300_000 })
  if (forms.data === undefined && forms.error === null) return <Waiting />
  addForms(forms.data?.rows ?? [])
  const chosen = filters.evaluation as AssessmentId | undefined
  return chosen ? <AssessmentView key={chosen} id={chosen} onOpen={open} /> : <AssessmentList personId={props.personId} onOpen={open} />
}
