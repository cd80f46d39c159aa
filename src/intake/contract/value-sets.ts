import type { Volet } from '../../platform/contract/actor.ts'
import { type CodeOf, defineValueSet, type ValueSetDefinition } from '../../territory/contract/value-sets.ts'

/** The first key of the desk. Only a new request counts as a sollicitation (indicator 1). */
export const firstKeys = defineValueSet({
  code: 'intake.first_key',
  title: 'Nature du contact',
  values: [
    { code: 'new_request', label: 'Nouvelle demande', definition: 'Une question nouvelle, même sur une personne déjà suivie. Elle compte dans l’activité.' },
    { code: 'follow_up', label: 'Suivi d’un dossier', definition: 'Un échange de plus sur une demande ou un accompagnement en cours.' },
    { code: 'message', label: 'Message', definition: 'À transmettre à un collègue, sans demande.' },
    { code: 'mistake', label: 'Erreur', definition: 'Faux numéro, démarchage, appel qui ne nous concerne pas.' },
  ],
})

export const channels = defineValueSet({
  code: 'intake.channel',
  title: 'Par où la demande arrive',
  values: [
    { code: 'phone', label: 'Téléphone' },
    { code: 'voicemail', label: 'Répondeur' },
    { code: 'mssante', label: 'Messagerie sécurisée' },
    { code: 'email', label: 'Courriel' },
    { code: 'extranet', label: 'Espace professionnel', definition: 'Déposée par le demandeur dans son espace Jalon.' },
    { code: 'web_form', label: 'Formulaire du site' },
    { code: 'letter', label: 'Courrier ou télécopie' },
    { code: 'reception', label: 'Accueil physique' },
    { code: 'meeting', label: 'Rencontre ou réunion', definition: 'Demande dite de vive voix : staff, commission, visite.' },
    { code: 'partner_tool', label: 'Outil d’un partenaire', definition: 'Reçue d’un autre logiciel de coordination ou d’orientation.' },
    { code: 'internal', label: 'Repérée par notre équipe' },
  ],
})

/**
 * Type d'adresseur (indicator 2). The six groups at the top are those of published regional reports;
 * the entries below them are a professional proposal.
 */
