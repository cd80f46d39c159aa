import { type CodeOf, defineValueSet, type ValueSetDefinition } from '../../territory/contract/value-sets.ts'

/** Level of accompaniment (R54), kept with its history. */
export const levels = defineValueSet({
  code: 'episodes.level',
  title: 'Niveau d’accompagnement',
  values: [
    { code: 'brief', label: 'Ponctuel', definition: 'Une aide précise, de quelques jours à quelques semaines.' },
    { code: 'sustained', label: 'Soutenu', definition: 'Un plan, un référent, des contacts réguliers.' },
    { code: 'intensive', label: 'Intensif', definition: 'Une situation très complexe ou une séquence critique : contacts rapprochés.' },
  ],
})
export type Level = CodeOf<typeof levels>

export const episodeStates = defineValueSet({
  code: 'episodes.state',
  title: 'État de l’accompagnement',
  values: [
    { code: 'open', label: 'En cours' },
    { code: 'dormant', label: 'En veille', definition: 'Rien à faire d’ici la date de réveil ; compté à part.' },
    { code: 'closed', label: 'Clos' },
  ],
})

export const dormancyReasons = defineValueSet({
  code: 'episodes.dormancy_reason',
  title: 'Pourquoi en veille',
  values: [
    { code: 'stable', label: 'Situation stable, à revoir à une date' },
    { code: 'hospital', label: 'Hospitalisation longue' },
    { code: 'waiting_service', label: 'Attente d’une place ou d’un service' },
    { code: 'waiting_rights', label: 'Attente d’une décision administrative ou du juge' },
    { code: 'person_wish', label: 'À la demande de la personne' },
    { code: 'absent', label: 'Personne absente quelque temps' },
  ],
})

/** What the commission d'orientation decides. */
export const triageDecisions = defineValueSet({
  code: 'episodes.triage_decision',
  title: 'Décision de la commission',
  values: [
    { code: 'accompany', label: 'Accompagner', definition: 'Niveau, référent et prochaine étape sont fixés.' },
    { code: 'evaluate_first', label: 'Évaluer d’abord', definition: 'Une visite, puis retour en commission.' },
    { code: 'brief_support', label: 'Appui ponctuel, sans accompagnement' },
    { code: 'reorient', label: 'Réorienter', definition: 'Le partenaire est nommé, l’issue est suivie.' },
    { code: 'exclusively_social', label: 'Question exclusivement sociale : passer le relais' },
    { code: 'other_dac', label: 'Transmettre au DAC de son territoire' },
    { code: 'ask_more', label: 'Demander un complément', definition: 'La demande revient à la prochaine commission.' },
    { code: 'no_follow_up', label: 'Sans suite' },
  ],
})
export type TriageDecision = CodeOf<typeof triageDecisions>

/** Why the DAC acts and nobody before it (R9, subsidiarity). */
export const dacReasons = defineValueSet({
  code: 'episodes.dac_reason',
  title: 'Pourquoi le DAC intervient',
  values: [
    { code: 'no_coordinator', label: 'Personne ne coordonne, et la situation le demande' },
    { code: 'first_line_overwhelmed', label: 'Les intervenants de première ligne n’y arrivent plus' },
    { code: 'first_line_missing', label: 'Les professionnels nécessaires manquent sur ce territoire' },
    { code: 'several_sectors', label: 'Soins, social et médico-social à accorder ensemble' },
    { code: 'disagreement', label: 'Désaccord entre intervenants, ou avec la personne' },
    { code: 'care_refusal', label: 'Refus de soins ou d’aide mettant la personne en danger' },
    { code: 'critical_sequence', label: 'Moment critique à sécuriser', definition: 'Sortie d’hôpital, aggravation, aidant défaillant…' },
    { code: 'no_gp', label: 'Pas de médecin traitant' },
    { code: 'services_declined', label: 'Les services sollicités ont refusé ou sont complets' },
    { code: 'reorientation_failed', label: 'Une réorientation a échoué' },
    { code: 'expertise', label: 'Une expertise ou une évaluation globale est nécessaire' },
  ],
})

export const closureReasons = defineValueSet({
  code: 'episodes.closure_reason',
  title: 'Motif de clôture',
  values: [
    { code: 'stabilised', label: 'Situation stabilisée, objectifs atteints' },
    { code: 'relay', label: 'Relais pris par un autre', definition: 'Le partenaire est nommé.' },
    { code: 'institution', label: 'Entrée en EHPAD ou en établissement' },
    { code: 'hospital', label: 'Hospitalisation sans retour prévu' },
    { code: 'moved', label: 'Déménagement', definition: 'Vers un autre territoire : le DAC d’arrivée est informé, avec l’accord de la personne.' },
    { code: 'deceased', label: 'Décès' },
    { code: 'opposition', label: 'Opposition de la personne' },
    { code: 'refusal', label: 'Refus de l’accompagnement' },
    { code: 'unreachable', label: 'Injoignable' },
    { code: 'out_of_mission', label: 'Ne relève plus du DAC' },
    { code: 'opened_by_mistake', label: 'Ouvert par erreur' },
  ],
})
export type ClosureReason = CodeOf<typeof closureReasons>

