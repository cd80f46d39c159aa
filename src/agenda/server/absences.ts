import { addDays } from '../../platform/contract/dates.ts'
import { invalid, notFound } from '../../platform/contract/errors.ts'
import type { ServiceId, UserId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { absenceById, absentAmong, membersOfService, recordAbsence, withdrawAbsence } from '../../territory/server/api.ts'
import { type AbsenceTarget, cancelAbsence, declareAbsence } from '../contract/actions.ts'
import { assertLikely, instantOfWall } from './unfold.ts'

const longestDays = 366

/** Somebody of the actor's service; anybody else does not exist here. */
async function loadColleague({ tx, actor }: Context, userId: UserId): Promise<AbsenceTarget> {
  if (actor.serviceId === null || !(await membersOfService(tx, actor.serviceId)).some((one) => one.userId === userId)) throw notFound('colleague')
  return { userId }
}

export const declareAbsenceImplementation = implement(declareAbsence, {
  load: (context, { userId }) => loadColleague(context, userId),
  run: async (context, { id, userId, from, to, fromTime, toTime, substituteId }) => {
    const { tx, actor, timeZone } = context
    for (const day of [from, to]) assertLikely(day)
    const startsAt = instantOfWall(`${from}T${fromTime ?? '00:00'}`, timeZone)
    const endsAt = instantOfWall(toTime === null ? `${addDays(to, 1)}T00:00` : `${to}T${toTime}`, timeZone)
    if (endsAt <= startsAt) throw invalid('agenda.absence_backwards')
    if (endsAt.getTime() - startsAt.getTime() > longestDays * 86_400_000) throw invalid('agenda.absence_too_long')
    if (substituteId !== null) {
      if (substituteId === userId) throw invalid('agenda.not_a_colleague')
      if (!(await membersOfService(tx, actor.serviceId as ServiceId)).some((one) => one.userId === substituteId)) throw invalid('agenda.not_a_colleague')
      if ((await absentAmong(tx, [substituteId], startsAt)).size > 0) throw invalid('agenda.substitute_absent')
    }
    await recordAbsence(context, {
      id,
      userId,
      serviceId: actor.serviceId as ServiceId,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      wholeDays: fromTime === null && toTime === null,
      substituteId,
    })
    return { id }
  },
})

export const cancelAbsenceImplementation = implement(cancelAbsence, {
  load: async ({ tx, actor }, { id }) => {
    const absence = await absenceById(tx, id)
    if (absence === undefined || absence.serviceId !== actor.serviceId) throw notFound('absence')
    return absence
  },
  run: async (context, { id }) => {
    const absence = await absenceById(context.tx, id)
    if (absence !== undefined) await withdrawAbsence(context, absence)
    return { id }
  },
})
