import { allowed, allowedIf, refused, type Verdict } from '../../platform/contract/action.ts'
import { type Actor, accompanies } from '../../platform/contract/actor.ts'
import type { PlanPerson, PlanTarget } from './plan.ts'

const inCircle = (person: PlanPerson): boolean => person.bases.some((basis) => basis === 'care_team' || basis === 'consent')

/** The plan is read by the DAC that accompanies, by the circle and by the person, each within her volets. */
export function readsPlan(actor: Actor, person: PlanPerson): Verdict {
  const concerned = accompanies(actor) || inCircle(person) || person.bases.includes('break_glass') || person.bases.includes('self')
  return allowedIf(concerned && person.volets.some((volet) => volet !== 'administrative'), 'Réservé aux professionnels qui accompagnent cette personne.')
}

/** A decision to make a plan, or none, is the DAC's that accompanies (R45). */
export function decidesPlan(actor: Actor, person: PlanPerson): Verdict {
  return allowedIf(accompanies(actor) && person.inCharge, 'Réservé aux professionnels du DAC qui accompagne cette personne.')
}

/** Its words are written by the professionals of the DAC that carries it. */
export function writesPlan(actor: Actor, plan: PlanTarget): Verdict {
  return allowedIf(accompanies(actor) && actor.serviceId === plan.holderOrg && plan.person.inCharge, 'Réservé aux professionnels du DAC qui porte ce PPCS.')
}

/** Only the référent validates: she answers for it before the person and the partners. */
export function validatesPlan(actor: Actor, plan: PlanTarget): Verdict {
  const writes = writesPlan(actor, plan)
  if (!writes.allowed) return writes
  return allowedIf(actor.userId === plan.referentId, 'Seul le référent de la personne valide le PPCS.')
}

/** Where an action stands is said by whoever does it, and by the DAC. */
export function followsAction(actor: Actor, plan: PlanTarget & { readonly actorPartyId: string | null }): Verdict {
  const writes = writesPlan(actor, plan)
  if (writes.allowed) return writes
  const hers = plan.actorPartyId !== null && (actor.parties as readonly string[]).includes(plan.actorPartyId) && inCircle(plan.person)
  return hers ? allowed : refused('Réservé à la personne chargée de cette action et au DAC qui porte le PPCS.')
}

/** A criterion of revision is flagged by whoever sees it reached: the DAC or anyone of the circle. */
export function flagsCriterion(actor: Actor, plan: PlanTarget): Verdict {
  return writesPlan(actor, plan).allowed || inCircle(plan.person) ? allowed : refused('Réservé au cercle de soins et au DAC qui porte le PPCS.')
}

/** One's own agreement is given online by a professional of the circle. */
export function givesAgreement(_actor: Actor, plan: PlanTarget): Verdict {
  return allowedIf(inCircle(plan.person), 'Réservé aux professionnels du cercle de soins.')
}
