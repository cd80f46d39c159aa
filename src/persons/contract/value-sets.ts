import { type CodeOf, defineValueSet, type ValueSetDefinition } from '../../territory/contract/value-sets.ts'

/** Sex as the national identity has it; `I` is for an identity not yet checked. */
export const sexes = defineValueSet({
  code: 'persons.sex',
  title: 'Sexe',
  origin: 'national',
  values: [
    { code: 'F', label: 'Féminin', nationalMapping: 'F' },
    { code: 'M', label: 'Masculin', nationalMapping: 'M' },
    { code: 'I', label: 'Indéterminé', nationalMapping: 'I' },
  ],
})

/** RNIV attributes; mapped on the comments of fr-core. Their effects are in identity-status.ts. */
export const identityAttributes = defineValueSet({
  code: 'persons.identity_attribute',
  title: 'Attributs d’identité',
  origin: 'national',
  values: [
    { code: 'homonym', label: 'Homonyme', nationalMapping: 'HOMA', definition: 'Une autre personne a des traits presque identiques : vérifier deux fois.' },
    {
      code: 'doubtful',
      label: 'Identité douteuse',
      nationalMapping: 'DOUT',
      definition: 'Un doute existe : pas de qualification ni d’envoi d’INS tant qu’il n’est pas levé.',
    },
    { code: 'fictitious', label: 'Identité fictive', nationalMapping: 'FICT', definition: 'Identité de test, ou anonymat demandé.' },
  ],
})
export type IdentityAttribute = CodeOf<typeof identityAttributes>

/** Documents shown to check an identity. Which of them is of high trust is in identity-status.ts (RNIV). */
export const identityDocuments = defineValueSet({
  code: 'persons.identity_document',
  title: 'Pièce présentée',
  values: [
    { code: 'id_card', label: 'Carte nationale d’identité' },
    { code: 'passport', label: 'Passeport' },
    { code: 'residence_permit', label: 'Titre de séjour' },
    { code: 'foreign_id', label: 'Carte d’identité d’un État de l’Union européenne, de Suisse ou de l’EEE' },
    { code: 'digital_identity', label: 'Identité numérique de l’État', definition: 'France Identité ou moyen de niveau équivalent.' },
    {
      code: 'birth_certificate',
      label: 'Extrait d’acte de naissance ou livret de famille, avec la pièce du parent',
      definition: 'Pour un mineur sans pièce à son nom.',
    },
    {
      code: 'ase_certificate',
      label: 'Attestation de l’aide sociale à l’enfance',
      definition: 'Pour un mineur confié, quand aucune autre pièce n’est accessible.',
    },
    { code: 'driving_licence', label: 'Permis de conduire' },
    { code: 'vitale_card', label: 'Carte Vitale ou attestation de droits' },
    { code: 'asylum_certificate', label: 'Attestation de demande d’asile' },
    { code: 'other', label: 'Autre document' },
    { code: 'declared', label: 'Aucune pièce : identité dite' },
  ],
})
export type IdentityDocument = CodeOf<typeof identityDocuments>

/** Legal protection and other measures. What each one means for us is in protection.ts. */
export const protectionMeasures = defineValueSet({
  code: 'persons.protection_measure',
  title: 'Mesure de protection',
  values: [
    { code: 'g_adult', label: 'Majeurs' },
    { code: 'g_support', label: 'Accompagnement budgétaire et social' },
    { code: 'g_minor', label: 'Mineurs' },
    { code: 'justice_safeguard', parent: 'g_adult', label: 'Sauvegarde de justice', nationalMapping: 'MSVG' },
    { code: 'simple_curatorship', parent: 'g_adult', label: 'Curatelle simple', nationalMapping: 'CURATEUR' },
    { code: 'reinforced_curatorship', parent: 'g_adult', label: 'Curatelle renforcée', nationalMapping: 'CURATEUR' },
    { code: 'guardianship', parent: 'g_adult', label: 'Tutelle', nationalMapping: 'TUTEUR' },
    { code: 'family_habilitation', parent: 'g_adult', label: 'Habilitation familiale' },
    { code: 'future_protection_mandate', parent: 'g_adult', label: 'Mandat de protection future mis en œuvre' },
    { code: 'requested', parent: 'g_adult', label: 'Mesure demandée, en attente du juge' },
    { code: 'masp', parent: 'g_support', label: 'Accompagnement social personnalisé (MASP)' },
    { code: 'maj', parent: 'g_support', label: 'Accompagnement judiciaire (MAJ)' },
    { code: 'aed', parent: 'g_minor', label: 'Aide éducative à domicile (AED)' },
    { code: 'aemo', parent: 'g_minor', label: 'Assistance éducative en milieu ouvert (AEMO)' },
    { code: 'placement', parent: 'g_minor', label: 'Enfant confié à l’aide sociale à l’enfance' },
    { code: 'minor_guardianship', parent: 'g_minor', label: 'Tutelle d’un mineur' },
  ],
})
export type ProtectionMeasure = CodeOf<typeof protectionMeasures>

