import { IconChartBar } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { Columns, Sheet } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'

/** Les huit indicateurs. */
export function IndicatorsPage(): ReactNode {
  return (
    <Page title="Les huit indicateurs" hiddenHeading>
      <Columns kind="one">
        <Sheet label="Les huit indicateurs">
          <EmptyState icon={IconChartBar} title="Les huit indicateurs">
            Cet écran n’est pas encore ouvert.
          </EmptyState>
        </Sheet>
      </Columns>
    </Page>
  )
}
