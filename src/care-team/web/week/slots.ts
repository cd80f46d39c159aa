import { addDays } from '../../../platform/contract/dates.ts'
import { nbsp } from '../../../platform/web/text/typography.ts'
import type { Member, Slot } from '../../contract/member.ts'

/** « 7 h 45 », « 9 h ». Takes 'HH:MM'. */
export function hourWords(at: string): string {
  const [hour, minute] = at.split(':')
  return minute === '00' ? `${Number(hour)}${nbsp}h` : `${Number(hour)}${nbsp}h${nbsp}${minute}`
}

/** « visio 14 h 30 », « nuit », « personne », as a cell of the week says it; an hour that the words already give is not said twice. */
export function slotWords({ at, label, state }: Slot): string {
  if (state === 'nobody') return 'personne'
  const hour = at === null ? null : hourWords(at)
  const said = hour !== null && (label ?? '').replace(/\s/g, nbsp).endsWith(hour)
  return [label, said ? null : hour].filter(Boolean).join(' ') || 'passe'
}

/** A day of a member as one types it: « 9 h, 12 h », « nuit », « personne, lever et repas ». */
export function dayText(week: readonly Slot[], day: number): string {
  return inOrder(week, day)
    .map((slot) => (slot.state === 'nobody' ? ['personne', slot.label].filter(Boolean).join(' ') : slotWords(slot)))
    .join(', ')
    .replaceAll(nbsp, ' ')
}

/** The whole week in words, for the comparison of two versions. */
export function weekWords(week: readonly Slot[]): string {
  return dayNames.flatMap((name, index) => (week.some((slot) => slot.day === index + 1) ? [`${name} ${dayText(week, index + 1)}`] : [])).join(' · ')
}

/**
 * Reads a day typed freely, passages apart by commas: hours (7h45, 7:45, 12 h), words (nuit), both (visio 14 h 30), or « personne » with what is missing.
 * An hour that no clock has stays a word: nothing typed is lost. Takes the day, 1 for Monday.
 */
export function readDay(text: string, day: number): readonly Slot[] {
  return text
    .replace(/[\u00a0\u202f]/g, ' ')
    .split(/[,;\n]+/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const missing = /^(?:personne|nobody)\b[\s:]*(.*)$/i.exec(part)
      if (missing) return { day, at: null, label: missing[1] || null, state: 'nobody' as const }
      const hour = /(?:^|\s|à )(\d{1,2})\s*(?:h|:)\s*(\d{2})?$/i.exec(part)
      const at = hour && Number(hour[1]) < 24 && Number(hour[2] ?? 0) < 60 ? `${hour[1]?.padStart(2, '0')}:${hour[2] ?? '00'}` : null
      const label =
        at === null || hour === null
          ? part
          : part
              .slice(0, hour.index)
              .replace(/\s+à?$/, '')
              .trim()
      return { day, at, label: label || null, state: 'planned' as const }
    })
}

/** Passages of a day by their hour; those without one last. */
export function inOrder(week: readonly Slot[], day: number): readonly Slot[] {
  return week.filter((slot) => slot.day === day).sort((a, b) => (a.at ?? '99').localeCompare(b.at ?? '99'))
}

export const dayNames = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const

/** The seven days from a Monday. */
export function daysFrom(monday: string): readonly string[] {
  return dayNames.map((_name, index) => addDays(monday, index))
}

/** « semaine du 12 au 18 octobre 2026 »; both months when it goes from one to the next. */
export function weekTitle(monday: string): string {
  const sunday = addDays(monday, 6)
  const sameMonth = monday.slice(0, 7) === sunday.slice(0, 7)
  const rank = (words: string): string => words.replace(/^1(?!\d)/, '1er')
  return `semaine du ${rank(civil(monday, sameMonth ? {} : { month: 'long' }))} au ${rank(civil(sunday, { month: 'long', year: 'numeric' }))}`
}

function civil(day: string, format: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('fr-FR', { day: 'numeric', ...format, timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`))
}

export interface Gap {
  /** « Samedi et dimanche » */
  readonly days: string
  /** « lever et repas », or who should have come. */
  readonly what: string
}

/** When nobody comes though somebody should, the same lack on several days said once. */
export function gapsOf(members: readonly Pick<Member, 'name' | 'week'>[]): readonly Gap[] {
  const lacks = new Map<string, Set<number>>()
  for (const member of members)
    for (const slot of member.week.filter(({ state }) => state === 'nobody')) {
      const what = slot.label ?? member.name
      lacks.set(what, (lacks.get(what) ?? new Set()).add(slot.day))
    }
  return [...lacks].map(([what, found]) => {
    const names = [...found].sort().map((day) => dayNames[day - 1] as string)
    const days = names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} et ${names[names.length - 1]}`
    return { days: days.charAt(0).toUpperCase() + days.slice(1), what }
  })
}
