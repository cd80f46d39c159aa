import { holds } from '../../platform/contract/actor.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { type AlsoSecret, makeSafe, type SafeTable, smallestPublished } from '../../platform/contract/disclosure.ts'
import { invalid, notFound } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { type Context, implement, noTarget } from '../../platform/server/implement.ts'
import { ageBands, foldedAgeBandOf } from '../../steering/contract/value-sets.ts'
import { valueSetLabels } from '../../territory/server/api.ts'
import '../contract/errors.ts'
import { type ExtractDimension, extractTables, extractTableWords } from '../contract/extracts.ts'
import { extractList, makeExtract, readExtract } from '../contract/treatment.ts'
import { type CountedPerson, findExtract, findExtractOf, insertExtract, selectCounted, selectExtracts } from './treatment.sql.ts'

interface Axis {
  readonly codes: readonly string[]
  readonly labels: readonly string[]
  readonly of: (person: CountedPerson, year: number) => string
}

interface Content extends SafeTable {
  readonly serviceName: string
  readonly rows: readonly string[]
  readonly columns: readonly string[]
}

const unknown = 'unknown'

async function axisOf(context: Context, dimension: ExtractDimension): Promise<Axis> {
  const fromList = async (set: string, of: Axis['of'], more: readonly (readonly [string, string])[] = []): Promise<Axis> => {
    const labels = [...(await valueSetLabels(context.tx, set)), ...more]
    return { codes: labels.map(([code]) => code), labels: labels.map(([, label]) => label), of }
  }
  switch (dimension) {
    case 'age': {
      const bands = ageBands.values.filter((band) => band.parent === undefined)
      return {
        codes: [...bands.map((band) => band.code), unknown],
        labels: [...bands.map((band) => band.label), 'Âge inconnu'],
        of: (person, year) => (person.birthYear === null ? unknown : (foldedAgeBandOf(year - person.birthYear) ?? unknown)),
      }
    }
    case 'sex':
      return {
        codes: ['F', 'M', unknown],
        labels: ['Femmes', 'Hommes', 'Non précisé'],
        of: (person) => (person.sex === 'F' || person.sex === 'M' ? person.sex : unknown),
      }
    case 'level':
      return fromList('episodes.level', (person) => person.level)
    case 'population':
      return fromList('steering.population', (person) => person.population ?? unknown, [[unknown, 'Non renseignée']])
    case 'outcome':
      return fromList('episodes.closure_reason', (person) => person.outcome ?? 'going_on', [['going_on', 'En cours au 31/12']])
  }
}

/** Counts by two dimensions; lines without anybody are left out, the same way whatever the other dimension. */
function tabulate(persons: readonly CountedPerson[], year: number, rows: Axis, columns: Axis): readonly (readonly number[])[] {
  return rows.codes.map((row) =>
    columns.codes.map((column) => persons.filter((person) => rows.of(person, year) === row && columns.of(person, year) === column).length),
  )
}

/** In the region, a DAC can take its own share away: what then remains must be nobody or five at least (R28, security.md 6). */
function sharesOf(persons: readonly CountedPerson[], year: number, rows: Axis, columns: Axis, total: readonly (readonly number[])[]): AlsoSecret {
  const services = [...new Set(persons.map((person) => person.serviceId))]
  const shares = services.map((service) =>
    tabulate(
      persons.filter((person) => person.serviceId === service),
      year,
      rows,
      columns,
    ),
  )
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
  const leftSmall = (whole: number, share: number): boolean => share > 0 && whole - share > 0 && whole - share < smallestPublished
  const columnOf = (table: readonly (readonly number[])[], column: number): number => sum(table.map((line) => line[column] ?? 0))
  return {
    cell: (row, column) => shares.some((share) => leftSmall(total[row]?.[column] ?? 0, share[row]?.[column] ?? 0)),
    rowTotal: (row) => shares.some((share) => leftSmall(sum(total[row] ?? []), sum(share[row] ?? []))),
    columnTotal: (column) => shares.some((share) => leftSmall(columnOf(total, column), columnOf(share, column))),
  }
}

/** The region for its administration; her own service for a direction. */
const scopeOf = ({ actor }: Context): ServiceId | null => (holds(actor, 'regional_admin') ? null : actor.serviceId)

export const makeExtractImplementation = implement(makeExtract, {
  load: noTarget,
  run: async (context, { id, year, table }) => {
    const { tx, actor, now, timeZone } = context
    if (year >= Number(dayOf(now, timeZone).slice(0, 4))) throw invalid('extract_year_not_over')
    const scope = scopeOf(context)
    const known = await findExtractOf(tx, scope, year, table)
    if (known !== undefined) return { id: known }
    const words = extractTableWords[table]
    const [rows, columns] = [await axisOf(context, words.rows), await axisOf(context, words.columns)]
    const persons = await selectCounted(tx, year)
    const counts = tabulate(persons, year, rows, columns)
    const safe = makeSafe(counts, scope === null ? sharesOf(persons, year, rows, columns, counts) : undefined)
    if (safe === null) throw invalid('extract_too_small')
    const content: Content = { ...safe, rows: rows.labels, columns: columns.labels, serviceName: scope === null ? 'Région' : actor.serviceName }
    await insertExtract(tx, { id, serviceId: scope, year, table, content, at: now, by: actor.userId, byName: actor.displayName })
    context.note({ year, table, region: scope === null })
    return { id }
  },
})

export const readExtractList = implement(extractList, {
  load: noTarget,
  run: async ({ tx, now, timeZone }) => ({
    lastYear: Number(dayOf(now, timeZone).slice(0, 4)) - 1,
    rows: (await selectExtracts(tx)).map(({ content: _content, ...row }) => row),
  }),
})

export const readExtractImplementation = implement(readExtract, {
  load: noTarget,
  run: async ({ tx }, { id }) => {
    const found = await findExtract<Content>(tx, id)
    if (found === undefined || !extractTables.includes(found.table)) throw notFound('extract')
    const { content } = found
    // A line or a column without anybody says nothing and is left out of the reading.
    const columnsShown = content.columns.map((_, column) => content.columnTotals[column] !== 0)
    const shown = <T>(values: readonly T[]): T[] => values.filter((_, index) => columnsShown[index])
    return {
      id: found.id,
      year: found.year,
      table: found.table,
      serviceName: content.serviceName,
      madeAt: found.madeAt,
      madeByName: found.madeByName,
      rows: content.rows.flatMap((label, row) =>
        content.rowTotals[row] === 0 ? [] : [{ label, cells: shown(content.cells[row] ?? []), total: content.rowTotals[row] ?? null }],
      ),
      columns: shown(content.columns),
      columnTotals: shown(content.columnTotals),
      total: content.total,
    }
  },
})
