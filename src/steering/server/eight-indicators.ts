import { implement, noTarget } from '../../platform/server/implement.ts'
import { readableCount } from '../contract/figures.ts'
import { type Breakdown, eightIndicators } from '../contract/queries.ts'
import { ageBands, foldedAgeBandOf } from '../contract/value-sets.ts'
import { type Compared, type CountRow, doctorShare, funding, heading, personFigures, requestFigures, staff } from './indicators.sql.ts'
import { ageYear, middleOf, monthsOf, yearBefore } from './periods.ts'

/** The eight national indicators (R107–R114), counted from the work: the same expressions give each figure and the list behind it. */
export const readEightIndicators = implement(eightIndicators, {
  load: noTarget,
  run: async ({ tx, actor, timeZone }, scope) => {
    const before = yearBefore(scope)
    const compared: Compared = { serviceId: scope.serviceId, now: scope, before, timeZone }
    const readable = (count: number): number | null => readableCount(actor, count)
    const shown = (rows: readonly CountRow[]): Breakdown => rows.map((row) => ({ ...row, count: readable(row.count), previous: readable(row.previous) }))

    const requests = await requestFigures(tx, compared)
    const persons = await personFigures(tx, compared)
    const doctors = await doctorShare(tx, scope.serviceId, scope, middleOf(scope), timeZone)
    const doctorsBefore = await doctorShare(tx, scope.serviceId, before, middleOf(before), timeZone)
    const posts = await staff(tx, compared)
    const year = ageYear(scope)
    const accounts = await funding(tx, scope.serviceId, year)
    const head = await heading(tx, scope.serviceId)

    const sum = <Row>(rows: readonly Row[], pick: (row: Row) => number): number => rows.reduce((total, row) => total + pick(row), 0)
    return {
      serviceName: head.name,
      from: scope.from,
      to: scope.to,
      previousFrom: before.from,
      previousTo: before.to,
      sollicitations: {
        count: readable(sum(requests.months, (m) => m.count)),
        previous: readable(sum(requests.months, (m) => m.previous)),
        months: monthsOf(scope).map((month) => {
          const row = requests.months.find((m) => m.month === month)
          return { month, count: readable(row?.count ?? 0), previous: readable(row?.previous ?? 0) }
        }),
      },
      requesters: { groups: shown(requests.groups), kinds: shown(requests.kinds) },
      answers: {
        answered: readable(sum(requests.principalAnswers, (a) => a.count)),
        previous: readable(sum(requests.principalAnswers, (a) => a.previous)),
        principal: shown(requests.principalAnswers),
        all: shown(requests.allAnswers),
      },
      ages: {
        persons: readable(sum(persons.ages, (a) => a.count)),
        previous: readable(sum(persons.ages, (a) => a.previous)),
        dormantOnly: readable(persons.dormant),
        bands: ageBreakdown(persons.ages).map((row) => ({ ...row, count: readable(row.count), previous: readable(row.previous) })),
      },
      problems: { principal: shown(persons.populations), difficulties: shown(persons.difficulties) },
      doctors: {
        asked: readable(doctors.asked),
        practising: doctors.practising,
        previousAsked: readable(doctorsBefore.asked),
        previousPractising: doctorsBefore.practising,
        directoryDay: head.directoryDay,
      },
      staff: { fte: round(sum(posts, (p) => p.fte)), previous: round(sum(posts, (p) => p.previous)), jobs: [...posts] },
      funding: {
        year,
        amount: round(sum(accounts, (a) => a.amount)),
        previous: round(sum(accounts, (a) => a.previous)),
        provisional: accounts.some((a) => a.provisional),
        funders: accounts.map(({ code, label, amount, previous }) => ({ code, label, amount, previous })),
      },
    }
  },
})

const round = (value: number): number => Math.round(value * 100) / 100

/** Ages folded into the published bands, in their order; a person without birth date is said so. */
function ageBreakdown(ages: readonly { age: number | null; count: number; previous: number }[]): readonly CountRow[] {
  const bands = ageBands.values.filter((value) => value.parent === undefined)
  const total = (code: string | null, key: 'count' | 'previous'): number =>
    ages.filter((a) => (a.age === null ? null : foldedAgeBandOf(a.age)) === code).reduce((t, a) => t + a[key], 0)
  const rows: CountRow[] = bands.map((band) => ({
    code: band.code,
    label: band.label,
    count: total(band.code, 'count'),
    previous: total(band.code, 'previous'),
  }))
  const unknown = { code: 'unknown', label: 'Âge inconnu', count: total(null, 'count'), previous: total(null, 'previous') }
  return unknown.count + unknown.previous > 0 ? [...rows, unknown] : rows
}
