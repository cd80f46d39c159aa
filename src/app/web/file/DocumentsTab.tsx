import { IconFiles } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { Columns, Sheet } from '../../../platform/web/layout/Columns.tsx'

/** Holds the place of the tab until its capability exists, and says where its content is meanwhile. */
export function DocumentsTab(_props: { readonly personId: PersonId }): ReactNode {
  return (
    <Columns kind="one">
      <Sheet label="Documents">
        <EmptyState icon={IconFiles} title="Documents">
          {'Le dépôt de documents n’est pas encore ouvert. Le PPCS s’imprime depuis son onglet.'}
        </EmptyState>
      </Sheet>
    </Columns>
  )
}
