/** What a page of a search holds: how many records, and the address of the next page. */
export interface Page<Records> {
  readonly records: Records
  readonly count: number
  readonly next: string | null
  /** How many records the whole search has, where the service tells it. */
  readonly total: number | null
}

/** A FHIR resource as it comes: read member by member, never trusted. */
export type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: string; readonly id?: string }
type Json = Readonly<Record<string, unknown>>

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
export function records(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/** The resources of a searchset and its next page; null for anything else. */
export function bundlePage(body: unknown, url: string): Page<readonly Resource[]> | null {
  if (!isRecord(body) || body['resourceType'] !== 'Bundle') return null
  const resources = records(body['entry'])
    .map((entry) => entry['resource'])
    .filter((resource): resource is Resource => isRecord(resource) && typeof resource['resourceType'] === 'string')
  const next = records(body['link']).find((link) => link['relation'] === 'next')?.['url']
  return {
    records: resources,
    count: resources.length,
    next: typeof next === 'string' && next !== '' ? new URL(next, url).href : null,
    total: Number.isInteger(body['total']) ? Number(body['total']) : null,
  }
}

/** The value of the identifier of a system. */
export function identifierOf(resource: Json, system: string): string | null {
  return textOf(records(resource['identifier']).find((one) => one['system'] === system)?.['value'])
}

/** The codes of a CodeableConcept, or of several, of which the system contains `part`. */
export function codesOf(value: unknown, part: string): readonly { readonly code: string; readonly label: string | null }[] {
  const concepts = Array.isArray(value) ? records(value) : isRecord(value) ? [value] : []
  return concepts.flatMap((concept) =>
    records(concept['coding'])
      .filter((coding) => String(coding['system'] ?? '').includes(part))
      .flatMap((coding) => {
        const code = textOf(coding['code'])
        return code === null ? [] : [{ code, label: textOf(coding['display']) ?? textOf(concept['text']) }]
      }),
  )
}

/** The extension of which the address ends with `name`. */
export function extensionOf(resource: unknown, name: string): Json | undefined {
  return isRecord(resource)
    ? records(resource['extension']).find(
        (one) =>
          String(one['url'] ?? '')
            .split('/')
            .at(-1) === name,
      )
    : undefined
}

/** The id that a reference points to. */
export function referenced(value: unknown): string | null {
  return isRecord(value) ? (textOf(value['reference'])?.split('/').at(-1) ?? null) : null
}

/** The MSSanté addresses among telecoms: those that the typing of messageries or the domain says so. */
export function mssMailboxes(telecom: unknown): readonly string[] {
  return records(telecom)
    .filter((one) => one['system'] === 'email')
    .filter((one) => JSON.stringify(one['extension'] ?? '').includes('MSSANTE') || /\.mssante\.fr$/i.test(String(one['value'] ?? '')))
    .flatMap((one) => textOf(one['value']) ?? [])
}
