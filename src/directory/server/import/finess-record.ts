import { parseDay } from '../../../platform/contract/dates.ts'
import { searchKey } from '../../../territory/contract/search-key.ts'
import { facetOfFinessCategory, finessCategoryLabel } from '../../contract/finess-categories.ts'
import { parseFiness } from '../../contract/numbers.ts'
import { phonesOf } from '../../contract/phones.ts'
import type { CommuneFinder } from './commune-finder.ts'

/** A site of FINESS+ as it is kept. */
export interface StructureRow {
  readonly finess: string
  readonly finessLegal: string | null
  readonly legalName: string | null
  readonly siret: string | null
  readonly category: string
  readonly kind: string
  readonly name: string
  readonly longName: string | null
  readonly address: string | null
  readonly postalCode: string | null
  readonly communeCode: string | null
  readonly city: string | null
  readonly phone: string | null
  readonly otherPhone: string | null
  readonly email: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly openedOn: string | null
  readonly closedOn: string | null
  readonly updatedOn: string | null
  readonly detail: string
  readonly nameKey: string
  readonly searchWords: string
}

export type FinessReading = { readonly row: StructureRow } | { readonly rejected: string; readonly excerpt: string }

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const objectsOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : [])

/** A member by its name, capitals and underscores aside: the published schema and the daily file do not agree (informationsGeneralesPmej, PMEJ). */
function member(record: Json, name: string): unknown {
  if (name in record) return record[name]
  const plain = name.toLowerCase().replaceAll('_', '')
  const found = Object.keys(record).find((key) => key.toLowerCase().replaceAll('_', '') === plain)
  return found === undefined ? undefined : record[found]
}

/** A text without padding; codes come as strings in the file and as { code, system } in the schema. Backslashes alone stand for nothing. */
function text(record: Json, name: string): string {
  const value = member(record, name)
  const told = isObject(value) ? (member(value, 'code') ?? member(value, 'dateEvenement')) : value
  return typeof told === 'string' || typeof told === 'number' ? String(told).replace(/\\\s*/g, ' ').replace(/\s+/g, ' ').trim() : ''
}

function dayOrNull(told: string): string | null {
  const parsed = parseDay(told.slice(0, 10))
  return parsed.ok ? parsed.day : null
}

/** Latitude and longitude boxes of France: which pair of a record is WGS84 changes from record to record and from release to release. */
const boxes: readonly (readonly [number, number, number, number])[] = [
  [41, 51.6, -5.6, 9.8], // France métropolitaine
  [14.2, 18.3, -63.4, -60.6], // Antilles, Saint-Martin, Saint-Barthélemy
  [2, 6, -55, -51], // Guyane
  [-21.6, -20.7, 55, 56.1], // La Réunion
  [-13.2, -12.5, 44.8, 45.5], // Mayotte
  [46.6, 47.3, -56.7, -56], // Saint-Pierre-et-Miquelon
]

/** Among the four numbers of a record, the two that are a latitude and a longitude of France; null when none are. */
export function findWgs84(numbers: readonly [number, number][]): readonly [number, number] | null {
  for (const [one, other] of numbers) {
    for (const [latitude, longitude] of [
      [one, other],
      [other, one],
    ] as const) {
      if (boxes.some(([south, north, west, east]) => latitude >= south && latitude <= north && longitude >= west && longitude <= east))
        return [latitude, longitude]
    }
  }
  return null
}

function pointOf(address: Json): readonly [number, number] | null {
  const coordinates = member(address, 'coordonneesGeographique')
  if (!isObject(coordinates)) return null
  // A key of five characters is a commune: its middle is not an address.
  if (text(coordinates, 'cleInInteropBAN').length === 5) return null
  const number = (name: string): number => Number.parseFloat(text(coordinates, name).replace(',', '.'))
  return findWgs84([
    [number('directionLatitude'), number('directionLongitude')],
    [number('coordonneeY'), number('coordonneeX')],
  ])
}

