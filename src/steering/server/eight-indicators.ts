import { invalid } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { readsRegion } from '../contract/figures.ts'
import { type Breakdown, eightIndicators } from '../contract/queries.ts'
import { type AskedShare, isOfWholeMonths, type LineSecrets, secretOfAsked } from '../contract/secrecy.ts'
import { ageBands, foldedAgeBandOf } from '../contract/value-sets.ts'
import {
  type Compared,
  doctorShare,
  doctorShares,
  funding,
  heading,
  noDoctor,
  personFigures,
  type RequestFigures,
  requestFigures,
  staff,
  type Tally,
} from './indicators.sql.ts'
import { ageYear, middleOf, monthsOf, type Period, yearBefore } from './periods.ts'
import { type Family, family, lines, pairOf, partsOf, type Reading, shownRows, totalOf } from './published.ts'

/** The eight national indicators (R107–R114), counted from the work: the same expressions give each figure and the list behind it. */
export const readEightIndicators = implement(eightIndicators, {
  load: noTarget,
  run: async ({ tx, actor, timeZone, now, note }, scope) => {
    const region = readsRegion(actor)
    if (region && !isOfWholeMonths(scope, now, timeZone)) throw invalid('region_reads_whole_months')
    // Many periods that overlap give back what one hides: whoever asks for them is seen in the trace.
    if (region) note({ serviceId: scope.serviceId, from: scope.from, to: scope.to })
    const before = yearBefore(scope)
    // Whoever reads every service can take some from the whole: what is secret of one is known from all of them only.
    const compared: Compared = { serviceId: region ? null : scope.serviceId, now: scope, before, timeZone }

    const requests = await requestFigures(tx, compared)
    const persons = await personFigures(tx, compared)
    const doctors = await readDoctors(tx, region, scope.serviceId, scope, timeZone)
    const doctorsBefore = await readDoctors(tx, region, scope.serviceId, before, timeZone)
    const posts = await staff(tx, { ...compared, serviceId: scope.serviceId })
    const year = ageYear(scope)
    const accounts = await funding(tx, scope.serviceId, year)
    const head = await heading(tx, scope.serviceId, timeZone)

    const counted = [...requests.months, ...persons.populations, ...persons.dormant]
    const reading: Reading = { underSecrecy: region, serviceId: scope.serviceId, services: [...new Set(counted.map((one) => one.service))].sort() }
    const months = family(reading, requests.months)
    const groups = family(reading, requests.groups)
    const principal = family(reading, [...requests.principalAnswers, ...waitingOf(requests)])
    const received = totalOf(reading, months)
    const waiting = pairOf(reading, principal, rest)
    const answered = (key: 'count' | 'previous'): number | null => {
      const [all, left] = [received[key], waiting[key]]
      return all === null || left === null ? null : all - left
    }
    const ages = family(reading, persons.ages.map(inBand))
    const sum = <Row>(rows: readonly Row[], pick: (row: Row) => number): number => rows.reduce((total, row) => total + pick(row), 0)
    return {
      serviceName: head.name,
      from: scope.from,
      to: scope.to,
      previousFrom: before.from,
      previousTo: before.to,
      sollicitations: { ...received, months: monthsOf(scope).map((month) => ({ month, ...pairOf(reading, months, month) })) },
      requesters: {
        groups: shownRows(reading, groups),
        kinds: shownRows(reading, groups).flatMap((group) =>
          shownRows(
            reading,
            partsOf(
              reading,
              groups,
              group.code,
              requests.kinds.filter((kind) => kind.group === group.code),
            ),
          ),
        ),
      },
      answers: {
        answered: answered('count'),
        previous: answered('previous'),
        principal: shownRows(reading, principal).filter((row) => row.code !== rest),
        all: shownRows(reading, lines(reading, requests.allAnswers)),
      },
      ages: {
        persons: totalOf(reading, ages).count,
        previous: totalOf(reading, ages).previous,
        dormantOnly: pairOf(reading, lines(reading, persons.dormant), '').count,
        bands: bandsOf(reading, ages),
      },
      problems: {
        principal: shownRows(reading, family(reading, persons.populations)),
        difficulties: shownRows(reading, lines(reading, persons.difficulties)),
      },
      doctors: {
        asked: doctors.asked,
        practising: doctors.practising,
        previousAsked: doctorsBefore.asked,
        previousPractising: doctorsBefore.practising,
        modes: (['liberal', 'salaried'] as const).map((code) => ({
          code,
          label: modeLabels[code],
          ...doctors[code],
          previousAsked: doctorsBefore[code].asked,
          previousPractising: doctorsBefore[code].practising,
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

interface ShownShare {
  readonly asked: number | null
  readonly practising: number
}

/** Indicator 6 of one period, as it is read. */
async function readDoctors(
  tx: Tx,
  underSecrecy: boolean,
  serviceId: ServiceId | null,
  period: Period,
  timeZone: string,
): Promise<ShownShare & { readonly liberal: ShownShare; readonly salaried: ShownShare }> {
  const middle = middleOf(period)
  if (!underSecrecy) return doctorShare(tx, serviceId, period, middle, timeZone)
  const whole = await doctorShare(tx, null, period, middle, timeZone)
  const shares = await doctorShares(tx, period, middle, timeZone)
  const services = [...shares.keys()].sort()
  const secrets = secretOfAsked(
    services.map((service) => shares.get(service) ?? noDoctor),
    whole,
  )
  const read = serviceId === null ? whole : (shares.get(serviceId) ?? noDoctor)
  const isSecret = (line: LineSecrets): boolean => (serviceId === null ? line.whole : line.services[services.indexOf(serviceId)] === true)
  const modes = isSecret(secrets.modes)
  const shown = ({ asked, practising }: AskedShare, secret: boolean): ShownShare => ({ asked: secret ? null : asked, practising })
  return { ...shown(read, isSecret(secrets.asked)), liberal: shown(read.liberal, modes), salaried: shown(read.salaried, modes) }
}

/** What is still without an answer in each service. */
const rest = ' rest'

function waitingOf({ months, principalAnswers }: RequestFigures): readonly Tally[] {
  return [...new Set(months.map((month) => month.service))].map((service) => {
    const left = (key: 'count' | 'previous'): number => {
      const total = (tallies: readonly Tally[]): number => tallies.filter((one) => one.service === service).reduce((sum, one) => sum + one[key], 0)
      return total(months) - total(principalAnswers)
    }
    const pair = { count: left('count'), previous: left('previous') }
    return { code: rest, label: '', service, ...pair, whole: pair }
  })
}

const round = (value: number): number => Math.round(value * 100) / 100

const unknownAge = 'unknown'

/** An age folded into its published band. */
function inBand({ age, ...tally }: Tally & { readonly age: number | null }): Tally {
  return { ...tally, code: (age === null ? null : foldedAgeBandOf(age)) ?? unknownAge }
}

/** The published bands in their order; persons without birth date are said so where there are some. */
function bandsOf(reading: Reading, ages: Family): Breakdown {
  const bands = ageBands.values.filter((value) => value.parent === undefined)
  const unknown = pairOf(reading, ages, unknownAge)
  const rows = bands.map(({ code, label }) => ({ code, label, ...pairOf(reading, ages, code) }))
  return unknown.count === 0 && unknown.previous === 0 ? rows : [...rows, { code: unknownAge, label: 'Âge inconnu', ...unknown }]
}
