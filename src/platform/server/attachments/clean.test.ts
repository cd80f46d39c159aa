import { deflateRawSync } from 'node:zlib'
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

describe('what a program writes beside a picture', () => {
  it('the thumbnail of a JPEG, which shows what was cropped, goes; so does what follows the colours', () => {
    const plain = aPhotograph(1)
    const jfif = segment(
      0xe0,
      Buffer.concat([Buffer.from('JFIF\0', 'latin1'), Buffer.from([1, 2, 1, 0, 72, 0, 72, 3, 3]), Buffer.from('SECRET-THUMBNAIL-OF-27-BYTE')]),
    )
    const adobe = segment(0xee, Buffer.concat([Buffer.from('Adobe', 'latin1'), Buffer.from([0, 100, 0, 0, 0, 0, 1]), Buffer.from('SECRET-BEHIND')]))
    const { content } = clean(Buffer.concat([plain.subarray(0, 2), jfif, adobe, plain.subarray(2)]))
    expect(content.toString('latin1')).not.toContain('SECRET')
    expect(content.subarray(2, 20)).toEqual(segment(0xe0, Buffer.concat([Buffer.from('JFIF\0', 'latin1'), Buffer.from([1, 2, 1, 0, 72, 0, 72, 0, 0])])))
    expect(content.subarray(20, 36)).toEqual(segment(0xee, Buffer.concat([Buffer.from('Adobe', 'latin1'), Buffer.from([0, 100, 0, 0, 0, 0, 1])])))
    expect(clean(content).content.equals(content)).toBe(true)
  })

  it('a WebP keeps its picture, frame by frame, and nothing that it does not know', () => {
    const chunk = (type: string, body: Buffer): Buffer => {
      const head = Buffer.alloc(8)
      head.write(type, 0, 'latin1')
      head.writeUInt32LE(body.length, 4)
      return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
    }
    const webp = (...chunks: readonly Buffer[]): Buffer => chunk('RIFF', Buffer.concat([Buffer.from('WEBP', 'latin1'), ...chunks]))
    const header = (flags: number): Buffer => chunk('VP8X', Buffer.from([flags, 0, 0, 0, 3, 0, 0, 2, 0, 0]))
    const pixels = chunk('VP8 ', Buffer.from([1, 2, 3, 0x9d, 1, 0x2a, 4, 0, 3, 0, 7]))
    const frame = (...more: readonly Buffer[]): Buffer => chunk('ANMF', Buffer.concat([Buffer.alloc(16, 9), pixels, ...more]))
    const secret = (type: string): Buffer => chunk(type, Buffer.from('SECRET-'.padEnd(11, type)))
    const sent = webp(header(0b11110), secret('EXIF'), chunk('ANIM', Buffer.alloc(6)), frame(secret('XMP '), secret('junk')), secret('XMP '), secret('C2PA'))
    const { content, mediaType, width, height } = clean(sent, 'photo.webp')
    expect([mediaType, width, height]).toEqual(['image/webp', 4, 3])
    expect(content).toEqual(webp(header(0b10010), chunk('ANIM', Buffer.alloc(6)), frame()))
    expect(clean(webp(pixels, secret('EXIF'))).content).toEqual(webp(pixels))
    expect(() => clean(webp(header(2), chunk('ANMF', Buffer.alloc(7))))).toThrow('attachment_unreadable')
  })
})

/** A ZIP of these entries, packed as Office packs them. */
function aDocument(entries: Readonly<Record<string, string | Buffer>>, { packed = true } = {}): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(entries)) {
    const content = packed ? deflateRawSync(Buffer.from(text)) : Buffer.from(text)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(packed ? 8 : 0, 4)
    common.writeUInt32LE(content.length, 14)
    common.writeUInt32LE(Buffer.from(text).length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const file = Buffer.concat([Buffer.from('504b0304', 'hex'), common, Buffer.from(name), content])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), common, place, Buffer.from(name)]))
    files.push(file)
    at += file.length
  }
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(Buffer.concat(directory).length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...files, ...directory, Buffer.from('504b0506', 'hex'), end])
}

describe('a document', () => {
  const types = (more = '') =>
    `<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="wordprocessingml.document.main+xml"/>${more}</Types>`
  const template = (mode: string) =>
    `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="https://ailleurs.example/a.dotm?b>c"${mode}/></Relationships>`
  const begins = (target: string) =>
    `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="${target}"/></Relationships>`
  const word = (more: Readonly<Record<string, string | Buffer>> = {}) => ({
    '[Content_Types].xml': types(),
    '_rels/.rels': begins('word/document.xml'),
    'word/document.xml': '<w:document/>',
    ...more,
  })
  const rels = 'word/_rels/settings.xml.rels'

  it('of Word is kept, with the template that it brings along', () => {
    expect(clean(aDocument(word()), 'bilan.docx')).toMatchObject({ name: 'bilan.docx' })
    expect(clean(aDocument(word({ [rels]: template('') }), { packed: false }), 'bilan.docx')).toMatchObject({ name: 'bilan.docx' })
  })

  it.each([
    ['fetches a template when it is opened', word({ [rels]: template(' TargetMode="External"') })],
    ['spells that template otherwise', word({ [rels.toUpperCase()]: template(" TargetMode = '&#69;x&#x74;ernal'") })],
    ['writes it in UTF-16', word({ [rels]: Buffer.from(template(' TargetMode="External"'), 'utf16le') })],
    ['declares macros', word({ '[Content_Types].xml': types('<Default Extension="dat" ContentType="application/vnd.ms-office.vbaProject"/>') })],
    [
      'is a document with macros under another name',
      word({ '[Content_Types].xml': types('<x ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>') }),
    ],
    ['opens another document than the one that it shows', word({ '_rels/.rels': begins('d/document.xml'), 'd/document.xml': '<w:document/>' })],
    ['fetches a template from another folder', word({ 'd/_rels/settings.xml.rels': template(' TargetMode="External"') })],
    ['keeps macros where they are kept', word({ 'word/vbaProject.bin': 'x' })],
    ['unpacks without end', word({ [rels]: Buffer.alloc(3_000_000, 32) })],
  ])('that %s is refused', (_what, entries) => {
    expect(() => clean(aDocument(entries), 'bilan.docx')).toThrow('attachment_type')
    expect(() => clean(aDocument(entries, { packed: false }), 'bilan.docx')).toThrow('attachment_type')
  })

  it('cut in the middle of what it declares is refused', () => {
    const whole = aDocument(word())
    const broken = Buffer.from(whole)
    broken.fill(0xff, 30 + 19, 30 + 19 + 40)
    expect(() => clean(broken, 'bilan.docx')).toThrow('attachment_type')
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
