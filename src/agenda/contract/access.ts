import { allowedIf, refused, type Verdict } from '../../platform/contract/action.ts'
import { type Actor, accompanies, holds, isDacStaff } from '../../platform/contract/actor.ts'
import type { AppointmentTarget, BookingTarget } from './appointment.ts'

/** The DAC, and the professionals of the circle: those who write in the shared space. */
export const writesInFiles = (actor: Actor): boolean => isDacStaff(actor) || holds(actor, 'outside_professional')

/** Whoever works in a service has its calendar; a person's agenda is the circle's and the DAC's, each in her volets. */
export function mayBook(actor: Actor, { person }: BookingTarget, { volet, isPrivate }: { readonly volet: string; readonly isPrivate: boolean }): Verdict {
  if (person === null)
    return allowedIf(
      actor.kind === 'user' && actor.serviceId !== null && !holds(actor, 'person'),
      'L’agenda d’équipe est celui des professionnels d’un service.',
    )
  if (!writesInFiles(actor)) return refused('Réservé au DAC et aux professionnels du cercle de soins.')
  if (isPrivate && !isDacStaff(actor)) return refused('L’espace privé est celui de l’équipe du DAC.')
  return allowedIf((person.volets as readonly string[]).includes(volet), 'Ce volet ne vous est pas ouvert.')
}

/** Whoever booked it, her service, and the DAC that holds the file; the others read it and answer their invitation. */
export function mayChange(actor: Actor, appointment: AppointmentTarget): Verdict {
  if (appointment.imported) return refused('Ce rendez-vous vient d’un agenda extérieur : changez-le là-bas, puis reprenez le fichier.')
  if (appointment.follows !== null) return refused('Ce rendez-vous suit la concertation : la date, le lieu et les invités se changent là-bas.')
  if (appointment.personId === null)
    return allowedIf(actor.serviceId === appointment.holderOrg || actor.userId === appointment.organizerId, 'Ce rendez-vous est celui d’un autre service.')
  return allowedIf(
    isDacStaff(actor) || actor.userId === appointment.organizerId || (actor.serviceId === appointment.holderOrg && writesInFiles(actor)),
    'Pris par un autre service : proposez une autre date en répondant à l’invitation, ou appelez le DAC.',
  )
}

/** Visits are recorded by those who accompany; safety notes are theirs too. */
export const accompaniesFiles = (actor: Actor): Verdict => allowedIf(accompanies(actor), 'Réservé aux professionnels du DAC qui accompagnent.')

/** Everyone who works in a service: « Mon agenda », her invitations. */
export const hasCalendar = (actor: Actor): Verdict =>
  allowedIf(actor.kind === 'user' && !holds(actor, 'person', 'governance_member'), 'L’agenda est celui des professionnels.')

/** The calendar of a team is read by the team. */
export const ofATeam = (actor: Actor): Verdict =>
  allowedIf(
    actor.serviceId !== null && holds(actor, 'front_desk', 'referent', 'doctor', 'team_lead', 'director', 'cpts_coordinator', 'expert_team'),
    'Le calendrier d’une équipe est lu par cette équipe.',
  )
