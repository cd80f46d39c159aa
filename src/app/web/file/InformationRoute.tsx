import type { ReactNode } from 'react'
import { PersonMerges } from '../../../duplicates/web/PersonMerges.tsx'
import { InformationTab } from '../../../persons/web/InformationTab.tsx'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { FileReports } from '../../../safeguarding/web/FileReports.tsx'

/** « Information et accès », with the reports of which the user is a reader. */
export function InformationRoute({ personId }: { readonly personId: PersonId }): ReactNode {
  return (
    <InformationTab
      personId={personId}
      reports={
        <>
          <PersonMerges personId={personId} />
          <FileReports personId={personId} />
        </>
      }
    />
  )
}
