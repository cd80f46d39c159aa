import { addDays, type Day } from '../../platform/contract/dates.ts'
import { french } from '../../platform/contract/typography.ts'
import type { CriticalSequenceKind } from './value-sets.ts'

/** One checkpoint of a critical sequence: how many days after its start, and what is checked then. */
export interface SequenceStep {
  readonly code: string
  readonly label: string
  readonly afterDays: number
  readonly check: string
}

function step(code: string, afterDays: number, label: string, check: string): SequenceStep {
  return { code, afterDays, label: french(label), check: french(check) }
}

/** Starter steps, a professional proposal: a DAC adapts them. */
export const sequenceSteps: Readonly<Record<CriticalSequenceKind, readonly SequenceStep[]>> = {
  hospital_discharge: [
    step('before', -1, 'Veille de la sortie', 'Date, heure, transport, ordonnances, matériel et aides prêts ; aidant et médecin traitant prévenus.'),
    step('d1', 1, '24 heures', 'La personne est-elle rentrée comme prévu ? Médicaments reçus, premiers passages faits ?'),
    step('d7', 7, '7 jours', 'Médecin traitant vu ? Compte rendu reçu ? Chute, douleur, alimentation, moral ?'),
    step('d15', 15, '15 jours', 'Les aides tiennent-elles ? Fatigue de l’aidant ?'),
    step('d30', 30, '30 jours', 'Nouvelle hospitalisation ? Plan à revoir ? Fin de la séquence ?'),
  ],
  aggravation: [
    step('d0', 0, 'Le jour même', 'Médecin traitant joint, conduite à tenir connue de chacun.'),
    step('d3', 3, '3 jours', 'Évolution, passages renforcés, aidant.'),
    step('d10', 10, '10 jours', 'Retour à l’équilibre ou concertation.'),
  ],
  caregiver_failure: [
    step('d0', 0, 'Le jour même', 'Qui assure cette nuit et demain ? Solution de relais ou d’hébergement temporaire.'),
    step('d3', 3, '3 jours', 'Le relais tient-il ? Comment va l’aidant ?'),
    step('d15', 15, '15 jours', 'Solution durable : répit, accueil de jour, aides augmentées.'),
  ],
  end_of_life: [
    step('d0', 0, 'Au départ', 'Souhaits de la personne, directives anticipées, personne de confiance, prescriptions anticipées, numéros de nuit.'),
    step('d2', 2, '2 jours', 'Symptômes soulagés ? Nuits ? Aidant ?'),
    step('d7', 7, 'Chaque semaine', 'Mêmes points ; HAD ou équipe palliative nécessaire ?'),
  ],
  service_stop: [
    step('d0', 0, 'Le jour même', 'Ce qui n’est plus fait, et qui peut le faire dès demain.'),
    step('d3', 3, '3 jours', 'Solution provisoire en place.'),
    step('d15', 15, '15 jours', 'Solution durable ; signaler la rupture de parcours.'),
  ],
  care_refusal: [
    step('d0', 0, 'Au départ', 'Ce qui est refusé, ce qui reste accepté, qui garde le lien, ce qui ferait alerter.'),
    step('d7', 7, '7 jours', 'Lien gardé ? Danger ? Discernement ?'),
    step('d21', 21, '3 semaines', 'Concertation : continuer, proposer autrement, protéger ?'),
  ],
  psychic_crisis: [
    step('d0', 0, 'Le jour même', 'Danger, idées suicidaires, CMP ou urgences psychiatriques joints, entourage prévenu.'),
    step('d2', 2, '48 heures', 'Rappel ; rendez-vous de soin obtenu.'),
    step('d10', 10, '10 jours', 'Traitement, lien avec le CMP, plan de crise écrit.'),
  ],
  admission: [
    step('d0', 0, 'Avant l’entrée', 'Accord de la personne, dossier, aides maintenues jusqu’au jour dit, fiche de liaison.'),
    step('d7', 7, '7 jours', 'Adaptation, transmissions reçues, logement et animaux.'),
    step('d30', 30, '30 jours', 'Stabilisation, relais à l’établissement.'),
  ],
  transition_age: [
    step('d0', 0, 'Préparation', 'Qui suit aujourd’hui, qui suivra demain, date du passage, droits à renouveler.'),
    step('d90', 90, '3 mois', 'Premier rendez-vous du nouveau suivi obtenu ?'),
    step('d180', 180, '6 mois', 'Relais tenu, ancien suivi terminé.'),
  ],
  housing_loss: [
    step('d0', 0, 'Le jour même', 'Où dort la personne ce soir ? Droits et soins à maintenir.'),
    step('d7', 7, '7 jours', 'Hébergement, domiciliation, traitement, courrier.'),
    step('d30', 30, '30 jours', 'Solution durable.'),
  ],
  bereavement: [
    step('d1', 1, 'Dans les 24 heures', 'Qui est auprès de la personne ? Ce que faisait le défunt et qui le reprend.'),
    step('d10', 10, '10 jours', 'Sommeil, alimentation, démarches, idées noires.'),
    step('d60', 60, '2 mois', 'Soutien, groupe de parole, aides réajustées.'),
  ],
}

/** The dated steps of a sequence that starts on a day, in order. */
export function sequenceAgenda(kind: CriticalSequenceKind, startsOn: Day): readonly (SequenceStep & { readonly on: Day })[] {
  return sequenceSteps[kind].map((one) => ({ ...one, on: addDays(startsOn, one.afterDays) }))
}
