import type { ReactNode } from 'react'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { type ConferenceHead, conferenceStateLabels } from '../contract/conference.ts'

const tones = { planned: 'accent', held: 'warning', signed: 'success', cancelled: 'neutral' } as const

/** Planned, held with the minutes under way, signed, cancelled. */
export function ConferencePill({ conference }: { readonly conference: Pick<ConferenceHead, 'state'> }): ReactNode {
  return <StatusPill tone={tones[conference.state]}>{conferenceStateLabels[conference.state]}</StatusPill>
}
