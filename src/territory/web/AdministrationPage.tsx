import { IconSettings } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { Columns, Sheet } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'

/** Administration. */
export function AdministrationPage(): ReactNode {
  return (
    <Page title="Administration" hiddenHeading>
      <Columns kind="one">
        <Sheet label="Administration">
          <EmptyState icon={IconSettings} title="Administration">
            Cet écran n’est pas encore ouvert.
          </EmptyState>
        </Sheet>
      </Columns>
    </Page>
  )
}
