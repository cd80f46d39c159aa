import { followedBy } from '../../agenda/server/api.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { installationZone, withJobContext } from '../../platform/server/as-job.ts'
import type { Subscriber } from '../../platform/server/subscribers.ts'
import type { ConferenceId } from '../contract/conference.ts'
import { answerFromAgenda, cancelPlanned, planAgain, withdrawSensitiveNames } from './conference.sql.ts'
import { conferenceFollowed } from './in-agenda.ts'
import { tell } from './load.ts'

/** A person marked at risk, or a structure marked sensitive after it was invited: the Fil keeps the meeting and loses the name. */
export const sensitiveGuests: Subscriber = {
  name: 'case-conferences.sensitive-guests',
  types: ['persons.silence.changed', 'persons.sensitiveStructure.changed'],
  react: async (tx, event) => withdrawSensitiveNames(tx, event.personId as PersonId | null),
}

/** A death cancels the concertations that were to be held about the person; recorded by mistake, it gives them back. Runs once per event. */
export const conferencesAfterDeath: Subscriber = {
  name: 'caseConferences.afterDeath',
  types: ['persons.person.died', 'persons.person.deathWithdrawn'],
  react: async (tx, event) => {
    if (event.personId === null) return
    const personId = event.personId as PersonId
    const ids = event.type === 'persons.person.died' ? await cancelPlanned(tx, personId, event.seq) : await planAgain(tx, personId)
    await withJobContext(tx, { now: new Date(event.at), timeZone: await installationZone(tx) }, async (context) => {
      for (const id of ids) tell(context, { personId }, id, 'changed')
    })
  },
}

/** A guest who answers in her agenda has answered the concertation. */
export const answersFromTheAgenda: Subscriber = {
  name: 'caseConferences.answersFromTheAgenda',
  types: ['agenda.invitation.answered'],
  react: async (tx, event) => {
    const { participantId } = event.payload
    const answer = typeof participantId === 'string' ? await followedBy(tx, participantId as never) : undefined
    if (answer?.follows !== conferenceFollowed || (answer.response !== 'accepted' && answer.response !== 'declined')) return
    const { followsId, partyId, response } = answer
    const personId = await answerFromAgenda(tx, followsId, partyId, response, event.at)
    if (personId === undefined) return
    await withJobContext(tx, { now: new Date(event.at), timeZone: await installationZone(tx) }, async (context) =>
      tell(context, { personId }, followsId as ConferenceId, 'changed'),
    )
  },
}
