import { parseFiness } from '../../../directory/contract/numbers.ts'
import { plainPhone } from '../../../directory/contract/phones.ts'
import {
  applyOffers,
  applyPlaces,
  communeFinder,
  type FeedOutcome,
  markPage,
  pageMark,
  removeUnseenOffers,
  runFeed,
  spareOffer,
  type ToldCapacity,
  type ToldOffer,
  type ToldPlaces,
} from '../../../directory/server/api.ts'
import { parseDay } from '../../../platform/contract/dates.ts'
import { asSystem, type Database } from '../../../platform/server/db.ts'
import { bundlePage, codesOf, extensionOf, identifierOf, isRecord, type Resource, records, referenced, textOf } from '../../../platform/server/fhir-bundle.ts'
import { type PagedReader, pagedReader } from '../../../platform/server/paged-reader.ts'
import { searchKey } from '../../../territory/contract/search-key.ts'

export interface RorSettings {
  readonly url: string
  readonly apiKey: string
}

const pageSize = 100

/** Offers that are over leave no trace in a search by date: the whole is read again from time to time. */
const wholeEveryDays = 7

/**
 * Brings in the offers of the ROR (HealthcareService) with their places, their organization and their capacities, since the last run; then the capacities
 * of the places (Location) that changed without their offers. An offer that is confidential (« unité sensible ») never enters: one that has become so is
 * taken away, with what was known of it. Once a week everything is read, and the offers that the ROR no longer has are taken away.
 */
export async function updateFromRor(
  db: Database,
  settings: RorSettings,
  {
    reader,
    clock = () => new Date(),
    announced,
    acceptFall = false,
  }: {
    readonly reader?: PagedReader
    readonly clock?: () => Date
    readonly announced?: (importId: string) => Promise<void>
    readonly acceptFall?: boolean
  } = {},
): Promise<FeedOutcome> {
  const base = settings.url.replace(/\/$/, '')
  const findCommune = await asSystem(db, 'offers of the ROR', (tx) => communeFinder(tx))
  return runFeed<readonly Resource[]>(
    db,
    {
      code: 'ror',
      reader: reader ?? pagedReader({ key: { header: 'authorization', value: `Bearer ${settings.apiKey}` }, callsPerSecond: 10 }),
      wholeEveryDays,
      acceptFall,
      firstPage: (since) =>
        markPage(
          `${base}/HealthcareService?${new URLSearchParams([
            ['_count', String(pageSize)],
            ['_include', 'HealthcareService:location'],
            ['_include', 'HealthcareService:organization'],
            ...(since === null ? [] : [['_lastUpdated', `ge${since.toISOString()}`]]),
          ] as string[][])}`,
          { kind: 'HealthcareService', since: since?.toISOString() ?? null },
        ),
      // Places follow offers: the last page of the ones leads to the first of the others, unless everything was read.
      pageOf: (body, url) => {
        const page = bundlePage(body, url)
        if (page === null) return null
        const mark = pageMark(url)
        if (page.next !== null) return { ...page, next: markPage(page.next, mark) }
        if (mark.since === null || mark.kind !== 'HealthcareService') return page
        const places = `${base}/Location?${new URLSearchParams({ _count: String(pageSize), _lastUpdated: `ge${mark.since}` })}`
        return { ...page, next: markPage(places, { kind: 'Location', since: mark.since }) }
      },
      apply: async (tx, resources, { startedAt }) => {
        const { offers, gone, places } = offersOf(resources, findCommune)
        const touched = await applyPlaces(tx, places)
        const { changed, removed } = await applyOffers(tx, offers, gone, startedAt)
        return { changed: changed + touched, removed }
      },
      oneByOne: (resources) => {
        const offers = resources.filter(({ resourceType }) => resourceType === 'HealthcareService')
        const others = resources.filter(({ resourceType }) => resourceType !== 'HealthcareService')
        if (offers.length === 0) return others.map((one) => ({ name: nameOf(one), records: [one] }))
        return offers.map((one) => ({ name: nameOf(one), records: [one, ...others] }))
      },
      spare: async (tx, name, { startedAt }) => {
        if (name.startsWith('HealthcareService/')) await spareOffer(tx, name.slice('HealthcareService/'.length), startedAt)
      },
      finish: async (tx, { startedAt, whole }) => ({ changed: 0, removed: whole ? await removeUnseenOffers(tx, startedAt, acceptFall) : 0 }),
    },
    clock,
    announced,
  )
}

