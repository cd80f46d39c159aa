import { type CodeOf, defineValueSet, type ValueSetDefinition } from '../../territory/contract/value-sets.ts'

/**
 * Who may exchange or share information about a person (CSP, R.1110-2: 1°, and the closed list of the 2°; its letter h is repealed).
 * `none` is for whoever the article does not name: named in a circle, she sees nothing.
 */
export const sharingCategories = defineValueSet({
  code: 'care_team.sharing_category',
  title: 'Catégorie au sens de l’article R. 1110-2',
  origin: 'national',
  values: [
    { code: '1', label: 'Professionnel de santé', definition: 'R. 1110-2, 1° : quatrième partie du code de la santé publique.' },
    { code: '2a', label: 'Assistant de service social', definition: 'R. 1110-2, 2°, a.' },
    {
      code: '2b',
      label: 'Psychologue, ostéopathe, accompagnant éducatif et social',
      definition: 'R. 1110-2, 2°, b : aussi chiropracteurs, psychothérapeutes, aides médico-psychologiques.',
    },
    { code: '2c', label: 'Assistant maternel ou familial', definition: 'R. 1110-2, 2°, c.' },
    { code: '2d', label: 'Éducateur, aide familial', definition: 'R. 1110-2, 2°, d : aussi permanents des lieux de vie.' },
    { code: '2e', label: 'Accueillant familial', definition: 'R. 1110-2, 2°, e : particulier accueillant une personne âgée ou handicapée.' },
    { code: '2f', label: 'Mandataire judiciaire, délégué aux prestations familiales', definition: 'R. 1110-2, 2°, f.' },
    {
      code: '2g',
      label: 'Salarié non soignant d’un établissement ou service',
      definition: 'R. 1110-2, 2°, g : établissements et services sociaux et médico-sociaux.',
    },
    { code: '2i', label: 'Équipe médico-sociale de l’APA', definition: 'R. 1110-2, 2°, i : membres qui ne sont pas professionnels de santé.' },
    { code: '2j', label: 'Personnel d’un DAC ou d’un dispositif régional', definition: 'R. 1110-2, 2°, j.' },
    { code: 'none', label: 'Hors de la liste', definition: 'Bailleur, enseignant, bénévole, proche : aucun accès sans accord de la personne.' },
  ],
})
export type SharingCategory = CodeOf<typeof sharingCategories>

