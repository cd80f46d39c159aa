import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { CommuneMiddle } from '../../../territory/server/commune-middles.sql.ts'

const file = new URL('commune-middles.csv', import.meta.url)

export interface PublishedMiddles {
  readonly edition: string
  readonly middles: readonly CommuneMiddle[]
}

/** Middles of communes as GeoNames publishes them (CC BY 4.0): see docs/adr and scripts/make-map-data.ts. */
export async function readPublishedMiddles(): Promise<PublishedMiddles> {
  const text = await readFile(file, 'utf8')
  return { edition: createHash('sha256').update(text).digest('hex').slice(0, 16), middles: parseMiddles(text).middles }
}

/**
 * Reads « code ; latitude ; longitude », with any of ; , | or a tab between, a header or none, decimal points or (outside commas) decimal commas.
 * Gives the lines that are none of this, by number.
 */
export function parseMiddles(text: string): { readonly middles: readonly CommuneMiddle[]; readonly rejected: readonly number[] } {
  const middles: CommuneMiddle[] = []
  const rejected: number[] = []
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue
    const separator = line.includes(';') ? ';' : line.includes('\t') ? '\t' : line.includes('|') ? '|' : ','
    const [code = '', ...numbers] = line.split(separator).map((field) => field.trim().replace(/^"|"$/g, ''))
    const [latitude = Number.NaN, longitude = Number.NaN] = numbers.map((field) =>
      field === '' ? Number.NaN : Number(separator === ',' ? field : field.replace(',', '.')),
    )
    const onEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
    if (/^(\d{5}|2[AB]\d{3})$/i.test(code) && onEarth) middles.push({ code: code.toUpperCase(), latitude, longitude })
    else if (index > 0) rejected.push(index + 1)
  }
  return { middles, rejected }
}
