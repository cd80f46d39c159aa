import { IconSun } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { CenterColumn, Columns, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { formatLongDay, today } from '../../../platform/web/text/dates.ts'
import { capital } from '../../../platform/web/text/typography.ts'

/** « Ma journée » of a référent: what waits, what to take, what is due. */
export function DayPage(): ReactNode {
  return (
    <Page title="Ma journée">
      <Columns kind="day" drawerLabel="Tâches">
        <SideColumn side="left" label="Agenda du jour">
          <h1>{capital(formatLongDay(today()))}</h1>
        </SideColumn>
        <CenterColumn label="À prendre" ground>
          <EmptyState icon={IconSun} title="Ma journée">
            Cet écran n’est pas encore ouvert.
          </EmptyState>
        </CenterColumn>
        <SideColumn side="right" label="À faire">
          {null}
        </SideColumn>
      </Columns>
    </Page>
  )
}
