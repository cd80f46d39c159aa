import { decisionNotice, defineForm, type FormDefinition, type FormDraft } from '../form-definition.ts'
import { type DraftItem, scoredChoice } from './items.ts'

function activity(code: string, label: string, alone: string, partly: string, not: string): DraftItem {
  return scoredChoice(code, label, [
    [1, alone],
    [0.5, partly],
    [0, not],
  ])
}

/** Katz: six basic activities, 1, 0.5 or 0. */
export const katzForm: FormDefinition = defineForm({
  code: 'katz',
  version: '2026.1',
  kind: 'grid',
  title: 'Katz, activités de base de la vie quotidienne',
  shortTitle: 'ADL de Katz',
  purpose: 'Situer l’aide nécessaire pour les gestes de base.',
  source: 'Index d’indépendance de Katz, version à demi-points.',
  licence: { kind: 'free', text: 'Échelle publiée en 1963, d’usage libre.' },
  minutes: 5,
  notice: decisionNotice,
  display: 'over',
  sections: [
    {
      code: 'activities',
      title: 'Gestes de base',
      volet: 'health',
      items: [
        activity('hygiene', 'Hygiène', 'Autonome', 'Aide partielle', 'Dépendant'),
        activity('dressing', 'Habillage', 'Choisit ses vêtements et s’habille seul', 'Choisit et s’habille, mais aide pour se chausser', 'Dépendant'),
        activity(
          'toilet',
          'Aller aux toilettes',
          'Autonome : y va, se déshabille et se rhabille',
          'Accompagné, ou aidé pour se déshabiller ou se rhabiller',
          'Ne peut y aller seul',
        ),
        activity('moving', 'Locomotion', 'Autonome', 'Besoin d’aide', 'Alité'),
        activity('continence', 'Continence', 'Continent', 'Incontinence occasionnelle', 'Incontinent'),
        activity('eating', 'Repas', 'Mange seul', 'Aide pour couper ou peler', 'Dépendant'),
      ],
    },
  ],
  scoring: { method: 'sum', decimals: 1 },
  bandSets: [
    {
      code: 'dependence',
      title: 'Dépendance',
      bands: [
        { code: 'high', label: 'Dépendance importante', from: 0, severity: 3 },
        { code: 'partial', label: 'Dépendance partielle', from: 3.5, severity: 1 },
        { code: 'none', label: 'Autonome', from: 6, severity: 0 },
      ],
    },
  ],
})

type DraftOption = Extract<FormDraft['sections'][number]['items'][number], { type: 'choice' }>['options'][number]

const notConcerned: DraftOption = { code: 'na', label: 'Non concerné', hint: 'Ne l’a jamais fait : ne compte pas.', notApplicable: true }

/** A domestic task that some never did: it may be left out, and the score is then out of fewer items. */
function taskSomeNeverDid(item: DraftItem): DraftItem {
  return item.type === 'choice' ? { ...item, options: [...item.options, notConcerned] } : item
}

/** Lawton: eight instrumental activities, 1 or 0; the higher the more independent. */
export const lawtonForm: FormDefinition = defineForm({
  code: 'lawton',
  version: '2026.1',
  kind: 'grid',
  title: 'Lawton, activités instrumentales de la vie quotidienne',
  shortTitle: 'IADL de Lawton',
  purpose: 'Situer l’aide nécessaire pour vivre seul chez soi.',
  source: 'Échelle de Lawton et Brody, huit activités.',
  licence: { kind: 'free', text: 'Échelle publiée en 1969, d’usage libre dans le soin.' },
  minutes: 8,
  notice: decisionNotice,
  display: 'over',
  sections: [
    {
      code: 'activities',
      title: 'Ce que la personne fait réellement',
      volet: 'social',
      items: [
        scoredChoice('telephone', 'Téléphone', [
          [1, 'S’en sert de sa propre initiative'],
          [1, 'Compose quelques numéros connus'],
          [1, 'Répond, mais n’appelle pas'],
          [0, 'Ne s’en sert pas'],
        ]),
        scoredChoice('shopping', 'Courses', [
          [1, 'Fait toutes ses courses seul'],
          [0, 'Fait seul de petits achats'],
          [0, 'A besoin d’être accompagné'],
          [0, 'Ne peut pas faire de courses'],
        ]),
        taskSomeNeverDid(
          scoredChoice('meals', 'Repas', [
            [1, 'Prévoit, prépare et sert seul'],
            [0, 'Prépare si on lui fournit ce qu’il faut'],
            [0, 'Réchauffe des plats préparés'],
            [0, 'A besoin qu’on prépare et qu’on serve'],
          ]),
        ),
        taskSomeNeverDid(
          scoredChoice('housekeeping', 'Ménage', [
            [1, 'Entretient seul, aide pour les gros travaux'],
            [1, 'Fait les petites tâches quotidiennes'],
            [1, 'Les fait, sans propreté suffisante'],
            [1, 'A besoin d’aide pour tout'],
            [0, 'Ne participe à rien'],
          ]),
        ),
        taskSomeNeverDid(
          scoredChoice('laundry', 'Linge', [
            [1, 'Fait toute sa lessive'],
            [1, 'Lave le petit linge'],
            [0, 'Tout est fait par d’autres'],
          ]),
        ),
        scoredChoice('transport', 'Transports', [
          [1, 'Transports en commun ou voiture, seul'],
          [1, 'Se déplace seul en taxi'],
          [1, 'Transports en commun, accompagné'],
          [0, 'Taxi ou voiture, accompagné'],
          [0, 'Ne se déplace pas'],
        ]),
        scoredChoice('medication', 'Médicaments', [
          [1, 'Prend seul les bonnes doses à la bonne heure'],
          [0, 'Les prend s’ils sont préparés d’avance'],
          [0, 'Ne peut pas les prendre seul'],
        ]),
        scoredChoice('money', 'Argent', [
          [1, 'Gère seul son budget et ses comptes'],
          [1, 'Gère les dépenses de tous les jours, aide pour la banque'],
          [0, 'Ne peut pas gérer son argent'],
        ]),
      ],
    },
  ],
  scoring: { method: 'sum' },
  bandSets: [],
})

