import { type InsDatamatrix, readInsDatamatrix } from '../../contract/ins-datamatrix.ts'
import type { DatamatrixAnswer } from './datamatrix-worker.ts'

const patience = 20_000

/** The DataMatrix INS of a photo, or why there is none, in French. The photo stays in this browser. */
export async function readPhoto(photo: Blob): Promise<InsDatamatrix> {
  const texts = await decode(photo)
  if (texts === null) return { ok: false, message: 'Cette photo n’a pas pu être lue. Essayez avec un lecteur, ou saisissez les traits.' }
  if (texts.length === 0) return { ok: false, message: 'Aucun DataMatrix trouvé\u00a0: cadrez-le de plus près, à plat et sans reflet.' }
  const read = texts.map(readInsDatamatrix)
  return read.find((one) => one.ok) ?? (read[0] as InsDatamatrix)
}

function decode(photo: Blob): Promise<readonly string[] | null> {
  const worker = new Worker(new URL('./datamatrix-worker.ts', import.meta.url), { type: 'module', name: 'datamatrix' })
  return new Promise<readonly string[] | null>((answer) => {
    const timer = setTimeout(() => answer(null), patience)
    worker.onmessage = ({ data }: MessageEvent<DatamatrixAnswer>) => {
      clearTimeout(timer)
      answer(data.texts)
    }
    worker.onerror = () => {
      clearTimeout(timer)
      answer(null)
    }
    worker.postMessage(photo)
  }).finally(() => worker.terminate())
}
