import { defineForm, type FormDefinition } from './form-definition.ts'
import { choice, type DraftItem, text } from './grids/items.ts'

/** Whoever meets the person does not know everything of her: what is not known counts neither way. */
const sign = (code: string, label: string, hint?: string): DraftItem => ({
  type: 'choice',
  code,
  label,
  ...(hint === undefined ? {} : { hint }),
  options: [
    { code: 'yes', label: 'Oui', points: 1 },
    { code: 'no', label: 'Non', points: 0 },
    { code: 'unknown', label: 'Ne sait pas', notApplicable: true },
  ],
})

/**
 * Light screening (R37, R58): the same explicit criteria whoever meets the person, in three minutes, in her usual practice.
 * The count invites to talk about it; it is never a condition for calling the DAC (R4, R5).
 */
export const screeningForm: FormDefinition = defineForm({
  code: 'screening',
  version: '2026.1',
  kind: 'screening',
  title: 'Repérage des situations à risque',
  shortTitle: 'Repérage',
  purpose: 'Repérer tôt ce qui pourrait rompre le parcours, à l’occasion d’un soin, d’une aide, d’un rendez-vous.',
  source: 'Critères rédigés pour Jalon d’après les missions de repérage du Cadre national d’orientation.',
  licence: { kind: 'own', text: 'Texte du projet, sous sa licence. Réutilisable hors du DAC.' },
  minutes: 3,
  notice:
    'Le résultat est dit et expliqué à la personne. Il n’ouvre ni ne ferme aucun droit : tout professionnel peut appeler le DAC quand il juge la situation complexe.',
  display: 'over',
  scoring: { method: 'sum' },
  bandSets: [
    {
      code: 'watch',
      title: 'Suite à donner',
      bands: [
        { code: 'nothing', label: 'Rien à signaler', from: 0, severity: 0 },
        { code: 'talk', label: 'À reparler avec elle et le médecin traitant', from: 1, severity: 1 },
        { code: 'act', label: 'Évaluation à proposer', from: 3, severity: 2 },
        { code: 'call', label: 'Appeler le DAC pour avis', from: 6, severity: 3 },
      ],
    },
  ],
  sections: [
    {
      code: 'health',
      title: 'Santé',
      volet: 'health',
      items: [
        sign('hospital', 'Hospitalisation ou passage aux urgences dans les trois mois'),
        sign('fall', 'Chute ou marche plus difficile'),
        sign('weight', 'Mange moins, a maigri'),
        sign('medication', 'Médicaments mal pris ou mal compris'),
        sign('memory', 'Mémoire, désorientation, comportement inhabituel'),
        sign('mood', 'Tristesse, angoisse, idées noires', 'Des idées de suicide : agir tout de suite, 3114 ou 15.'),
        sign('no_gp', 'Pas de médecin traitant, ou soins abandonnés'),
      ],
    },
    {
      code: 'life',
      title: 'Vie quotidienne et entourage',
      volet: 'social',
      items: [
        sign('daily_help', 'Aide insuffisante pour les gestes de tous les jours'),
        sign('isolation', 'Seule, sans visite régulière'),
        sign('caregiver', 'Aidant fatigué, malade ou absent'),
        sign('housing', 'Logement inadapté, encombré ou dégradé'),
        sign('money', 'Difficultés d’argent, droits non ouverts'),
        sign('refusal', 'Refuse les soins ou les aides'),
        sign('danger', 'Danger ou maltraitance possible', 'En cas de danger immédiat : 15, 17 ou 112. Maltraitance : 3977, enfance : 119.'),
      ],
    },
    {
      code: 'follow_up',
      title: 'Suite',
      volet: 'social',
      items: [
        choice('told', 'La personne est informée de ce repérage', { yes: 'Oui', no: 'Non', not_possible: 'Pas possible aujourd’hui' }),
        choice('agrees', 'D’accord pour en parler au médecin traitant ou au DAC', { yes: 'Oui', no: 'Non', undecided: 'Veut réfléchir' }),
        text('said', 'Ce qu’elle en dit', {}, 1000),
      ],
    },
  ],
})
