import type { CleanedImage } from './clean.ts'

const dropped = new Set(['EXIF', 'XMP '])

/** A WebP (RIFF) without its EXIF and XMP chunks; the flags of its extended header say that they are gone. */
export function cleanWebp(bytes: Buffer): CleanedImage {
  const parts: Buffer[] = []
  let size: { readonly width: number; readonly height: number } | undefined
  const end = Math.min(bytes.length, bytes.readUInt32LE(4) + 8)
  for (let at = 12; at + 8 <= end; ) {
    const type = bytes.subarray(at, at + 4).toString('latin1')
    const length = bytes.readUInt32LE(at + 4)
    const chunk = Buffer.from(bytes.subarray(at, at + 8 + length + (length % 2)))
    if (chunk.length < 8 + length) throw new Error('cut short')
    if (type === 'VP8X') {
      chunk.writeUInt8(chunk.readUInt8(8) & ~0b1100, 8)
      size = { width: chunk.readUIntLE(12, 3) + 1, height: chunk.readUIntLE(15, 3) + 1 }
    } else if (type === 'VP8 ') size ??= { width: chunk.readUInt16LE(14) & 0x3fff, height: chunk.readUInt16LE(16) & 0x3fff }
    else if (type === 'VP8L') {
      const bits = chunk.readUInt32LE(9)
      size ??= { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    if (!dropped.has(type)) parts.push(chunk)
    at += chunk.length
  }
  if (size === undefined) throw new Error('no picture')
  const body = Buffer.concat(parts)
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(body.length + 4, 4)
  return { content: Buffer.concat([head, body]), ...size }
}
