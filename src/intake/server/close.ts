import { grantSight, loadPerson, recordTimelineItem } from '../../persons/server/api.ts'
import { conflict, DomainError } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Context } from '../../platform/server/implement.ts'
import { answersOf } from './answer.sql.ts'
import { reasonOf } from './link.ts'
import type { RequestChange, RequestRow } from './request.sql.ts'

/** A request without accompaniment stays readable by the DAC this long after its end, then leaves its active base (CNIL, délibération 2023-095). */
const yearsKept = 2

/** The service still sees the person by a right of its own: archived, merged or refusing meanwhile, she has no right to date, nor a Fil to write in. */
export async function stillHandled(context: Context, personId: PersonId): Promise<boolean> {
  try {
    const { bases } = await loadPerson(context, personId)
    return bases.includes('dac_in_charge') || bases.includes('request')
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'not_found') return false
    throw error
  }
}

/** The right that a request gave stands two years more: nothing goes on under it. `because` ends the words of « Qui peut voir, et pourquoi ». */
export async function dateRight(context: Context, request: RequestRow, personId: PersonId, because: string): Promise<void> {
  const until = new Date(context.now)
  until.setUTCFullYear(until.getUTCFullYear() + yearsKept)
  await grantSight(context, {
    personId,
    partyId: request.holderOrg,
    basis: 'request',
    reason: `${reasonOf(request, context)}, ${because}`,
    sourceId: request.id,
    until,
  })
}

/** What closing writes. Refuses a request without answer: one of them is always the principal. Dates the end of the DAC's sight of the person. */
export async function closing(context: Context, request: RequestRow): Promise<RequestChange> {
  const { tx, actor, now } = context
  if ((await answersOf(tx, request.id)).length === 0) throw conflict('no_answer')
  if (request.personId !== null && (await stillHandled(context, request.personId))) {
    await dateRight(context, request, request.personId, 'close')
    await recordTimelineItem(context, {
      personId: request.personId,
      kind: 'request',
      title: 'Demande close',
      source: 'intake',
      sourceId: request.id,
      volet: 'administrative',
      protection: 'org_private',
    })
  }
  return { status: 'closed', closed_at: now, closed_by: actor.userId, triage_since: null }
}
