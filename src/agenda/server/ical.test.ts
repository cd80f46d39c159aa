import { describe, expect, it } from 'vitest'
import { type CalendarEntry, fromICalendar, toICalendar } from './ical.ts'

const entry = (more: Partial<CalendarEntry> = {}): CalendarEntry => ({
  uid: 'outlook-1@example.test',
  sequence: 3,
  summary: 'Formation, module 2',
  startsLocal: '2026-10-20T09:00',
  minutes: 90,
  allDay: false,
  timeZone: 'Europe/Paris',
  rule: null,
  changedAt: '2026-10-01T08:00:00.000Z',
  cancelled: false,
  without: [],
  moved: [],
  ...more,
})

const series = entry({
  uid: 'series@example.test',
  rule: 'FREQ=WEEKLY;BYDAY=TU;COUNT=6',
  without: ['2026-10-27T08:00:00.000Z'],
  moved: [
    { recurrenceAt: '2026-11-03T08:00:00.000Z', startsAt: '2026-11-04T13:00:00.000Z', endsAt: '2026-11-04T14:30:00.000Z', summary: 'Formation, module 2' },
  ],
})
const all = [
  entry(),
  series,
  entry({ uid: 'leave@example.test', startsLocal: '2026-12-24T00:00', minutes: 4320, allDay: true, summary: 'Congés' }),
  entry({ uid: 'gone@example.test', cancelled: true }),
  entry({ uid: 'overseas@example.test', timeZone: 'Indian/Reunion', startsLocal: '2026-10-24T08:00', rule: 'FREQ=DAILY;COUNT=3' }),
  entry({ uid: 'odd@example.test', rule: 'FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270601T000000Z' }),
]

describe('a calendar that leaves and comes back', () => {
  it('is the same after ten round trips: nothing doubled, moved and cancelled times where they were', () => {
    let held: readonly CalendarEntry[] = all
    for (let trip = 0; trip < 10; trip++) held = fromICalendar(toICalendar('Agenda', held), 'Europe/Paris').entries
    expect(held).toEqual(all)
  })
  it('gives the same text for the same appointments', () => {
    expect(toICalendar('Agenda', all)).toBe(toICalendar('Agenda', fromICalendar(toICalendar('Agenda', all), 'Europe/Paris').entries))
  })
  it('says its zone with every change of clock, lines cut at 75 bytes', () => {
    const text = toICalendar('Agenda', [series])
    expect(text).toContain('TZID:Europe/Paris')
    expect(text).toMatch(/BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:\+0200\r\nTZOFFSETTO:\+0100/)
    expect(text).toMatch(/RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=6/)
    expect(text).toMatch(/RECURRENCE-ID;[^\r]*TZID=Europe\/Paris:20261103T090000/)
    expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)
  })
})

describe('a calendar from outside', () => {
  const calendar = (events: string): string =>
    `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN\r\n${events}END:VCALENDAR\r\n`
  const event = (lines: string): string => `BEGIN:VEVENT\r\nDTSTAMP:20261001T080000Z\r\n${lines}\r\nEND:VEVENT\r\n`
  it('of Outlook, with zones in its own words, is read on the local clock', () => {
    const { entries } = fromICalendar(
      calendar(
        event('UID:a\r\nDTSTART;TZID="Romance Standard Time":20261020T090000\r\nDTEND;TZID="Romance Standard Time":20261020T100000\r\nSUMMARY:Dentiste'),
      ),
      'Europe/Paris',
    )
    expect(entries[0]).toMatchObject({ startsLocal: '2026-10-20T09:00', minutes: 60, timeZone: 'Europe/Paris' })
  })
  it('leaves out free time, and what Jalon itself had sent there', () => {
    const { entries, left } = fromICalendar(
      calendar(
        event('UID:a\r\nDTSTART:20261020T090000Z\r\nDTEND:20261020T100000Z\r\nTRANSP:TRANSPARENT\r\nSUMMARY:Télétravail') +
          event('UID:01990b8e-0000-7000-8000-000000000001@jalon\r\nDTSTART:20261020T090000Z\r\nDTEND:20261020T100000Z\r\nSUMMARY:RDV Jalon') +
          event('UID:b\r\nDTSTART:20261020T090000Z\r\nDURATION:PT45M\r\nSUMMARY:Réunion'),
      ),
      'Europe/Paris',
    )
    expect(entries.map(({ uid, minutes }) => [uid, minutes])).toEqual([['b', 45]])
    expect(left).toEqual({ free: 1, ours: 1, unreadable: 0 })
  })
  it('cancels one time by an override as well as by an exception', () => {
    const { entries } = fromICalendar(
      calendar(
        event('UID:a\r\nDTSTART;TZID=Europe/Paris:20261020T090000\r\nDURATION:PT30M\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\nSUMMARY:Cours') +
          event('UID:a\r\nRECURRENCE-ID;TZID=Europe/Paris:20261027T090000\r\nDTSTART;TZID=Europe/Paris:20261027T090000\r\nDURATION:PT30M\r\nSTATUS:CANCELLED'),
      ),
      'Europe/Paris',
    )
    expect(entries).toMatchObject([{ rule: 'FREQ=WEEKLY;COUNT=4', without: ['2026-10-27T08:00:00.000Z'], moved: [] }])
  })
})
