import { action, domain, objective, problem } from './tree.ts'

export const psychic = domain('D2', 'Santé psychique et cognitive', [
  problem('mood', 'Tristesse, dépression', { volet: 'health', national: 'MED-063', keywords: ['depression', 'humeur', 'tristesse', 'moral'] }, [
    objective('better', 'Retrouver le moral et l’envie', [
      action('gp', 'Consultation dédiée avec le médecin traitant', 'gp', 15),
      action('psychologist', 'Suivi par un psychologue, dispositif remboursé si possible', 'psychologist', 45),
      action('cmp', 'Rendez-vous au CMP', 'psychiatry_team', 45),
    ]),
    objective('activities', 'Refaire des choses qui font du bien', [
      action('list', 'Choisir avec elle une activité par semaine', 'referent', 21),
      action('visits', 'Visites de convivialité', 'volunteer', 30),
      action('day_care', 'Essai d’accueil de jour ou d’atelier', 'day_care', 45),
    ]),
  ]),
  problem('anxiety', 'Angoisses', { volet: 'health', national: 'MED-063', keywords: ['angoisse', 'anxiete', 'panique'] }, [
    objective('calmer', 'Être moins angoissé', [
      action('assess', 'Consultation pour évaluer et traiter', 'gp', 21),
      action('support', 'Soutien psychologique', 'psychologist', 45),
      action('nights', 'Appel ou passage du soir', 'home_help', 15),
    ]),
    objective('know_whom', 'Savoir qui appeler quand l’angoisse monte', [
      action('card', 'Écrire une carte des numéros', 'referent', 7),
      action('rehearse', 'Convenir d’un rappel régulier', 'referent', 7),
    ]),
  ]),
  problem(
    'cognitive',
    'Troubles de la mémoire ou du jugement',
    { volet: 'health', national: 'GEN-092.01.01', keywords: ['memoire', 'alzheimer', 'cognitif', 'desorientation'] },
    [
      objective('diagnosis', 'Savoir de quoi il s’agit', [
        action('memory_clinic', 'Consultation mémoire', 'geriatrician', 90),
        action('tests', 'Bilan de repérage par le médecin traitant', 'gp', 30),
        action('announce', 'Entretien d’annonce et d’information, avec l’aidant', 'geriatrician', 120),
      ]),
      objective('maintain', 'Garder ses capacités le plus longtemps possible', [
        action('esa', 'Équipe spécialisée Alzheimer', 'specialised_alzheimer_team', 45),
        action('speech', 'Orthophonie', 'speech_therapist', 45),
        action('day_care', 'Accueil de jour', 'day_care', 60),
      ]),
      objective('safe', 'Vivre chez soi sans se mettre en danger', [
        action('gas', 'Sécuriser gaz, plaques, eau chaude', 'occupational_therapist', 15),
        action('gps', 'Géolocalisation acceptée par la personne', 'main_caregiver', 21),
        action('driving', 'Avis sur la conduite automobile', 'gp', 30),
        action('keys', 'Doubles de clés et voisins prévenus, avec son accord', 'main_caregiver', 15),
      ]),
    ],
  ),
  problem(
    'behaviour',
    'Troubles du comportement',
    { volet: 'health', national: 'GEN-092.01.01', keywords: ['agressivite', 'cris', 'deambulation', 'agitation'] },
    [
      objective('understand', 'Comprendre ce qui déclenche les crises', [
        action('diary', 'Tenir un journal des situations', 'main_caregiver', 15),
        action('somatic', 'Chercher une cause : douleur, infection, médicament', 'gp', 7),
        action('mobile_team', 'Avis de l’équipe mobile', 'geriatric_team', 21),
      ]),
      objective('calm', 'Apaiser le quotidien', [
        action('routine', 'Horaires et intervenants stables', 'home_help', 15),
        action('train', 'Former l’aidant et les intervenants aux bonnes attitudes', 'psychologist', 30),
        action('ucc', 'Séjour en unité cognitivo-comportementale', 'geriatrician', 45),
      ]),
    ],
  ),
  problem(
    'psychiatric',
    'Maladie psychique',
    { volet: 'health', national: 'GEN-092.01.01', keywords: ['psychose', 'schizophrenie', 'bipolaire', 'delire', 'cmp'] },
    [
      objective('care', 'Retrouver ou garder un suivi psychiatrique', [
        action('cmp', 'Reprendre le lien avec le CMP', 'psychiatry_team', 21),
        action('home', 'Visites à domicile de l’équipe de secteur', 'psychiatry_team', 30),
        action('injection', 'Organiser le traitement à domicile', 'nurse', 15),
      ]),
      objective('recovery', 'Vivre sa vie avec la maladie', [
        action('gem', 'Groupe d’entraide mutuelle', 'volunteer', 45),
        action('samsah', 'Demande de SAMSAH ou de SAVS', 'mdph', 60),
        action('rehab', 'Réhabilitation psychosociale', 'psychiatry_team', 90),
      ]),
    ],
  ),
  problem('addiction', 'Addiction', { volet: 'health', national: 'GEN-092.01.01', keywords: ['alcool', 'drogue', 'tabac', 'jeu'] }, [
    objective('talk', 'Pouvoir en parler et être orienté', [
      action('spotting', 'Repérage et intervention brève', 'gp', 21),
      action('csapa', 'Rendez-vous au CSAPA ou consultation avancée', 'addiction_team', 30),
    ]),
    objective('reduce', 'Réduire les risques, à son rythme', [
      action('plan', 'Fixer avec elle ce qui change en premier', 'addiction_team', 30),
      action('harm_reduction', 'Lien avec le CAARUD', 'addiction_team', 30),
      action('withdrawal', 'Organiser un sevrage et l’après', 'hospital_ward', 60),
    ]),
  ]),
  problem('grief', 'Deuil difficile', { volet: 'health', national: 'MED-063', keywords: ['deuil', 'veuvage', 'deces'] }, [
    objective('supported', 'Traverser le deuil avec un appui', [
      action('call', 'Appels réguliers le premier mois', 'referent', 7),
      action('group', 'Groupe de parole ou association', 'volunteer', 45),
      action('psychologist', 'Soutien psychologique', 'psychologist', 45),
    ]),
    objective('daily', 'Reprendre ce que faisait la personne disparue', [
      action('papers', 'Aide aux démarches après décès', 'social_worker', 21),
      action('help', 'Compléter les aides à domicile', 'home_help', 15),
    ]),
  ]),
  problem('suicide', 'Idées suicidaires', { volet: 'health', national: 'MED-063', keywords: ['suicide', 'idees noires', 'mourir'] }, [
    objective('safe_now', 'Être en sécurité maintenant', [
      action('assess', 'Évaluer l’urgence et le passage à l’acte possible', 'gp', 1),
      action('psy_emergency', 'Avis psychiatrique urgent', 'psychiatry_team', 1),
      action('means', 'Éloigner médicaments et moyens dangereux', 'main_caregiver', 1),
      action('number', 'Donner le 3114 et un rappel convenu', 'referent', 1),
    ]),
    objective('followed', 'Être suivi de près ensuite', [
      action('call_back', 'Rappels programmés après la crise', 'psychiatry_team', 7),
      action('plan', 'Écrire un plan de crise', 'psychiatry_team', 15),
    ]),
  ]),
  problem('sleep', 'Sommeil perturbé', { volet: 'health', national: 'GEN-092.01.01', keywords: ['sommeil', 'insomnie', 'nuit'] }, [
    objective('rest', 'Dormir mieux', [
      action('habits', 'Revoir rythme, siestes, lumière', 'nurse', 21),
      action('drugs', 'Réduire les somnifères', 'gp', 45),
      action('apnoea', 'Rechercher une apnée du sommeil', 'specialist', 90),
    ]),
  ]),
])
