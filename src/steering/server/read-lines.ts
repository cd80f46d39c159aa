import { implement, noTarget } from '../../platform/server/implement.ts'
import { workingMinutesBetween } from '../../territory/contract/working-time.ts'
import { workingCalendar } from '../../territory/server/api.ts'
import { accompanimentLines, doctorLines, sollicitationLines } from '../contract/queries.ts'
import { ageBounds } from '../contract/value-sets.ts'
import { accompanimentPage, doctorPage, sollicitationPage } from './lines.sql.ts'
import { yearBefore } from './periods.ts'

export const readSollicitationLines = implement(sollicitationLines, {
  load: noTarget,
  run: async ({ tx, timeZone }, input) => {
    const { rows, total, next } = await sollicitationPage(tx, { serviceId: input.serviceId, now: input, before: yearBefore(input), timeZone }, input)
    const calendar = await workingCalendar(tx, timeZone)
    const after = (receivedAt: string, answeredAt: string | null): number | null =>
      answeredAt === null ? null : workingMinutesBetween(new Date(receivedAt), new Date(answeredAt), calendar)
    return { total, next, rows: rows.map(({ firstAnsweredAt, ...row }) => ({ ...row, answeredAfter: after(row.receivedAt, firstAnsweredAt) })) }
  },
})

export const readAccompanimentLines = implement(accompanimentLines, {
  load: noTarget,
  run: async ({ tx, timeZone }, input) => {
    const ages = input.band === null ? null : input.band === 'unknown' ? 'unknown' : ageBounds(input.band)
    const { rows, total, next } = await accompanimentPage(
      tx,
      { serviceId: input.serviceId, now: input, before: yearBefore(input), timeZone },
      { ...input, ages },
    )
    return { total, next, rows: [...rows] }
  },
})

export const readDoctorLines = implement(doctorLines, {
  load: noTarget,
  run: async ({ tx, timeZone }, input) => {
    const { rows, total, next } = await doctorPage(tx, { serviceId: input.serviceId, now: input, before: yearBefore(input), timeZone }, input)
    return { total, next, rows: [...rows] }
  },
})