export const requesterKinds = defineValueSet({
  code: 'intake.requester_kind',
  title: 'Qui demande',
  values: [
    { code: 'g_hospital', label: 'Établissements de santé' },
    { code: 'g_users', label: 'Usagers et aidants' },
    { code: 'g_primary_care', label: 'Médecins et soignants libéraux' },
    { code: 'g_social', label: 'Secteur social' },
    { code: 'g_medico_social', label: 'Médico-social' },
    { code: 'g_other', label: 'Autres' },

    { code: 'gp_treating', parent: 'g_primary_care', label: 'Médecin traitant' },
    { code: 'gp_other', parent: 'g_primary_care', label: 'Généraliste qui n’est pas le médecin traitant' },
    { code: 'specialist', parent: 'g_primary_care', label: 'Médecin spécialiste de ville' },
    { code: 'nurse', parent: 'g_primary_care', label: 'Infirmier libéral' },
    { code: 'advanced_nurse', parent: 'g_primary_care', label: 'Infirmier en pratique avancée' },
    { code: 'pharmacist', parent: 'g_primary_care', label: 'Pharmacien' },
    { code: 'paramedical', parent: 'g_primary_care', label: 'Kinésithérapeute ou autre paramédical' },
    { code: 'midwife', parent: 'g_primary_care', label: 'Sage-femme' },
    { code: 'coordinated_practice', parent: 'g_primary_care', label: 'MSP, centre de santé, ESP ou CPTS' },

    { code: 'hospital_acute', parent: 'g_hospital', label: 'Hôpital, médecine, chirurgie, obstétrique' },
    { code: 'hospital_emergency', parent: 'g_hospital', label: 'Hôpital, urgences' },
    { code: 'hospital_rehab', parent: 'g_hospital', label: 'Soins médicaux et de réadaptation (SMR)' },
    { code: 'hospital_psychiatry', parent: 'g_hospital', label: 'Psychiatrie, CMP' },
    { code: 'hospital_social_service', parent: 'g_hospital', label: 'Service social hospitalier' },
    { code: 'had', parent: 'g_hospital', label: 'Hospitalisation à domicile (HAD)' },
    { code: 'geriatric_mobile_team', parent: 'g_hospital', label: 'Équipe mobile de gériatrie' },
    { code: 'palliative_mobile_team', parent: 'g_hospital', label: 'Équipe mobile de soins palliatifs' },

    { code: 'home_care', parent: 'g_medico_social', label: 'SSIAD, SAD ou service autonomie' },
    { code: 'nursing_home', parent: 'g_medico_social', label: 'EHPAD ou résidence autonomie' },
    { code: 'disability_service', parent: 'g_medico_social', label: 'Établissement ou service du handicap' },
    { code: 'mdph', parent: 'g_medico_social', label: 'MDPH ou maison de l’autonomie' },
    { code: 'crt', parent: 'g_medico_social', label: 'Centre de ressources territorial (CRT)' },
    { code: 'community_360', parent: 'g_medico_social', label: 'Communauté 360' },
    { code: 'addiction_service', parent: 'g_medico_social', label: 'CSAPA, CAARUD, ACT, LHSS, LAM' },

    { code: 'clic_department', parent: 'g_social', label: 'CLIC, équipe APA, département' },
    { code: 'ccas', parent: 'g_social', label: 'CCAS ou CIAS' },
    { code: 'social_service', parent: 'g_social', label: 'Service social, aide sociale à l’enfance' },
    { code: 'legal_representative', parent: 'g_social', label: 'Mandataire judiciaire' },
    { code: 'shelter', parent: 'g_social', label: 'Hébergement social, veille sociale' },

    { code: 'person', parent: 'g_users', label: 'La personne elle-même' },
    { code: 'relative', parent: 'g_users', label: 'Aidant, famille, entourage' },

    { code: 'health_insurance', parent: 'g_other', label: 'Assurance maladie, Prado' },
    { code: 'sas', parent: 'g_other', label: 'Service d’accès aux soins, régulation' },
    { code: 'regional_scheme', parent: 'g_other', label: 'Dispositif spécifique régional ou expert' },
    { code: 'landlord', parent: 'g_other', label: 'Bailleur' },
    { code: 'school', parent: 'g_other', label: 'Éducation nationale' },
    { code: 'town_hall', parent: 'g_other', label: 'Élu, mairie' },
    { code: 'police_fire', parent: 'g_other', label: 'Police, gendarmerie, pompiers' },
    { code: 'association', parent: 'g_other', label: 'Association' },
    { code: 'other_dac', parent: 'g_other', label: 'Autre DAC' },
    { code: 'internal', parent: 'g_other', label: 'Notre équipe' },
    { code: 'other', parent: 'g_other', label: 'Autre demandeur' },
  ],
})
export type RequesterKind = CodeOf<typeof requesterKinds>

