import { parseDay } from '../../../platform/contract/dates.ts'
import { searchKey } from '../../../territory/contract/search-key.ts'
import { plainPhone } from '../../contract/phones.ts'
import { publicLabel, themeLabel } from '../../contract/social-themes.ts'
import { webLink } from '../../contract/web-link.ts'
import type { CommuneFinder } from './commune-finder.ts'

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A structure of data·inclusion (schema v1) as it is kept. */
export interface OutsideStructureRow {
  readonly sourceId: string
  readonly siret: string | null
  readonly name: string
  readonly description: string | null
  readonly kind: string
  readonly detail: string
  readonly address: string | null
  readonly postalCode: string | null
  readonly communeCode: string | null
  readonly city: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly website: string | null
  readonly sourceLink: string | null
  readonly openingHours: string | null
  readonly accessibility: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly producer: string | null
  readonly updatedOn: string | null
  readonly nameKey: string
  readonly searchWords: string
}

/** What a structure offers, of data·inclusion or of the ROR, as it is kept. */
export interface ServiceRow {
  readonly sourceId: string
  /** The structure's id in the same source; null when the source names none. */
  readonly structureSourceId: string | null
  /** Its number in FINESS, where the source tells it. */
  readonly finess: string | null
  readonly structureName: string | null
  readonly name: string
  readonly description: string | null
  readonly kind: string | null
  readonly themes: readonly string[]
  readonly publics: readonly string[]
  readonly publicsWords: string | null
  readonly conditions: string | null
  readonly fees: string | null
  readonly feesWords: string | null
  readonly reception: readonly string[]
  readonly mobilisation: readonly string[]
  readonly mobilisedBy: readonly string[]
  readonly mobilisationLink: string | null
  readonly zone: readonly string[]
  readonly contactName: string | null
  readonly address: string | null
  readonly postalCode: string | null
  readonly communeCode: string | null
  readonly city: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly openingHours: string | null
  readonly sourceLink: string | null
  readonly producer: string | null
  readonly facts: Readonly<Record<string, unknown>>
  readonly updatedOn: string | null
  readonly nameKey: string
  readonly searchWords: string
}

export type Reading<Row> = { readonly row: Row } | { readonly rejected: string; readonly excerpt: string }

function text(record: Json, name: string): string | null {
  const value = record[name]
  const told = typeof value === 'string' ? value.replace(/\p{Cc}+/gu, ' ').trim() : ''
  return told === '' ? null : told
}

function texts(record: Json, name: string): readonly string[] {
  const value = record[name]
  return Array.isArray(value) ? [...new Set(value.filter((one): one is string => typeof one === 'string' && one.trim() !== '').map((one) => one.trim()))] : []
}

