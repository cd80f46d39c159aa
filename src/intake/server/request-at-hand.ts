import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { newId, type ServiceId } from '../../platform/contract/ids.ts'
import type { Context } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import { type BlockedGesture, blockedBy } from '../contract/extra-questions.ts'
import type { SollicitationId } from '../contract/sollicitation.ts'
import { findRequest, insertEvent, type RequestRow } from './request.sql.ts'

/** The request as the actor sees it; the same answer for absent and invisible. */
export async function loadRequest({ tx }: Context, id: SollicitationId): Promise<RequestRow> {
  const row = await findRequest(tx, id)
  if (row === undefined) throw notFound('sollicitation')
  return row
}

/** `load` of actions whose input names the request `id`. */
export const loadById = (context: Context, input: { readonly id: SollicitationId }): Promise<RequestRow> => loadRequest(context, input.id)
/** `load` of actions whose input names the request `sollicitationId`. */
export const loadParent = (context: Context, input: { readonly sollicitationId: SollicitationId }): Promise<RequestRow> =>
  loadRequest(context, input.sollicitationId)

/** The request, held for this transaction, as it is now. Refuses one that was merged into another, and one that is closed unless `closedToo`. */
export async function holdRequest({ tx }: Context, id: SollicitationId, { closedToo = false }: { readonly closedToo?: boolean } = {}): Promise<RequestRow> {
  const row = await findRequest(tx, id, { lock: true })
  if (row === undefined) throw notFound('sollicitation')
  if (row.mergedInto !== null) throw conflict('request_merged')
  if (row.status === 'closed' && !closedToo) throw conflict('request_closed')
  return row
}

/** Refuses what the answers to the extra questions of this requester forbid (R88). */
export function assertNotBlocked(gesture: BlockedGesture, request: { readonly requesterKind: string; readonly extra: Readonly<Record<string, string>> }): void {
  const blocked = blockedBy(gesture, request.requesterKind, request.extra)
  if (blocked !== null) throw invalid('extra_answer_needed', { question: blocked.question })
}

interface Told {
  readonly id: SollicitationId
  readonly holderOrg: ServiceId
  readonly requesterUserId: string | null
  readonly requesterPartyId: string | null
}

/** Tells the desk of the DAC, and the requester who follows her request in her own space. */
export function tell(context: Context, type: string, request: Told): void {
  const others = [request.requesterUserId, request.requesterPartyId].filter((party) => party !== null)
  context.emit({ type, audience: [request.holderOrg, ...others], payload: { id: request.id } })
}

/** Writes what happened on the sheet of the request, and tells it. The last word of the type is the kind: 'intake.sollicitation.taken'. */
export async function recordStep(context: Context, type: string, request: Told, note: string | null = null): Promise<void> {
  const { tx, actor, now } = context
  await insertEvent(tx, {
    id: newId(),
    sollicitationId: request.id,
    kind: type.slice(type.lastIndexOf('.') + 1),
    at: now,
    byId: actor.userId,
    byName: actor.displayName,
    note,
  })
  tell(context, type, request)
}
