import './administration.css'
import type { ReactNode } from 'react'
import { TabLinks } from '../../platform/web/layout/TabLinks.tsx'
import { administrationPlaces } from '../contract/administration-places.ts'

export function AdministrationTabs(): ReactNode {
  return (
    <div className="admintabs">
      <TabLinks label="Administration" tabs={administrationPlaces} />
    </div>
  )
}
