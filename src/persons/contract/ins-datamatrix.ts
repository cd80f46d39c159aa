import { type InsOid, insAuthorities, parseNir } from './ins.ts'
import type { InsIdentity } from './insi.ts'
import { officialSpelling } from './names.ts'

/** What stands before the data in a DataMatrix INS of the ANS: an empty header of 26 characters. */
const header = 'IS010000000000000000000000'
const gs = '\u001d'
/** In a text that was read, GS stands as a sign that no field holds. */
const mark = '|'

/** The fields in their order; `exact` ones have no separator, the others end with GS unless they are full. */
const fields = [
  { id: 'S1', length: 15, exact: true },
  { id: 'S2', length: 20, exact: false },
  { id: 'S3', length: 100, exact: false },
  { id: 'S4', length: 100, exact: false },
  { id: 'S5', length: 1, exact: true },
  { id: 'S6', length: 10, exact: true },
  { id: 'S7', length: 5, exact: true },
] as const
type FieldId = (typeof fields)[number]['id']

/** The text of the DataMatrix of an identity: only for one that may leave (outward-ins.ts). Names in capitals without accents, cut at 100 characters. */
export function writeInsDatamatrix(identity: InsIdentity): string {
  const values: Readonly<Record<FieldId, string>> = {
    S1: identity.matricule,
    S2: identity.oid,
    S3: identity.birthGivenNames.map(officialSpelling).join(' '),
    S4: officialSpelling(identity.birthName),
    S5: identity.sex,
    S6: identity.birthDate.split('-').reverse().join('-'),
    S7: identity.birthPlaceCode,
  }
  const written = fields.map(({ id, length, exact }) => {
    const value = values[id].slice(0, length)
    return `${id}${value}${exact || value.length === length ? '' : gs}`
  })
  return header + written.join('')
}

export type InsDatamatrix = { readonly ok: true; readonly identity: InsIdentity } | { readonly ok: false; readonly message: string }

const notOne = 'Ce code n’est pas un DataMatrix INS.'
const incomplete = 'Ce DataMatrix INS est incomplet ou mal lu\u00a0: relisez-le.'

/**
 * Reads the text of a DataMatrix INS as a scanner types it or as a photo gives it. Names hold no digit and an OID no letter: a field ends where the next one
 * begins, so that separators that the keyboard lost are not missed. Refuses what lacks a trait or has another shape; the key is judged by the caller's rule.
 */
export function readInsDatamatrix(typed: string): InsDatamatrix {
  const text = asScanned(typed)
  const start = /^IS01[0-9A-Z]{22}/.exec(text)
  if (start === null) return { ok: false, message: notOne }
  const values = new Map<string, string>()
  let rest = text.slice(start[0].length)
  while (rest !== '') {
    const field = fields.find(({ id }) => rest.startsWith(id))
    if (field === undefined || values.has(field.id)) return { ok: false, message: incomplete }
    const body = rest.slice(2)
    const end = field.exact ? field.length : endOfField(body, field.length)
    values.set(field.id, body.slice(0, end))
    rest = body.slice(end).replace(/^\|+/, '')
  }
  return identityOf(values)
}

/** Where a field of free length ends: at its separator, at the next field, or when it is full. */
function endOfField(body: string, longest: number): number {
  const next = /\||S[1-7]/.exec(body)
  return Math.min(next === null ? body.length : next.index, longest)
}

function identityOf(values: ReadonlyMap<string, string>): InsDatamatrix {
  const [matricule = '', oid = '', given = '', birthName = '', sex = '', day = '', place = ''] = fields.map(({ id }) => values.get(id)?.trim())
  const authority = insAuthorities.find((one) => one.oid === oid)?.oid as InsOid | undefined
  const date = /^(\d{2})-(\d{2})-(\d{4})$/.exec(day)
  const shaped = parseNir(matricule).ok && matricule.length === 15 && (sex === 'F' || sex === 'M') && /^(?:\d{5}|2[AB]\d{3})$/.test(place)
  if (authority === undefined || date === null || !shaped || given === '' || birthName === '') return { ok: false, message: incomplete }
  return {
    ok: true,
    identity: {
      matricule,
      oid: authority,
      birthGivenNames: given.split(' ').filter(Boolean),
      birthName,
      sex: sex as 'F' | 'M',
      birthDate: `${date[3]}-${date[2]}-${date[1]}` as InsIdentity['birthDate'],
      birthPlaceCode: place,
    },
  }
}

/** How scanners write the separator when they are keyboards. */
const separators = /<GS>|\{GS\}|\[GS\]|\u241d|\^\]|\\x1d|\\u001d|\\F/gi

/** A scanner set for an American keyboard, read by a French one: what each French key would have been. */
const frenchKeys: Readonly<Record<string, string>> = {
  '&': '1',
  é: '2',
  '"': '3',
  "'": '4',
  '(': '5',
  '-': '6',
  è: '7',
  _: '8',
  ç: '9',
  à: '0',
  ')': '-',
  ':': '.',
  ';': '.',
  ù: "'",
  A: 'Q',
  Q: 'A',
  Z: 'W',
  W: 'Z',
  '?': 'M',
  a: 'q',
  q: 'a',
  z: 'w',
  w: 'z',
  ',': 'm',
}

function asScanned(typed: string): string {
  const marked = typed.replaceAll(gs, mark).replace(separators, mark).trim()
  // Scanners may say first which symbology they read (« ]d1 »).
  const text = marked.slice(Math.max(0, marked.search(/IS[0à][1&]/i)))
  if (!/^IS[à0]&/i.test(text)) return text.toUpperCase()
  return [...text]
    .map((sign) => frenchKeys[sign] ?? sign)
    .join('')
    .toUpperCase()
}

/** True for the beginning of something that a scanner types: what makes a fast sequence of keys be kept apart from the field that has the focus. */
export function startsInsDatamatrix(typed: string): boolean {
  return /^IS[0à][1&][0à]{2}/i.test(typed)
}
