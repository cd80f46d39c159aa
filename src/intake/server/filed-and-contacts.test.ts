import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { aPerson, aSight } from '../../persons/testing/builders.ts'
import { newId } from '../../platform/contract/ids.ts'
import { asActor } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService } from '../../territory/testing/builders.ts'
import { closeRequest, editRequest, linkPerson, readAnswer, recordAnswer, recordFeedback, submitRequest, takeRequest } from '../contract/actions.ts'
import { handleMessage, recordContact } from '../contract/contacts.ts'
import { filedRequest, filedRequests, messagesForMe, personContacts, queueCounts, request, requestQueue } from '../contract/queries.ts'
import type { AnswerId, ContactId, SollicitationId } from '../contract/sollicitation.ts'
import { aRequest } from '../testing/builders.ts'
import { aDeskWorld } from '../testing/desk-world.ts'

const { db } = await testDatabase()
const { as, gate, clock, dac, otherDac, nadia, julie, samira, director, elsewhere, doctor, nurse } = await aDeskWorld(db)

const filed = (said: Record<string, unknown> = {}) =>
  ({
    id: newId<SollicitationId>(),
    concerned: { kind: 'told', name: 'Odile Perrin', birthDate: '1941-03-12' },
    communeCode: '88408',
    text: 'Chutes répétées, fille épuisée, ne veut pas d’aide.',
    motives: ['falls', 'caregiver'],
    urgency: 'within_72h',
    requesterKind: 'gp_treating',
    requesterPhone: '03 53 01 88 20',
    personInformed: 'yes',
    personInformedBy: 'Dr Fritsch',
    ...said,
  }) as never

