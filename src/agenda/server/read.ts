import { circleParties } from '../../care-team/server/api.ts'
import { loadPerson } from '../../persons/server/api.ts'
import { addDays, dayOf } from '../../platform/contract/dates.ts'
import { notFound } from '../../platform/contract/errors.ts'
import type { PartyId, ServiceId } from '../../platform/contract/ids.ts'
import { type Context, implement, noTarget } from '../../platform/server/implement.ts'
import { membersOfService } from '../../territory/server/api.ts'
import { agendaDay, availability, bookedByUs, invitable, myAgenda, occurrenceDetail, personAgenda, teamAgenda } from '../contract/queries.ts'
import {
  type Asked,
  selectAbsences,
  selectBookedBy,
  selectDay,
  selectMine,
  selectOccurrence,
  selectPersonAgenda,
  selectTaken,
  selectTeam,
} from './lists.sql.ts'
import { loadOccurrence } from './load.ts'
import { voletsSeen } from './participant.sql.ts'
import { assertLikely, instantOfWall } from './unfold.ts'

/** The instants between which days of the clock lie, the last included. */
function spanOf({ timeZone }: Pick<Context, 'timeZone'>, from: string, to: string): Asked {
  for (const day of [from, to]) assertLikely(day)
  return { from: instantOfWall(`${from}T00:00`, timeZone), to: instantOfWall(`${addDays(to, 1)}T00:00`, timeZone), days: { from, to } }
}

/** Under what she takes part: her account, and her card of the directory. */
const ownParties = ({ actor }: Pick<Context, 'actor'>): readonly string[] => [actor.userId, ...(actor.professionalId === null ? [] : [actor.professionalId])]

export const personAgendaImplementation = implement(personAgenda, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, { personId, from, to }) => {
    const { rows, stays, nextAt } = await selectPersonAgenda(context.tx, personId, spanOf(context, from, to))
    return { rows, stays, today: dayOf(context.now, context.timeZone), nextOn: nextAt === null ? null : dayOf(nextAt, context.timeZone) }
  },
})

export const bookedByUsImplementation = implement(bookedByUs, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async ({ tx, actor, now }, { personId }) => ({ rows: actor.serviceId === null ? [] : [...(await selectBookedBy(tx, personId, actor.serviceId, now))] }),
})

export const myAgendaImplementation = implement(myAgenda, {
  load: noTarget,
  run: async (context, { from, to }) => ({
    ...(await selectMine(context.tx, context.actor.userId, ownParties(context), spanOf(context, from, to), context.now)),
    today: dayOf(context.now, context.timeZone),
  }),
})

export const agendaDayImplementation = implement(agendaDay, {
  load: noTarget,
  run: async (context) => {
    const today = dayOf(context.now, context.timeZone)
    return selectDay(context.tx, ownParties(context), spanOf(context, today, addDays(today, 1)), context.now)
  },
})

export const teamAgendaImplementation = implement(teamAgenda, {
  load: noTarget,
  run: async (context, { from, to }) => {
    const service = context.actor.serviceId as ServiceId
    const members = await membersOfService(context.tx, service)
    return {
      members: members.map(({ userId, name, jobTitle }) => ({ userId, name, jobTitle })),
      ...(await selectTeam(context.tx, service, spanOf(context, from, to))),
      today: dayOf(context.now, context.timeZone),
    }
  },
})

export const occurrenceDetailImplementation = implement(occurrenceDetail, {
  load: (context, { id }) => loadOccurrence(context, id),
  run: async ({ tx }, { id }) => {
    const found = await selectOccurrence(tx, id)
    if (found === undefined) throw notFound('appointment')
    return found
  },
})

export const availabilityImplementation = implement(availability, {
  load: noTarget,
  run: async ({ tx }, { partyIds, from, to, exceptOccurrenceId }) => {
    const span = { from: new Date(from), to: new Date(to) }
    return { taken: [...(await selectTaken(tx, partyIds, span, exceptOccurrenceId))], away: [...(await selectAbsences(tx, partyIds, span))] }
  },
})

export const invitableImplementation = implement(invitable, {
  load: async (context, { personId }) => {
    if (personId !== null) await loadPerson(context, personId)
    return { personId }
  },
  run: async ({ tx, actor }, { personId }) => {
    const colleagues = actor.serviceId === null ? [] : await membersOfService(tx, actor.serviceId)
    const circle = personId === null ? [] : await circleParties(tx, personId)
    const staff = new Set(colleagues.map(({ userId }) => userId as string))
    const others = circle.filter(({ partyId }) => !staff.has(partyId))
    const seen =
      personId === null
        ? new Map()
        : await voletsSeen(
            tx,
            personId,
            others.map(({ partyId }) => partyId),
          )
    return {
      colleagues: colleagues.map(({ userId, name, jobTitle }) => ({ partyId: userId as string as PartyId, name, jobTitle, isMe: userId === actor.userId })),
      circle: others.map(({ partyId, name, place }) => ({ partyId: partyId as PartyId, name, place, volets: [...(seen.get(partyId) ?? [])] })),
    }
  },
})
