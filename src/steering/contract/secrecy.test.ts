import { describe, expect, it, test } from 'vitest'
import { smallestPublished } from '../../platform/contract/disclosure.ts'
import { type AskedByMode, isOfWholeMonths, type ServiceTable, secretOfAsked, secretOfLine, secretOfLines, secretOfParts, secretOfTable } from './secrecy.ts'

function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return Math.floor((state / 4294967296) * below)
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const tableOf = (counts: readonly (readonly number[])[]): ServiceTable => ({ counts, whole: counts.map(sum) })

/** What a reader who subtracts knows: numbers by their names, some published, and sums that hold between them. */
class Ledger {
  readonly values = new Map<string, number>()
  readonly secret = new Set<string>()
  readonly sums: (readonly (readonly [string, number])[])[] = []

  say(name: string, value: number, secret: boolean): string {
    this.values.set(name, value)
    if (secret) this.secret.add(name)
    return name
  }

  add(total: string, parts: readonly string[]): void {
    this.sums.push([[total, -1], ...parts.map((part) => [part, 1] as const)])
  }

  /** The secret numbers that follow from the published ones: elimination on what is unknown, in whole numbers modulo a prime. */
  found(): readonly string[] {
    const prime = 1_000_003
    const power = (base: number, exponent: number): number => {
      let [result, square] = [1, base]
      for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
        if (rest % 2 === 1) result = (result * square) % prime
        square = (square * square) % prime
      }
      return result
    }
    const unknown = [...this.secret]
    const matrix = this.sums.map((terms) => {
      const row = new Map(terms.filter(([name]) => this.secret.has(name)))
      return unknown.map((name) => ((row.get(name) ?? 0) + prime) % prime)
    })
    let at = 0
    for (const column of unknown.keys()) {
      const pivot = matrix.findIndex((row, index) => index >= at && row[column] !== 0)
      if (pivot < 0) continue
      const chosen = matrix[pivot] as number[]
      matrix[pivot] = matrix[at] as number[]
      const inverse = power(chosen[column] as number, prime - 2)
      const scaled = chosen.map((value) => (value * inverse) % prime)
      matrix[at] = scaled
      for (const [index, row] of matrix.entries()) {
        const factor = row[column] as number
        if (index !== at && factor !== 0) matrix[index] = row.map((value, n) => (value + (prime - factor) * (scaled[n] as number)) % prime)
      }
      at += 1
    }
    return matrix.flatMap((row) => {
      const left = unknown.filter((_, index) => row[index] !== 0)
      return left.length === 1 ? left : []
    })
  }

  small(): readonly string[] {
    return this.found().filter((name) => (this.values.get(name) ?? 0) > 0 && (this.values.get(name) ?? 0) < smallestPublished)
  }

  published(): readonly number[] {
    return [...this.values].filter(([name]) => !this.secret.has(name)).map(([, value]) => value)
  }
}

type Told = ReturnType<typeof secretOfTable>

/** Writes a family in the ledger; its totals by `total` when it has some. */
function write(ledger: Ledger, name: string, table: ServiceTable, told: Told, total: ((service: number | null) => string) | null): void {
  const services = [...(table.counts[0] ?? []).keys()]
  const cells = table.counts.map((line, row) =>
    line.map((value, service) => ledger.say(`${name} ${row} of ${service}`, value, told.cells[row]?.[service] === true)),
  )
  const wholes = table.whole.map((value, row) => ledger.say(`${name} ${row}`, value, told.whole[row] === true))
  for (const [row, line] of cells.entries()) ledger.add(wholes[row] as string, line)
  if (total === null) return
  for (const service of services)
    ledger.add(
      total(service),
      cells.map((line) => line[service] as string),
    )
  ledger.add(total(null), wholes)
}

/** Requests of a region by service, in groups of kinds, months and answers: few in some services, many in others. */
function aRegion(roll: (below: number) => number): {
  readonly months: ServiceTable
  readonly groups: ServiceTable
  readonly kinds: readonly ServiceTable[]
  readonly answers: ServiceTable
} {
  const services = 2 + roll(5)
  const none = (rows: number): number[][] => Array.from({ length: rows }, () => Array.from({ length: services }, () => 0))
  const [months, groups, answers] = [none(1 + roll(6)), none(2 + roll(3)), none(2 + roll(4))]
  const kinds = groups.map(() => none(1 + roll(4)))
  const one = (table: number[][], row: number, service: number): void => {
    const line = table[row] as number[]
    line[service] = (line[service] ?? 0) + 1
  }
  for (let service = 0; service < services; service += 1)
    for (let request = [3, 12, 40, 120][roll(4)] ?? 0; request > 0; request -= 1) {
      const group = Math.min(roll(groups.length), roll(groups.length))
      one(groups, group, service)
      one(kinds[group] as number[][], Math.min(roll((kinds[group] as number[][]).length), roll(4)), service)
      one(months, roll(months.length), service)
      one(answers, Math.min(roll(answers.length), roll(answers.length)), service)
    }
  return { months: tableOf(months), groups: tableOf(groups), kinds: kinds.map(tableOf), answers: tableOf(answers) }
}

