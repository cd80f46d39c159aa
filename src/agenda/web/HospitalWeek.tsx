import { IconBuildingHospital } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { addDays } from '../../platform/contract/dates.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { today } from '../../platform/web/text/dates.ts'
import { personStays, type StayLine } from '../contract/stay.ts'
import { mondayOf } from './grid.ts'
import { weekWords } from './stay-words.ts'

/** The stays in hospital of what is left of this week, live: once she is home, nobody is told to call first. None for those who do not read her health volet. */
function useHospitalWeek(personId: PersonId): readonly StayLine[] {
  const { data } = useJalonQuery(personStays, { personId, from: today() })
  useEvents(['agenda.stay.changed'])
  return (data?.rows ?? []).filter((one) => one.startsOn <= addDays(mondayOf(today()), 6))
}

/** Above who comes this week: she is in hospital. */
export function HospitalWeek({ personId }: { readonly personId: PersonId }): ReactNode {
  return useHospitalWeek(personId).map((stay) => (
    <Notice key={stay.id} tone="warning" icon={IconBuildingHospital} live>
      <b>{weekWords(stay, today())}</b>
      {stay.namedOpenly ? `\u00a0: ${stay.establishmentName}` : ''}. Passages à domicile à confirmer.
    </Notice>
  ))
}

/** The same on the sheet of the fridge, which whoever comes in reads: the establishment is not named. */
export function HospitalWeekOnPaper({ personId }: { readonly personId: PersonId }): ReactNode {
  return useHospitalWeek(personId).map((stay) => (
    <p key={stay.id} className="paper-notice">
      <b>{weekWords(stay, today())}.</b> Avant de venir, appelez.
    </p>
  ))
}