export const protectionScopes = defineValueSet({
  code: 'persons.protection_scope',
  title: 'Étendue de la mesure',
  values: [
    { code: 'goods', label: 'Les biens' },
    { code: 'person', label: 'La personne' },
    { code: 'goods_and_person', label: 'Les biens et la personne' },
    { code: 'special_acts', label: 'Certains actes seulement' },
    { code: 'unknown', label: 'À vérifier sur le jugement' },
  ],
})
export type ProtectionScope = CodeOf<typeof protectionScopes>

/** Who holds the measure. */
export const protectionHolders = defineValueSet({
  code: 'persons.protection_holder',
  title: 'Mesure exercée par',
  values: [
    { code: 'family', label: 'Un proche' },
    { code: 'association', label: 'Une association mandataire' },
    { code: 'private_mandatary', label: 'Un mandataire judiciaire indépendant' },
    { code: 'institution', label: 'Le préposé d’un établissement' },
    { code: 'department', label: 'Le département' },
  ],
})

/** What a relative is to the person; mapped on JDV_J11 where it has the word. */
export const relationKinds = defineValueSet({
  code: 'persons.relation',
  title: 'Lien avec la personne',
  values: [
    { code: 'wife', label: 'Épouse', nationalMapping: 'WIFE' },
    { code: 'husband', label: 'Époux', nationalMapping: 'HUSB' },
    { code: 'partner', label: 'Compagne ou compagnon', nationalMapping: 'DOMPART' },
    { code: 'former_spouse', label: 'Ancien conjoint' },
    { code: 'daughter', label: 'Fille', nationalMapping: 'DAUC' },
    { code: 'son', label: 'Fils', nationalMapping: 'SONC' },
    { code: 'child_in_law', label: 'Gendre ou belle-fille' },
    { code: 'mother', label: 'Mère', nationalMapping: 'MTH' },
    { code: 'father', label: 'Père', nationalMapping: 'FTH' },
    { code: 'step_parent', label: 'Beau-père ou belle-mère' },
    { code: 'sister', label: 'Sœur', nationalMapping: 'SIS' },
    { code: 'brother', label: 'Frère', nationalMapping: 'BRO' },
    { code: 'sibling_in_law', label: 'Beau-frère ou belle-sœur' },
    { code: 'granddaughter', label: 'Petite-fille', nationalMapping: 'GRNDDAU' },
    { code: 'grandson', label: 'Petit-fils', nationalMapping: 'GRNDSO' },
    { code: 'grandmother', label: 'Grand-mère', nationalMapping: 'GRMTH' },
    { code: 'grandfather', label: 'Grand-père', nationalMapping: 'GRFTH' },
    { code: 'niece', label: 'Nièce', nationalMapping: 'NIECE' },
    { code: 'nephew', label: 'Neveu', nationalMapping: 'NEPHEW' },
    { code: 'aunt', label: 'Tante', nationalMapping: 'AUNT' },
    { code: 'uncle', label: 'Oncle', nationalMapping: 'UNCLE' },
    { code: 'cousin', label: 'Cousin ou cousine', nationalMapping: 'COUSN' },
    { code: 'other_family', label: 'Autre membre de la famille', nationalMapping: 'FAMMEMB' },
    { code: 'friend', label: 'Ami ou amie', nationalMapping: 'FRND' },
    { code: 'neighbour', label: 'Voisine ou voisin', nationalMapping: 'NBOR' },
    { code: 'housemate', label: 'Vit sous le même toit', nationalMapping: 'ROOM' },
    { code: 'foster_family', label: 'Famille d’accueil' },
    { code: 'volunteer', label: 'Bénévole' },
    { code: 'guardian', label: 'Tuteur ou tutrice', nationalMapping: 'TUTEUR' },
    { code: 'curator', label: 'Curateur ou curatrice', nationalMapping: 'CURATEUR' },
    { code: 'safeguard_mandatary', label: 'Mandataire de sauvegarde', nationalMapping: 'MSVG' },
    { code: 'landlord', label: 'Bailleur, gardien' },
    { code: 'school', label: 'École' },
    { code: 'employer', label: 'Employeur' },
    { code: 'other', label: 'Autre' },
  ],
})
export type RelationKind = CodeOf<typeof relationKinds>

