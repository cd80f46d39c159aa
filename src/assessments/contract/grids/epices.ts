import { decisionNotice, defineForm, type FormDefinition } from '../form-definition.ts'
import { scoredYesNo } from './items.ts'

/** EPICES: 75.14 plus the coefficient of every « oui ». The eleven answers are needed: without one of them there is no score. */
export const epicesForm: FormDefinition = defineForm({
  code: 'epices',
  version: '2026.1',
  kind: 'grid',
  title: 'EPICES, précarité et inégalités de santé',
  shortTitle: 'EPICES',
  purpose: 'Repérer une situation de précarité, y compris quand elle ne se voit pas.',
  source: 'Score EPICES, centres d’examens de santé de l’Assurance maladie ; seuils 30,17, et 37,27 de 16 à 25 ans.',
  licence: { kind: 'free', text: 'Score publié, d’usage libre dans le soin.' },
  minutes: 5,
  ages: { min: 16 },
  notice: decisionNotice,
  display: 'plain',
  sections: [
    {
      code: 'questions',
      title: 'Onze questions, toutes nécessaires',
      volet: 'social',
      items: [
        scoredYesNo('social_worker', 'Rencontrez-vous parfois un travailleur social ?', 10.06, 0, { hint: 'Assistant social, éducateur…' }),
        scoredYesNo('complementary_cover', 'Avez-vous une complémentaire santé ?', -11.83, 0, { hint: 'Mutuelle ou complémentaire santé solidaire.' }),
        scoredYesNo('couple', 'Vivez-vous en couple ?', -8.28, 0),
        scoredYesNo('owner', 'Êtes-vous propriétaire de votre logement, ou le serez-vous bientôt ?', -8.28, 0),
        scoredYesNo('money_trouble', 'Y a-t-il des moments du mois où vous avez de vraies difficultés d’argent ?', 14.8, 0, {
          hint: 'Pour la nourriture, le loyer, l’électricité…',
        }),
        scoredYesNo('sport', 'Avez-vous fait du sport au cours des douze derniers mois ?', -6.51, 0),
        scoredYesNo('show', 'Êtes-vous allé au spectacle au cours des douze derniers mois ?', -7.1, 0, { hint: 'Cinéma, théâtre, concert, match…' }),
        scoredYesNo('holidays', 'Êtes-vous parti en vacances au cours des douze derniers mois ?', -7.1, 0),
        scoredYesNo('family', 'Avez-vous eu des contacts, ces six derniers mois, avec de la famille autre que vos parents ou vos enfants ?', -9.47, 0),
        scoredYesNo('shelter', 'En cas de difficultés, quelqu’un autour de vous pourrait-il vous héberger quelques jours ?', -9.47, 0),
        scoredYesNo('material_help', 'En cas de difficultés, quelqu’un autour de vous pourrait-il vous apporter une aide matérielle ?', -7.1, 0),
      ],
    },
  ],
  scoring: { method: 'sum', base: 75.14, decimals: 2, max: 100 },
  bandSets: [
    {
      code: 'precarity_16_25',
      title: 'Précarité, de 16 à 25 ans',
      ages: { min: 16, max: 25 },
      bands: [
        { code: 'no', label: 'Sous le seuil de précarité', from: 0, severity: 0 },
        { code: 'yes', label: 'Précarité', from: 37.27, severity: 2 },
      ],
    },
    {
      code: 'precarity',
      title: 'Précarité',
      bands: [
        { code: 'no', label: 'Sous le seuil de précarité', from: 0, severity: 0 },
        { code: 'yes', label: 'Précarité', from: 30.17, severity: 2 },
      ],
    },
    {
      code: 'quintile',
      title: 'Cinquième de la population',
      additional: true,
      bands: [
        { code: 'q1', label: 'Premier cinquième, le moins précaire', from: 0, severity: 0 },
        { code: 'q2', label: 'Deuxième cinquième', from: 7.1, severity: 0 },
        { code: 'q3', label: 'Troisième cinquième', from: 16.56, severity: 0 },
        { code: 'q4', label: 'Quatrième cinquième', from: 30.17, severity: 2 },
        { code: 'q5', label: 'Dernier cinquième, le plus précaire', from: 48.52, severity: 3 },
      ],
    },
  ],
})