function ledgerOf(region: ReturnType<typeof aRegion>, secretOf: (table: ServiceTable) => Told = secretOfTable): Ledger {
  const ledger = new Ledger()
  const services = (region.months.counts[0] ?? []).map((_, service) => sum(region.months.counts.map((line) => line[service] ?? 0)))
  const totals = secretOf === secretOfTable ? secretOfLine(services, sum(services)) : null
  const total = (service: number | null): string => (service === null ? 'all' : `all of ${service}`)
  ledger.say('all', sum(services), totals?.whole === true)
  for (const [service, value] of services.entries())
    ledger.say(total(service), value, totals === null ? value > 0 && value < smallestPublished : totals.services[service] === true)
  ledger.add(
    'all',
    services.map((_, service) => total(service)),
  )
  for (const name of ['months', 'groups', 'answers'] as const) write(ledger, name, region[name], secretOf(region[name]), total)
  const groups = secretOf(region.groups)
  for (const [group, parts] of region.kinds.entries()) {
    const told = secretOf === secretOfTable ? secretOfParts({ cells: groups.cells[group] ?? [], whole: groups.whole[group] === true }, parts) : secretOf(parts)
    write(ledger, `kinds of ${group}`, parts, told, (service) => (service === null ? `groups ${group}` : `groups ${group} of ${service}`))
  }
  return ledger
}

/** As it was: each service for itself, the region for itself, a small number and the next that covers it. */
function eachForItself({ counts, whole }: ServiceTable): Told {
  const of = (values: readonly number[]): readonly boolean[] => {
    const order = [...values.keys()].filter((at) => (values[at] ?? 0) > 0).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
    const small = order.filter((at) => (values[at] ?? 0) < smallestPublished).length
    const hidden = new Set(order.slice(0, small === 0 ? 0 : Math.max(2, small)))
    return values.map((_, at) => hidden.has(at))
  }
  const columns = (counts[0] ?? []).map((_, service) => of(counts.map((line) => line[service] ?? 0)))
  return { cells: counts.map((line, row) => line.map((_, service) => columns[service]?.[row] === true)), whole: of(whole) }
}

