import { decisionNotice, defineForm, type FormDefinition } from '../form-definition.ts'
import { text, yesNo } from './items.ts'

/** The caregiver in three questions and a figure: ours, free, in place of questionnaires under licence. */
export const caregiverForm: FormDefinition = defineForm({
  code: 'caregiver',
  version: '2026.1',
  kind: 'grid',
  title: 'Aidant : fatigue, santé, relais',
  shortTitle: 'Aidant',
  purpose: 'Ouvrir la parole sur ce que vit l’aidant. Un seul « oui » suffit à proposer un entretien avec lui.',
  source: 'Questions rédigées pour Jalon.',
  licence: { kind: 'own', text: 'Texte du projet, sous sa licence.' },
  minutes: 5,
  contraindication: 'À demander à l’aidant seul, hors de la présence de la personne aidée.',
  notice: decisionNotice,
  display: 'over',
  sections: [
    {
      code: 'questions',
      title: 'L’aidant',
      volet: 'social',
      items: [
        yesNo('tired', 'Êtes-vous fatigué au point d’avoir du mal à continuer ?', { required: true }),
        yesNo('own_health', 'Votre santé souffre-t-elle de l’aide que vous apportez, ou reportez-vous vos propres soins ?', { required: true }),
        yesNo('no_relay', 'Si vous deviez vous arrêter demain, personne ne pourrait prendre le relais ?', { required: true }),
        {
          type: 'choice',
          code: 'load',
          label: 'De 0 à 10, à combien estimez-vous la charge ?',
          hint: '0 : aucune charge ; 10 : la plus lourde possible.',
          options: Array.from({ length: 11 }, (_unused, value) => ({ code: `n${value}`, label: String(value), points: value })),
        },
        text('words', 'Ce qu’il en dit, avec ses mots'),
      ],
    },
  ],
  scoring: { method: 'sum' },
  bandSets: [
    {
      code: 'load',
      title: 'Charge ressentie',
      bands: [
        { code: 'light', label: 'Charge légère', from: 0, severity: 0 },
        { code: 'moderate', label: 'Charge modérée', from: 4, severity: 1 },
        { code: 'heavy', label: 'Charge lourde', from: 7, severity: 3 },
      ],
    },
  ],
})
