import { parseFiness, parseRpps } from '../../../directory/contract/numbers.ts'
import { plainPhone } from '../../../directory/contract/phones.ts'
import {
  applyAnnuaire,
  communeFinder,
  type FeedOutcome,
  markPage,
  pageMark,
  runFeed,
  type ToldOrganization,
  type ToldProfessional,
  type ToldRole,
  type ToldWorkplace,
} from '../../../directory/server/api.ts'
import { asSystem, type Database } from '../../../platform/server/db.ts'
import {
  bundlePage,
  codesOf,
  extensionOf,
  identifierOf,
  isRecord,
  mssMailboxes,
  type Resource,
  records,
  referenced,
  textOf,
} from '../../../platform/server/fhir-bundle.ts'
import { type PagedReader, pagedReader } from '../../../platform/server/paged-reader.ts'

type CommuneFinder = Awaited<ReturnType<typeof communeFinder>>

export interface AnnuaireSettings {
  /** « https://gateway.api.esante.gouv.fr/fhir/v2 » */
  readonly url: string
  readonly apiKey: string
}

/** Calls that the gateway of the Annuaire Santé allows in a second. */
const callsPerSecond = 17
const pageSize = 200

const kinds = ['Practitioner', 'PractitionerRole', 'Organization'] as const

/**
 * Brings in what has changed in the Annuaire Santé since the last run (FHIR v2, `_lastUpdated`): professionals, then where they practise, then organizations,
 * with their MSSanté addresses. An interrupted run goes on at its page.
 */
export async function updateFromAnnuaire(
  db: Database,
  settings: AnnuaireSettings,
  {
    reader,
    clock = () => new Date(),
    announced,
  }: { readonly reader?: PagedReader; readonly clock?: () => Date; readonly announced?: (importId: string) => Promise<void> } = {},
): Promise<FeedOutcome> {
  const base = settings.url.replace(/\/$/, '')
  const findCommune = await asSystem(db, 'places of the Annuaire', (tx) => communeFinder(tx))
  const search = (type: (typeof kinds)[number], since: string | null): string =>
    markPage(
      `${base}/${type}?${new URLSearchParams([
        ['_count', String(pageSize)],
        ...(since === null ? [] : [['_lastUpdated', `ge${since}`]]),
        ...(type === 'PractitionerRole'
          ? [
              ['_include', 'PractitionerRole:practitioner'],
              ['_include', 'PractitionerRole:organization'],
            ]
          : []),
      ] as string[][])}`,
      { kind: type, since },
    )
  return runFeed<readonly Resource[]>(
    db,
    {
      code: 'annuaire',
      reader: reader ?? pagedReader({ key: { header: 'ESANTE-API-KEY', value: settings.apiKey }, callsPerSecond }),
      firstPage: (since) => search('Practitioner', since?.toISOString() ?? null),
      // The last page of a kind leads to the first of the next.
      pageOf: (body, url) => {
        const page = bundlePage(body, url)
        if (page === null) return null
        const mark = pageMark(url)
        if (page.next !== null) return { ...page, next: markPage(page.next, mark) }
        const next = kinds[(kinds as readonly string[]).indexOf(mark.kind) + 1]
        return { ...page, next: next === undefined ? null : search(next, mark.since) }
      },
      apply: (tx, resources, { now }) => applyAnnuaire(tx, changesOf(resources, findCommune), now),
      oneByOne: (resources) => {
        const roles = resources.filter(({ resourceType }) => resourceType === 'PractitionerRole')
        const others = resources.filter(({ resourceType }) => resourceType !== 'PractitionerRole')
        return roles.length > 0
          ? roles.map((one) => ({ name: nameOf(one), records: [one, ...others] }))
          : others.map((one) => ({ name: nameOf(one), records: [one] }))
      },
    },
    clock,
    announced,
  )
}

const nameOf = ({ resourceType, id }: Resource): string => `${resourceType}/${id ?? ''}`

/** What the resources of a page tell. On a page of situations, professionals and organizations only say who and where. */
export function changesOf(resources: readonly Resource[], findCommune: CommuneFinder): Parameters<typeof applyAnnuaire>[1] {
  const roles = resources.filter(({ resourceType }) => resourceType === 'PractitionerRole')
  if (roles.length === 0)
    return {
      professionals: resources.flatMap((one) => professionalOf(one) ?? []),
      roles: [],
      organizations: resources.flatMap((one) => organizationOf(one) ?? []),
    }
  const byId = new Map(resources.map((one) => [nameOf(one), one]))
  return { professionals: [], roles: roles.flatMap((one) => roleOf(one, byId, findCommune) ?? []), organizations: [] }
}

function roleOf(role: Resource, byId: ReadonlyMap<string, Resource>, findCommune: CommuneFinder): ToldRole | null {
  const id = textOf(role.id)
  if (id === null) return null
  const who = byId.get(`Practitioner/${referenced(role['practitioner'])}`)
  const where = byId.get(`Organization/${referenced(role['organization'])}`)
  const rpps = who === undefined ? null : rppsOf(who)
  return {
    id,
    active: role['active'] !== false,
    rpps,
    mode: codesOf(role['code'], 'TRE_R23')[0]?.code ?? null,
    genre: codesOf(role['code'], 'TRE_R22')[0]?.code ?? null,
    place: where === undefined ? null : workplaceOf(where, findCommune),
    mailboxes: mssMailboxes(role['telecom']),
  }
}

function workplaceOf(organization: Resource, findCommune: CommuneFinder): ToldWorkplace {
  const finess = parseFiness(identifierOf(organization, 'https://finess.esante.gouv.fr') ?? '')
  const [address] = records(organization['address'])
  const [postalCode, city] = [textOf(address?.['postalCode']), textOf(address?.['city'])]
  const phone = records(organization['telecom']).find((one) => one['system'] === 'phone')
  return {
    finess: finess.ok ? finess.value : null,
    siret: /^\d{14}$/.exec(identifierOf(organization, 'https://sirene.fr') ?? '')?.[0] ?? null,
    name: textOf(organization['name']),
    address: Array.isArray(address?.['line']) ? address['line'].map(String).join(', ') || null : null,
    postalCode,
    communeCode: findCommune({ code: communeIn(address), postalCode: postalCode ?? '', label: city ?? '' }),
    city,
    phone: plainPhone(textOf(phone?.['value']) ?? ''),
  }
}

function communeIn(address: unknown): string {
  const told = extensionOf(address, 'fr-core-address-insee-code')?.['valueCoding']
  return isRecord(told) ? (textOf(told['code']) ?? '') : ''
}

function rppsOf(practitioner: Resource): string | null {
  const rpps = parseRpps(identifierOf(practitioner, 'https://rpps.esante.gouv.fr') ?? identifierOf(practitioner, 'urn:oid:1.2.250.1.71.4.2.1') ?? '')
  return rpps.ok ? rpps.value : null
}

/** Reads a Practitioner (as-dp-practitioner); null for one without a RPPS number or a name. */
export function professionalOf(resource: Resource): ToldProfessional | null {
  if (resource.resourceType !== 'Practitioner') return null
  const rpps = rppsOf(resource)
  if (rpps === null) return null
  const name = records(resource['name'])[0] ?? {}
  const familyName = textOf(name['family'])
  const active = resource['active'] !== false
  if (familyName === null && active) return null
  const prefixes = Array.isArray(name['prefix']) ? name['prefix'].map(String) : []
  const suffixes = Array.isArray(name['suffix']) ? name['suffix'].map(String) : []
  const qualifications = records(resource['qualification']).map((one) => one['code'])
  return {
    rpps,
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
