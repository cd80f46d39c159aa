import { type Answered, ask } from './asking.ts'
import { type Planted, textOf } from './canary.ts'
import { type Done, playable } from './gestures.ts'
import { type Lens, lenses, listLenses } from './lenses.ts'
import type { Random } from './random.ts'
import { openings, sees } from './rule.ts'
import { day, type Known, type Someone, type World } from './world.ts'

/** One answer of the product on which the oracle says otherwise. */
export interface Disagreement {
  readonly lens: string
  readonly who: string
  readonly what: string
  readonly kind: 'shown, and should not be' | 'hidden, and should be shown' | 'done, and should not be' | 'refused, and should be done' | 'fault'
  readonly at: string
  readonly bases: string
  readonly detail: string
}

export interface Tally {
  decisions: number
  seen: number
  readonly disagreements: Disagreement[]
  /** Decisions by lens, by category and basis, by volet and protection: what the run covered. */
  readonly coverage: Map<string, number>
  readonly faults: Map<string, number>
}

export const emptyTally = (): Tally => ({ decisions: 0, seen: 0, disagreements: [], coverage: new Map(), faults: new Map() })

const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1)

/** Looks at one person as one of the readers, through one lens, and compares each row with the oracle. */
export async function compare(world: World, someone: Someone, person: Known, lens: Lens, random: Random, tally: Tally): Promise<void> {
  if (lens.name === 'tasks' && person.closedOnce) return
  const rows = world.canaries.of(person.id, lens.table)
  const asked = lens.per === 'row' ? random.some(rows, 2) : rows
  if (lens.per === 'person') {
    if (rows.length > 0) judge(world, someone, person, lens, asked, await ask(world, someone, lens.query, lens.input(person, null) as never), tally)
    return
  }
  for (const row of asked) judge(world, someone, person, lens, [row], await ask(world, someone, lens.query, lens.input(person, row) as never), tally)
}

function judge(world: World, someone: Someone, person: Known, lens: Lens, rows: readonly Planted[], answer: Answered, tally: Tally): void {
  const now = world.clock().getTime()
  const { reader } = someone
  const grounds = openings(reader, person.grounds, person.wishes, world.table, now)
  const shown = world.canaries.in(textOf(answer.body))
  const bases = [...new Set(grounds.map(({ basis }) => basis))].sort().join('+') || 'none'
  const disagree = (planted: Planted | null, kind: Disagreement['kind'], detail: string): void => {
    tally.disagreements.push({
      lens: lens.name,
      who: `${someone.label} (${reader.category})`,
      what: planted === null ? '' : `${planted.table} ${planted.row.volet}/${planted.row.protection}${planted.row.holder === reader.service ? '/hers' : ''}`,
      kind,
      at: new Date(now).toISOString(),
      bases,
      detail: `${answer.outcome} ${answer.because} ${detail}`,
    })
  }
  if (answer.outcome === 'unexpected' || answer.outcome === 'invalid') {
    count(tally.faults, `${lens.name}: ${answer.because}`)
    disagree(null, 'fault', '')
  }
  for (const planted of rows) {
    const expected = lens.opens(reader, grounds, planted) && sees(reader, person.grounds, person.wishes, world.table, planted.row, now)
    tally.decisions++
    if (expected) tally.seen++
    count(tally.coverage, `lens ${lens.name}`)
    count(tally.coverage, `basis ${bases}`)
    count(tally.coverage, `category ${reader.category}`)
    count(tally.coverage, `row ${planted.row.volet} ${planted.row.protection}`)
    count(tally.coverage, `answer ${expected ? 'open' : 'closed'}`)
    if (expected !== shown.has(planted)) disagree(planted, expected ? 'hidden, and should be shown' : 'shown, and should not be', person.id)
    shown.delete(planted)
  }
  // Whatever else the answer shows of anybody must be open to her as well.
  for (const planted of shown) {
    const owner = world.persons.find(({ id }) => id === planted.person)
    if (owner !== undefined && !sees(reader, owner.grounds, owner.wishes, world.table, planted.row, now))
      disagree(planted, 'shown, and should not be', String(planted.person))
  }
}

