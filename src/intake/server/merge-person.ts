import { endSight, grantSight } from '../../persons/server/api.ts'
import { DomainError } from '../../platform/contract/errors.ts'
import type { Context } from '../../platform/server/implement.ts'
import { dateRight, stillHandled } from './close.ts'
import { linkKnownPerson, reasonOf } from './link.ts'
import { type RequestRow, updateRequest } from './request.sql.ts'
import { assertNotBlocked, tell } from './request-at-hand.ts'

/**
 * Whoever is named by a request that is reunited becomes the business of the one that is kept: it takes her over when it named nobody, and the
 * right of the other ends; it is dated when the kept one is closed, for nothing would ever date it. Gives whether the kept one took her over.
 */
export async function handOverPerson(context: Context, request: RequestRow, kept: RequestRow): Promise<boolean> {
  const { personId } = request
  if (personId === null) return false
  const handled = await stillHandled(context, personId)
  if (kept.status === 'closed') {
    if (handled && request.status !== 'closed') await dateRight(context, request, personId, 'réunie à une autre')
    return false
  }
  const moves = handled && kept.personId === null
  if (moves) {
    assertNotBlocked('name_person', kept)
    await linkKnownPerson(context, kept, personId)
    await updateRequest(context.tx, kept.id, { person_id: personId, concerns: 'person' })
    tell(context, 'intake.sollicitation.changed', kept)
  }
  if (request.status !== 'closed') await endSight(context, { personId, sourceId: request.id, partyId: request.holderOrg })
  return moves
}

/** A request that comes back has its right again. Nobody is joined who may not be (archived, refusing): it comes back without, as one may be closed. */
export async function takePersonBack(context: Context, request: RequestRow): Promise<void> {
  const { personId } = request
  if (personId === null || request.status === 'closed') return
  if (await stillHandled(context, personId)) {
    await grantSight(context, { personId, partyId: request.holderOrg, basis: 'request', reason: reasonOf(request, context), sourceId: request.id })
    return
  }
  try {
    await linkKnownPerson(context, request, personId)
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'person_not_found') throw error
  }
}

/** The kept request gives back whom it had taken over, unless it has since been closed or led to an accompaniment: it is hers by now. */
export async function givePersonBack(context: Context, kept: RequestRow, request: RequestRow): Promise<void> {
  if (kept.personId === null || kept.personId !== request.personId || kept.status === 'closed' || kept.episodeId !== null) return
  await updateRequest(context.tx, kept.id, { person_id: null, concerns: kept.personName === null ? 'unnamed' : 'person' })
  await endSight(context, { personId: kept.personId, sourceId: kept.id, partyId: kept.holderOrg })
  tell(context, 'intake.sollicitation.changed', kept)
}
