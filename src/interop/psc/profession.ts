import type { ProfessionalCategory } from '../../platform/contract/actor.ts'
import type { PscSituation } from './userinfo.ts'

interface Trade {
  readonly label: string
  readonly category: ProfessionalCategory
  /** Where R.1110-2 of the code de la santé publique names it; '' where it does not. */
  readonly reference: string
}

const health = (label: string): Trade => ({ label, category: 'health', reference: 'R.1110-2, 1°' })
const social = (label: string, letter: string): Trade => ({ label, category: 'social', reference: `R.1110-2, 2°, ${letter}` })
const administrative = (label: string): Trade => ({ label, category: 'administrative', reference: '' })

/** Professions (TRE_G15 and TRE_R95), with the sub-category of R.1110-2. */
const professions: Readonly<Record<string, Trade>> = {
  '10': health('Médecin'),
  '21': health('Pharmacien'),
  '26': health('Audioprothésiste'),
  '28': health('Opticien-lunetier'),
  '31': health('Assistant dentaire'),
  '32': health('Physicien médical'),
  '40': health('Chirurgien-dentiste'),
  '50': health('Sage-femme'),
  '60': health('Infirmier'),
  '69': health('Infirmier psychiatrique'),
  '70': health('Masseur-kinésithérapeute'),
  '80': health('Pédicure-podologue'),
  '81': health('Orthoprothésiste'),
  '82': health('Podo-orthésiste'),
  '83': health('Orthopédiste-orthésiste'),
  '84': health('Oculariste'),
  '85': health('Épithésiste'),
  '86': health('Technicien de laboratoire médical'),
  '91': health('Orthophoniste'),
  '92': health('Orthoptiste'),
  '94': health('Ergothérapeute'),
  '95': health('Diététicien'),
  '96': health('Psychomotricien'),
  '98': health('Manipulateur d’électroradiologie médicale'),
  '41': social('Assistant de service social', 'a'),
  '71': social('Ostéopathe', 'b'),
  '72': social('Psychothérapeute', 'b'),
  '73': social('Chiropracteur', 'b'),
  '93': social('Psychologue', 'b'),
}

/** Roles of the RPPS+ (TRE_R85). Those that the article does not name by themselves depend on where they are held: see `professionalCategoryOf`. */
const roles: Readonly<Record<string, Trade>> = {
  '300': social('Assistant de service social', 'a'),
  '301': social('Coordination territoriale d’appui', 'h'),
  '302': social('Aide et accompagnement à domicile', 'g'),
  '304': social('Assistant de service social', 'a'),
  '305': social('Psychologue', 'b'),
  '306': social('Psychothérapeute', 'b'),
  '307': { label: 'Mandataire judiciaire à la protection des majeurs', category: 'legal_protection', reference: 'R.1110-2, 2°, f' },
  '308': social('Pilote MAIA', 'h'),
  '309': social('Gestionnaire de cas', 'h'),
  '310': social('Équipe médico-sociale APA', 'i'),
  '311': social('Acteur de la méthode MAIA', 'h'),
  '312': administrative('Autre professionnel'),
  '313': health('Aide-soignant'),
  '314': health('Ambulancier'),
  '315': health('Auxiliaire de puériculture'),
  '316': health('Préparateur en pharmacie hospitalière'),
  '317': health('Préparateur en pharmacie'),
  '318': social('Auxiliaire de vie sociale', 'g'),
  '319': social('Technicien de l’intervention sociale et familiale', 'g'),
  '320': social('Conseiller en économie sociale et familiale', 'g'),
  '321': social('Médiateur familial', 'g'),
  '322': social('Assistant familial', 'c'),
  '323': social('Aide médico-psychologique', 'b'),
  '324': social('Moniteur éducateur', 'g'),
  '325': social('Éducateur de jeunes enfants', 'g'),
  '326': social('Éducateur spécialisé', 'g'),
  '327': social('Éducateur technique spécialisé', 'g'),
  '328': social('Accompagnant éducatif et social', 'b'),
  '329': administrative('Conseiller en génétique'),
  '330': administrative('Coordonnateur de parcours'),
  '331': administrative('Secrétaire assistant médico-administratif'),
  '332': administrative('Assistant médical'),
  '333': social('Responsable de secteur', 'g'),
  '336': administrative('Professionnel de l’accueil et de l’orientation des personnes'),
  '340': administrative('Professionnel des systèmes d’information'),
  '345': social('Professionnel du social, de l’éducatif ou de la psychologie', 'g'),
  '350': social('Aide à domicile', 'g'),
  '351': social('Assistant maternel', 'c'),
  '353': administrative('Membre de l’équipe de soins'),
  '359': administrative('Directeur d’établissement'),
  '361': social('Éducateur en activité physique adaptée', 'g'),
  '368': social('Animateur', 'g'),
}

/** Structure de coopération avec mission de coordination de soins: the sector of a DAC and of the regional schemes (our reading, interop.md 0.2). */
const coordinationSector = 'SA57'

/** Establishments and services of L.312-1 CASF; TRE_R02. */
const socialSectors: readonly string[] = ['SA16', 'SA17', 'SA18', 'SA20', 'SA21', 'SA41']
/** Roles that accompany persons without being named by the article. */
const accompanyingRoles: readonly string[] = ['312', '330', '353']

export interface CategoryWithReason {
  readonly category: ProfessionalCategory
  /** « R.1110-2, 2°, j »; '' when the article names her nowhere: she then sees what an administrative actor sees. */
  readonly reference: string
}

/**
 * The category of R.1110-2 CSP under which somebody may exchange and share.
 *
 * Takes the codes of a situation d’exercice. A health professional stays one wherever she works (1°). Anybody else on the staff of a structure
 * whose mission is coordination comes under (j); elsewhere her profession or role decides, and whoever accompanies persons as an employee of an
 * establishment or service of L.312-1 CASF comes under (g). What the article does not name is `administrative`.
 */
export function professionalCategoryOf(situation: Pick<PscSituation, 'professionCode' | 'roleCode' | 'sectorCode' | 'mode'>): CategoryWithReason {
  const trade = tradeOf(situation)
  if (trade?.category === 'health') return { category: 'health', reference: trade.reference }
  if (situation.sectorCode === coordinationSector) return { category: 'coordination', reference: 'R.1110-2, 2°, j' }
  if (trade !== undefined && trade.category !== 'administrative') return { category: trade.category, reference: trade.reference }
  const employedToAccompany =
    situation.mode === 'S' && socialSectors.includes(situation.sectorCode ?? '') && accompanyingRoles.includes(situation.roleCode ?? '')
  return employedToAccompany ? { category: 'social', reference: 'R.1110-2, 2°, g' } : { category: 'administrative', reference: '' }
}

/** What she does, in French: her profession, else her role, else a neutral word. */
export function tradeLabel(situation: Pick<PscSituation, 'professionCode' | 'roleCode'>): string {
  return tradeOf(situation)?.label ?? 'Professionnel'
}

function tradeOf({ professionCode, roleCode }: Pick<PscSituation, 'professionCode' | 'roleCode'>): Trade | undefined {
  const inProfession = professionCode === null ? undefined : (professions[professionCode] ?? roles[professionCode])
  return inProfession ?? (roleCode === null ? undefined : roles[roleCode])
}
