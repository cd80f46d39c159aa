import { newId } from '../../../platform/contract/ids.ts'
import { callAction } from '../../../platform/web/api/client.ts'
import { addImportPart, importPartBytes, openImport, startImport } from '../../contract/actions.ts'
import type { FileSource } from '../../contract/import-sources.ts'

export interface Sending {
  /** Bytes of the file read so far. */
  readonly done: number
  readonly total: number
}

/**
 * Sends a file to be imported, part after part; what is not packed yet is packed on the way (a tenth of the size). Each part is repeated by itself when
 * the network fails. Gives the id of the import that starts. `stop` ends the sending: the server then forgets what it received.
 */
export async function sendFile(source: FileSource, file: File, allowShrink: boolean, tell: (sending: Sending) => void, stop: AbortSignal): Promise<string> {
  const id = newId<never>() as string
  await callAction(openImport, { id, source, fileName: file.name.slice(0, 200), byteLength: file.size, allowShrink })
  let done = 0
  const counted = file.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (chunk, out) => {
        done += chunk.length
        out.enqueue(chunk)
      },
    }),
  )
  const packed = /\.(gz|zip)$/i.test(file.name) ? counted : counted.pipeThrough(new CompressionStream('gzip'))
  let parts = 0
  for await (const part of partsOf(packed)) {
    stop.throwIfAborted()
    await callAction(addImportPart, { id, position: parts, content: base64Of(part) })
    parts += 1
    tell({ done, total: file.size })
  }
  await callAction(startImport, { id, parts })
  return id
}

async function* partsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  let waiting = new Uint8Array(0)
  for (;;) {
    const { done, value } = await reader.read()
    if (value) {
      const joined = new Uint8Array(waiting.length + value.length)
      joined.set(waiting)
      joined.set(value, waiting.length)
      waiting = joined
    }
    for (; waiting.length >= importPartBytes; waiting = waiting.slice(importPartBytes)) yield waiting.slice(0, importPartBytes)
    if (done) break
  }
  if (waiting.length > 0) yield waiting
}

function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768))
  return btoa(text)
}
