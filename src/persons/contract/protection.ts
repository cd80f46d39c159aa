import { formatDay } from '../../platform/contract/dates.ts'
import { french } from '../../platform/contract/typography.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { type ProtectionMeasure, type ProtectionScope, protectionMeasures } from './value-sets.ts'

type SingleMeasure = Exclude<ProtectionMeasure, `g_${string}`>

/** How the holder of a measure acts: in the name of the person, beside her, or only to help. */
export type ProtectionMode = 'represents' | 'assists' | 'supports' | 'pending'

export interface ProtectionFacts {
  readonly mode: ProtectionMode
  readonly for: 'adult' | 'minor'
  /** The scope can reach the person, not only her goods. */
  readonly mayCoverPerson: boolean
  /** Longest first duration in years; null where the law sets none. */
  readonly maxYears: number | null
  /** What it changes for us, as written on the screen. */
  readonly meaning: string
  readonly legalBasis: string
}

function facts(
  mode: ProtectionMode,
  whose: ProtectionFacts['for'],
  mayCoverPerson: boolean,
  maxYears: number | null,
  meaning: string,
  legalBasis: string,
): ProtectionFacts {
  return { mode, for: whose, mayCoverPerson, maxYears, meaning: french(meaning), legalBasis: french(legalBasis) }
}

export const protectionFacts: Readonly<Record<SingleMeasure, ProtectionFacts>> = {
  justice_safeguard: facts(
    'supports',
    'adult',
    true,
    1,
    'La personne garde ses droits et décide. Un mandataire spécial peut être chargé de certains actes.',
    'Code civil, articles 433 à 439.',
  ),
  simple_curatorship: facts(
    'assists',
    'adult',
    true,
    5,
    'La personne décide et signe ; le curateur l’assiste pour les actes importants.',
    'Code civil, articles 440 et 467.',
  ),
  reinforced_curatorship: facts(
    'assists',
    'adult',
    true,
    5,
    'Le curateur perçoit les revenus et règle les dépenses : toute aide payante passe par lui. Pour sa santé, la personne décide.',
    'Code civil, articles 440 et 472.',
  ),
  guardianship: facts(
    'represents',
    'adult',
    true,
    5,
    'Le tuteur représente la personne. Elle est informée et son avis est recherché pour tout ce qui la touche.',
    'Code civil, articles 440, 459 et 473.',
  ),
  family_habilitation: facts(
    'represents',
    'adult',
    true,
    10,
    'Un proche désigné par le juge agit pour elle, ou avec elle, dans les limites du jugement.',
    'Code civil, articles 494-1 à 494-12.',
  ),
  future_protection_mandate: facts(
    'represents',
    'adult',
    true,
    null,
    'La personne avait choisi son mandataire d’avance : voir le mandat et sa mise en œuvre.',
    'Code civil, articles 477 à 494.',
  ),
  requested: facts(
    'pending',
    'adult',
    false,
    null,
    'Demande en cours : tant que le juge n’a pas décidé, la personne exerce seule ses droits.',
    'Code civil, articles 425 et 430.',
  ),
  masp: facts(
    'supports',
    'adult',
    false,
    2,
    'Aide à gérer ses prestations, par contrat avec le département. Ce n’est pas une protection juridique.',
    'Code de l’action sociale et des familles, article L. 271-1.',
  ),
  maj: facts('supports', 'adult', false, 2, 'Un mandataire gère certaines prestations. La personne garde sa capacité.', 'Code civil, article 495.'),
  aed: facts(
    'supports',
    'minor',
    false,
    null,
    'Aide acceptée par les parents, qui gardent l’autorité parentale.',
    'Code de l’action sociale et des familles, article L. 222-3.',
  ),
  aemo: facts('supports', 'minor', false, 2, 'Décidée par le juge des enfants ; les parents gardent l’autorité parentale.', 'Code civil, article 375-2.'),
  placement: facts(
    'supports',
    'minor',
    false,
    2,
    'L’enfant est confié : actes usuels par le service, les autres par les parents, sauf décision contraire.',
    'Code civil, articles 375-3 et 375-7.',
  ),
  minor_guardianship: facts('represents', 'minor', true, null, 'Le tuteur exerce l’autorité parentale.', 'Code civil, articles 390 et suivants.'),
}

/** To whom health information is given. */
export type HealthInformation = 'person' | 'person_and_representative' | 'person_and_curator_if_she_agrees' | 'holders_of_parental_authority'

/**
 * CSP, L.1111-2, III: the person is always informed, in a way she can understand. With a measure of representation over the person, so is whoever
 * represents her; with a measure of assistance over the person, her curator only if she expressly agrees; over her goods alone, nobody else.
 */
export function healthInformationTo(measure: SingleMeasure, scope: ProtectionScope): HealthInformation {
  const { mode, for: whose, mayCoverPerson } = protectionFacts[measure]
  if (whose === 'minor') return mode === 'represents' ? 'person_and_representative' : 'holders_of_parental_authority'
  const coversPerson = mayCoverPerson && (scope === 'person' || scope === 'goods_and_person')
  if (!coversPerson) return 'person'
  return mode === 'represents' ? 'person_and_representative' : mode === 'assists' ? 'person_and_curator_if_she_agrees' : 'person'
}

export const healthInformationTexts: Readonly<Record<HealthInformation, string>> = {
  person: french('Les informations de santé vont à la personne seule. Sa place dans les décisions ne change pas.'),
  person_and_representative: french('Informer la personne, de façon qu’elle comprenne, et celui qui la représente. Son avis est recherché et compte.'),
  person_and_curator_if_she_agrees: french('Informer la personne ; son curateur aussi, seulement si elle y consent expressément.'),
  holders_of_parental_authority: french(
    'Informer les titulaires de l’autorité parentale, et l’enfant selon son âge. Un mineur peut demander le secret (L. 1111-5).',
  ),
}

/** Who answers for the three non-oppositions: her representative over the person, else herself. */
export function rightsExercisedBy(measure: SingleMeasure, scope: ProtectionScope): 'person' | 'representative' | 'parents' {
  const informed = healthInformationTo(measure, scope)
  return informed === 'person_and_representative' ? 'representative' : informed === 'holders_of_parental_authority' ? 'parents' : 'person'
}

/** « Curatelle renforcée, jusqu’au 30/06/2029 », as in the header. */
export function protectionSummary(measure: SingleMeasure, endsOn: string | null): string {
  const label = labelOf(protectionMeasures, measure)
  return endsOn === null ? label : `${label}, jusqu’au ${formatDay(endsOn)}`
}

/** What is doubtful in a measure as recorded, in words: no end, an end that is past or too far, a scope to check. `today` as 'YYYY-MM-DD'. */
export function protectionDoubts(
  measure: SingleMeasure,
  given: { readonly scope: ProtectionScope; readonly startsOn: string | null; readonly endsOn: string | null },
  today: string,
): readonly string[] {
  const { maxYears, mode } = protectionFacts[measure]
  const doubts: string[] = []
  if (given.endsOn !== null && given.endsOn < today) doubts.push(french('Mesure arrivée à son terme : vérifier son renouvellement.'))
  if (given.startsOn !== null && given.endsOn !== null && given.endsOn < given.startsOn) doubts.push(french('La fin précède le début.'))
  if (given.endsOn === null && maxYears !== null) doubts.push(french('Date de fin à demander.'))
  if (given.scope === 'unknown' && mode !== 'pending') doubts.push(french('Étendue à vérifier sur le jugement.'))
  return doubts
}
