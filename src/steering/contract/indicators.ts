import { french } from '../../platform/contract/typography.ts'

export interface IndicatorDefinition {
  /** 1 to 8, as in the Cadre national d'orientation, § 5. */
  readonly number: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8
  readonly code: IndicatorCode
  readonly title: string
  readonly unit: string
  /** What the number counts, as shown beside it: whoever reads it can check it against its list. */
  readonly rule: string
  /** What it leaves out. */
  readonly leavesOut: string
  /** The value sets by which it is broken down. */
  readonly breakdowns: readonly string[]
}

export const indicatorCodes = ['sollicitations', 'requesters', 'answers', 'ages', 'problems', 'general_practitioners', 'staff', 'funding'] as const
export type IndicatorCode = (typeof indicatorCodes)[number]

function indicator(
  number: IndicatorDefinition['number'],
  code: IndicatorCode,
  texts: { readonly title: string; readonly unit: string; readonly rule: string; readonly leavesOut: string },
  breakdowns: readonly string[],
): IndicatorDefinition {
  return { number, code, title: french(texts.title), unit: french(texts.unit), rule: french(texts.rule), leavesOut: french(texts.leavesOut), breakdowns }
}

/**
 * The eight indicators of the ministry (R107–R114). The ANAP guide of January 2020 that defines them is not at hand: these rules are ours,
 * stated on the screen, and every list carries a column for the national code.
 */
export const indicators: readonly IndicatorDefinition[] = [
  indicator(
    1,
    'sollicitations',
    {
      title: 'Sollicitations reçues',
      unit: 'demandes',
      rule: 'Chaque demande qui appelle une réponse, par quelque canal que ce soit, qu’un dossier existe ou non, au jour où elle est reçue. Une nouvelle demande sur une personne déjà suivie compte.',
      leavesOut: 'Les demandes réunies à une autre, le suivi d’un dossier, les messages et les erreurs.',
    },
    [],
  ),
  indicator(
    2,
    'requesters',
    {
      title: 'Qui nous sollicite',
      unit: 'demandes',
      rule: 'Les demandes de l’indicateur 1 selon celui qui demande. Celui qui appelle et celui qui a orienté la personne ne comptent pas ici.',
      leavesOut: 'Rien : chaque demande a un demandeur et un seul.',
    },
    ['intake.requester_kind'],
  ),
  indicator(
    3,
    'answers',
    {
      title: 'Réponses apportées',
      unit: 'demandes',
      rule: 'Les demandes de l’indicateur 1 selon leur réponse principale ; à côté, toutes les réponses données, une demande pouvant en avoir plusieurs.',
      leavesOut: 'Les demandes encore sans réponse, dites à part : « en cours ».',
    },
    ['intake.answer'],
  ),
  indicator(
    4,
    'ages',
    {
      title: 'Âge des personnes accompagnées',
      unit: 'personnes',
      rule: 'Les personnes qui ont au moins un jour d’accompagnement ouvert dans la période, hors veille, chacune une fois, selon leur âge au dernier jour de l’année de la période.',
      leavesOut: 'Les personnes en veille pendant toute la période, comptées à part, et celles dont l’âge est inconnu, dites à part.',
    },
    ['steering.age_band'],
  ),
  indicator(
    5,
    'problems',
    {
      title: 'Problématiques',
      unit: 'personnes',
      rule: 'Les personnes de l’indicateur 4 selon leur problématique principale au dernier jour de la période ; à côté, les difficultés rencontrées dans la période, une personne pouvant en avoir plusieurs. Les parts se calculent sur les personnes.',
      leavesOut: 'Rien : une problématique non renseignée se voit.',
    },
    ['steering.population', 'steering.difficulty'],
  ),
  indicator(
    6,
    'general_practitioners',
    {
      title: 'Généralistes qui sollicitent',
      unit: 'médecins',
      rule: 'Les médecins généralistes distincts, reconnus par leur numéro RPPS, qui ont demandé dans la période, sur ceux qui exercent dans le territoire au milieu de la période. Libéraux : au moins un exercice libéral dans le territoire ; les autres sont salariés.',
      leavesOut: 'Les demandes d’un médecin qui n’a pas été reconnu dans l’annuaire, et celles de médecins d’un autre territoire.',
    },
    [],
  ),
  indicator(
    7,
    'staff',
    {
      title: 'Effectif moyen',
      unit: 'ETP',
      rule: 'Pour chaque professionnel, sa quotité multipliée par ses jours de présence au contrat dans la période, divisée par les jours de la période. Les mises à disposition comptent.',
      leavesOut: 'Les stagiaires et apprentis.',
    },
    ['steering.job_kind', 'steering.employment_kind'],
  ),
  indicator(
    8,
    'funding',
    {
      title: 'Sources de financement',
      unit: '€',
      rule: 'Les produits de l’exercice par financeur, sur leur total. Tant que les comptes ne sont pas arrêtés, les montants sont provisoires.',
      leavesOut: 'Les produits de l’exercice d’un autre service du même gestionnaire.',
    },
    ['steering.funder'],
  ),
]