/** What a member of the circle does for the person. The rights that go with each are in roles.ts. */
export const careRoles = defineValueSet({
  code: 'care_team.role',
  title: 'Rôle auprès de la personne',
  values: [
    { code: 'g_coordination', label: 'Coordination' },
    { code: 'g_care', label: 'Soins' },
    { code: 'g_home', label: 'Aide et vie quotidienne' },
    { code: 'g_social', label: 'Social et droits' },
    { code: 'g_relatives', label: 'Proches' },
    { code: 'g_others', label: 'Autres contacts' },

    { code: 'referent', parent: 'g_coordination', label: 'Référent de parcours' },
    { code: 'co_referent', parent: 'g_coordination', label: 'Binôme du référent' },
    { code: 'dac_doctor', parent: 'g_coordination', label: 'Médecin du DAC' },
    { code: 'dac_professional', parent: 'g_coordination', label: 'Autre professionnel du DAC' },
    {
      code: 'partner_coordinator',
      parent: 'g_coordination',
      label: 'Coordinateur d’un partenaire',
      definition: 'MSP, filière, dispositif spécifique régional, CRT…',
    },

    { code: 'gp', parent: 'g_care', label: 'Médecin traitant' },
    { code: 'gp_other', parent: 'g_care', label: 'Autre médecin généraliste' },
    { code: 'specialist', parent: 'g_care', label: 'Médecin spécialiste' },
    { code: 'geriatrician', parent: 'g_care', label: 'Gériatre' },
    { code: 'psychiatrist', parent: 'g_care', label: 'Psychiatre' },
    { code: 'nurse', parent: 'g_care', label: 'Infirmier libéral' },
    { code: 'advanced_nurse', parent: 'g_care', label: 'Infirmier en pratique avancée' },
    { code: 'pharmacist', parent: 'g_care', label: 'Pharmacien' },
    { code: 'physiotherapist', parent: 'g_care', label: 'Kinésithérapeute' },
    { code: 'occupational_therapist', parent: 'g_care', label: 'Ergothérapeute' },
    { code: 'speech_therapist', parent: 'g_care', label: 'Orthophoniste' },
    { code: 'psychomotor_therapist', parent: 'g_care', label: 'Psychomotricien' },
    { code: 'dietician', parent: 'g_care', label: 'Diététicien' },
    { code: 'podiatrist', parent: 'g_care', label: 'Pédicure-podologue' },
    { code: 'dentist', parent: 'g_care', label: 'Chirurgien-dentiste' },
    { code: 'midwife', parent: 'g_care', label: 'Sage-femme' },
    { code: 'psychologist', parent: 'g_care', label: 'Psychologue' },
    { code: 'had', parent: 'g_care', label: 'Hospitalisation à domicile' },
    { code: 'ssiad', parent: 'g_care', label: 'Soins infirmiers à domicile (SSIAD)' },
    { code: 'specialised_alzheimer_team', parent: 'g_care', label: 'Équipe spécialisée Alzheimer' },
    { code: 'palliative_team', parent: 'g_care', label: 'Équipe de soins palliatifs' },
    { code: 'geriatric_team', parent: 'g_care', label: 'Équipe mobile de gériatrie' },
    { code: 'psychiatry_team', parent: 'g_care', label: 'CMP, équipe de psychiatrie' },
    { code: 'addiction_team', parent: 'g_care', label: 'Équipe d’addictologie' },
    { code: 'hospital_ward', parent: 'g_care', label: 'Service hospitalier' },
    { code: 'medical_device_provider', parent: 'g_care', label: 'Prestataire de matériel' },

    { code: 'home_help', parent: 'g_home', label: 'Aide à domicile (SAD)' },
    { code: 'meal_delivery', parent: 'g_home', label: 'Portage de repas' },
    { code: 'alarm_provider', parent: 'g_home', label: 'Téléassistance' },
    { code: 'day_care', parent: 'g_home', label: 'Accueil de jour' },
    { code: 'temporary_accommodation', parent: 'g_home', label: 'Hébergement temporaire' },
    { code: 'institution', parent: 'g_home', label: 'Établissement d’accueil' },
    { code: 'disability_service', parent: 'g_home', label: 'SAVS, SAMSAH, autre service du handicap' },
    { code: 'educator', parent: 'g_home', label: 'Éducateur' },
    { code: 'foster_carer', parent: 'g_home', label: 'Accueillant ou assistant familial' },
    { code: 'respite_platform', parent: 'g_home', label: 'Plateforme de répit' },

    { code: 'social_worker', parent: 'g_social', label: 'Assistant de service social' },
    { code: 'hospital_social_worker', parent: 'g_social', label: 'Assistant social de l’hôpital' },
    { code: 'apa_team', parent: 'g_social', label: 'Équipe APA du département' },
    { code: 'mdph', parent: 'g_social', label: 'MDPH' },
    { code: 'ccas', parent: 'g_social', label: 'CCAS, CLIC' },
    { code: 'legal_representative_professional', parent: 'g_social', label: 'Mandataire judiciaire' },
    { code: 'child_protection', parent: 'g_social', label: 'Protection de l’enfance' },
    { code: 'shelter_worker', parent: 'g_social', label: 'Travailleur social d’un hébergement' },
    { code: 'health_insurance', parent: 'g_social', label: 'Assurance maladie, Carsat' },

    { code: 'main_caregiver', parent: 'g_relatives', label: 'Aidant principal' },
    { code: 'caregiver', parent: 'g_relatives', label: 'Aidant' },
    {
      code: 'trusted_person',
      parent: 'g_relatives',
      label: 'Personne de confiance',
      definition: 'Désignée par écrit par la personne (L. 1111-6). Ni forcément l’aidant, ni la personne à prévenir.',
    },
    { code: 'legal_representative_relative', parent: 'g_relatives', label: 'Représentant légal de la famille' },
    { code: 'parental_authority', parent: 'g_relatives', label: 'Titulaire de l’autorité parentale' },
    { code: 'contact_to_call', parent: 'g_relatives', label: 'Personne à prévenir' },
    { code: 'relative', parent: 'g_relatives', label: 'Proche' },

    { code: 'landlord', parent: 'g_others', label: 'Bailleur, gardien' },
    { code: 'school', parent: 'g_others', label: 'École' },
    { code: 'employer', parent: 'g_others', label: 'Employeur, insertion' },
    { code: 'volunteer', parent: 'g_others', label: 'Bénévole, association' },
    { code: 'interpreter', parent: 'g_others', label: 'Interprète' },
    { code: 'transporter', parent: 'g_others', label: 'Transporteur sanitaire' },
    { code: 'other', parent: 'g_others', label: 'Autre' },
  ],
})
export type CareRole = CodeOf<typeof careRoles>