/** Reads the sites of one legal person (`pmej`) of a FINESS+ file. A site that cannot be read is rejected, not its neighbours. */
export function readLegalPerson(value: unknown, findCommune: CommuneFinder): readonly FinessReading[] {
  if (!isObject(value)) return [{ rejected: 'Personne morale illisible', excerpt: '' }]
  const legal = member(value, 'informationsGeneralesPMEJ')
  const legalName = isObject(legal) ? text(legal, 'denominationLonguePmSmsse') || text(legal, 'denominationPm') : ''
  const finessLegal = isObject(legal) ? text(legal, 'numFinessPm') : ''
  return objectsOf(member(value, 'ege')).map((site) => readSite(site, legalName, finessLegal, findCommune))
}

function readSite(site: Json, legalName: string, finessLegal: string, findCommune: CommuneFinder): FinessReading {
  const about = member(site, 'informationsGeneralesEGE')
  if (!isObject(about)) return { rejected: 'Établissement sans informations générales', excerpt: legalName }
  const finess = text(about, 'numFinessEge')
  const short = text(about, 'nomEgeCourt')
  const long = text(about, 'nomEgeLong')
  const excerpt = [finess, long || short].filter(Boolean).join(' ')
  if (!parseFiness(finess).ok) return { rejected: finess === '' ? 'Numéro FINESS absent' : 'Numéro FINESS invalide', excerpt }
  const name = long || short || legalName
  if (name === '') return { rejected: 'Nom absent', excerpt }
  const addresses = objectsOf(member(site, 'adresse'))
  const address = addresses.find((one) => text(one, 'usageAdresse') === '03') ?? addresses[0]
  const postalCode = address === undefined ? '' : text(address, 'codePostal')
  const city = address === undefined ? '' : text(address, 'ligneAcheminement')
  const street =
    address === undefined
      ? ''
      : text(address, 'ligneQuatre') || [text(address, 'numeroVoie'), text(address, 'typeVoie'), text(address, 'libelleVoie')].filter(Boolean).join(' ')
  const point = address === undefined ? null : pointOf(address)
  const telecoms = objectsOf(member(site, 'contact'))
    .map((contact) => member(contact, 'telecom'))
    .flatMap(objectsOf)
  const phones = [...new Set(telecoms.flatMap((telecom) => phonesOf(text(telecom, 'telephone'))))]
  const category = text(site, 'categorieentiteGeographiqueExercice')
  const state = text(site, 'etatObjet') || text(about, 'etatObjet')
  const updatedOn = dayOrNull(text(site, 'dateDerniereMaj'))
  const closedOn = dayOrNull(text(about, 'dateFermeture'))
  return {
    row: {
      finess,
      finessLegal: finessLegal || null,
      legalName: legalName || null,
      siret: text(about, 'siret') || text(site, 'siret') || null,
      category,
      kind: facetOfFinessCategory(category),
      name,
      longName: short !== '' && short !== name ? short : null,
      address:
        [address === undefined ? '' : text(address, 'complementPointGeographique'), street, address === undefined ? '' : text(address, 'lieuDit')]
          .filter(Boolean)
          .join(', ') || null,
      postalCode: postalCode || null,
      communeCode: address === undefined ? null : findCommune({ code: text(address, 'cogCommune'), postalCode, label: city }),
      city: city || null,
      phone: phones[0] ?? null,
      otherPhone: phones[1] ?? null,
      email: telecoms.map((telecom) => text(telecom, 'courriel')).find((email) => email.includes('@')) ?? null,
      latitude: point?.[0] ?? null,
      longitude: point?.[1] ?? null,
      openedOn: dayOrNull(text(about, 'dateOuverture')),
      // An inactive site without a date of closure closed on the day of its last change.
      closedOn: closedOn ?? (state === 'I' ? (updatedOn ?? '1900-01-01') : null),
      updatedOn,
      detail: finessCategoryLabel(category),
      nameKey: searchKey(name),
      searchWords: searchKey(`${short} ${legalName} ${finessCategoryLabel(category)}`),
    },
  }
}
