import type { MediaType } from '../../contract/attachment.ts'

const byEntry: readonly (readonly [string, MediaType])[] = [
  ['word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
]
const byDeclaration: readonly MediaType[] = ['application/vnd.oasis.opendocument.text', 'application/vnd.oasis.opendocument.spreadsheet']

/** Macros, and programs brought along, by the place where each format keeps them. */
const runs = /(^|\/)(vbaProject\.bin|vbaData\.xml|Basic\/|Scripts\/|activeX\/|embeddings\/.*\.(bin|exe|js))/i

/** What an archive is by the names of its entries, or null: no document, or one with macros. */
export function officeType(bytes: Buffer): MediaType | null {
  const names = entryNames(bytes)
  if (names === null || names.some((name) => runs.test(name))) return null
  const office = byEntry.find(([entry]) => names.includes(entry))
  if (office !== undefined && names.includes('[Content_Types].xml')) return office[1]
  // An OpenDocument begins with its type, stored as it is (ODF 1.2 part 3, 3.3).
  if (names[0] !== 'mimetype') return null
  const declared = bytes.subarray(38, 38 + bytes.readUInt32LE(22)).toString('latin1')
  return byDeclaration.find((type) => type === declared) ?? null
}

/** The names in the central directory of a ZIP; null where it has none or is cut. */
function entryNames(bytes: Buffer): readonly string[] | null {
  const last = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'))
  if (last < 0 || last + 22 > bytes.length) return null
  const count = bytes.readUInt16LE(last + 10)
  const names: string[] = []
  let at = bytes.readUInt32LE(last + 16)
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return null
    const [name, extra, comment] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)]
    names.push(bytes.subarray(at + 46, at + 46 + name).toString('utf8'))
    at += 46 + name + extra + comment
  }
  return names
}
