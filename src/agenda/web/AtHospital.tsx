import { IconBuildingHospital } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { today } from '../../platform/web/text/dates.ts'
import { personStays } from '../contract/stay.ts'
import { hospitalWords } from './stay-words.ts'

/** Before one books at her home: she is in hospital that day. */
export function AtHospital({ personId, on }: { readonly personId: PersonId; readonly on: string }): ReactNode {
  const { data } = useJalonQuery(personStays, { personId, from: today() })
  const stay = /^\d{4}-\d{2}-\d{2}$/.test(on) ? data?.rows.find((one) => one.startsOn <= on && (one.until === null || one.until >= on)) : undefined
  if (stay === undefined) return null
  return (
    <div style={{ gridColumn: '1 / -1' }}>
      <Notice tone="warning" icon={IconBuildingHospital} live>
        {hospitalWords({ inHospital: { ...stay, leavesThatDay: stay.until === on } })}.
      </Notice>
    </div>
  )
}