/** Ways to reach the person or a relative. */
export const contactKinds = defineValueSet({
  code: 'persons.contact_kind',
  title: 'Moyen de joindre',
  values: [
    { code: 'mobile', label: 'Téléphone mobile' },
    { code: 'home_phone', label: 'Téléphone du domicile' },
    { code: 'work_phone', label: 'Téléphone du travail' },
    { code: 'institution_phone', label: 'Téléphone de l’établissement' },
    { code: 'email', label: 'Courriel' },
    { code: 'citizen_messaging', label: 'Mon espace santé' },
    { code: 'letter', label: 'Courrier postal' },
    { code: 'through_relative', label: 'Par un proche' },
  ],
})

export const addressKinds = defineValueSet({
  code: 'persons.address_kind',
  title: 'Adresse',
  values: [
    { code: 'home', label: 'Domicile' },
    { code: 'relative_home', label: 'Chez un proche' },
    { code: 'institution', label: 'Établissement' },
    { code: 'temporary', label: 'Hébergement temporaire' },
    { code: 'hospital', label: 'Hôpital' },
    { code: 'administrative', label: 'Domiciliation administrative', definition: 'CCAS ou association : la personne n’y habite pas.' },
    { code: 'none', label: 'Sans adresse' },
  ],
})

/** How an information was given and a non-opposition received. */
export const informationModes = defineValueSet({
  code: 'persons.information_mode',
  title: 'Comment la personne a été informée',
  values: [
    { code: 'oral_present', label: 'De vive voix, en face' },
    { code: 'oral_phone', label: 'Par téléphone' },
    { code: 'written', label: 'Par écrit' },
    { code: 'electronic', label: 'Dans son espace personnel' },
    { code: 'interpreter', label: 'Avec un interprète' },
    { code: 'adapted', label: 'Avec un support adapté', definition: 'Facile à lire et à comprendre, langue des signes, pictogrammes.' },
    { code: 'by_requester', label: 'Par le professionnel qui demande' },
    { code: 'by_representative', label: 'Par le représentant légal' },
  ],
})

/** Who answers for the rights of the person. */
export const informationGivers = defineValueSet({
  code: 'persons.right_exercised_by',
  title: 'Répond',
  values: [
    { code: 'person', label: 'La personne' },
    { code: 'legal_representative', label: 'Son représentant légal' },
    { code: 'holder_of_parental_authority', label: 'Le titulaire de l’autorité parentale' },
    { code: 'trusted_person', label: 'Sa personne de confiance', definition: 'Quand elle ne peut pas s’exprimer.' },
  ],
})

/** The documents handed over (R21): the version handed over stays attached to what was recorded. */
export const informationDocuments = defineValueSet({
  code: 'persons.information_document',
  title: 'Document remis',
  values: [
    { code: 'notice_2026_1', label: 'Notice d’information, version de janvier 2026', validFrom: '2026-01-01' },
    { code: 'notice_2026_1_easy', label: 'Notice facile à lire et à comprendre, version de janvier 2026', validFrom: '2026-01-01' },
    { code: 'notice_2026_1_caregiver', label: 'Notice pour les aidants, version de janvier 2026', validFrom: '2026-01-01' },
    { code: 'notice_2026_1_minor', label: 'Notice pour les enfants et leurs parents, version de janvier 2026', validFrom: '2026-01-01' },
    { code: 'notice_2026_1_translated', label: 'Notice traduite, version de janvier 2026', validFrom: '2026-01-01' },
    { code: 'notice_2023_2', label: 'Notice d’information, version de septembre 2023', validFrom: '2023-09-01', validTo: '2025-12-31' },
    { code: 'read_aloud', label: 'Aucun document : information lue à voix haute' },
  ],
})

