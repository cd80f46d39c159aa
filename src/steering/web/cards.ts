import { formatNumber, formatShare, formatSigned } from '../../platform/web/text/numbers.ts'
import { indicators } from '../contract/indicators.ts'
import type { Breakdown, Figures } from '../contract/queries.ts'

/** One indicator as the screen shows it: figure, bars, table, and which lines each number opens. */
export interface IndicatorCard {
  readonly number: number
  readonly title: string
  readonly rule: string
  readonly leavesOut: string
  readonly figure: string
  readonly unit: string
  readonly change: string | undefined
  readonly good: boolean
  readonly rows: readonly CardRow[]
  /** What the numbers of this card open; null when nothing lies behind (staff and funding open their entry page). */
  readonly list: ListKind | null
  readonly filter: LineFilter
}
export type ListKind = 'requests' | 'accompaniments' | 'doctors'
export interface LineFilter {
  readonly group?: string
  readonly answer?: string
  readonly band?: string
  readonly population?: string
  readonly asked?: string
  readonly mode?: string
}
export interface CardRow {
  readonly code: string
  readonly label: string
  readonly value: number | null
  readonly previous: number | null
  readonly share: number | null
  readonly previousShare: number | null
  readonly shown: string
  readonly filter: LineFilter | null
}

/** A number that a reader of the region may not see: between one and four, or what would give such a number back. */
const hidden = 'secret'
const shownCount = (value: number | null): string => (value === null ? hidden : formatNumber(value))
const total = (rows: Breakdown, key: 'count' | 'previous'): number => rows.reduce((sum, row) => sum + (row[key] ?? 0), 0)

function evolution(now: number | null, before: number | null): string | undefined {
  if (now === null || before === null || before === 0) return undefined
  return `${formatSigned(((now - before) / before) * 100)} %`
}
function points(share: number | null, before: number | null): string | undefined {
  return share === null || before === null ? undefined : `${formatSigned((share - before) * 100)} pt`
}

function counted(rows: Breakdown, filterOf: (code: string) => LineFilter, show: 'count' | 'share'): readonly CardRow[] {
  const all = total(rows, 'count')
  const allBefore = total(rows, 'previous')
  return rows.map((row) => {
    const share = row.count === null || all === 0 ? null : row.count / all
    const previousShare = row.previous === null || allBefore === 0 ? null : row.previous / allBefore
    return {
      code: row.code,
      label: row.label,
      value: row.count,
      previous: row.previous,
      share,
      previousShare,
      shown: show === 'share' && share !== null ? formatShare(share) : shownCount(row.count),
      filter: filterOf(row.code),
    }
  })
}

