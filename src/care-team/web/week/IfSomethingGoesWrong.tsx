import type { ReactNode } from 'react'
import { dial } from '../../../platform/web/text/dial.ts'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import type { CircleData } from '../../contract/queries.ts'
import { rolesHeld, silenceTowards } from '../member/member-words.ts'

export interface NumberToCall {
  readonly key: string
  readonly when: string
  readonly who: string
  readonly phone: string
  readonly hours: string | null
  readonly isService: boolean
}

/** Whom to call and for what: those marked for it in their order, else the nurse, then the DAC; never those whom the person wants left alone. */
export function numbersToCall(circle: CircleData): readonly NumberToCall[] {
  const members = circle.members.filter((member) => {
    const silence = silenceTowards(member, circle.silences)
    return member.current && member.phone !== null && silence?.kind !== 'tell_nothing' && silence?.kind !== 'no_call'
  })
  const marked = members.filter(({ callFor }) => callFor !== null).sort((a, b) => (a.callOrder ?? 99) - (b.callOrder ?? 99))
  const nurse = members.find((member) => rolesHeld(member).some((role) => role === 'nurse' || role === 'ssiad' || role === 'had'))
  const first = marked.length > 0 ? marked : nurse === undefined ? [] : [{ ...nurse, callFor: 'Soins' }]
  return [
    ...first.map((member) => ({
      key: member.id as string,
      when: member.callFor ?? '',
      who: member.name,
      phone: member.phone ?? '',
      hours: null,
      isService: false,
    })),
    ...circle.services.map((service) => ({
      key: service.id,
      when: first.length > 0 ? 'Le reste' : 'Pour tout',
      who: service.name,
      phone: service.phone ?? '',
      hours: service.opening,
      isService: true,
    })),
  ].filter(({ phone }) => phone !== '')
}

/** « Si quelque chose ne va pas »: 15, then who answers for what. */
export function IfSomethingGoesWrong({ circle }: { readonly circle: CircleData }): ReactNode {
  return (
    <div className="notice">
      <span className="circle-numbers">
        <b>Si quelque chose ne va pas</b>
        <span>
          Urgence{'\u00a0'}: <b>15</b>
        </span>
        {numbersToCall(circle).map((one) => (
          <span key={one.key}>
            {one.when}
            {'\u00a0'}: {one.isService && circle.services.length === 1 ? 'DAC' : one.who}{' '}
            <a className="plainlink" href={dial(one.phone)}>
              <b className="nw">{formatPhone(one.phone)}</b>
            </a>
            {one.hours ? `, ${one.hours}` : ''}
          </span>
        ))}
      </span>
    </div>
  )
}
