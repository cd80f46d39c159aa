import { IconUsersGroup } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { Columns, Sheet } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'

/** Personnes. */
export function PersonsPage(): ReactNode {
  return (
    <Page title="Personnes" hiddenHeading>
      <Columns kind="one">
        <Sheet label="Personnes">
          <EmptyState icon={IconUsersGroup} title="Personnes">
            Cet écran n’est pas encore ouvert.
          </EmptyState>
        </Sheet>
      </Columns>
    </Page>
  )
}
