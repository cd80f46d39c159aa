import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { datamatrixOf } from './datamatrix.ts'

test('what is drawn reads back, group separators included', async () => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer } })
  const text = 'IS010000000000000000000000S1241038846804527S21.2.250.1.213.1.4.10\u001dS3ODILE MARIE-THERESE\u001dS4KEMPF\u001dS5FS612-03-1941S788468'
  const matrix = await datamatrixOf(text)
  expect(matrix.width).toBe(matrix.height)
  const [scale, quiet] = [4, 4]
  const side = (Math.max(matrix.width, matrix.height) + 2 * quiet) * scale
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) {
      const [column, row] = [Math.floor(x / scale) - quiet, Math.floor(y / scale) - quiet]
      const inside = column >= 0 && row >= 0 && column < matrix.width && row < matrix.height
      if (inside && matrix.black(column, row)) pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3)
    }
  const found = await readBarcodes({ data: pixels, width: side, height: side, colorSpace: 'srgb' } as ImageData, { formats: ['DataMatrix'], textMode: 'Plain' })
  expect(found.map((one) => one.text)).toEqual([text])
})
