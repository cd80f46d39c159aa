import '../../../platform/web/table/table.css'
import { IconFileText, IconHeartbeat, IconPencil, IconRoute, IconUsers } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { PersonTarget } from '../../../persons/contract/person.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { verdictOf } from '../../../platform/web/api/use-action.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Ic, type Icon } from '../../../platform/web/display/Ic.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { formatWeekDay } from '../../../platform/web/text/dates.ts'
import { dial } from '../../../platform/web/text/dial.ts'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { editMember } from '../../contract/actions.ts'
import type { Member } from '../../contract/member.ts'
import type { CircleData } from '../../contract/queries.ts'
import { type MemberTone, roleAndTask, roleWords, silenceTowards, toneOf } from '../member/member-words.ts'
import { Slots } from './Slots.tsx'
import { dayNames, daysFrom } from './slots.ts'
import { WeekRowForm } from './WeekRowForm.tsx'

const icons: Readonly<Record<MemberTone, Icon>> = {
  health: IconHeartbeat,
  social: IconUsers,
  administrative: IconFileText,
  accent: IconRoute,
  alert: IconUsers,
}
const colours: Readonly<Record<MemberTone, string>> = {
  health: 'var(--v-sante)',
  social: 'var(--v-social)',
  administrative: 'var(--v-admin)',
  accent: 'var(--accent-ink)',
  alert: 'var(--alert)',
}

/** The row that is being corrected, and where the cursor goes in it. */
export interface EditedRow {
  readonly id: string
  readonly field: string
}

/** The usual week, who by when: a row is corrected in its place, from its pencil or by a click on a day. */
export function WeekTable(props: {
  readonly personId: PersonId
  readonly circle: CircleData
  readonly rows: readonly Member[]
  readonly target: PersonTarget | null
  readonly edited: EditedRow | null
  readonly onEdit: (row: EditedRow | null) => void
  readonly onOpen: (member: Member) => void
}): ReactNode {
  const { personId, circle, rows, target, edited, onEdit, onOpen } = props
  const keeps = verdictOf(editMember, useActor(), target)?.allowed ?? false
  const days = daysFrom(circle.monday)
  return (
    <table className="tbl tbl--week">
      <caption className="vh">Passages de la semaine, par intervenant</caption>
      <colgroup>
        <col style={{ width: 268 }} />
        <col span={7} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Qui, que faire, comment joindre</th>
          {days.map((day) => (
            <th key={day} scope="col" className={day === circle.today ? 'today' : undefined} aria-current={day === circle.today ? 'date' : undefined}>
              {formatWeekDay(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((member) =>
          edited?.id === member.id ? (
            <WeekRowForm key={member.id} personId={personId} member={member} target={target} focus={edited.field} onClose={() => onEdit(null)} />
          ) : (
            <tr key={member.id}>
              <th scope="row">
                <Who member={member} circle={circle} onOpen={onOpen} onEdit={keeps ? () => onEdit({ id: member.id, field: 'does' }) : undefined} />
              </th>
              {days.map((day, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard corrects a row from its pencil.
                <td
                  key={day}
                  className={day === circle.today ? 'today' : undefined}
                  onClick={keeps ? () => onEdit({ id: member.id, field: `d${index + 1}` }) : undefined}
                  style={keeps ? { cursor: 'pointer' } : undefined}
                >
                  <Slots week={member.week} day={index + 1} tone={toneOf(member, undefined)} />
                </td>
              ))}
            </tr>
          ),
        )}
      </tbody>
    </table>
  )
}

function Who(props: {
  readonly member: Member
  readonly circle: CircleData
  readonly onOpen: (member: Member) => void
  readonly onEdit: (() => void) | undefined
}): ReactNode {
  const { member, circle, onOpen, onEdit } = props
  const label = useValueLabels()
  const tone = toneOf(member, silenceTowards(member, circle.silences))
  return (
    <div className="week-who">
      <span className="week-name">
        <span style={{ color: colours[tone] }}>
          <Ic of={icons[tone]} size="s" />
        </span>
        <button type="button" className="linklike" onClick={() => onOpen(member)}>
          <b>{member.name}</b>
        </button>
      </span>
      {member.phone ? (
        <a className="small nw plainlink" href={dial(member.phone)}>
          {formatPhone(member.phone)}
        </a>
      ) : (
        <span className="small dim">sans numéro</span>
      )}
      <span className="mut cut week-does" title={[roleWords(member, label), member.does].filter(Boolean).join('\u00a0: ')}>
        {roleAndTask(member, label)}
      </span>
      {onEdit ? (
        <Button small quiet iconOnly icon={IconPencil} className="week-pencil" label={`Corriger ce que fait ${member.name}`} onClick={onEdit} />
      ) : (
        <span />
      )}
    </div>
  )
}

/** The same on a telephone: one day at a time, today first. */
export function WeekOnPhone(props: { readonly circle: CircleData; readonly rows: readonly Member[]; readonly onOpen: (member: Member) => void }): ReactNode {
  const { circle, rows, onOpen } = props
  const days = daysFrom(circle.monday)
  const [day, setDay] = useState(Math.max(0, days.indexOf(circle.today)) + 1)
  const label = useValueLabels()
  const coming = rows.filter((member) => member.week.some((slot) => slot.day === day))
  return (
    <div className="week-phone">
      <div className="seg" role="radiogroup" aria-label="Jour">
        {dayNames.map((name, index) => (
          <label key={name} className={day === index + 1 ? 'on' : undefined}>
            <input type="radio" name="jour" checked={day === index + 1} onChange={() => setDay(index + 1)} />
            <span aria-hidden="true">{name.slice(0, 2)}.</span>
            <span className="vh">
              {name}
              {days[index] === circle.today ? ', aujourd’hui' : ''}
            </span>
          </label>
        ))}
      </div>
      <ul className="lines">
        {coming.map((member) => (
          <li key={member.id} className="row">
            <span style={{ minWidth: 92 }}>
              <Slots week={member.week} day={day} tone={toneOf(member, undefined)} />
            </span>
            <span className="grow">
              <button type="button" className="linklike" onClick={() => onOpen(member)}>
                <b>{member.name}</b>
              </button>
              <span className="small mut" style={{ display: 'block' }}>
                {roleAndTask(member, label)}
              </span>
            </span>
            {member.phone ? (
              <a className="btn" href={dial(member.phone)} aria-label={`Appeler ${member.name}, ${formatPhone(member.phone)}`}>
                Appeler
              </a>
            ) : null}
          </li>
        ))}
      </ul>
      {coming.length === 0 ? <p className="small mut">Aucun passage noté le {dayNames[day - 1]}.</p> : null}
    </div>
  )
}
