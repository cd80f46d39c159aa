import { parseFiness, parseRpps } from '../../../directory/contract/numbers.ts'
import { applyAnnuaire, type FeedOutcome, runFeed, type ToldOrganization, type ToldProfessional } from '../../../directory/server/api.ts'
import type { Database } from '../../../platform/server/db.ts'
import { bundlePage, codesOf, identifierOf, mssMailboxes, type Resource, records, textOf } from '../../../platform/server/fhir-bundle.ts'
import { type PagedReader, pagedReader } from '../../../platform/server/paged-reader.ts'

export interface AnnuaireSettings {
  /** « https://gateway.api.esante.gouv.fr/fhir/v2 » */
  readonly url: string
  readonly apiKey: string
}

/** Calls that the gateway of the Annuaire Santé allows in a second. */
const callsPerSecond = 17
const pageSize = 200

/**
 * Brings in what has changed in the Annuaire Santé since the last run (FHIR v2, `_lastUpdated`): professionals, then organizations, with their MSSanté
 * addresses. An interrupted run goes on at its page.
 */
export async function updateFromAnnuaire(
  db: Database,
  settings: AnnuaireSettings,
  { reader, clock = () => new Date() }: { readonly reader?: PagedReader; readonly clock?: () => Date } = {},
): Promise<FeedOutcome> {
  const base = settings.url.replace(/\/$/, '')
  const search = (type: 'Practitioner' | 'Organization', since: string | null): string =>
    `${base}/${type}?${new URLSearchParams({ _count: String(pageSize), ...(since === null ? {} : { _lastUpdated: `ge${since}` }) })}`
  return runFeed(
    db,
    {
      code: 'annuaire',
      reader: reader ?? pagedReader({ key: { header: 'ESANTE-API-KEY', value: settings.apiKey }, callsPerSecond }),
      firstPage: (since) => search('Practitioner', since?.toISOString() ?? null),
      // Organizations follow professionals: the last page of the ones leads to the first of the others.
      pageOf: (body, url) => {
        const page = bundlePage(body, url)
        if (page === null || page.next !== null || !new URL(url).pathname.endsWith('/Practitioner')) return page
        const since = new URL(url).searchParams.get('_lastUpdated')?.replace(/^ge/, '') ?? null
        return { ...page, next: search('Organization', since) }
      },
      apply: (tx, resources, { now }) =>
        applyAnnuaire(
          tx,
          { professionals: resources.flatMap((one) => professionalOf(one) ?? []), organizations: resources.flatMap((one) => organizationOf(one) ?? []) },
          now,
        ),
    },
    clock,
  )
}

/** Reads a Practitioner (as-dp-practitioner); null for one without a RPPS number or a name. */
export function professionalOf(resource: Resource): ToldProfessional | null {
  if (resource.resourceType !== 'Practitioner') return null
  const rpps = parseRpps(identifierOf(resource, 'https://rpps.esante.gouv.fr') ?? identifierOf(resource, 'urn:oid:1.2.250.1.71.4.2.1') ?? '')
  if (!rpps.ok) return null
  const name = records(resource['name'])[0] ?? {}
  const familyName = textOf(name['family'])
  const active = resource['active'] !== false
  if (familyName === null && active) return null
  const prefixes = Array.isArray(name['prefix']) ? name['prefix'].map(String) : []
  const suffixes = Array.isArray(name['suffix']) ? name['suffix'].map(String) : []
  const qualifications = records(resource['qualification']).map((one) => one['code'])
  return {
    rpps: rpps.value,
    active,
    familyName: familyName ?? '',
    givenName: Array.isArray(name['given']) ? name['given'].map(String).join(' ') : '',
    civility: prefixes.find((one) => one === 'MME' || one === 'M') ?? null,
    title: [...prefixes, ...suffixes].find((one) => one === 'DR' || one === 'PR') ?? null,
    profession: codesOf(qualifications, 'TRE_G15')[0]?.code ?? null,
    skills: codesOf(qualifications, 'TRE_R38').map(({ code }) => code),
    mailboxes: resource['telecom'] === undefined ? null : mssMailboxes(resource['telecom']),
  }
}

/** The MSSanté addresses of a site of FINESS (as-dp-organization); null for other organizations. */
export function organizationOf(resource: Resource): ToldOrganization | null {
  if (resource.resourceType !== 'Organization') return null
  const finess = parseFiness(identifierOf(resource, 'https://finess.esante.gouv.fr') ?? '')
  return finess.ok ? { finess: finess.value, mailboxes: resource['active'] === false ? [] : mssMailboxes(resource['telecom']) } : null
}
