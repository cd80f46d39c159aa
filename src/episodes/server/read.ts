import { loadPerson } from '../../persons/server/api.ts'
import { holds } from '../../platform/contract/actor.ts'
import { notFound } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { caseload, day, episodeHistory, fileSynthesis, followers, teamLoad } from '../contract/queries.ts'
import { selectCaseload, selectDay, selectFollowers, selectTeamLoad } from './caseload.sql.ts'
import { todayOf } from './edit-episode.ts'
import { findEpisode } from './episode.sql.ts'
import { selectHistory, selectSynthesis } from './synthesis.sql.ts'

export const caseloadImplementation = implement(caseload, {
  sharedPlans: true,
  load: noTarget,
  run: async (context, { userId, state, level }) => {
    const rows = await selectCaseload(context.tx, userId ?? context.actor.userId, todayOf(context), { state, level })
    return { rows, next: null, total: rows.length }
  },
})

export const dayImplementation = implement(day, {
  sharedPlans: true,
  load: noTarget,
  run: (context) => {
    const { tx, actor, now, timeZone } = context
    const leads = holds(actor, 'team_lead')
    return selectDay(tx, { userId: actor.userId, service: actor.serviceId as ServiceId, leads, now, today: todayOf(context), timeZone })
  },
})

export const fileSynthesisImplementation = implement(fileSynthesis, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: ({ tx }, { personId }) => selectSynthesis(tx, personId),
})

export const episodeHistoryImplementation = implement(episodeHistory, {
  load: async ({ tx }, { id }) => {
    const episode = await findEpisode(tx, id)
    if (episode === undefined) throw notFound('episode')
    return episode
  },
  run: ({ tx }, { id }) => selectHistory(tx, id),
})

export const followersImplementation = implement(followers, {
  load: noTarget,
  run: async (context) => ({ rows: await selectFollowers(context.tx, context.actor.serviceId as ServiceId, todayOf(context)) }),
})

export const teamLoadImplementation = implement(teamLoad, {
  load: noTarget,
  run: async (context) => {
    const rows = await selectTeamLoad(context.tx, context.actor.serviceId as ServiceId, todayOf(context))
    return { rows, next: null, total: rows.length }
  },
})