describe('an outside professional asks from her own space', () => {
  it('the commune finds the DAC; she follows her request and reads the answer', async () => {
    const input = filed() as { id: SollicitationId }
    expect(await as(doctor, submitRequest, input as never)).toMatchObject({ dacId: dac.id })
    expect((await as(nadia, requestQueue, {})).rows.find(({ id }) => id === input.id)).toMatchObject({
      requesterName: 'Anne-Laure Fritsch, Cabinet du Dr Fritsch',
      text: 'Chutes répétées, fille épuisée, ne veut pas d’aide.',
    })
    await as(julie, takeRequest, { id: input.id })
    await as(julie, recordAnswer, {
      id: newId<AnswerId>(),
      sollicitationId: input.id,
      answer: { code: 'B5', text: 'Note entre nous : fille joignable le soir.' },
    })
    await as(julie, recordFeedback, {
      id: newId(),
      sollicitationId: input.id,
      addressedTo: 'requester',
      recipientName: 'Dr Fritsch',
      channel: 'extranet',
      text: 'Une visite est prévue jeudi.',
    })
    expect((await as(doctor, filedRequests, {})).counts).toMatchObject({ all: 1, open: 1, unread: 1 })
    const mine = await as(doctor, filedRequest, { id: input.id })
    expect(mine).toMatchObject({
      unread: true,
      answers: ['B5'],
      assignedToName: 'Julie Marchal',
      text: expect.stringContaining('Chutes'),
      feedbacks: [{ text: 'Une visite est prévue jeudi.' }],
    })
    expect(JSON.stringify(mine)).not.toContain('entre nous')
    await as(doctor, readAnswer, { id: input.id })
    expect((await as(doctor, filedRequests, {})).counts.unread).toBe(0)
  })

  it('sees her own requests only: not a colleague’s, not the desk’s view of hers', async () => {
    const input = filed() as { id: SollicitationId }
    await as(doctor, submitRequest, input as never)
    await expect(as(nurse, filedRequest, { id: input.id })).rejects.toMatchObject({ kind: 'not_found' })
    expect((await as(nurse, filedRequests, {})).rows).toEqual([])
    await expect(as(doctor, request, { id: input.id })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(as(doctor, closeRequest, { id: input.id })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(as(doctor, requestQueue, {})).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(as(nadia, submitRequest, filed())).rejects.toMatchObject({ kind: 'forbidden' })
  })

  it('follows also what she asked by telephone, found by her card, without what the desk noted of it', async () => {
    const id = await aRequest(gate, nadia, {
      callerName: 'Dr Fritsch',
      requesterKind: 'gp_treating',
      requesterName: 'Dr Fritsch',
      requesterPartyId: doctor.professionalId,
      text: 'Pense à une maltraitance, à vérifier.',
    })
    expect(await as(doctor, filedRequest, { id })).toMatchObject({ text: null, motives: [] })
    const seen = await asActor(
      db,
      { actor: doctor, clock: clock(), timeZone: 'Europe/Paris' },
      async (tx) => (await sql`select text from intake.request_text where sollicitation_id = ${id}`.execute(tx)).rows,
    )
    expect(seen).toEqual([])
  })

  it('a commune without a DAC is said, and nothing is lost; a linked person is refused', async () => {
    await expect(as(doctor, submitRequest, filed({ communeCode: '99999' }))).rejects.toMatchObject({ code: 'commune_unknown' })
    await expect(as(doctor, submitRequest, filed({ concerned: { kind: 'known', personId: newId() } }))).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(as(doctor, submitRequest, filed({ text: '' }))).rejects.toMatchObject({ code: 'input_invalid' })
  })

  it('cannot write into the queue by another door: not as somebody else, not as already in progress', async () => {
    const forged = (holder: string, requester: string, status: string) =>
      asActor(db, { actor: nurse, clock: clock(), timeZone: 'Europe/Paris' }, (tx) =>
        sql`insert into intake.sollicitation (id, received_at, recorded_by, channel, requester_kind, requester_user_id, concerns, urgency, status, cno_level, holder_org)
        values (${newId()}, now(), ${requester}, 'extranet', 'nurse', ${requester}, 'nobody', 'within_72h', ${status}, 2, ${holder})`.execute(tx),
      )
    await expect(forged(dac.id, doctor.userId, 'to_qualify')).rejects.toThrow(/row-level security/)
    await expect(forged(dac.id, nurse.userId, 'in_progress')).rejects.toThrow(/row-level security/)
  })
})

describe('what is not a new request', () => {
  it('a follow-up of a known file goes to its exchanges and is not counted', async () => {
    const personId = await aPerson(db, { dac: dac.id })
    const before = (await as(nadia, queueCounts, {})).all
    await as(nadia, recordContact, {
      id: newId<ContactId>(),
      firstKey: 'follow_up',
      channel: 'phone',
      callerName: 'Thomas Noël',
      callerQuality: 'infirmier',
      personId,
      text: 'Pansement refait, rougeur à la jambe gauche.',
    })
    expect((await as(nadia, queueCounts, {})).all).toBe(before)
    expect((await as(julie, personContacts, { personId })).rows).toMatchObject([
      { what: 'follow_up', callerName: 'Thomas Noël', text: 'Pansement refait, rougeur à la jambe gauche.', hidden: false },
    ])
  })

  it('what was said of a known person is closed to the desk, but for whoever wrote it', async () => {
    const personId = await aPerson(db, { dac: dac.id })
    await as(julie, recordContact, { id: newId<ContactId>(), firstKey: 'follow_up', channel: 'phone', personId, text: 'Biopsie lundi.' })
    expect((await as(nadia, personContacts, { personId })).rows).toMatchObject([{ what: 'follow_up', text: null, hidden: true }])
    expect((await as(samira, personContacts, { personId })).rows).toMatchObject([{ text: 'Biopsie lundi.' }])
    await expect(as(elsewhere, personContacts, { personId })).rejects.toMatchObject({ kind: 'not_found' })
  })

  it('exchanges and requests of a person come together, the latest first, page after page', async () => {
    const personId = await aPerson(db, { dac: dac.id })
    for (let day = 1; day <= 5; day += 1) {
      clock.advance(3_600_000)
      await as(julie, recordContact, { id: newId<ContactId>(), firstKey: 'follow_up', channel: 'phone', personId, text: `Appel ${day}` })
    }
    clock.advance(3_600_000)
    await aRequest(gate, nadia, { concerned: { kind: 'known', personId } })
    const first = await as(julie, personContacts, { personId, limit: 4 })
    const second = await as(julie, personContacts, { personId, limit: 4, cursor: first.next })
    expect([...first.rows, ...second.rows].map((row) => row.text ?? row.what)).toEqual([
      expect.stringContaining('Sort lundi'),
      'Appel 5',
      'Appel 4',
      'Appel 3',
      'Appel 2',
      'Appel 1',
    ])
    expect(second.next).toBeNull()
  })

  it('a message waits for the colleague it is for, who says when it is done', async () => {
    const id = newId<ContactId>()
    await as(nadia, recordContact, {
      id,
      firstKey: 'message',
      channel: 'phone',
      callerName: 'Mme Weiss',
      callerPhone: '06 39 98 22 63',
      forUserId: julie.userId,
      text: 'Rappeler avant midi.',
    })
    expect((await as(julie, messagesForMe, {})).rows).toMatchObject([
      { id, callerName: 'Mme Weiss', callerPhone: '+33639982263', text: 'Rappeler avant midi.' },
    ])
    expect((await as(samira, messagesForMe, {})).rows).toEqual([])
    await as(julie, handleMessage, { id })
    await expect(as(julie, handleMessage, { id })).rejects.toMatchObject({ code: 'contact_already_handled' })
    expect((await as(julie, queueCounts, {})).messages).toBe(0)
  })

  it('a wrong number is noted in one key, without a word', async () => {
    await expect(as(nadia, recordContact, { id: newId<ContactId>(), firstKey: 'mistake', channel: 'phone' })).resolves.toBeTruthy()
  })

  it('a follow-up of nothing, a message for nobody or without a word are refused', async () => {
    const base = { channel: 'phone', text: 'Rappeler' } as const
    await expect(as(nadia, recordContact, { ...base, id: newId<ContactId>(), firstKey: 'follow_up' })).rejects.toMatchObject({ code: 'follow_up_of_nothing' })
    await expect(as(nadia, recordContact, { ...base, id: newId<ContactId>(), firstKey: 'message' })).rejects.toMatchObject({ code: 'message_for_nobody' })
    await expect(as(nadia, recordContact, { ...base, id: newId<ContactId>(), firstKey: 'message', forUserId: elsewhere.userId })).rejects.toMatchObject({
      code: 'colleague_unknown',
    })
    await expect(as(nadia, recordContact, { ...base, id: newId<ContactId>(), firstKey: 'message', forUserId: julie.userId, text: null })).rejects.toMatchObject(
      { code: 'contact_without_words' },
    )
    await expect(as(director, recordContact, { ...base, id: newId<ContactId>(), firstKey: 'mistake' })).rejects.toMatchObject({ kind: 'forbidden' })
  })

  it('a second call about a request stays on its sheet', async () => {
    const id = await aRequest(gate, nadia)
    await as(nadia, recordContact, {
      id: newId<ContactId>(),
      firstKey: 'follow_up',
      channel: 'phone',
      sollicitationId: id,
      callerName: 'Mme Thiriet',
      text: 'La sortie est repoussée à mardi.',
    })
    expect((await as(nadia, request, { id })).contacts).toMatchObject([{ callerName: 'Mme Thiriet', text: 'La sortie est repoussée à mardi.' }])
  })
})

describe('the queue', () => {
  it('goes from the most late to what has no term, page after page, and its counts are those of its lists', async () => {
    const everyone = await as(nadia, requestQueue, { limit: 100 })
    const dues = everyone.rows.map(({ dueAt }) => dueAt ?? '9999')
    expect(dues).toEqual([...dues].sort())
    const ids: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof as<typeof requestQueue>>> = await as(nadia, requestQueue, { limit: 3, cursor })
      ids.push(...page.rows.map(({ id }) => id))
      cursor = page.next
    } while (cursor !== null)
    expect(ids).toEqual(everyone.rows.map(({ id }) => id))
    for (const view of ['all', 'late', 'mine', 'to_inform', 'closed'] as const) {
      const { rows, total } = await as(julie, requestQueue, { view, limit: 100 })
      expect([view, rows.length]).toEqual([view, total])
    }
    const urgent = await as(julie, requestQueue, { urgency: 'within_24h', limit: 100 })
    expect(urgent.total).toBe(urgent.rows.length)
    expect(urgent.total).toBeLessThan(everyone.total)
  })

  it('what was due before now is late', async () => {
    const id = await aRequest(gate, nadia, { urgency: 'within_24h' })
    expect((await as(nadia, requestQueue, { view: 'late', limit: 100 })).rows.map((row) => row.id)).not.toContain(id)
    clock.advance(5 * 86_400_000)
    const late = await as(nadia, requestQueue, { view: 'late', limit: 100 })
    expect(late.rows.map((row) => row.id)).toContain(id)
    expect(late.counts.late).toBe(late.rows.length)
  })
})

it('once a request is closed and its person known, the DAC that accompanies her reads it, volet by volet; the circle does not', async () => {
  const personId = await aPerson(db, { dac: otherDac.id })
  const id = await aRequest(gate, nadia)
  await as(nadia, linkPerson, { id, person: { kind: 'known', personId } })
  const ccas = await aService(db, { kind: 'ccas', name: 'CCAS de Remiremont' })
  const socialWorker = await anActor(db, { service: ccas, functions: ['outside_professional'], category: 'social', professionalId: newId() })
  await aSight(db, personId, String(socialWorker.professionalId), { basis: 'care_team', volets: ['administrative', 'social'] })
  const doctor = await anActor(db, { service: ccas, functions: ['outside_professional'], category: 'health', professionalId: newId() })
  await aSight(db, personId, String(doctor.professionalId), { basis: 'care_team' })
  const theirDesk = await anActor(db, { service: otherDac, functions: ['front_desk'] })
  const read = (actor: typeof elsewhere) =>
    asActor(
      db,
      { actor, clock: clock(), timeZone: 'Europe/Paris' },
      async (tx) =>
        (
          await sql<{
            motive: string
            text: string | null
          }>`select m.motive, t.text from intake.request_motive m left join intake.request_text t on t.sollicitation_id = m.sollicitation_id
        where m.sollicitation_id = ${id} order by m.position`.execute(tx)
        ).rows,
    )
  await as(nadia, editRequest, { id, baseVersion: (await as(nadia, request, { id })).request.version, changes: { motives: ['caregiver', 'find_nurse'] } })
  expect(await read(elsewhere)).toEqual([])
  await as(nadia, recordAnswer, { id: newId<AnswerId>(), sollicitationId: id, answer: { code: 'B1' } })
  await as(nadia, closeRequest, { id })
  expect(await read(elsewhere)).toMatchObject([{ motive: 'caregiver', text: expect.stringContaining('Sort lundi') }, { motive: 'find_nurse' }])
  expect(await read(theirDesk)).toEqual([])
  expect([await read(socialWorker), await read(doctor)]).toEqual([[], []])
})
