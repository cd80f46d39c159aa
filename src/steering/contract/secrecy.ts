import { addDays, dayOf } from '../../platform/contract/dates.ts'
import { type Counts, secretsOf, secretTotals, smallestPublished } from '../../platform/contract/disclosure.ts'

/** A family of figures counted in every service (rows × services), with what the region counts of each row: less than their sum where services share a person. */
export interface ServiceTable {
  readonly counts: Counts
  readonly whole: readonly number[]
}

/** What is secret of it, of each service and of the region. */
export interface TableSecrets {
  readonly cells: readonly (readonly boolean[])[]
  readonly whole: readonly boolean[]
}

export interface LineSecrets {
  readonly services: readonly boolean[]
  readonly whole: boolean
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const present = (value: number): boolean => value > 0
const isSmall = (value: number): boolean => value > 0 && value < smallestPublished

/** One figure of every service beside that of the region: no small one, nor the one that the others would give back. All of them where nothing protects. */
export function secretOfLine(values: readonly number[], whole: number, also: (service: number) => boolean = () => false): LineSecrets {
  const services = isSmall(whole) ? null : secretTotals(values, also)
  return services === null ? { services: values.map(present), whole: whole > 0 } : { services, whole: false }
}

/**
 * A family whose rows add up to the total of each service: whoever reads every service and the region finds no secret cell by taking some from the others.
 * Two families about the same things keep the same totals of services secret, so that one never gives what the other hides. All of it where nothing protects.
 */
export function secretOfTable({ counts, whole }: ServiceTable): TableSecrets {
  const services = (counts[0] ?? []).map((_, service) => sum(counts.map((line) => line[service] ?? 0)))
  const rows = secretTotals(whole)
  const secrets = rows === null || secretOfLine(services, sum(whole)).whole ? null : secretsOf(counts, { ...nothing, rowTotal: (row) => rows[row] === true })
  return secrets === null ? { cells: counts.map((line) => line.map(present)), whole: whole.map(present) } : { cells: secrets.cells, whole: secrets.rowTotals }
}

const nothing = { cell: () => false, rowTotal: () => false, columnTotal: () => false }

/** Figures that add up to nothing (a person may have several): each row is a line of its own. */
export function secretOfLines({ counts, whole }: ServiceTable): TableSecrets {
  const lines = counts.map((line, row) => secretOfLine(line, whole[row] ?? 0))
  return { cells: lines.map(({ services }) => services), whole: lines.map((line) => line.whole) }
}

/**
 * The parts of one row of a family. Where all of that row is published they are a family of their own; else no service shows its parts, nor which of them are
 * nobody's, and the region shows its own only.
 */
export function secretOfParts(row: { readonly cells: readonly boolean[]; readonly whole: boolean }, parts: ServiceTable): TableSecrets {
  if (!row.whole && !row.cells.some(Boolean)) return secretOfTable(parts)
  const whole = row.whole ? null : secretTotals(parts.whole)
  return { cells: parts.counts.map((line) => line.map(() => true)), whole: whole ?? parts.whole.map(present) }
}

export interface AskedShare {
  readonly asked: number
  readonly practising: number
}

export interface AskedByMode extends AskedShare {
  readonly liberal: AskedShare
  readonly salaried: AskedShare
}

export interface AskedSecrets {
  /** How many asked. */
  readonly asked: LineSecrets
  /** How many of each mode did. */
  readonly modes: LineSecrets
}

/** How many practise is in the public directory: who asked and who did not give each other back, in every service and in the region. */
export function secretOfAsked(services: readonly AskedByMode[], whole: AskedByMode): AskedSecrets {
  const weak = (share: AskedShare): boolean => isSmall(share.asked) || isSmall(share.practising - share.asked)
  const asked = allOrLine(services, whole.asked > 0 && weak(whole), (service) => weak(service), [(service) => service])
  const modes = allOrLine(
    services,
    asked.whole || weak(whole.liberal) || weak(whole.salaried),
    (service, at) => asked.services[at] === true || weak(service.liberal) || weak(service.salaried),
    [(service) => service.liberal, (service) => service.salaried],
  )
  return { asked, modes }
}

/** Secret services of lines that are shown or hidden together, with the others that it takes for none of the lines to give one back: neither who asked, nor who did not. */
function allOrLine(
  services: readonly AskedByMode[],
  whole: boolean,
  weak: (service: AskedByMode, at: number) => boolean,
  lines: readonly ((service: AskedByMode) => AskedShare)[],
): LineSecrets {
  const all = { services: services.map(() => true), whole: true }
  if (whole) return all
  const shares = lines.map((line) => services.map(line))
  // Where nobody asked, that is published, and so is who did not.
  const counts = shares.flatMap((line) => [line.map(({ asked }) => asked), line.map(({ asked, practising }) => (asked === 0 ? 0 : practising - asked))])
  let secret = services.map((service, at) => weak(service, at) && shares.some((line) => (line[at]?.asked ?? 0) > 0))
  for (;;) {
    const more = counts.map((values) => secretTotals(values, (at) => secret[at] === true))
    if (more.some((values) => values === null)) return all
    const next = secret.map((one, at) => one || more.some((values) => values?.[at] === true))
    if (next.every((one, at) => one === secret[at])) return { services: secret, whole: false }
    secret = next
  }
}

/** Whole months, all of them over: two readings that differ by a day would give the cell of one person. */
export function isOfWholeMonths({ from, to }: { readonly from: string; readonly to: string }, now: Date, timeZone: string): boolean {
  return from.endsWith('-01') && addDays(to, 1).endsWith('-01') && to < dayOf(now, timeZone)
}
