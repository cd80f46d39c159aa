import { IconCalendarEvent } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { Columns, Sheet } from '../../../platform/web/layout/Columns.tsx'

/** Holds the place of the tab until its capability exists, and says where its content is meanwhile. */
export function AgendaTab(_props: { readonly personId: PersonId }): ReactNode {
  return (
    <Columns kind="one">
      <Sheet label="Agenda">
        <EmptyState icon={IconCalendarEvent} title="Agenda">
          {'L’agenda partagé n’est pas encore ouvert. Les visites et les tâches du DAC sont dans «\u00a0Synthèse\u00a0».'}
        </EmptyState>
      </Sheet>
    </Columns>
  )
}
