import { IconAddressBook } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { Columns, Sheet } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'

/** Annuaire. */
export function DirectoryPage(): ReactNode {
  return (
    <Page title="Annuaire" hiddenHeading>
      <Columns kind="one">
        <Sheet label="Annuaire">
          <EmptyState icon={IconAddressBook} title="Annuaire">
            Cet écran n’est pas encore ouvert.
          </EmptyState>
        </Sheet>
      </Columns>
    </Page>
  )
}
