import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'

/** The squares of a DataMatrix, row by row; true where it is black. */
export interface Datamatrix {
  readonly width: number
  readonly height: number
  readonly black: (column: number, row: number) => boolean
}

let ready = false

/** Makes the DataMatrix (ECC 200, square: many readers know no other) of a text. Nothing is fetched: the writer is a WebAssembly file of a package, compiled at the first use. */
export async function datamatrixOf(text: string): Promise<Datamatrix> {
  if (!ready) {
    const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'))
    prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer } })
    ready = true
  }
  const { symbol, error } = await writeBarcode(text, { format: 'DataMatrix', options: 'forceSquare' })
  if (error || symbol === undefined) throw new Error('this text cannot be written as a DataMatrix')
  const { width, height, data } = symbol
  return { width, height, black: (column, row) => data[row * width + column] === 0 }
}
