import type { CleanedImage } from './clean.ts'

/** The picture, its palette, its transparency, its colours: all other chunks (tEXt, iTXt, zTXt, eXIf, tIME…) may say who, where and when. */
const kept = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'pHYs'])

/** A PNG with its picture only; whatever follows its end goes. */
export function cleanPng(bytes: Buffer): CleanedImage {
  const parts: Buffer[] = [bytes.subarray(0, 8)]
  let at = 8
  for (;;) {
    const length = bytes.readUInt32BE(at)
    const chunk = bytes.subarray(at, at + 12 + length)
    if (chunk.length < 12 + length) throw new Error('cut short')
    const type = chunk.subarray(4, 8).toString('latin1')
    if (parts.length === 1 && type !== 'IHDR') throw new Error('no header')
    if (kept.has(type)) parts.push(chunk)
    at += chunk.length
    if (type === 'IEND') break
  }
  const header = parts[1] as Buffer
  return { content: Buffer.concat(parts), width: header.readUInt32BE(8), height: header.readUInt32BE(12) }
}
