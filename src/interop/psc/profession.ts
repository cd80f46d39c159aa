import { professions, roles, type Trade } from '../../directory/contract/professions.ts'
import type { ProfessionalCategory } from '../../platform/contract/actor.ts'
import type { PscSituation } from './userinfo.ts'

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
