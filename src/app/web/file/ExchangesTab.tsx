import type { ReactNode } from 'react'
import { PersonExchanges } from '../../../intake/web/PersonExchanges.tsx'
import { FilTab } from '../../../liaison/web/FilTab.tsx'
import { isDacStaff } from '../../../platform/contract/actor.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Columns, Sheet } from '../../../platform/web/layout/Columns.tsx'

/** The tab « Échanges »: for the DAC its calls, messages and requests about the person; for the circle the notebook alone. */
export function ExchangesTab(props: { readonly personId: PersonId }): ReactNode {
  if (!isDacStaff(useActor())) return <FilTab personId={props.personId} only="liaison" />
  return (
    <Columns kind="one">
      <Sheet label="Échanges">
        <PersonExchanges personId={props.personId} />
      </Sheet>
    </Columns>
  )
}
