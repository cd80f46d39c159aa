import { defineForm, type FormDefinition } from '../form-definition.ts'
import { scoredYesNo } from './items.ts'

const incurable = 'incurable'
const ifIncurable = { when: { item: incurable, in: [true] } }

/**
 * PALLIA-10. The first question decides whether the others are asked. A palliative approach is to be considered above `threshold` points:
 * more than 3 for the SFAP, others take 3 or 5, hence a setting; another threshold is another version.
 */
export function pallia10Form(threshold = 3, version = '2026.1'): FormDefinition {
  return defineForm({
    code: 'pallia_10',
    version,
    kind: 'grid',
    title: 'PALLIA-10, quand penser à une démarche palliative',
    shortTitle: 'PALLIA-10',
    purpose: 'Repérer le moment où une équipe de soins palliatifs peut aider.',
    source: `Société française d’accompagnement et de soins palliatifs (SFAP) ; seuil : plus de ${threshold} points.`,
    licence: { kind: 'to_confirm', text: 'Outil de la SFAP, diffusé librement aux soignants ; conditions de reprise à confirmer.' },
    minutes: 5,
    contraindication: 'Pour une personne adulte. Une variante existe pour les plus de 75 ans.',
    notice: 'Aide à la décision : au-dessus du seuil, demander un avis à une équipe de soins palliatifs. Ne remplace pas la concertation.',
    display: 'over',
    sections: [
      {
        code: 'questions',
        title: 'Situation',
        volet: 'health',
        items: [
          scoredYesNo(incurable, 'La maladie ne guérira pas, en l’état des connaissances', 1, 0, { hint: 'Si non, la grille s’arrête là.' }),
          scoredYesNo('poor_prognosis', 'Des facteurs pronostiques défavorables existent', 1, 0, {
            ...ifIncurable,
            hint: 'Dénutrition, perte d’autonomie, hospitalisations répétées…',
          }),
          scoredYesNo('fast_course', 'La maladie évolue rapidement', 1, 0, ifIncurable),
          scoredYesNo('asked', 'La personne ou ses proches demandent une prise en charge palliative', 1, 0, ifIncurable),
          scoredYesNo('unrelieved', 'Des symptômes restent non soulagés', 1, 0, ifIncurable),
          scoredYesNo('psychic', 'Vulnérabilité psychique de la personne ou de ses proches', 1, 0, ifIncurable),
          scoredYesNo('social', 'Vulnérabilité sociale de la personne ou de ses proches', 1, 0, ifIncurable),
          scoredYesNo('information', 'La personne ou ses proches ont du mal à intégrer les informations', 1, 0, ifIncurable),
          scoredYesNo('team', 'L’équipe s’interroge ou diverge sur la cohérence du projet de soins', 1, 0, ifIncurable),
          scoredYesNo('attitude', 'L’équipe s’interroge sur l’attitude à tenir', 1, 0, {
            ...ifIncurable,
            hint: 'Refus de traitement, limitation, demande d’aide à mourir, conflit de valeurs…',
          }),
        ],
      },
    ],
    scoring: { method: 'sum', max: 10 },
    bandSets: [
      {
        code: 'palliative_approach',
        title: 'Démarche palliative',
        bands: [
          { code: 'below', label: 'Sous le seuil', from: 0, severity: 0 },
          { code: 'above', label: 'Démarche palliative à envisager', from: threshold + 1, severity: 2 },
        ],
      },
    ],
  })
}