/** Asks for a list and compares it with every person of the world. */
export async function compareList(world: World, someone: Someone, lens: (typeof listLenses)[number], tally: Tally): Promise<void> {
  const answer = await ask(world, someone, lens.query, lens.input as never)
  const now = world.clock().getTime()
  const shown = new Set([...world.canaries.in(answer.body)].filter(({ table }) => table === 'persons.person').map(({ person }) => person))
  for (const person of world.persons) {
    const grounds = openings(someone.reader, person.grounds, person.wishes, world.table, now)
    const expected = lens.opens(someone.reader) && lens.lists(world, someone.reader, person, grounds)
    tally.decisions++
    if (expected) tally.seen++
    count(tally.coverage, `lens ${lens.name}`)
    count(tally.coverage, `answer ${expected ? 'open' : 'closed'}`)
    if (expected !== shown.has(person.id))
      tally.disagreements.push({
        lens: lens.name,
        who: someone.label,
        what: 'persons.person',
        kind: expected ? 'hidden, and should be shown' : 'shown, and should not be',
        at: world.clock().toISOString(),
        bases: grounds.map(({ basis }) => basis).join('+') || 'none',
        detail: `${answer.outcome} ${answer.because} ${person.id}`,
      })
  }
}

/** Looks around at an instant: some readers, one person or several, every lens, and the lists. */
export async function lookAround(world: World, persons: readonly Known[], readers: readonly Someone[], random: Random, tally: Tally): Promise<void> {
  for (const someone of readers) {
    await Promise.all(persons.flatMap((person) => lenses.map((lens) => compare(world, someone, person, lens, random, tally))))
    if (random.chance(0.2)) for (const lens of listLenses) await compareList(world, someone, lens, tally)
  }
}

/** Lets the world live: gestures by the real actions, time that passes, and after each a look by those whom it touches and by others. */
export async function live(world: World, random: Random, tally: Tally, until: (tally: Tally) => boolean): Promise<void> {
  const among = playable().flatMap((gesture) => Array.from({ length: gesture.weight }, () => gesture))
  while (!until(tally)) {
    const person = random.pick(world.persons)
    const before = seeing(world, person)
    const done = await random.pick(among).play(world, person, random)
    if (done === null) continue
    if (done.answer.outcome === 'ok') person.history.push(`${world.clock().toISOString()} ${done.gesture}`)
    count(tally.coverage, `gesture ${done.gesture}: ${done.answer.outcome === 'ok' ? 'done' : done.answer.because}`)
    judgeGesture(world, person, done, tally)
    // Those who saw her just before, those whom the gesture touches, those who see her now, and anybody.
    const readers = [
      ...new Set([...random.some(before, 2), ...random.some(done.touched, 1), ...random.some(seeing(world, person), 1), random.pick(world.people)]),
    ]
    await glance(world, person, readers, random, tally)
    world.clock.advance(random.pick([60_000, 3_600_000, 12 * 3_600_000, day, 3 * day]) + random.integer(1000))
    if (random.chance(0.006)) world.clock.advance(random.pick([200, 400]) * day)
    if (random.chance(0.3)) await glance(world, person, readers, random, tally)
  }
}

/** Who may write what the person wishes is a decision too, both ways: done by whoever answers for her, and by nobody else. */
function judgeGesture(world: World, person: Known, { gesture, answer, lawful }: Done, tally: Tally): void {
  if (lawful === undefined || (answer.outcome !== 'ok' && answer.outcome !== 'forbidden' && answer.outcome !== 'not_found')) return
  tally.decisions++
  count(tally.coverage, `wish written ${lawful ? 'by who answers for her' : 'by another'}`)
  if (lawful === (answer.outcome === 'ok')) return
  tally.disagreements.push({
    lens: gesture,
    who: '',
    what: '',
    kind: lawful ? 'refused, and should be done' : 'done, and should not be',
    at: world.clock().toISOString(),
    bases: '',
    detail: `${answer.outcome} ${answer.because} ${person.id} ${person.history.slice(-6).join(' ; ')}`,
  })
}

/** Those who see something of her now: a run that only knocks at closed doors proves little. */
export function seeing(world: World, person: Known): readonly Someone[] {
  return world.people.filter(({ reader }) => openings(reader, person.grounds, person.wishes, world.table, world.clock().getTime()).length > 0)
}

/** A quick look at one person: some lenses each, all asked at once. */
async function glance(world: World, person: Known, readers: readonly Someone[], random: Random, tally: Tally): Promise<void> {
  const asked = readers.flatMap((someone) => [
    ...random.some(lenses, 3).map((lens) => compare(world, someone, person, lens, random, tally)),
    ...(random.chance(0.1) ? [compareList(world, someone, random.pick(listLenses), tally)] : []),
  ])
  await Promise.all(asked)
}
