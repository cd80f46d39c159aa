import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { parseDay } from '../../platform/contract/dates.ts'
import type { PartyId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { formatDayOf, formatHour } from '../../platform/web/text/dates.ts'
import { availability } from '../contract/queries.ts'
import type { BookingValues } from './booking-values.ts'
import { readHour } from './grid.ts'
import { instantHere } from './use-move.tsx'

/** Who is taken or away at that hour, before it is sent. A hint: it stops nothing. */
export function Taken({ values }: { readonly values: BookingValues }): ReactNode {
  const time = readHour(values.time)
  const complete = /^\d{4}-\d{2}-\d{2}$/.test(values.on) && parseDay(values.on).ok && /^([01]\d|2[0-3]):[0-5]\d$/.test(time) && Number(values.minutes) > 0
  const from = complete ? instantHere(`${values.on}T${time}`) : new Date()
  const to = new Date(from.getTime() + (complete ? Number(values.minutes) : 60) * 60_000)
  const parties = values.participants.flatMap(({ partyId }) => (partyId === null ? [] : [partyId as PartyId]))
  const query = useJalonQuery(
    availability,
    { partyIds: parties, from: from.toISOString(), to: to.toISOString() },
    { enabled: complete && parties.length > 0, keepPrevious: true },
  )
  if (!complete || query.data === undefined || query.data.taken.length + query.data.away.length === 0) return null
  const name = (partyId: string): string => values.participants.find((one) => one.partyId === partyId)?.name ?? 'Un participant'
  return (
    <div style={{ gridColumn: '1 / -1' }}>
      <Notice tone="warning" icon={IconAlertTriangle} live>
        {query.data.away.map((one) => (
          <span key={`${one.partyId}${one.until}`} style={{ display: 'block' }}>
            <b>{name(one.partyId)}</b> n’est pas disponible jusqu’au {formatDayOf(new Date(Date.parse(one.until) - 1000))}
            {one.substituteName ? `, ${one.substituteName} remplace` : ''}.
          </span>
        ))}
        {query.data.taken.map((one) => (
          <span key={`${one.id}${one.partyId}`} style={{ display: 'block' }}>
            <b>{name(one.partyId)}</b> a déjà un rendez-vous de {formatHour(one.startsAt)} à {formatHour(one.endsAt)}.
          </span>
        ))}
      </Notice>
    </div>
  )
}
