import { type CodeOf, defineValueSet, groupOf, type ValueSetDefinition } from '../../territory/contract/value-sets.ts'

/** Age bands of indicator 4: fine bands under the four that are published. */
export const ageBands = defineValueSet({
  code: 'steering.age_band',
  title: 'Tranche d’âge',
  values: [
    { code: 'minor', label: 'Moins de 18 ans' },
    { code: 'adult', label: '18 à 59 ans' },
    { code: 'senior', label: '60 à 74 ans' },
    { code: 'elder', label: '75 ans et plus' },
    { code: '0-2', parent: 'minor', label: '0 à 2 ans' },
    { code: '3-10', parent: 'minor', label: '3 à 10 ans' },
    { code: '11-17', parent: 'minor', label: '11 à 17 ans' },
    { code: '18-24', parent: 'adult', label: '18 à 24 ans' },
    { code: '25-39', parent: 'adult', label: '25 à 39 ans' },
    { code: '40-59', parent: 'adult', label: '40 à 59 ans' },
    { code: '60-74', parent: 'senior', label: '60 à 74 ans' },
    { code: '75-84', parent: 'elder', label: '75 à 84 ans' },
    { code: '85_and_over', parent: 'elder', label: '85 ans et plus' },
  ],
})
type BandCode = CodeOf<typeof ageBands>

const upperBounds: readonly (readonly [number, BandCode])[] = [
  [2, '0-2'],
  [10, '3-10'],
  [17, '11-17'],
  [24, '18-24'],
  [39, '25-39'],
  [59, '40-59'],
  [74, '60-74'],
  [84, '75-84'],
  [Number.POSITIVE_INFINITY, '85_and_over'],
]

/** The fine band of an age in whole years; null for a negative age. */
export function ageBandOf(age: number): BandCode | null {
  if (age < 0) return null
  return upperBounds.find(([last]) => age <= last)?.[1] ?? null
}

/** The published band of an age in whole years. */
export function foldedAgeBandOf(age: number): string | null {
  const fine = ageBandOf(age)
  return fine === null ? null : groupOf(ageBands, fine)
}

/** Problématiques (indicator 5), first axis: population or disease. One is the principal. */
export const populations = defineValueSet({
  code: 'steering.population',
  title: 'Problématique principale',
  values: [
    { code: 'geriatrics', label: 'Gériatrie' },
    { code: 'palliative', label: 'Soins palliatifs' },
    { code: 'chronic', label: 'Maladies chroniques' },
    { code: 'cancer', label: 'Cancer' },
    { code: 'mental_health', label: 'Santé mentale' },
    { code: 'disability', label: 'Handicap' },
    { code: 'neurodevelopment', label: 'Troubles du neurodéveloppement' },
    { code: 'addiction', label: 'Addictions' },
    { code: 'precarity', label: 'Précarité' },
    { code: 'paediatrics', label: 'Enfance' },
    { code: 'perinatal', label: 'Périnatalité' },
    { code: 'other', label: 'Autre' },
  ],
})
export type Population = CodeOf<typeof populations>

/** Second axis: what makes the path difficult. */
export const difficulties = defineValueSet({
  code: 'steering.difficulty',
  title: 'Difficultés',
  values: [
    { code: 'autonomy_loss', label: 'Perte d’autonomie' },
    { code: 'polypathology', label: 'Plusieurs maladies' },
    { code: 'cognitive', label: 'Trouble cognitif' },
    { code: 'psychic', label: 'Souffrance psychique' },
    { code: 'addiction', label: 'Addiction' },
    { code: 'isolation', label: 'Isolement' },
    { code: 'resources', label: 'Précarité, ressources' },
    { code: 'housing', label: 'Logement, incurie' },
    { code: 'rights', label: 'Droits' },
    { code: 'caregiver', label: 'Aidant épuisé' },
    { code: 'care_refusal', label: 'Refus de soins' },
    { code: 'no_gp', label: 'Absence de médecin traitant' },
    { code: 'discharge', label: 'Sortie d’hospitalisation' },
    { code: 'abuse', label: 'Maltraitance' },
    { code: 'end_of_life', label: 'Fin de vie' },
    { code: 'medication', label: 'Médicaments, observance' },
    { code: 'malnutrition', label: 'Dénutrition' },
    { code: 'falls', label: 'Chutes' },
    { code: 'language', label: 'Langue' },
    { code: 'legal_protection', label: 'Protection juridique' },
    { code: 'missing_services', label: 'Manque d’intervenants' },
  ],
})

/** Jobs of indicator 7. */
export const jobKinds = defineValueSet({
  code: 'steering.job_kind',
  title: 'Métier',
  values: [
    { code: 'nurse', label: 'Infirmier, infirmier en pratique avancée' },
    { code: 'social_worker', label: 'Travailleur social' },
    { code: 'allied', label: 'Ergothérapeute, psychologue, autre paramédical' },
    { code: 'doctor', label: 'Médecin' },
    { code: 'referent', label: 'Référent de parcours d’un autre métier' },
    { code: 'coordinator', label: 'Coordinateur territorial, chargé de mission' },
    { code: 'administrative', label: 'Accueil et administratif' },
    { code: 'management', label: 'Direction et encadrement' },
    { code: 'data', label: 'Qualité, données, informatique' },
  ],
})

export const employmentKinds = defineValueSet({
  code: 'steering.employment_kind',
  title: 'Statut',
  values: [
    { code: 'employed', label: 'Salarié du DAC' },
    { code: 'seconded', label: 'Mis à disposition' },
    { code: 'freelance', label: 'Vacation, prestation' },
    { code: 'trainee', label: 'Stage, apprentissage', definition: 'Non compté dans l’effectif.' },
  ],
})

/** Funders of indicator 8. */
export const funders = defineValueSet({
  code: 'steering.funder',
  title: 'Source de financement',
  values: [
    { code: 'fir_fixed', label: 'FIR, part fixe' },
    { code: 'fir_objectives', label: 'FIR, part sur objectifs' },
    { code: 'department', label: 'Département' },
    { code: 'health_insurance', label: 'Assurance maladie' },
    { code: 'local_authorities', label: 'Communes et intercommunalités' },
    { code: 'foundations', label: 'Fondations, appels à projets' },
    { code: 'own_resources', label: 'Fonds propres' },
    { code: 'training', label: 'Formation' },
    { code: 'other', label: 'Autres' },
  ],
})
export type Funder = CodeOf<typeof funders>

export const steeringValueSets: readonly ValueSetDefinition[] = [ageBands, populations, difficulties, jobKinds, employmentKinds, funders]

/** The ages of a published band, both included. */
export function ageBounds(band: 'minor' | 'adult' | 'senior' | 'elder'): { readonly from: number; readonly to: number } {
  return { minor: { from: 0, to: 17 }, adult: { from: 18, to: 59 }, senior: { from: 60, to: 74 }, elder: { from: 75, to: 200 } }[band]
}