/** Why one calls. The keywords propose motives from the typed text (see motives.ts for how they are read). */
export const motives = defineValueSet({
  code: 'intake.motive',
  title: 'Ce qui est demandé',
  values: [
    { code: 'hospital_discharge', label: 'Sortie d’hospitalisation', keywords: ['sort* hopital', 'sort* hospitalisation', 'sort* clinique', 'sort* smr', 'sort* urgences', 'sort* service', 'retour domicile', 'retour maison', 'rentre chez elle', 'rentre chez lui', 'quitte* hopital', 'sortie prevue', 'sortie non preparee', 'hospitalis* sortie'] },
    { code: 'avoid_hospital', label: 'Éviter une hospitalisation', keywords: ['evit* hospitalis*', 'evit* urgences', 'passages urgences', 'passages repetes', 'aggrav*', 'degrad*', 'decompens*', 'rehospitalis*'] },
    { code: 'find_nurse', label: 'Recherche d’infirmier', keywords: ['infirmier*', 'idel', 'ide liberale', 'pansement', 'perfusion', 'prise sang'] },
    { code: 'find_physio', label: 'Recherche de kinésithérapeute', keywords: ['kine', 'kinesi*', 'reeducation domicile'] },
    { code: 'find_other_professional', label: 'Recherche d’un autre professionnel', keywords: ['cherche psychologue', 'cherche orthophoniste', 'orthophonist*', 'ergotherap*', 'podologue', 'pedicure', 'dentiste', 'dieteticien*', 'cherche specialiste', 'ophtalmo*'] },
    { code: 'no_gp', label: 'Pas de médecin traitant', keywords: ['plus medecin traitant', 'pas medecin traitant', 'sans medecin traitant', 'aucun medecin traitant', 'trouver medecin', 'cherche medecin', 'medecin retraite', 'depart medecin', 'plus medecin', 'pas medecin', 'sans medecin'] },
    { code: 'home_help', label: 'Aide à domicile à mettre en place ou à compléter', keywords: ['aide domicile', 'aide menager*', 'auxiliaire vie', 'service autonomie', 'ssiad', 'sad', 'portage repas', 'teleassistance', 'toilette', 'aide repas', 'plus personne le matin', 'maintien domicile'] },
    { code: 'home_adaptation', label: 'Logement à adapter, matériel', keywords: ['adaptation logement', 'adapter logement', 'amenagement', 'logement inadapte', 'douche', 'baignoire', 'lit medicalise', 'fauteuil roulant', 'materiel', 'monte escalier', 'barre appui'] },
    { code: 'falls', label: 'Chutes, difficulté à se déplacer', keywords: ['chute', 'chutes', 'chute*', 'tombe', 'tombee', 'tomb* plusieurs', 'ne marche plus', 'marche difficile', 'monte plus escalier', 'sort plus chez', 'mobilite reduite', 'deplace difficile*', 'releve* seul*'] },
    { code: 'loss_of_autonomy', label: 'Perte d’autonomie', keywords: ['perte autonomie', 'perd autonomie', 'gir', 'dependan*', 'ne se leve plus', 'alite*', 'grabataire', 'ne se lave plus'] },
    { code: 'cognitive', label: 'Troubles de la mémoire ou du comportement', keywords: ['memoire', 'alzheimer', 'demence', 'desorient*', 'cognitif*', 'fugue*', 'erre', 'errance', 'deambul*', 'oublie*', 'confus*', 'agressi*', 'trouble comportement', 'troubles comportement', 'parkinson', 'corps lewy'] },
    { code: 'mental_health', label: 'Souffrance psychique', keywords: ['depress*', 'depressi*', 'psychiatr*', 'psychique', 'psychos*', 'schizo*', 'bipolaire', 'suicid*', 'idees noires', 'angoiss*', 'anxieu*', 'delire', 'cmp', 'moral tres bas', 'veut mourir', 'syllogomanie', 'diogene'] },
    { code: 'addiction', label: 'Addiction', keywords: ['alcool*', 'addict*', 'drogue*', 'toxicoman*', 'cannabis', 'opiac*', 'boit', 'sevrage', 'methadone', 'jeu pathologique'] },
    { code: 'caregiver', label: 'Aidant épuisé', keywords: ['aidant* epuise*', 'epuise*', 'epuisement', 'repit', 'relais', 'n’en peut plus', 'a bout', 'craque*', 'ne dort plus', 'burn out', 'aidant* fatigue*', 'aidant* hospitalis*', 'accueil de jour', 'hebergement temporaire'] },
    { code: 'palliative', label: 'Fin de vie, soins palliatifs', keywords: ['fin de vie', 'palliati*', 'phase terminale', 'mourir domicile', 'mourir maison', 'directives anticipees', 'sedation', 'lisp', 'emsp'] },
    { code: 'cancer', label: 'Cancer', keywords: ['cancer*', 'chimio*', 'oncolog*', 'metastas*', 'tumeur*', 'radiotherap*', 'leucemie', 'lymphome'] },
    { code: 'chronic_disease', label: 'Maladie chronique, plusieurs maladies', keywords: ['diabet*', 'insuffisance cardiaque', 'insuffisance renale', 'bpco', 'polypatholog*', 'maladie chronique', 'sclerose', 'sla', 'dialyse', 'epileps*', 'avc', 'oxygene', 'maladie rare'] },
    { code: 'medication', label: 'Médicaments', keywords: ['medicament*', 'traitement', 'pilulier', 'ordonnance*', 'observance', 'prend plus', 'iatrogen*', 'surdosage'] },
    { code: 'pain', label: 'Douleur', keywords: ['douleur*', 'douloureux', 'douloureuse', 'mal soulage*', 'morphine'] },
    { code: 'nutrition', label: 'Dénutrition, alimentation', keywords: ['denutri*', 'mange plus', 'mange pas', 'amaigri*', 'perte poids', 'perdu kilos', 'perd poids', 'fausses routes', 'obesite', 'deshydrat*'] },
    { code: 'care_refusal', label: 'Refus de soins ou d’aide', keywords: ['refus*', 'refus* soins', 'refus* aide*', 'n’ouvre pas', 'ferme la porte', 'ne veut pas', 'ne veut rien', 'oppose* soins', 'rupture soins', 'ne se soigne'] },
    { code: 'isolation', label: 'Isolement', keywords: ['isole*', 'isolement', 'seul* monde', 'personne autour', 'pas famille', 'sans famille', 'solitude', 'voit personne', 'vit seul*'] },
    { code: 'housing', label: 'Logement dégradé ou encombré', keywords: ['incurie', 'encombr*', 'insalubr*', 'logement indigne', 'diogene', 'syllogomanie', 'nuisible*', 'expuls*', 'punaises', 'sans chauffage', 'impayes loyer'] },
    { code: 'homelessness', label: 'Sans logement stable', keywords: ['sans abri', 'sdf', 'rue', 'heberge* chez', 'sans domicile', 'hebergement urgence', 'squat', '115'] },
    { code: 'rights', label: 'Droits et démarches', keywords: ['apa', 'mdph', 'pch', 'aah', 'dossier administrati*', 'droits', 'couverture sante', 'css', 'ald', 'mutuelle', 'carte vitale', 'papiers', 'demarche*', 'aide sociale', 'retraite dossier', 'ameli'] },
    { code: 'poverty', label: 'Difficultés financières', keywords: ['dette*', 'surendett*', 'argent', 'financi*', 'ressources insuffisantes', 'impaye*', 'precarite', 'precaire', 'rsa', 'reste a charge', 'facture*'] },
    { code: 'legal_protection', label: 'Protection juridique', keywords: ['tutelle', 'curatelle', 'sauvegarde', 'mandataire', 'mise sous protection', 'habilitation familiale', 'protection future', 'juge'] },
    { code: 'abuse', label: 'Crainte de maltraitance ou de danger', keywords: ['maltrait*', 'violen*', 'coups', 'danger', 'neglig*', 'abus* confiance', 'abus* faiblesse', 'emprise', 'menace*', 'signalement', 'sequestr*'] },
    { code: 'disability', label: 'Handicap', keywords: ['handicap*', 'polyhandicap*', 'autis*', 'trisomie', 'tsa', 'deficien*', 'esat', 'foyer de vie', 'ime', 'sessad', 'samsah', 'savs', 'traumatis* cranien'] },
    { code: 'child', label: 'Enfant, adolescent, scolarité', keywords: ['enfant* ans', 'scolar*', 'ecole', 'college', 'lycee', 'adolescen*', 'bebe', 'nourrisson', 'tnd', 'dys', 'aesh', 'decrochage', 'phobie scolaire'] },
    { code: 'perinatal', label: 'Grossesse, périnatalité', keywords: ['grossesse', 'enceinte', 'accouch*', 'perinatal*', 'prematur*', 'maternite', 'post partum'] },
    { code: 'admission', label: 'Entrée en établissement', keywords: ['ehpad', 'entree etablissement', 'maison retraite', 'usld', 'admission', 'place en foyer', 'viatrajectoire', 'residence autonomie', 'changement etablissement'] },
    { code: 'transport', label: 'Transport, accès aux soins', keywords: ['transport*', 'vsl', 'taxi', 'ambulance', 'acces aux soins', 'rendez vous trop loin', 'teleconsultation', 'ne conduit plus'] },
    { code: 'language', label: 'Langue, interprétariat', keywords: ['interpret*', 'parle pas francais', 'parle peu francais', 'allophone', 'traduct*', 'barriere langue', 'barriere de la langue', 'langue des signes'] },
    { code: 'coordination', label: 'Coordonner les intervenants', keywords: ['coordin*', 'concertation', 'rcp', 'reunion synthese', 'trop intervenants', 'qui fait quoi', 'desaccord', 'organiser retour', 'mettre place', 'situation complexe', 'ppcs'] },
    { code: 'advice', label: 'Renseignement, conseil', keywords: ['renseign*', 'question sur', 'coordonnees', 'numero', 'adresse', 'qui contacter', 'conseil', 'connaitre', 'information sur'] },
    { code: 'other', label: 'Autre motif' },
  ],
})
export type Motive = CodeOf<typeof motives>

