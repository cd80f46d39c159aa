import { agendaPersonData } from '../../agenda/server/person-data.ts'
import { assessmentsPersonData } from '../../assessments/server/person-data.ts'
import { carePlansPersonData } from '../../care-plans/server/person-data.ts'
import { careTeamPersonData } from '../../care-team/server/person-data.ts'
import { caseConferencesPersonData } from '../../case-conferences/server/person-data.ts'
import { conversationsPersonData } from '../../conversations/server/person-data.ts'
import { duplicatesPersonData } from '../../duplicates/server/person-data.ts'
import { episodesPersonData } from '../../episodes/server/person-data.ts'
import { hospitalEventsPersonData } from '../../hospital-events/server/person-data.ts'
import { intakePersonData } from '../../intake/server/person-data.ts'
import { liaisonPersonData } from '../../liaison/server/person-data.ts'
import { personsPersonData } from '../../persons/server/person-data.ts'
import type { PersonTable } from '../../platform/server/person-data.ts'
import { privacyPersonData } from '../../privacy/server/person-data.ts'
import { safeguardingPersonData } from '../../safeguarding/server/person-data.ts'

/** Every table that bears a person, as its capability declares it; in the order in which a document tells them. */
export const personTables: readonly PersonTable[] = [
  ...personsPersonData.filter(({ table }) => table.startsWith('persons.') && table !== 'persons.timeline_item'),
  ...intakePersonData,
  ...episodesPersonData,
  ...agendaPersonData,
  ...careTeamPersonData,
  ...assessmentsPersonData,
  ...carePlansPersonData,
  ...caseConferencesPersonData,
  ...liaisonPersonData,
  ...conversationsPersonData,
  ...hospitalEventsPersonData,
  ...safeguardingPersonData,
  ...privacyPersonData,
  ...duplicatesPersonData,
  ...personsPersonData.filter(({ table }) => !table.startsWith('persons.') || table === 'persons.timeline_item'),
]
