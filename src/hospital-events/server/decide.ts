import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { type Context, type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import { confirmCandidate, type HospitalVisitId, hospitalVisits, reopenVisit, setVisitAside, type VisitTarget } from '../contract/visits.ts'
import { findCandidate, findVisit, keepsTraits, sayHers, sayNoneOfOurs, selectVisits, undecide } from './decide.sql.ts'
import { lookJob } from './receive-message.ts'

async function loadVisit({ tx }: Context, { id }: { readonly id: HospitalVisitId }): Promise<VisitTarget> {
  const visit = await findVisit(tx, id)
  if (visit === undefined) throw notFound('hospital visit')
  return visit
}

/** What was decided is written; the file is brought in line by the job that looks at stays, as for a message. */
async function lookAgain({ enqueue, emit, actor }: Context, visitId: HospitalVisitId): Promise<void> {
  await enqueue(lookJob, { visitId }, { jobKey: `${lookJob}:${visitId}` })
  emit({ type: 'hospitalEvents.visit.changed', audience: actor.serviceId === null ? [] : [actor.serviceId], payload: { visitId } })
}

const decided = ({ actor, now }: Context): Parameters<typeof sayNoneOfOurs>[2] => ({ by: actor.userId, byName: actor.displayName, at: now })

export const decideHandlers: readonly Implementation[] = [
  implement(hospitalVisits, { load: noTarget, run: ({ tx }, { view, limit }) => selectVisits(tx, view, limit) }),
  implement(confirmCandidate, {
    load: async ({ tx }, { id }) => {
      const candidate = await findCandidate(tx, id)
      if (candidate === undefined) throw notFound('candidate')
      return candidate
    },
    run: async (context, { id }, target) => {
      // The rows of the stay are held: of two who decide at once, one reads what the other decided.
      await findVisit(context.tx, target.visitId)
      if (!(await keepsTraits(context.tx, target.visitId))) throw invalid('hospitalEvents.forgotten')
      if (!(await sayHers(context.tx, target, decided(context)))) throw conflict('hospitalEvents.decided_elsewhere')
      await lookAgain(context, target.visitId)
      return { id }
    },
  }),
  implement(setVisitAside, {
    load: loadVisit,
    run: async (context, { id }) => {
      if (!(await keepsTraits(context.tx, id))) throw invalid('hospitalEvents.forgotten')
      await sayNoneOfOurs(context.tx, id, decided(context))
      await lookAgain(context, id)
      return { id }
    },
  }),
  implement(reopenVisit, {
    load: loadVisit,
    run: async (context, { id }) => {
      if (!(await keepsTraits(context.tx, id))) throw invalid('hospitalEvents.forgotten')
      await undecide(context.tx, id)
      await lookAgain(context, id)
      return { id }
    },
  }),
]
