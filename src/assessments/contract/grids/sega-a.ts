import { decisionNotice, defineForm, type FormDefinition } from '../form-definition.ts'
import { scoredChoice } from './items.ts'

type Levels = readonly [none: string, some: string, full: string]

function item(code: string, label: string, levels: Levels, hint?: string): ReturnType<typeof scoredChoice> {
  return scoredChoice(
    code,
    label,
    levels.map((level, points) => [points, level] as const),
    hint === undefined ? {} : { hint },
  )
}

/** SEGA, volet A: thirteen items of 0 to 2. */
export const segaAForm: FormDefinition = defineForm({
  code: 'sega_a',
  version: '2026.1',
  kind: 'grid',
  title: 'SEGA, profil gériatrique et facteurs de fragilité (volet A)',
  shortTitle: 'SEGA-A',
  purpose: 'Situer la fragilité d’une personne âgée en quelques minutes.',
  source: 'Short Emergency Geriatric Assessment, volet A modifié.',
  licence: { kind: 'to_confirm', text: 'Grille publiée et largement utilisée dans le soin ; conditions de diffusion à confirmer.' },
  minutes: 6,
  ages: { min: 65 },
  notice: decisionNotice,
  display: 'over',
  sections: [
    {
      code: 'profile',
      title: 'Profil',
      volet: 'health',
      items: [
        item('age', 'Âge', ['74 ans ou moins', '75 à 84 ans', '85 ans et plus']),
        item('living', 'Lieu de vie', ['Domicile', 'Domicile avec une aide professionnelle', 'Foyer-logement ou EHPAD']),
        item('drugs', 'Médicaments', ['3 ou moins', '4 ou 5', '6 ou plus']),
        item('mood', 'Humeur', ['Normale', 'Parfois anxieuse ou triste', 'Déprimée']),
        item('health_perception', 'Santé ressentie, par rapport aux autres du même âge', ['Meilleure', 'Équivalente', 'Moins bonne']),
        item('falls', 'Chutes dans les six derniers mois', ['Aucune', 'Une, sans gravité', 'Plusieurs, ou compliquées']),
        item(
          'nutrition',
          'Nutrition',
          ['Poids stable, apparence normale', 'Perte d’appétit nette depuis 15 jours, ou 3 kg perdus en 3 mois', 'Dénutrition franche'],
          'Dénutrition franche : par exemple un indice de masse corporelle inférieur à 21.',
        ),
        item('diseases', 'Maladies associées', ['Aucune', 'De 1 à 3', 'Plus de 3']),
      ],
    },
    {
      code: 'autonomy',
      title: 'Autonomie',
      volet: 'health',
      items: [
        item('iadl', 'Courses, repas, téléphone, médicaments, transports', ['Indépendance', 'Aide partielle', 'Incapacité']),
        item('mobility', 'Mobilité : se lever, marcher', ['Indépendance', 'Soutien', 'Incapacité']),
        item('continence', 'Continence', ['Continence', 'Fuites occasionnelles', 'Incontinence permanente']),
        item('meals', 'Prise des repas', ['Indépendance', 'Aide ponctuelle', 'Assistance complète']),
        item('cognition', 'Fonctions cognitives : mémoire, orientation', ['Normales', 'Peu altérées', 'Très altérées']),
      ],
    },
  ],
  scoring: { method: 'sum' },
  bandSets: [
    {
      code: 'frailty',
      title: 'Fragilité',
      bands: [
        { code: 'low', label: 'Peu fragile', from: 0, severity: 0 },
        { code: 'frail', label: 'Fragile', from: 9, severity: 2 },
        { code: 'very_frail', label: 'Très fragile', from: 12, severity: 3 },
      ],
    },
  ],
})