/** The volet under which each motive is kept: a front desk at work sees them all, a partner only her own. */
export const motiveVolets: Readonly<Record<Motive, Volet>> = {
  hospital_discharge: 'health', avoid_hospital: 'health', find_nurse: 'health', find_physio: 'health', find_other_professional: 'health', no_gp: 'administrative',
  home_help: 'social', home_adaptation: 'social', falls: 'health', loss_of_autonomy: 'social', cognitive: 'health', mental_health: 'health', addiction: 'health',
  caregiver: 'social', palliative: 'health', cancer: 'health', chronic_disease: 'health', medication: 'health', pain: 'health', nutrition: 'health', care_refusal: 'health',
  isolation: 'social', housing: 'social', homelessness: 'social', rights: 'administrative', poverty: 'social', legal_protection: 'administrative', abuse: 'social',
  disability: 'social', child: 'social', perinatal: 'health', admission: 'social', transport: 'administrative', language: 'administrative', coordination: 'administrative',
  advice: 'administrative', other: 'administrative',
}

/** « À traiter sous ». The instants that follow from it are computed in delays.ts. */
export const delays = defineValueSet({
  code: 'intake.delay',
  title: 'À traiter sous',
  values: [
    { code: 'within_24h', label: '24 h', definition: 'Le jour ouvré suivant, à la même heure au plus tard.' },
    { code: 'within_72h', label: '72 h', definition: 'Trois jours ouvrés.' },
    { code: 'within_2_weeks', label: '2 semaines', definition: 'Dix jours ouvrés.' },
    { code: 'no_deadline', label: 'Sans délai fixé', definition: 'Le demandeur n’attend rien à une date donnée.' },
  ],
})
export type DelayCode = CodeOf<typeof delays>

