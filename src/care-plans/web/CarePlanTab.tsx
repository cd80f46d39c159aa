import { IconRoute } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PersonId } from '../../platform/contract/ids.ts'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { Columns, Sheet } from '../../platform/web/layout/Columns.tsx'

/** The tab « PPCS » of a person's file. */
export function CarePlanTab(_props: { readonly personId: PersonId }): ReactNode {
  return (
    <Columns kind="one">
      <Sheet label="PPCS">
        <EmptyState icon={IconRoute} title="PPCS">
          Cet onglet n’est pas encore ouvert.
        </EmptyState>
      </Sheet>
    </Columns>
  )
}
