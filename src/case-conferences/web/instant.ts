import { displayZone } from '../../platform/web/text/dates.ts'

/** The instant of a day and an hour typed as « 14 h 30 » or 14:30, where the installation is; what cannot be read is left for the schema to refuse. */
export function instantOf(day: string, hour: string): string {
  const found = /^\s*(\d{1,2})\s*[h:]\s*(\d{2})?\s*$/i.exec(hour.replace(/[\u00a0\u202f]/g, ' '))
  if (found === null || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return `${day} ${hour}`
  const wall = `${day}T${String(found[1]).padStart(2, '0')}:${found[2] ?? '00'}:00`
  const utc = Date.parse(`${wall}Z`)
  if (Number.isNaN(utc)) return `${day} ${hour}`
  // The offset is that of the guess itself: right but for the hour that is skipped or lived twice, twice a year at night.
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: displayZone(), dateStyle: 'short', timeStyle: 'medium' }).format(utc).replace(' ', 'T')
  return new Date(utc - (Date.parse(`${shown}Z`) - utc)).toISOString()
}

/** « 14 h 30 », where the installation is. */
export function hourOf(instant: string): string {
  const [hour = '', minute = ''] = new Intl.DateTimeFormat('fr-FR', { timeZone: displayZone(), hour: 'numeric', minute: '2-digit', hourCycle: 'h23' })
    .format(new Date(instant))
    .split(':')
  return `${Number(hour)} h ${minute}`
}
