import { type CodeOf, defineValueSet, type ValueSetDefinition } from '../../territory/contract/value-sets.ts'
import { thesaurusValueSet } from './thesaurus.ts'

export const actionStatuses = defineValueSet({
  code: 'care_plans.action_status',
  title: 'Où en est l’action',
  values: [
    { code: 'proposed', label: 'Proposée' },
    { code: 'accepted', label: 'Acceptée' },
    { code: 'refused', label: 'Refusée par la personne', definition: 'C’est son droit : rien n’est relancé.' },
    { code: 'planned', label: 'Planifiée' },
    { code: 'in_progress', label: 'En cours' },
    { code: 'done', label: 'Réalisée' },
    { code: 'not_feasible', label: 'Non réalisable', definition: 'Aucune ressource : à signaler comme rupture de parcours.' },
    { code: 'abandoned', label: 'Abandonnée' },
  ],
})
export type ActionStatus = CodeOf<typeof actionStatuses>

/** The statuses after which nothing is awaited any more: they stop reminders and delays. */
export const finalActionStatuses: readonly ActionStatus[] = ['refused', 'done', 'not_feasible', 'abandoned']

export const objectiveStatuses = defineValueSet({
  code: 'care_plans.objective_status',
  title: 'Objectif',
  values: [
    { code: 'in_progress', label: 'En cours' },
    { code: 'reached', label: 'Atteint' },
    { code: 'partly_reached', label: 'Atteint en partie' },
    { code: 'not_reached', label: 'Non atteint' },
    { code: 'not_pursued', label: 'Non poursuivi', definition: 'La raison est obligatoire.' },
  ],
})
export type ObjectiveStatus = CodeOf<typeof objectiveStatuses>

/** HAS, plan model: what was shared as an objective and not pursued is kept, with its reason. */
export const notPursuedReasons = defineValueSet({
  code: 'care_plans.not_pursued_reason',
  title: 'Pourquoi l’objectif n’est pas poursuivi',
  values: [
    { code: 'person_refuses', label: 'La personne ne le souhaite pas' },
    { code: 'not_priority', label: 'Pas prioritaire pour le moment' },
    { code: 'no_resource', label: 'Aucune ressource sur le territoire' },
    { code: 'no_funding', label: 'Aucun financement' },
    { code: 'health_state', label: 'L’état de santé ne le permet plus' },
    { code: 'no_longer_relevant', label: 'Sans objet désormais' },
    { code: 'disagreement', label: 'Pas d’accord entre intervenants' },
  ],
})

export const planStates = defineValueSet({
  code: 'care_plans.plan_state',
  title: 'État du PPCS',
  values: [
    { code: 'draft', label: 'En rédaction' },
    { code: 'proposed', label: 'Proposé à la validation' },
    { code: 'validated', label: 'Validé' },
    { code: 'replaced', label: 'Remplacé par une version plus récente' },
    { code: 'closed', label: 'Clos' },
  ],
})

/** « PPCS or not », decided with the partners, with its reason (R45). */
export const planDecisions = defineValueSet({
  code: 'care_plans.decision',
  title: 'Un PPCS est-il nécessaire ?',
  values: [
    { code: 'yes_several_actors', label: 'Oui : plusieurs intervenants à accorder' },
    { code: 'yes_risk', label: 'Oui : risque de rupture' },
    { code: 'yes_person', label: 'Oui : la personne le demande' },
    { code: 'no_brief', label: 'Non : appui ponctuel suffisant' },
    { code: 'no_other_plan', label: 'Non : un autre plan existe et convient', definition: 'PPS, projet personnalisé, programme de soins…' },
    { code: 'no_person', label: 'Non : la personne ne le souhaite pas' },
    { code: 'later', label: 'Plus tard : situation à stabiliser d’abord' },
  ],
})

/** Starters for the criteria by which the plan is revised (R46). */
export const revisionCriteria = defineValueSet({
  code: 'care_plans.revision_criterion',
  title: 'À réviser dès que',
  values: [
    { code: 'fall', label: 'Une chute' },
    { code: 'hospitalisation', label: 'Une hospitalisation ou un passage aux urgences' },
    { code: 'weight_loss', label: 'Une perte de poids de plus de 2 kg en un mois' },
    { code: 'caregiver_absent', label: 'L’aidant n’est plus disponible plus de 3 jours' },
    { code: 'caregiver_exhausted', label: 'L’aidant dit qu’il n’en peut plus' },
    { code: 'service_stops', label: 'Un intervenant s’arrête' },
    { code: 'care_refusal', label: 'Un refus de soins ou d’aide se prolonge' },
    { code: 'behaviour', label: 'Le comportement ou le moral change nettement' },
    { code: 'pain', label: 'Une douleur n’est plus soulagée' },
    { code: 'rights_decision', label: 'Une décision de droits est rendue' },
    { code: 'move', label: 'La personne change de lieu de vie' },
    { code: 'person_asks', label: 'La personne ou son représentant le demande' },
    { code: 'other', label: 'Autre critère' },
  ],
})

export const agreementParties = defineValueSet({
  code: 'care_plans.agreement_party',
  title: 'Accord de',
  values: [
    { code: 'person', label: 'La personne' },
    { code: 'legal_representative', label: 'Son représentant légal' },
    { code: 'gp', label: 'Le médecin traitant' },
    { code: 'participant', label: 'Un intervenant' },
    { code: 'caregiver', label: 'L’aidant' },
  ],
})

/** The médecin traitant's silence is recorded and never blocks. */
export const agreementStates = defineValueSet({
  code: 'care_plans.agreement_state',
  title: 'Réponse',
  values: [
    { code: 'agrees', label: 'D’accord' },
    { code: 'agrees_partly', label: 'D’accord en partie' },
    { code: 'disagrees', label: 'Pas d’accord' },
    { code: 'asked', label: 'Sollicité' },
    { code: 'no_answer', label: 'Sollicité sans réponse' },
    { code: 'unable', label: 'Ne peut pas s’exprimer' },
  ],
})

export const agreementModes = defineValueSet({
  code: 'care_plans.agreement_mode',
  title: 'Accord recueilli',
  values: [
    { code: 'online', label: 'En ligne, par lui-même' },
    { code: 'phone', label: 'Par téléphone' },
    { code: 'oral', label: 'De vive voix' },
    { code: 'paper', label: 'Sur papier signé' },
    { code: 'mssante', label: 'Par messagerie sécurisée' },
  ],
})

export const carePlansValueSets: readonly ValueSetDefinition[] = [
  thesaurusValueSet,
  actionStatuses,
  objectiveStatuses,
  notPursuedReasons,
  planStates,
  planDecisions,
  revisionCriteria,
  agreementParties,
  agreementStates,
  agreementModes,
]
