/** The smallest number of persons that a published cell may hold; zero is published. */
export const smallestPublished = 5

/** A table of counts by two dimensions: rows × columns. */
export type Counts = readonly (readonly number[])[]

/** A published number, or null where it is kept secret; one mark for both reasons, so that nobody tells a small cell from its cover. */
export type Published = number | null

export interface SafeTable {
  readonly cells: readonly (readonly Published[])[]
  readonly rowTotals: readonly Published[]
  readonly columnTotals: readonly Published[]
  readonly total: number
}

/** What is secret for another reason than its size: the share of one service, that another could find by taking away its own. */
export interface AlsoSecret {
  readonly cell: (row: number, column: number) => boolean
  readonly rowTotal: (row: number) => boolean
  readonly columnTotal: (column: number) => boolean
}

const nothingElse: AlsoSecret = { cell: () => false, rowTotal: () => false, columnTotal: () => false }
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const small = (value: number): boolean => value > 0 && value < smallestPublished

/** What stays secret of a table. */
export interface Secrets {
  readonly cells: readonly (readonly boolean[])[]
  readonly rowTotals: readonly boolean[]
  readonly columnTotals: readonly boolean[]
}

/**
 * Hides what is small, then what would give it away: no secret cell can be found back, nor shown to be under five, from what is published
 * (statistical secrecy with complementary suppression).
 *
 * The secret of a total depends on its own line of totals only: two tables about the same persons that share a dimension publish the same totals,
 * so that one never gives what the other hides. Null when nothing protects the table: it is then not published.
 */
export function makeSafe(counts: Counts, also: AlsoSecret = nothingElse): SafeTable | null {
  const secrets = secretsOf(counts, also)
  if (secrets === null) return null
  const rows = counts.map(sum)
  const columns = columnSums(counts)
  return {
    cells: counts.map((line, row) => line.map((value, column) => (secrets.cells[row]?.[column] ? null : value))),
    rowTotals: rows.map((value, row) => (secrets.rowTotals[row] ? null : value)),
    columnTotals: columns.map((value, column) => (secrets.columnTotals[column] ? null : value)),
    total: sum(rows),
  }
}

export function secretsOf(counts: Counts, also: AlsoSecret = nothingElse): Secrets | null {
  const rows = counts.map(sum)
  const columns = columnSums(counts)
  if (small(sum(rows))) return null
  const rowTotals = secretTotals(rows, also.rowTotal)
  const columnTotals = secretTotals(columns, also.columnTotal)
  if (rowTotals === null || columnTotals === null) return null
  // The cells of a line whose total is secret would add up to it.
  const cells = counts.map((line, row) =>
    line.map((value, column) => value > 0 && (small(value) || also.cell(row, column) || rowTotals[row] === true || columnTotals[column] === true)),
  )
  const secrets = { cells, rowTotals, columnTotals }
  // What holds once holds still when more is secret.
  const holds = counts.map((line) => line.map(() => false))
  for (;;) {
    const weak = firstWeak(counts, secrets, holds)
    if (weak === null) return secrets
    const cover = cheapestCover(counts, secrets, weak)
    if (cover === null) return null
    for (const { row, column } of cover) (cells[row] as boolean[])[column] = true
  }
}

interface Place {
  readonly row: number
  readonly column: number
}

/**
 * The cells to hide with a weak one: the three that close a rectangle with it (each line then has two unknowns), the cheapest that is enough; else the
 * smallest cell left in its lines, then anywhere. Null when all is hidden already.
 */
function cheapestCover(counts: Counts, secrets: Secrets, weak: Place): readonly Place[] | null {
  const value = ({ row, column }: Place): number => counts[row]?.[column] ?? 0
  const isNew = ({ row, column }: Place): boolean => !secrets.cells[row]?.[column]
  const rectangles = counts
    .flatMap((line, row) =>
      line.map((_, column) => [
        { row, column: weak.column },
        { row: weak.row, column },
        { row, column },
      ]),
    )
    .filter((corners) => corners.every((one) => value(one) > 0 && (one.row !== weak.row || one.column !== weak.column)) && corners.some(isNew))
    .map((corners) => corners.filter(isNew))
    .sort((a, b) => sum(a.map(value)) - sum(b.map(value)))
  const strong = (places: readonly Place[]): boolean => {
    const cells = secrets.cells.map((line) => [...line])
    for (const { row, column } of places) (cells[row] as boolean[])[column] = true
    return !isWeak(counts, { ...secrets, cells }, weak)
  }
  const closed = rectangles.find(strong)
  if (closed !== undefined) return closed
  const inLine = (one: Place): boolean => one.row === weak.row || one.column === weak.column
  const single = counts
    .flatMap((line, row) => line.map((_, column) => ({ row, column })))
    .filter((one) => isNew(one) && value(one) > 0)
    .sort((a, b) => Number(inLine(b)) - Number(inLine(a)) || value(a) - value(b))[0]
  return single === undefined ? null : [single]
}

function columnSums(counts: Counts): readonly number[] {
  return (counts[0] ?? []).map((_, column) => sum(counts.map((line) => line[column] ?? 0)))
}

/**
 * A line of totals under its grand total, which is published: small ones secret, with enough others for what is left to tell nothing. A secret number is
 * one at least, since zeros are published. Null when no choice would do.
 */
