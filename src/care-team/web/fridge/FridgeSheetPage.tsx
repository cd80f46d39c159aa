import '../../../platform/web/table/table.css'
import '../circle.css'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { PrintLayout } from '../../../platform/web/layout/PrintLayout.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { usePathId } from '../../../platform/web/router/use-path-id.ts'
import { formatCivilName } from '../../../platform/web/text/names.ts'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { capital } from '../../../platform/web/text/typography.ts'
import { type CircleData, circle } from '../../contract/queries.ts'
import { shortRole, silenceTowards } from '../member/member-words.ts'
import { numbersToCall } from '../week/IfSomethingGoesWrong.tsx'
import { dayNames, inOrder, slotWords } from '../week/slots.ts'

/**
 * « Feuille du frigo »: the usual week and whom to call, readable from two metres. What the person wants silent is not on it. `thisWeek` says what makes
 * this week another one.
 */
export function FridgeSheetPage({ thisWeek }: { readonly thisWeek?: ((personId: PersonId) => ReactNode) | undefined }): ReactNode {
  const personId = usePathId<PersonId>('personId')
  const query = useJalonQuery(circle, { personId })
  return (
    <Page
      title="Feuille du frigo"
      hiddenHeading={query.data === undefined}
      where={
        <Link to="/personnes/$personId/cercle" params={{ personId } as never}>
          ‹ Revenir au cercle
        </Link>
      }
    >
      <QueryState query={query}>{(data) => <Sheet circle={data} thisWeek={thisWeek?.(personId)} />}</QueryState>
    </Page>
  )
}

function Sheet({ circle: data, thisWeek }: { readonly circle: CircleData; readonly thisWeek: ReactNode }): ReactNode {
  const label = useValueLabels()
  const actor = useActor()
  const rows = data.members
    .filter((member) => member.current && (member.week.length > 0 || member.does !== null) && silenceTowards(member, data.silences)?.kind !== 'tell_nothing')
    .sort((a, b) => b.week.length - a.week.length)
  return (
    <PrintLayout
      title="Qui vient, et quand"
      about={formatCivilName(data.person)}
      date={formatDay(data.today)}
      author={`${actor.displayName}, ${actor.serviceName}`}
      fridge
    >
      {thisWeek}
      <table className={rows.length > 8 ? 'fridge-week fridge-week--many stacks' : 'fridge-week stacks'}>
        <colgroup>
          <col style={{ width: '31%' }} />
          <col span={7} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Qui, que faire, téléphone</th>
            {dayNames.map((day) => (
              <th key={day} scope="col">
                {capital(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((member) => (
            <tr key={member.id}>
              <th scope="row">
                {member.name} {member.phone ? <span className="tel">{formatPhone(member.phone)}</span> : null}
                <div className="does">{member.does ?? shortRole(member, label)}</div>
              </th>
              {dayNames.map((day, index) => {
                const slots = inOrder(member.week, index + 1)
                return (
                  <td key={day} data-head={capital(day)} className={slots.some(({ state }) => state === 'nobody') ? 'gap' : undefined}>
                    {slots.map((slot) => (
                      <div key={`${slot.at}${slot.label}`}>{slotWords(slot)}</div>
                    ))}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="fridge-numbers">
        <b>Si quelque chose ne va pas</b>
        <span>
          Urgence{'\u00a0'}: <span className="tel">15</span>
        </span>
        {numbersToCall(data).map((one) => (
          <span key={one.key}>
            {one.when}
            {'\u00a0'}: {one.who} <span className="tel">{formatPhone(one.phone)}</span>
            {one.hours ? `, ${one.hours}` : ''}
          </span>
        ))}
      </div>
    </PrintLayout>
  )
}
