import { french } from '../../platform/contract/typography.ts'

/** What an extract may be cut by. One value per person and year: that of her last accompaniment in it. */
export const extractDimensions = ['age', 'sex', 'level', 'population', 'outcome'] as const
export type ExtractDimension = (typeof extractDimensions)[number]

/**
 * The tables that may leave: a fixed list, always the same persons cut in two ways, so that what one hides the others hide too. No free choice of
 * dimensions, of days or of communes: two cuts that differ by one person would name her.
 */
export const extractTables = ['age_sex', 'age_level', 'population_age', 'population_level', 'outcome_age'] as const
export type ExtractTable = (typeof extractTables)[number]

export const extractTableWords: Readonly<
  Record<ExtractTable, { readonly title: string; readonly rows: ExtractDimension; readonly columns: ExtractDimension }>
> = {
  age_sex: { title: 'Âge et sexe', rows: 'age', columns: 'sex' },
  age_level: { title: 'Âge et niveau d’accompagnement', rows: 'age', columns: 'level' },
  population_age: { title: 'Problématique principale et âge', rows: 'population', columns: 'age' },
  population_level: { title: 'Problématique principale et niveau', rows: 'population', columns: 'level' },
  outcome_age: { title: 'Issue de l’accompagnement et âge', rows: 'outcome', columns: 'age' },
}

/** How an extract is read, said under it and in its file. */
export const extractNotice = french(
  'Personnes accompagnées dans l’année qui ne se sont pas opposées à l’usage secondaire de leurs données (troisième non-opposition donnée). Une case de moins de cinq personnes, et celles qui permettraient de la retrouver, portent la même marque « s ». Un extrait sort une fois : il ne change plus.',
)
