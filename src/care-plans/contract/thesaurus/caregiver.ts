import { action, domain, objective, problem } from './tree.ts'

export const caregiver = domain('D5', 'Aidant', [
  problem('exhaustion', 'Aidant épuisé', { volet: 'social', national: 'GEN-092.01.01', keywords: ['epuisement', 'repit', 'fatigue'] }, [
    objective('rest', 'Que l’aidant dorme et souffle', [
      action('day_care', 'Accueil de jour', 'day_care', 45),
      action('temporary', 'Hébergement temporaire', 'temporary_accommodation', 60),
      action('sitting', 'Relayage à domicile', 'respite_platform', 30),
      action('more_help', 'Augmenter les heures d’aide', 'apa_team', 45),
    ]),
    objective('heard', 'Que l’aidant soit écouté', [
      action('interview', 'Entretien avec l’aidant seul', 'referent', 15),
      action('group', 'Groupe d’aidants ou café des aidants', 'respite_platform', 45),
      action('psychologist', 'Soutien psychologique', 'psychologist', 45),
    ]),
  ]),
  problem(
    'own_health',
    'Santé de l’aidant',
    { volet: 'social', national: 'GEN-092.01.01', keywords: ['sante aidant', 'operation', 'hospitalisation aidant'] },
    [
      objective('care', 'Que l’aidant se soigne', [
        action('gp', 'Consultation de l’aidant chez son médecin', 'main_caregiver', 30),
        action('replacement', 'Prévoir qui le remplace pendant ses soins', 'respite_platform', 30),
      ]),
      objective('plan_b', 'Savoir quoi faire si l’aidant manque', [
        action('written', 'Écrire le plan de relais', 'referent', 21),
        action('emergency_place', 'Repérer un hébergement temporaire d’urgence', 'temporary_accommodation', 30),
      ]),
    ],
  ),
  problem('conflict', 'Tensions autour de la personne', { volet: 'social', national: 'GEN-092.01.01', keywords: ['conflit', 'famille', 'desaccord'] }, [
    objective('agree', 'S’entendre sur l’essentiel', [
      action('meeting', 'Réunion de famille animée', 'referent', 30),
      action('mediation', 'Médiation familiale', 'social_worker', 60),
    ]),
    objective('roles', 'Que chacun sache ce qu’il fait', [action('share', 'Écrire qui fait quoi', 'referent', 21)]),
  ]),
  problem('alone', 'Aidant sans relais', { volet: 'social', national: 'MED-058', keywords: ['relais', 'seul aidant', 'eloignement'] }, [
    objective('relay', 'Ne plus être le seul à porter', [
      action('network', 'Repérer d’autres proches ou voisins', 'referent', 21),
      action('services', 'Confier certains gestes à un service', 'home_help', 30),
      action('remote', 'Point régulier avec la famille éloignée', 'referent', 30),
    ]),
    objective('rights', 'Faire valoir les droits de l’aidant', [
      action('leave', 'Congé et allocation de proche aidant', 'social_worker', 30),
      action('card', 'Aides au répit de l’APA', 'apa_team', 45),
    ]),
  ]),
  problem('skills', 'Aidant démuni face à la maladie', { volet: 'social', national: 'GEN-092.01.01', keywords: ['formation', 'information aidant'] }, [
    objective('know', 'Comprendre la maladie et les bons gestes', [
      action('training', 'Formation des aidants', 'respite_platform', 60),
      action('demo', 'Apprentissage des gestes à domicile', 'occupational_therapist', 30),
    ]),
  ]),
  problem('young_caregiver', 'Enfant ou jeune aidant', { volet: 'social', national: 'GEN-092.01.01', keywords: ['jeune aidant', 'enfant'] }, [
    objective('childhood', 'Que le jeune garde sa vie d’enfant', [
      action('school', 'Informer l’école, avec son accord', 'school', 21),
      action('association', 'Association de jeunes aidants', 'volunteer', 45),
      action('relief', 'Aide à domicile pour le décharger', 'home_help', 21),
    ]),
  ]),
])
