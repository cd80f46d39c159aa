import '../../../directory/contract/errors.ts'
import { importStream } from '../../../directory/server/api.ts'
import { DomainError } from '../../../platform/contract/errors.ts'
import type { Database } from '../../../platform/server/db.ts'
import { isRecord } from '../../../platform/server/fhir-bundle.ts'
import { type PagedReader, pagedReader } from '../../../platform/server/paged-reader.ts'

export interface DataInclusionSettings {
  /** « https://api.data.inclusion.gouv.fr » or another installation. */
  readonly url: string
  readonly apiKey: string
  /** Départements to read; everything when empty. */
  readonly departments: readonly string[]
}

const pageSize = 1000

/**
 * Brings the structures, then the services of data·inclusion in from its API (v1), page by page, through the same import as a file: everything or
 * nothing, with a report. Gives the outcomes: two, or that of the structures alone when an administrator stopped it.
 */
export async function importFromDataInclusion(
  db: Database,
  settings: DataInclusionSettings,
  { reader, announced }: { readonly reader?: PagedReader; readonly announced?: (importId: string) => Promise<void> } = {},
): Promise<readonly Awaited<ReturnType<typeof importStream>>[]> {
  const pages = reader ?? pagedReader({ key: { header: 'authorization', value: `Bearer ${settings.apiKey}` }, callsPerSecond: 10 })
  const outcomes: Awaited<ReturnType<typeof importStream>>[] = []
  for (const kind of ['structures', 'services'] as const) {
    const told = await importStream(db, {
      source: `social_${kind}`,
      fileName: `api data·inclusion, ${kind}`,
      byteLength: 0,
      departments: settings.departments,
      raw: content(settings, kind, pages),
      requestedByName: 'Mise à jour automatique',
      ...(announced === undefined ? {} : { announced }),
    })
    outcomes.push(told)
    if (told.outcome.state === 'cancelled') break
  }
  return outcomes
}

async function* content({ url, departments }: DataInclusionSettings, kind: 'structures' | 'services', reader: PagedReader): AsyncGenerator<Buffer> {
  yield Buffer.from('{"items":[')
  let separator = ''
  for (const department of departments.length === 0 ? [null] : departments) {
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const address = new URL(`/api/v1/${kind}`, url)
      address.search = new URLSearchParams({
        page: String(page),
        size: String(pageSize),
        ...(department === null ? {} : { code_departement: department }),
      }).toString()
      const answer = await reader.read(address.href)
      if (answer.outcome !== 'page') throw new DomainError('invalid', `import_service_${answer.outcome}`)
      const { body } = answer
      if (!isRecord(body) || !Array.isArray(body['items']) || typeof body['pages'] !== 'number') throw new DomainError('invalid', 'import_service_unreadable')
      pages = body['pages']
      for (const item of body['items']) {
        yield Buffer.from(separator + JSON.stringify(item))
        separator = ','
      }
    }
  }
  yield Buffer.from(']}')
}
