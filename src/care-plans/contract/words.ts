import { formatDay } from '../../platform/contract/dates.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import type { PlanAction, PlanObjective } from './plan.ts'
import { actionStatuses, finalActionStatuses, notPursuedReasons, objectiveStatuses } from './value-sets.ts'

/** « Hugo Arnould, kiné »; « pharmacien, à nommer » while only the trade is known; « – » without either. */
export function whoWords({ actor }: Pick<PlanAction, 'actor'>): string {
  if (actor.name === null) return actor.kind === 'person' ? 'La personne' : actor.role === null ? '–' : `${actor.role}, à nommer`
  return actor.role === null ? actor.name : `${actor.name}, ${lowerFirst(actor.role)}`
}

const dueWord = { before: 'avant le ', on: 'le ', until: 'jusqu’au ' } as const

/** « avant le 23/10 », « mar. et jeu. », « jusqu’au 15/12 ». Without `today`, days are written with their year; with it, the year only shows when the day is half a year away. */
export function termWords(action: Pick<PlanAction, 'dueOn' | 'dueKind' | 'dueWords'>, today: string | null = null): string {
  const day = action.dueOn === null ? null : `${dueWord[action.dueKind]}${shortDay(action.dueOn, today)}`
  if (action.dueWords === null) return day ?? '–'
  return day === null ? action.dueWords : `${action.dueWords}, ${day}`
}

function shortDay(day: string, today: string | null): string {
  if (today === null) return formatDay(day)
  const apart = Math.abs(Date.parse(day) - Date.parse(today)) / 86_400_000
  return apart > 183 ? formatDay(day) : formatDay(day).slice(0, 5)
}

/** Days late; 0 when it is not. What is over, or goes on until a day, is never late. */
export function daysLate(action: Pick<PlanAction, 'dueOn' | 'dueKind' | 'status'>, today: string): number {
  if (action.dueOn === null || action.dueKind === 'until' || isOver(action.status) || action.dueOn >= today) return 0
  return Math.round((Date.parse(today) - Date.parse(action.dueOn)) / 86_400_000)
}

/** Nothing is awaited any more of an action in this status. */
export function isOver(status: string): boolean {
  return (finalActionStatuses as readonly string[]).includes(status)
}

/** « En cours », « Refusée par la personne ». */
export function actionStatusWords(status: string): string {
  return labelOf(actionStatuses, status)
}

/** « Non poursuivi : la personne ne le souhaite pas » */
export function objectiveStatusWords(objective: Pick<PlanObjective, 'status' | 'statusReason'>): string {
  const label = labelOf(objectiveStatuses, objective.status)
  return objective.statusReason === null ? label : `${label}\u00a0: ${lowerFirst(labelOf(notPursuedReasons, objective.statusReason))}`
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLocaleLowerCase('fr-FR') + text.slice(1)
}
