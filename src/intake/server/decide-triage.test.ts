import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { aPerson, nonOpposed } from '../../persons/testing/builders.ts'
import type { RawInputOf } from '../../platform/contract/action.ts'
import { newId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { checkSubsidiarity } from '../contract/actions.ts'
import { request, triageList } from '../contract/queries.ts'
import type { SollicitationId } from '../contract/sollicitation.ts'
import { decideTriage, enlistForTriage, withdrawFromTriage } from '../contract/triage.ts'
import { aRequest } from '../testing/builders.ts'
import { aDeskWorld } from '../testing/desk-world.ts'

const { db } = await testDatabase()
const { as, gate, dac, otherDac, nadia, julie, samira, elsewhere } = await aDeskWorld(db)

const detail = (id: SollicitationId) => as(julie, request, { id })
const aListed = async (said: Parameters<typeof aRequest>[2] = {}): Promise<SollicitationId> => {
  const id = await aRequest(gate, nadia, said)
  await as(nadia, enlistForTriage, { id, proposal: 'Visite avec l’infirmière du SSIAD' })
  return id
}
const aKnownPerson = async () => {
  const personId = newId()
  return {
    personId,
    concerned: { kind: 'new', person: { personId: personId as never, usedName: 'Thiriet', givenName: 'Gérard', birthDate: '1938-11-04' } } as const,
  }
}
const opening = (said: Record<string, unknown> = {}): NonNullable<RawInputOf<typeof decideTriage>['opening']> => ({
  episodeId: newId(),
  level: 'sustained',
  referentId: julie.userId,
  binomeId: samira.userId,
  grounds: ['no_coordinator', 'several_sectors'],
  nextStep: { kind: 'plan_visit', title: 'Première visite à domicile', dueOn: '2026-10-22' },
  ...said,
})
const decide = (id: SollicitationId, said: Partial<RawInputOf<typeof decideTriage>>, actor = samira) =>
  as(actor, decideTriage, { id: newId(), sollicitationId: id, decision: 'accompany', ...said })

describe('the list of the commission', () => {
  it('shows what each request needs to be discussed: who, since when, what was checked, what is proposed', async () => {
    const id = await aListed()
    await as(julie, checkSubsidiarity, { sollicitationId: id, findings: [{ check: 'gp_involved', finding: 'no' }] })
    const { rows } = await as(samira, triageList, {})
    expect(rows.find((row) => row.id === id)).toMatchObject({
      triageSince: '2026-10-15T07:42:00.000Z',
      triageProposal: 'Visite avec l’infirmière du SSIAD',
      findings: [{ check: 'gp_involved', finding: 'no' }],
      personName: 'Gérard Thiriet',
    })
  })

  it('says when the person was informed, once her answers on sharing are recorded', async () => {
    const { concerned, personId } = await aKnownPerson()
    const id = await aListed({ concerned, personInformed: null })
    const shown = async () => (await as(samira, triageList, {})).rows.find((row) => row.id === id)
    expect(await shown()).toMatchObject({ personInformed: null, informedOn: null })
    await nonOpposed(db, personId as never, dac.id)
    expect(await shown()).toMatchObject({ informedOn: expect.stringMatching(/^2026-/) })
  })

  it('is closed to the desk alone and to another DAC', async () => {
    const id = await aListed()
    await expect(as(nadia, triageList, {})).rejects.toMatchObject({ kind: 'forbidden' })
    expect((await as(elsewhere, triageList, {})).rows.map((row) => row.id)).not.toContain(id)
    await expect(decide(id, { decision: 'ask_more' }, nadia)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(decide(id, { decision: 'ask_more' }, elsewhere)).rejects.toMatchObject({ kind: 'not_found' })
  })

  it('a request withdrawn from it comes back to the queue', async () => {
    const id = await aListed()
    await as(nadia, withdrawFromTriage, { id })
    expect((await detail(id)).request.status).toBe('in_progress')
    await expect(as(nadia, withdrawFromTriage, { id })).rejects.toMatchObject({ code: 'triage_not_listed' })
  })
})

describe('« Accompagner »', () => {
  it('opens the episode with its level, référent, binôme, reason and first task, answers the request and closes it', async () => {
    const { concerned, personId } = await aKnownPerson()
    const id = await aListed({ concerned, referredByName: 'Dr Paul Humbert' })
    const { episodeId } = await decide(id, { opening: opening(), participants: 'Julie Marchal, Samira Haddad, Dr Morel' })
    const after = await detail(id)
    expect(after.request).toMatchObject({ status: 'closed', episodeId, toInform: ['requester', 'referred_by'] })
    expect(after.answers).toMatchObject([{ code: 'B7', principal: true }])
    expect(after.decisions).toMatchObject([
      {
        decision: 'accompany',
        level: 'sustained',
        dacReasons: ['no_coordinator', 'several_sectors'],
        referent: { name: 'Julie Marchal' },
        deputy: { name: 'Samira Haddad' },
        nextStep: 'Première visite à domicile',
      },
    ])
    const { rows } = await asSystem(db, 'look at the episode', (tx) =>
      sql`select e.level, e.opened_from_request, t.title from episodes.episode e join episodes.task t on t.episode_id = e.id where e.person_id = ${personId}`.execute(
        tx,
      ),
    )
    expect(rows).toEqual([{ level: 'sustained', opened_from_request: id, title: 'Première visite à domicile' }])
  })

  it('keeps the answer that the desk had given, and makes the accompaniment the principal one', async () => {
    const { concerned } = await aKnownPerson()
    const id = await aListed({ concerned, answers: [{ code: 'B1', text: 'Trois cabinets indiqués.' }] })
    await decide(id, { opening: opening({ level: 'intensive' }) })
    expect((await detail(id)).answers.map(({ code, principal }) => `${code}${principal ? '*' : ''}`)).toEqual(['B8*', 'B1'])
  })

  it('needs a person, a reason and a référent of this DAC; nothing is half-decided', async () => {
    const nameless = await aListed()
    await expect(decide(nameless, { opening: opening() })).rejects.toMatchObject({ code: 'person_not_linked' })
    const { concerned } = await aKnownPerson()
    const id = await aListed({ concerned })
    await expect(decide(id, {})).rejects.toMatchObject({ code: 'triage_episode_missing' })
    await expect(decide(id, { opening: opening({ grounds: [] }) })).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(decide(id, { opening: opening({ referentId: elsewhere.userId }) })).rejects.toMatchObject({ kind: 'invalid' })
    expect(await detail(id)).toMatchObject({ request: { status: 'triage', episodeId: null }, decisions: [], answers: [] })
  })

  it('is decided once, even when two members press together', async () => {
    const { concerned } = await aKnownPerson()
    const id = await aListed({ concerned })
    const results = await Promise.allSettled([decide(id, { opening: opening() }), decide(id, { opening: opening() }, julie)])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await detail(id)).decisions).toHaveLength(1)
  })

  it('a person already accompanied here is not accompanied twice', async () => {
    const { concerned, personId } = await aKnownPerson()
    await decide(await aListed({ concerned }), { opening: opening() })
    const again = await aListed({ concerned: { kind: 'known', personId: personId as never } })
    await expect(decide(again, { opening: opening() })).rejects.toMatchObject({ code: 'episodes.already_open' })
  })
})

