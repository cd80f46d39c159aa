import type { SeededProfessional } from './professionals.ts'

/** The header of « Personne_activite », as the national file writes it (format of 56 columns). */
const columns = [
  "Type d'identifiant PP", 'Identifiant PP', 'Identification nationale PP', "Code civilité d'exercice", "Libellé civilité d'exercice", 'Code civilité', 'Libellé civilité', "Nom d'exercice", "Prénom d'exercice",
  'Code profession', 'Libellé profession', 'Code catégorie professionnelle', 'Libellé catégorie professionnelle', 'Code type savoir-faire', 'Libellé type savoir-faire', 'Code savoir-faire', 'Libellé savoir-faire',
  'Code mode exercice', 'Libellé mode exercice', 'Numéro SIRET site', 'Numéro SIREN site', 'Numéro FINESS site', 'Numéro FINESS établissement juridique', 'Identifiant technique de la structure', 'Raison sociale site',
  'Enseigne commerciale site', 'Complément destinataire (coord. structure)', 'Complément point géographique (coord. structure)', 'Numéro Voie (coord. structure)', 'Indice répétition voie (coord. structure)',
  'Code type de voie (coord. structure)', 'Libellé type de voie (coord. structure)', 'Libellé Voie (coord. structure)', 'Mention distribution (coord. structure)', 'Bureau cedex (coord. structure)',
  'Code postal (coord. structure)', 'Code commune (coord. structure)', 'Libellé commune (coord. structure)', 'Code pays (coord. structure)', 'Libellé pays (coord. structure)', 'Téléphone (coord. structure)',
  'Téléphone 2 (coord. structure)', 'Télécopie (coord. structure)', 'Adresse e-mail (coord. structure)', 'Code Département (structure)', 'Libellé Département (structure)', 'Ancien identifiant de la structure',
  "Autorité d'enregistrement", "Code secteur d'activité", "Libellé secteur d'activité", 'Code section tableau pharmaciens', 'Libellé section tableau pharmaciens', 'Code rôle', 'Libellé rôle', 'Code genre activité', 'Libellé genre activité',
] as const
type Column = (typeof columns)[number]

/** The lines of the extract, its header first; each ends with a bar, like those of the national file. */
export function* rppsLines(professionals: readonly SeededProfessional[]): Generator<string> {
  yield `${columns.join('|')}|\n`
  for (const one of professionals) {
    const doctor = one.trade.profession[0] === '10'
    for (const situation of one.situations) {
      const values: Partial<Record<Column, string>> = {
        "Type d'identifiant PP": '8', 'Identifiant PP': one.rpps, 'Identification nationale PP': `8${one.rpps}`, "Code civilité d'exercice": doctor ? 'DR' : '', "Libellé civilité d'exercice": doctor ? 'Docteur' : '',
        'Code civilité': one.woman ? 'MME' : 'M', 'Libellé civilité': one.woman ? 'Madame' : 'Monsieur', "Nom d'exercice": one.familyName, "Prénom d'exercice": one.givenName,
        'Code profession': situation.profession[0], 'Libellé profession': situation.profession[1], 'Code catégorie professionnelle': 'C', 'Libellé catégorie professionnelle': 'Civil',
        'Code type savoir-faire': situation.skill[0] === '' ? '' : 'S', 'Libellé type savoir-faire': situation.skill[0] === '' ? '' : 'Spécialité ordinale', 'Code savoir-faire': situation.skill[0], 'Libellé savoir-faire': situation.skill[1],
        'Code mode exercice': situation.mode, 'Libellé mode exercice': situation.mode === 'L' ? 'Libéral' : 'Salarié', 'Numéro FINESS site': situation.finess, 'Identifiant technique de la structure': situation.structureKey,
        'Raison sociale site': situation.siteName, 'Libellé Voie (coord. structure)': situation.street,
        'Bureau cedex (coord. structure)': `${situation.commune.postalCode} ${situation.commune.name.toUpperCase()}`, 'Code postal (coord. structure)': situation.commune.postalCode,
        'Code commune (coord. structure)': situation.commune.code, 'Libellé commune (coord. structure)': situation.commune.name, 'Code pays (coord. structure)': '99000', 'Libellé pays (coord. structure)': 'France',
        'Téléphone (coord. structure)': situation.phone, "Autorité d'enregistrement": 'DEMO/DEMO/DEMO', "Code secteur d'activité": situation.sector[0], "Libellé secteur d'activité": situation.sector[1],
        'Code rôle': situation.roleCode[0], 'Libellé rôle': situation.roleCode[1], 'Code genre activité': situation.genre, 'Libellé genre activité': situation.genre === 'GENR01' ? 'Activité de soin et de pharmacie' : '',
      }
      yield `${columns.map((column) => values[column] ?? '').join('|')}|\n`
    }
  }
}
