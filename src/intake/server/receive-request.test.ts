import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { aPerson } from '../../persons/testing/builders.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { receiveRequest } from '../contract/actions.ts'
import { request, requestQueue } from '../contract/queries.ts'
import { aCall, aRequest } from '../testing/builders.ts'
import { aDeskWorld } from '../testing/desk-world.ts'

const { db } = await testDatabase()
const { as, gate, dac, otherDac, nadia, julie, elsewhere, director } = await aDeskWorld(db)
const ask = (actor: Actor, said: Parameters<typeof aCall>[0] = {}) => as(actor, receiveRequest, aCall(said))
const counted = async (): Promise<number> =>
  asSystem(db, 'count in a test', async (tx) => (await sql<{ n: number }>`select count(*)::int as n from intake.sollicitation`.execute(tx)).rows[0]?.n ?? 0)

describe('a call at the desk', () => {
  it('is recorded before any file, with its three parties and its delay', async () => {
    const { number, personId } = await ask(nadia, { id: newId(), referredByName: 'Dr Paul Humbert', communeCode: '88468', personInformed: 'yes' })
    expect(number).toBeGreaterThan(0)
    expect(personId).toBeNull()
    const { rows } = await as(nadia, requestQueue, {})
    expect(rows.find((row) => row.number === number)).toMatchObject({
      status: 'to_qualify',
      personName: 'Gérard Thiriet',
      personBirthDate: '1938-11-04',
      communeName: 'Commune 88468',
      requesterName: 'Mme Martine Thiriet',
      motives: ['hospital_discharge', 'find_nurse'],
    })
  })

  it('is answered and closed in the same gesture; the caller has had her answer, her doctor has not', async () => {
    const id = await aRequest(gate, nadia, {
      referredByName: 'Dr Paul Humbert',
      answers: [{ code: 'B1', text: 'Trois cabinets infirmiers du secteur indiqués.' }, { code: 'B2' }],
      close: true,
    })
    const { request: closed, answers, feedbacks } = await as(nadia, request, { id })
    expect(closed).toMatchObject({ status: 'closed', toInform: ['referred_by'], assignedTo: { name: 'Nadia Ferry' } })
    expect(answers.map(({ code, principal }) => [code, principal])).toEqual([
      ['B1', true],
      ['B2', false],
    ])
    expect(feedbacks).toMatchObject([{ addressedTo: 'requester', channel: 'during_call', recipientName: 'Mme Martine Thiriet' }])
  })

  it('is not closed without an answer, and nothing is kept of the attempt', async () => {
    const before = await counted()
    await expect(ask(nadia, { close: true })).rejects.toMatchObject({ code: 'no_answer' })
    expect(await counted()).toBe(before)
  })

  it('« sans suite » asks why', async () => {
    await expect(ask(nadia, { answers: [{ code: 'B0' }], close: true })).rejects.toMatchObject({ code: 'no_follow_up_reason_missing' })
    await expect(ask(nadia, { answers: [{ code: 'B0', noFollowUpReason: 'withdrawn' }], close: true })).resolves.toMatchObject({ closed: true })
  })

  it('sent twice by a network that hesitates, is recorded once', async () => {
    const input = aCall()
    const key = newId()
    const first = await as(nadia, receiveRequest, input, key)
    expect(await as(nadia, receiveRequest, input, key)).toEqual(first)
    await expect(as(nadia, receiveRequest, input)).rejects.toMatchObject({ code: 'request_already_recorded' })
  })

  it('of last night keeps the hour of the message; tomorrow and two years ago are refused', async () => {
    const id = await aRequest(gate, nadia, { channel: 'voicemail', receivedAt: '2026-10-14T19:12:00Z' })
    expect((await as(nadia, request, { id })).request.receivedAt).toBe('2026-10-14T19:12:00.000Z')
    await expect(ask(nadia, { receivedAt: '2026-10-16T08:00:00Z' })).rejects.toMatchObject({ code: 'request_in_future' })
    await expect(ask(nadia, { receivedAt: '2024-10-16T08:00:00Z' })).rejects.toMatchObject({ code: 'request_too_old' })
  })

  it.each([
    ['an unknown motive', { motives: ['plumber'] }, 'value_unknown'],
    ['an unknown delay', { urgency: 'now' }, 'value_unknown'],
    ['an unknown requester', { requesterKind: 'neighbour' }, 'value_unknown'],
    ['an unknown commune', { communeCode: '99999' }, 'commune_unknown'],
    ['nothing said', { text: null, motives: [] }, 'no_text'],
    ['a text longer than the limit', { text: 'a'.repeat(8_001) }, 'input_invalid'],
    ['a telephone that cannot be dialled', { callerPhone: '12 34' }, 'input_invalid'],
    ['an impossible birth date', { concerned: { kind: 'told', name: 'Gérard Thiriet', birthDate: '1938-02-31' } }, 'input_invalid'],
    ['an identity without a name', { concerned: { kind: 'new', person: { personId: newId() } } }, 'person_name_missing'],
  ] as const)('is refused with %s, and nothing is half-written', async (_what, said, code) => {
    const before = await counted()
    await expect(ask(nadia, said as never)).rejects.toMatchObject({ code })
    expect(await counted()).toBe(before)
  })

  it('is counted as support to professionals when a professional asks about no one', async () => {
    const about = { kind: 'nobody' } as const
    const pro = await aRequest(gate, nadia, { concerned: about, requesterKind: 'ccas', requesterName: 'CCAS de Vagney', motives: ['advice'] })
    const daughter = await aRequest(gate, nadia, { concerned: about, motives: ['advice'] })
    expect((await as(nadia, request, { id: pro })).request.cnoLevel).toBe(1)
    expect((await as(nadia, request, { id: daughter })).request.cnoLevel).toBe(2)
  })
})

