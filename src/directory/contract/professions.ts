import type { ProfessionalCategory } from '../../platform/contract/actor.ts'
import type { TradeFacet } from './facets.ts'

/** A profession or a role of the national directories. */
export interface Trade {
  readonly label: string
  /** For a woman, where it differs. */
  readonly feminine: string
  readonly facet: TradeFacet
  readonly category: ProfessionalCategory
  /** Where R.1110-2 CSP names it; '' where it does not. */
  readonly reference: string
}

function health(facet: TradeFacet, label: string, feminine = label): Trade {
  return { label, feminine, facet, category: 'health', reference: 'R.1110-2, 1°' }
}
function social(facet: TradeFacet, letter: string, label: string, feminine = label): Trade {
  return { label, feminine, facet, category: 'social', reference: `R.1110-2, 2°, ${letter}` }
}
function administrative(facet: TradeFacet, label: string, feminine = label): Trade {
  return { label, feminine, facet, category: 'administrative', reference: '' }
}

/** Professions by code (TRE_G15, TRE_R94, TRE_R95) with the category of R.1110-2 CSP. */
export const professions: Readonly<Record<string, Trade>> = {
  '10': health('specialist', 'Médecin'),
  '21': health('pharmacist', 'Pharmacien', 'Pharmacienne'),
  '26': health('hearing_aid', 'Audioprothésiste'),
  '28': health('optician', 'Opticien-lunetier', 'Opticienne-lunetière'),
  '31': health('dental_assistant', 'Assistant dentaire', 'Assistante dentaire'),
  '32': health('medical_physicist', 'Physicien médical', 'Physicienne médicale'),
  '40': health('dentist', 'Chirurgien-dentiste', 'Chirurgienne-dentiste'),
  '41': social('social_worker', 'a', 'Assistant de service social', 'Assistante de service social'),
  '50': health('midwife', 'Sage-femme'),
  '60': health('nurse', 'Infirmier', 'Infirmière'),
  '69': health('nurse', 'Infirmier psychiatrique', 'Infirmière psychiatrique'),
  '70': health('physiotherapist', 'Masseur-kinésithérapeute', 'Masseuse-kinésithérapeute'),
  '71': social('osteopath', 'b', 'Ostéopathe'),
  '72': social('psychotherapist', 'b', 'Psychothérapeute'),
  '73': social('chiropractor', 'b', 'Chiropracteur', 'Chiropractrice'),
  '80': health('podiatrist', 'Pédicure-podologue'),
  '81': health('orthotist', 'Orthoprothésiste'),
  '82': health('orthotist', 'Podo-orthésiste'),
  '83': health('orthotist', 'Orthopédiste-orthésiste'),
  '84': health('orthotist', 'Oculariste'),
  '85': health('orthotist', 'Épithésiste'),
  '86': health('laboratory_technician', 'Technicien de laboratoire médical', 'Technicienne de laboratoire médical'),
  '91': health('speech_therapist', 'Orthophoniste'),
  '92': health('orthoptist', 'Orthoptiste'),
  '93': social('psychologist', 'b', 'Psychologue'),
  '94': health('occupational_therapist', 'Ergothérapeute'),
  '95': health('dietician', 'Diététicien', 'Diététicienne'),
  '96': health('psychomotor_therapist', 'Psychomotricien', 'Psychomotricienne'),
  '98': health('radiographer', 'Manipulateur d’électroradiologie médicale', 'Manipulatrice d’électroradiologie médicale'),
}

