import { describe, expect, it } from 'vitest'
import { closeRequest, recordAnswer } from '../src/intake/contract/actions.ts'
import { recordFamilyDoctor } from '../src/persons/contract/actions.ts'
import { personCandidates, personFamilyDoctor } from '../src/persons/contract/queries.ts'
import { aPerson, nonOpposed } from '../src/persons/testing/builders.ts'
import { newId, type PersonId } from '../src/platform/contract/ids.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'
import { aPrivacyWorld } from './privacy/privacy-world.ts'

const { db, owner } = await testDatabase()
const world = await aPrivacyWorld(db)
const { dac, otherDac, julie, lead } = world

/** What a run of 100,000 generated requests met once or twice: a state that is rare is answered in words, or simply done. */
describe('the médecin traitant', () => {
  it('noted by two professionals at the same moment is written once; the second one is told', async () => {
    const personId = await aPerson(db, { dac: dac.id })
    const note = (name: string, actor: typeof julie) => world.as(actor, recordFamilyDoctor, { id: newId(), personId, state: 'declared', name })
    const outcomes = await Promise.allSettled([note('Dr Fritsch', julie), note('Dr Colin', lead), note('Dr Weber', julie)])
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as { code: string }] : []))
    expect(outcomes.some((one) => one.status === 'fulfilled')).toBe(true)
    for (const one of refused) expect(one).toMatchObject({ kind: 'conflict', code: 'family_doctor_changed_meanwhile' })
    expect((await owner.query(`select from persons.family_doctor where person_id = $1 and ends_on is null`, [personId])).rowCount).toBe(1)
    expect((await world.as(julie, personFamilyDoctor, { personId })).current).not.toBeNull()
  })

  it('that another service keeps for itself stands in the way in words, not as a fault', async () => {
    const personId = await aPerson(db, { dac: dac.id })
    await owner.query(
      `insert into persons.family_doctor (id, person_id, state, professional_name, starts_on, holder_org, protection) values (gen_random_uuid(), $1, 'declared', 'Dr Aubert', '2026-01-01', $2, 'org_private')`,
      [personId, otherDac.id],
    )
    await expect(world.as(julie, recordFamilyDoctor, { id: newId(), personId, state: 'declared', name: 'Dr Fritsch' })).rejects.toMatchObject({
      code: 'family_doctor_changed_meanwhile',
    })
  })
})

describe('a request', () => {
  const aRequest = async (personId: PersonId): Promise<string> => {
    const id = newId()
    await owner.query(
      `insert into intake.sollicitation (id, received_at, recorded_by, channel, requester_kind, requester_name, concerns, person_id, urgency, status, cno_level, holder_org)
       values ($1, '2026-10-15T07:00:00Z', $2, 'phone', 'relative', 'Marc', 'person', $3, 'within_72h', 'in_progress', 2, $4)`,
      [id, julie.userId, personId, dac.id],
    )
    await world
      .as(julie, recordAnswer, { id: newId(), sollicitationId: id, code: 'information', text: 'Renseignée', principal: true } as never)
      .catch(async () =>
        owner.query(
          `insert into intake.answer (id, sollicitation_id, code, principal, given_at, given_by, given_by_name) values (gen_random_uuid(), $1, 'information', true, '2026-10-15T08:00:00Z', $2, 'Julie')`,
          [id, julie.userId],
        ),
      )
    return id
  }
  const statusOf = async (id: string): Promise<string> => (await owner.query(`select status from intake.sollicitation where id = $1`, [id])).rows[0].status

  it('whose person the service no longer sees (archived, merged, another right ended) is closed all the same', async () => {
    const id = await aRequest(await aPerson(db, { dac: null }))
    await world.as(julie, closeRequest, { id: id as never })
    expect(await statusOf(id)).toBe('closed')
  })

  it('closed on a person whom the DAC sees dates its own right, as ever', async () => {
    const personId = await aPerson(db, { dac: dac.id })
    await nonOpposed(db, personId, dac.id)
    const id = await aRequest(personId)
    await world.as(julie, closeRequest, { id: id as never })
    const { rows } = await owner.query(`select basis, ends_at is not null as dated from persons.sight where person_id = $1 and source_id = $2`, [personId, id])
    expect([await statusOf(id), rows]).toEqual(['closed', [{ basis: 'request', dated: true }]])
  })
})

describe('a day that no calendar has', () => {
  it('typed while looking for an identity is left aside, and the look-alikes still come', async () => {
    await aPerson(db, { dac: dac.id, birthName: 'Kempf' })
    await expect(world.as(julie, personCandidates, { birthName: 'Kempf', birthDate: '2026-02-29' })).resolves.toBeDefined()
  })
})