/** On what ground a member sees the file. Being named is none of them. */
export const sharingBases = defineValueSet({
  code: 'care_team.sharing_basis',
  title: 'Pourquoi ce membre voit le dossier',
  values: [
    { code: 'care_team', label: 'Équipe de soins', definition: 'La personne est informée et peut s’opposer (L. 1110-4, L. 1110-12).' },
    { code: 'consent', label: 'Accord de la personne', definition: 'Hors équipe de soins : accord préalable, par tout moyen (L. 1110-4, III).' },
    { code: 'none', label: 'Aucun accès', definition: 'Simple contact : il figure au cercle et ne voit rien.' },
  ],
})
export type SharingBasis = CodeOf<typeof sharingBases>

/** What makes the équipe de soins (L.1110-12), recorded for each member. */
export const careTeamGrounds = defineValueSet({
  code: 'care_team.ground',
  title: 'Équipe de soins au titre de',
  values: [
    { code: 'same_structure', label: 'Même établissement ou service', definition: 'L. 1110-12, 1°.' },
    { code: 'coordination_structure', label: 'Dispositif de coordination', definition: 'L. 1110-12, 1° : le DAC et ses professionnels.' },
    { code: 'recognised_by_person', label: 'Reconnu par la personne', definition: 'L. 1110-12, 2° : elle s’est adressée à lui pour sa prise en charge.' },
    { code: 'formalised_team', label: 'Équipe formalisée', definition: 'L. 1110-12, 3° : organisation conforme à l’arrêté.' },
  ],
})

export const memberEndReasons = defineValueSet({
  code: 'care_team.end_reason',
  title: 'Pourquoi le membre quitte le cercle',
  values: [
    { code: 'mission_ended', label: 'Intervention terminée' },
    { code: 'replaced', label: 'Remplacé' },
    { code: 'person_wish', label: 'À la demande de la personne' },
    { code: 'opposition', label: 'Opposition au partage avec lui' },
    { code: 'own_wish', label: 'À sa demande' },
    { code: 'moved', label: 'Déménagement' },
    { code: 'deceased', label: 'Décès' },
    { code: 'mistake', label: 'Ajouté par erreur' },
  ],
})

/** Limits that the person sets: shown before any call, letter or invitation. */
export const silenceKinds = defineValueSet({
  code: 'care_team.silence',
  title: 'Ce que la personne demande',
  values: [
    { code: 'tell_nothing', label: 'Ne rien dire à' },
    { code: 'no_call', label: 'Ne pas appeler' },
    { code: 'no_sharing', label: 'Ne rien partager avec' },
    { code: 'hidden_address', label: 'Cacher son adresse à' },
  ],
})

export const careTeamValueSets: readonly ValueSetDefinition[] = [sharingCategories, careRoles, sharingBases, careTeamGrounds, memberEndReasons, silenceKinds]