/** Roles of the RPPS+ by code (TRE_R85), for those whom a role and no profession brings into the directory. */
export const roles: Readonly<Record<string, Trade>> = {
  '300': social('social_worker', 'a', 'Assistant de service social', 'Assistante de service social'),
  '301': social('coordinator', 'h', 'Coordination territoriale d’appui'),
  '302': social('home_helper', 'g', 'Aide et accompagnement à domicile'),
  '304': social('social_worker', 'a', 'Assistant de service social', 'Assistante de service social'),
  '305': social('psychologist', 'b', 'Psychologue'),
  '306': social('psychotherapist', 'b', 'Psychothérapeute'),
  '307': {
    label: 'Mandataire judiciaire à la protection des majeurs',
    feminine: 'Mandataire judiciaire à la protection des majeurs',
    facet: 'legal_guardian',
    category: 'legal_protection',
    reference: 'R.1110-2, 2°, f',
  },
  '308': social('coordinator', 'h', 'Pilote MAIA'),
  '309': social('coordinator', 'h', 'Gestionnaire de cas'),
  '310': social('social_worker', 'i', 'Équipe médico-sociale APA'),
  '311': social('coordinator', 'h', 'Acteur de la méthode MAIA'),
  '312': administrative('other_professional', 'Autre professionnel', 'Autre professionnelle'),
  '313': health('care_assistant', 'Aide-soignant', 'Aide-soignante'),
  '314': health('other_professional', 'Ambulancier', 'Ambulancière'),
  '315': health('care_assistant', 'Auxiliaire de puériculture'),
  '316': health('other_professional', 'Préparateur en pharmacie hospitalière', 'Préparatrice en pharmacie hospitalière'),
  '317': health('other_professional', 'Préparateur en pharmacie', 'Préparatrice en pharmacie'),
  '318': social('home_helper', 'g', 'Auxiliaire de vie sociale'),
  '319': social('home_helper', 'g', 'Technicien de l’intervention sociale et familiale', 'Technicienne de l’intervention sociale et familiale'),
  '320': social('social_worker', 'g', 'Conseiller en économie sociale et familiale', 'Conseillère en économie sociale et familiale'),
  '321': social('social_worker', 'g', 'Médiateur familial', 'Médiatrice familiale'),
  '322': social('educator', 'c', 'Assistant familial', 'Assistante familiale'),
  '323': social('home_helper', 'b', 'Aide médico-psychologique'),
  '324': social('educator', 'g', 'Moniteur éducateur', 'Monitrice éducatrice'),
  '325': social('educator', 'g', 'Éducateur de jeunes enfants', 'Éducatrice de jeunes enfants'),
  '326': social('educator', 'g', 'Éducateur spécialisé', 'Éducatrice spécialisée'),
  '327': social('educator', 'g', 'Éducateur technique spécialisé', 'Éducatrice technique spécialisée'),
  '328': social('home_helper', 'b', 'Accompagnant éducatif et social', 'Accompagnante éducative et sociale'),
  '329': administrative('other_professional', 'Conseiller en génétique', 'Conseillère en génétique'),
  '330': administrative('coordinator', 'Coordonnateur de parcours', 'Coordonnatrice de parcours'),
  '331': administrative('other_professional', 'Secrétaire assistant médico-administratif', 'Secrétaire assistante médico-administrative'),
  '332': administrative('other_professional', 'Assistant médical', 'Assistante médicale'),
  '333': social('home_helper', 'g', 'Responsable de secteur'),
  '336': administrative('other_professional', 'Accueil et orientation'),
  '340': administrative('other_professional', 'Systèmes d’information'),
  '345': social(
    'social_worker',
    'g',
    'Professionnel du social, de l’éducatif ou de la psychologie',
    'Professionnelle du social, de l’éducatif ou de la psychologie',
  ),
  '350': social('home_helper', 'g', 'Aide à domicile'),
  '351': social('educator', 'c', 'Assistant maternel', 'Assistante maternelle'),
  '353': administrative('other_professional', 'Membre de l’équipe de soins'),
  '359': administrative('other_professional', 'Directeur d’établissement', 'Directrice d’établissement'),
  '361': social('educator', 'g', 'Éducateur en activité physique adaptée', 'Éducatrice en activité physique adaptée'),
  '368': social('educator', 'g', 'Animateur', 'Animatrice'),
}

/** Skills (TRE_R38) that make a médecin a généraliste; indicator 6 counts those who have one of them. */
export const generalPracticeSkills: readonly string[] = ['SM26', 'SM53', 'SM54']

/** How people ask for a specialist, where the name of the speciality does not begin like it. */
export const specialistWords: Readonly<Record<string, string>> = {
  SM02: 'anesthesiste',
  SM04: 'cardiologue',
  SM15: 'dermatologue dermato',
  SM18: 'geriatre',
  SM20: 'gynecologue gyneco obstetricien',
  SM26: 'generaliste',
  SM32: 'neurologue',
  SM38: 'ophtalmologue ophtalmo',
  SM40: 'pediatre',
  SM42: 'psychiatre psy',
  SM53: 'generaliste',
  SM54: 'generaliste',
}