/** Médecin traitant, or its absence (R23–R25). */
export const gpStates = defineValueSet({
  code: 'persons.gp_state',
  title: 'Médecin traitant',
  values: [
    { code: 'declared', label: 'Déclaré', definition: 'Déclaré à l’Assurance maladie.' },
    { code: 'de_facto', label: 'De fait', definition: 'La suit, sans déclaration.' },
    { code: 'none', label: 'Aucun', definition: 'La CPTS est saisie, ou son absence est dite.' },
    { code: 'unknown', label: 'Inconnu', definition: 'À demander.' },
    { code: 'military', label: 'Médecin des armées' },
  ],
})
export type GpState = CodeOf<typeof gpStates>

/** What came out of asking the médecin traitant before acting (R23). Silence never blocks. */
export const gpConcertations = defineValueSet({
  code: 'persons.gp_concertation',
  title: 'Concertation avec le médecin traitant',
  values: [
    { code: 'agrees', label: 'Joint, d’accord' },
    { code: 'agrees_with_conditions', label: 'Joint, d’accord sous réserve' },
    { code: 'disagrees', label: 'Joint, pas d’accord' },
    { code: 'informed', label: 'Informé, sans avis' },
    { code: 'requester', label: 'C’est lui qui demande' },
    { code: 'message_left', label: 'Message laissé' },
    { code: 'no_answer', label: 'Sollicité sans réponse' },
    { code: 'not_wanted', label: 'La personne ne souhaite pas qu’il soit contacté' },
  ],
})

/** The referral to the CPTS when there is no médecin traitant (R24). */
export const gpReferralStates = defineValueSet({
  code: 'persons.gp_referral_state',
  title: 'Saisine de la CPTS',
  values: [
    { code: 'sent', label: 'Envoyée' },
    { code: 'received', label: 'Reçue par la CPTS' },
    { code: 'reminded', label: 'Relancée' },
    { code: 'proposed', label: 'Un médecin est proposé' },
    { code: 'designated', label: 'Médecin traitant désigné' },
    { code: 'declined', label: 'Proposition refusée par la personne' },
    { code: 'failed', label: 'Aucun médecin trouvé' },
    { code: 'no_cpts', label: 'Aucune CPTS sur cette commune' },
  ],
})

export const deathSources = defineValueSet({
  code: 'persons.death_source',
  title: 'Décès appris par',
  values: [
    { code: 'family', label: 'La famille ou l’entourage' },
    { code: 'professional', label: 'Un professionnel du cercle' },
    { code: 'institution', label: 'Un établissement' },
    { code: 'registry', label: 'L’état civil ou l’INS' },
    { code: 'press', label: 'Un avis de décès' },
  ],
})

