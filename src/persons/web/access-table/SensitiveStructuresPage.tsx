import type { ReactNode } from 'react'
import { Bar, CenterColumn, Columns } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { SensitiveStructures } from './SensitiveStructures.tsx'

/** The same list as in « Administration », for those who answer for a DAC. */
export function SensitiveStructuresPage(): ReactNode {
  return (
    <Page title="Structures sensibles">
      <Bar title="Équipe" />
      <Columns kind="one">
        <CenterColumn label="Structures sensibles">
          <div style={{ maxWidth: 760 }}>
            <SensitiveStructures />
          </div>
        </CenterColumn>
      </Columns>
    </Page>
  )
}
