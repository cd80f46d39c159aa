import { IconLayoutColumns } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { CenterColumn, Columns, SideColumn } from '../../../platform/web/layout/Columns.tsx'

/** Synthèse: where we are, what changed since my last visit, what comes and whom to call. */
export function SynthesisTab(_props: { readonly personId: PersonId }): ReactNode {
  return (
    <Columns kind="file" drawerLabel="À venir">
      <SideColumn side="left" label="Où en est-on">
        {null}
      </SideColumn>
      <CenterColumn label="Depuis votre visite">
        <EmptyState icon={IconLayoutColumns} title="Synthèse">
          Cet onglet n’est pas encore ouvert.
        </EmptyState>
      </CenterColumn>
      <SideColumn side="right" label="À venir">
        {null}
      </SideColumn>
    </Columns>
  )
}
