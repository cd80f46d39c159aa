import { describe, expect, it } from 'vitest'
import { healthSpaceBeforeErasure } from '../../src/agenda/server/events.ts'
import { writeNote } from '../../src/liaison/contract/actions.ts'
import { timeline } from '../../src/liaison/contract/queries.ts'
import { closeExceptionalAccess, openExceptionalAccess } from '../../src/persons/contract/access-actions.ts'
import { exceptionalAccesses } from '../../src/persons/contract/access-queries.ts'
import { personHeader } from '../../src/persons/contract/queries.ts'
import { aPerson, aSight } from '../../src/persons/testing/builders.ts'
import { newId, type PersonId } from '../../src/platform/contract/ids.ts'
import { asSystem } from '../../src/platform/server/db.ts'
import { createLog } from '../../src/platform/server/log.ts'
import { pdfText } from '../../src/platform/testing/pdf-text.ts'
import { testDatabase } from '../../src/platform/testing/test-database.ts'
import {
  addAddendum,
  answerRequest,
  confirmErasure,
  extendRequestTerm,
  liftLimitation,
  limitUse,
  proposeErasure,
  recordRequest,
} from '../../src/privacy/contract/actions.ts'
import { personData } from '../../src/privacy/contract/queries.ts'
import type { ErasureId, LimitationId, RequestId, RequestKind } from '../../src/privacy/contract/requests.ts'
import { erasureProof, fileLimitation, personRequests, requestLetter, requestRegister, serviceRequests } from '../../src/privacy/contract/rights-queries.ts'
import { eraseJob } from '../../src/privacy/server/erasure.ts'
import { writeErasureProof, writeRequestLetter } from '../../src/privacy/server/letters.ts'
import { aNote, aPrivacyWorld, personTables } from './privacy-world.ts'

const { db, owner, ownerUrl } = await testDatabase()
const world = await aPrivacyWorld(db)
const { personId, julie, lead, doctor, nadia, director, elsewhere } = world

const ask = async (kind: RequestKind, more: object = {}, person: PersonId = personId): Promise<RequestId> => {
  const id = newId<RequestId>()
  await world.as(julie, recordRequest, {
    id,
    personId: person,
    kind,
    receivedOn: '2026-10-01',
    mode: 'written',
    askedBy: 'person',
    identityChecked: 'Connue du service',
    words: null,
    ...more,
  })
  return id
}
const rightsOf = (person: PersonId = personId) => world.as(julie, personRequests, { personId: person })

