import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { aShelterAround } from '../../persons/testing/shelter.ts'
import { newId, type PartyId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { pdfText } from '../../platform/testing/pdf-text.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService } from '../../territory/testing/builders.ts'
import { addPlanAction, editPlanAction } from '../contract/actions.ts'
import { giveAgreement, handOverPlan, noteAgreement } from '../contract/agreements.ts'
import type { PlanActionId } from '../contract/plan.ts'
import { askedOfMe, planDocument, planSummary, planVersionContent } from '../contract/queries.ts'
import { planWorld } from '../testing/plan-world.ts'

const { db } = await testDatabase()
const world = await planWorld(db)
const { act, julie, read } = world
const foyer = 'Foyer L’Éclaircie'

async function inDanger(parties: readonly string[], person: Awaited<ReturnType<typeof world.person>>): Promise<void> {
  await aShelterAround(db, person, parties, { userId: julie.userId, dac: world.dac })
}

it('around somebody in danger, the circle’s plan is not given the name of a structure that protects', async () => {
  const drafted = await world.draft(await world.person())
  const card = newId<PartyId>()
  const refuge = await aService(db, { kind: 'other', name: foyer, finess: '880000222' })
  const worker = await anActor(db, { category: 'social', functions: ['outside_professional'], givenName: 'Inès', familyName: 'Roux', service: refuge })
  const structure = await asSystem(
    db,
    'look in a test',
    async (tx) => (await sql<{ id: string }>`select territory.party_id('finess:880000222') as id`.execute(tx)).rows[0]?.id,
  )
  await inDanger([card, String(structure)], drafted.person)
  const entrust = (partyId: string) =>
    act(julie, addPlanAction, {
      id: newId<PlanActionId>(),
      objectiveId: drafted.sleep,
      title: 'Garder une place',
      actorKind: 'service',
      actorPartyId: partyId as PartyId,
      actorName: foyer,
    })
  for (const party of [card, String(structure), refuge.id, worker.userId])
    await expect(entrust(party)).rejects.toMatchObject({ code: 'carePlans.sensitive_actor' })
  await expect(
    act(julie, editPlanAction, {
      id: drafted.respite,
      baseVersion: 1,
      changes: { actor: { actorKind: 'service', actorPartyId: card, actorName: foyer, actorRole: null } },
    }),
  ).rejects.toMatchObject({ code: 'carePlans.sensitive_actor' })
  await entrust(newId())
})

it('what the plan named before is read by the DAC alone from then on: in the plan, its versions, its summary, its agreements, the Fil, and on no paper', async () => {
  const person = await world.person()
  const card = newId<PartyId>()
  const drafted = await world.draft(person)
  await act(julie, addPlanAction, {
    id: newId<PlanActionId>(),
    objectiveId: drafted.walk,
    title: 'Garder une place',
    actorKind: 'service',
    actorPartyId: card,
    actorName: foyer,
    dueOn: '2026-10-20',
  })
  const doctor = await world.doctorOf(person)
  await world.validate(drafted)
  expect(JSON.stringify(await read(doctor, person))).toContain(foyer)
  await inDanger([card], person)
  await act(julie, noteAgreement, {
    id: newId(),
    planId: drafted.planId,
    party: 'participant',
    partyId: card,
    partyName: foyer,
    state: 'agrees',
    mode: 'phone',
  })

  const planId = drafted.planId
  const told = async (actor: typeof julie) =>
    JSON.stringify([
      await read(actor, person),
      await act(actor, planVersionContent, { id: planId, number: 1 }),
      await act(actor, planSummary, { personId: person }),
    ])
  expect(await told(julie)).toContain(foyer)
  const told2 = await told(doctor)
  expect(told2).not.toContain('Éclaircie')
  expect(told2).not.toContain(card)
  expect(told2.split('Un intervenant que le DAC connaît').length).toBeGreaterThan(3)
  expect(told2).toContain('Garder une place')
  const lines = await asSystem(
    db,
    'look in a test',
    async (tx) =>
      (await sql<{ protection: string }>`select protection from persons.timeline_item where person_id = ${person} and title like ${`%${foyer}%`}`.execute(tx))
        .rows,
  )
  expect(lines).toEqual([{ protection: 'org_private' }])
  const handoverId = newId()
  await act(julie, handOverPlan, {
    id: handoverId as never,
    planId,
    number: 1,
    recipientKind: 'person',
    recipientName: 'Odile Perrin',
    volets: ['administrative', 'social', 'health'],
  })
  const paper = pdfText(Buffer.from((await act(julie, planDocument, { handoverId: handoverId as never })).base64, 'base64'))
  expect(paper).not.toContain('Éclaircie')
})

it('whoever works for it finds what is asked of her, and answers', async () => {
  const person = await world.person()
  const worker = await world.socialWorkerOf(person)
  const drafted = await world.draft(person, { physioId: worker.professionalId })
  await act(julie, addPlanAction, {
    id: newId<PlanActionId>(),
    objectiveId: drafted.sleep,
    title: 'Garder une place',
    actorKind: 'professional',
    actorPartyId: worker.professionalId,
    actorName: foyer,
  })
  await world.propose(drafted)
  await inDanger([worker.professionalId], person)
  expect((await act(worker, askedOfMe, {})).actions.map(({ action }) => [action.title, action.actor.name])).toEqual([['Garder une place', foyer]])
  await act(worker, giveAgreement, { id: newId(), planId: drafted.planId, state: 'agrees' })
  expect((await read(julie, person)).plan?.agreements.map(({ partyName }) => partyName)).toContain(worker.displayName)
  const doctor = await world.doctorOf(person)
  expect((await read(doctor, person)).plan?.agreements.map(({ partyName }) => partyName)).not.toContain(worker.displayName)
})

it('no action is confided to somebody with whom the person shares nothing', async () => {
  const person = await world.person()
  const drafted = await world.draft(person)
  const worker = await world.socialWorkerOf(person)
  await asSystem(db, 'a refusal in a test', (tx) =>
    sql`insert into persons.non_disclosure (id, person_id, kind, towards, party_id, since, recorded_by, holder_org)
      values (${newId()}, ${person}, 'no_sharing', 'Inès Caron', ${worker.professionalId}, '2026-01-01', ${julie.userId}, ${world.dac})`.execute(tx),
  )
  await expect(
    act(julie, addPlanAction, {
      id: newId<PlanActionId>(),
      objectiveId: drafted.sleep,
      title: 'Passer le soir',
      actorKind: 'professional',
      actorPartyId: worker.professionalId,
      actorName: 'Inès Caron',
    }),
  ).rejects.toMatchObject({ code: 'silence_forbids' })
})