function number(record: Json, name: string): number | null {
  const value = record[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function day(record: Json, name: string): string | null {
  const parsed = parseDay(text(record, name)?.slice(0, 10) ?? '')
  return parsed.ok ? parsed.day : null
}

/** What both records of the schema have in common; a reason when one of the required members is missing or impossible. */
function common(
  record: unknown,
): { readonly record: Json; readonly id: string; readonly name: string; readonly updatedOn: string } | { readonly rejected: string; readonly excerpt: string } {
  if (!isObject(record)) return { rejected: 'Enregistrement illisible', excerpt: '' }
  const id = text(record, 'id')
  const name = text(record, 'nom')
  const excerpt = [id, name].filter(Boolean).join(' ')
  if (id === null) return { rejected: 'Identifiant absent', excerpt }
  if (text(record, 'source') === null) return { rejected: 'Source absente', excerpt }
  if (name === null) return { rejected: 'Nom absent', excerpt }
  const updatedOn = day(record, 'date_maj')
  if (updatedOn === null) return { rejected: 'Date de mise à jour absente ou impossible', excerpt }
  return { record, id, name, updatedOn }
}

function placeOf(record: Json, findCommune: CommuneFinder) {
  const [code, postalCode, city] = [text(record, 'code_insee'), text(record, 'code_postal'), text(record, 'commune')]
  const [latitude, longitude] = [number(record, 'latitude'), number(record, 'longitude')]
  const located = latitude !== null && longitude !== null && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
  return {
    address: [text(record, 'adresse'), text(record, 'complement_adresse')].filter((part) => part !== null).join(', ') || null,
    postalCode,
    communeCode:
      code === null && postalCode === null && city === null ? null : findCommune({ code: code ?? '', postalCode: postalCode ?? '', label: city ?? '' }),
    city,
    latitude: located ? latitude : null,
    longitude: located ? longitude : null,
  }
}

const networkKinds: Readonly<Record<string, string>> = {
  'ccas-cias': 'ccas',
  mdph: 'mdph',
  cmp: 'hospital',
  chu: 'hospital',
  departements: 'department',
  'maisons-des-solidarites': 'department',
  communes: 'town_hall',
  'mission-locale': 'employment',
  'france-travail': 'employment',
  'cap-emploi-reseau-cheops': 'employment',
  cpam: 'cam',
}

/** Reads a structure of data·inclusion. */
export function readSocialStructure(value: unknown, findCommune: CommuneFinder): Reading<OutsideStructureRow> {
  const read = common(value)
  if ('rejected' in read) return read
  const { record, id, name, updatedOn } = read
  const siret = text(record, 'siret')
  const networks = texts(record, 'reseaux_porteurs')
  const kind = networks.map((network) => networkKinds[network]).find((one) => one !== undefined) ?? 'other'
  return {
    row: {
      sourceId: id,
      siret: siret !== null && /^\d{14}$/.test(siret) ? siret : null,
      name,
      description: text(record, 'description'),
      kind,
      detail: networks.length > 0 ? networks.map((network) => network.replaceAll('-', ' ')).join(', ') : 'Structure sociale',
      ...placeOf(record, findCommune),
      phone: plainPhone(text(record, 'telephone') ?? ''),
      email: text(record, 'courriel'),
      website: webLink(text(record, 'site_web')),
      sourceLink: webLink(text(record, 'lien_source')),
      openingHours: text(record, 'horaires_accueil'),
      accessibility: text(record, 'accessibilite_lieu'),
      producer: text(record, 'source'),
      updatedOn,
      nameKey: searchKey(name),
      searchWords: searchKey(networks.join(' ')),
    },
  }
}

const serviceKinds: Readonly<Record<string, string>> = {
  accompagnement: 'Accompagnement',
  'aide-financiere': 'Aide financière',
  'aide-materielle': 'Aide matérielle',
  atelier: 'Atelier',
  formation: 'Formation',
  information: 'Information',
}

/** Reads a service of data·inclusion. */
export function readSocialService(value: unknown, findCommune: CommuneFinder): Reading<ServiceRow> {
  const read = common(value)
  if ('rejected' in read) return read
  const { record, id, name, updatedOn } = read
  const structure = text(record, 'structure_id')
  if (structure === null) return { rejected: 'Structure absente', excerpt: `${id} ${name}` }
  const description = text(record, 'description')
  const themes = texts(record, 'thematiques')
  const publics = texts(record, 'publics')
  const kind = text(record, 'type')
  const facts = {
    detail: serviceKinds[kind ?? ''] ?? 'Service',
    ...(number(record, 'volume_horaire_hebdomadaire') === null ? {} : { hoursPerWeek: number(record, 'volume_horaire_hebdomadaire') }),
    ...(number(record, 'nombre_semaines') === null ? {} : { weeks: number(record, 'nombre_semaines') }),
  }
  return {
    row: {
      sourceId: id,
      structureSourceId: structure,
      finess: null,
      structureName: null,
      name,
      description,
      kind,
      themes,
      publics,
      publicsWords: text(record, 'publics_precisions'),
      conditions: text(record, 'conditions_acces'),
      fees: text(record, 'frais'),
      feesWords: text(record, 'frais_precisions'),
      reception: texts(record, 'modes_accueil'),
      mobilisation: texts(record, 'modes_mobilisation'),
      mobilisedBy: texts(record, 'mobilisable_par'),
      mobilisationLink: webLink(text(record, 'lien_mobilisation')),
      zone: texts(record, 'zone_eligibilite'),
      contactName: text(record, 'contact_nom_prenom'),
      ...placeOf(record, findCommune),
      phone: plainPhone(text(record, 'telephone') ?? ''),
      email: text(record, 'courriel'),
      openingHours: text(record, 'horaires_accueil'),
      sourceLink: webLink(text(record, 'lien_source')),
      producer: text(record, 'source'),
      facts,
      updatedOn,
      nameKey: searchKey(name),
      searchWords: searchKey(`${themes.map(themeLabel).join(' ')} ${publics.map(publicLabel).join(' ')}`),
    },
  }
}
