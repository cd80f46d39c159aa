import {
  IconBan,
  IconCalendarTime,
  IconCheck,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconEqualNot,
  IconHandStop,
  IconHourglass,
  IconPlayerPlay,
  IconProgressCheck,
  IconTargetArrow,
  IconX,
} from '@tabler/icons-react'
import type { Icon } from '../../platform/web/display/Ic.tsx'
import type { PillTone } from '../../platform/web/display/StatusPill.tsx'
import type { ActionStatus, ObjectiveStatus } from '../contract/value-sets.ts'

export interface PillLook {
  readonly tone: PillTone
  readonly icon: Icon
}

const actionLooks: Readonly<Record<ActionStatus, PillLook>> = {
  proposed: { tone: 'neutral', icon: IconCircleDashed },
  accepted: { tone: 'neutral', icon: IconCheck },
  refused: { tone: 'neutral', icon: IconHandStop },
  planned: { tone: 'neutral', icon: IconCalendarTime },
  in_progress: { tone: 'accent', icon: IconPlayerPlay },
  done: { tone: 'success', icon: IconCircleCheck },
  not_feasible: { tone: 'warning', icon: IconBan },
  abandoned: { tone: 'neutral', icon: IconX },
}

/** A refusal of the person is her right: neutral. */
export function actionLook(status: string): PillLook {
  return actionLooks[status as ActionStatus] ?? actionLooks.proposed
}

const objectiveLooks: Readonly<Record<ObjectiveStatus, PillLook>> = {
  in_progress: { tone: 'neutral', icon: IconPlayerPlay },
  reached: { tone: 'success', icon: IconTargetArrow },
  partly_reached: { tone: 'info', icon: IconProgressCheck },
  not_reached: { tone: 'warning', icon: IconEqualNot },
  not_pursued: { tone: 'neutral', icon: IconX },
}

export function objectiveLook(status: string): PillLook {
  return objectiveLooks[status as ObjectiveStatus] ?? objectiveLooks.in_progress
}

/** The answer of a party: agreed in green, awaited with its hourglass; a silence is no fault. */
export function agreementLook(state: string): PillLook {
  if (state === 'agrees') return { tone: 'success', icon: IconCheck }
  if (state === 'agrees_partly') return { tone: 'info', icon: IconCheck }
  if (state === 'disagrees') return { tone: 'warning', icon: IconX }
  return { tone: 'neutral', icon: state === 'no_answer' ? IconClock : IconHourglass }
}

/** « elle », « lui », or « la personne » while her sex is not known. */
export function pronoun(sex: 'F' | 'M' | 'I' | null | undefined): string {
  return sex === 'F' ? 'elle' : sex === 'M' ? 'lui' : 'la personne'
}