export function secretTotals(values: readonly number[], also: (index: number) => boolean = () => false): readonly boolean[] | null {
  const secret = values.map((value, index) => value > 0 && (small(value) || also(index)))
  while (secret.some(Boolean)) {
    const hidden = values.filter((_value, index) => secret[index])
    if (hidden.length >= 2 && sum(hidden) - (hidden.length - 1) > smallestPublished) break
    const next = values
      .map((value, index) => ({ value, index }))
      .filter(({ value, index }) => !secret[index] && value > 0)
      .sort((a, b) => a.value - b.value)[0]
    if (next === undefined) return null
    secret[next.index] = true
  }
  return secret
}

/** The first secret cell that the rest gives back, or shows to be under five; those that hold are remembered. */
function firstWeak(counts: Counts, secrets: Secrets, holds: readonly boolean[][]): Place | null {
  for (const [row, line] of counts.entries())
    for (const column of line.keys()) {
      if (!secrets.cells[row]?.[column] || holds[row]?.[column]) continue
      if (isWeak(counts, secrets, { row, column })) return { row, column }
      ;(holds[row] as boolean[])[column] = true
    }
  return null
}

/** Whether the rest gives a secret cell back, or shows it to be under five; it is enough to see that it may be more. */
function isWeak(counts: Counts, secrets: Secrets, place: Place): boolean {
  const value = counts[place.row]?.[place.column] ?? 0
  const up = shift(counts, secrets, place, 'up', Math.max(1, smallestPublished - value))
  if (value + up < smallestPublished) return true
  return up === 0 && shift(counts, secrets, place, 'down', 1) === 0
}

/** Where a secret cell may lie, for whoever knows everything that is published and that a secret cell is not zero. */
export function intervalOf(counts: Counts, secrets: Secrets, row: number, column: number): { readonly from: number; readonly to: number } {
  const value = counts[row]?.[column] ?? 0
  return {
    from: value - shift(counts, secrets, { row, column }, 'down', value),
    to: value + shift(counts, secrets, { row, column }, 'up', 10 * smallestPublished + value),
  }
}

/**
 * How far a secret cell may move (no further than `enough`, or about) while every line keeps its published total: a flow round the other secret cells. A line that received too much gives
 * back through a secret cell of its column, the row left short takes through another of its own, and so on; rows (and columns) whose totals are secret
 * exchange freely with each other.
 */
function shift(counts: Counts, secrets: Secrets, cell: Place, way: 'up' | 'down', enough: number): number {
  const height = counts.length
  const width = counts[0]?.length ?? 0
  const [rowHub, columnHub] = [height + width, height + width + 1]
  const room = counts.map((line) => line.map((value) => value - 1))
  const most = way === 'down' ? (room[cell.row]?.[cell.column] ?? 0) : Number.POSITIVE_INFINITY
  const start = way === 'up' ? height + cell.column : cell.row
  const goal = way === 'up' ? cell.row : height + cell.column
  let moved = 0
  while (moved < most && moved < enough) {
    const path = wayRound({ height, width, rowHub, columnHub, secrets, room, cell }, start, goal)
    if (path === null) break
    const amount = Math.min(most - moved, smallestPublished + enough, ...path.filter((step) => step.takes).map((step) => room[step.row]?.[step.column] ?? 0))
    for (const step of path) {
      const line = room[step.row] as number[]
      line[step.column] = (line[step.column] ?? 0) + (step.takes ? -amount : amount)
    }
    moved += amount
  }
  return moved
}

interface Step extends Place {
  /** From a column to a row, the cell gives; from a row to a column, it receives. */
  readonly takes: boolean
}

interface Graph {
  readonly height: number
  readonly width: number
  readonly rowHub: number
  readonly columnHub: number
  readonly secrets: Secrets
  readonly room: readonly (readonly number[])[]
  readonly cell: Place
}

/** The shortest way from one line to another through secret cells that have room; null when there is none. Hubs leave no step. */
function wayRound(graph: Graph, start: number, goal: number): readonly Step[] | null {
  const before = new Map<number, { readonly from: number; readonly step: Step | null }>()
  const queue = [start]
  while (queue.length > 0 && !before.has(goal)) {
    const node = queue.shift() as number
    for (const { to, step } of neighbours(graph, node)) {
      if (to === start || before.has(to)) continue
      before.set(to, { from: node, step })
      queue.push(to)
    }
  }
  if (!before.has(goal)) return null
  const steps: Step[] = []
  for (let node = goal; node !== start; ) {
    const arrived = before.get(node)
    if (arrived === undefined) return null
    if (arrived.step !== null) steps.push(arrived.step)
    node = arrived.from
  }
  return steps
}

function neighbours({ height, width, rowHub, columnHub, secrets, room, cell }: Graph, node: number): { readonly to: number; readonly step: Step | null }[] {
  if (node === rowHub) return [...Array(height).keys()].filter((row) => secrets.rowTotals[row]).map((to) => ({ to, step: null }))
  if (node === columnHub)
    return [...Array(width).keys()].filter((column) => secrets.columnTotals[column]).map((column) => ({ to: height + column, step: null }))
  const isColumn = node >= height
  const own = isColumn ? node - height : node
  const hub = (isColumn ? secrets.columnTotals : secrets.rowTotals)[own] ? [{ to: isColumn ? columnHub : rowHub, step: null }] : []
  const through = [...Array(isColumn ? height : width).keys()].flatMap((other) => {
    const [row, column] = isColumn ? [other, own] : [own, other]
    const closed = !secrets.cells[row]?.[column] || (row === cell.row && column === cell.column) || (isColumn && (room[row]?.[column] ?? 0) <= 0)
    return closed ? [] : [{ to: isColumn ? other : height + other, step: { row, column, takes: isColumn } }]
  })
  return [...through, ...hub]
}
