import { describe, expect, it } from 'vitest'
import { attachmentLimits } from '../../contract/attachment.ts'
import { cleanAttachment } from './clean.ts'

const clean = (bytes: Buffer, name = 'photo.jpg') => cleanAttachment({ name, content: bytes.toString('base64') })

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** A JPEG of 4 × 3 with what a telephone writes: EXIF with a place and the way up, XMP, a comment; and a second picture behind it. */
function aPhotograph(orientation: number): Buffer {
  const tiff = Buffer.alloc(26)
  tiff.write('II*\0', 0, 'latin1')
  tiff.writeUInt32LE(8, 4)
  tiff.writeUInt16LE(1, 8)
  tiff.writeUInt16LE(0x0112, 10)
  tiff.writeUInt16LE(3, 12)
  tiff.writeUInt32LE(1, 14)
  tiff.writeUInt16LE(orientation, 18)
  const exif = segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('GPS 48.17N 6.45E')]))
  const frame = segment(0xc0, Buffer.from([8, 0, 3, 0, 4, 1, 1, 0x11, 0]))
  const scan = segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0]))
  const picture = Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56])
  const start = Buffer.from([0xff, 0xd8])
  const end = Buffer.from([0xff, 0xd9])
  return Buffer.concat([
    start,
    exif,
    segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0SECRET-XMP')),
    segment(0xfe, Buffer.from('SECRET-COMMENT')),
    frame,
    scan,
    picture,
    end,
    Buffer.from('SECRET-SECOND'),
  ])
}

describe('a photograph', () => {
  it('loses the place, the hour and the telephone, and keeps its picture and the way up', () => {
    const { content, width, height, mediaType } = clean(aPhotograph(6))
    expect([mediaType, width, height]).toEqual(['image/jpeg', 4, 3])
    const text = content.toString('latin1')
    for (const secret of ['GPS', 'SECRET-XMP', 'SECRET-COMMENT', 'SECRET-SECOND']) expect(text).not.toContain(secret)
    expect(content.includes(Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]))).toBe(true)
    // Cleaned again it is the same: the way up is the one thing that is left of the EXIF.
    expect(clean(content).content.equals(content)).toBe(true)
    expect(text).toContain('Exif')
    expect(clean(aPhotograph(1)).content.toString('latin1')).not.toContain('Exif')
  })

  it('cut short, or a picture by its name alone, is refused', () => {
    expect(() => clean(aPhotograph(1).subarray(0, 60))).toThrow('attachment_unreadable')
    expect(() => clean(Buffer.from('<html><script>alert(1)</script>'))).toThrow('attachment_type')
    expect(() => clean(Buffer.from('MZ\0\0\x01'))).toThrow('attachment_type')
  })
})

describe('a file', () => {
  it('is what its bytes say, and ends so', () => {
    expect(clean(Buffer.from('%PDF-1.7 …'), 'ordonnance.exe')).toMatchObject({ mediaType: 'application/pdf', name: 'ordonnance.exe.pdf' })
    expect(clean(Buffer.from('Bonjour, à jeudi.'), 'note.txt')).toMatchObject({ mediaType: 'text/plain', name: 'note.txt', width: null })
  })

  it('empty or too heavy is refused', () => {
    expect(() => clean(Buffer.alloc(0))).toThrow('attachment_empty')
    expect(() => clean(Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(attachmentLimits.bytes)]))).toThrow('attachment_too_large')
  })
})
