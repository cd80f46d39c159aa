import { loadPerson, sharingState } from '../../persons/server/api.ts'
import { volets } from '../../platform/contract/actor.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { conferenceSheet, conferencesOfMine, conferencesOfPerson } from '../contract/queries.ts'
import { selectConferences, selectMine, selectMyDecisions, selectSheet } from './conference.sql.ts'
import { loadConference } from './load.ts'

export const conferencesOfPersonImplementation = implement(conferencesOfPerson, {
  sharedPlans: true,
  load: (context, { personId }) => loadPerson(context, personId),
  run: ({ tx }, { personId }) => selectConferences(tx, personId),
})

export const conferenceSheetImplementation = implement(conferenceSheet, {
  sharedPlans: true,
  load: (context, { id }) => loadConference(context, id),
  run: async ({ tx, now }, { id }, target) => ({
    ...(await selectSheet(tx, id, now)),
    silences: [...(await sharingState(tx, target.personId)).silences],
    closedVolets: volets.filter((volet) => !target.person.volets.includes(volet)),
    inCharge: target.person.inCharge,
    invitedParties: [...target.invitedParties],
  }),
})

export const conferencesOfMineImplementation = implement(conferencesOfMine, {
  sharedPlans: true,
  load: noTarget,
  run: async ({ tx, actor, now }) => ({
    rows: await selectMine(tx, actor.userId, new Date(now.getTime() - 24 * 3_600_000)),
    decisions: await selectMyDecisions(tx),
  }),
})
