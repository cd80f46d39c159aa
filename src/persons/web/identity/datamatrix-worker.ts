import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'

/*
 * Reads the DataMatrix of a photo, apart from the page: this file alone is served with a policy that lets WebAssembly be compiled
 * (src/platform/server/headers.ts), the pages keep theirs. The photo goes nowhere else.
 */
prepareZXingModule({ overrides: { locateFile: () => wasm } })

const scope = self as unknown as { onmessage: ((event: MessageEvent<Blob>) => void) | null; postMessage: (answer: DatamatrixAnswer) => void }

export interface DatamatrixAnswer {
  /** Texts of the DataMatrix found on the photo; null when reading itself failed. */
  readonly texts: readonly string[] | null
}

scope.onmessage = async ({ data }) => {
  try {
    const found = await readBarcodes(data, {
      formats: ['DataMatrix'],
      textMode: 'Plain',
      tryHarder: true,
      tryRotate: true,
      tryInvert: true,
      maxNumberOfSymbols: 4,
    })
    scope.postMessage({ texts: found.filter((one) => one.isValid).map((one) => one.text) })
  } catch {
    scope.postMessage({ texts: null })
  }
}