describe('whoever reads the region and each of its services', () => {
  it('found a 3 by taking the others from the region, when each was kept for itself; no longer', () => {
    // Two groups of requesters in three services: 3 of the first are secret with their 40, but 60 - 20 - 37 = 3.
    const groups = tableOf([
      [3, 20, 37],
      [40, 50, 60],
    ])
    const ledgerUnder = (secretOf: (table: ServiceTable) => Told): Ledger => {
      const ledger = new Ledger()
      for (const [service, value] of [43, 70, 97].entries()) ledger.say(`all of ${service}`, value, false)
      ledger.say('all', 210, false)
      write(ledger, 'groups', groups, secretOf(groups), (service) => (service === null ? 'all' : `all of ${service}`))
      return ledger
    }
    expect(ledgerUnder(eachForItself).small()).toEqual(['groups 0 of 0'])
    expect(ledgerUnder(secretOfTable).found()).toEqual([])
    expect(secretOfTable(groups).cells.flat().filter(Boolean).length).toBe(4)
    expect(secretOfTable(groups).whole).toEqual([false, false])
  })

  it('finds no number under five by any sum or difference of what is published, over months, groups, kinds and answers', () => {
    const roll = dice(23)
    const [found, before] = [[] as string[], [] as string[]]
    let secrets = 0
    for (let round = 0; round < 400; round += 1) {
      const region = aRegion(roll)
      const ledger = ledgerOf(region)
      secrets += ledger.secret.size
      found.push(...ledger.small().map((name) => `${round}: ${name}`))
      before.push(...ledgerOf(region, eachForItself).small())
      expect(ledger.published().filter((value) => value > 0 && value < smallestPublished)).toEqual([])
    }
    expect(found).toEqual([])
    expect(secrets).toBeGreaterThan(1000)
    // The same worlds, each service for itself: the reader who subtracts finds many.
    expect(before.length).toBeGreaterThan(100)
  })

  it('finds no small difficulty from that of the region, which no total holds together', () => {
    const roll = dice(5)
    for (let round = 0; round < 500; round += 1) {
      const services = 1 + roll(5)
      const table = tableOf(Array.from({ length: 3 }, () => Array.from({ length: services }, () => roll(12))))
      const ledger = new Ledger()
      write(ledger, 'difficulties', table, secretOfLines(table), null)
      expect(ledger.small()).toEqual([])
      expect(ledger.published().filter((value) => value > 0 && value < smallestPublished)).toEqual([])
    }
  })

  it('does not learn who of a few doctors asked, or did not, in any service', () => {
    const roll = dice(41)
    let bounded = 0
    for (let round = 0; round < 500; round += 1) {
      const share = (): { asked: number; practising: number } => {
        const practising = [0, 4, 12, 40][roll(4)] ?? 0
        return { practising, asked: roll(practising + 1) }
      }
      const add = (shares: readonly { asked: number; practising: number }[]): { asked: number; practising: number } => ({
        asked: sum(shares.map((one) => one.asked)),
        practising: sum(shares.map((one) => one.practising)),
      })
      const services: AskedByMode[] = Array.from({ length: 1 + roll(5) }, () => {
        const [liberal, salaried] = [share(), share()]
        return { ...add([liberal, salaried]), liberal, salaried }
      })
      const whole: AskedByMode = { ...add(services), liberal: add(services.map((one) => one.liberal)), salaried: add(services.map((one) => one.salaried)) }
      const secrets = secretOfAsked(services, whole)
      const ledger = new Ledger()
      const names = (line: 'asked' | 'liberal' | 'salaried'): { readonly of: string[]; readonly all: string } => {
        const count = (one: AskedByMode): number => (line === 'asked' ? one.asked : one[line].asked)
        const told = line === 'asked' ? secrets.asked : secrets.modes
        return {
          of: services.map((one, at) => ledger.say(`${line} of ${at}`, count(one), told.services[at] === true)),
          all: ledger.say(line, count(whole), told.whole),
        }
      }
      const [asked, liberal, salaried] = [names('asked'), names('liberal'), names('salaried')]
      for (const line of [asked, liberal, salaried]) ledger.add(line.all, line.of)
      for (const at of services.keys()) ledger.add(asked.of[at] as string, [liberal.of[at] as string, salaried.of[at] as string])
      ledger.add(asked.all, [liberal.all, salaried.all])
      expect([round, ledger.small()]).toEqual([round, []])
      expect(ledger.published().filter((value) => value > 0 && value < smallestPublished)).toEqual([])
      // Nor how far it goes: how many practise is public, so that what is left of the region bounds those who asked and those who did not.
      for (const line of ['asked', 'liberal', 'salaried'] as const) {
        const told = line === 'asked' ? secrets.asked : secrets.modes
        if (told.whole) continue
        const shares = services.map((one) => (line === 'asked' ? one : one[line]))
        const hidden = shares.filter((_, at) => told.services[at] === true)
        const left = sum(hidden.map((one) => one.asked))
        const leftOut = sum(hidden.map((one) => one.practising)) - left
        // None at all is no secret.
        for (const rest of [left, leftOut].filter((one) => one > 0))
          for (const { practising } of hidden.filter((one) => one.practising >= smallestPublished)) {
            expect([round, line, Math.min(practising, rest) >= smallestPublished]).toEqual([round, line, true])
            bounded += 1
          }
      }
    }
    expect(bounded).toBeGreaterThan(200)
  })
})

test('the region keeps its own numbers where only services have small ones', () => {
  expect(secretOfLine([3, 20, 37, 6], 66)).toEqual({ services: [true, false, false, true], whole: false })
  expect(secretOfLine([3, 0, 0], 3)).toEqual({ services: [true, false, false], whole: true })
  // Two persons are counted by two services: the region counts four.
  expect(secretOfLine([3, 3], 4)).toEqual({ services: [true, true], whole: true })
})

test('a group that is secret in one service shows its kinds in the region only, and does not say which are nobody’s', () => {
  const kinds = tableOf([
    [1, 20],
    [2, 0],
    [0, 17],
  ])
  const told = secretOfParts({ cells: [true, true], whole: false }, kinds)
  expect(told.cells.flat().every(Boolean)).toBe(true)
  expect(told.whole).toEqual([false, true, true])
  expect(secretOfParts({ cells: [true, true], whole: true }, kinds).whole).toEqual([true, true, true])
})

test('whole months that are over', () => {
  const whole = (from: string, to: string): boolean => isOfWholeMonths({ from, to }, new Date('2026-03-02T09:00:00Z'), 'Europe/Paris')
  expect([whole('2026-01-01', '2026-02-28'), whole('2025-01-01', '2025-12-31')]).toEqual([true, true])
  expect([whole('2026-01-01', '2026-02-27'), whole('2026-01-02', '2026-02-28'), whole('2026-03-01', '2026-03-31')]).toEqual([false, false, false])
})
