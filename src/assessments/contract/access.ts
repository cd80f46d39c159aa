import type { PersonTarget } from '../../persons/contract/person.ts'
import { allowed, allowedIf, refused, type Verdict } from '../../platform/contract/action.ts'
import { type Actor, accompanies, holds, type Volet } from '../../platform/contract/actor.ts'
import { french } from '../../platform/contract/typography.ts'
import type { AssessmentTarget } from './assessment.ts'
import type { FormDefinition } from './form-definition.ts'
import { resultVolet, voletsOf } from './library.ts'

const voletNames: Readonly<Record<Volet, string>> = { administrative: 'administratif', social: 'social', health: 'santé' }

/** What an assessment needs to know of the person and of her reader. */
export type AssessedPerson = Pick<PersonTarget, 'personId' | 'bases' | 'volets' | 'inCharge'>

/** Evaluations concern those who accompany the person: the DAC in charge, and the professionals of her circle (R37, R40). */
export function readsAssessments(actor: Actor, person: AssessedPerson): Verdict {
  const concerned =
    accompanies(actor) || person.bases.some((basis) => basis === 'care_team' || basis === 'consent' || basis === 'break_glass' || basis === 'self')
  return allowedIf(concerned && person.volets.some((volet) => volet !== 'administrative'), 'Réservé aux professionnels qui accompagnent cette personne.')
}

/** Whoever begins an assessment answers all its sections: she needs the volets of all of them. */
export function assesses(actor: Actor, person: AssessedPerson, form: FormDefinition | undefined): Verdict {
  const inCircle = holds(actor, 'outside_professional', 'expert_team') && person.bases.some((basis) => basis === 'care_team' || basis === 'consent')
  if (!inCircle && !(accompanies(actor) && person.inCharge)) return refused('Réservé au DAC qui accompagne cette personne et aux professionnels de son cercle.')
  const missing = form === undefined ? [] : voletsOf(form).filter((volet) => !person.volets.includes(volet))
  if (missing.length === 0) return allowed
  return refused(
    french(
      `Ce formulaire comporte des rubriques du volet ${missing.map((volet) => voletNames[volet]).join(' et du volet ')}, qui ne vous est pas ouvert pour cette personne.`,
    ),
  )
}

/** A draft belongs to the service that began it: its professionals finish it, correct it or leave it. */
export function writesAssessment(actor: Actor, assessment: AssessmentTarget): Verdict {
  const mine = actor.userId === assessment.createdBy || (accompanies(actor) && actor.serviceId === assessment.holderOrg)
  return allowedIf(mine, 'Réservé au service qui fait cette évaluation.')
}

/** The person's opinion is collected by whoever explains the result to her, and so may read it. */
export function collectsOpinion(
  actor: Actor,
  assessment: AssessmentTarget & { readonly person: AssessedPerson; readonly form: FormDefinition | undefined },
): Verdict {
  const reads = readsAssessments(actor, assessment.person)
  if (!reads.allowed || assessment.form === undefined) return reads
  return allowedIf(assessment.person.volets.includes(resultVolet(assessment.form)), 'Le résultat de cette évaluation ne vous est pas ouvert.')
}
