import { DomainError } from '../contract/errors.ts'

/** The place after the last row of a page: the values it sorts by, opaque to the client. */
export function encodeCursor(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** The values of a cursor that `encodeCursor` made, or null for the first page; refuses anything else. */
export function decodeCursor(cursor: string | null, length: number): readonly (string | number | null)[] | null {
  if (cursor === null) return null
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(values) && values.length === length && values.every((value) => value === null || typeof value === 'string' || typeof value === 'number'))
      return values
  } catch {
    // not ours: refused below
  }
  throw new DomainError('invalid', 'input_invalid', { count: 1 }, { fields: { cursor: 'Page inconnue : recommencez la recherche.' } })
}