const nameOf = ({ resourceType, id }: Resource): string => `${resourceType}/${id ?? ''}`

/** The offers of a page that may show, and the ids of those that may not or no longer. */
export function offersOf(
  resources: readonly Resource[],
  findCommune: (place: { code: string; postalCode: string; label: string }) => string | null,
): { readonly offers: readonly ToldOffer[]; readonly gone: readonly string[]; readonly places: readonly ToldPlaces[] } {
  const byId = new Map(resources.map((resource) => [`${resource.resourceType}/${resource.id}`, resource]))
  const services = resources.filter((resource) => resource.resourceType === 'HealthcareService' && textOf(resource.id) !== null)
  // A page may tell an offer twice: the last counts, but one that may not show anywhere shows nowhere.
  const offers = new Map<string, ToldOffer>()
  const gone = new Set<string>()
  for (const service of services) {
    const id = String(service.id)
    if (isConfidential(service) || service['active'] === false || textOf(service['name']) === null) {
      gone.add(id)
      continue
    }
    const owner = byId.get(`Organization/${referenced(service['providedBy'])}`)
    const places = records(service['location']).flatMap((reference) => byId.get(`Location/${referenced(reference)}`) ?? [])
    const locationIds = records(service['location']).flatMap((reference) => referenced(reference) ?? [])
    offers.set(id, { row: rowOf(service, owner, places[0], findCommune), locationIds, capacities: places.flatMap(capacitiesOf) })
  }
  // Alone, without their offers, places tell what changed of them.
  const places =
    services.length > 0
      ? []
      : resources
          .filter((one) => one.resourceType === 'Location' && textOf(one.id) !== null)
          .map((one) => ({ locationId: String(one.id), capacities: capacitiesOf(one) }))
  return { offers: [...offers.values()].filter(({ row }) => !gone.has(row.sourceId)), gone: [...gone], places }
}

/** Said by the extension, which the profile makes mandatory: without it, nothing tells that the offer may show. */
function isConfidential(service: Resource): boolean {
  return extensionOf(service, 'ror-healthcareservice-sensitive-unit')?.['valueBoolean'] !== false
}

function rowOf(
  service: Resource,
  owner: Resource | undefined,
  place: Resource | undefined,
  findCommune: (place: { code: string; postalCode: string; label: string }) => string | null,
): ToldOffer['row'] {
  const name = String(textOf(service['name']))
  const finess = owner === undefined ? null : parseFiness(identifierOf(owner, 'https://finess.esante.gouv.fr') ?? '')
  const address = isRecord(place?.['address']) ? place['address'] : {}
  const position = isRecord(place?.['position']) ? place['position'] : {}
  const telecoms = records(service['telecom']).filter(isOpen)
  const told = (system: string): string | null => textOf(telecoms.find((one) => one['system'] === system)?.['value'])
  const cog = extensionOf(place, 'ror-commune-cog')?.['valueCodeableConcept']
  const field = codesOf(service['type'], 'TRE_R227')[0]
  const modes = codesOf(service['characteristic'], 'TRE_R213')
  const activities = codesOf(service['specialty'], 'TRE_R211')
  const zones = records(service['coverageArea']).flatMap((one) => textOf(one['display']) ?? [])
  const ages = records(extensionOf(service, 'ror-healthcareservice-patient-type')?.['extension']).find((one) => one['url'] === 'ageRange')?.['valueRange']
  const [postalCode, city] = [textOf(address['postalCode']), textOf(address['city'])]
  const labels = [field, ...modes, ...activities].flatMap((one) => one?.label ?? [])
  const day = dayIn(isRecord(service['meta']) ? service['meta']['lastUpdated'] : null)
  const [latitude, longitude] = [position['latitude'], position['longitude']]
  const located = typeof latitude === 'number' && typeof longitude === 'number' && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
  return {
    sourceId: String(service.id),
    structureSourceId: null,
    finess: finess?.ok === true ? finess.value : null,
    structureName: textOf(owner?.['name']),
    name,
    description: textOf(service['comment']),
    kind: field?.code ?? null,
    themes: [],
    publics: [],
    publicsWords: ageWords(ages),
    conditions: null,
    fees: null,
    feesWords: null,
    reception: [],
    mobilisation: [],
    mobilisedBy: [],
    mobilisationLink: null,
    zone: zones,
    contactName: null,
    address: Array.isArray(address['line']) ? address['line'].map(String).join(', ') || null : null,
    postalCode,
    communeCode: findCommune({ code: codesOf(cog, 'TRE_R13')[0]?.code ?? '', postalCode: postalCode ?? '', label: city ?? '' }),
    city,
    phone: plainPhone(told('phone') ?? ''),
    email: told('email'),
    latitude: located ? latitude : null,
    longitude: located ? longitude : null,
    openingHours: null,
    sourceLink: null,
    producer: textOf(records(isRecord(service['meta']) ? service['meta']['tag'] : undefined)[0]?.['code']),
    facts: {
      detail: activities[0]?.label ?? field?.label ?? 'Offre de service',
      field: field?.label ?? null,
      careModes: modes.flatMap((one) => one.label ?? []),
    },
    updatedOn: day,
    nameKey: searchKey(name),
    searchWords: searchKey(labels.join(' ')),
  }
}

