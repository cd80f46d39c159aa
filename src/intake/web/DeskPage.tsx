import { IconInbox } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { Columns, Sheet } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'

/** Demandes. */
export function DeskPage(): ReactNode {
  return (
    <Page title="Demandes" hiddenHeading>
      <Columns kind="one">
        <Sheet label="Demandes">
          <EmptyState icon={IconInbox} title="Demandes">
            Cet écran n’est pas encore ouvert.
          </EmptyState>
        </Sheet>
      </Columns>
    </Page>
  )
}
