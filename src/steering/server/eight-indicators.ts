import { invalid } from '../../platform/contract/errors.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { readableCount, readsRegion, smallestCell } from '../contract/figures.ts'
import { type Breakdown, eightIndicators } from '../contract/queries.ts'
import { isOfWholeMonths, secretOf } from '../contract/secrecy.ts'
import { ageBands, foldedAgeBandOf } from '../contract/value-sets.ts'
import { type Compared, type CountRow, type DoctorShare, doctorShare, funding, heading, personFigures, requestFigures, staff } from './indicators.sql.ts'
import { ageYear, middleOf, monthsOf, yearBefore } from './periods.ts'

/** The eight national indicators (R107–R114), counted from the work: the same expressions give each figure and the list behind it. */
export const readEightIndicators = implement(eightIndicators, {
  load: noTarget,
  run: async ({ tx, actor, timeZone, now }, scope) => {
    const region = readsRegion(actor)
    if (region && !isOfWholeMonths(scope, now, timeZone)) throw invalid('region_reads_whole_months')
    const before = yearBefore(scope)
    const compared: Compared = { serviceId: scope.serviceId, now: scope, before, timeZone }
    const readable = (count: number): number | null => readableCount(actor, count)
    // Rows that add up to a published total, with what is left of it where they are not the whole.
    const hiddenOf = (rows: readonly CountRow[], key: 'count' | 'previous', left = 0): ReadonlySet<string> =>
      region ? secretOf([...rows.map((row) => ({ code: row.code, count: row[key] })), { code: rest, count: left }]) : new Set()
    const family = (rows: readonly CountRow[], left = { count: 0, previous: 0 }): Breakdown => {
      const hidden = { count: hiddenOf(rows, 'count', left.count), previous: hiddenOf(rows, 'previous', left.previous) }
      return rows.map(({ code, label, count, previous }) => ({
        code,
        label,
        count: hidden.count.has(code) ? null : count,
        previous: hidden.previous.has(code) ? null : previous,
      }))
    }
    const alone = (rows: readonly CountRow[]): Breakdown => rows.map((row) => ({ ...row, count: readable(row.count), previous: readable(row.previous) }))

    const requests = await requestFigures(tx, compared)
    const persons = await personFigures(tx, compared)
    const doctors = await doctorShare(tx, scope.serviceId, scope, middleOf(scope), timeZone)
    const doctorsBefore = await doctorShare(tx, scope.serviceId, before, middleOf(before), timeZone)
    const posts = await staff(tx, compared)
    const year = ageYear(scope)
    const accounts = await funding(tx, scope.serviceId, year)
    const head = await heading(tx, scope.serviceId, timeZone)

    const sum = <Row>(rows: readonly Row[], pick: (row: Row) => number): number => rows.reduce((total, row) => total + pick(row), 0)
    const received = { count: sum(requests.months, (m) => m.count), previous: sum(requests.months, (m) => m.previous) }
    const answered = { count: sum(requests.principalAnswers, (a) => a.count), previous: sum(requests.principalAnswers, (a) => a.previous) }
    const waiting = { count: received.count - answered.count, previous: received.previous - answered.previous }
    const answeredOf = (key: 'count' | 'previous'): number | null =>
      hiddenOf(requests.principalAnswers, key, waiting[key]).has(rest) ? null : readable(answered[key])
    const askedOf = ({ asked, practising }: { readonly asked: number; readonly practising: number }): number | null =>
      region &&
      secretOf([
        { code: 'asked', count: asked },
        { code: rest, count: practising - asked },
      ]).has('asked')
        ? null
        : asked
    const modes = (['liberal', 'salaried'] as const).map((code) => {
      const [now, then] = [doctors[code], doctorsBefore[code]]
      return { code, label: modeLabels[code], ...now, previousAsked: then.asked, previousPractising: then.practising }
    })
    const groups = family(requests.groups)
    const months = family(
      monthsOf(scope).map((month) => {
        const row = requests.months.find((m) => m.month === month)
        return { code: month, label: month, count: row?.count ?? 0, previous: row?.previous ?? 0 }
      }),
    )
    return {
      serviceName: head.name,
      from: scope.from,
      to: scope.to,
      previousFrom: before.from,
      previousTo: before.to,
      sollicitations: {
        count: readable(received.count),
        previous: readable(received.previous),
        months: months.map(({ code, count, previous }) => ({ month: code, count, previous })),
      },
      requesters: { groups, kinds: kindsUnder(groups, requests.kinds, family) },
      answers: {
        answered: answeredOf('count'),
        previous: answeredOf('previous'),
        principal: family(requests.principalAnswers, waiting),
        all: alone(requests.allAnswers),
      },
      ages: {
        persons: readable(sum(persons.ages, (a) => a.count)),
        previous: readable(sum(persons.ages, (a) => a.previous)),
        dormantOnly: readable(persons.dormant),
        bands: family(ageBreakdown(persons.ages)),
      },
      problems: { principal: family(persons.populations), difficulties: alone(persons.difficulties) },
      doctors: {
        asked: askedOf(doctors),
        practising: doctors.practising,
        previousAsked: askedOf(doctorsBefore),
        previousPractising: doctorsBefore.practising,
        modes: modes.map((mode) => ({
          ...mode,
          asked: region && isSmall(doctors) ? null : mode.asked,
          previousAsked: region && isSmall(doctorsBefore) ? null : mode.previousAsked,
        })),
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

const modeLabels = { liberal: 'Libéraux', salaried: 'Salariés' } as const

/** One of the four cells (who asked, who did not, by mode) is of one to four doctors: with the totals, any other would give it back. */
const isSmall = ({ liberal, salaried }: DoctorShare): boolean =>
  [liberal, salaried].flatMap(({ asked, practising }) => [asked, practising - asked]).some((cell) => cell > 0 && cell < smallestCell)

/** What a family leaves of its total. */
const rest = ' rest'

/** The kinds of each group under the number of the group: where it is secret, all of them are. In the order in which they came. */
function kindsUnder(groups: Breakdown, kinds: readonly (CountRow & { readonly group: string })[], family: (rows: readonly CountRow[]) => Breakdown): Breakdown {
  const shown = new Map(
    groups.flatMap((group) =>
      family(kinds.filter((kind) => kind.group === group.code)).map((row) => [
        row.code,
        {
          ...row,
          count: group.count === null && row.count !== 0 ? null : row.count,
          previous: group.previous === null && row.previous !== 0 ? null : row.previous,
        },
      ]),
    ),
  )
  return kinds.flatMap(({ code }) => shown.get(code) ?? [])
}

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
