import { agendaValueSets } from '../../../agenda/contract/value-sets.ts'
import { carePlansValueSets } from '../../../care-plans/contract/value-sets.ts'
import { careTeamValueSets } from '../../../care-team/contract/value-sets.ts'
import { caseConferencesValueSets } from '../../../case-conferences/contract/value-sets.ts'
import { directoryValueSets } from '../../../directory/contract/value-sets.ts'
import { episodesValueSets } from '../../../episodes/contract/value-sets.ts'
import { intakeValueSets } from '../../../intake/contract/value-sets.ts'
import { liaisonValueSets } from '../../../liaison/contract/value-sets.ts'
import { personsValueSets } from '../../../persons/contract/value-sets.ts'
import { safeguardingValueSets } from '../../../safeguarding/contract/value-sets.ts'
import { steeringValueSets } from '../../../steering/contract/value-sets.ts'
import { territoryValueSets } from '../../../territory/contract/territory-value-sets.ts'
import type { ValueSetDefinition } from '../../../territory/contract/value-sets.ts'

/** Every starter list of this version, as loaded into the database. */
export const allValueSets: readonly ValueSetDefinition[] = [
  ...territoryValueSets,
  ...directoryValueSets,
  ...personsValueSets,
  ...careTeamValueSets,
  ...episodesValueSets,
  ...agendaValueSets,
  ...intakeValueSets,
  ...carePlansValueSets,
  ...caseConferencesValueSets,
  ...liaisonValueSets,
  ...safeguardingValueSets,
  ...steeringValueSets,
]
