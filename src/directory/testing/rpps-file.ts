import { luhnKey } from '../contract/numbers.ts'

const header =
  "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Code civilité d'exercice|Libellé civilité d'exercice|Code civilité|Libellé civilité|Nom d'exercice|Prénom d'exercice|Code profession|Libellé profession|Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire|Code mode exercice|Libellé mode exercice|Numéro SIRET site|Numéro SIREN site|Numéro FINESS site|Numéro FINESS établissement juridique|Identifiant technique de la structure|Raison sociale site|Enseigne commerciale site|Complément destinataire (coord. structure)|Complément point géographique (coord. structure)|Numéro Voie (coord. structure)|Indice répétition voie (coord. structure)|Code type de voie (coord. structure)|Libellé type de voie (coord. structure)|Libellé Voie (coord. structure)|Mention distribution (coord. structure)|Bureau cedex (coord. structure)|Code postal (coord. structure)|Code commune (coord. structure)|Libellé commune (coord. structure)|Code pays (coord. structure)|Libellé pays (coord. structure)|Téléphone (coord. structure)|Téléphone 2 (coord. structure)|Télécopie (coord. structure)|Adresse e-mail (coord. structure)|Code Département (structure)|Libellé Département (structure)|Ancien identifiant de la structure|Autorité d'enregistrement|Code secteur d'activité|Libellé secteur d'activité|Code section tableau pharmaciens|Libellé section tableau pharmaciens|Code rôle|Libellé rôle|Code genre activité|Libellé genre activité|"
export const rppsHeader = header
const columns = header.split('|').slice(0, -1)

/** A line of the extract by the names of its columns; what is not told is empty. */
export type RppsFields = Readonly<Record<string, string>>

/** A synthetic RPPS number: prefix 199, right key. */
export function anRpps(serial: number): string {
  const base = `199${String(serial).padStart(7, '0')}`
  return base + luhnKey(base)
}

/** A libéral généraliste of Rupt-sur-Moselle, unless told otherwise. */
export function anRppsLine(rpps: string, fields: RppsFields = {}): string {
  const told: RppsFields = {
    "Type d'identifiant PP": '8',
    'Identifiant PP': rpps,
    'Identification nationale PP': `8${rpps}`,
    "Code civilité d'exercice": 'DR',
    "Libellé civilité d'exercice": 'Docteur',
    'Code civilité': 'M',
    'Libellé civilité': 'Monsieur',
    "Nom d'exercice": 'FRITSCH',
    "Prénom d'exercice": 'GERARD',
    'Code profession': '10',
    'Libellé profession': 'Médecin',
    'Code type savoir-faire': 'S',
    'Code savoir-faire': 'SM54',
    'Libellé savoir-faire': 'Médecine générale',
    'Code mode exercice': 'L',
    'Libellé mode exercice': 'Libéral',
    'Raison sociale site': 'CABINET DU DR FRITSCH',
    'Numéro Voie (coord. structure)': '18',
    'Libellé type de voie (coord. structure)': 'Rue',
    'Libellé Voie (coord. structure)': 'DE LORRAINE',
    'Code postal (coord. structure)': '88360',
    'Code commune (coord. structure)': '88408',
    'Libellé commune (coord. structure)': 'Rupt-sur-Moselle',
    'Téléphone (coord. structure)': '0353011408',
    "Code secteur d'activité": 'SA07',
    "Libellé secteur d'activité": 'Cabinet individuel',
    'Code genre activité': 'GENR01',
    ...fields,
  }
  return `${columns.map((column) => told[column] ?? '').join('|')}|`
}

/** The content of an extract: the header, then the lines. */
export function anRppsFile(lines: readonly string[], { header: head = header }: { readonly header?: string } = {}): string {
  return `${[head, ...lines].join('\n')}\n`
}
