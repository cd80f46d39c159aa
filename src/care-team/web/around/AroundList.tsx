import { IconEarOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { silenceTitle } from '../../../persons/contract/silences.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { dial } from '../../../platform/web/text/dial.ts'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import type { Member } from '../../contract/member.ts'
import type { CircleData } from '../../contract/queries.ts'
import { roleWords, silenceTowards } from '../member/member-words.ts'
import { SeesWhat } from '../member/SeesWhat.tsx'
import { useRoleOrder } from '../member/use-role-order.ts'

/** The twin of the drawing, in its order: relatives, équipe de soins, others; then those who left. */
export function AroundList(props: { readonly circle: CircleData; readonly onOpen: (member: Member) => void }): ReactNode {
  const { members } = props.circle
  const inRoleOrder = useRoleOrder()
  const current = inRoleOrder(members.filter((member) => member.current))
  const groups = [
    { title: 'Ses proches', rows: current.filter(({ kind }) => kind === 'relative') },
    { title: 'Équipe de soins et services', rows: current.filter(({ kind }) => kind === 'professional' || kind === 'structure') },
    { title: 'Autres contacts', rows: current.filter(({ kind }) => kind === 'contact') },
  ].filter(({ rows }) => rows.length > 0)
  const former = members.filter((member) => !member.current)
  return (
    <div className="stack stack--3">
      {groups.map(({ title, rows }) => (
        <section key={title} aria-label={title}>
          <h3 className="small mut">{title}</h3>
          <ul className="lines">
            {rows.map((member) => (
              <Line key={member.id} member={member} {...props} />
            ))}
          </ul>
        </section>
      ))}
      {former.length > 0 ? (
        <details>
          <summary className="small">{former.length === 1 ? 'Une personne a' : `${former.length} personnes ont`} quitté le cercle</summary>
          <ul className="lines">
            {former.map((member) => (
              <Line key={member.id} member={member} {...props} />
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  )
}

function Line(props: { readonly member: Member; readonly circle: CircleData; readonly onOpen: (member: Member) => void }): ReactNode {
  const { member, circle, onOpen } = props
  const label = useValueLabels()
  const silence = silenceTowards(member, circle.silences)
  const left = member.current
    ? null
    : member.roles
        .map(({ endsOn }) => endsOn)
        .sort()
        .at(-1)
  return (
    <li>
      <div className="row sp">
        <button type="button" className="linklike cut" onClick={() => onOpen(member)}>
          <b>{member.name}</b>
        </button>
        {member.phone && member.current ? (
          <a className="small nw" href={dial(member.phone)}>
            {formatPhone(member.phone)}
          </a>
        ) : null}
      </div>
      <p className="small mut">
        {roleWords(member, label)}
        {left ? ` · parti le ${formatDay(left)}` : ''}
      </p>
      {silence ? (
        <p className="small t-alert semi">
          <Ic of={IconEarOff} size="s" /> {silenceTitle(silence)}
        </p>
      ) : null}
      {member.current ? <SeesWhat member={member} opposed={circle.sharing === 'opposed'} /> : null}
    </li>
  )
}
