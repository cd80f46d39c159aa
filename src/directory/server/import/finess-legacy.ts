import { isUtf8 } from 'node:buffer'
import { parseDay } from '../../../platform/contract/dates.ts'
import { searchKey } from '../../../territory/contract/search-key.ts'
import { facetOfFinessCategory, finessCategoryLabel } from '../../contract/finess-categories.ts'
import { parseFiness } from '../../contract/numbers.ts'
import { phonesOf } from '../../contract/phones.ts'
import type { CommuneFinder } from './commune-finder.ts'
import type { FinessReading, StructureRow } from './finess-record.ts'
import { importStopped } from './import-error.ts'
import { pointOfFiness } from './projections.ts'

/** Overseas départements as FINESS wrote them. */
const overseas: Readonly<Record<string, string>> = { '9A': '971', '9B': '972', '9C': '973', '9D': '974', '9E': '975', '9F': '976', '9J': '986' }
const siteFields = 31
const longestLine = 1_048_576
/** Besides their 32 fields, lines of a site have a last one that is usually empty and sometimes missing. */
const mark = 'finess;etalab;'

/** True for the first bytes of an extraction that FINESS published until May 2026 (etalab-cs1100502, etalab-cs1100507). */
export function isLegacyFiness(head: Buffer): boolean {
  return head.subarray(0, mark.length).toString('latin1') === mark
}

export interface LegacyFile {
  /** Day of the extraction. */
  readonly edition: string | null
  /** Sites and refusals, by the line of the file. */
  readonly readings: readonly (FinessReading & { readonly line: number })[]
}

/**
 * Reads an extraction of FINESS as it was until May 2026: no header, `;`, quotes doubled, UTF-8 or ISO-8859-1; sites first, then their coordinates in the
 * projection of their territory (files 507). Kept for installations that have no newer file, and for history.
 */
export async function readLegacyFiness(chunks: AsyncIterable<Buffer>, findCommune: CommuneFinder): Promise<LegacyFile> {
  const sites = new Map<string, { row: StructureRow; readonly line: number }>()
  const refused: { readonly line: number; readonly rejected: string; readonly excerpt: string }[] = []
  let edition: string | null = null
  for await (const { text, number, ended } of linesOf(chunks)) {
    const refuse = (rejected: string): void => {
      refused.push({ line: number, rejected, excerpt: text })
    }
    if (number === 1) {
      edition = dayOf(text.split(';')[3] ?? '')
      continue
    }
    if (text === '') continue
    const fields = fieldsOf(text)
    if (!ended && fields.length < (fields[0] === 'geolocalisation' ? 6 : siteFields)) throw importStopped('import_truncated', { line: number })
    if (fields[0] === 'geolocalisation') {
      const site = sites.get(fields[1] ?? '')
      const point = pointOfFiness(Number.parseFloat(fields[2] ?? ''), Number.parseFloat(fields[3] ?? ''), fields[4] ?? '')
      if (site === undefined) refuse('Coordonnées d’un site absent du fichier')
      else if (point !== null) site.row = { ...site.row, latitude: point[0], longitude: point[1] }
    } else if (fields[0] === 'structureet' || fields[0] === 'structureet ') {
      if (fields.length < siteFields || fields.length > siteFields + 2) refuse(`${fields.length} colonnes au lieu de ${siteFields + 1}`)
      else {
        const reading = siteOf(fields, findCommune)
        if ('rejected' in reading) refuse(reading.rejected)
        else if (sites.has(reading.row.finess)) refuse('Numéro FINESS déjà lu dans ce fichier')
        else sites.set(reading.row.finess, { row: reading.row, line: number })
      }
    } else refuse('Ligne d’une nature inconnue')
  }
  return { edition, readings: [...sites.values(), ...refused] }
}

function siteOf(fields: readonly string[], findCommune: CommuneFinder): FinessReading {
  const at = (place: number): string => (fields[place] ?? '').replace(/\s+/g, ' ').trim()
  const finess = at(1)
  if (!parseFiness(finess).ok) return { rejected: finess === '' ? 'Numéro FINESS absent' : 'Numéro FINESS invalide', excerpt: '' }
  const [short, long] = [at(3), at(4)]
  const name = long || short
  if (name === '') return { rejected: 'Nom absent', excerpt: '' }
  const delivery = /^(\d{5})\s+(.*)$/.exec(at(15))
  const [postalCode, city] = [delivery?.[1] ?? '', delivery?.[2] ?? at(15)]
  const phones = phonesOf(at(16))
  const category = at(18)
  const told = finessCategoryLabel(category)
  return {
    row: {
      finess,
      finessLegal: at(2) || null,
      legalName: null,
      siret: /^\d{14}$/.exec(at(22))?.[0] ?? null,
      category,
      kind: facetOfFinessCategory(category),
      name,
      longName: short !== '' && short !== name ? short : null,
      address: [at(5), at(6), [at(7) + at(10), at(8), at(9)].filter(Boolean).join(' '), at(11)].filter(Boolean).join(', ') || null,
      postalCode: postalCode || null,
      communeCode: findCommune({ code: communeOf(at(13), at(12)), postalCode, label: city }),
      city: city || null,
      phone: phones[0] ?? null,
      otherPhone: phones[1] ?? null,
      email: null,
      latitude: null,
      longitude: null,
      openedOn: dayOf(at(28)),
      // Only open sites were published.
      closedOn: null,
      updatedOn: dayOf(at(30)),
      detail: told,
      nameKey: searchKey(name),
      searchWords: searchKey(`${short} ${told}`),
    },
  }
}

/** INSEE code from the département of FINESS and the three digits of the commune; overseas the last two follow the three of the territory. */
function communeOf(department: string, commune: string): string {
  const territory = overseas[department]
  if (!/^\d{3}$/.test(commune)) return ''
  return territory === undefined ? `${department}${commune}` : `${territory}${commune.slice(1)}`
}

function dayOf(told: string): string | null {
  const parsed = parseDay(told)
  return parsed.ok ? parsed.day : null
}

/** Fields between `;`, some between quotes, with quotes doubled inside; a quote elsewhere is plain text. */
function fieldsOf(line: string): readonly string[] {
  if (!line.includes('"')) return line.split(';')
  const fields: string[] = []
  let at = 0
  while (at <= line.length) {
    if (line[at] === '"') {
      const quoted = /^"((?:[^"]|"")*)"(?=;|$)/.exec(line.slice(at))
      if (quoted !== null) {
        fields.push((quoted[1] ?? '').replaceAll('""', '"'))
        at += quoted[0].length + 1
        continue
      }
    }
    const end = line.indexOf(';', at)
    fields.push(line.slice(at, end === -1 ? undefined : end))
    at = end === -1 ? line.length + 1 : end + 1
  }
  return fields
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<{ readonly text: string; readonly number: number; readonly ended: boolean }> {
  let rest: Buffer = Buffer.alloc(0)
  let number = 0
  const told = (bytes: Buffer): string => {
    if (bytes.includes(0)) throw importStopped('import_not_text', { line: number })
    return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1').replace(/\r$/, '')
  }
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let start = 0
    for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
      number += 1
      yield { text: told(bytes.subarray(start, end)), number, ended: true }
      start = end + 1
    }
    rest = bytes.subarray(start)
    if (rest.length > longestLine) throw importStopped('import_line_too_long', { line: number + 1 })
  }
  number += 1
  if (rest.length > 0) yield { text: told(rest), number, ended: false }
}
