import type { PersonId } from '../../platform/contract/ids.ts'
import type { Subscriber } from '../../platform/server/subscribers.ts'
import { withdrawSensitiveNames } from './conference.sql.ts'

/** A person marked at risk, or a structure marked sensitive after it was invited: the Fil keeps the meeting and loses the name. */
export const sensitiveGuests: Subscriber = {
  name: 'case-conferences.sensitive-guests',
  types: ['persons.silence.changed', 'persons.sensitiveStructure.changed'],
  react: async (tx, event) => withdrawSensitiveNames(tx, event.personId as PersonId | null),
}
