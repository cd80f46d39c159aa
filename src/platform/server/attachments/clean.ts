import { createHash } from 'node:crypto'
import { attachmentLimits, type MediaType } from '../../contract/attachment.ts'
import { invalid } from '../../contract/errors.ts'
import { cleanJpeg } from './jpeg.ts'
import { officeType } from './office.ts'
import { cleanPng } from './png.ts'
import { cleanWebp } from './webp.ts'

export interface CleanedAttachment {
  readonly name: string
  readonly mediaType: MediaType
  readonly content: Buffer
  readonly byteLength: number
  /** Of an image, in pixels as stored. */
  readonly width: number | null
  readonly height: number | null
  readonly sha256: Buffer
}

/** An image without what its camera wrote beside it. */
export interface CleanedImage {
  readonly content: Buffer
  readonly width: number
  readonly height: number
}

/**
 * What may be kept of a file that somebody sends: its type is read from the bytes, an image loses all that is no picture (EXIF, GPS, XMP, comments; the
 * orientation of a JPEG stays), and the end of the name says the type. Takes base64. Refuses `attachment_empty`, `attachment_too_large`, `attachment_type`
 * (nothing that runs: no page, no program, no document with macros) and `attachment_unreadable`.
 */
export function cleanAttachment({ name, content }: { readonly name: string; readonly content: string }): CleanedAttachment {
  const bytes = Buffer.from(content, 'base64')
  if (bytes.length === 0) throw invalid('attachment_empty')
  if (bytes.length > attachmentLimits.bytes) throw invalid('attachment_too_large', { megabytes: attachmentLimits.bytes / 1024 / 1024 })
  const mediaType = typeOf(bytes)
  if (mediaType === null) throw invalid('attachment_type')
  const image = imageOf(mediaType, bytes)
  const kept = image?.content ?? bytes
  return {
    name: named(name, mediaType),
    mediaType,
    content: kept,
    byteLength: kept.length,
    width: image?.width ?? null,
    height: image?.height ?? null,
    sha256: createHash('sha256').update(kept).digest(),
  }
}

function imageOf(mediaType: MediaType, bytes: Buffer): CleanedImage | null {
  try {
    if (mediaType === 'image/jpeg') return cleanJpeg(bytes)
    if (mediaType === 'image/png') return cleanPng(bytes)
    return mediaType === 'image/webp' ? cleanWebp(bytes) : null
  } catch {
    // Cut short, or made to confuse whoever reads it: a RangeError of a Buffer says it as well as our own refusal.
    throw invalid('attachment_unreadable')
  }
}

function typeOf(bytes: Buffer): MediaType | null {
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return 'application/pdf'
  if (bytes.length > 3 && bytes.readUIntBE(0, 3) === 0xffd8ff) return 'image/jpeg'
  if (bytes.subarray(0, 8).toString('hex') === '89504e470d0a1a0a') return 'image/png'
  if (bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP') return 'image/webp'
  if (bytes.subarray(0, 4).toString('hex') === '504b0304') return officeType(bytes)
  return isPlainText(bytes) ? 'text/plain' : null
}

/** UTF-8 without control characters, and no beginning of a page that a browser would run. */
function isPlainText(bytes: Buffer): boolean {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return false
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells a binary file from a text.
  return !/[\u0000-\u0008\u000b\u000e-\u001f]/.test(text) && !/^\s*(<|#!|\{\\rtf)/.test(text.slice(0, 400))
}

const endings: Readonly<Record<MediaType, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'text/plain': ['txt', 'csv', 'md'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
}

/** « facture.pdf.exe » that is a PDF is called « facture.pdf.exe.pdf »: nobody opens it as what it is not. */
function named(name: string, mediaType: MediaType): string {
  const ends = endings[mediaType]
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return ends.includes(ending) ? name : `${name.slice(0, 114)}.${ends[0]}`
}
