import type { CleanedImage } from './clean.ts'

const startOfScan = 0xda
const endOfImage = 0xd9
const exif = 0xe1

/**
 * A JPEG with its picture only. Every APPn but JFIF (APP0, without its thumbnail: the picture before it was cropped), the colour profile (APP2 ICC) and Adobe's
 * (APP14, which says how colours are coded) goes, comments too: EXIF holds the place, the hour and the telephone. The way up is put back alone, in an EXIF of one field. What follows the picture (a second one, the
 * video of a telephone) goes.
 */
export function cleanJpeg(bytes: Buffer): CleanedImage {
  const kept: Buffer[] = []
  let orientation = 1
  let size: { readonly width: number; readonly height: number } | undefined
  let at = 2
  let scanned = false
  for (;;) {
    if (bytes.readUInt8(at) !== 0xff) throw new Error('no marker')
    const marker = bytes.readUInt8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === endOfImage) break
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end < at + 4 || end > bytes.length) throw new Error('cut short')
    const segment = bytes.subarray(at, end)
    if (marker === exif) orientation = orientationOf(segment) ?? orientation
    if (isFrame(marker)) size = { height: segment.readUInt16BE(5), width: segment.readUInt16BE(7) }
    const left = whatIsKept(marker, segment)
    if (left !== null) kept.push(left)
    at = end
    if (marker !== startOfScan) continue
    at = endOfScan(bytes, end)
    kept.push(bytes.subarray(end, at))
    scanned = true
  }
  if (!scanned || size === undefined || size.width === 0 || size.height === 0) throw new Error('no picture')
  const turned = orientation === 1 ? [] : [orientationSegment(orientation)]
  return { content: Buffer.concat([bytes.subarray(0, 2), ...turned, ...kept, Buffer.from([0xff, endOfImage])]), ...size }
}

/** Where the coded picture stops: at the next marker that is neither a stuffed byte (FF00) nor a restart (FFD0 to FFD7). */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes.readUInt8(at + 1)
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  throw new Error('no end')
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

/** JFIF 1.02: the name, the version, the density, and the two sides of a thumbnail. */
const jfifLength = 14
/** The name, the version, two flags and how colours are coded. */
const adobeLength = 12

function whatIsKept(marker: number, segment: Buffer): Buffer | null {
  if (marker === 0xfe) return null
  if (marker < 0xe0 || marker > 0xef) return segment
  const name = segment.subarray(4, 16).toString('latin1')
  if (marker === 0xe2 && name.startsWith('ICC_PROFILE\0')) return segment
  if (marker === 0xee && name.startsWith('Adobe')) return shortened(segment, adobeLength)
  if (marker !== 0xe0 || !name.startsWith('JFIF\0')) return null
  const bare = shortened(segment, jfifLength)
  bare.writeUInt16BE(0, 4 + 12)
  return bare
}

/** The segment with the beginning of its content only. */
function shortened(segment: Buffer, length: number): Buffer {
  if (segment.length < 4 + length) throw new Error('cut short')
  const short = Buffer.from(segment.subarray(0, 4 + length))
  short.writeUInt16BE(length + 2, 2)
  return short
}

/** 1 to 8 (EXIF 2.3, tag 0x0112), or undefined. */
function orientationOf(segment: Buffer): number | undefined {
  if (segment.subarray(4, 10).toString('latin1') !== 'Exif\0\0') return undefined
  const tiff = segment.subarray(10)
  const little = tiff.subarray(0, 2).toString('latin1') === 'II'
  const short = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  try {
    const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
    for (let entry = 0; entry < Math.min(short(first), 64); entry += 1) {
      const at = first + 2 + entry * 12
      if (short(at) === 0x0112) {
        const value = short(at + 8)
        return value >= 1 && value <= 8 ? value : undefined
      }
    }
  } catch {
    return undefined
  }
  return undefined
}

function orientationSegment(orientation: number): Buffer {
  const body = Buffer.alloc(32)
  body.write('Exif\0\0', 0, 'latin1')
  body.write('MM', 6, 'latin1')
  body.writeUInt16BE(42, 8)
  body.writeUInt32BE(8, 10)
  body.writeUInt16BE(1, 14)
  body.writeUInt16BE(0x0112, 16)
  body.writeUInt16BE(3, 18)
  body.writeUInt32BE(1, 20)
  body.writeUInt16BE(orientation, 24)
  const head = Buffer.from([0xff, exif, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
