import './queue.css'
import { IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ButtonLink } from '../../../platform/web/display/Button.tsx'
import { Columns } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { QueueColumn } from './QueueColumn.tsx'

/** « Demandes » on a telephone: what waits, and the new request under the thumb. */
export function QueuePage(): ReactNode {
  useEvents(['intake.*'])
  return (
    <Page title="Demandes">
      <Columns kind="one">
        <QueueColumn />
      </Columns>
      <div className="queue__new">
        <ButtonLink main icon={IconPlus} to="/demandes/nouvelle">
          Nouvelle demande
        </ButtonLink>
      </div>
    </Page>
  )
}
