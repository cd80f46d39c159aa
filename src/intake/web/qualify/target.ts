import type { RequestDetail } from '../../contract/request-line.ts'
import type { RequestTarget } from '../../contract/sollicitation.ts'

/** What the rules of the actions look at, from what the screen has read. */
export function targetOf({ request }: RequestDetail): RequestTarget {
  return {
    id: request.id as never,
    holderOrg: request.holderOrg as never,
    status: request.status,
    personId: request.person?.personId ?? null,
    requesterUserId: request.requesterUserId as never,
    requesterPartyId: request.requesterPartyId as never,
    assignedTo: (request.assignedTo?.id ?? null) as never,
  }
}

/** Merged into another, or closed: nothing is changed here any more, only reopened, separated, or told. */
export function isOver({ request }: RequestDetail): boolean {
  return request.status === 'closed' || request.mergedInto !== null
}
