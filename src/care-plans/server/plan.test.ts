import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { newId } from '../../platform/contract/ids.ts'
import { asActor, asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import {
  addPlanAction,
  addProblem,
  answerAction,
  decidePlan,
  editObjective,
  editPlanAction,
  editProblem,
  flagCriterion,
  followAction,
  judgeObjective,
  proposePlan,
  removeLine,
  restoreLine,
  resumePlan,
  revisePlan,
  validatePlan,
  writeStatement,
} from '../contract/actions.ts'
import { giveAgreement, handOverPlan, noteAgreement } from '../contract/agreements.ts'
import { comparePlans } from '../contract/compare.ts'
import type { HandoverId, PlanActionId, PlanId, ProblemId } from '../contract/plan.ts'
import { askedOfMe, planDocument, planSummary, plansToRevise, planVersionContent } from '../contract/queries.ts'
import { planWorld } from '../testing/plan-world.ts'
import { followEpisode } from './events.ts'

const { db } = await testDatabase()
const world = await planWorld(db)
const { act, julie, karim, elsewhere, read } = world
const scope = (actor: typeof julie) => ({ actor, clock: world.clock(), timeZone: 'Europe/Paris' })

describe('a plan or none', () => {
  it('is decided with a reason, and « no » says why in words', async () => {
    const person = await world.person()
    await expect(act(julie, decidePlan, { id: newId(), personId: person, code: 'no_other_plan' })).rejects.toMatchObject({
      code: 'carePlans.decision_words_missing',
    })
    await act(julie, decidePlan, {
      id: newId(),
      personId: person,
      code: 'no_other_plan',
      words: 'Le projet personnalisé du SAMSAH couvre tout.',
      withWhom: 'SAMSAH, médecin traitant',
    })
    expect(await read(julie, person)).toMatchObject({
      plan: null,
      decisions: [{ code: 'no_other_plan', withWhom: 'SAMSAH, médecin traitant', decidedByName: 'Julie Marchal', decidedOn: '2026-10-15' }],
    })
  })

  it('opens one plan only, and only within an accompaniment', async () => {
    const person = await world.person()
    const open = () => act(julie, decidePlan, { id: newId(), personId: person, code: 'yes_risk', planId: newId<PlanId>() })
    const answers = await Promise.allSettled([open(), open()])
    expect(answers.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(open()).rejects.toMatchObject({ code: 'carePlans.already_open' })
    await expect(act(elsewhere, decidePlan, { id: newId(), personId: person, code: 'yes_risk', planId: newId<PlanId>() })).rejects.toMatchObject({
      kind: 'not_found',
    })
  })
})

describe('from draft to version', () => {
  it('is proposed complete, validated by the référent alone, and opens its next version with the same lines', async () => {
    const drafted = await world.draft(await world.person())
    const { planId } = drafted
    await world.propose(drafted)
    await expect(act(julie, editProblem, { id: drafted.falls, baseVersion: 1, changes: { title: 'Chutes' } })).rejects.toMatchObject({
      code: 'carePlans.not_draft',
    })
    const contentVersion = (await read(julie, drafted.person)).plan?.contentVersion ?? 0
    await expect(act(julie, validatePlan, { id: planId, contentVersion })).rejects.toMatchObject({ code: 'carePlans.person_not_asked' })
    await act(julie, noteAgreement, { id: newId(), planId, party: 'person', partyName: 'Odile Perrin', state: 'disagrees', mode: 'oral' })
    await expect(act(julie, validatePlan, { id: planId, contentVersion })).rejects.toMatchObject({ code: 'carePlans.person_disagrees' })
    world.clock.advance(60_000)
    await act(julie, noteAgreement, { id: newId(), planId, party: 'person', partyName: 'Odile Perrin', state: 'agrees', mode: 'oral' })
    await expect(act(karim, validatePlan, { id: planId, contentVersion })).rejects.toMatchObject({
      kind: 'forbidden',
      details: { reason: 'Seul le référent de la personne valide le PPCS.' },
    })
    expect(await act(julie, validatePlan, { id: planId, contentVersion })).toMatchObject({ number: 1 })
    const validated = (await read(julie, drafted.person)).plan
    expect(validated).toMatchObject({
      state: 'validated',
      validatedNumber: 1,
      draftNumber: null,
      versions: [{ number: 1, validatedOn: '2026-10-15', validatedByName: 'Julie Marchal', reviewOn: '2027-01-12' }],
    })
    await act(karim, revisePlan, { id: planId })
    const next = (await read(julie, drafted.person)).plan
    expect(next).toMatchObject({ state: 'draft', draftNumber: 2, validatedNumber: 1 })
    expect(next?.content.problems.map((one) => one.id)).toEqual([drafted.falls, drafted.caregiver])
    expect(comparePlans(next?.validated ?? null, next?.content ?? { problems: [], statements: [], criteria: [] }).count).toBe(0)
  })

  it('is not proposed without a date, a criterion, an action, someone for each action, nor unread', async () => {
    const person = await world.person()
    const planId = newId<PlanId>()
    await act(julie, decidePlan, { id: newId(), personId: person, code: 'yes_several_actors', planId })
    const propose = async () => act(julie, proposePlan, { id: planId, contentVersion: (await read(julie, person)).plan?.contentVersion ?? 0 })
    await expect(propose()).rejects.toMatchObject({ code: 'carePlans.review_missing' })
    const other = await world.draft(await world.person())
    await act(julie, addPlanAction, { id: newId<PlanActionId>(), objectiveId: other.sleep, title: 'Relais du week-end' })
    await expect(world.propose(other)).rejects.toMatchObject({ code: 'carePlans.actor_missing' })
    await expect(act(julie, proposePlan, { id: other.planId, contentVersion: 1 })).rejects.toMatchObject({ code: 'carePlans.changed_meanwhile' })
  })

  it('a validated version is changed by nobody: the application may not, the system may not', async () => {
    const drafted = await world.draft(await world.person())
    await world.validate(drafted)
    for (const attempt of [
      sql`update care_plans.version_problem set content = '{}' where plan_id = ${drafted.planId}`,
      sql`update care_plans.version set review_on = '2030-01-01' where plan_id = ${drafted.planId}`,
      sql`delete from care_plans.version_part where plan_id = ${drafted.planId}`,
    ])
      await expect(asActor(db, scope(julie), (tx) => attempt.execute(tx))).rejects.toMatchObject({ code: '42501' })
    await expect(
      asSystem(db, 'try to rewrite a version', (tx) => sql`update care_plans.version_problem set content = '{}' where plan_id = ${drafted.planId}`.execute(tx)),
    ).rejects.toMatchObject({ code: '23000' })
    await act(julie, revisePlan, { id: drafted.planId })
    await act(julie, editProblem, { id: drafted.falls, baseVersion: 1, changes: { title: 'Peur de tomber' } })
    await act(julie, removeLine, { kind: 'problem', id: drafted.caregiver, baseVersion: 1 })
    const { content } = await act(julie, planVersionContent, { id: drafted.planId, number: 1 })
    expect(content.problems.map((one) => one.title)).toEqual(['Chutes répétées', 'Aidante épuisée'])
  })

  it('the médecin traitant’s silence is written and never blocks', async () => {
    const drafted = await world.draft(await world.person())
    await world.propose(drafted)
    await act(julie, noteAgreement, { id: newId(), planId: drafted.planId, party: 'gp', partyName: 'Dr Fritsch', state: 'asked', mode: 'phone' })
    world.clock.advance(60_000)
    await act(julie, noteAgreement, { id: newId(), planId: drafted.planId, party: 'gp', partyName: 'Dr Fritsch', state: 'no_answer', mode: 'phone' })
    await act(julie, noteAgreement, { id: newId(), planId: drafted.planId, party: 'person', partyName: 'Odile Perrin', state: 'agrees', mode: 'oral' })
    const contentVersion = (await read(julie, drafted.person)).plan?.contentVersion ?? 0
    expect((await act(julie, validatePlan, { id: drafted.planId, contentVersion })).number).toBe(1)
    expect((await read(julie, drafted.person)).plan?.agreements.map((one) => [one.party, one.state, one.notedByName])).toEqual([
      ['person', 'agrees', 'Julie Marchal'],
      ['gp', 'no_answer', 'Julie Marchal'],
    ])
  })

  it('nothing is imposed on an actor: her refusal stops the validation until the action is given to another', async () => {
    const person = await world.person()
    const doctor = await world.doctorOf(person)
    const drafted = await world.draft(person, { physioId: doctor.professionalId })
    await world.propose(drafted)
    expect((await act(doctor, askedOfMe, {})).actions).toMatchObject([
      { planId: drafted.planId, problem: 'Chutes répétées', action: { title: 'Équilibre et marche' } },
    ])
    await act(doctor, answerAction, { id: drafted.balance, baseVersion: 1, answer: 'refused', mode: 'online', words: 'Plus de place avant janvier' })
    await act(julie, noteAgreement, { id: newId(), planId: drafted.planId, party: 'person', partyName: 'Odile Perrin', state: 'agrees', mode: 'oral' })
    const contentVersion = (await read(julie, person)).plan?.contentVersion ?? 0
    await expect(act(julie, validatePlan, { id: drafted.planId, contentVersion })).rejects.toMatchObject({ code: 'carePlans.actor_refuses' })
    await act(julie, resumePlan, { id: drafted.planId })
    await act(julie, editPlanAction, {
      id: drafted.balance,
      baseVersion: 2,
      changes: { actor: { actorKind: 'professional', actorPartyId: null, actorName: 'Cabinet de kinésithérapie du Val', actorRole: null } },
    })
    expect((await read(julie, person)).plan?.content.problems[0]?.objectives[0]?.actions[0]).toMatchObject({
      answer: null,
      actor: { name: 'Cabinet de kinésithérapie du Val' },
    })
    expect(await world.validate(drafted)).toBe(1)
  })

  it('gives the médecin traitant a way to agree online, once it is proposed', async () => {
    const person = await world.person()
    const doctor = await world.doctorOf(person)
    const drafted = await world.draft(person)
    await expect(act(doctor, giveAgreement, { id: newId(), planId: drafted.planId, state: 'agrees' })).rejects.toMatchObject({ code: 'carePlans.not_proposed' })
    await world.propose(drafted)
    await act(julie, noteAgreement, {
      id: newId(),
      planId: drafted.planId,
      party: 'participant',
      partyId: doctor.professionalId,
      partyName: 'Dr Fritsch',
      state: 'asked',
      mode: 'online',
    })
    expect((await act(doctor, askedOfMe, {})).agreements).toMatchObject([{ planId: drafted.planId, number: 1 }])
    world.clock.advance(60_000)
    await act(doctor, giveAgreement, { id: newId(), planId: drafted.planId, state: 'agrees_partly', words: 'Revoir le diurétique' })
    expect((await act(doctor, askedOfMe, {})).agreements).toEqual([])
    expect((await read(julie, person)).plan?.agreements).toMatchObject([
      { party: 'participant', state: 'agrees_partly', mode: 'online', words: 'Revoir le diurétique' },
    ])
  })
})

describe('what each volet shows', () => {
  it('a social worker sees the social problems, in the plan, its versions, its history and its PDF; nothing of the health ones', async () => {
    const person = await world.person()
    const social = await world.socialWorkerOf(person)
    const drafted = await world.draft(person)
    await world.validate(drafted)
    const plan = (await read(social, person)).plan
    expect(plan).toMatchObject({
      closedVolets: ['health'],
      content: { problems: [{ title: 'Aidante épuisée' }] },
      validated: { problems: [{ title: 'Aidante épuisée' }] },
    })
    const version = await act(social, planVersionContent, { id: drafted.planId, number: 1 })
    expect(version.content.problems.map((one) => one.title)).toEqual(['Aidante épuisée'])
    const handoverId = newId<HandoverId>()
    await act(julie, handOverPlan, {
      id: handoverId,
      planId: drafted.planId,
      number: 1,
      recipientKind: 'person',
      recipientName: 'Odile Perrin',
      volets: ['health', 'social'],
    })
    const { base64 } = await act(social, planDocument, { handoverId })
    const summary = await act(social, planSummary, { personId: person })
    expect(JSON.stringify([plan, version, summary])).not.toMatch(/Chutes|Équilibre|tomber/)
    expect(base64.length).toBeGreaterThan(1000)
    const history = await asActor(
      db,
      scope(social),
      async (tx) =>
        (await sql`select * from platform.field_history where record_id in (${drafted.falls}, ${drafted.walk}, ${drafted.balance})`.execute(tx)).rows,
    )
    expect(history).toEqual([])
    await expect(act(social, followAction, { id: drafted.balance, baseVersion: 1, status: 'done' })).rejects.toMatchObject({ kind: 'not_found' })
  })

  it('a problem that changes volet takes its objectives and actions with it', async () => {
    const person = await world.person()
    const social = await world.socialWorkerOf(person)
    const drafted = await world.draft(person)
    await act(julie, editProblem, { id: drafted.caregiver, baseVersion: 1, changes: { volet: 'health' } })
    const { rows } = await asSystem(db, 'look at the volets', (tx) =>
      sql`select o.volet as objective, a.volet as action from care_plans.objective o join care_plans.action a on a.objective_id = o.id where o.problem_id = ${drafted.caregiver}`.execute(
        tx,
      ),
    )
    expect(rows).toEqual([{ objective: 'health', action: 'health' }])
    await world.validate(drafted)
    expect((await read(social, person)).plan?.content.problems).toEqual([])
  })

  it('the circle reads what was proposed or validated, never the copy being written; the statuses are those of today', async () => {
    const person = await world.person()
    const doctor = await world.doctorOf(person)
    const drafted = await world.draft(person)
    expect((await read(doctor, person)).plan).toBeNull()
    expect((await act(doctor, planSummary, { personId: person })).plan).toBeNull()
    await world.validate(drafted)
    await act(julie, revisePlan, { id: drafted.planId })
    await act(julie, editProblem, { id: drafted.falls, baseVersion: 1, changes: { title: 'Peur de tomber' } })
    await act(julie, followAction, { id: drafted.respite, baseVersion: 1, status: 'done', words: 'Accueillie du 2 au 9' })
    const plan = (await read(doctor, person)).plan
    expect(plan?.shows).toBe('validated')
    expect(plan?.content.problems.map((one) => [one.title, one.objectives[0]?.actions[0]?.status])).toEqual([
      ['Chutes répétées', 'in_progress'],
      ['Aidante épuisée', 'done'],
    ])
    expect((await read(julie, person)).plan?.content.problems[0]?.title).toBe('Peur de tomber')
  })

  it('another DAC, and a copy for it, answer that nothing exists', async () => {
    const drafted = await world.draft(await world.person())
    await world.validate(drafted)
    await expect(read(elsewhere, drafted.person)).rejects.toMatchObject({ kind: 'not_found' })
    await expect(act(elsewhere, planVersionContent, { id: drafted.planId, number: 1 })).rejects.toMatchObject({ kind: 'not_found' })
  })
})

describe('a copy handed over', () => {
  it('for a social actor is refused with the health volet; without it, holds none of it; the gesture stays in the Fil', async () => {
    const drafted = await world.draft(await world.person())
    await world.validate(drafted)
    const hand = (recipientKind: 'social_professional' | 'gp', volets: ('health' | 'social')[]) => {
      const id = newId<HandoverId>()
      return act(julie, handOverPlan, { id, planId: drafted.planId, number: 1, recipientKind, recipientName: 'Inès Caron', volets }).then(() => id)
    }
    await expect(hand('social_professional', ['health', 'social'])).rejects.toMatchObject({ code: 'carePlans.volet_closed' })
    const forSocial = await act(julie, planDocument, { handoverId: await hand('social_professional', ['social']) })
    const forDoctor = await act(julie, planDocument, { handoverId: await hand('gp', ['health', 'social']) })
    expect(forSocial.fileName).toBe('PPCS version 1, 15-10-2026.pdf')
    expect(Buffer.from(forSocial.base64, 'base64').subarray(0, 8).toString()).toBe('%PDF-1.7')
    expect(Buffer.from(forDoctor.base64, 'base64').length).toBeGreaterThan(Buffer.from(forSocial.base64, 'base64').length)
    const { rows } = await asSystem(db, 'read the Fil', (tx) =>
      sql<{ title: string }>`select title from persons.timeline_item where person_id = ${drafted.person} and title like '%remis à%'`.execute(tx),
    )
    expect(rows.map((row) => row.title)).toEqual(['PPCS, version 1, remis à Inès Caron', 'PPCS, version 1, remis à Inès Caron'])
  })

  it('is not made for a partner while the person opposes', async () => {
    const drafted = await world.draft(await world.person())
    await world.validate(drafted)
    await asSystem(db, 'she opposes', (tx) =>
      sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org, recorded_at)
      values (gen_random_uuid(), ${drafted.person}, 1, 'opposition', '2026-10-15', 'oral_present', ${julie.userId}, 'Julie Marchal', ${world.dac}, '2026-10-15T08:00:00Z')`.execute(
        tx,
      ),
    )
    const copy = { planId: drafted.planId, number: 1, recipientName: 'x', volets: ['social' as const] }
    await expect(act(julie, handOverPlan, { ...copy, id: newId(), recipientKind: 'gp' })).rejects.toMatchObject({ kind: 'forbidden' })
    await act(julie, handOverPlan, { ...copy, id: newId(), recipientKind: 'person' })
  })
})

describe('two writers at once', () => {
  it('on two problems: both are kept', async () => {
    const drafted = await world.draft(await world.person())
    await Promise.all([
      act(julie, editProblem, { id: drafted.falls, baseVersion: 1, changes: { details: '4 en deux mois' } }),
      act(karim, editProblem, { id: drafted.caregiver, baseVersion: 1, changes: { details: 'Sylvie dort ici 5 nuits sur 7' } }),
      act(karim, editObjective, { id: drafted.walk, baseVersion: 1, changes: { details: 'aucune chute sur 3 mois' } }),
    ])
    const problems = (await read(julie, drafted.person)).plan?.content.problems
    expect(problems?.map((one) => one.details)).toEqual(['4 en deux mois', 'Sylvie dort ici 5 nuits sur 7'])
    expect(problems?.[0]?.objectives[0]?.details).toBe('aucune chute sur 3 mois')
  })

  it('on two fields of one action: both are kept; on the same one: the second sees the two versions', async () => {
    const drafted = await world.draft(await world.person())
    const term = { dueOn: '2026-11-01', dueKind: 'before' as const, dueWords: null }
    await act(julie, editPlanAction, { id: drafted.balance, baseVersion: 1, changes: { title: 'Équilibre et marche, 2 fois par semaine' } })
    await act(karim, editPlanAction, { id: drafted.balance, baseVersion: 1, changes: { term } })
    await expect(act(karim, editPlanAction, { id: drafted.balance, baseVersion: 1, changes: { title: 'Marche' } })).rejects.toMatchObject({
      code: 'stale_version',
      details: { fields: [{ field: 'title', base: 'Équilibre et marche', theirs: 'Équilibre et marche, 2 fois par semaine', mine: 'Marche' }] },
    })
    expect((await read(julie, drafted.person)).plan?.content.problems[0]?.objectives[0]?.actions[0]).toMatchObject({
      title: 'Équilibre et marche, 2 fois par semaine',
      dueOn: '2026-11-01',
      version: 3,
    })
  })

  it('one proposes while the other writes: nobody proposes what she has not read', async () => {
    const drafted = await world.draft(await world.person())
    const contentVersion = (await read(julie, drafted.person)).plan?.contentVersion ?? 0
    const [proposed, added] = await Promise.allSettled([
      act(julie, proposePlan, { id: drafted.planId, contentVersion }),
      act(karim, addProblem, { id: newId<ProblemId>(), planId: drafted.planId, title: 'Droits incomplets', volet: 'administrative' }),
    ])
    expect([proposed.status, added.status].sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('the same gesture sent twice adds one line', async () => {
    const drafted = await world.draft(await world.person())
    const [key, id] = [newId(), newId<PlanActionId>()]
    const input = { id, objectiveId: drafted.walk, title: 'Barre d’appui', actorName: 'Ergothérapeute du CCAS' }
    expect(await act(julie, addPlanAction, input, key)).toEqual(await act(julie, addPlanAction, input, key))
    expect((await read(julie, drafted.person)).plan?.content.problems[0]?.objectives[0]?.actions).toHaveLength(2)
  })
})

describe('following the plan', () => {
  it('an objective not pursued says why, and stays in the plan', async () => {
    const drafted = await world.draft(await world.person())
    await expect(act(julie, judgeObjective, { id: drafted.sleep, baseVersion: 1, status: 'not_pursued' })).rejects.toMatchObject({
      code: 'carePlans.reason_missing',
    })
    await act(julie, judgeObjective, {
      id: drafted.sleep,
      baseVersion: 1,
      status: 'not_pursued',
      reason: 'person_refuses',
      words: '« Je n’irai pas chez les vieux. »',
    })
    expect((await read(julie, drafted.person)).plan?.content.problems[1]?.objectives[0]).toMatchObject({
      status: 'not_pursued',
      statusReason: 'person_refuses',
      statusWords: '« Je n’irai pas chez les vieux. »',
    })
  })

  it('an action that cannot be done says why: it may become a rupture', async () => {
    const drafted = await world.draft(await world.person())
    await world.validate(drafted)
    await expect(act(julie, followAction, { id: drafted.respite, baseVersion: 1, status: 'not_feasible' })).rejects.toMatchObject({
      code: 'carePlans.status_words_missing',
    })
    await act(julie, followAction, { id: drafted.respite, baseVersion: 1, status: 'not_feasible', words: 'Aucune place avant mars' })
    const { rows } = await asSystem(db, 'read the Fil', (tx) =>
      sql<{ title: string; volet: string }>`select title, volet from persons.timeline_item where source_id = ${drafted.respite}`.execute(tx),
    )
    expect(rows).toEqual([{ title: 'Non réalisable\u00a0: Hébergement temporaire', volet: 'social' }])
  })

  it('a line taken out may be put back, until the version is validated; it stays in the one before', async () => {
    const drafted = await world.draft(await world.person())
    await world.validate(drafted)
    await act(julie, revisePlan, { id: drafted.planId })
    await act(julie, removeLine, { kind: 'action', id: drafted.respite, baseVersion: 1 })
    const plan = (await read(julie, drafted.person)).plan
    expect(plan?.removed).toEqual([{ kind: 'action', id: drafted.respite, title: 'Hébergement temporaire', version: 2 }])
    const comparison = comparePlans(plan?.validated ?? null, plan?.content ?? { problems: [], statements: [], criteria: [] })
    expect([comparison.count, comparison.removedActions.get(drafted.sleep)?.[0]?.title]).toEqual([1, 'Hébergement temporaire'])
    await act(julie, restoreLine, { kind: 'action', id: drafted.respite, baseVersion: 2 })
    expect((await read(julie, drafted.person)).plan?.content.problems[1]?.objectives[0]?.actions).toHaveLength(1)
  })

  it('a criterion reached brings the plan to the référent’s revisions, and is answered by the next version', async () => {
    const person = await world.person()
    const social = await world.socialWorkerOf(person)
    const drafted = await world.draft(person)
    await world.validate(drafted)
    const listed = async () => (await act(julie, plansToRevise, {})).rows.find((row) => row.planId === drafted.planId)
    expect(await listed()).toBeUndefined()
    const criterion = (await read(social, person)).plan?.content.criteria[0]
    await act(social, flagCriterion, { id: criterion?.id as never, on: '2026-10-14', words: 'Tombée dans la salle de bains' })
    await expect(act(julie, flagCriterion, { id: criterion?.id as never })).rejects.toMatchObject({ code: 'carePlans.criterion_reached' })
    expect(await listed()).toMatchObject({
      criterionReached: true,
      criteria: [{ reachedOn: '2026-10-14' }],
      validatedNumber: 1,
      person: { usedName: 'PERRIN' },
    })
    expect((await act(karim, plansToRevise, {})).rows).toEqual([])
    await act(julie, revisePlan, { id: drafted.planId })
    await world.validate(drafted)
    expect(await listed()).toBeUndefined()
    const { rows } = await asSystem(db, 'read the versions', (tx) =>
      sql`select number, due_on from care_plans.version where plan_id = ${drafted.planId} order by number`.execute(tx),
    )
    expect(rows).toEqual([
      { number: 1, due_on: null },
      { number: 2, due_on: '2027-01-12' },
    ])
  })

  it('comes up for revision thirty days before its date', async () => {
    const drafted = await world.draft(await world.person())
    await world.validate(drafted)
    const listed = async () => (await act(julie, plansToRevise, {})).rows.some((row) => row.planId === drafted.planId)
    world.clock.set('2026-12-12T08:00:00Z')
    expect(await listed()).toBe(false)
    world.clock.set('2026-12-13T08:00:00Z')
    expect(await listed()).toBe(true)
    world.clock.set('2026-10-15T09:00:00Z')
  })

  it('follows its accompaniment: another référent, an end closes it, a reopening takes it up again', async () => {
    const drafted = await world.draft(await world.person())
    const react = (type: string, payload: Record<string, string>) =>
      asSystem(db, 'an event arrives', (tx) => followEpisode.react(tx, { type, payload, personId: drafted.person, at: world.clock().toISOString() } as never))
    const { rows } = await asSystem(db, 'find the episode', (tx) =>
      sql<{ id: string }>`select episode_id as id from care_plans.plan where id = ${drafted.planId}`.execute(tx),
    )
    const episodeId = rows[0]?.id ?? ''
    await react('episodes.referent.changed', { episodeId, toUserId: karim.userId })
    expect((await read(julie, drafted.person)).plan?.referentId).toBe(karim.userId)
    await react('episodes.episode.closed', { episodeId })
    await expect(act(julie, writeStatement, { planId: drafted.planId, kind: 'alert_plan', baseVersion: 0, changes: { words: 'x' } })).rejects.toMatchObject({
      code: 'carePlans.closed',
    })
    await react('episodes.episode.reopened', { episodeId })
    expect((await read(julie, drafted.person)).plan).toMatchObject({ state: 'draft', draftNumber: 1, closedOn: null })
  })

  it('what steering reads holds no person and no word', async () => {
    const drafted = await world.draft(await world.person())
    await world.validate(drafted)
    const director = { ...julie, functions: ['director' as const], volets: [], parties: [] }
    const rows = await asActor(
      db,
      scope(director),
      async (tx) => (await sql<Record<string, unknown>>`select * from reporting.care_plan where plan_id = ${drafted.planId}`.execute(tx)).rows,
    )
    expect(rows).toMatchObject([{ state: 'validated', validated_number: 1, problems: 2, objectives: 2, actions: 2, review_late: false }])
    expect(JSON.stringify(rows)).not.toMatch(/Chutes|PERRIN|[Kk]empf/)
    expect(
      await asActor(
        db,
        scope(director),
        async (tx) => (await sql<Record<string, unknown>>`select in_time from reporting.care_plan_version where plan_id = ${drafted.planId}`.execute(tx)).rows,
      ),
    ).toEqual([{ in_time: true }])
  })
})