/** Timed up and go, in seconds. */
export const tugForm: FormDefinition = defineForm({
  code: 'tug',
  version: '2026.1',
  kind: 'grid',
  title: 'Lever de chaise et marche chronométrés (timed up and go)',
  shortTitle: 'TUG',
  purpose: 'Repérer un risque de chute : se lever, marcher trois mètres, revenir, s’asseoir.',
  source: 'Timed up and go ; seuil français de 20 secondes (d’autres retiennent 12 à 13,5 secondes).',
  licence: { kind: 'free', text: 'Test publié, d’usage libre.' },
  minutes: 3,
  contraindication: 'Ne pas faire si la personne ne tient pas debout sans aide ou si elle a mal. Rester à côté d’elle.',
  notice: decisionNotice,
  display: 'plain',
  sections: [
    {
      code: 'test',
      title: 'Test',
      volet: 'health',
      items: [
        { type: 'number', code: 'seconds', label: 'Durée', min: 3, max: 300, decimals: 1, unit: 's', hint: 'Avec l’aide à la marche habituelle.' },
        { type: 'text', code: 'aid', label: 'Aide à la marche utilisée', max: 100, lines: 'one', required: false },
      ],
    },
  ],
  scoring: { method: 'value', item: 'seconds' },
  bandSets: [
    {
      code: 'fall_risk',
      title: 'Risque de chute',
      bands: [
        { code: 'normal', label: 'Mobilité normale', from: 0, severity: 0 },
        { code: 'fair', label: 'Mobilité un peu réduite', from: 10, severity: 1 },
        { code: 'risk', label: 'Mobilité réduite, risque de chute', from: 20, severity: 3 },
      ],
    },
  ],
})

/**
 * Norton. The published bands share their edges (16, 14, 12): each edge is read on the side of the risk, so that 14 and under is a risk.
 */
export const nortonForm: FormDefinition = defineForm({
  code: 'norton',
  version: '2026.1',
  kind: 'grid',
  title: 'Norton, risque d’escarre',
  shortTitle: 'Norton',
  purpose: 'Situer le risque d’escarre d’une personne peu mobile.',
  source: 'Échelle de Norton (1962) ; risque à partir de 14 et au-dessous.',
  licence: { kind: 'free', text: 'Échelle publiée en 1962, d’usage libre.' },
  minutes: 3,
  notice: decisionNotice,
  display: 'over',
  sections: [
    {
      code: 'state',
      title: 'État',
      volet: 'health',
      items: [
        scoredChoice('physical', 'Condition physique', [
          [4, 'Bonne'],
          [3, 'Moyenne'],
          [2, 'Mauvaise'],
          [1, 'Très mauvaise'],
        ]),
        scoredChoice('mental', 'État mental', [
          [4, 'Alerte'],
          [3, 'Apathique'],
          [2, 'Confus'],
          [1, 'Inconscient'],
        ]),
        scoredChoice('activity', 'Activité', [
          [4, 'Marche seul'],
          [3, 'Marche avec une aide'],
          [2, 'Assis, au fauteuil'],
          [1, 'Alité'],
        ]),
        scoredChoice('mobility', 'Mobilité', [
          [4, 'Complète'],
          [3, 'Un peu limitée'],
          [2, 'Très limitée'],
          [1, 'Immobile'],
        ]),
        scoredChoice('incontinence', 'Incontinence', [
          [4, 'Aucune'],
          [3, 'Occasionnelle'],
          [2, 'Urinaire'],
          [1, 'Urinaire et fécale'],
        ]),
      ],
    },
  ],
  scoring: { method: 'sum' },
  bandSets: [
    {
      code: 'risk',
      title: 'Risque d’escarre',
      bands: [
        { code: 'high', label: 'Risque élevé', from: 5, severity: 3 },
        { code: 'medium', label: 'Risque moyen', from: 13, severity: 2 },
        { code: 'low', label: 'Risque faible', from: 15, severity: 1 },
        { code: 'none', label: 'Pas de risque', from: 17, severity: 0 },
      ],
    },
  ],
})
