import './administration.css'
import type { ReactNode } from 'react'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { TabLinks } from '../../platform/web/layout/TabLinks.tsx'
import { administrationPlacesFor } from '../contract/administration-places.ts'

export function AdministrationTabs(): ReactNode {
  return (
    <div className="admintabs">
      <TabLinks label="Administration" tabs={administrationPlacesFor(useActor())} />
    </div>
  )
}
