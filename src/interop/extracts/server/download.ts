import { Agent, type Dispatcher, fetch, type Response } from 'undici'
import '../../../directory/contract/errors.ts'
import type { FileSource } from '../../../directory/contract/import-sources.ts'
import { type FeedEnd, type FeedReading, importStream } from '../../../directory/server/api.ts'
import { DomainError } from '../../../platform/contract/errors.ts'

export interface ExtractSettings {
  readonly url: string
  /** PEM of the authorities to trust besides those of the system: the Annuaire Santé answers under IGC-Santé. */
  readonly authorities?: string | undefined
}

const silence = 60_000

/**
 * Reads an extract from where it is published, straight into the import: nothing is kept on the disk. The same edition as last time (ETag, name or date of
 * the file) is not read again. The import changes everything or nothing: one cut short is begun again at the next try.
 */
export async function readExtract(source: FileSource, settings: ExtractSettings, { db, clock, mark, announced }: FeedReading): Promise<FeedEnd> {
  const dispatcher = new Agent({
    headersTimeout: silence,
    bodyTimeout: silence,
    ...(settings.authorities === undefined ? {} : { connect: { ca: settings.authorities, minVersion: 'TLSv1.2' as const } }),
  })
  try {
    const response = await answered(settings.url, dispatcher)
    if ('state' in response) return response
    const edition = markOf(response)
    if (edition !== null && edition === mark) {
      await response.body?.cancel()
      return { state: 'done' }
    }
    const { outcome } = await importStream(db, {
      source,
      fileName: nameOf(response),
      byteLength: Number(response.headers.get('content-length')) || 0,
      raw: bytesOf(response),
      requestedByName: 'Mise à jour automatique',
      clock,
      announced,
    })
    if (outcome.state === 'done') return { state: 'done', mark: edition }
    return { state: 'failed', code: outcome.code, params: outcome.params, again: outcome.code === 'import_service_unavailable' }
  } finally {
    await dispatcher.destroy()
  }
}

async function answered(url: string, dispatcher: Dispatcher): Promise<Response | FeedEnd> {
  try {
    const response = await fetch(url, { dispatcher })
    if (response.ok) return response
    await response.body?.cancel()
    const refused = response.status === 401 || response.status === 403
    return {
      state: 'failed',
      code: refused ? 'import_service_refused' : 'import_service_unavailable',
      again: response.status === 429 || response.status >= 500,
    }
  } catch {
    return { state: 'failed', code: 'import_service_unavailable', again: true }
  }
}

async function* bytesOf(response: Response): AsyncGenerator<Buffer> {
  try {
    for await (const piece of response.body ?? []) yield Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
  } catch {
    throw new DomainError('invalid', 'import_service_unavailable')
  }
}

/** The name that the server gives to its file, else the end of its address. */
function nameOf(response: Response): string {
  const told = /filename="?([^";]+)"?/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? new URL(response.url).pathname.split('/').at(-1)
  return (
    (told ?? '')
      .replace(/[^\w.()-]+/g, ' ')
      .trim()
      .slice(-200) || 'fichier'
  )
}

function markOf(response: Response): string | null {
  return (
    response.headers.get('etag') ??
    response.headers.get('last-modified') ??
    /filename="?([^";]+)"?/.exec(response.headers.get('content-disposition') ?? '')?.[1] ??
    null
  )
}