describe('the register of the requests of a person', () => {
  it('notes what she asks, and counts one month', async () => {
    const id = await ask('access', { words: 'Je veux savoir ce que vous avez sur moi.' })
    const { requests } = await rightsOf()
    expect(requests.find((one) => one.id === id)).toMatchObject({ dueOn: '2026-11-01', state: 'open', recordedByName: 'Julie Marchal' })
    const list = await world.as(julie, serviceRequests, {})
    expect(list.rows.map((row) => row.id)).toContain(id)
  })

  it('refuses a day to come, and an asker without a name', async () => {
    await expect(ask('access', { receivedOn: '2027-01-01' })).rejects.toMatchObject({ code: 'right_request_in_future' })
    await expect(ask('access', { askedBy: 'legal_representative' })).rejects.toMatchObject({ code: 'asker_needs_name' })
  })

  it('prolongs once, in the first month, with a reason', async () => {
    const id = await ask('portability')
    await world.as(julie, extendRequestTerm, { requestId: id, reason: 'Dossier de trois services.' })
    expect((await rightsOf()).requests.find((one) => one.id === id)).toMatchObject({ dueOn: '2027-01-01' })
    await expect(world.as(julie, extendRequestTerm, { requestId: id, reason: 'Encore.' })).rejects.toMatchObject({ code: 'request_already_extended' })
    const late = await ask('portability', { receivedOn: '2026-08-01' })
    await expect(world.as(julie, extendRequestTerm, { requestId: late, reason: 'Trop tard.' })).rejects.toMatchObject({ code: 'extension_too_late' })
  })

  it('answers once; a refusal says why; the letter says what she can do', async () => {
    const id = await ask('opposition')
    await expect(world.as(julie, answerRequest, { requestId: id, outcome: 'refused', words: null })).rejects.toMatchObject({ code: 'refusal_needs_words' })
    await world.as(julie, answerRequest, { requestId: id, outcome: 'refused', words: 'Le tuteur a fait la demande sans vous.' })
    await expect(world.as(lead, answerRequest, { requestId: id, outcome: 'granted', words: null })).rejects.toMatchObject({ code: 'request_already_answered' })
    const letter = await world.as(julie, requestLetter, { requestId: id })
    expect(letter.fileName).toMatch(/^Réponse à la demande \d+\.pdf$/)
    const request = (await rightsOf()).requests.find((one) => one.id === id)
    const text = pdfText(
      await writeRequestLetter(
        {
          request: { ...request, personId, holderOrg: world.dac.id } as never,
          person: 'PERRIN Odile',
          service: { name: world.dac.name, phone: '0353010000' },
          signedBy: 'Julie Marchal',
          at: world.clock(),
        },
        { compress: false },
      ),
    ).replace(/\s+/g, ' ')
    for (const said of ['Le tuteur a fait la demande sans vous.', 'CNIL', '03 53 01 00 00', 'article 21']) expect(text).toContain(said)
  })

  it('is for those who accompany her: neither the desk, nor the circle, nor another DAC; the direction reads numbers without a name', async () => {
    for (const actor of [nadia, doctor]) await expect(world.as(actor, personRequests, { personId })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(world.as(elsewhere, personRequests, { personId })).rejects.toMatchObject({ kind: 'not_found' })
    const { rows } = await world.as(director, requestRegister, {})
    expect(rows.length).toBeGreaterThan(2)
    expect(JSON.stringify(rows)).not.toMatch(/PERRIN|KEMPF|Odile/i)
    expect(rows.find((row) => row.dueOn === '2026-09-01')).toMatchObject({ late: true })
    expect((await world.as(await Promise.resolve(world.region), requestRegister, {})).rows.length).toBe(rows.length)
  })

  it('shows in the Fil of her DAC, not in that of her circle', async () => {
    const seen = async (actor: typeof julie): Promise<string> => JSON.stringify((await world.as(actor, timeline, { personId })).rows)
    expect(await seen(julie)).toContain('Demande de la personne')
    expect(await seen(doctor)).not.toContain('Demande de la personne')
  })
})

describe('rectification by addendum', () => {
  it('leaves what was written and puts her words beside it, under the same volet and protection', async () => {
    const noteId = newId()
    const { itemId } = (await world.as(julie, writeNote, { id: noteId, personId, body: 'Elle boit.', volet: 'health' } as never)) as { itemId: string }
    await world.as(julie, addAddendum, { id: newId(), personId, itemId, words: 'Je ne bois pas.', requestId: await ask('rectification') })
    const { rows } = await owner.query(
      `select i.title, i.summary, i.volet, (select body from liaison.note where id = $2) as body from persons.timeline_item i where i.source = 'privacy' and i.person_id = $1 and i.summary = 'Je ne bois pas.'`,
      [personId, noteId],
    )
    expect(rows[0]).toMatchObject({ summary: 'Je ne bois pas.', volet: 'health', body: 'Elle boit.' })
    expect((await rightsOf()).addenda[0]).toMatchObject({ words: 'Je ne bois pas.', byName: 'Julie Marchal' })
  })
})

describe('limitation', () => {
  it('hands over what her DAC reads, its own notes on a request with it: neither a request that another service still handles, nor the words of its callers', async () => {
    const her = await aPerson(db, { dac: world.dac.id })
    const request = async (dac: string, status: 'closed' | 'in_progress', words: string): Promise<void> => {
      const [id, contact] = [newId(), newId()]
      const closed = status === 'closed'
      await owner.query(
        `insert into intake.sollicitation (id, received_at, recorded_by, channel, requester_kind, concerns, person_id, urgency, status, closed_at, closed_by, cno_level, holder_org)
         values ($1, '2026-06-01T08:00:00Z', $2, 'phone', 'other', 'person', $3, 'h72', $4, $5, $6, 2, $7)`,
        [id, julie.userId, her, status, closed ? '2026-06-01T09:00:00Z' : null, closed ? julie.userId : null, dac],
      )
      await owner.query(`insert into intake.request_text (sollicitation_id, volet, text, by_requester) values ($1, 'health', $2, true)`, [id, words])
      await owner.query(
        `insert into intake.subsidiarity (sollicitation_id, check_code, finding, note, noted_at, noted_by) values ($1, 'x', 'x', $2, '2026-06-01T08:30:00Z', $3)`,
        [id, `SUITE ${words}`, julie.userId],
      )
      await owner.query(
        `insert into intake.contact (id, at, channel, first_key, person_id, recorded_by, recorded_by_name, holder_org) values ($1, '2026-06-01T08:00:00Z', 'phone', 'follow_up', $2, $3, 'Inès Roussel', $4)`,
        [contact, her, newId(), dac],
      )
      await owner.query(`insert into intake.contact_text (contact_id, text) values ($1, $2)`, [contact, `APPEL ${words}`])
    }
    await request(world.dac.id, 'in_progress', 'OURS IN PROGRESS')
    await request(world.otherDac.id, 'in_progress', 'THEIRS IN PROGRESS')
    await request(world.otherDac.id, 'closed', 'THEIRS CLOSED')
    const heldNow = async (): Promise<readonly string[]> => {
      const { base64 } = await world.as(julie, personData, { personId: her, format: 'json', privateNotes: true })
      const text = Buffer.from(base64, 'base64').toString()
      return [...text.matchAll(/(?:APPEL |SUITE )?(?:OURS|THEIRS) (?:IN PROGRESS|CLOSED)/g)].map(([words]) => words).sort()
    }
    const before = await heldNow()
    expect(before).toEqual(['APPEL OURS IN PROGRESS', 'OURS IN PROGRESS', 'SUITE OURS IN PROGRESS', 'THEIRS CLOSED'])
    await world.as(julie, limitUse, { id: newId<LimitationId>(), personId: her, reason: 'accuracy' })
    expect(await heldNow(), 'limited, she is answered neither less nor more').toEqual(before)
  })

  it('keeps the file and stops its use: nothing is written, nothing read, but what it takes to recognise her, answer her and lift it', async () => {
    await world.as(julie, writeNote, { id: newId(), personId, body: 'Avant.', volet: 'health' } as never)
    const limitationId = newId<LimitationId>()
    await world.as(julie, limitUse, { id: limitationId, personId, reason: 'accuracy' })
    await expect(world.as(lead, limitUse, { id: newId(), personId, reason: 'claims' })).rejects.toMatchObject({ code: 'limitation_already_set' })
    await expect(world.as(julie, writeNote, { id: newId(), personId, body: 'Encore.', volet: 'administrative' } as never)).rejects.toMatchObject({
      kind: 'forbidden',
    })
    const { rows } = await owner.query(`select count(*)::int as n from liaison.note where body = 'Encore.'`)
    expect(rows[0].n).toBe(0)
    // The circle reads nothing; her DAC keeps the administrative volet, and the mark that says why.
    await expect(world.as(doctor, fileLimitation, { personId })).rejects.toMatchObject({ kind: 'not_found' })
    expect((await world.as(julie, fileLimitation, { personId })).limitation).toMatchObject({ reason: 'accuracy' })
    expect((await world.as(julie, personHeader, { personId })).volets).toEqual(['administrative'])
    expect(JSON.stringify((await world.as(julie, timeline, { personId })).rows)).not.toContain('Avant.')
    // Her own rights stay: what is held is handed over whole, whatever the screen shows.
    const held = await world.as(julie, personData, { personId, format: 'json' })
    expect(Buffer.from(held.base64, 'base64').toString()).toContain('Avant.')
    await ask('access')
    await world.as(lead, liftLimitation, { limitationId, reason: 'Exactitude vérifiée avec elle.' })
    await world.as(julie, writeNote, { id: newId(), personId, body: 'De nouveau possible.', volet: 'health' } as never)
    expect((await world.as(doctor, fileLimitation, { personId })).limitation).toBeNull()
    expect((await world.as(doctor, personHeader, { personId })).volets).toEqual(['administrative', 'health', 'social'])
    expect((await rightsOf()).limitations[0]).toMatchObject({ liftedByName: 'Claire Didier', liftReason: 'Exactitude vérifiée avec elle.' })
  })

  it('is read for a while by one professional, on a ground of article 18, told and reviewed like every exceptional access', async () => {
    const limitationId = newId<LimitationId>()
    const opening = { personId, explanation: 'Son avocate demande le compte rendu', hours: 1 }
    await expect(world.as(julie, openExceptionalAccess, { ...opening, id: newId(), reason: 'limitation_claims' })).rejects.toMatchObject({
      code: 'exceptional_access_not_limited',
    })
    await world.as(julie, limitUse, { id: limitationId, personId, reason: 'claims' })
    await expect(world.as(julie, openExceptionalAccess, { ...opening, id: newId(), reason: 'continuity_of_care' })).rejects.toMatchObject({
      code: 'exceptional_access_ground',
    })
    const id = newId<never>()
    await world.as(julie, openExceptionalAccess, { ...opening, id, reason: 'limitation_claims' })
    expect((await world.as(julie, personHeader, { personId })).volets).toEqual(['administrative', 'health', 'social'])
    expect((await world.as(lead, personHeader, { personId })).volets).toEqual(['administrative'])
    expect((await world.as(lead, exceptionalAccesses, { show: 'to_review' })).rows.map((row) => row.id)).toContain(id)
    await world.as(julie, closeExceptionalAccess, { id })
    expect((await world.as(julie, personHeader, { personId })).volets).toEqual(['administrative'])
    await world.as(lead, liftLimitation, { limitationId, reason: 'Procédure terminée' })
  })

  it('names no request that is not hers', async () => {
    await expect(world.as(julie, limitUse, { id: newId<LimitationId>(), personId, reason: 'accuracy', requestId: newId<RequestId>() })).rejects.toMatchObject({
      kind: 'not_found',
    })
    const { itemId } = (await world.as(julie, writeNote, { id: newId(), personId, body: 'Contesté.', volet: 'health' } as never)) as { itemId: string }
    await expect(world.as(julie, addAddendum, { id: newId(), personId, itemId, words: 'Faux.', requestId: newId<RequestId>() })).rejects.toMatchObject({
      kind: 'not_found',
    })
  })
})

describe('erasure', () => {
  const run = (erasureId: string): Promise<void> => eraseJob(personTables)({ erasureId }, { db, ownerUrl, log: createLog('silent'), clock: world.clock })
  const closed = async (): Promise<PersonId> => {
    const id = await aPerson(db, { dac: null, birthName: 'OUBLIEE', usedName: null, firstNames: ['JEANNE'] })
    await aSight(db, id, world.dac.id)
    await aNote(db, { ...world, personId: id }, 'OUBLIEE Un mot sur elle.')
    await owner.query(`insert into persons.contact_point (id, person_id, kind, value, holder_org) values (gen_random_uuid(), $1, 'mobile', '0639980001', $2)`, [
      id,
      world.dac.id,
    ])
    return id
  }

  /** An appointment of hers to come, written in Mon espace santé. Gives the way to change what is known of it there. */
  const sentToHealthSpace = async (id: PersonId): Promise<(more: string) => Promise<unknown>> => {
    const [appointment, occurrence] = [newId(), newId()]
    const line = (more: string): Promise<unknown> => owner.query(`update agenda.health_space_line set ${more} where occurrence_id = $1`, [occurrence])
    await owner.query(
      `insert into agenda.health_space_decision (id, person_id, decision, detail, decided_on, mode, recorded_at, recorded_by, recorded_by_name, holder_org)
         values (gen_random_uuid(), $1, 'given', 'minimal', '2026-10-01', 'in_person', '2026-10-01T08:00:00Z', $2, 'Julie Marchal', $3)`,
      [id, julie.userId, world.dac.id],
    )
    await owner.query(
      `insert into agenda.appointment (id, person_id, kind, starts_local, minutes, time_zone, place_kind, uid, organizer_id, organizer_name, volet, holder_org, created_at, changed_at)
         values ($1::uuid, $2, 'consultation', '2026-12-20 10:00', 60, 'Europe/Paris', 'other', $1::uuid::text || '@jalon', $3, 'Julie Marchal', 'administrative', $4, '2026-10-01', '2026-10-01')`,
      [appointment, id, julie.userId, world.dac.id],
    )
    await owner.query(
      `insert into agenda.health_space_line (occurrence_id, appointment_id, person_id, starts_at, ends_at, print, state, tried, next_attempt_at, volet, holder_org)
         values ($1, $4, $2, '2026-12-20T09:00:00Z', '2026-12-20T10:00:00Z', 'x', 'sent', true, '2026-10-01', 'administrative', $3)`,
      [occurrence, id, world.dac.id, appointment],
    )
    return line
  }

  it('waits until what goes on is over', async () => {
    const requestId = await ask('erasure')
    await expect(world.as(julie, proposeErasure, { id: newId<ErasureId>(), requestId, plan: [] })).rejects.toMatchObject({ code: 'erasure_while_live' })
  })

  it('does not wait for a request that was reunited with another: nobody deals with it any more', async () => {
    const id = await closed()
    const [kept, double] = [newId(), newId()]
    for (const [request, status, mergedInto] of [
      [kept, 'closed', null],
      [double, 'to_qualify', kept],
    ] as const)
      await owner.query(
        `insert into intake.sollicitation (id, received_at, recorded_by, channel, requester_kind, requester_name, concerns, person_id, urgency, status, cno_level, holder_org, merged_into, closed_at)
         values ($1, '2024-03-04T08:00:00Z', $2, 'phone', 'relative', 'Marc', 'person', $3, 'within_72h', $4, 2, $5, $6, case when $4 = 'closed' then '2024-03-05T08:00:00Z'::timestamptz end)`,
        [request, julie.userId, id, status, world.dac.id, mergedInto],
      )
    const requestId = await ask('erasure', {}, id)
    await world.as(lead, proposeErasure, { id: newId<ErasureId>(), requestId, plan: [] })
  })

  it('answers a request of erasure only', async () => {
    const requestId = await ask('access', {}, await closed())
    await expect(world.as(julie, proposeErasure, { id: newId<ErasureId>(), requestId, plan: [] })).rejects.toMatchObject({ code: 'erasure_not_asked' })
  })

  it('is proposed by one, confirmed by another, executed once, and proved in writing', async () => {
    const id = await closed()
    const requestId = await ask('erasure', {}, id)
    const erasureId = newId<ErasureId>()
    await world.as(lead, proposeErasure, { id: erasureId, requestId, plan: [] })
    await expect(world.as(lead, confirmErasure, { erasureId })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(world.as(julie, confirmErasure, { erasureId })).rejects.toMatchObject({ kind: 'forbidden' })
    const other = { ...lead, userId: newId(), displayName: 'Karim Belkacem' } as typeof lead
    await world.as(other, confirmErasure, { erasureId })
    await run(erasureId)
    await run(erasureId)

    const { rows } = await owner.query(
      `select (select count(*) from liaison.note where person_id = $1)::int as notes, (select count(*) from persons.contact_point where person_id = $1)::int as contacts,
        (select to_jsonb(p) from persons.person p where person_id = $1) as person, (select count(*) from privacy.execution where run_id = $2)::int as proofs`,
      [id, erasureId],
    )
    expect(rows[0]).toMatchObject({ notes: 0, contacts: 0 })
    expect(JSON.stringify(rows[0].person)).not.toMatch(/OUBLIEE|JEANNE|1941/)
    expect(rows[0].proofs).toBe(2)
    const [erasure] = (await world.as(julie, personRequests, { personId: id })).erasures
    expect(erasure).toMatchObject({ state: 'done', proposedByName: 'Claire Didier', confirmedByName: 'Karim Belkacem' })
    await world.as(julie, erasureProof, { erasureId })
    const proof = pdfText(
      await writeErasureProof(
        {
          erasure: { ...erasure, personId: id, holderOrg: world.dac.id, requestId, counts: { 'liaison.note': 1 }, proposedBy: lead.userId } as never,
          number: 12,
          askedOn: '2026-10-01',
          service: { name: world.dac.name, phone: null },
          signedBy: 'Julie Marchal',
          at: world.clock(),
          timeZone: 'Europe/Paris',
        },
        { compress: false },
      ),
    ).replace(/\s+/g, ' ')
    for (const said of ['Claire Didier', 'Karim Belkacem', 'Dossier d’accompagnement', 'Registre de ses demandes', 'Sauvegardes']) expect(proof).toContain(said)
    expect(proof).not.toMatch(/OUBLIEE|JEANNE/i)
    await world.as(julie, answerRequest, { requestId, outcome: 'granted', words: null })
  })

  it('takes back first what stands in Mon espace santé, and waits for it', async () => {
    const id = await closed()
    const line = await sentToHealthSpace(id)
    const requestId = await ask('erasure', {}, id)
    const erasureId = newId<ErasureId>()
    await world.as(julie, proposeErasure, { id: erasureId, requestId, plan: [] })
    await world.as(lead, confirmErasure, { erasureId })
    const { rows: told } = await owner.query(
      `select person_id, audience, payload from platform.event_inbox where type = 'privacy.erasure.confirmed' and payload ->> 'erasureId' = $1`,
      [erasureId],
    )
    // What she asked is told to the service that answers her, never to everyone who sees her.
    expect(told).toEqual([{ person_id: null, audience: [world.dac.id], payload: { erasureId, personId: id } }])
    await asSystem(db, 'the feed tells that an erasure is confirmed', (tx) =>
      healthSpaceBeforeErasure.react(tx, {
        seq: 1,
        type: 'privacy.erasure.confirmed',
        personId: null,
        volet: null,
        audience: [],
        payload: { erasureId, personId: id },
        actorId: lead.userId,
        at: world.clock().toISOString(),
      }),
    )
    const { rows: said } = await owner.query(`select decision, recorded_by_name from agenda.health_space_decision where person_id = $1 order by recorded_at`, [
      id,
    ])
    expect(said).toEqual([
      { decision: 'given', recorded_by_name: 'Julie Marchal' },
      { decision: 'withdrawn', recorded_by_name: expect.stringMatching(/\S/) },
    ])

    await run(erasureId)
    expect((await world.as(julie, personRequests, { personId: id })).erasures).toMatchObject([{ state: 'confirmed' }])
    // Taken back there: the answer is kept with the line, and the erasure goes on.
    await line(`wish = 'cancel', state = 'cancelled'`)
    await run(erasureId)
    const { rows: done } = await owner.query(`select state, counts ->> 'agenda.health_space_line' as lines from privacy.erasure where id = $1`, [erasureId])
    expect(done).toEqual([{ state: 'done', lines: '1' }])
  })

  it('waits three days for it, not a moment more: then it is given up, said, and nothing was destroyed', async () => {
    const id = await closed()
    await sentToHealthSpace(id)
    const requestId = await ask('erasure', {}, id)
    const erasureId = newId<ErasureId>()
    await world.as(julie, proposeErasure, { id: erasureId, requestId, plan: [] })
    const confirmed = world.clock()
    await world.as(lead, confirmErasure, { erasureId })
    const runAfter = async (milliseconds: number) => {
      world.clock.set(confirmed.toISOString())
      world.clock.advance(milliseconds)
      await run(erasureId)
      return (await owner.query(`select state, cancelled_because as because from privacy.erasure where id = $1`, [erasureId])).rows[0]
    }
    const threeDays = 3 * 86_400_000
    try {
      expect(await runAfter(0)).toEqual({ state: 'confirmed', because: null })
      expect(await runAfter(threeDays)).toEqual({ state: 'confirmed', because: null })
      const { rows: again } = await owner.query(`select run_at from graphile_worker.jobs where key = $1`, [`erase-${erasureId}`])
      expect(again).toEqual([{ run_at: new Date(confirmed.getTime() + threeDays + 60_000).toISOString() }])
      expect(await runAfter(threeDays + 1)).toEqual({ state: 'cancelled', because: expect.stringContaining('Mon espace santé') })
    } finally {
      world.clock.set(confirmed.toISOString())
    }
    const { rows } = await owner.query(
      `select (select count(*) from liaison.note where person_id = $1)::int as notes, (select count(*) from privacy.execution where run_id = $2)::int as proofs`,
      [id, erasureId],
    )
    expect(rows).toEqual([{ notes: 1, proofs: 0 }])
  })

  it('leaves nothing of her in the whole base, but the audit and the proof', async () => {
    const id = await closed()
    const requestId = await ask('erasure', {}, id)
    const erasureId = newId<ErasureId>()
    await world.as(julie, proposeErasure, { id: erasureId, requestId, plan: [] })
    await world.as(lead, confirmErasure, { erasureId })
    await run(erasureId)
    const { rows: tables } = await owner.query<{
      name: string
    }>(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^(pg_|information|graphile|audit)'`)
    for (const { name } of tables) {
      const { rows } = await owner.query(`select count(*)::int as n from ${name} t where to_jsonb(t)::text ~ 'OUBLIEE|0639980001' and to_jsonb(t)::text ~ $1`, [
        id,
      ])
      expect([name, rows[0].n]).toEqual([name, 0])
    }
  })

  it('keeps what the law wants kept, with its reason', async () => {
    const id = await closed()
    const requestId = await ask('erasure', {}, id)
    const erasureId = newId<ErasureId>()
    await world.as(julie, proposeErasure, { id: erasureId, requestId, plan: [{ dataClass: 'accompaniment', decision: 'keep', reason: 'claims' }] })
    await world.as(lead, confirmErasure, { erasureId })
    await run(erasureId)
    const { rows } = await owner.query(
      `select (select count(*) from liaison.note where person_id = $1)::int as notes, (select birth_name from persons.person where person_id = $1) as name`,
      [id],
    )
    expect(rows[0]).toEqual({ notes: 1, name: 'OUBLIEE' })
  })

  it('does not touch a file that is held for a procedure', async () => {
    const id = await closed()
    await owner.query(
      `insert into privacy.legal_hold (id, person_id, reason, since, set_by, set_by_name, holder_org) values (gen_random_uuid(), $1, 'Contentieux', now(), $2, 'Claire Didier', $3)`,
      [id, lead.userId, world.dac.id],
    )
    const requestId = await ask('erasure', {}, id)
    await expect(world.as(julie, proposeErasure, { id: newId<ErasureId>(), requestId, plan: [] })).rejects.toMatchObject({ code: 'erasure_held' })
  })
})
