import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import {
  addCriterion,
  addObjective,
  addPlanAction,
  addProblem,
  answerAction,
  decidePlan,
  discardDraft,
  editObjective,
  editPlanAction,
  editProblem,
  flagCriterion,
  followAction,
  judgeObjective,
  proposePlan,
  removeCriterion,
  removeLine,
  restoreLine,
  resumePlan,
  revisePlan,
  setReview,
  unflagCriterion,
  validatePlan,
  writeStatement,
} from '../contract/actions.ts'
import { giveAgreement, handOverPlan, noteAgreement } from '../contract/agreements.ts'
import { askedOfMe, planDocument, planOfPerson, planSummary, plansToRevise, planVersionContent } from '../contract/queries.ts'
import { aPlan, type PlannedFacts } from './plans.ts'

type Arranged = Readonly<Record<string, string>>

function planned(state: PlannedFacts['state'], then?: (world: MatrixWorld, tx: Tx, arranged: Arranged) => Promise<Arranged>) {
  return async (world: MatrixWorld, tx: Tx): Promise<Arranged> => {
    const arranged = {
      ...(await aPlan(tx, {
        personId: world.personId,
        episodeId: world.episodeId,
        holderOrg: world.dacA,
        referentId: world.referentId,
        state,
        clock: world.clock,
        actorPartyId: world.actors.circleDoctor.professionalId,
      })),
    }
    return { ...arranged, ...(await then?.(world, tx, arranged)) }
  }
}
const draft = planned('draft')

/** The plan is known to whoever sees the person; its words are written by the DAC that carries it. */
const dacOnly = expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden', circleDoctor: 'forbidden', circleSocial: 'forbidden' })
/** A line of the health volet does not exist for the front desk and for the social worker. */
const dacOnHealth = expectAll('not_found', { referent: 'ok', circleDoctor: 'forbidden' })
const dacOnSocial = expectAll('not_found', { referent: 'ok', circleDoctor: 'forbidden', circleSocial: 'forbidden' })
/** The circle's doctor is the one to whom the action is given. */
const dacAndDoctor = expectAll('not_found', { referent: 'ok', circleDoctor: 'ok' })
const readers = expectAll('not_found', { referent: 'ok', circleDoctor: 'ok', circleSocial: 'ok', frontDesk: 'forbidden' })

const handedOver = planned('validated', async (world, tx, { planId }) => {
  const handoverId = newId()
  await sql`insert into care_plans.handover (id, plan_id, person_id, number, recipient_kind, recipient_name, volets, handed_on, handed_by, handed_by_name, recorded_at, holder_org)
    values (${handoverId}, ${planId}, ${world.personId}, 1, 'person', 'Odile Perrin', '{social}', '2026-10-01', ${world.referentId}, 'Julie Marchal', ${world.clock}, ${world.dacA})`.execute(
    tx,
  )
  return { handoverId }
})