export const closureBalances = defineValueSet({
  code: 'episodes.closure_balance',
  title: 'Bilan',
  values: [
    { code: 'better', label: 'Situation améliorée' },
    { code: 'same', label: 'Situation maintenue' },
    { code: 'worse', label: 'Situation dégradée' },
    { code: 'not_assessable', label: 'Non évaluable' },
  ],
})

export const reopeningReasons = defineValueSet({
  code: 'episodes.reopening_reason',
  title: 'Motif de réouverture',
  values: [
    { code: 'new_request', label: 'Nouvelle demande' },
    { code: 'relapse', label: 'La situation s’est de nouveau dégradée' },
    { code: 'relay_failed', label: 'Le relais n’a pas tenu' },
    { code: 'closed_by_mistake', label: 'Clos par erreur' },
  ],
})

export const referentChangeReasons = defineValueSet({
  code: 'episodes.referent_change_reason',
  title: 'Pourquoi changer de référent',
  values: [
    { code: 'absence', label: 'Absence' },
    { code: 'departure', label: 'Départ ou changement de poste' },
    { code: 'load', label: 'Charge à répartir' },
    { code: 'skill', label: 'Compétence mieux adaptée' },
    { code: 'sector', label: 'Changement de secteur' },
    { code: 'person_wish', label: 'À la demande de la personne' },
    { code: 'conflict_of_interest', label: 'Lien personnel avec la situation' },
  ],
})

export const taskKinds = defineValueSet({
  code: 'episodes.task_kind',
  title: 'Tâche',
  values: [
    { code: 'call_person', label: 'Appeler la personne' },
    { code: 'call_relative', label: 'Appeler un proche' },
    { code: 'call_professional', label: 'Appeler un professionnel' },
    { code: 'inform_person', label: 'Informer la personne, recueillir la non-opposition' },
    { code: 'reply_requester', label: 'Répondre au demandeur' },
    { code: 'consult_gp', label: 'Joindre le médecin traitant' },
    { code: 'follow_cpts', label: 'Relancer la CPTS' },
    { code: 'follow_reorientation', label: 'Suivre une réorientation' },
    { code: 'plan_visit', label: 'Planifier une visite' },
    { code: 'complete_identity', label: 'Compléter l’identité' },
    { code: 'write_assessment', label: 'Terminer une évaluation' },
    { code: 'organise_meeting', label: 'Organiser une concertation' },
    { code: 'write_minutes', label: 'Rédiger un compte rendu' },
    { code: 'write_plan', label: 'Rédiger ou réviser le PPCS' },
    { code: 'ask_agreement', label: 'Demander un accord' },
    { code: 'follow_action', label: 'Suivre une action du PPCS' },
    { code: 'administrative_file', label: 'Constituer ou relancer un dossier' },
    { code: 'find_service', label: 'Chercher un intervenant, une place' },
    { code: 'send_document', label: 'Envoyer un document' },
    { code: 'prepare_closure', label: 'Préparer la clôture' },
    { code: 'other', label: 'Autre' },
  ],
})

