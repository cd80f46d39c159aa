import { createContext, useContext } from 'react'
import { personHeader } from '../../persons/contract/queries.ts'
import type { OutputOf, Verdict } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { properCase } from '../../platform/contract/proper-case.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { followsAction, validatesPlan, writesPlan } from '../contract/access.ts'
import type { PlanAction, PlanTarget } from '../contract/plan.ts'
import type { planOfPerson } from '../contract/queries.ts'

export type PlanData = NonNullable<OutputOf<typeof planOfPerson>['plan']>
export type PlanAnswer = OutputOf<typeof planOfPerson>

/** A plan on the screen: what it says, and what this user may do with it. */
export interface OpenPlan {
  readonly data: PlanData
  readonly target: PlanTarget
  readonly familyDoctor: PlanAnswer['familyDoctor']
  /** Its words may be changed now, by this user. */
  readonly editable: boolean
  readonly writes: Verdict
  readonly validates: Verdict
  readonly follows: (action: PlanAction) => boolean
  readonly sex: 'F' | 'M' | 'I' | null
  readonly personName: string
}

export function openPlan(actor: Actor, answer: PlanAnswer, who: { readonly sex: 'F' | 'M' | 'I' | null; readonly name: string }): OpenPlan | null {
  const { plan: data, person, familyDoctor } = answer
  if (data === null) return null
  const target: PlanTarget = { id: data.id, personId: data.personId, holderOrg: data.holderOrg, state: data.state, referentId: data.referentId, person }
  const writes = writesPlan(actor, target)
  return {
    data,
    target,
    familyDoctor,
    writes,
    validates: validatesPlan(actor, target),
    editable: writes.allowed && data.state === 'draft' && data.shows === 'living',
    follows: (action) => data.state !== 'closed' && followsAction(actor, { ...target, actorPartyId: action.actor.partyId }).allowed,
    sex: who.sex,
    personName: who.name,
  }
}

const PlanContext = createContext<OpenPlan | null>(null)
export const PlanProvider = PlanContext.Provider

/** The plan of the tab. */
export function usePlan(): OpenPlan {
  const plan = useContext(PlanContext)
  if (!plan) throw new Error('usePlan outside its tab')
  return plan
}

/** Who she is, as the header of the file has just read it: how to speak of her. */
export function useWho(personId: PersonId): { readonly sex: 'F' | 'M' | 'I' | null; readonly name: string } {
  const header = useJalonQuery(personHeader, { personId })
  const person = header.data?.person
  const name = person ? `${properCase(person.usedFirstName ?? person.firstName)} ${properCase(person.usedName ?? person.birthName)}`.trim() : ''
  return { sex: person?.sex ?? null, name }
}
