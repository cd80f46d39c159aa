import { type CodeOf, defineValueSet, type ValueSetDefinition } from '../../territory/contract/value-sets.ts'

/** The kinds of maltreatment of the national vocabulary (démarche nationale de consensus, 2021), on the definition of art. L. 119-1 CASF. */
export const maltreatments = defineValueSet({
  code: 'safeguarding.maltreatment',
  title: 'Forme de maltraitance',
  origin: 'national',
  values: [
    { code: 'physical', label: 'Physique', definition: 'Coups, brutalités, contention, privation de soins imposée.' },
    { code: 'psychological', label: 'Psychologique', definition: 'Menaces, humiliations, chantage, isolement imposé.' },
    { code: 'sexual', label: 'Sexuelle', definition: 'Tout acte ou propos à caractère sexuel non consenti.' },
    { code: 'financial', label: 'Matérielle et financière', definition: 'Argent, biens, procuration, signature obtenue.' },
    { code: 'neglect', label: 'Négligence, abandon, privation', definition: 'Besoins de base, soins, aide laissés sans réponse.' },
    { code: 'discrimination', label: 'Discrimination' },
    { code: 'violent_setting', label: 'Exposition à un environnement violent', definition: 'Violences du couple, du voisinage, de l’établissement.' },
  ],
})

export const dangerLevels = defineValueSet({
  code: 'safeguarding.danger_level',
  title: 'Niveau de danger',
  values: [
    { code: 'immediate', label: 'Danger grave et immédiat', definition: 'Appeler d’abord le 17, le 15 ou le 114. Le procureur est saisi sans attendre.' },
    { code: 'established', label: 'Danger avéré', definition: 'Des faits précis, observés ou dits.' },
    { code: 'risk', label: 'Risque de danger', definition: 'Des indices concordants, à évaluer.' },
    { code: 'doubt', label: 'Doute', definition: 'Une inquiétude à partager avec sa hiérarchie avant de transmettre.' },
  ],
})
export type DangerLevel = CodeOf<typeof dangerLevels>

/**
 * Whom to seize, with the text on which it rests. Secrecy yields to it: art. 226-14 of the penal code, and art. L. 226-2-2 CASF between those who take part
 * in the protection of childhood. To be confirmed with the DPO of the region before it is quoted elsewhere.
 */
export const authorities = defineValueSet({
  code: 'safeguarding.authority',
  title: 'Autorité saisie',
  values: [
    {
      code: 'prosecutor',
      label: 'Procureur de la République',
      definition: 'Danger grave ou immédiat, infraction. Code pénal, art. 434-3 ; code de procédure pénale, art. 40.',
    },
    {
      code: 'crip',
      label: 'CRIP du département',
      definition: 'Mineur en danger ou en risque de l’être (information préoccupante). CASF, art. L. 226-2-1 et L. 226-3.',
    },
    { code: 'child_line', label: '119, Allô enfance en danger', definition: 'Écoute et transmission à la CRIP, jour et nuit. CASF, art. L. 226-6.' },
    {
      code: 'adult_unit',
      label: 'Cellule départementale des adultes vulnérables',
      definition: 'Maltraitance d’un majeur vulnérable. CASF, art. L. 119-1 et L. 119-2.',
    },
    { code: 'adult_line', label: '3977, maltraitance des aînés et des adultes handicapés', definition: 'Écoute et orientation. CASF, art. L. 119-1.' },
    {
      code: 'ars',
      label: 'Agence régionale de santé',
      definition: 'Faits dans un établissement ou un service. CASF, art. L. 331-8-1 ; code de la santé publique, art. L. 1413-14.',
    },
    {
      code: 'department',
      label: 'Conseil départemental',
      definition: 'Service ou établissement qu’il autorise, APA, accueil familial. CASF, art. L. 331-8-1.',
    },
    {
      code: 'guardianship_judge',
      label: 'Juge des contentieux de la protection',
      definition: 'Mesure de protection à ouvrir ou à revoir. Code civil, art. 425 et 430.',
    },
    { code: 'mdph', label: 'MDPH', definition: 'Droits et orientation à revoir pour mettre à l’abri. CASF, art. L. 119-1.' },
    { code: 'police', label: 'Police ou gendarmerie', definition: 'Secours immédiat, plainte. Code pénal, art. 223-6 et 434-3.' },
    { code: 'other', label: 'Autre autorité', definition: 'À nommer.' },
  ],
})

export const sendingMeans = defineValueSet({
  code: 'safeguarding.sending_means',
  title: 'Moyen d’envoi',
  values: [
    { code: 'secure_mail', label: 'Messagerie sécurisée de santé' },
    { code: 'registered_letter', label: 'Lettre recommandée avec avis de réception' },
    { code: 'letter', label: 'Courrier' },
    { code: 'portal', label: 'Téléservice de l’autorité' },
    { code: 'phone', label: 'Téléphone, confirmé par écrit' },
    { code: 'by_hand', label: 'Remise en main propre' },
  ],
})

/** Who was told of the report, or not told, and why: the person first (art. L. 226-2-1 CASF for parents, unless the interest of the child forbids it). */
export const toldParties = defineValueSet({
  code: 'safeguarding.told',
  title: 'Qui est prévenu',
  values: [
    { code: 'person', label: 'La personne' },
    { code: 'relatives', label: 'Ses proches' },
    { code: 'parents', label: 'Les parents ou titulaires de l’autorité parentale' },
    { code: 'representative', label: 'Son représentant légal' },
    { code: 'hierarchy', label: 'La hiérarchie' },
    { code: 'family_doctor', label: 'Le médecin traitant' },
  ],
})

/** A place in the facts is what is said, never a judgement. */
export const concernedRoles = defineValueSet({
  code: 'safeguarding.concerned_role',
  title: 'Place dans les faits',
  values: [
    { code: 'implicated', label: 'Personne mise en cause' },
    { code: 'witness', label: 'Témoin' },
    { code: 'also_exposed', label: 'Également exposée' },
    { code: 'support', label: 'Proche aidant, soutien' },
  ],
})

export const stepKinds = defineValueSet({
  code: 'safeguarding.step',
  title: 'Suite donnée',
  values: [
    { code: 'acknowledged', label: 'Accusé de réception' },
    { code: 'contact', label: 'Échange avec l’autorité' },
    { code: 'assessment', label: 'Évaluation engagée' },
    { code: 'reminder', label: 'Relance' },
    { code: 'measure', label: 'Mesure prise' },
    { code: 'safety', label: 'Mise à l’abri, aide immédiate' },
    { code: 'other', label: 'Autre' },
  ],
})

export const outcomes = defineValueSet({
  code: 'safeguarding.outcome',
  title: 'Issue',
  values: [
    { code: 'protected', label: 'Mesure de protection ou de mise à l’abri' },
    { code: 'supported', label: 'Accompagnement mis en place' },
    { code: 'judicial', label: 'Suite judiciaire' },
    { code: 'not_confirmed', label: 'Faits non confirmés' },
    { code: 'no_follow_up', label: 'Sans suite de l’autorité' },
    { code: 'moved_or_died', label: 'Départ du territoire ou décès' },
  ],
})

export const safeguardingValueSets: readonly ValueSetDefinition[] = [
  maltreatments,
  dangerLevels,
  authorities,
  sendingMeans,
  toldParties,
  concernedRoles,
  stepKinds,
  outcomes,
]
