import { IconShieldCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PersonId } from '../../platform/contract/ids.ts'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { Columns, Sheet } from '../../platform/web/layout/Columns.tsx'

/** The tab « Information et accès » of a person's file. */
export function InformationTab(_props: { readonly personId: PersonId }): ReactNode {
  return (
    <Columns kind="one">
      <Sheet label="Information et accès">
        <EmptyState icon={IconShieldCheck} title="Information et accès">
          Cet onglet n’est pas encore ouvert.
        </EmptyState>
      </Sheet>
    </Columns>
  )
}
