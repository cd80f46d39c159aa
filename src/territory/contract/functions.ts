import type { ActorFunction, ServiceKind } from '../../platform/contract/actor.ts'

/** Functions that only make sense in some kinds of services; the others may be held anywhere. */
const onlyIn: Readonly<Partial<Record<ActorFunction, readonly ServiceKind[]>>> = {
  cpts_coordinator: ['cpts'],
  // never a DAC: there its staff (R.1110-2, 2°, j) have functions of their own, and an expert team would receive every file of the service
  expert_team: ['dsr', 'der', 'emsp', 'crt', 'c360', 'hospital', 'gh', 'had', 'esms', 'association', 'other'],
  regional_admin: ['grades', 'ars'],
  governance_member: ['ars', 'department', 'dac', 'cpts', 'grades', 'association', 'other'],
  // the person's own space is not a job
  person: [],
}

/** Those of the functions that cannot be held in a service of this kind. */
export function functionsRefusedIn(kind: ServiceKind, functions: readonly ActorFunction[]): readonly ActorFunction[] {
  return functions.filter((held) => onlyIn[held]?.includes(kind) === false)
}
