import { addDays, type Day } from '../../platform/contract/dates.ts'
import { french } from '../../platform/contract/typography.ts'
import { type WorkingCalendar, workingDayAfter } from '../../territory/contract/working-time.ts'

/** How a term counts: working days of the service's calendar, or days of the calendar. */
export interface StepDelay {
  readonly label: string
  readonly count: number
  readonly unit: 'working_days' | 'days'
  /** In place of `count` when the situation is urgent. */
  readonly urgentCount: number | null
}

function delay(label: string, count: number, unit: StepDelay['unit'], urgentCount: number | null = null): StepDelay {
  return { label: french(label), count, unit, urgentCount }
}

/** Terms of the steps of an accompaniment. Starter values of the trade; each DAC sets its own (no national delay exists). */
export const stepDelays = {
  qualify: delay('Qualifier la demande', 2, 'working_days', 0),
  triage: delay('Passer en commission', 5, 'working_days', 1),
  consult_gp: delay('Joindre le médecin traitant', 2, 'working_days'),
  follow_cpts: delay('Relancer la CPTS', 7, 'days'),
  first_visit: delay('Première visite', 10, 'working_days', 3),
  write_assessment: delay('Rédiger l’évaluation après la visite', 5, 'working_days'),
  case_conference: delay('Réunir la concertation', 15, 'working_days'),
  care_plan: delay('Établir le PPCS', 30, 'days'),
  review: delay('Réviser le PPCS', 90, 'days'),
  follow_reorientation: delay('Prendre des nouvelles d’une réorientation', 15, 'days'),
  closure_prompt: delay('Proposer la clôture sans événement depuis', 90, 'days'),
} as const satisfies Readonly<Record<string, StepDelay>>
export type Step = keyof typeof stepDelays

/** The day on which a step is due, counted from a day. Working days by the calendar of the service; `urgent` takes the shorter term where there is one. */
export function stepDueOn(step: Step, from: string, urgent: boolean, calendar: WorkingCalendar): Day {
  const { count, unit, urgentCount } = stepDelays[step] as StepDelay
  const term = urgent && urgentCount !== null ? urgentCount : count
  return unit === 'days' ? addDays(from, term) : workingDayAfter(from, term, calendar)
}
