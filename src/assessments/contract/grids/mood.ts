import { decisionNotice, defineForm, type FormDefinition } from '../form-definition.ts'
import { type DraftItem, scoredYesNo } from './items.ts'

const sad = (code: string, label: string): DraftItem => scoredYesNo(code, label, 1, 0)
const well = (code: string, label: string): DraftItem => scoredYesNo(code, label, 0, 1)

const common = {
  version: '2026.1',
  kind: 'grid',
  source: 'Geriatric Depression Scale (Yesavage et collaborateurs).',
  licence: { kind: 'free', text: 'Échelle versée au domaine public par ses auteurs.' },
  ages: { min: 60 },
  contraindication:
    'Peu fiable quand les troubles cognitifs sont marqués ou que la personne ne comprend pas les questions. Des idées de mort se demandent toujours à part.',
  notice: decisionNotice,
  display: 'over',
} as const

/** GDS of fifteen questions about the past week. */
export const gds15Form: FormDefinition = defineForm({
  ...common,
  code: 'gds_15',
  title: 'GDS-15, dépression de la personne âgée',
  shortTitle: 'GDS-15',
  purpose: 'Repérer une dépression ; les questions portent sur la semaine passée.',
  minutes: 8,
  sections: [
    {
      code: 'questions',
      title: 'Cette semaine',
      volet: 'health',
      items: [
        well('satisfied', 'Êtes-vous satisfait de votre vie ?'),
        sad('gave_up', 'Avez-vous renoncé à beaucoup de vos activités ?'),
        sad('empty', 'Avez-vous l’impression que votre vie est vide ?'),
        sad('bored', 'Vous ennuyez-vous souvent ?'),
        well('good_spirits', 'Êtes-vous de bonne humeur la plupart du temps ?'),
        sad('afraid', 'Avez-vous peur que quelque chose de mauvais vous arrive ?'),
        well('happy', 'Êtes-vous heureux la plupart du temps ?'),
        sad('helpless', 'Avez-vous souvent besoin d’aide ?'),
        sad('stay_home', 'Préférez-vous rester chez vous plutôt que de sortir ?'),
        sad('memory', 'Pensez-vous avoir plus de problèmes de mémoire que les autres ?'),
        well('wonderful', 'Trouvez-vous qu’il est merveilleux de vivre à notre époque ?'),
        sad('worthless', 'Vous sentez-vous inutile ?'),
        well('energy', 'Avez-vous beaucoup d’énergie ?'),
        sad('hopeless', 'Trouvez-vous votre situation désespérée ?'),
        sad('others_better', 'Pensez-vous que la situation des autres est meilleure que la vôtre ?'),
      ],
    },
  ],
  scoring: { method: 'sum' },
  bandSets: [
    {
      code: 'depression',
      title: 'Dépression',
      bands: [
        { code: 'unlikely', label: 'Peu évocateur', from: 0, severity: 0 },
        { code: 'probable', label: 'Dépression probable', from: 5, severity: 2 },
        { code: 'almost_certain', label: 'Dépression presque certaine', from: 10, severity: 3 },
      ],
    },
  ],
})

/** Mini-GDS: four questions. */
export const miniGdsForm: FormDefinition = defineForm({
  ...common,
  code: 'mini_gds',
  title: 'Mini-GDS, repérage de la dépression en quatre questions',
  shortTitle: 'Mini-GDS',
  purpose: 'Repérer en deux minutes ; un résultat positif appelle une GDS-15 ou un avis.',
  minutes: 2,
  sections: [
    {
      code: 'questions',
      title: 'Cette semaine',
      volet: 'health',
      items: [
        sad('sad', 'Vous sentez-vous souvent découragé et triste ?'),
        sad('empty', 'Avez-vous l’impression que votre vie est vide ?'),
        well('happy', 'Êtes-vous heureux la plupart du temps ?'),
        sad('hopeless', 'Avez-vous l’impression que votre situation est désespérée ?'),
      ],
    },
  ],
  scoring: { method: 'sum' },
  bandSets: [
    {
      code: 'depression',
      title: 'Dépression',
      bands: [
        { code: 'unlikely', label: 'Peu évocateur', from: 0, severity: 0 },
        { code: 'probable', label: 'Dépression probable', from: 1, severity: 2 },
      ],
    },
  ],
})
