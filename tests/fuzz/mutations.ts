import type { Random } from '../../src/app/seed/region/random.ts'

type Json = unknown

/** Texts that broke a parser, a query, a template or a page somewhere, once. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'avant\u0000après',
  '\ud800',
  'a\udfffb',
  '\u202Egauche',
  '👩‍👩‍👧‍👦'.repeat(30),
  'é'.repeat(5_000),
  'x'.repeat(100_000),
  "'; drop table persons.person; --",
  '" or ""="',
  '\\',
  '%',
  '_%\\%',
  '../../../etc/passwd',
  '<script>alert(1)</script>',
  '{{7*7}}#{7*7}<%= 7*7 %>',
  "=cmd|' /C calc'!A0",
  '\r\nSet-Cookie: a=b',
  '$1',
  ':param',
  '{}',
  '{"a":1}',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  '-infinity',
  'infinity',
  '1e400',
  '0',
  '-1',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '0000-00-00',
  '0001-01-01',
  '9999-12-31',
  '10000-01-01',
  '-2026-01-01',
  '2026-02-30',
  '2026-02-29',
  '2026-12-31T23:59:60Z',
  '2026-06-31T25:00:00Z',
  '+275760-09-13T00:00:00.000Z',
  '24:00',
  '99:99',
  "('a' & 'b') | !",
  'a:* & !b',
  '__proto__',
  'constructor',
  'toString',
]

const hostileNumbers: readonly number[] = [0, -0, -1, 1.5, 2_147_483_647, 2_147_483_648, -2_147_483_649, 9_007_199_254_740_992, 1e308, -1e308, 5e-324]

function nested(depth: number): Json {
  let value: Json = 'fond'
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

function anything(random: Random, ids: readonly string[]): Json {
  const kind = random.below(10)
  if (kind < 4) return random.pick(hostileTexts)
  if (kind < 6) return random.pick(hostileNumbers)
  if (kind === 6) return random.pick(ids)
  return random.pick<Json>([null, true, false, [], {}, [null], nested(60), JSON.parse('{"__proto__":{"admin":true}}'), Array.from({ length: 300 }, () => 'x')])
}

type Path = readonly (string | number)[]

function pathsOf(value: Json, at: Path = []): readonly Path[] {
  if (value === null || typeof value !== 'object') return [at]
  return [at, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...at, key]))]
}

function replaced(value: Json, path: Path, change: (old: Json) => Json): Json {
  const [head, ...rest] = path
  if (head === undefined) return change(value)
  if (Array.isArray(value)) return value.map((inner, index) => (String(index) === String(head) ? replaced(inner, rest, change) : inner))
  const source = value as Readonly<Record<string, Json>>
  const next = replaced(source[head], rest, change)
  return Object.fromEntries(
    Object.entries(source).flatMap(([key, inner]) => (key === String(head) ? (next === undefined ? [] : [[key, next]]) : [[key, inner]])),
  )
}

/** Keeps the kind of what was there and moves it a little: such inputs pass the door and try the room behind. */
function nudged(old: Json, random: Random, ids: readonly string[]): Json {
  if (typeof old === 'number') return old + random.pick([-1, 1, 1000, -1000])
  if (typeof old === 'boolean') return !old
  if (Array.isArray(old)) return old.length === 0 ? [random.pick(ids)] : random.pick<Json>([[], [...old, ...old], [...old].reverse(), old.slice(1)])
  if (typeof old !== 'string') return old
  if (/^[0-9a-f]{8}-/.test(old)) return random.pick(ids)
  if (/^\d{4}-\d\d-\d\d/.test(old)) return random.pick(['1900-01-01', '2026-10-14', '2026-10-15', '2026-10-16', '2099-12-31', '1948-02-29']) + old.slice(10)
  return random.pick([`${old} `, `${old}${old}`, old.toUpperCase(), old.slice(0, 1), `${old}’« »`, old.normalize('NFD')])
}

/**
 * A valid input, damaged: one to three changes anywhere in it (a hostile value, a value moved a little, a key removed or added, another id of the world).
 * Takes the ids that exist in the world; gives an input that may be valid or not.
 */
export function mutated(valid: Json, random: Random, ids: readonly string[]): Json {
  let value = valid
  const changes = random.weighted([
    [1, 5],
    [2, 3],
    [3, 2],
  ] as const)
  for (let change = 0; change < changes; change += 1) {
    const path = random.pick(pathsOf(value))
    const way = random.below(10)
    if (way < 5) value = replaced(value, path, (old) => nudged(old, random, ids))
    else if (way < 8) value = replaced(value, path, () => anything(random, ids))
    else if (way === 8 && path.length > 0) value = replaced(value, path, () => undefined)
    else if (value !== null && typeof value === 'object' && !Array.isArray(value))
      value = { ...value, [random.pick(hostileTexts).slice(0, 20)]: anything(random, ids) }
  }
  return value
}
