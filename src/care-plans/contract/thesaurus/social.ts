import { action, domain, objective, problem } from './tree.ts'

export const social = domain('D4', 'Social, droits et environnement', [
  problem('poverty', 'Ressources insuffisantes, dettes', { volet: 'social', national: 'MED-059', keywords: ['precarite', 'dettes', 'budget', 'ressources'] }, [
    objective('income', 'Toucher toutes les ressources auxquelles on a droit', [
      action('check', 'Faire le point des droits', 'social_worker', 30),
      action('minimum', 'Demande d’ASPA, d’AAH ou de RSA', 'social_worker', 60),
      action('emergency', 'Aide d’urgence', 'ccas', 7),
    ]),
    objective('debts', 'Sortir des dettes', [
      action('schedule', 'Échéancier avec les créanciers', 'social_worker', 45),
      action('bank', 'Dossier de surendettement', 'social_worker', 90),
    ]),
    objective('energy', 'Garder l’électricité et le chauffage', [
      action('fsl', 'Demande au fonds de solidarité pour le logement', 'social_worker', 30),
      action('cheque', 'Chèque énergie et tarif adapté', 'ccas', 30),
    ]),
  ]),
  problem('isolation', 'Isolement', { volet: 'social', national: 'MED-058', keywords: ['solitude', 'isolement', 'seul'] }, [
    objective('visits', 'Voir du monde chaque semaine', [
      action('volunteers', 'Visites de bénévoles', 'volunteer', 30),
      action('phone', 'Appels de convivialité', 'ccas', 21),
      action('register', 'Inscription au registre des personnes fragiles', 'ccas', 15),
    ]),
    objective('family', 'Renouer avec ses proches, si elle le souhaite', [
      action('contact', 'Reprendre contact avec un proche choisi', 'person', 30),
      action('mediation', 'Médiation familiale', 'social_worker', 60),
    ]),
  ]),
  problem(
    'housing_unfit',
    'Logement inadapté',
    { volet: 'social', national: 'GEN-092.01.01', keywords: ['logement', 'adaptation', 'escalier', 'salle de bains'] },
    [
      objective('adapt', 'Adapter le logement', [
        action('visit', 'Visite d’ergothérapeute et devis', 'occupational_therapist', 45),
        action('funding', 'Dossier MaPrimeAdapt’', 'social_worker', 90),
        action('landlord', 'Accord du bailleur pour les travaux', 'landlord', 60),
      ]),
      objective('move', 'Changer de logement', [
        action('social_housing', 'Demande de logement social prioritaire', 'social_worker', 60),
        action('residence', 'Visiter une résidence autonomie ou un habitat inclusif', 'main_caregiver', 60),
      ]),
    ],
  ),
  problem(
    'housing_degraded',
    'Logement encombré, insalubre',
    { volet: 'social', national: 'GEN-092.01.01', keywords: ['incurie', 'syllogomanie', 'insalubrite', 'nuisibles'] },
    [
      objective('safe', 'Rendre le logement sûr sans rupture pour la personne', [
        action('progressive', 'Désencombrement progressif, décidé pièce par pièce', 'home_help', 60),
        action('pests', 'Traitement des nuisibles', 'landlord', 30),
        action('hygiene_service', 'Avis du service d’hygiène', 'ccas', 30),
        action('fire', 'Détecteurs de fumée, issues dégagées', 'landlord', 15),
      ]),
      objective('lasting', 'Éviter que cela recommence', [
        action('care', 'Évaluation psychique ou cognitive', 'psychiatry_team', 60),
        action('upkeep', 'Passage régulier d’entretien', 'home_help', 45),
      ]),
    ],
  ),
  problem('homelessness', 'Sans logement stable', { volet: 'social', national: 'MED-059', keywords: ['sans abri', 'expulsion', 'hebergement'] }, [
    objective('roof', 'Avoir un toit', [
      action('siao', 'Demande au SIAO', 'shelter_worker', 7),
      action('lhss', 'Demande de lits halte soins santé ou d’appartement thérapeutique', 'hospital_social_worker', 21),
      action('eviction', 'Saisir la prévention des expulsions', 'social_worker', 21),
    ]),
    objective('rights', 'Garder courrier, droits et soins', [
      action('domicile', 'Domiciliation', 'ccas', 15),
      action('pass', 'Permanence d’accès aux soins', 'hospital_social_worker', 15),
    ]),
  ]),
  problem('rights', 'Droits non ouverts ou interrompus', { volet: 'administrative', national: 'MED-059', keywords: ['apa', 'mdph', 'css', 'ald', 'droits'] }, [
    objective('health_cover', 'Avoir une couverture de santé complète', [
      action('cpam', 'Ouverture ou mise à jour des droits', 'health_insurance', 30),
      action('css', 'Demande de complémentaire santé solidaire', 'social_worker', 45),
      action('ald', 'Demande d’affection de longue durée', 'gp', 30),
    ]),
    objective('autonomy_rights', 'Avoir les aides à l’autonomie', [
      action('apa_file', 'Constituer le dossier APA', 'social_worker', 30),
      action('mdph_file', 'Constituer le dossier MDPH', 'social_worker', 60),
      action('follow', 'Relancer l’instruction', 'referent', 30),
      action('appeal', 'Recours contre un refus', 'social_worker', 60),
    ]),
    objective('identity', 'Avoir des papiers en règle', [
      action('id', 'Refaire la carte d’identité', 'ccas', 60),
      action('residence', 'Renouveler le titre de séjour', 'social_worker', 60),
    ]),
  ]),
  problem(
    'legal_protection',
    'Besoin ou suivi d’une protection juridique',
    { volet: 'administrative', national: 'GEN-092.01.01', keywords: ['tutelle', 'curatelle', 'mandataire'] },
    [
      objective('protect', 'Protéger ses intérêts, avec la mesure la plus légère', [
        action('certificate', 'Certificat d’un médecin inscrit sur la liste', 'specialist', 45),
        action('family', 'Étudier habilitation familiale ou mandat de protection future', 'social_worker', 45),
        action('report', 'Signalement au procureur', 'referent', 15),
      ]),
      objective('work_together', 'Que le mandataire et les intervenants avancent ensemble', [
        action('meet', 'Rencontre avec le mandataire', 'legal_representative_professional', 30),
        action('budget', 'Budget des aides validé', 'legal_representative_professional', 45),
      ]),
    ],
  ),
  problem(
    'abuse',
    'Maltraitance possible, danger',
    { volet: 'social', national: 'GEN-092.01.01', keywords: ['maltraitance', 'danger', 'violence', 'emprise'] },
    [
      objective('protect', 'Mettre la personne à l’abri', [
        action('evaluate', 'Évaluer le danger à plusieurs', 'referent', 2),
        action('report', 'Signaler à l’autorité compétente', 'referent', 2),
        action('shelter', 'Solution de mise à l’abri', 'social_worker', 2),
      ]),
      objective('support', 'Être entendu et accompagné dans ses droits', [
        action('3977', 'Donner le 3977 et une association d’aide aux victimes', 'referent', 7),
        action('complaint', 'Accompagner un dépôt de plainte, si elle le décide', 'social_worker', 15),
      ]),
    ],
  ),
  problem('school', 'Scolarité interrompue ou inadaptée', { volet: 'social', national: 'GEN-092.01.01', keywords: ['ecole', 'scolarite', 'aesh'] }, [
    objective('back', 'Retrouver une scolarité possible', [
      action('team', 'Équipe de suivi de la scolarisation', 'school', 45),
      action('pap', 'Plan d’accompagnement ou projet d’accueil', 'school', 45),
      action('sessad', 'Demande de SESSAD ou d’AESH', 'mdph', 120),
    ]),
    objective('diagnosis', 'Comprendre les difficultés de l’enfant', [
      action('tnd', 'Plateforme de coordination et d’orientation', 'partner_coordinator', 60),
      action('cmpp', 'Rendez-vous CMP ou CMPP', 'psychiatry_team', 90),
    ]),
  ]),
  problem('work', 'Travail ou formation en difficulté', { volet: 'social', national: 'GEN-092.01.01', keywords: ['emploi', 'travail', 'arret', 'rqth'] }, [
    objective('keep', 'Garder ou retrouver une activité', [
      action('occupational_doctor', 'Visite de préreprise', 'specialist', 45),
      action('rqth', 'Reconnaissance de travailleur handicapé', 'mdph', 90),
      action('cap_emploi', 'Rendez-vous Cap emploi', 'employer', 60),
    ]),
  ]),
  problem(
    'disability',
    'Compensation du handicap insuffisante',
    { volet: 'social', national: 'MED-060', keywords: ['handicap', 'compensation', 'samsah', 'foyer'] },
    [
      objective('support', 'Avoir un accompagnement adapté', [
        action('savs', 'Demande de SAVS ou de SAMSAH', 'mdph', 120),
        action('c360', 'Saisir la Communauté 360', 'referent', 21),
        action('temporary', 'Accueil temporaire', 'temporary_accommodation', 60),
      ]),
      objective('place', 'Trouver un lieu de vie choisi', [
        action('orientation', 'Demande d’orientation', 'mdph', 120),
        action('visits', 'Visites et stages', 'disability_service', 120),
      ]),
    ],
  ),
])