/** Has the person been told that the DAC is called, and by whom (R19)? */
export const personInformed = defineValueSet({
  code: 'intake.person_informed',
  title: 'La personne est-elle informée de la demande',
  values: [
    { code: 'yes', label: 'Oui' },
    { code: 'no', label: 'Non', definition: 'À informer avant tout partage.' },
    { code: 'not_yet', label: 'Pas encore', definition: 'Le demandeur s’en charge.' },
    { code: 'not_possible', label: 'Impossible pour le moment', definition: 'État de santé : le représentant ou la personne de confiance est informé.' },
    { code: 'not_concerned', label: 'Sans personne nommée' },
  ],
})

/** Answers to a request (indicator 3); one is the principal. */
export const answers = defineValueSet({
  code: 'intake.answer',
  title: 'Réponse donnée',
  values: [
    { code: 'B1', label: 'Information et conseil', definition: 'Renseignement, conseil au demandeur, sans mise en relation.' },
    { code: 'B2', label: 'Orientation', definition: 'Mise en relation avec la bonne ressource, qui peut répondre seule.' },
    { code: 'B3', label: 'Réorientation', definition: 'La demande relève d’un autre : elle lui est transmise et son issue est suivie.' },
    { code: 'B4', label: 'Appui ponctuel', definition: 'Recherche d’intervenant, aide à une admission, préparation d’une sortie.' },
    { code: 'B5', label: 'Évaluation', definition: 'Visite à domicile et évaluation multidimensionnelle.' },
    { code: 'B6', label: 'Concertation', definition: 'Réunion de concertation pluriprofessionnelle.' },
    { code: 'B7', label: 'Accompagnement', definition: 'Accompagnement avec un plan personnalisé de coordination en santé.' },
    { code: 'B8', label: 'Accompagnement renforcé', definition: 'Séquence critique : présence rapprochée, plan revu souvent.' },
    { code: 'B9', label: 'Appui à l’équipe', definition: 'Expertise, outil, formation ou appui collectif à des professionnels.' },
    { code: 'B0', label: 'Sans suite', definition: 'Le motif est obligatoire.' },
  ],
})
export type AnswerCode = CodeOf<typeof answers>

