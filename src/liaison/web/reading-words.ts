import { addDays, dayOf, formatDay } from '../../platform/contract/dates.ts'
import { nextOpening, type WorkingCalendar } from '../../territory/contract/working-time.ts'
import type { ReadingCalendar } from '../contract/queries.ts'

/** When the DAC will read what is written to it now, for its author; `open` when that is at once. */
export function readingTime(calendar: ReadingCalendar, now: Date = new Date()): { readonly open: boolean; readonly words: string } {
  const at = nextOpening(now, calendar as unknown as WorkingCalendar)
  const open = at.getTime() === now.getTime()
  return { open, words: open ? 'Lue aux heures du DAC. Urgence\u00a0: 15 ou 114.' : closedWords(at, now, calendar.timeZone) }
}

function closedWords(at: Date, now: Date, timeZone: string): string {
  const [hour = '', minute = ''] = new Intl.DateTimeFormat('fr-FR', { timeZone, hour: 'numeric', minute: '2-digit', hourCycle: 'h23' }).format(at).split(':')
  const time = `${Number(hour)}\u00a0h${minute === '00' ? '' : `\u00a0${minute}`}`
  const [day, today] = [dayOf(at, timeZone), dayOf(now, timeZone)]
  const when =
    day === today
      ? `à ${time}`
      : day === addDays(today, 1)
        ? `demain à ${time}`
        : day < addDays(today, 7)
          ? `${new Intl.DateTimeFormat('fr-FR', { timeZone, weekday: 'long' }).format(at)} à ${time}`
          : `le ${formatDay(day)} à ${time}`
  return `Le DAC n’est pas un service d’urgence\u202f; lecture ${when}. Urgence\u00a0: 15 ou 114.`
}