/** The day of a FHIR date or instant; null for a month, a year, or a day of no calendar. */
function dayIn(value: unknown): string | null {
  const day = /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(String(value ?? ''))?.[0]
  const parsed = day === undefined ? null : parseDay(day)
  return parsed?.ok === true ? parsed.day : null
}

/** A FHIR instant, or the midnight of a day; null for what is none. */
function instantIn(value: unknown): string | null {
  const told = textOf(value)
  if (told === null || dayIn(told) === null) return null
  const instant = new Date(told)
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString()
}

/** A number of places that PostgreSQL can hold. */
function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 31
}

/** A telephone or address that the ROR keeps for professionals of the region or narrower is not for a directory of many. */
function isOpen(telecom: Readonly<Record<string, unknown>>): boolean {
  const level = extensionOf(telecom, 'ror-telecom-confidentiality-level') ?? extensionOf(telecom, 'ror-confidentiality-level')
  return level === undefined || codesOf(level['valueCodeableConcept'], 'TRE_R283')[0]?.code === '1'
}

function ageWords(range: unknown): string | null {
  if (!isRecord(range)) return null
  const bound = (name: string): number | null => (isRecord(range[name]) && typeof range[name]['value'] === 'number' ? range[name]['value'] : null)
  const [low, high] = [bound('low'), bound('high')]
  if (low === null && high === null) return null
  return low === null ? `jusqu’à ${high} ans` : high === null ? `à partir de ${low} ans` : `de ${low} à ${high} ans`
}

function capacitiesOf(place: Resource): readonly ToldCapacity[] {
  return records(place['extension'])
    .filter((one) => String(one['url'] ?? '').endsWith('/ror-location-supported-capacity'))
    .flatMap((capacity) => {
      const parts = records(capacity['extension'])
      const part = (name: string) => parts.find((one) => one['url'] === name)
      const words = (name: string): string | null => {
        const [told] = codesOf(part(name)?.['valueCodeableConcept'], '')
        return told?.label ?? told?.code ?? null
      }
      const places = part('nbCapacity')?.['valueInteger']
      const [kind, status] = [words('capacityType'), words('capacityStatus')]
      if (!isCount(places) || kind === null || status === null) return []
      return [
        {
          locationId: String(place.id),
          locationName: textOf(place['name']),
          kind,
          status,
          temporality: words('temporalityCapacity'),
          places,
          toldBy: words('capacitySourceType'),
          gender: words('genderCapacityAvailable'),
          closing: words('capacityClosingType'),
          crisis: words('crisisType'),
          temporary: words('temporaryAssignement'),
          updatedAt: instantIn(part('capacityUpdateDate')?.['valueDateTime']),
        },
      ]
    })
}
