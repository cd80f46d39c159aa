import { action, domain, objective, problem } from './tree.ts'

export const somatic = domain('D1', 'Santé somatique', [
  problem(
    'medication',
    'Médicaments difficiles à gérer',
    { volet: 'health', national: 'MED-056', keywords: ['pilulier', 'traitement', 'ordonnance', 'iatrogenie', 'polymedication'] },
    [
      objective('safe', 'Prendre ses médicaments sans erreur', [
        action('pillbox', 'Préparer le pilulier chaque semaine', 'nurse', 7),
        action('nurse_round', 'Passage infirmier pour la prise des médicaments', 'nurse', 7),
        action('weekly_dispensing', 'Dispensation à la semaine par la pharmacie', 'pharmacist', 15),
        action('delivery', 'Livraison des médicaments au domicile', 'pharmacist', 7),
      ]),
      objective('review', 'N’avoir que les médicaments utiles', [
        action('reconciliation', 'Bilan partagé de médication', 'pharmacist', 30),
        action('gp_review', 'Révision de l’ordonnance', 'gp', 30),
        action('geriatric_opinion', 'Avis gériatrique sur le traitement', 'geriatrician', 45),
        action('sort_cabinet', 'Trier et rapporter les médicaments périmés', 'home_help', 15),
      ]),
    ],
  ),
  problem(
    'adherence',
    'Soins ou traitement suivis irrégulièrement',
    { volet: 'health', national: 'MED-056', keywords: ['observance', 'oubli', 'rendez-vous manques'] },
    [
      objective('understand', 'Comprendre son traitement et à quoi il sert', [
        action('explain', 'Consultation d’explication avec le médecin traitant', 'gp', 30),
        action('education', 'Séance d’éducation thérapeutique de proximité', 'advanced_nurse', 60),
        action('easy_plan', 'Remettre un plan de prise facile à lire', 'pharmacist', 15),
      ]),
      objective('appointments', 'Aller à ses rendez-vous', [
        action('reminder', 'Rappeler la veille de chaque rendez-vous', 'home_help', 15),
        action('escort', 'Accompagner au rendez-vous', 'referent', 30),
        action('transport', 'Prescrire et réserver le transport', 'gp', 15),
      ]),
    ],
  ),
  problem(
    'mobility',
    'Chutes, difficulté à se déplacer',
    { volet: 'health', national: 'MED-057', keywords: ['chute', 'marche', 'equilibre', 'escalier', 'transfert'] },
    [
      objective('no_fall', 'Se déplacer chez soi sans tomber', [
        action('physio', 'Rééducation de l’équilibre et de la marche à domicile', 'physiotherapist', 15),
        action('home_audit', 'Visite d’un ergothérapeute au domicile', 'occupational_therapist', 30),
        action('grab_bars', 'Poser barres d’appui et antidérapants', 'landlord', 45),
        action('fall_review', 'Bilan de chute : tension debout, vue, pieds, médicaments', 'gp', 21),
        action('shoes', 'Soins de pieds et chaussage adapté', 'podiatrist', 30),
      ]),
      objective('get_up', 'Pouvoir se relever ou appeler après une chute', [
        action('alarm', 'Installer une téléassistance', 'alarm_provider', 21),
        action('floor_exercise', 'Apprendre à se relever du sol', 'physiotherapist', 45),
        action('key_box', 'Poser une boîte à clés', 'main_caregiver', 15),
      ]),
      objective('equipment', 'Disposer du matériel qui aide à bouger', [
        action('walker', 'Prescrire et régler l’aide à la marche', 'gp', 15),
        action('wheelchair', 'Essai et choix d’un fauteuil roulant', 'occupational_therapist', 45),
        action('bed', 'Installer un lit médicalisé', 'medical_device_provider', 7),
      ]),
    ],
  ),
  problem(
    'basic_activities',
    'Gestes de base devenus difficiles',
    { volet: 'health', national: 'MED-060', keywords: ['adl', 'lever', 'coucher', 'dependance', 'gir'] },
    [
      objective('helped_daily', 'Être aidé chaque jour pour se lever, se laver, s’habiller', [
        action('ssiad', 'Demande de soins infirmiers à domicile', 'ssiad', 15),
        action('home_help', 'Demande d’aide à domicile', 'home_help', 15),
        action('training', 'Séances d’ergothérapie pour refaire seul ce qui peut l’être', 'occupational_therapist', 45),
      ]),
      objective('transfers', 'Passer du lit au fauteuil sans danger', [
        action('hoist', 'Installer un lève-personne ou un verticalisateur', 'medical_device_provider', 15),
        action('teach', 'Montrer les gestes aux aidants', 'physiotherapist', 21),
      ]),
    ],
  ),
  problem(
    'nutrition',
    'Alimentation insuffisante ou inadaptée',
    { volet: 'health', national: 'MED-061', keywords: ['denutrition', 'poids', 'appetit', 'fausses routes', 'hydratation', 'obesite'] },
    [
      objective('weight', 'Reprendre du poids ou ne plus en perdre', [
        action('weigh', 'Peser chaque mois et noter', 'nurse', 30),
        action('dietician', 'Consultation de diététique', 'dietician', 30),
        action('supplements', 'Compléments nutritionnels si besoin', 'gp', 15),
        action('blood_test', 'Bilan de dénutrition', 'gp', 21),
      ]),
      objective('eat_well', 'Manger à sa faim, ce que l’on aime', [
        action('meals', 'Mettre en place le portage de repas', 'meal_delivery', 15),
        action('help_meal', 'Aide au repas de midi', 'home_help', 15),
        action('canteen', 'Repas partagé à la résidence ou au club', 'ccas', 30),
      ]),
      objective('swallow', 'Manger et boire sans s’étouffer', [
        action('speech', 'Bilan de déglutition', 'speech_therapist', 30),
        action('texture', 'Adapter les textures et la position', 'dietician', 21),
      ]),
    ],
  ),
  problem('pain', 'Douleur', { volet: 'health', national: 'GEN-092.01.01', keywords: ['douleur', 'mal', 'morphine'] }, [
    objective('relief', 'Avoir moins mal, le jour et la nuit', [
      action('assess', 'Évaluer la douleur à chaque passage', 'nurse', 7),
      action('treatment', 'Adapter le traitement de la douleur', 'gp', 7),
      action('pain_clinic', 'Consultation de la douleur', 'specialist', 60),
    ]),
    objective('alternatives', 'Être soulagé aussi sans médicament', [
      action('physio', 'Kinésithérapie antalgique', 'physiotherapist', 30),
      action('relaxation', 'Relaxation, hypnose, toucher', 'psychologist', 45),
    ]),
  ]),
  problem('wound', 'Plaie ou escarre', { volet: 'health', national: 'GEN-092.01.01', keywords: ['plaie', 'escarre', 'ulcere', 'pansement'] }, [
    objective('heal', 'Fermer la plaie', [
      action('dressing', 'Pansements, avec photo de suivi', 'nurse', 3),
      action('remote_opinion', 'Avis plaies et cicatrisation à distance', 'specialist', 21),
      action('nutrition', 'Apport en protéines suffisant', 'dietician', 21),
    ]),
    objective('prevent', 'Éviter une nouvelle plaie', [
      action('mattress', 'Matelas et coussin adaptés', 'medical_device_provider', 7),
      action('position', 'Changer de position, surveiller la peau', 'ssiad', 7),
      action('compression', 'Contention ou bas adaptés', 'gp', 21),
    ]),
  ]),
  problem(
    'sensory',
    'Vue ou audition insuffisante',
    { volet: 'health', national: 'GEN-092.01.01', keywords: ['vue', 'lunettes', 'audition', 'surdite', 'appareil auditif'] },
    [
      objective('see', 'Voir assez pour lire et se déplacer', [
        action('ophthalmo', 'Consultation d’ophtalmologie', 'specialist', 90),
        action('low_vision', 'Bilan de basse vision, éclairage, loupe', 'occupational_therapist', 60),
      ]),
      objective('hear', 'Entendre et suivre une conversation', [
        action('ent', 'Consultation ORL et audiogramme', 'specialist', 90),
        action('hearing_aid', 'Essai d’appareil auditif et financement', 'ccas', 90),
        action('maintenance', 'Vérifier les piles et le port de l’appareil', 'home_help', 15),
      ]),
    ],
  ),
  problem(
    'oral_health',
    'Bouche et dents en mauvais état',
    { volet: 'health', national: 'GEN-092.01.01', keywords: ['dents', 'bouche', 'prothese dentaire'] },
    [
      objective('treated', 'Retrouver une bouche sans douleur', [
        action('dentist', 'Consultation dentaire, au fauteuil ou au domicile', 'dentist', 60),
        action('transport', 'Transport adapté vers le cabinet', 'transporter', 60),
      ]),
      objective('hygiene', 'Se brosser les dents ou la prothèse chaque jour', [
        action('helped', 'Aide au soin de bouche', 'home_help', 15),
        action('material', 'Fournir brosse et produits adaptés', 'main_caregiver', 15),
      ]),
    ],
  ),
  problem(
    'continence',
    'Fuites urinaires, constipation',
    { volet: 'health', national: 'GEN-092.01.01', keywords: ['incontinence', 'protections', 'constipation', 'sonde'] },
    [
      objective('comfort', 'Rester propre et au sec', [
        action('assess', 'Bilan de l’incontinence', 'gp', 30),
        action('pads', 'Protections adaptées et leur financement', 'nurse', 15),
        action('toilet_rhythm', 'Proposer les toilettes à heures régulières', 'home_help', 15),
      ]),
      objective('bowel', 'Aller à la selle sans gêne', [
        action('treatment', 'Adapter traitement, boissons et alimentation', 'gp', 15),
        action('watch', 'Noter le transit', 'nurse', 7),
      ]),
    ],
  ),
  problem(
    'chronic',
    'Maladie chronique mal équilibrée',
    { volet: 'health', national: 'ORG-011', keywords: ['diabete', 'coeur', 'insuffisance', 'bpco', 'renale'] },
    [
      objective('balance', 'Stabiliser la maladie et éviter l’hôpital', [
        action('protocol', 'Plan de surveillance : qui mesure quoi, quand alerter', 'gp', 21),
        action('ipa', 'Suivi par l’infirmier en pratique avancée', 'advanced_nurse', 30),
        action('specialist', 'Consultation du spécialiste', 'specialist', 60),
        action('telemonitoring', 'Proposer une télésurveillance', 'specialist', 45),
      ]),
      objective('live_with', 'Vivre au mieux avec la maladie', [
        action('therapeutic_education', 'Programme d’éducation thérapeutique', 'specialist', 90),
        action('activity', 'Activité physique adaptée', 'physiotherapist', 60),
        action('peers', 'Rencontrer une association de patients', 'person', 60),
      ]),
    ],
  ),
  problem('cancer', 'Parcours de cancer lourd à vivre', { volet: 'health', national: 'ORG-011', keywords: ['cancer', 'chimiotherapie', 'oncologie'] }, [
    objective('side_effects', 'Supporter les traitements', [
      action('contact', 'Numéro à appeler en cas d’effet indésirable', 'hospital_ward', 7),
      action('supportive_care', 'Soins de support : psychologue, diététique, activité', 'hospital_ward', 30),
    ]),
    objective('continuity', 'Passer de l’hôpital au domicile sans trou', [
      action('plan', 'Obtenir le programme personnalisé de soins', 'hospital_ward', 15),
      action('had', 'Demande d’hospitalisation à domicile', 'had', 7),
    ]),
  ]),
  problem('no_gp', 'Pas de médecin traitant', { volet: 'administrative', national: 'ORG-011', keywords: ['medecin traitant', 'cpts'] }, [
    objective('find', 'Avoir un médecin traitant', [
      action('cpts', 'Saisir la CPTS', 'referent', 2),
      action('insurance', 'Signaler l’absence de médecin à l’Assurance maladie', 'referent', 15),
      action('declare', 'Déclarer le médecin trouvé', 'person', 30),
    ]),
    objective('meanwhile', 'Être soigné en attendant', [
      action('prescriptions', 'Renouvellement par un médecin de la CPTS ou un centre de santé', 'partner_coordinator', 7),
      action('teleconsultation', 'Téléconsultation accompagnée', 'nurse', 15),
      action('pharmacist', 'Dispensation exceptionnelle des traitements en cours', 'pharmacist', 7),
    ]),
  ]),
  problem('end_of_life', 'Maladie grave, fin de vie', { volet: 'health', national: 'GEN-092.01.01', keywords: ['palliatif', 'fin de vie', 'directives'] }, [
    objective('wishes', 'Que ses souhaits soient connus et respectés', [
      action('directives', 'Parler des directives anticipées et les recueillir', 'gp', 15),
      action('trusted_person', 'Désigner une personne de confiance', 'person', 15),
      action('spread', 'Faire connaître ses souhaits à chaque intervenant', 'referent', 7),
    ]),
    objective('at_home', 'Rester chez soi, soulagé et entouré', [
      action('anticipated', 'Prescriptions anticipées et matériel au domicile', 'gp', 3),
      action('palliative', 'Avis de l’équipe de soins palliatifs', 'palliative_team', 7),
      action('had', 'Demande d’hospitalisation à domicile', 'had', 3),
      action('night', 'Numéros de nuit et de week-end écrits et affichés', 'referent', 3),
    ]),
    objective('relatives', 'Que les proches soient soutenus', [
      action('leave', 'Congé et allocation d’accompagnement', 'social_worker', 7),
      action('volunteers', 'Bénévoles d’accompagnement', 'volunteer', 15),
      action('respite', 'Lit de répit identifié à l’avance', 'palliative_team', 15),
    ]),
  ]),
  problem(
    'access_to_care',
    'Soins difficiles d’accès, prévention en retard',
    { volet: 'health', national: 'ORG-011', keywords: ['vaccination', 'depistage', 'desert', 'transport'] },
    [
      objective('up_to_date', 'Être à jour de ses soins de prévention', [
        action('vaccines', 'Mettre à jour les vaccins', 'nurse', 60),
        action('screening', 'Dépistages et bilan de prévention à l’âge clé', 'gp', 90),
      ]),
      objective('reach', 'Obtenir les rendez-vous nécessaires', [
        action('search', 'Chercher un spécialiste accessible', 'referent', 30),
        action('tele_expertise', 'Demander une téléexpertise', 'gp', 30),
        action('mobile', 'Consultation mobile ou à domicile', 'specialist', 60),
      ]),
    ],
  ),
])