/** The eight cards, in the order of the Cadre national. */
export function cardsOf(f: Figures): readonly IndicatorCard[] {
  const requesters = counted(f.requesters.groups, (group) => ({ group }), 'share')
  const answers = counted(f.answers.principal, (answer) => ({ answer }), 'count')
  const ages = counted(f.ages.bands, (band) => ({ band }), 'count')
  const problems = counted(f.problems.principal, (population) => ({ population }), 'count')
  const [firstRequester] = requesters
  const [firstProblem] = problems
  const waiting = f.sollicitations.count === null || f.answers.answered === null ? null : f.sollicitations.count - f.answers.answered
  const doctorShare = shareOf(f.doctors.asked, f.doctors.practising)
  const doctorShareBefore = shareOf(f.doctors.previousAsked, f.doctors.previousPractising)
  const bodies: readonly Omit<IndicatorCard, 'number' | 'title' | 'rule' | 'leavesOut'>[] = [
    {
      figure: shownCount(f.sollicitations.count),
      unit: f.sollicitations.count === 1 ? 'demande reçue' : 'demandes reçues',
      change: evolution(f.sollicitations.count, f.sollicitations.previous),
      good: false,
      list: 'requests',
      filter: {},
      rows: f.sollicitations.months.map((m) => ({
        code: m.month,
        label: monthLabel(m.month),
        value: m.count,
        previous: m.previous,
        share: null,
        previousShare: null,
        shown: shownCount(m.count),
        filter: null,
      })),
    },
    {
      figure: shownCount(firstRequester?.value ?? 0),
      unit: firstRequester ? `${firstRequester.label.toLowerCase()}, ${firstRequester.shown}` : 'aucune demande',
      change: points(firstRequester?.share ?? null, firstRequester?.previousShare ?? null),
      good: false,
      list: 'requests',
      filter: firstRequester?.filter ?? {},
      rows: requesters,
    },
    {
      figure: shownCount(f.answers.answered),
      unit: `sur ${shownCount(f.sollicitations.count)}${waiting ? `, ${formatNumber(waiting)} en cours` : ''}`,
      change: evolution(f.answers.answered, f.answers.previous),
      good: false,
      list: 'requests',
      filter: { answer: 'any' },
      rows: answers,
    },
    {
      figure: shownCount(f.ages.persons),
      unit: `${f.ages.persons === 1 ? 'accompagnée' : 'accompagnées'}${f.ages.dormantOnly ? `, ${formatNumber(f.ages.dormantOnly)} en veille à part` : ''}`,
      change: evolution(f.ages.persons, f.ages.previous),
      good: false,
      list: 'accompaniments',
      filter: {},
      rows: ages,
    },
    {
      figure: firstProblem?.share ? formatShare(firstProblem.share) : '–',
      unit: firstProblem ? `${firstProblem.label.toLowerCase()}, en premier` : 'aucune personne',
      change: points(firstProblem?.share ?? null, firstProblem?.previousShare ?? null),
      good: false,
      list: 'accompaniments',
      filter: firstProblem?.filter ?? {},
      rows: problems,
    },
    {
      figure: shownCount(f.doctors.asked),
      unit: doctorShare === null ? 'aucun généraliste à l’annuaire' : `sur ${shownCount(f.doctors.practising)}, ${formatShare(doctorShare)}`,
      change: points(doctorShare, doctorShareBefore),
      good: doctorShare !== null && doctorShareBefore !== null && doctorShare > doctorShareBefore,
      list: 'doctors',
      filter: { asked: 'yes' },
      rows: [
        {
          code: 'asked',
          label: 'Ont sollicité',
          value: f.doctors.asked,
          previous: f.doctors.previousAsked,
          share: doctorShare,
          previousShare: doctorShareBefore,
          shown: shownCount(f.doctors.asked),
          filter: { asked: 'yes' },
        },
        {
          code: 'silent',
          label: 'N’ont pas sollicité',
          value: rest(f.doctors.practising, f.doctors.asked),
          previous: rest(f.doctors.previousPractising, f.doctors.previousAsked),
          share: doctorShare === null ? null : 1 - doctorShare,
          previousShare: doctorShareBefore === null ? null : 1 - doctorShareBefore,
          shown: shownCount(rest(f.doctors.practising, f.doctors.asked)),
          filter: { asked: 'no' },
        },
        ...f.doctors.modes
          .filter((mode) => mode.practising !== 0 || mode.previousPractising !== 0)
          .map((mode) => ({
            code: mode.code,
            label: `${mode.label} ayant sollicité`,
            value: mode.asked,
            previous: mode.previousAsked,
            share: shareOf(mode.asked, mode.practising),
            previousShare: shareOf(mode.previousAsked, mode.previousPractising),
            shown: `${shownCount(mode.asked)} sur ${shownCount(mode.practising)}`,
            filter: { asked: 'yes', mode: mode.code },
          })),
      ],
    },
    {
      figure: formatNumber(f.staff.fte, 1),
      unit: 'ETP en moyenne',
      change: f.staff.previous === 0 ? undefined : `${formatSigned(f.staff.fte - f.staff.previous)} ETP`,
      good: false,
      list: null,
      filter: {},
      rows: f.staff.jobs.map((job) => amountRow(job.code, job.label, job.fte, job.previous, f.staff.fte, f.staff.previous, formatNumber(job.fte, 1))),
    },
    {
      figure: f.funding.amount === 0 ? '–' : `${formatNumber(f.funding.amount / 1_000_000, 2)} M€`,
      unit: f.funding.amount === 0 ? `rien de saisi pour ${f.funding.year}` : `en ${f.funding.year}${f.funding.provisional ? ', provisoire' : ''}`,
      change: evolution(f.funding.amount, f.funding.previous),
      good: false,
      list: null,
      filter: {},
      rows: f.funding.funders.map((funder) =>
        amountRow(
          funder.code,
          funder.label,
          funder.amount,
          funder.previous,
          f.funding.amount,
          f.funding.previous,
          `${formatNumber(Math.round(funder.amount / 1000))} k€`,
        ),
      ),
    },
  ]
  return bodies.map((body, n) => {
    const definition = indicators[n]
    return { number: n + 1, title: definition?.title ?? '', rule: definition?.rule ?? '', leavesOut: definition?.leavesOut ?? '', ...body }
  })
}

const shareOf = (part: number | null, all: number | null): number | null => (part === null || all === null || all === 0 ? null : part / all)

const rest = (all: number | null, part: number | null): number | null => (all === null || part === null ? null : all - part)

function amountRow(code: string, label: string, value: number, previous: number, sum: number, sumBefore: number, shown: string): CardRow {
  return {
    code,
    label,
    value,
    previous,
    share: sum === 0 ? null : value / sum,
    previousShare: sumBefore === 0 ? null : previous / sumBefore,
    shown,
    filter: null,
  }
}

/** « janv. 2026 » from '2026-01'. */
export function monthLabel(month: string): string {
  return new Intl.DateTimeFormat('fr-FR', { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-15T00:00:00Z`))
}
