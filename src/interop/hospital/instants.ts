/**
 * An instant of HL7 (DTM: YYYYMMDD[HH[MM[SS[.S…]]]][±ZZZZ]) as an ISO text. Without an offset it is the wall clock of the installation's zone. Null for a
 * day alone or what is no instant. Two hours that exist once more in autumn are read as the first.
 */
export function instantOf(text: string, timeZone: string): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})?(\d{2})?(?:\.(\d{1,4}))?([+-]\d{4})?$/.exec(text.trim())
  if (match === null) return null
  const [, year = '', month = '', day = '', hour = '', minute = '00', second = '00', fraction = '0', offset] = match
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), Math.floor(Number(`0.${fraction}`) * 1000))
  const told = new Date(wall)
  if (Number.isNaN(wall) || told.getUTCMonth() !== Number(month) - 1 || told.getUTCDate() !== Number(day) || told.getUTCHours() !== Number(hour)) return null
  if (Number(minute) > 59 || Number(second) > 60 || Number(year) < 1900 || Number(year) > 2200) return null
  const shift = offset === undefined ? offsetAt(wall, timeZone) : (offset[0] === '-' ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3, 5)))
  return new Date(wall - shift * 60_000).toISOString()
}

/** A day of HL7 (YYYYMMDD, and more) as 'YYYY-MM-DD'; null for a month or a year alone, or a day that does not exist. */
export function dayOfHl7(text: string): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})/.exec(text.trim())
  if (match === null) return null
  const iso = `${match[1]}-${match[2]}-${match[3]}`
  const at = Date.parse(`${iso}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso) ? iso : null
}

/** Minutes to the east of Greenwich that a wall clock of the zone shows then. */
function offsetAt(wall: number, timeZone: string): number {
  const shown = (at: number): number => {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    }).formatToParts(at)
    const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value)
    return (Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) - Math.floor(at / 60_000) * 60_000) / 60_000
  }
  const first = shown(wall)
  return shown(wall - first * 60_000)
}