/** What was done (R56). The CNO level of each is in activity-levels.ts. */
export const activityTypes = defineValueSet({
  code: 'episodes.activity_type',
  title: 'Activité',
  values: [
    { code: 'call', label: 'Appel' },
    { code: 'message', label: 'Message, courrier' },
    { code: 'interview', label: 'Entretien au DAC' },
    { code: 'video_interview', label: 'Entretien en visio' },
    { code: 'home_visit', label: 'Visite à domicile' },
    { code: 'joint_home_visit', label: 'Visite conjointe avec un partenaire', definition: 'HAD, service social du département, SSIAD, équipe mobile…' },
    { code: 'complementary_home_visit', label: 'Visite complémentaire d’un partenaire' },
    { code: 'hospital_visit', label: 'Rencontre à l’hôpital ou en établissement' },
    { code: 'outreach', label: 'Aller vers', definition: 'Rencontre hors domicile, en rue, en lieu d’accueil.' },
    { code: 'physical_accompaniment', label: 'Accompagnement physique', definition: 'À une consultation, à un rendez-vous administratif.' },
    { code: 'assessment', label: 'Évaluation multidimensionnelle' },
    { code: 'case_conference', label: 'Concertation pluriprofessionnelle' },
    { code: 'plan_work', label: 'Élaboration ou révision du PPCS' },
    { code: 'coordination', label: 'Coordination entre intervenants' },
    { code: 'service_search', label: 'Recherche d’intervenant ou de place' },
    { code: 'rights_support', label: 'Aide aux démarches' },
    { code: 'telemonitoring_orientation', label: 'Orientation vers la télésurveillance' },
    { code: 'remote_expertise', label: 'Téléexpertise organisée' },
    { code: 'care_refusal_support', label: 'Accompagnement d’un refus de soins' },
    { code: 'caregiver_support', label: 'Soutien de l’aidant' },
    { code: 'professional_advice', label: 'Conseil à un professionnel' },
    { code: 'professional_training', label: 'Formation, sensibilisation de professionnels' },
    { code: 'tool_provision', label: 'Mise à disposition d’outils, de protocoles' },
    { code: 'commission', label: 'Commission d’orientation ou d’admission' },
    { code: 'partnership', label: 'Rencontre de partenaires' },
    { code: 'working_group', label: 'Groupe de travail, projet territorial' },
    { code: 'governance', label: 'Gouvernance' },
    { code: 'rupture_analysis', label: 'Analyse des ruptures de parcours' },
    { code: 'travel', label: 'Trajet' },
  ],
})
export type ActivityType = CodeOf<typeof activityTypes>

/** Sequences at risk of rupture (R48, R64): reinforced accompaniment. Their steps are in critical-sequences.ts. */
export const criticalSequenceKinds = defineValueSet({
  code: 'episodes.critical_sequence',
  title: 'Séquence critique',
  values: [
    { code: 'hospital_discharge', label: 'Sortie d’hospitalisation' },
    { code: 'aggravation', label: 'Aggravation de l’état de santé' },
    { code: 'caregiver_failure', label: 'Aidant absent ou à bout' },
    { code: 'end_of_life', label: 'Fin de vie à domicile' },
    { code: 'service_stop', label: 'Arrêt brutal d’une aide' },
    { code: 'care_refusal', label: 'Refus de soins avec mise en danger' },
    { code: 'psychic_crisis', label: 'Crise psychique' },
    { code: 'admission', label: 'Entrée en établissement' },
    { code: 'transition_age', label: 'Changement de secteur lié à l’âge', definition: 'Passage à l’âge adulte, à 60 ans, de la pédiatrie à l’adulte.' },
    { code: 'housing_loss', label: 'Perte de logement' },
    { code: 'bereavement', label: 'Deuil, décès de l’aidant' },
  ],
})
export type CriticalSequenceKind = CodeOf<typeof criticalSequenceKinds>

/** How a critical sequence ended. */
export const sequenceBalances = defineValueSet({
  code: 'episodes.sequence_balance',
  title: 'Fin de la séquence critique',
  values: [
    { code: 'secured', label: 'Moment passé, situation sûre' },
    { code: 'partly', label: 'Moment passé, des fragilités restent' },
    { code: 'rupture', label: 'Rupture malgré la séquence', definition: 'Retour aux urgences, arrêt des aides, chute, départ non voulu…' },
    { code: 'other_sequence', label: 'Une autre séquence prend la suite' },
    { code: 'not_needed', label: 'N’avait pas lieu d’être' },
    { code: 'deceased', label: 'Décès' },
  ],
})

/** Types of rupture of the path (observatory): proposed by the trade, no national list is public. */
export const ruptureTypes = defineValueSet({
  code: 'episodes.rupture_type',
  title: 'Rupture de parcours',
  values: [
    { code: 'no_offer', label: 'Offre absente' },
    { code: 'saturated', label: 'Offre saturée, délai' },
    { code: 'refused', label: 'Refus de prise en charge' },
    { code: 'coordination', label: 'Défaut de coordination ou de transmission' },
    { code: 'unprepared_exit', label: 'Sortie non préparée' },
    { code: 'not_taken_up', label: 'Non-recours ou refus de la personne' },
    { code: 'rights', label: 'Rupture de droits ou de financement' },
    { code: 'caregiver', label: 'Aidant défaillant' },
    { code: 'housing', label: 'Logement ou mobilité' },
    { code: 'transition', label: 'Transition d’âge' },
    { code: 'rules', label: 'Réglementation ou frontière de territoire' },
  ],
})

export const episodesValueSets: readonly ValueSetDefinition[] = [
  levels,
  episodeStates,
  dormancyReasons,
  triageDecisions,
  dacReasons,
  closureReasons,
  closureBalances,
  reopeningReasons,
  referentChangeReasons,
  taskKinds,
  activityTypes,
  criticalSequenceKinds,
  sequenceBalances,
  ruptureTypes,
]
