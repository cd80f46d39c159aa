import { defineForm, type FormDefinition, type FormDraft } from '../form-definition.ts'

type DraftItem = FormDraft['sections'][number]['items'][number]

function activity(code: string, label: string, hint: string, required = true): DraftItem {
  return {
    type: 'choice',
    code,
    label,
    hint,
    required,
    options: [
      { code: 'A', label: 'Seul et bien', hint: 'Spontanément, totalement, correctement et habituellement.' },
      { code: 'B', label: 'En partie', hint: 'Seul, mais pas spontanément, ou pas totalement, ou pas correctement, ou pas habituellement.' },
      { code: 'C', label: 'Pas seul', hint: 'Ne le fait pas seul : il faut faire à sa place ou tout faire refaire.' },
    ],
  }
}

/** AGGIR: the algorithm and its tables are in aggir.ts. */
export const aggirForm: FormDefinition = defineForm({
  code: 'aggir',
  version: '2026.1',
  kind: 'grid',
  title: 'AGGIR, autonomie gérontologie groupes iso-ressources',
  shortTitle: 'AGGIR',
  purpose: 'Situer la perte d’autonomie et préparer une demande d’APA.',
  source: 'Code de l’action sociale et des familles, annexe 2-2 (algorithme).',
  licence: {
    kind: 'to_confirm',
    text: 'Algorithme publié au Code de l’action sociale et des familles. Le décret 97-427 (annexe II) réserve son usage par des tiers, notamment à but lucratif, à une autorisation du Syndicat national de gérontologie clinique.',
  },
  minutes: 20,
  ages: { min: 60 },
  contraindication:
    'Ne se cote pas pendant une maladie aiguë ni dans les premiers jours d’une hospitalisation. On observe ce que la personne fait seule, avec ses aides techniques, pas ce que l’entourage fait à sa place.',
  notice:
    'GIR indicatif. Celui qui ouvre droit à l’APA est fixé par l’équipe médico-sociale du département. Aide à la décision : ne remplace pas l’avis d’un professionnel.',
  display: 'label',
  sections: [
    {
      code: 'discriminating',
      title: 'Ce qui fait le GIR',
      volet: 'health',
      items: [
        activity('coherence', 'Cohérence', 'Converse et se conduit de façon sensée.'),
        activity('orientation', 'Orientation', 'Se repère dans le temps, les moments de la journée et les lieux.'),
        activity('washing', 'Toilette', 'Se lave, le haut et le bas du corps.'),
        activity('dressing', 'Habillage', 'S’habille et se déshabille, haut, milieu (boutons, ceinture) et bas.'),
        activity('feeding', 'Alimentation', 'Se sert et mange ce qui est préparé.'),
        activity('elimination', 'Élimination', 'Assure l’hygiène de ses urines et de ses selles.'),
        activity('transfers', 'Transferts', 'Se lève, s’assoit, se couche, passe d’une position à l’autre.'),
        activity('indoor_moves', 'Déplacements à l’intérieur', 'Se déplace dans son logement, avec canne, déambulateur ou fauteuil s’il en a.'),
      ],
    },
    {
      code: 'no_weight',
      title: 'Ce qui ne compte pas dans le GIR',
      volet: 'health',
      items: [
        activity('outdoor_moves', 'Déplacements à l’extérieur', 'Sort de chez soi à pied.', false),
        activity('alerting', 'Communiquer à distance', 'Utilise un téléphone, une alarme, une sonnette.', false),
      ],
    },
    {
      code: 'illustrative',
      title: 'Vie domestique et sociale, pour le plan d’aide',
      volet: 'social',
      items: [
        activity('management', 'Gestion', 'Gère son budget, ses biens, ses papiers.', false),
        activity('cooking', 'Cuisine', 'Prépare ses repas.', false),
        activity('housework', 'Ménage', 'Entretient son logement et son linge.', false),
        activity('transport', 'Transports', 'Prend un moyen de transport.', false),
        activity('shopping', 'Achats', 'Fait ses achats, sur place ou à distance.', false),
        activity('treatment', 'Suivi du traitement', 'Prend ses médicaments comme prescrit.', false),
        activity('leisure', 'Activités de temps libre', 'A des activités, seul ou avec d’autres.', false),
      ],
    },
  ],
  scoring: { method: 'algorithm', name: 'aggir' },
  bandSets: [
    {
      code: 'gir',
      title: 'Groupe iso-ressources',
      bands: [
        { code: 'gir_1', label: 'GIR 1', from: 1, severity: 3 },
        { code: 'gir_2', label: 'GIR 2', from: 2, severity: 3 },
        { code: 'gir_3', label: 'GIR 3', from: 3, severity: 2 },
        { code: 'gir_4', label: 'GIR 4', from: 4, severity: 1 },
        { code: 'gir_5', label: 'GIR 5', from: 5, severity: 1 },
        { code: 'gir_6', label: 'GIR 6', from: 6, severity: 0 },
      ],
    },
  ],
})
