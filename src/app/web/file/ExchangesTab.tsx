import type { ReactNode } from 'react'
import { FileConversations } from '../../../conversations/web/FileConversations.tsx'
import { PersonExchanges } from '../../../intake/web/PersonExchanges.tsx'
import { FilTab } from '../../../liaison/web/FilTab.tsx'
import { isDacStaff } from '../../../platform/contract/actor.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Segmented } from '../../../platform/web/form/SegmentedChoice.tsx'
import { Columns, Sheet } from '../../../platform/web/layout/Columns.tsx'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'

/** The tab « Échanges »: the conversations of the circle; beside them, for the DAC its calls, messages and requests, for the others the notebook. */
export function ExchangesTab(props: { readonly personId: PersonId }): ReactNode {
  const ofDac = isDacStaff(useActor())
  const { filters, setFilter } = useUrlFilters({ voir: 'code' })
  const others = filters.voir === 'autres'
  const choice = (
    <Segmented
      label="Quels échanges"
      value={others ? 'autres' : 'conversations'}
      onChange={(value) => setFilter('voir', value === 'autres' ? value : null)}
      options={[
        { value: 'conversations', label: 'Conversations' },
        { value: 'autres', label: ofDac ? 'Appels et demandes' : 'Carnet' },
      ]}
    />
  )
  if (!others) return <FileConversations personId={props.personId} above={choice} />
  if (!ofDac) {
    return (
      <>
        <div className="bar">{choice}</div>
        <FilTab personId={props.personId} only="liaison" />
      </>
    )
  }
  return (
    <Columns kind="one">
      <Sheet label="Échanges">
        <div style={{ maxWidth: 360 }}>{choice}</div>
        <PersonExchanges personId={props.personId} />
      </Sheet>
    </Columns>
  )
}
