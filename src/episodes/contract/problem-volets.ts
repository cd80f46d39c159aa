import type { Volet } from '../../platform/contract/actor.ts'

/** The two axes of the problématiques (indicator 5). Their lists are steering.population and steering.difficulty. */
export const problemAxes = { population: 'steering.population', difficulty: 'steering.difficulty' } as const
export type ProblemAxis = keyof typeof problemAxes

const social = new Set(['precarity', 'isolation', 'resources', 'housing', 'abuse', 'caregiver', 'missing_services', 'autonomy_loss'])
const administrative = new Set(['no_gp', 'rights', 'language', 'legal_protection'])

/** The volet under which a problem is kept. What says something of health, or is unknown to us, is of the health volet. */
export function voletOfProblem(code: string): Volet {
  if (administrative.has(code)) return 'administrative'
  return social.has(code) ? 'social' : 'health'
}
