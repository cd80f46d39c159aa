import { searchKey } from '../../../territory/contract/search-key.ts'
import { importStopped } from './import-error.ts'

/** Columns of « Personne_activite » by our name; the text is the header as the national file writes it, without accents and suffixes. */
const columns = {
  registry: 'type d identifiant pp',
  rpps: 'identifiant pp',
  title: 'code civilite d exercice',
  civility: 'code civilite',
  familyName: 'nom d exercice',
  givenName: 'prenom d exercice',
  profession: 'code profession',
  professionLabel: 'libelle profession',
  status: 'code categorie professionnelle',
  skillType: 'code type savoir faire',
  skill: 'code savoir faire',
  skillLabel: 'libelle savoir faire',
  mode: 'code mode exercice',
  siret: 'numero siret site',
  finess: 'numero finess site',
  finessLegal: 'numero finess etablissement juridique',
  structureKey: 'identifiant technique de la structure',
  siteName: 'raison sociale site',
  sign: 'enseigne commerciale site',
  recipient: 'complement destinataire',
  geography: 'complement point geographique',
  streetNumber: 'numero voie',
  streetSuffix: 'indice repetition voie',
  streetType: 'libelle type de voie',
  street: 'libelle voie',
  distribution: 'mention distribution',
  cedex: 'bureau cedex',
  postalCode: 'code postal',
  communeCode: 'code commune',
  communeLabel: 'libelle commune',
  phone: 'telephone',
  otherPhone: 'telephone 2',
  email: 'adresse e mail',
  sector: 'code secteur d activite',
  sectorLabel: 'libelle secteur d activite',
  role: 'code role',
  roleLabel: 'libelle role',
  genre: 'code genre activite',
  genreLabel: 'libelle genre activite',
} as const
export type RppsColumn = keyof typeof columns

/** Headers seen in other editions of the file, by the one that we know. */
const aliases: Readonly<Record<string, string>> = {
  'libelle civilite exercice': 'libelle civilite d exercice',
  'code civilite exercice': 'code civilite d exercice',
  'code fonction': 'code role',
  'libelle fonction': 'libelle role',
  'code genre d activite': 'code genre activite',
  'libelle genre d activite': 'libelle genre activite',
  'identifiant technique structure': 'identifiant technique de la structure',
  'code postal structure bal': 'code postal',
}

/** Without these the file is not the one that we import; the others may move to another extract or not exist yet. */
const required: readonly RppsColumn[] = [
  'registry',
  'rpps',
  'familyName',
  'givenName',
  'profession',
  'mode',
  'finess',
  'siteName',
  'postalCode',
  'communeCode',
  'communeLabel',
  'phone',
  'sector',
]

/** Where each column stands in a file: read by name, never by place (the extract has changed twice). -1 for one that the file lacks. */
export interface RppsLayout {
  readonly at: Readonly<Record<RppsColumn, number>>
  /** Fields on the header line, the empty one after the trailing bar included. */
  readonly width: number
}

/** Headers by our name for them, without accents and suffixes. */
export type Columns = Readonly<Record<string, string>>

/** Reads the header line of « Personne_activite ». */
export function readRppsHeader(line: string): RppsLayout {
  return readHeader(line, columns, required) as RppsLayout
}

/** Reads a header line. Refuses a file where a required column is absent or any known column stands twice, naming them. */
export function readHeader(
  line: string,
  wanted: Columns,
  needed: readonly string[],
): { readonly at: Readonly<Record<string, number>>; readonly width: number } {
  const names = line.split('|')
  const known = new Map<string, number[]>()
  names.forEach((name, place) => {
    const key = searchKey(name.replace(/\((?:coord\. )?structure\)/i, ''))
    const canonical = aliases[key] ?? key
    if (canonical !== '') known.set(canonical, [...(known.get(canonical) ?? []), place])
  })
  const entries = Object.entries(wanted)
  const missing = needed.filter((column) => !known.has(wanted[column] ?? ''))
  if (missing.length > 0) throw importStopped('import_header_missing', { columns: missing.map((column) => `« ${wanted[column]} »`).join(', ') })
  const twice = entries.filter(([, name]) => (known.get(name)?.length ?? 0) > 1)
  if (twice.length > 0) throw importStopped('import_header_twice', { columns: twice.map(([, name]) => `« ${name} »`).join(', ') })
  return { at: Object.fromEntries(entries.map(([column, name]) => [column, known.get(name)?.[0] ?? -1])), width: names.length }
}
