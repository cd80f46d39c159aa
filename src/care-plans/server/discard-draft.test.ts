import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { newId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import {
  addProblem,
  decidePlan,
  discardDraft,
  editPlanAction,
  editProblem,
  followAction,
  removeCriterion,
  removeLine,
  revisePlan,
  setReview,
  writeStatement,
} from '../contract/actions.ts'
import { noteAgreement } from '../contract/agreements.ts'
import { comparePlans } from '../contract/compare.ts'
import type { PlanId, ProblemId } from '../contract/plan.ts'
import { planWorld } from '../testing/plan-world.ts'

const { db } = await testDatabase()
const world = await planWorld(db)
const { act, julie, karim, read } = world

/** A validated plan, and the rewriting of everything in it. */
async function aRewrittenPlan() {
  const drafted = await world.draft(await world.person())
  await world.validate(drafted)
  await act(julie, revisePlan, { id: drafted.planId })
  const shown = async () => {
    const { plan } = await read(julie, drafted.person)
    if (plan === null) throw new Error('no plan')
    return plan
  }
  const before = await shown()
  const criterion = before.content.criteria[0]
  await act(julie, editProblem, { id: drafted.falls, baseVersion: 1, changes: { title: 'Peur de tomber', volet: 'social' } })
  await act(julie, removeLine, { kind: 'problem', id: drafted.caregiver, baseVersion: 1 })
  await act(julie, addProblem, { id: newId<ProblemId>(), planId: drafted.planId, title: 'Isolement', volet: 'social' })
  await act(julie, editPlanAction, {
    id: drafted.balance,
    baseVersion: 1,
    changes: { actor: { actorKind: 'free', actorPartyId: null, actorName: 'Une voisine', actorRole: null } },
  })
  await act(julie, followAction, { id: drafted.balance, baseVersion: 2, status: 'done' })
  await act(julie, writeStatement, { planId: drafted.planId, kind: 'wishes', baseVersion: 1, changes: { words: 'Autre chose' } })
  if (criterion) await act(julie, removeCriterion, { id: criterion.id, baseVersion: criterion.version })
  await act(julie, setReview, { id: drafted.planId, baseVersion: (await shown()).version, reviewOn: '2027-06-01' })
  return { drafted, before, shown }
}

describe('a version given up while it is written', () => {
  it('leaves the plan as its last version says; where an action stands is a fact and stays', async () => {
    const { drafted, before, shown } = await aRewrittenPlan()
    const { contentVersion, content } = await shown()
    expect(comparePlans(before.content, content).count).toBeGreaterThan(4)
    await act(karim, discardDraft, { id: drafted.planId, contentVersion })
    const after = await shown()
    expect(after).toMatchObject({ state: 'validated', draftNumber: null, validatedNumber: 1, nextNumber: 3, reviewOn: before.reviewOn })
    expect(comparePlans(before.content, after.content).count).toBe(0)
    expect(after.content.problems.map(({ title, volet }) => [title, volet])).toEqual(before.content.problems.map(({ title, volet }) => [title, volet]))
    expect(after.content.problems[0]?.objectives[0]?.actions[0]).toMatchObject({
      status: 'done',
      actor: before.content.problems[0]?.objectives[0]?.actions[0]?.actor,
    })
    expect(after.content.statements.find((one) => one.kind === 'wishes')?.words).toBe(before.content.statements.find((one) => one.kind === 'wishes')?.words)
  })

  it('leaves a line in the Fil and the history of what was undone', async () => {
    const { drafted, shown } = await aRewrittenPlan()
    await act(julie, discardDraft, { id: drafted.planId, contentVersion: (await shown()).contentVersion })
    const { rows } = await asSystem(db, 'what a discarded draft left', (tx) =>
      sql<{
        title: string
        undone: number
      }>`select t.title, (select count(*) from platform.field_history h where h.record_id = ${drafted.falls} and h.changes ? 'title') as undone
        from persons.timeline_item t where t.source_id = ${drafted.planId} order by t.at desc, t.id desc limit 1`.execute(tx),
    )
    expect(rows[0]).toEqual({ title: 'PPCS, version 2, abandonnée pendant sa rédaction', undone: 2 })
  })

  it('does not lend its number, nor the agreements noted on it, to the next one', async () => {
    const { drafted, shown } = await aRewrittenPlan()
    await act(julie, noteAgreement, { id: newId(), planId: drafted.planId, party: 'person', partyName: 'Elle', state: 'agrees' })
    await act(julie, discardDraft, { id: drafted.planId, contentVersion: (await shown()).contentVersion })
    expect(await act(julie, revisePlan, { id: drafted.planId })).toMatchObject({ number: 3 })
    expect((await shown()).agreements).toEqual([])
  })

  it('is refused to whoever has not read it as it is now, and when nothing is being written', async () => {
    const { drafted, shown } = await aRewrittenPlan()
    const { contentVersion } = await shown()
    await expect(act(julie, discardDraft, { id: drafted.planId, contentVersion: contentVersion - 1 })).rejects.toMatchObject({
      code: 'carePlans.changed_meanwhile',
    })
    await act(julie, discardDraft, { id: drafted.planId, contentVersion })
    await expect(act(julie, discardDraft, { id: drafted.planId, contentVersion: contentVersion + 1 })).rejects.toMatchObject({ code: 'carePlans.not_draft' })
  })

  it('before any version was validated, ends the plan: another one may be decided', async () => {
    const drafted = await world.draft(await world.person())
    const { plan } = await read(julie, drafted.person)
    await act(julie, discardDraft, { id: drafted.planId, contentVersion: plan?.contentVersion ?? 0 })
    expect((await read(julie, drafted.person)).plan).toBeNull()
    await act(julie, decidePlan, { id: newId(), personId: drafted.person, code: 'yes_several_actors', planId: newId<PlanId>() })
    expect((await read(julie, drafted.person)).plan).toMatchObject({ state: 'draft', draftNumber: 1 })
  })
})
