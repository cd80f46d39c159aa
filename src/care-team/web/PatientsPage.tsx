import { IconUsersGroup } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { Columns, Sheet } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'

/** Mes patients. */
export function PatientsPage(): ReactNode {
  return (
    <Page title="Mes patients" hiddenHeading>
      <Columns kind="one">
        <Sheet label="Mes patients">
          <EmptyState icon={IconUsersGroup} title="Mes patients">
            Cet écran n’est pas encore ouvert.
          </EmptyState>
        </Sheet>
      </Columns>
    </Page>
  )
}