/** Languages in which the person understands best; ISO 639 codes. */
export const languages = defineValueSet({
  code: 'persons.language',
  title: 'Langue',
  values: [
    { code: 'fr', label: 'Français' },
    { code: 'gsw', label: 'Alsacien' },
    { code: 'de', label: 'Allemand' },
    { code: 'en', label: 'Anglais' },
    { code: 'ar', label: 'Arabe' },
    { code: 'ber', label: 'Berbère' },
    { code: 'tr', label: 'Turc' },
    { code: 'ku', label: 'Kurde' },
    { code: 'pt', label: 'Portugais' },
    { code: 'es', label: 'Espagnol' },
    { code: 'it', label: 'Italien' },
    { code: 'pl', label: 'Polonais' },
    { code: 'ro', label: 'Roumain' },
    { code: 'rom', label: 'Romani' },
    { code: 'ru', label: 'Russe' },
    { code: 'uk', label: 'Ukrainien' },
    { code: 'sq', label: 'Albanais' },
    { code: 'bs', label: 'Bosnien, serbe, croate' },
    { code: 'hy', label: 'Arménien' },
    { code: 'ka', label: 'Géorgien' },
    { code: 'ce', label: 'Tchétchène' },
    { code: 'fa', label: 'Persan' },
    { code: 'prs', label: 'Dari' },
    { code: 'ps', label: 'Pachto' },
    { code: 'ur', label: 'Ourdou' },
    { code: 'bn', label: 'Bengali' },
    { code: 'ta', label: 'Tamoul' },
    { code: 'zh', label: 'Chinois' },
    { code: 'vi', label: 'Vietnamien' },
    { code: 'km', label: 'Khmer' },
    { code: 'wo', label: 'Wolof' },
    { code: 'bm', label: 'Bambara' },
    { code: 'ff', label: 'Peul' },
    { code: 'snk', label: 'Soninké' },
    { code: 'ln', label: 'Lingala' },
    { code: 'so', label: 'Somali' },
    { code: 'ti', label: 'Tigrinya' },
    { code: 'am', label: 'Amharique' },
    { code: 'mg', label: 'Malgache' },
    { code: 'rcf', label: 'Créole réunionnais' },
    { code: 'gcf', label: 'Créole antillais' },
    { code: 'fsl', label: 'Langue des signes française' },
    { code: 'other', label: 'Autre langue' },
  ],
})

/** « Accès exceptionnel » : why a file is opened without being around the person. Read by the reviewer and by the person. */
export const exceptionalAccessReasons = defineValueSet({
  code: 'persons.exceptional_access_reason',
  title: 'Motif de l’accès exceptionnel',
  values: [
    { code: 'vital_emergency', label: 'Urgence vitale', definition: 'La personne ne peut pas répondre, l’information est nécessaire maintenant.' },
    {
      code: 'continuity_of_care',
      label: 'Continuité des soins',
      definition: 'Je remplace ou relaie un professionnel du cercle que je ne peux pas joindre.',
    },
    { code: 'admission_or_discharge', label: 'Entrée ou sortie d’hôpital en cours' },
    { code: 'danger', label: 'Personne en danger', definition: 'Disparition, chute, isolement brutal, violence.' },
    { code: 'asked_by_person', label: 'À la demande de la personne, présente' },
    { code: 'other', label: 'Autre motif, expliqué' },
    // Art. 18.2 RGPD: all that may be done with a file whose use is limited, besides keeping it.
    { code: 'limitation_consent', label: 'Usage limité : avec son accord', definition: 'La personne accepte que cette donnée soit lue, pour ce motif.' },
    { code: 'limitation_claims', label: 'Usage limité : un droit en justice', definition: 'Constater, exercer ou défendre un droit.' },
    { code: 'limitation_others', label: 'Usage limité : protéger quelqu’un d’autre', definition: 'Les droits d’une autre personne sont en jeu.' },
    { code: 'limitation_public_interest', label: 'Usage limité : intérêt public important' },
  ],
})

/** Why a notice is not handed to the person: decided by those who accompany her. */
export const noticeWithheldReasons = defineValueSet({
  code: 'persons.notice_withheld_reason',
  title: 'Pourquoi l’avis n’est pas remis',
  values: [
    { code: 'danger', label: 'La prévenir la mettrait en danger' },
    { code: 'knows_already', label: 'Elle le sait déjà', definition: 'Elle était présente, ou l’a appris de vive voix.' },
    { code: 'not_found', label: 'Personne ne sait où la joindre' },
    { code: 'cannot_receive', label: 'Son état ne le permet pas, et personne ne la représente' },
    { code: 'other', label: 'Autre raison, expliquée' },
  ],
})

export const personsValueSets: readonly ValueSetDefinition[] = [
  sexes,
  identityAttributes,
  identityDocuments,
  protectionMeasures,
  protectionScopes,
  protectionHolders,
  relationKinds,
  contactKinds,
  addressKinds,
  informationModes,
  informationGivers,
  informationDocuments,
  gpStates,
  gpConcertations,
  gpReferralStates,
  deathSources,
  languages,
  exceptionalAccessReasons,
  noticeWithheldReasons,
]
