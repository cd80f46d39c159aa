import type { CareRole } from '../../../care-team/contract/value-sets.ts'
import type { ProfessionalCategory } from '../../../platform/contract/actor.ts'

/** A trade of the demo's directory, as the RPPS writes it. */
export interface SeedTrade {
  readonly role: CareRole
  readonly category: ProfessionalCategory
  readonly label: string
  /** TRE_G15 with its label, or '' for an actor known by her role (TRE_R85). */
  readonly profession: readonly [string, string]
  readonly roleCode: readonly [string, string]
  readonly skill: readonly [string, string]
  /** For a hundred general practitioners. */
  readonly perHundredDoctors: number
  readonly liberalShare: number
  /** Where the salaried ones work: a kind of the structures. */
  readonly salariedAt: 'hospital' | 'cds' | 'ssiad' | 'ccas' | 'psychiatry'
}

const none = ['', ''] as const
function trade(
  role: CareRole,
  label: string,
  profession: readonly [string, string],
  perHundredDoctors: number,
  liberalShare: number,
  more: {
    readonly skill?: readonly [string, string]
    readonly roleCode?: readonly [string, string]
    readonly category?: ProfessionalCategory
    readonly salariedAt?: SeedTrade['salariedAt']
  } = {},
): SeedTrade {
  return {
    role,
    category: more.category ?? 'health',
    label,
    profession,
    roleCode: more.roleCode ?? none,
    skill: more.skill ?? none,
    perHundredDoctors,
    liberalShare,
    salariedAt: more.salariedAt ?? 'hospital',
  }
}
const doctor = ['10', 'Médecin'] as const

/** Who practises in a territory, in the proportions of a rural département. */
export const trades: readonly SeedTrade[] = [
  trade('gp', 'Médecin généraliste', doctor, 100, 0.88, { skill: ['SM54', 'Médecine générale'], salariedAt: 'cds' }),
  trade('geriatrician', 'Gériatre', doctor, 3, 0, { skill: ['SM18', 'Gériatrie'] }),
  trade('psychiatrist', 'Psychiatre', doctor, 6, 0.3, { skill: ['SM42', 'Psychiatrie'], salariedAt: 'psychiatry' }),
  trade('specialist', 'Cardiologue', doctor, 5, 0.6, { skill: ['SM04', 'Cardiologie et maladies vasculaires'] }),
  trade('specialist', 'Neurologue', doctor, 3, 0.3, { skill: ['SM32', 'Neurologie'] }),
  trade('specialist', 'Ophtalmologue', doctor, 3, 0.8, { skill: ['SM38', 'Ophtalmologie'] }),
  trade('specialist', 'Pédiatre', doctor, 3, 0.5, { skill: ['SM40', 'Pédiatrie'] }),
  trade('nurse', 'Infirmier', ['60', 'Infirmier'], 185, 0.55, { salariedAt: 'ssiad' }),
  trade('pharmacist', 'Pharmacien', ['21', 'Pharmacien'], 60, 0.9),
  trade('physiotherapist', 'Masseur-kinésithérapeute', ['70', 'Masseur-Kinésithérapeute'], 70, 0.85),
  trade('dentist', 'Chirurgien-dentiste', ['40', 'Chirurgien-Dentiste'], 30, 0.9),
  trade('midwife', 'Sage-femme', ['50', 'Sage-Femme'], 13, 0.4),
  trade('speech_therapist', 'Orthophoniste', ['91', 'Orthophoniste'], 17, 0.8),
  trade('occupational_therapist', 'Ergothérapeute', ['94', 'Ergothérapeute'], 12, 0.35, { salariedAt: 'ccas' }),
  trade('psychomotor_therapist', 'Psychomotricien', ['96', 'Psychomotricien'], 4, 0.5),
  trade('podiatrist', 'Pédicure-podologue', ['80', 'Pédicure-Podologue'], 17, 0.95),
  trade('dietician', 'Diététicien', ['95', 'Diététicien'], 8, 0.5),
  trade('psychologist', 'Psychologue', ['93', 'Psychologue'], 20, 0.5, { category: 'social', salariedAt: 'psychiatry' }),
  trade('social_worker', 'Assistant de service social', ['41', 'Assistant de service social'], 18, 0, { category: 'social', salariedAt: 'ccas' }),
  trade('legal_representative_professional', 'Mandataire judiciaire', none, 3, 1, {
    category: 'legal_protection',
    roleCode: ['307', 'Mandataire judiciaire à la protection des majeurs'],
  }),
]
