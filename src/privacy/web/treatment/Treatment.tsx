import '../privacy.css'
import type { ReactNode } from 'react'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Bar, Columns, Sheet } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { TabLinks } from '../../../platform/web/layout/TabLinks.tsx'
import { seesPlace, treatmentPlaces } from './places.ts'

/** The frame of « Données personnelles »: its tabs, as far as this user answers for them, and one sheet. */
export function Treatment(props: { readonly title: string; readonly end?: ReactNode; readonly children: ReactNode }): ReactNode {
  const actor = useActor()
  return (
    <Page title={props.title} where={actor.serviceName} note="Protection des données">
      <Bar title={props.title} end={props.end} />
      <div style={{ padding: '0 16px' }} className="no-print">
        <TabLinks
          label="Données personnelles"
          tabs={treatmentPlaces.filter((place) => seesPlace(actor, place)).map(({ key, title, to, exact }) => ({ key, title, to, exact: exact ?? false }))}
        />
      </div>
      <Columns kind="one">
        <Sheet label={props.title}>{props.children}</Sheet>
      </Columns>
    </Page>
  )
}
