import type { ReactNode } from 'react'
import type { Slot } from '../../contract/member.ts'
import type { MemberTone } from '../member/member-words.ts'
import { inOrder, slotWords } from './slots.ts'

/** What a cell of the week holds: its passages by the hour, or « personne » where somebody should come. */
export function Slots(props: { readonly week: readonly Slot[]; readonly day: number; readonly tone: MemberTone }): ReactNode {
  const slots = inOrder(props.week, props.day)
  if (slots.length === 0) return <span className="vh">rien</span>
  const volet = props.tone === 'health' || props.tone === 'social' ? ` slot--${props.tone}` : ''
  return slots.map((slot) => (
    <span key={`${slot.at}${slot.label}${slot.state}`} className={slot.state === 'nobody' ? 'slot slot--gap' : `slot${volet}`} title={slot.label ?? undefined}>
      {slotWords(slot)}
    </span>
  ))
}
