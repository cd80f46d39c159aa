import { IconUsers } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PersonId } from '../../platform/contract/ids.ts'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { Columns, Sheet } from '../../platform/web/layout/Columns.tsx'

/** The tab « Cercle » of a person's file. */
export function CircleTab(_props: { readonly personId: PersonId }): ReactNode {
  return (
    <Columns kind="one">
      <Sheet label="Cercle">
        <EmptyState icon={IconUsers} title="Cercle">
          Cet onglet n’est pas encore ouvert.
        </EmptyState>
      </Sheet>
    </Columns>
  )
}
