/** One file of an archive: its path, its text, and whether it stands uncompressed. */
export interface ZipEntry {
  readonly path: string
  readonly text: string
  readonly stored?: boolean | undefined
}

/** A ZIP archive of a few text files (APPNOTE 6.3), in the order given; names are ASCII and the whole is below 4 GB. */
export async function zipOf(entries: readonly ZipEntry[], at: Date): Promise<Uint8Array<ArrayBuffer>> {
  const bodies: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { path, text, stored } of entries) {
    const name = new TextEncoder().encode(path)
    const plain = new TextEncoder().encode(text)
    const body = stored ? plain : await deflated(plain)
    // Version 2.0, no flag, method, time and date of MS-DOS, CRC, sizes, name, no extra field.
    const common = numbers([
      [20, 2],
      [0, 2],
      [stored ? 0 : 8, 2],
      [(at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1), 2],
      [((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate(), 2],
      [crc32(plain), 4],
      [body.length, 4],
      [plain.length, 4],
      [name.length, 2],
      [0, 2],
    ])
    const local = join([numbers([[0x04034b50, 4]]), common, name])
    directory.push(
      join([
        numbers([
          [0x02014b50, 4],
          [20, 2],
        ]),
        common,
        numbers([
          [0, 2],
          [0, 2],
          [0, 2],
          [0, 4],
          [offset, 4],
        ]),
        name,
      ]),
    )
    bodies.push(local, body)
    offset += local.length + body.length
  }
  const index = join(directory)
  const count = entries.length
  return join([
    ...bodies,
    index,
    numbers([
      [0x06054b50, 4],
      [0, 2],
      [0, 2],
      [count, 2],
      [count, 2],
      [index.length, 4],
      [offset, 4],
      [0, 2],
    ]),
  ])
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer())
}

/** Little-endian numbers, each with its size in bytes. */
function numbers(fields: readonly (readonly [value: number, size: 2 | 4])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [, size]) => sum + size, 0)))
  let at = 0
  for (const [value, size] of fields) {
    if (size === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += size
  }
  return new Uint8Array(view.buffer)
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

const crcTable = Array.from({ length: 256 }, (_unused, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
