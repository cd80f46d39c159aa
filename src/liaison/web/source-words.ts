import type { TimelineLine } from '../contract/queries.ts'

const words: Readonly<Record<string, string>> = {
  liaison: 'carnet de liaison',
  episodes: 'accompagnement',
  intake: 'demande',
  persons: 'identité et droits',
  'care-team': 'cercle',
  care_team: 'cercle',
  assessments: 'évaluation',
  'care-plans': 'PPCS',
  care_plans: 'PPCS',
  'hospital-events': 'annoncé par l’hôpital',
}

/** Where a line of the Fil comes from; what is private says so in its place. */
export function sourceWord(line: Pick<TimelineLine, 'source' | 'isPrivate'>): string {
  if (line.isPrivate) return 'visible du seul DAC'
  return words[line.source.split('.')[0] ?? ''] ?? 'dossier'
}

/** The sources that can be filtered, with their words. */
export const sources: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'liaison', label: 'Carnet de liaison' },
  { value: 'episodes', label: 'Accompagnement' },
  { value: 'assessments', label: 'Évaluations' },
  { value: 'care-plans', label: 'PPCS' },
  { value: 'intake', label: 'Demandes' },
  { value: 'persons', label: 'Identité et droits' },
]
