import { addDays, type Day } from '../../platform/contract/dates.ts'
import { french } from '../../platform/contract/typography.ts'
import type { CriticalSequenceKind } from './value-sets.ts'

/** A moment of a critical sequence: how many days after its start, and what is looked at then, line by line. */
export interface ChecklistMoment {
  readonly code: string
  readonly label: string
  readonly afterDays: number
  readonly lines: readonly string[]
}

export type Checklist = readonly ChecklistMoment[]

function moment(code: string, afterDays: number, label: string, ...lines: readonly string[]): ChecklistMoment {
  return { code, afterDays, label: french(label), lines: lines.map(french) }
}

/** Starter checklists, a professional proposal: each DAC makes them its own (table episodes.checklist). */
export const starterChecklists: Readonly<Record<CriticalSequenceKind, Checklist>> = {
  hospital_discharge: [
    moment(
      'before',
      -1,
      'Avant la sortie',
      'Jour, heure et transport connus de tous',
      'Ordonnances, pansements et matériel prêts à domicile',
      'Aides du premier soir et du lendemain confirmées',
      'Aidant et médecin traitant prévenus',
      'Clés, repas, chauffage',
    ),
    moment(
      'd0',
      0,
      'Jour de la sortie',
      'La personne est rentrée comme prévu',
      'Médicaments reçus et compris',
      'Premier passage fait',
      'Numéros utiles laissés à la personne',
    ),
    moment(
      'h48',
      2,
      '48 heures',
      'Appel à la personne ou à l’aidant',
      'Traitement pris, douleur, alimentation',
      'Passages tenus, rien ne manque',
      'Lettre de sortie reçue',
    ),
    moment('d7', 7, '7 jours', 'Médecin traitant vu', 'Compte rendu d’hospitalisation reçu', 'Chute, plaie, moral', 'Fatigue de l’aidant'),
    moment('d30', 30, '30 jours', 'Pas de nouvelle hospitalisation', 'Les aides tiennent dans la durée', 'PPCS à revoir ou non', 'Fin de la séquence et bilan'),
  ],
  aggravation: [
    moment('d0', 0, 'Le jour même', 'Médecin traitant joint', 'Conduite à tenir connue de chacun', 'Qui appeler la nuit'),
    moment('d3', 3, '3 jours', 'Évolution', 'Passages renforcés en place', 'Aidant entendu'),
    moment('d10', 10, '10 jours', 'Retour à l’équilibre', 'Concertation nécessaire ou non', 'PPCS à revoir ou non'),
  ],
  caregiver_failure: [
    moment('d0', 0, 'Le jour même', 'Qui assure cette nuit et demain', 'Relais ou hébergement temporaire demandé', 'Ce que faisait l’aidant, ligne par ligne'),
    moment('d3', 3, '3 jours', 'Le relais tient', 'Nouvelles de l’aidant, son propre médecin'),
    moment('d15', 15, '15 jours', 'Répit ou accueil de jour demandé', 'Aides augmentées, APA ou PCH révisée', 'Solution durable'),
  ],
  end_of_life: [
    moment(
      'd0',
      0,
      'Au départ',
      'Souhaits de la personne et directives anticipées',
      'Personne de confiance nommée',
      'Prescriptions anticipées à domicile',
      'Numéros de nuit affichés',
      'HAD ou équipe palliative sollicitée',
    ),
    moment('d2', 2, '2 jours', 'Symptômes soulagés', 'Nuits et présence', 'Aidant soutenu'),
    moment('d7', 7, '7 jours', 'Symptômes soulagés', 'Le lieu de vie reste celui qu’elle souhaite', 'Aidant soutenu, suites préparées'),
  ],
  service_stop: [
    moment('d0', 0, 'Le jour même', 'Ce qui n’est plus fait', 'Qui peut le faire dès demain', 'La personne et l’aidant savent'),
    moment('d3', 3, '3 jours', 'Solution provisoire en place'),
    moment('d15', 15, '15 jours', 'Solution durable', 'Rupture de parcours notée'),
  ],
  care_refusal: [
    moment('d0', 0, 'Au départ', 'Ce qui est refusé, ce qui reste accepté', 'Qui garde le lien', 'Ce qui ferait alerter, dit à chacun'),
    moment('d7', 7, '7 jours', 'Lien gardé', 'Danger et discernement'),
    moment('d21', 21, '3 semaines', 'Concertation : continuer, proposer autrement, protéger', 'Nouvelle proposition faite à la personne'),
  ],
  psychic_crisis: [
    moment('d0', 0, 'Le jour même', 'Danger et idées suicidaires évalués', 'CMP ou urgences psychiatriques joints', 'Entourage prévenu, avec son accord'),
    moment('d2', 2, '48 heures', 'Rappel fait', 'Rendez-vous de soin obtenu'),
    moment('d10', 10, '10 jours', 'Traitement pris', 'Lien avec le CMP', 'Plan de crise écrit'),
  ],
  admission: [
    moment('d0', 0, 'Avant l’entrée', 'Accord de la personne', 'Dossier complet', 'Aides maintenues jusqu’au jour dit', 'Fiche de liaison transmise'),
    moment('d7', 7, '7 jours', 'Adaptation', 'Transmissions reçues', 'Logement, courrier, animaux'),
    moment('d30', 30, '30 jours', 'Stabilisation', 'Relais pris par l’établissement'),
  ],
  transition_age: [
    moment('d0', 0, 'Préparation', 'Qui suit aujourd’hui, qui suivra demain', 'Date du passage', 'Droits à renouveler'),
    moment('d90', 90, '3 mois', 'Premier rendez-vous du nouveau suivi obtenu'),
    moment('d180', 180, '6 mois', 'Relais tenu', 'Ancien suivi terminé'),
  ],
  housing_loss: [
    moment('d0', 0, 'Le jour même', 'Où dort la personne ce soir', 'Droits et soins maintenus', 'Traitement et papiers en lieu sûr'),
    moment('d7', 7, '7 jours', 'Hébergement', 'Domiciliation et courrier', 'Traitement suivi'),
    moment('d30', 30, '30 jours', 'Solution durable'),
  ],
  bereavement: [
    moment('d1', 1, 'Dans les 24 heures', 'Qui est auprès de la personne', 'Ce que faisait le défunt et qui le reprend'),
    moment('d10', 10, '10 jours', 'Sommeil et alimentation', 'Démarches', 'Idées noires'),
    moment('d60', 60, '2 mois', 'Soutien proposé', 'Aides réajustées'),
  ],
}

/** The starter of a kind; a kind that a region added begins without lines. */
export function starterChecklist(kind: string): Checklist {
  return starterChecklists[kind as CriticalSequenceKind] ?? []
}

/** The moments of a sequence that starts on a day, dated, in order. */
export function sequenceAgenda(checklist: Checklist, startsOn: Day): readonly (ChecklistMoment & { readonly on: Day })[] {
  return checklist.map((one) => ({ ...one, on: addDays(startsOn, one.afterDays) }))
}

/** What happened elsewhere, and the sequence that it makes one think of: an alert proposes, the référent decides. */
export const sequenceProposedBy: Readonly<Record<string, CriticalSequenceKind>> = {
  hospital_discharge: 'hospital_discharge',
  hospital_exit: 'hospital_discharge',
  discharge: 'hospital_discharge',
  hospital_admission: 'hospital_discharge',
  admission: 'hospital_discharge',
  aggravation: 'aggravation',
  caregiver_exhausted: 'caregiver_failure',
  caregiver_exhaustion: 'caregiver_failure',
  caregiver_absent: 'caregiver_failure',
  care_refusal: 'care_refusal',
  service_stop: 'service_stop',
  suicidal: 'psychic_crisis',
}
