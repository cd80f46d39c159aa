import { Readable } from 'node:stream'
import { createGunzip, createInflateRaw } from 'node:zlib'
import { importStopped } from './import-error.ts'

/** The content of a file as it was sent: plain, gzip, or a zip of one file (as the national servers give them). */
export async function* openedFile(raw: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = raw[Symbol.asyncIterator]()
  let head: Buffer = Buffer.alloc(0)
  while (head.length < 4) {
    const next = await source.next()
    if (next.done) break
    head = Buffer.concat([head, next.value])
  }
  if (head.length === 0) throw importStopped('import_empty')
  const rest = (async function* () {
    yield head
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
  })()
  if (head[0] === 0x1f && head[1] === 0x8b) return yield* unpacked(rest, createGunzip())
  if (head.length >= 4 && head.readUInt32LE(0) === zipEntry) return yield* unzipped(rest)
  yield* withoutByteOrderMark(rest)
}

const zipEntry = 0x04034b50
const deflated = 8

async function* unpacked(packed: AsyncIterable<Buffer>, engine: ReturnType<typeof createGunzip> | ReturnType<typeof createInflateRaw>): AsyncGenerator<Buffer> {
  const input = Readable.from(ownCopies(packed))
  input.on('error', (error) => engine.destroy(error))
  input.pipe(engine)
  try {
    yield* withoutByteOrderMark(engine as AsyncIterable<Buffer>)
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) throw importStopped('import_archive_damaged')
    throw error
  } finally {
    input.destroy()
    engine.destroy()
  }
}

/** The engine works on a chunk while the next one is read. */
async function* ownCopies(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk)
}

/** The first entry of a zip, read as it comes: its sizes may stand after it, hence the deflate stream tells its own end. */
async function* unzipped(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = packed[Symbol.asyncIterator]()
  let head: Buffer = Buffer.alloc(0)
  const atLeast = async (length: number): Promise<void> => {
    while (head.length < length) {
      const next = await source.next()
      if (next.done) throw importStopped('import_archive_damaged')
      head = Buffer.concat([head, next.value])
    }
  }
  await atLeast(30)
  const method = head.readUInt16LE(8)
  const start = 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
  await atLeast(start)
  if (method !== deflated) throw importStopped('import_archive_content')
  const name = head.subarray(30, 30 + head.readUInt16LE(26)).toString('utf8')
  if (!/\.(txt|csv|json)$/i.test(name)) throw importStopped('import_archive_content')
  const body = (async function* () {
    yield head.subarray(start)
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
  })()
  yield* unpacked(body, createInflateRaw())
}

async function* withoutByteOrderMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let first = true
  for await (const chunk of chunks) {
    yield first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk
    first = false
  }
}
