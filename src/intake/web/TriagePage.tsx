import { IconGavel } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { Columns, Sheet } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'

/** Commission d’orientation. */
export function TriagePage(): ReactNode {
  return (
    <Page title="Commission d’orientation" hiddenHeading>
      <Columns kind="one">
        <Sheet label="Commission d’orientation">
          <EmptyState icon={IconGavel} title="Commission d’orientation">
            Cet écran n’est pas encore ouvert.
          </EmptyState>
        </Sheet>
      </Columns>
    </Page>
  )
}
