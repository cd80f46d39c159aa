import { IconClipboardOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { writesAssessment } from '../contract/access.ts'
import type { AssessmentId } from '../contract/assessment.ts'
import { formVersion } from '../contract/library.ts'
import { assessmentDetail } from '../contract/queries.ts'
import { AssessmentReading } from './AssessmentReading.tsx'
import { AssessmentWriting } from './AssessmentWriting.tsx'

/** One assessment: being written, or as it was finished. */
export function AssessmentView(props: { readonly id: AssessmentId; readonly onOpen: (id: AssessmentId | null) => void }): ReactNode {
  const query = useJalonQuery(assessmentDetail, { id: props.id })
  const actor = useActor()
  return (
    <QueryState query={query}>
      {(detail) => {
        const { assessment, person } = detail
        const form = formVersion(assessment.formCode, assessment.formVersion)
        if (!form)
          return (
            <EmptyState icon={IconClipboardOff} title="Formulaire inconnu">
              Cette évaluation a été faite avec un formulaire que cette installation ne connaît pas.
            </EmptyState>
          )
        const target = {
          id: assessment.id,
          personId: person.personId,
          holderOrg: assessment.holderOrg,
          createdBy: assessment.createdBy,
          state: assessment.state,
        }
        const writes = assessment.state === 'draft' && writesAssessment(actor, target).allowed
        return writes ? (
          <AssessmentWriting detail={detail} form={form} target={target} onOpen={props.onOpen} />
        ) : (
          <AssessmentReading detail={detail} form={form} target={target} onOpen={props.onOpen} />
        )
      }}
    </QueryState>
  )
}