export const carePlansMatrix: readonly MatrixRow[] = [
  {
    contract: decidePlan,
    input: ({ personId }) => ({ id: newId(), personId, code: 'yes_risk', planId: newId() }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden', circleDoctor: 'forbidden', circleSocial: 'forbidden' }),
  },
  {
    contract: addProblem,
    arrange: draft,
    input: (_world, { planId }) => ({ id: newId(), planId, title: 'Plaie de jambe', volet: 'health' }),
    expected: dacOnly,
  },
  {
    contract: editProblem,
    arrange: draft,
    input: (_world, { problemId }) => ({ id: problemId, baseVersion: 1, changes: { title: 'Chutes' } }),
    expected: dacOnHealth,
  },
  {
    contract: addObjective,
    arrange: draft,
    input: (_world, { socialProblemId }) => ({ id: newId(), problemId: socialProblemId, title: 'Dormir' }),
    expected: dacOnSocial,
  },
  {
    contract: editObjective,
    arrange: draft,
    input: (_world, { objectiveId }) => ({ id: objectiveId, baseVersion: 1, changes: { title: 'Marcher' } }),
    expected: dacOnHealth,
  },
  {
    contract: judgeObjective,
    arrange: draft,
    input: (_world, { objectiveId }) => ({ id: objectiveId, baseVersion: 1, status: 'reached' }),
    expected: dacOnHealth,
  },
  {
    contract: addPlanAction,
    arrange: draft,
    input: (_world, { objectiveId }) => ({ id: newId(), objectiveId, title: 'Barre d’appui' }),
    expected: dacOnHealth,
  },
  {
    contract: editPlanAction,
    arrange: draft,
    input: (_world, { actionId }) => ({ id: actionId, baseVersion: 1, changes: { title: 'Marche' } }),
    expected: dacOnHealth,
  },
  {
    contract: followAction,
    arrange: planned('validated'),
    input: (_world, { actionId }) => ({ id: actionId, baseVersion: 1, status: 'in_progress' }),
    expected: dacAndDoctor,
  },
  {
    contract: answerAction,
    arrange: planned('proposed'),
    input: (_world, { actionId }) => ({ id: actionId, baseVersion: 1, answer: 'accepted', mode: 'online' }),
    expected: dacAndDoctor,
  },
  { contract: removeLine, arrange: draft, input: (_world, { actionId }) => ({ kind: 'action', id: actionId, baseVersion: 1 }), expected: dacOnHealth },
  {
    contract: restoreLine,
    input: (_world, { actionId }) => ({ kind: 'action', id: actionId, baseVersion: 1 }),
    expected: dacOnHealth,
    arrange: planned('draft', async (world, tx, { actionId }) => {
      await sql`update care_plans.action set removed_at = ${world.clock} where id = ${actionId}`.execute(tx)
      return {}
    }),
  },
  {
    contract: writeStatement,
    arrange: draft,
    input: (_world, { planId }) => ({ planId, kind: 'wishes', baseVersion: 0, changes: { words: '« Rester chez moi. »' } }),
    expected: dacOnly,
  },
  { contract: setReview, arrange: draft, input: (_world, { planId }) => ({ id: planId, baseVersion: 1, reviewOn: '2027-02-01' }), expected: dacOnly },
  { contract: addCriterion, arrange: draft, input: (_world, { planId }) => ({ id: newId(), planId, code: 'hospitalisation' }), expected: dacOnly },
  { contract: removeCriterion, arrange: draft, input: (_world, { criterionId }) => ({ id: criterionId, baseVersion: 1 }), expected: dacOnSocial },
  {
    contract: flagCriterion,
    arrange: planned('validated'),
    input: (_world, { criterionId }) => ({ id: criterionId, words: 'Cette nuit' }),
    expected: expectAll('not_found', { referent: 'ok', circleDoctor: 'ok', circleSocial: 'ok' }),
  },
  {
    contract: unflagCriterion,
    input: (_world, { criterionId }) => ({ id: criterionId, baseVersion: 1 }),
    expected: dacOnSocial,
    arrange: planned('validated', async (world, tx, { criterionId }) => {
      await sql`update care_plans.criterion set reached_at = ${world.clock}, reached_on = '2026-10-14' where id = ${criterionId}`.execute(tx)
      return {}
    }),
  },
  { contract: proposePlan, arrange: draft, input: (_world, { planId }) => ({ id: planId, contentVersion: 1 }), expected: dacOnly },
  { contract: resumePlan, arrange: planned('proposed'), input: (_world, { planId }) => ({ id: planId }), expected: dacOnly },
  { contract: validatePlan, arrange: planned('proposed'), input: (_world, { planId }) => ({ id: planId, contentVersion: 1 }), expected: dacOnly },
  { contract: discardDraft, arrange: draft, input: (_world, { planId }) => ({ id: planId, contentVersion: 1 }), expected: dacOnly },
  { contract: revisePlan, arrange: planned('validated'), input: (_world, { planId }) => ({ id: planId }), expected: dacOnly },
  {
    contract: noteAgreement,
    arrange: planned('proposed'),
    input: (_world, { planId }) => ({ id: newId(), planId, party: 'gp', partyName: 'Dr Fritsch', state: 'asked' }),
    expected: dacOnly,
  },
  {
    contract: giveAgreement,
    arrange: planned('proposed'),
    input: (_world, { planId }) => ({ id: newId(), planId, state: 'agrees' }),
    expected: expectAll('not_found', { referent: 'forbidden', frontDesk: 'forbidden', circleDoctor: 'ok', circleSocial: 'ok' }),
  },
  {
    contract: handOverPlan,
    arrange: planned('validated'),
    input: (_world, { planId }) => ({ id: newId(), planId, number: 1, recipientKind: 'person', recipientName: 'Odile Perrin', volets: ['health', 'social'] }),
    expected: dacOnly,
  },
  { contract: planOfPerson, arrange: planned('validated'), input: ({ personId }) => ({ personId }), expected: readers },
  { contract: planSummary, arrange: planned('validated'), input: ({ personId }) => ({ personId }), expected: readers },
  { contract: planVersionContent, arrange: planned('validated'), input: (_world, { planId }) => ({ id: planId, number: 1 }), expected: readers },
  { contract: planDocument, arrange: handedOver, input: (_world, { handoverId }) => ({ handoverId }), expected: readers },
  { contract: plansToRevise, arrange: planned('validated'), input: () => ({}), expected: expectAll('forbidden', { referent: 'ok', otherReferent: 'ok' }) },
  {
    contract: askedOfMe,
    arrange: planned('proposed'),
    input: () => ({}),
    expected: expectAll('ok', { frontDesk: 'forbidden', director: 'forbidden', regionalAdmin: 'forbidden' }),
  },
]