export const noFollowUpReasons = defineValueSet({
  code: 'intake.no_follow_up_reason',
  title: 'Pourquoi sans suite',
  values: [
    { code: 'person_refuses', label: 'La personne refuse l’intervention' },
    { code: 'opposition', label: 'La personne s’oppose à la prise en charge ou au partage' },
    { code: 'withdrawn', label: 'Demande retirée par le demandeur' },
    { code: 'solved', label: 'Besoin résolu entre-temps' },
    { code: 'unreachable', label: 'Personne et demandeur injoignables' },
    { code: 'deceased', label: 'Décès' },
    { code: 'duplicate', label: 'Doublon d’une autre demande' },
    { code: 'out_of_territory', label: 'Hors de notre territoire' },
    { code: 'out_of_mission', label: 'Hors des missions du DAC', definition: 'Acte de soin, prescription, aide matérielle directe…' },
    { code: 'exclusively_social', label: 'Question exclusivement sociale' },
    { code: 'incomplete', label: 'Renseignements jamais complétés' },
  ],
})

/** Subsidiarity (R9): the resources of the territory first. What stays unanswered is why the DAC acts. */
export const subsidiarityChecks = defineValueSet({
  code: 'intake.subsidiarity_check',
  title: 'Avant d’intervenir : qui d’autre peut répondre ?',
  values: [
    { code: 'requester_alone', label: 'Le demandeur peut agir seul, avec un conseil de notre part' },
    { code: 'gp_involved', label: 'Le médecin traitant est associé' },
    { code: 'services_in_place', label: 'Un service déjà en place peut s’en charger', definition: 'SSIAD, SAD, SAVS, SAMSAH, CMP, HAD, service social…' },
    { code: 'coordination_in_place', label: 'Quelqu’un coordonne déjà', definition: 'Équipe APA, référent MDPH, infirmier en pratique avancée, coordinateur de MSP, ESMS…' },
    { code: 'specific_scheme', label: 'Un dispositif spécialisé est fait pour cela', definition: 'Cancer, périnatalité, troubles du neurodéveloppement, plateforme de répit…' },
    { code: 'exclusively_social', label: 'La question est exclusivement sociale', definition: 'Dans ce cas le DAC passe le relais et ne poursuit pas.' },
    { code: 'in_territory', label: 'La personne habite notre territoire' },
  ],
})

export const subsidiarityFindings = defineValueSet({
  code: 'intake.subsidiarity_finding',
  title: 'Constat',
  values: [
    { code: 'yes', label: 'Oui' },
    { code: 'no', label: 'Non' },
    { code: 'tried', label: 'Essayé sans succès' },
    { code: 'unknown', label: 'À vérifier' },
  ],
})

/** R10: the DAC does not continue when the question is exclusively social; the relay is named and followed. */
export const exclusivelySocialOutcomes = defineValueSet({
  code: 'intake.exclusively_social_outcome',
  title: 'Question exclusivement sociale',
  values: [
    { code: 'relayed', label: 'Relais pris par un service social nommé' },
    { code: 'appointment_given', label: 'Rendez-vous donné par le service social' },
    { code: 'requester_informed', label: 'Demandeur informé du bon interlocuteur' },
    { code: 'no_relay', label: 'Aucun relais trouvé', definition: 'À signaler comme rupture de parcours.' },
  ],
})

