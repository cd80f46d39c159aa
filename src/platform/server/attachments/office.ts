import { inflateRawSync } from 'node:zlib'
import type { MediaType } from '../../contract/attachment.ts'

const byEntry: readonly (readonly [string, MediaType])[] = [
  ['word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
]
const byDeclaration: readonly MediaType[] = ['application/vnd.oasis.opendocument.text', 'application/vnd.oasis.opendocument.spreadsheet']

/** Macros, and programs brought along, by the place where each format keeps them. */
const runs = /(^|\/)(vbaProject\.bin|vbaData\.xml|Basic\/|Scripts\/|activeX\/|embeddings\/.*\.(bin|exe|js))/i

const contentTypes = '[Content_Types].xml'
/**
 * What a Word or Excel document says of itself that may not be. A template is fetched, with its macros, when the document is opened; macros may be kept under
 * any name, but must be declared.
 */
const refused: readonly { readonly entry: RegExp; readonly words: readonly RegExp[] }[] = [
  { entry: /^\[Content_Types\]\.xml$/i, words: [/macroEnabled|vbaProject/i] },
  { entry: /(^|\/)_rels\/[^/]+\.rels$/i, words: [/attachedTemplate/i, /TargetMode\s*=\s*["']External/i] },
]
/** Of an entry that is read, and of all of them: no honest one comes near it, and a bomb stops there. */
const mostInflated = 1_000_000
const mostInflatedTogether = 8_000_000

/** What an archive is by the names of its entries and what it declares, or null: no document, or one that runs something or fetches it. */
export function officeType(bytes: Buffer): MediaType | null {
  const entries = entriesOf(bytes)
  if (entries === null || entries.some(({ name }) => runs.test(name))) return null
  const has = (wanted: string): boolean => entries.some(({ name }) => name === wanted)
  const office = byEntry.find(([entry]) => has(entry))
  if (office !== undefined && has(contentTypes)) return saysWhatMayNotBe(bytes, entries) || !beginsAt(bytes, entries, office[0]) ? null : office[1]
  // An OpenDocument begins with its type, stored as it is (ODF 1.2 part 3, 3.3).
  if (entries[0]?.name !== 'mimetype') return null
  const declared = bytes.subarray(38, 38 + bytes.readUInt32LE(22)).toString('latin1')
  return byDeclaration.find((type) => type === declared) ?? null
}

/** Names of an OOXML package are compared without their case (ECMA-376 part 2); what cannot be read is refused too. */
function saysWhatMayNotBe(bytes: Buffer, entries: readonly Entry[]): boolean {
  let inflated = 0
  for (const entry of entries) {
    const rule = refused.find((one) => one.entry.test(entry.name))
    if (rule === undefined) continue
    const text = textOf(bytes, entry)
    inflated += text?.length ?? 0
    if (text === null || inflated > mostInflatedTogether || rule.words.every((word) => word.test(text))) return true
  }
  return false
}

/** The document that Office opens is the one that the package names, not another that stands beside it under the usual name (ECMA-376 part 2, 9.3). */
function beginsAt(bytes: Buffer, entries: readonly Entry[], document: string): boolean {
  const packageParts = entries.filter(({ name }) => name.toLowerCase() === '_rels/.rels')
  const [part] = packageParts
  const text = packageParts.length === 1 && part !== undefined ? textOf(bytes, part) : null
  const starts = text?.match(/<Relationship\b[^>]*\/officeDocument["'][^>]*>/gi) ?? []
  return starts.length === 1 && new RegExp(`Target\\s*=\\s*["']/?${document.replace('.', '\\.')}["']`, 'i').test(starts[0] as string)
}

interface Entry {
  readonly name: string
  readonly method: number
  readonly packed: number
  /** Of its own header, from the beginning of the archive. */
  readonly at: number
}

/** The central directory of a ZIP; null where it has none or is cut. */
function entriesOf(bytes: Buffer): readonly Entry[] | null {
  const last = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'))
  if (last < 0 || last + 22 > bytes.length) return null
  const count = bytes.readUInt16LE(last + 10)
  const entries: Entry[] = []
  let at = bytes.readUInt32LE(last + 16)
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return null
    const [name, extra, comment] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)]
    entries.push({
      name: bytes.subarray(at + 46, at + 46 + name).toString('utf8'),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42),
    })
    at += 46 + name + extra + comment
  }
  return entries
}

/** An entry unpacked, as text; null where it is cut, packed in another way, or too large. */
function textOf(bytes: Buffer, { method, packed, at }: Entry): string | null {
  try {
    if (bytes.readUInt32LE(at) !== 0x04034b50) return null
    const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
    const content = bytes.subarray(from, from + packed)
    if (content.length < packed || (method === 0 && packed > mostInflated)) return null
    const plain = method === 0 ? content : method === 8 ? inflateRawSync(content, { maxOutputLength: mostInflated }) : null
    if (plain === null) return null
    // Office reads UTF-16 and letters by their number too: both would hide the words.
    return plain
      .toString('utf8')
      .replaceAll('\0', '')
      .replace(/&#(x[0-9a-f]{1,4}|[0-9]{1,5});/gi, (_all, code: string) => String.fromCharCode(Number(code.replace(/^x/i, '0x'))))
  } catch {
    return null
  }
}
