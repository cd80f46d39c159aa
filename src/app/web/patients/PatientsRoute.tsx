import type { ReactNode } from 'react'
import { PatientsPage } from '../../../care-team/web/PatientsPage.tsx'
import { AskedOfMe } from './AskedOfMe.tsx'

/** The home of the outside professional: whom she follows, and what is asked of her by the capabilities that ask. */
export function PatientsRoute(): ReactNode {
  return <PatientsPage asked={<AskedOfMe />} />
}
