import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { type Context, implement, noTarget } from '../../platform/server/implement.ts'
import { assertValue, valueSetLabels } from '../../territory/server/api.ts'
import { closeExceptionalAccess, openExceptionalAccess, reviewExceptionalAccess } from '../contract/access-actions.ts'
import { type ExceptionalAccess, exceptionalAccessCandidates, exceptionalAccesses, myExceptionalAccesses } from '../contract/access-queries.ts'
import { nameWords } from '../contract/names.ts'
import type { ExceptionalAccessId, ExceptionalAccessTarget } from '../contract/person.ts'
import { personNames, tellSightChanged } from './api.ts'
import {
  closeExceptionallyRow,
  countWaiting,
  type ExceptionalAccessRow,
  openExceptionallyRow,
  reviewExceptionallyRow,
  selectExceptionalAccesses,
  selectExceptionalCandidates,
  selectExceptionalTarget,
  selectSupervisors,
} from './exceptional-access.sql.ts'
import { selectNoticesOfAccesses } from './person-notice.sql.ts'
import { personNoticesJob } from './send-person-notices.ts'

const reasonList = 'persons.exceptional_access_reason'
const uniqueViolation = '23505'
/** Raised by the door: the ground is not one of those that a limited file, or a file that is not, allows. */
const wrongGround = { JL001: 'exceptional_access_ground', JL002: 'exceptional_access_not_limited' } as const
const shownFor = 90 * 24 * 3600 * 1000

async function ofTheAccess({ tx }: Context, { id }: { readonly id: ExceptionalAccessId }): Promise<ExceptionalAccessTarget> {
  const row = await selectExceptionalTarget(tx, id)
  if (row === undefined) throw notFound('exceptional_access')
  return { id, personId: row.personId, userId: row.userId, supervised: row.supervised }
}

/** Told to those who answer for it, never to the rest of the circle: no person on the event itself, else whoever sees her would hear it. */
async function tellSupervisors(context: Context, type: string, id: ExceptionalAccessId, personId: PersonId): Promise<number> {
  const audience = await selectSupervisors(context.tx, id)
  context.emit({ type, audience, payload: { personId, id } })
  return audience.length
}

export const exceptionalAccessCandidatesHandler = implement(exceptionalAccessCandidates, {
  load: noTarget,
  run: async (context, { name, birthDate }) => {
    const rows = await selectExceptionalCandidates(context.tx, nameWords(name), birthDate)
    context.note({ found: rows.length, outside: rows.filter((row) => !row.inScope).length })
    return { rows: [...rows] }
  },
})

/** A job closes it at its hour: the right itself ends by its date, the job only tells. */
export const openExceptionalAccessHandler = implement(openExceptionalAccess, {
  load: noTarget,
  run: async (context, { id, personId, reason, explanation, hours }) => {
    const { tx } = context
    await assertValue(tx, reasonList, reason)
    const label = (await valueSetLabels(tx, reasonList)).get(reason) ?? ''
    const endsAt = await openExceptionallyRow(tx, {
      id,
      sightId: context.newId(),
      personId,
      reason,
      words: french(`Accès exceptionnel : ${label}`),
      explanation,
      hours,
    }).catch((error: unknown) => {
      const { code } = error as { readonly code?: string }
      if (code === uniqueViolation) throw conflict('exceptional_access_not_needed')
      if (code === 'JL001' || code === 'JL002') throw invalid(wrongGround[code])
      throw error
    })
    if (endsAt === null) throw notFound('person')
    await context.enqueue(overJob, {}, { at: new Date(endsAt) })
    // The database wrote the notice to the person with the access itself.
    await context.enqueue(personNoticesJob, {})
    const told = await tellSupervisors(context, 'persons.exceptionalAccess.opened', id, personId)
    tellSightChanged(context, personId, [context.actor.userId], 'break_glass')
    context.note({ reason, hours, told })
    return { id, endsAt }
  },
})

/** Name of the job that notices the accesses that are over. */
export const overJob = 'persons:exceptional-access-over'

export const closeExceptionalAccessHandler = implement(closeExceptionalAccess, {
  load: ofTheAccess,
  run: async (context, { id }, { personId }) => {
    if (!(await closeExceptionallyRow(context.tx, id))) throw conflict('exceptional_access_over')
    await tellSupervisors(context, 'persons.exceptionalAccess.closed', id, personId)
    tellSightChanged(context, personId, [context.actor.userId], 'break_glass_over')
    return { id }
  },
})

export const reviewExceptionalAccessHandler = implement(reviewExceptionalAccess, {
  load: ofTheAccess,
  run: async (context, { id, outcome, comment }, { personId }) => {
    if (!(await reviewExceptionallyRow(context.tx, id, outcome, comment, context.actor.displayName))) throw conflict('exceptional_access_reviewed')
    await tellSupervisors(context, 'persons.exceptionalAccess.reviewed', id, personId)
    context.note({ outcome })
    return { id }
  },
})

/** Names of the persons whom the actor sees; whoever reviews without seeing her reads a reference. */
async function withNames<Row extends ExceptionalAccessRow>(
  context: Context,
  rows: readonly Row[],
): Promise<(Row & Pick<ExceptionalAccess, 'person' | 'live' | 'reasonLabel'>)[]> {
  const names = await personNames(
    context.tx,
    rows.map((row) => row.personId),
  )
  const labels = await valueSetLabels(context.tx, reasonList)
  return rows.map((row) => ({
    ...row,
    person: names.get(row.personId) ?? null,
    live: row.endedAt === null && new Date(row.endsAt) > context.now,
    reasonLabel: labels.get(row.reason) ?? '',
  }))
}

export const myExceptionalAccessesHandler = implement(myExceptionalAccesses, {
  load: noTarget,
  run: async (context) => {
    const rows = await selectExceptionalAccesses(context.tx, { mine: true, show: 'all', since: new Date(context.now.getTime() - shownFor), limit: 200 })
    return { rows: await withNames(context, rows) }
  },
})

export const exceptionalAccessesHandler = implement(exceptionalAccesses, {
  load: noTarget,
  run: async (context, { show, limit }) => {
    const rows = await selectExceptionalAccesses(context.tx, { mine: false, show, since: context.now, limit })
    const notices = new Map(
      (
        await selectNoticesOfAccesses(
          context.tx,
          rows.map(({ id }) => id),
        )
      ).map(({ accessId, ...notice }) => [accessId, notice]),
    )
    return {
      rows: (await withNames(context, rows)).map((row) => ({ ...row, notice: notices.get(row.id) ?? null })),
      toReview: await countWaiting(context.tx),
    }
  },
})
