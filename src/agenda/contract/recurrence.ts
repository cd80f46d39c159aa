import { z } from 'zod'
import { formatDay } from '../../platform/contract/dates.ts'
import { day, optional } from '../../platform/contract/fields.ts'
import { french } from '../../platform/contract/typography.ts'

/** The days of RFC 5545, Monday first. */
export const weekDays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type WeekDay = (typeof weekDays)[number]
const dayNames: Readonly<Record<WeekDay, string>> = { MO: 'lundi', TU: 'mardi', WE: 'mercredi', TH: 'jeudi', FR: 'vendredi', SA: 'samedi', SU: 'dimanche' }

export const frequencies = ['daily', 'weekly', 'monthly'] as const

/** What the screen offers: a subset of RFC 5545. It always ends: a plan that nobody renews is no plan. */
export const recurrenceInput = z
  .object({
    frequency: z.enum(frequencies),
    every: z.number().int().min(1).max(12).default(1),
    /** Weekly: on which days; the day of the first time when empty. */
    days: z.array(z.enum(weekDays)).max(7).default([]),
    until: optional(day()),
    count: optional(z.number().int().min(2).max(750)),
  })
  .refine((one) => (one.until === null) !== (one.count === null), { path: ['until'], error: 'Jusqu’à quand, ou combien de fois.' })
export type Recurrence = z.output<typeof recurrenceInput>

/** The RRULE of what was chosen. `until` is the last day, on the clock of the place; RFC 5545 wants it as an instant, which `untilInstant` gives. */
export function ruleOf(recurrence: Recurrence, untilInstant: (day: string) => Date): string {
  const parts = [`FREQ=${recurrence.frequency.toUpperCase()}`]
  if (recurrence.every > 1) parts.push(`INTERVAL=${recurrence.every}`)
  if (recurrence.frequency === 'weekly' && recurrence.days.length > 0) parts.push(`BYDAY=${weekDays.filter((one) => recurrence.days.includes(one)).join(',')}`)
  if (recurrence.count !== null) parts.push(`COUNT=${recurrence.count}`)
  if (recurrence.until !== null) parts.push(`UNTIL=${compact(untilInstant(recurrence.until))}`)
  return parts.join(';')
}

/** 20270112T225959Z */
function compact(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
}

/** The parts of an RRULE by name. */
export function ruleParts(rule: string): ReadonlyMap<string, string> {
  return new Map(
    rule
      .replace(/^RRULE:/i, '')
      .split(';')
      .filter((part) => part.includes('='))
      .map((part) => [part.slice(0, part.indexOf('=')).toUpperCase(), part.slice(part.indexOf('=') + 1).toUpperCase()]),
  )
}

/** « chaque semaine, le mardi et le jeudi, jusqu’au 12/01/2027 »; a rule that an outside calendar made and that we do not offer: « selon la règle de son agenda ». */
export function ruleWords(rule: string): string {
  const parts = ruleParts(rule)
  const every = Number(parts.get('INTERVAL') ?? '1')
  const units: Readonly<Record<string, readonly [string, string]>> = {
    DAILY: ['chaque jour', 'jours'],
    WEEKLY: ['chaque semaine', 'semaines'],
    MONTHLY: ['chaque mois', 'mois'],
    YEARLY: ['chaque année', 'ans'],
  }
  const unit = units[parts.get('FREQ') ?? '']
  if (unit === undefined) return 'selon la règle de son agenda d’origine'
  const rhythm = every === 1 ? unit[0] : `${parts.get('FREQ') === 'WEEKLY' ? 'toutes les' : 'tous les'} ${every} ${unit[1]}`
  const days = (parts.get('BYDAY') ?? '').split(',').filter((one): one is WeekDay => (weekDays as readonly string[]).includes(one))
  const on = days.length === 0 || days.length === 7 ? [] : [`le ${inWords(days.map((one) => dayNames[one]))}`]
  const until = parts.get('UNTIL')
  const count = parts.get('COUNT')
  const end =
    until !== undefined
      ? [`jusqu’au ${formatDay(`${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`)}`]
      : count !== undefined
        ? [`${count} fois`]
        : []
  return french([rhythm, ...on, ...end].join(', '))
}

function inWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', le ')} et le ${words.at(-1)}`
}
