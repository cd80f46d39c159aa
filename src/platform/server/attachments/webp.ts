import type { CleanedImage } from './clean.ts'

/** What makes the picture: the header, coded pixels, transparency, movement, the colour profile. The rest is said beside it: EXIF, XMP, what a program adds. */
const kept = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
const inFrame = new Set(['VP8 ', 'VP8L', 'ALPH'])
/** Where a frame stands and how long it is shown, before its own chunks. */
const frameHead = 16
/** Of the flags of the extended header: what says that EXIF or XMP follow. */
const saysMore = 0b1100

/** A WebP (RIFF) with its picture only; the flags of its extended header say that EXIF and XMP are gone. */
export function cleanWebp(bytes: Buffer): CleanedImage {
  const parts: Buffer[] = []
  let size: { readonly width: number; readonly height: number } | undefined
  for (const { type, body } of chunksOf(bytes, 12, bytes.readUInt32LE(4) + 8)) {
    if (!kept.has(type)) continue
    if (type === 'VP8X') {
      const header = Buffer.from(body.subarray(0, 10))
      header.writeUInt8(header.readUInt8(0) & ~saysMore, 0)
      size = { width: header.readUIntLE(4, 3) + 1, height: header.readUIntLE(7, 3) + 1 }
      parts.push(chunk(type, header))
      continue
    }
    if (type === 'VP8 ') size ??= { width: body.readUInt16LE(6) & 0x3fff, height: body.readUInt16LE(8) & 0x3fff }
    else if (type === 'VP8L') {
      const bits = body.readUInt32LE(1)
      size ??= { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    parts.push(chunk(type, type === 'ANMF' ? cleanFrame(body) : body))
  }
  if (size === undefined) throw new Error('no picture')
  const body = Buffer.concat(parts)
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(body.length + 4, 4)
  return { content: Buffer.concat([head, body]), ...size }
}

/** One picture of an animation, with its own picture only. */
function cleanFrame(frame: Buffer): Buffer {
  if (frame.length < frameHead) throw new Error('cut short')
  const parts = [...chunksOf(frame, frameHead, frame.length)].filter(({ type }) => inFrame.has(type))
  return Buffer.concat([frame.subarray(0, frameHead), ...parts.map(({ type, body }) => chunk(type, body))])
}

function* chunksOf(bytes: Buffer, from: number, to: number): Iterable<{ readonly type: string; readonly body: Buffer }> {
  const end = Math.min(bytes.length, to)
  for (let at = from; at + 8 <= end; ) {
    const length = bytes.readUInt32LE(at + 4)
    if (at + 8 + length > end) throw new Error('cut short')
    yield { type: bytes.subarray(at, at + 4).toString('latin1'), body: bytes.subarray(at + 8, at + 8 + length) }
    at += 8 + length + (length % 2)
  }
}

function chunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 0, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}
