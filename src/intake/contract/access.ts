import { allowedIf, type Verdict } from '../../platform/contract/action.ts'
import { type Actor, accompanies, holds, isDacStaff } from '../../platform/contract/actor.ts'
import type { RequestTarget } from './sollicitation.ts'

const deskOnly = 'Réservé aux professionnels du DAC qui traitent les demandes.'

/** Those who receive and handle requests: the desk and those who accompany. */
export function worksAtDesk(actor: Actor): Verdict {
  return allowedIf(isDacStaff(actor), deskOnly)
}

/** The desk of the DAC that handles this request. */
export function handlesRequest(actor: Actor, request: RequestTarget): Verdict {
  return allowedIf(isDacStaff(actor) && actor.serviceId === request.holderOrg, 'Réservé au DAC qui traite cette demande.')
}

/** The commission d'orientation: those who accompany persons in that DAC. */
export function sitsInTriage(actor: Actor, request: RequestTarget): Verdict {
  return allowedIf(
    accompanies(actor) && actor.serviceId === request.holderOrg,
    'Réservé à la commission d’orientation du DAC : référents, médecins, responsable d’équipe.',
  )
}

/** Whoever asks for help from outside the DAC, in her own space. */
export function asksFromOutside(actor: Actor): Verdict {
  return allowedIf(holds(actor, 'outside_professional', 'expert_team', 'cpts_coordinator'), 'Cet espace est celui des professionnels qui sollicitent le DAC.')
}

/** Whoever filed this request, by her account or by her card in the directory: its shared part only. */
export function followsRequest(actor: Actor, request: RequestTarget): Verdict {
  const hers = request.requesterUserId === actor.userId || (request.requesterPartyId !== null && request.requesterPartyId === actor.professionalId)
  return allowedIf(hers, 'Réservé à la personne qui a fait cette demande.')
}
