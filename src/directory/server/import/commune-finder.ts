import { sql } from 'kysely'
import type { Tx } from '../../../platform/server/db.ts'
import { placeKey } from '../../../territory/contract/search-key.ts'

/** What national files tell of a place: any of it may be empty, old, or a CEDEX. */
export interface ToldPlace {
  readonly code: string
  readonly postalCode: string
  readonly label: string
}

/** Gives the commune of a told place, or null when it cannot be told for sure. */
export type CommuneFinder = (place: ToldPlace) => string | null

/** The same for lines of which most tell a code in force: that much is seen on their bytes. */
export interface PlaceFinder {
  readonly find: CommuneFinder
  inForce(bytes: Uint8Array, from: number, to: number): KnownPlace | undefined
  readonly place: (code: string) => KnownPlace | undefined
}

export interface KnownPlace {
  readonly code: string
  readonly name: string
  /** What finds those who practise there. */
  readonly token: string
  /** What finds those of its département; empty beyond them. One string for all, which stays at hand. */
  readonly departmentToken: string
}

interface Row {
  readonly code: string
  readonly key: string
  readonly postalCodes: readonly string[]
  readonly departmentCode: string | null
}

/** Reads the geography once, for the many lines of an import. */
export async function communeFinder(tx: Tx): Promise<CommuneFinder> {
  const communes = (
    await sql<Row>`select code, search_key as key, postal_codes as "postalCodes", department_code as "departmentCode" from territory.commune where in_force order by code`.execute(
      tx,
    )
  ).rows
  const former = (
    await sql<{
      code: string
      key: string
      communeCode: string
    }>`select code, search_key as key, commune_code as "communeCode" from territory.commune_alias`.execute(tx)
  ).rows
  return makeFinder(communes, former)
}

/** Reads the geography once, for an extract of millions of lines. */
export async function placeFinder(tx: Tx): Promise<PlaceFinder> {
  const found = await sql<
    Pick<Row, 'code' | 'departmentCode'> & { readonly name: string }
  >`select code, name, department_code as "departmentCode" from territory.commune where in_force`.execute(tx)
  const departments = new Map(found.rows.map(({ departmentCode }) => [departmentCode, departmentCode === null ? '' : `d:${departmentCode}`]))
  const rows = found.rows.map(({ code, name, departmentCode }) => ({ code, name, token: `c:${code}`, departmentToken: departments.get(departmentCode) ?? '' }))
  const byCode = new Map(rows.map((row) => [row.code, row]))
  const byBytes: (KnownPlace | undefined)[] = new Array(codeCount)
  for (const row of rows) byBytes[codeRank(Buffer.from(row.code), 0, row.code.length)] = row
  return {
    find: await communeFinder(tx),
    inForce: (bytes, from, to) => byBytes[codeRank(bytes, from, to)],
    place: (code) => byCode.get(code),
  }
}

const [zero, upperA, upperB] = [0x30, 0x41, 0x42]
const codeCount = 120_001

/** Official codes of communes as ranks of a list: five digits, the second of which is A or B in Corsica; the last rank for what is no code. */
function codeRank(bytes: Uint8Array, from: number, to: number): number {
  if (to - from !== 5) return codeCount - 1
  let rank = 0
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number
    const second = at === from + 1
    const digit = second && (byte === upperA || byte === upperB) ? byte - upperA + 10 : byte - zero
    if (digit < 0 || digit > (second ? 11 : 9)) return codeCount - 1
    rank = rank * (second ? 12 : 10) + digit
  }
  return rank
}

const several = Symbol('several')

/** The finder over a geography: a code in force, else a former one, else the name with its postal code, else the name alone in its département. */
export function makeFinder(
  communes: readonly Row[],
  former: readonly { readonly code: string; readonly key: string; readonly communeCode: string }[],
): CommuneFinder {
  const byCode = new Map(communes.map((commune) => [commune.code, commune]))
  const current = new Map(former.map(({ code, communeCode }) => [code, communeCode]))
  const index = new Map<string, string | typeof several>()
  const add = (key: string, code: string): void => {
    const held = index.get(key)
    index.set(key, held === undefined || held === code ? code : several)
  }
  const addName = (key: string, commune: Row | undefined): void => {
    if (commune === undefined) return
    for (const postalCode of commune.postalCodes) add(`${postalCode} ${key}`, commune.code)
    add(`${commune.departmentCode} ${key}`, commune.code)
  }
  for (const commune of communes) {
    addName(commune.key, commune)
    for (const postalCode of commune.postalCodes) add(postalCode, commune.code)
  }
  for (const { key, communeCode } of former) addName(key, byCode.get(communeCode))
  const find = (key: string): string | null => {
    const found = index.get(key)
    return typeof found === 'string' ? found : null
  }
  const remembered = new Map<string, string | null>()
  return ({ code, postalCode, label }) => {
    if (byCode.has(code)) return code
    const told = `${code}|${postalCode}|${label}`
    const known = remembered.get(told)
    if (known !== undefined) return known
    const key = placeKey(label)
    const found =
      current.get(code) ??
      (key === ''
        ? null
        : (find(`${postalCode} ${key}`) ??
          departmentsOf(postalCode)
            .map((department) => find(`${department} ${key}`))
            .find((at) => at !== null))) ??
      find(postalCode)
    remembered.set(told, found)
    return found
  }
}

/** Postal codes of Corsica begin with 20 whatever the département; overseas they take three digits. */
function departmentsOf(postalCode: string): readonly string[] {
  if (postalCode.startsWith('20')) return ['2A', '2B']
  return [postalCode.startsWith('97') || postalCode.startsWith('98') ? postalCode.slice(0, 3) : postalCode.slice(0, 2)]
}
