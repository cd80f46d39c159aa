import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'

/** A picture (PNG) of the DataMatrix of a text, as a camera would give it: large, with its quiet zone. */
export async function photoOf(text: string): Promise<Buffer> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'))
  prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer } })
  const { image } = await writeBarcode(text, { format: 'DataMatrix', scale: 8, addQuietZones: true })
  if (image === null) throw new Error('no picture of this text')
  return Buffer.from(await image.arrayBuffer())
}
