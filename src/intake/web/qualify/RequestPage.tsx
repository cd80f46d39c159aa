import { type ReactNode, useRef } from 'react'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ErrorState, Waiting } from '../../../platform/web/display/QueryState.tsx'
import { CenterColumn, Columns, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { usePathId } from '../../../platform/web/router/use-path-id.ts'
import { request } from '../../contract/queries.ts'
import type { SollicitationId } from '../../contract/sollicitation.ts'
import { QueueColumn } from '../desk/QueueColumn.tsx'
import { RequestFoot } from './RequestFoot.tsx'
import { RequestHead } from './RequestHead.tsx'
import { RequestSheet } from './RequestSheet.tsx'
import { RequestSide } from './RequestSide.tsx'

/** A request in qualification: what is asked, who else could answer, what was answered, what comes next. */
export function RequestPage(): ReactNode {
  const id = usePathId<SollicitationId>('requestId')
  const query = useJalonQuery(request, { id })
  const sheet = useRef<HTMLDivElement>(null)
  useEvents(['intake.*'])
  const detail = query.data
  return (
    <Page title={detail ? `Demande n° ${detail.request.number}` : 'Demande'}>
      <Columns kind="desk" drawerLabel="La personne">
        <QueueColumn current={id} />
        {detail ? (
          <CenterColumn label={`Demande n° ${detail.request.number}`} head={<RequestHead detail={detail} />} foot={<RequestFoot key={id} detail={detail} />}>
            <RequestSheet key={id} detail={detail} sheet={sheet} />
          </CenterColumn>
        ) : (
          <CenterColumn label="Demande">{query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : <Waiting />}</CenterColumn>
        )}
        {detail ? (
          <RequestSide key={id} detail={detail} />
        ) : (
          <SideColumn side="right" label="La personne">
            {null}
          </SideColumn>
        )}
      </Columns>
    </Page>
  )
}