describe('the person of a call', () => {
  it('may be created as a provisional identity that the whole DAC then sees, its administrative volet only', async () => {
    const personId = newId()
    const id = await aRequest(gate, nadia, {
      concerned: { kind: 'new', person: { personId: personId as never, usedName: 'Thiriet', givenName: 'Gérard', birthDate: '1938-11-04' } },
    })
    const seen = await as(julie, request, { id })
    expect(seen.request.person).toMatchObject({ personId, usedName: 'Thiriet', firstName: 'Gérard', identityStatus: 'PROV' })
    const { rows } = await asSystem(db, 'look at the sight', (tx) =>
      sql`select basis, volets, party_id, source_id from persons.sight where person_id = ${personId}`.execute(tx),
    )
    expect(rows).toEqual([{ basis: 'request', volets: ['administrative'], party_id: dac.id, source_id: id }])
  })

  it('known in another DAC is joined, not created twice, and the other DAC reads it in the Fil', async () => {
    const personId = await aPerson(db, { dac: otherDac.id })
    const id = await aRequest(gate, nadia, { concerned: { kind: 'known', personId, toldAs: 'perrin odile' } })
    expect((await as(nadia, request, { id })).request.person?.usedName).toBe('PERRIN')
    const { rows } = await asSystem(db, 'look at the Fil', (tx) => sql`select title from persons.timeline_item where person_id = ${personId}`.execute(tx))
    expect(rows).toMatchObject([{ title: expect.stringContaining('Demande reçue') }])
  })

  it('who does not exist is refused', async () => {
    await expect(ask(nadia, { concerned: { kind: 'known', personId: newId() } })).rejects.toMatchObject({ code: 'person_not_found' })
  })
})

describe('another DAC', () => {
  it('sees neither the request, nor its text, nor its count', async () => {
    const id = await aRequest(gate, nadia)
    await expect(as(elsewhere, request, { id })).rejects.toMatchObject({ kind: 'not_found' })
    expect((await as(elsewhere, requestQueue, {})).counts.all).toBe(0)
    const direct = await db.kysely.transaction().execute(async (tx) => {
      await sql`select set_config('jalon.actor', ${elsewhere.userId}, true), set_config('jalon.service', ${elsewhere.serviceId}, true), set_config('jalon.functions', '{referent}', true),
        set_config('jalon.parties', ${`{${elsewhere.parties.join(',')}}`}, true), set_config('jalon.volets', '{administrative,social,health}', true)`.execute(
        tx,
      )
      return (
        await sql<{
          n: number
        }>`select (select count(*) from intake.sollicitation) + (select count(*) from intake.request_text) + (select count(*) from intake.request_motive)
        + (select count(*) from intake.answer) as n`.execute(tx)
      ).rows[0]?.n
    })
    expect(direct).toBe(0)
  })

  it('the desk hands over at once a call about another territory, and keeps the trace only', async () => {
    const id = await aRequest(gate, nadia, { communeCode: '54039', transferTo: otherDac.id })
    await expect(as(nadia, request, { id })).rejects.toMatchObject({ kind: 'not_found' })
    const there = await as(elsewhere, request, { id })
    expect(there.request).toMatchObject({ status: 'to_qualify', holderOrg: elsewhere.serviceId, text: expect.stringContaining('Sort lundi') })
    expect(there.transfers).toMatchObject([{ fromName: 'DAC Hautes-Vallées', toName: 'DAC Meurthe et Mortagne' }])
  })

  it('a director receives no call', async () => {
    await expect(ask(director)).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

describe('the Prado (R88)', () => {
  const cam = { requesterKind: 'health_insurance', requesterName: 'CPAM des Vosges, Prado', callerName: null } as const

  it('without the patient’s consent the person cannot be named; the request without a name is kept', async () => {
    await expect(ask(nadia, { ...cam, extra: { prado: 'yes' } })).rejects.toMatchObject({
      code: 'extra_answer_needed',
      params: { question: 'patient_consent' },
    })
    await expect(ask(nadia, { ...cam, extra: { prado: 'yes', patient_consent: 'no' } })).rejects.toMatchObject({ code: 'extra_answer_needed' })
    await expect(ask(nadia, { ...cam, extra: { prado: 'yes', patient_consent: 'no' }, concerned: { kind: 'unnamed' } })).resolves.toMatchObject({
      closed: false,
    })
  })

  it('with consent it is received; a call of the CPAM outside the Prado asks nothing', async () => {
    await expect(ask(nadia, { ...cam, extra: { prado: 'yes', patient_consent: 'yes' } })).resolves.toBeTruthy()
    await expect(ask(nadia, { ...cam, extra: { prado: 'no' } })).resolves.toBeTruthy()
  })
})
