import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { recordFamilyDoctor } from '../../persons/contract/actions.ts'
import { dueReferrals, personFamilyDoctor } from '../../persons/contract/queries.ts'
import { aPerson, nonOpposed } from '../../persons/testing/builders.ts'
import { aPersonWorld, communeWithCpts, filOf, type PersonWorld } from '../../persons/testing/person-world.ts'
import type { AnyContract, OutputOf, RawInputOf } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asActor, asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService } from '../../territory/testing/builders.ts'
import { answerReferral, cptsReferrals } from '../contract/referrals.ts'
import { cptsHandlers } from './handlers.ts'

const { db } = await testDatabase()
const registry = registryOf(cptsHandlers)
let world: PersonWorld
let claire: Actor
let neighbour: Actor
beforeAll(async () => {
  world = await aPersonWorld(db)
  claire = await anActor(db, { service: world.cpts, functions: ['cpts_coordinator'], givenName: 'Claire', familyName: 'Didier' })
  const other = await aService(db, { kind: 'cpts', name: 'CPTS voisine' })
  neighbour = await anActor(db, { service: other, functions: ['cpts_coordinator'], givenName: 'Rémi', familyName: 'Aubert' })
})
const as = <C extends AnyContract>(actor: Actor, contract: C, input: RawInputOf<C>): Promise<OutputOf<C>> => call(world.gate, registry, contract, actor, input)

/** Somebody whose DAC noted « aucun » médecin traitant: her CPTS is seized. */
async function aReferral(): Promise<{ personId: PersonId; id: string }> {
  const personId = await aPerson(db, { dac: world.dac.id, communeCode: communeWithCpts })
  await nonOpposed(db, personId, world.dac.id)
  const { referralId } = await world.as(world.nadia, recordFamilyDoctor, { id: newId(), personId, state: 'none' })
  return { personId, id: referralId as string }
}
const seenBy = async (actor: Actor, id: string) => (await as(actor, cptsReferrals, {})).rows.find((row) => row.id === id)
const answer = (id: string, said: Partial<RawInputOf<typeof answerReferral>>, baseVersion = 1) =>
  as(claire, answerReferral, { id, baseVersion, state: 'received', ...said })

describe('what a DAC addresses to a CPTS', () => {
  it('is read by its coordinator alone, with the traits that the search needs and nothing else of the file', async () => {
    const { id, personId } = await aReferral()
    expect(await seenBy(claire, id)).toMatchObject({
      person: { personId, commune: expect.any(String) },
      state: 'sent',
      dac: { name: 'DAC Hautes-Vallées', askedByName: 'Nadia Ferry' },
    })
    expect(await seenBy(neighbour, id)).toBeUndefined()
    await expect(as(world.julie, cptsReferrals, {})).rejects.toMatchObject({ kind: 'forbidden' })
    const scope = { actor: claire, clock: world.clock(), timeZone: 'Europe/Paris' }
    for (const table of ['persons.person', 'persons.family_doctor_referral', 'persons.timeline_item'])
      expect((await asActor(db, scope, (tx) => sql`select 1 from ${sql.table(table)} where person_id = ${personId}`.execute(tx))).rows).toEqual([])
  })

  it('is answered step by step; the DAC reads each answer, and it comes up in its day', async () => {
    const { id, personId } = await aReferral()
    await answer(id, {})
    await answer(id, { state: 'proposed', doctorName: 'Dr Anne-Laure Fritsch', doctorPhone: '03 53 01 27 64', doctorCommune: 'Le Thillot' }, 2)
    const { referrals } = await world.as(world.julie, personFamilyDoctor, { personId })
    expect(referrals[0]).toMatchObject({
      state: 'proposed',
      doctor: { name: 'Dr Anne-Laure Fritsch' },
      answeredByName: 'Claire Didier',
      outcomeAt: null,
      remindOn: '2026-10-15',
    })
    const due = (await world.as(world.julie, dueReferrals, { dueOnly: true })).rows.find((row) => row.id === id)
    expect(due).toMatchObject({ state: 'proposed', doctorName: 'Dr Anne-Laure Fritsch' })
    expect((await filOf(db, personId)).slice(-2).sort()).toEqual([
      'Saisine de la CPTS\u00a0: reçue par la CPTS',
      'Saisine de la CPTS\u00a0: un médecin est proposé (Dr Anne-Laure Fritsch)',
    ])
  })

  it('ends when the DAC records the médecin traitant: the CPTS reads the end, no longer who it was about, and changes nothing more', async () => {
    const { id, personId } = await aReferral()
    await answer(id, { state: 'designated', doctorName: 'Dr Anne-Laure Fritsch' })
    expect((await world.as(world.julie, personFamilyDoctor, { personId })).current?.state).toBe('none')
    await world.as(world.nadia, recordFamilyDoctor, { id: newId(), personId, state: 'declared', name: 'Dr Anne-Laure Fritsch' })
    const line = await seenBy(claire, id)
    expect(line).toMatchObject({ state: 'designated', endedAt: expect.any(String), person: null, phone: null, language: null, outcome: null })
    expect(JSON.stringify(line)).not.toMatch(/KEMPF|PERRIN|ODILE|1941/)
    expect(JSON.stringify(line)).not.toContain(personId)
    await expect(answer(id, { state: 'failed', outcome: 'Trop tard' }, 3)).rejects.toMatchObject({ code: 'cpts.referral_ended' })
  })

  it('asks for the doctor who is named, and for the reason of a refusal or of a failure', async () => {
    const { id } = await aReferral()
    await expect(answer(id, { state: 'proposed' })).rejects.toMatchObject({ code: 'cpts.doctor_missing' })
    await expect(answer(id, { state: 'failed' })).rejects.toMatchObject({ code: 'cpts.reason_missing' })
    await expect(answer(id, { state: 'declined', outcome: 'Veut garder son ancien médecin' })).resolves.toMatchObject({ version: 2 })
  })

  it('is not answered twice without reading: the second sees that it changed', async () => {
    const { id } = await aReferral()
    await answer(id, {})
    await expect(answer(id, { state: 'failed', outcome: 'Aucune place' })).rejects.toMatchObject({ code: 'cpts.changed_meanwhile' })
    await expect(as(neighbour, answerReferral, { id, baseVersion: 2, state: 'received' })).rejects.toMatchObject({ kind: 'not_found' })
  })

  it('leaves its screen at once when the person opposes sharing', async () => {
    const { id, personId } = await aReferral()
    await asSystem(db, 'an opposition in a test', (tx) =>
      sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org, recorded_at)
        values (${newId()}, ${personId}, 1, 'opposition', '2026-10-15', 'oral_present', ${world.julie.userId}, 'Julie Marchal', ${world.dac.id}, '2026-10-15T09:00:00Z')`.execute(
        tx,
      ),
    )
    expect(await seenBy(claire, id)).toBeUndefined()
    await expect(answer(id, {})).rejects.toMatchObject({ kind: 'not_found' })
  })
})
