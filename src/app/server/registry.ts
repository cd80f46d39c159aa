import { visitsFollowActivities } from '../../agenda/server/corrected-visits.ts'
import { appointmentsAfterClosure, appointmentsAfterDeath, appointmentsAfterOpposition, healthSpaceBeforeErasure } from '../../agenda/server/events.ts'
import { agendaHandlers } from '../../agenda/server/handlers.ts'
import { assessmentsHandlers } from '../../assessments/server/handlers.ts'
import { auditTrailHandlers } from '../../audit-trail/server/handlers.ts'
import { followEpisode } from '../../care-plans/server/events.ts'
import { carePlansHandlers } from '../../care-plans/server/handlers.ts'
import { followersInTheCircle, sensitiveNames } from '../../care-team/server/events.ts'
import { careTeamHandlers } from '../../care-team/server/handlers.ts'
import { mandatesFollowMeasures } from '../../care-team/server/mandates.ts'
import { answersFromTheAgenda, conferencesAfterDeath, sensitiveGuests } from '../../case-conferences/server/events.ts'
import { caseConferencesHandlers } from '../../case-conferences/server/handlers.ts'
import { relaunchesEndWithAnswers } from '../../case-conferences/server/relaunch.ts'
import { conversationsFollowTheCircle } from '../../conversations/server/events.ts'
import { conversationsHandlers } from '../../conversations/server/handlers.ts'
import { conversationsJobs } from '../../conversations/server/jobs.ts'
import { cptsHandlers } from '../../cpts/server/handlers.ts'
import { directoryHandlers } from '../../directory/server/handlers.ts'
import { directoryJobs } from '../../directory/server/jobs.ts'
import { duplicatesHandlers } from '../../duplicates/server/handlers.ts'
import { duplicatesJobs, lookAtChangedIdentities } from '../../duplicates/server/jobs.ts'
import { underPresentIds } from '../../duplicates/server/old-ids.ts'
import { tasksOfTheCircle } from '../../episodes/server/circle-tasks.ts'
import { proposeSequenceOnAlert, stopAfterDeath, withdrawSequenceWithAlert } from '../../episodes/server/events.ts'
import { episodesHandlers } from '../../episodes/server/handlers.ts'
import { hospitalEventsHandlers } from '../../hospital-events/server/handlers.ts'
import { intakeHandlers } from '../../intake/server/handlers.ts'
import { endAlertsAtClosure, noticesOfRelaunches, noticesOfTheAgenda } from '../../liaison/server/events.ts'
import { liaisonHandlers } from '../../liaison/server/handlers.ts'
import { offlineHandlers } from '../../offline/server/handlers.ts'
import { personsHandlers } from '../../persons/server/handlers.ts'
import { personsJobs } from '../../persons/server/jobs.ts'
import { draftHandlers } from '../../platform/server/drafts.ts'
import { type Implementation, registryOf } from '../../platform/server/implement.ts'
import { purge } from '../../platform/server/purge.ts'
import type { Subscriber } from '../../platform/server/subscribers.ts'
import type { Job } from '../../platform/server/worker.ts'
import { privacyHandlers } from '../../privacy/server/handlers.ts'
import { unlessLimited } from '../../privacy/server/limitation-guard.ts'
import { safeguardingHandlers } from '../../safeguarding/server/handlers.ts'
import { signInHandlers } from '../../sign-in/server/handlers.ts'
import { steeringHandlers } from '../../steering/server/handlers.ts'
import { telephonyHandlers } from '../../telephony/server/handlers.ts'
import { telephonyJobs } from '../../telephony/server/jobs.ts'
import { territoryHandlers } from '../../territory/server/handlers.ts'
import { personTables } from './person-data.ts'
import { underPurposes } from './purposes.ts'

/** Everything that one can do in Jalon: routes, OpenAPI and the access-matrix test are made from it. */
export const registry: ReadonlyMap<string, Implementation> = registryOf(
  underPurposes([
    ...draftHandlers,
    ...territoryHandlers,
    ...signInHandlers,
    ...directoryHandlers,
    ...telephonyHandlers,
    ...personsHandlers,
    ...careTeamHandlers,
    ...episodesHandlers,
    ...agendaHandlers,
    ...intakeHandlers,
    ...assessmentsHandlers,
    ...carePlansHandlers,
    ...caseConferencesHandlers,
    ...liaisonHandlers,
    ...conversationsHandlers,
    ...hospitalEventsHandlers,
    ...safeguardingHandlers,
    ...cptsHandlers,
    ...duplicatesHandlers,
    ...steeringHandlers,
    ...offlineHandlers(() => registry),
    ...auditTrailHandlers(() => titles),
    ...privacyHandlers({ tables: personTables, titles: () => titles }),
  ])
    .map(unlessLimited)
    .map(underPresentIds),
)

/** What each action and query is called in French: the list of accesses says it so. */
const titles: ReadonlyMap<string, string> = new Map([
  ...[...registry.values()].map(({ contract }) => [contract.name, contract.title] as const),
  // What the software does by itself is told in words too, where the person reads who opened her file.
  ['agenda.healthSpace.send', 'Envoi d’un rendez-vous à Mon espace santé'],
  ['persons.insi.call', 'Appel du téléservice INSi'],
])

/** Reactions of capabilities to events of others. */
export const subscribers: readonly Subscriber[] = [
  followersInTheCircle,
  sensitiveNames,
  sensitiveGuests,
  relaunchesEndWithAnswers,
  mandatesFollowMeasures,
  stopAfterDeath,
  appointmentsAfterDeath,
  appointmentsAfterClosure,
  appointmentsAfterOpposition,
  healthSpaceBeforeErasure,
  conferencesAfterDeath,
  answersFromTheAgenda,
  proposeSequenceOnAlert,
  withdrawSequenceWithAlert,
  tasksOfTheCircle,
  visitsFollowActivities,
  endAlertsAtClosure,
  noticesOfRelaunches,
  noticesOfTheAgenda,
  followEpisode,
  conversationsFollowTheCircle,
  lookAtChangedIdentities,
]

/** Background jobs by name. */
export const jobs: Readonly<Record<string, Job>> = {
  'platform:purge': purge,
  ...directoryJobs,
  ...personsJobs,
  ...duplicatesJobs,
  ...conversationsJobs,
  ...telephonyJobs,
}
