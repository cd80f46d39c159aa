import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { odsOf } from './ods.ts'

/** The files of an archive, read by its directory as any reader does; refuses a wrong size. */
async function filesOf(blob: Blob): Promise<ReadonlyMap<string, string>> {
  const bytes = Buffer.from(await blob.arrayBuffer())
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  const files = new Map<string, string>()
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, packed, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)]
    const [name, local] = [bytes.readUInt16LE(at + 28), bytes.readUInt32LE(at + 42)]
    const begin = local + 30 + bytes.readUInt16LE(local + 26)
    const body = bytes.subarray(begin, begin + packed)
    const plain = method === 8 ? inflateRawSync(body) : body
    expect(plain.length).toBe(size)
    files.set(bytes.toString('utf8', at + 46, at + 46 + name), plain.toString('utf8'))
    at += 46 + name
  }
  return files
}

const sheet = {
  columns: ['Numéro', 'Reçue le', 'Née le', 'Code postal', 'Motif'],
  rows: [
    [12.5, '2026-01-15T23:30:00Z', '1938-11-04', '08000', '=SOMME(A1) <b> & "x"\nsuite'],
    [null, null, null, null, ''],
  ],
}

test('numbers, days and instants stay so, on the clock of the region; a text stays a text, formula or postal code', async () => {
  const content = (await filesOf(await odsOf('Demandes', sheet, 'Europe/Paris'))).get('content.xml') ?? ''
  expect(content).toContain('office:value-type="float" office:value="12.5"')
  expect(content).toContain('office:date-value="2026-01-16T00:30:00"')
  expect(content).toContain('office:date-value="1938-11-04"')
  expect(content).toContain('<table:table-cell office:value-type="string"><text:p>08000</text:p></table:table-cell>')
  expect(content).toContain('<text:p>=SOMME(A1) &lt;b&gt; &amp; &quot;x&quot;</text:p><text:p>suite</text:p>')
  expect(content).not.toContain('table:formula')
  expect(content.match(/<table:table-cell\/>/g)).toHaveLength(5)
})

test('the kind of file stands first and uncompressed, as readers of the format ask', async () => {
  const blob = await odsOf('Demandes', sheet, 'Europe/Paris')
  const bytes = Buffer.from(await blob.arrayBuffer())
  expect(bytes.toString('latin1', 30, 38 + 46)).toBe('mimetypeapplication/vnd.oasis.opendocument.spreadsheet')
  expect([...(await filesOf(blob)).keys()]).toEqual(['mimetype', 'META-INF/manifest.xml', 'content.xml', 'settings.xml'])
})

test('characters that XML cannot hold are left out instead of making the file unreadable', async () => {
  const content = (await filesOf(await odsOf('Liste', { columns: ['A'], rows: [['a\u0000b\u000bc\ud800']] }, 'Europe/Paris'))).get('content.xml') ?? ''
  expect(content).toContain('<text:p>abc\ufffd</text:p>')
})