export const reorientationTargets = defineValueSet({
  code: 'intake.reorientation_target',
  title: 'Réorienté vers',
  values: [
    { code: 'other_dac', label: 'Autre DAC', definition: 'La personne habite un autre territoire.' },
    { code: 'gp', label: 'Médecin traitant' },
    { code: 'coordinated_practice', label: 'MSP, centre de santé, ESP' },
    { code: 'cpts', label: 'CPTS' },
    { code: 'home_care', label: 'SSIAD, SAD ou service autonomie' },
    { code: 'had', label: 'Hospitalisation à domicile' },
    { code: 'hospital', label: 'Hôpital, consultation ou admission directe' },
    { code: 'geriatric', label: 'Filière gériatrique' },
    { code: 'palliative', label: 'Filière palliative' },
    { code: 'psychiatry', label: 'CMP, psychiatrie' },
    { code: 'addiction', label: 'CSAPA, CAARUD' },
    { code: 'specific_scheme', label: 'Dispositif spécifique régional ou expert' },
    { code: 'tnd_platform', label: 'Plateforme troubles du neurodéveloppement' },
    { code: 'crt', label: 'Centre de ressources territorial' },
    { code: 'respite', label: 'Plateforme de répit' },
    { code: 'mdph', label: 'MDPH' },
    { code: 'community_360', label: 'Communauté 360' },
    { code: 'disability_service', label: 'SAVS, SAMSAH, autre service du handicap' },
    { code: 'clic', label: 'CLIC' },
    { code: 'apa_team', label: 'Équipe APA du département' },
    { code: 'ccas', label: 'CCAS ou CIAS' },
    { code: 'social_service', label: 'Service social de secteur' },
    { code: 'hospital_social_service', label: 'Service social hospitalier' },
    { code: 'child_protection', label: 'PMI, aide sociale à l’enfance' },
    { code: 'health_insurance', label: 'Assurance maladie, service social Carsat' },
    { code: 'legal_protection', label: 'Protection des majeurs, juge' },
    { code: 'housing', label: 'Logement, hébergement, 115' },
    { code: 'association', label: 'Association' },
    { code: 'emergency', label: 'Urgence : 15, 18, 112', definition: 'Urgence vitale ou danger immédiat.' },
    { code: 'other', label: 'Autre' },
  ],
})

/** R12: a reorientation is followed until its outcome is known. */
export const reorientationOutcomes = defineValueSet({
  code: 'intake.reorientation_outcome',
  title: 'Suite donnée par le partenaire',
  values: [
    { code: 'pending', label: 'En attente de nouvelles' },
    { code: 'accepted', label: 'Acceptée' },
    { code: 'waiting_list', label: 'Acceptée, sur liste d’attente' },
    { code: 'refused', label: 'Refusée par le partenaire' },
    { code: 'declined_by_person', label: 'Déclinée par la personne' },
    { code: 'redirected', label: 'Renvoyée vers un autre' },
    { code: 'no_news', label: 'Sans nouvelles malgré les relances' },
  ],
})

export const reorientationRelevances = defineValueSet({
  code: 'intake.reorientation_relevance',
  title: 'La réorientation était-elle la bonne ?',
  values: [
    { code: 'relevant', label: 'Oui' },
    { code: 'partly', label: 'En partie' },
    { code: 'not_relevant', label: 'Non' },
    { code: 'unknown', label: 'On ne sait pas' },
  ],
})

/** How the answer went back to the requester, or to whoever sent the person (R13). */
export const replyChannels = defineValueSet({
  code: 'intake.reply_channel',
  title: 'Réponse rendue par',
  values: [
    { code: 'phone', label: 'Téléphone' },
    { code: 'during_call', label: 'Pendant l’appel' },
    { code: 'mssante', label: 'Messagerie sécurisée' },
    { code: 'extranet', label: 'Espace professionnel' },
    { code: 'email', label: 'Courriel, sans donnée nominative' },
    { code: 'letter', label: 'Courrier' },
    { code: 'in_person', label: 'De vive voix' },
  ],
})

export const intakeValueSets: readonly ValueSetDefinition[] = [
  firstKeys, channels, requesterKinds, motives, delays, personInformed, answers, noFollowUpReasons, subsidiarityChecks, subsidiarityFindings,
  exclusivelySocialOutcomes, reorientationTargets, reorientationOutcomes, reorientationRelevances, replyChannels,
]