describe('the other decisions', () => {
  const partner = { target: 'geriatric', partnerName: 'Consultation mémoire du CH', followUpOn: '2026-11-12' } as const

  it.each([
    ['evaluate_first', { givenTo: julie.userId }, 'in_progress', ['B5']],
    ['brief_support', { givenTo: julie.userId }, 'in_progress', ['B4']],
    ['reorient', { reorientation: { id: newId(), ...partner } }, 'closed', ['B3']],
    ['exclusively_social', { reorientation: { id: newId(), ...partner } }, 'closed', ['B3']],
    ['ask_more', { comment: 'Demander le compte rendu d’hospitalisation' }, 'triage', []],
    ['no_follow_up', { noFollowUpReason: 'person_refuses' }, 'closed', ['B0']],
  ] as const)('« %s » does what it says', async (decision, said, status, codes) => {
    const id = await aListed()
    await decide(id, { decision, ...said } as never)
    const after = await detail(id)
    expect([after.request.status, after.answers.map(({ code }) => code)]).toEqual([status, codes])
    expect(after.decisions).toMatchObject([{ decision }])
  })

  it('« Transmettre au DAC de son territoire » hands the request over', async () => {
    const id = await aListed()
    await decide(id, { decision: 'other_dac', dacId: otherDac.id })
    await expect(detail(id)).rejects.toMatchObject({ kind: 'not_found' })
    expect((await as(elsewhere, request, { id })).request.status).toBe('to_qualify')
  })

  it('« Sans suite » without its reason, a reorientation without its partner, a transfer without its DAC are refused', async () => {
    const id = await aListed()
    await expect(decide(id, { decision: 'no_follow_up' })).rejects.toMatchObject({ code: 'no_follow_up_reason_missing' })
    await expect(decide(id, { decision: 'reorient' })).rejects.toMatchObject({ code: 'reorientation_name_missing' })
    await expect(decide(id, { decision: 'other_dac' })).rejects.toMatchObject({ code: 'transfer_to_dac_only' })
    await expect(decide(id, { decision: 'later' })).rejects.toMatchObject({ code: 'value_unknown' })
  })
})

describe('the Prado at the commission (R88)', () => {
  const cam = { requesterKind: 'health_insurance', requesterName: 'CPAM des Vosges, Prado', concerned: { kind: 'unnamed' } } as const

  it('while she is still in hospital and the hospital team was not contacted, the request does not go to the commission', async () => {
    const waiting = await aRequest(gate, nadia, {
      ...cam,
      extra: { prado: 'yes', patient_consent: 'yes', still_hospitalised: 'yes', hospital_team_contacted: 'no' },
    })
    await expect(as(nadia, enlistForTriage, { id: waiting })).rejects.toMatchObject({
      code: 'extra_answer_needed',
      params: { question: 'hospital_team_contacted' },
    })
    const ready = await aRequest(gate, nadia, {
      ...cam,
      extra: { prado: 'yes', patient_consent: 'yes', still_hospitalised: 'yes', hospital_team_contacted: 'yes' },
    })
    await expect(as(nadia, enlistForTriage, { id: ready })).resolves.toMatchObject({ id: ready })
    const home = await aRequest(gate, nadia, { ...cam, extra: { prado: 'yes', patient_consent: 'yes', still_hospitalised: 'no' } })
    await expect(as(nadia, enlistForTriage, { id: home })).resolves.toMatchObject({ id: home })
  })
})

it('an opposition recorded meanwhile stops the opening of the file', async () => {
  const personId = await aPerson(db, { dac: dac.id })
  await nonOpposed(db, personId, dac.id)
  const id = await aListed({ concerned: { kind: 'known', personId } })
  await asSystem(db, 'plant an opposition', (tx) =>
    sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org, recorded_at)
    values (${newId()}, ${personId}, 1, 'opposition', '2026-10-14', 'oral_phone', ${julie.userId}, 'Julie Marchal', ${dac.id}, now())`.execute(tx),
  )
  await expect(decide(id, { opening: opening() })).rejects.toMatchObject({ code: 'episodes.person_opposed' })
})
