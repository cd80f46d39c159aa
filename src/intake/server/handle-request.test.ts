import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { aPerson } from '../../persons/testing/builders.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import {
  assignRequest,
  checkSubsidiarity,
  closeRequest,
  editRequest,
  followReorientation,
  linkPerson,
  mergeRequests,
  recordAnswer,
  recordFeedback,
  recordReorientation,
  relaySocialQuestion,
  removeAnswer,
  reopenRequest,
  separateRequests,
  takeRequest,
  transferRequest,
  unlinkPerson,
} from '../contract/actions.ts'
import { recordContact } from '../contract/contacts.ts'
import { reorientationsToFollow, request, requestQueue, similarRequests } from '../contract/queries.ts'
import type { AnswerId, ReorientationId, SollicitationId } from '../contract/sollicitation.ts'
import { aRequest } from '../testing/builders.ts'
import { aDeskWorld } from '../testing/desk-world.ts'

const { db } = await testDatabase()
const { as, gate, dac, otherDac, nadia, julie, samira, director, elsewhere } = await aDeskWorld(db)
const detail = (id: SollicitationId) => as(nadia, request, { id })
const sightOf = async (personId: string) =>
  asSystem(
    db,
    'look at the sight',
    async (tx) =>
      (
        await sql<{
          party_id: string
          ends_at: string | null
        }>`select party_id, ends_at from persons.sight where person_id = ${personId} and basis = 'request' order by starts_at, id`.execute(tx)
      ).rows,
  )

describe('who takes a request', () => {
  it('two colleagues take it at the same moment: one has it, the other is told', async () => {
    const id = await aRequest(gate, nadia)
    const results = await Promise.allSettled([as(nadia, takeRequest, { id }), as(julie, takeRequest, { id })])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'already_taken' } })
    expect((await detail(id)).request).toMatchObject({ status: 'in_progress' })
  })

  it('taking what one has already changes nothing', async () => {
    const id = await aRequest(gate, nadia)
    const first = await as(nadia, takeRequest, { id })
    expect(await as(nadia, takeRequest, { id })).toEqual(first)
  })

  it('is given to a colleague of the DAC only, and may go back to the queue', async () => {
    const id = await aRequest(gate, nadia)
    await as(samira, assignRequest, { id, userId: julie.userId })
    expect((await detail(id)).request.assignedTo?.name).toBe('Julie Marchal')
    await expect(as(samira, assignRequest, { id, userId: elsewhere.userId })).rejects.toMatchObject({ code: 'colleague_unknown' })
    await expect(as(samira, assignRequest, { id, userId: director.userId })).rejects.toMatchObject({ code: 'colleague_unknown' })
    await as(samira, assignRequest, { id, userId: null })
    expect((await detail(id)).request.assignedTo).toBeNull()
    expect((await detail(id)).steps.map(({ kind }) => kind)).toEqual(['received', 'assigned', 'assigned'])
  })
})

describe('two people edit the same request', () => {
  it('different fields meet; the same field shows both versions and overwrites nothing', async () => {
    const id = await aRequest(gate, nadia)
    const { version } = (await detail(id)).request
    await as(nadia, editRequest, { id, baseVersion: version, changes: { callerPhone: '06 39 98 14 07' } })
    await as(julie, editRequest, { id, baseVersion: version, changes: { text: 'Sort mardi, pas lundi.' } })
    const refusal = await as(julie, editRequest, { id, baseVersion: version, changes: { callerPhone: '06 39 98 14 70' } }).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'stale_version', details: { fields: [{ field: 'callerPhone', theirs: '+33639981407', mine: '+33639981470' }] } })
    expect((await detail(id)).request).toMatchObject({ callerPhone: '+33639981407', text: 'Sort mardi, pas lundi.' })
  })

  it('a new urgency moves the term, counted from the reception', async () => {
    const id = await aRequest(gate, nadia, { receivedAt: '2026-10-12T07:00:00Z' })
    const { version, dueAt } = (await detail(id)).request
    expect(dueAt).toBe('2026-10-15T07:00:00.000Z')
    await as(nadia, editRequest, { id, baseVersion: version, changes: { urgency: 'no_deadline' } })
    expect((await detail(id)).request.dueAt).toBeNull()
  })

  it('a person who is linked cannot be edited away', async () => {
    const id = await aRequest(gate, nadia, { concerned: { kind: 'known', personId: await aPerson(db, { dac: dac.id }) } })
    await expect(as(nadia, editRequest, { id, baseVersion: 1, changes: { concerns: 'nobody' } })).rejects.toMatchObject({ code: 'person_already_linked' })
  })
})

describe('answers (indicator 3)', () => {
  it('several may be given, one is the principal; the first keeps it until another is chosen', async () => {
    const id = await aRequest(gate, nadia)
    await as(nadia, recordAnswer, { id: newId<AnswerId>(), sollicitationId: id, answer: { code: 'B1', text: 'Liste des SAD remise.' } })
    await as(nadia, recordAnswer, { id: newId<AnswerId>(), sollicitationId: id, answer: { code: 'B4' } })
    expect((await detail(id)).answers.find(({ principal }) => principal)?.code).toBe('B1')
    await as(julie, recordAnswer, { id: newId<AnswerId>(), sollicitationId: id, answer: { code: 'B5' }, principal: true })
    expect((await detail(id)).answers.map(({ code, principal }) => `${code}${principal ? '*' : ''}`)).toEqual(['B5*', 'B1', 'B4'])
    await as(julie, removeAnswer, { sollicitationId: id, code: 'B5' })
    expect((await detail(id)).answers.find(({ principal }) => principal)?.code).toBe('B1')
  })

  it('the same answer twice, and removing one that is not there, are refused', async () => {
    const id = await aRequest(gate, nadia, { answers: [{ code: 'B1' }] })
    await expect(as(nadia, recordAnswer, { id: newId<AnswerId>(), sollicitationId: id, answer: { code: 'B1' } })).rejects.toMatchObject({
      code: 'answer_twice',
    })
    await expect(as(nadia, removeAnswer, { sollicitationId: id, code: 'B7' })).rejects.toMatchObject({ code: 'answer_unknown' })
  })

  it('the requester waits until the answer has gone back to her, and so does whoever sent the person', async () => {
    const id = await aRequest(gate, nadia, { channel: 'email', referredByName: 'Dr Paul Humbert', answers: [{ code: 'B2' }], close: true })
    expect((await detail(id)).request.toInform).toEqual(['requester', 'referred_by'])
    const feedback = { sollicitationId: id, recipientName: 'Dr Paul Humbert', channel: 'letter', text: 'Madame Thiriet a reçu les coordonnées du SSIAD.' }
    await as(nadia, recordFeedback, { ...feedback, id: newId(), addressedTo: 'referred_by' })
    expect((await as(nadia, requestQueue, { view: 'to_inform' })).rows.map((row) => row.id)).toContain(id)
    await as(nadia, recordFeedback, { ...feedback, id: newId(), addressedTo: 'requester', recipientName: 'Mme Martine Thiriet' })
    expect((await detail(id)).request.toInform).toEqual([])
    expect((await as(nadia, requestQueue, { view: 'to_inform' })).rows.map((row) => row.id)).not.toContain(id)
  })
})

describe('subsidiarity and reorientation (R9 to R12)', () => {
  const reorientation = { target: 'clic', partnerName: 'CLIC des Hautes-Vallées', followUpOn: '2026-10-29' } as const

  it('what was checked before acting is kept, the last finding counts', async () => {
    const id = await aRequest(gate, nadia)
    await as(julie, checkSubsidiarity, {
      sollicitationId: id,
      findings: [
        { check: 'services_in_place', finding: 'unknown' },
        { check: 'in_territory', finding: 'yes' },
      ],
    })
    await as(julie, checkSubsidiarity, {
      sollicitationId: id,
      findings: [{ check: 'services_in_place', finding: 'tried', note: 'SSIAD complet jusqu’en janvier' }],
    })
    expect((await detail(id)).subsidiarity).toMatchObject([
      { check: 'in_territory', finding: 'yes' },
      { check: 'services_in_place', finding: 'tried', note: 'SSIAD complet jusqu’en janvier' },
    ])
  })

  it('an exclusively social question is relayed to a named partner and closed: the DAC does not go on', async () => {
    const id = await aRequest(gate, nadia)
    await as(julie, relaySocialQuestion, { id: newId<ReorientationId>(), sollicitationId: id, outcome: 'relayed', ...reorientation })
    const closed = await detail(id)
    expect(closed.request.status).toBe('closed')
    expect(closed.answers).toMatchObject([{ code: 'B3', principal: true }])
    expect(closed.reorientations).toMatchObject([{ socialOutcome: 'relayed', outcome: 'pending' }])
    expect(closed.subsidiarity).toMatchObject([{ check: 'exclusively_social', finding: 'yes' }])
  })

  it('a reorientation stays on the list, even after the request is closed, until its outcome and its relevance are known', async () => {
    const id = await aRequest(gate, nadia)
    const reorientationId = newId<ReorientationId>()
    await as(nadia, recordReorientation, { id: reorientationId, sollicitationId: id, ...reorientation })
    await as(nadia, closeRequest, { id })
    const listed = async () => (await as(julie, reorientationsToFollow, {})).rows.map((row) => row.id)
    expect(await listed()).toContain(reorientationId)
    await as(julie, followReorientation, { id: reorientationId, outcome: 'pending', followUpOn: '2026-11-05', note: 'Rappeler jeudi' })
    expect((await detail(id)).reorientations[0]).toMatchObject({ reminders: 1, followUpOn: '2026-11-05' })
    await as(julie, followReorientation, { id: reorientationId, outcome: 'refused', note: 'Hors critères d’âge' })
    expect(await listed()).toContain(reorientationId)
    await as(julie, followReorientation, { id: reorientationId, outcome: 'refused', relevance: 'not_relevant' })
    expect(await listed()).not.toContain(reorientationId)
    expect((await detail(id)).reorientations[0]?.outcomeNote).toBe('Rappeler jeudi\nHors critères d’âge')
  })

  it('a reminder in the past, and no news without a next date, are refused', async () => {
    const id = await aRequest(gate, nadia)
    const reorientationId = newId<ReorientationId>()
    await expect(
      as(nadia, recordReorientation, { id: reorientationId, sollicitationId: id, ...reorientation, followUpOn: '2026-10-01' }),
    ).rejects.toMatchObject({ code: 'reorientation_follow_up_past' })
    await as(nadia, recordReorientation, { id: reorientationId, sollicitationId: id, ...reorientation })
    await expect(as(nadia, followReorientation, { id: reorientationId, outcome: 'pending' })).rejects.toMatchObject({ code: 'reorientation_pending' })
    await expect(as(elsewhere, followReorientation, { id: reorientationId, outcome: 'accepted' })).rejects.toMatchObject({ kind: 'not_found' })
  })
})

describe('the end of a request', () => {
  it('a closed request refuses changes until it is reopened, with the reason', async () => {
    const id = await aRequest(gate, nadia, { answers: [{ code: 'B1' }], close: true })
    const { version } = (await detail(id)).request
    await expect(as(nadia, editRequest, { id, baseVersion: version, changes: { text: 'Rappelle.' } })).rejects.toMatchObject({ code: 'request_closed' })
    await expect(as(nadia, takeRequest, { id })).rejects.toMatchObject({ code: 'request_closed' })
    await as(julie, reopenRequest, { id, reason: 'Sa fille rappelle : aucune infirmière trouvée.' })
    await expect(as(julie, reopenRequest, { id, reason: 'Encore' })).rejects.toMatchObject({ code: 'request_not_closed' })
    expect((await detail(id)).steps.at(-1)).toMatchObject({ kind: 'reopened', note: 'Sa fille rappelle : aucune infirmière trouvée.' })
  })

  it('dates the end of what the request let the DAC see, and reopening gives it back', async () => {
    const personId = newId()
    const id = await aRequest(gate, nadia, {
      concerned: { kind: 'new', person: { personId: personId as never, usedName: 'Claudel' } },
      answers: [{ code: 'B1' }],
      close: true,
    })
    expect(await sightOf(personId)).toMatchObject([{ party_id: dac.id, ends_at: '2028-10-15T07:42:00.000Z' }])
    await as(nadia, reopenRequest, { id, reason: 'Nouvel appel' })
    expect((await sightOf(personId)).some(({ ends_at }) => ends_at === null)).toBe(true)
  })
})

describe('the person of a request', () => {
  it('is linked during qualification; the wrong one is detached and what it opened closes at once', async () => {
    const id = await aRequest(gate, nadia)
    const personId = await aPerson(db, { dac: otherDac.id, usedName: 'THIRIET', firstNames: ['GERALD'] })
    await as(nadia, linkPerson, { id, person: { kind: 'known', personId } })
    await expect(as(nadia, linkPerson, { id, person: { kind: 'new', person: { personId: newId(), usedName: 'Thiriet' } } })).rejects.toMatchObject({
      code: 'person_already_linked',
    })
    expect((await detail(id)).request.person?.usedName).toBe('THIRIET')
    await as(nadia, unlinkPerson, { id })
    const after = (await detail(id)).request
    expect(after).toMatchObject({ person: null, personName: 'Gérard Thiriet' })
    expect((await sightOf(personId)).every(({ ends_at }) => ends_at !== null)).toBe(true)
  })

  it('linked by mistake leaves nothing of the story of another in the Fil of the wrong one, neither for her own DAC nor in the exchanges', async () => {
    const id = await aRequest(gate, nadia)
    const personId = await aPerson(db, { dac: otherDac.id, usedName: 'THIRIET', firstNames: ['GERALD'] })
    const lines = () =>
      asSystem(db, 'look at the Fil', async (tx) =>
        (
          await sql<{
            title: string
            protection: string
          }>`select title, protection from persons.timeline_item where person_id = ${personId} order by at, id`.execute(tx)
        ).rows.map(({ title, protection }) => `${title} (${protection})`),
      )
    await as(nadia, linkPerson, { id, person: { kind: 'known', personId } })
    const before = await lines()
    expect(before.some((line) => line.startsWith('Demande reçue par ') && line.endsWith('(shared)'))).toBe(true)
    await as(nadia, recordContact, {
      id: newId() as never,
      firstKey: 'follow_up',
      channel: 'phone',
      callerName: 'Mme Thiriet, épouse',
      text: 'Rappelle : la sortie est repoussée.',
      sollicitationId: id,
    })
    expect((await lines()).some((line) => line.includes('épouse'))).toBe(true)
    await as(nadia, unlinkPerson, { id })
    expect(
      (await lines())
        .filter((line) => !line.startsWith('Demande rattachée par erreur (org_private)'))
        .filter((line) => !before.includes(line) || line.includes('Demande')),
    ).toEqual([])
    const exchanges = await asSystem(
      db,
      'look at the exchanges',
      async (tx) => (await sql`select 1 from intake.contact where person_id = ${personId}`.execute(tx)).rows,
    )
    expect(exchanges).toEqual([])
  })

  it('a line that another service wrote about her stays as it is', async () => {
    const id = await aRequest(gate, nadia)
    const hers = await aRequest(gate, elsewhere)
    const personId = await aPerson(db, { dac: otherDac.id, usedName: 'THIRIET', firstNames: ['GERALD'] })
    await as(elsewhere, linkPerson, { id: hers, person: { kind: 'known', personId } })
    await as(nadia, linkPerson, { id, person: { kind: 'known', personId } })
    await as(nadia, unlinkPerson, { id })
    const kept = await asSystem(db, 'look at the Fil', async (tx) =>
      (await sql<{ title: string }>`select title from persons.timeline_item where person_id = ${personId} and source_id = ${hers}`.execute(tx)).rows.map(
        ({ title }) => title,
      ),
    )
    expect(kept).toEqual(['Demande reçue'])
  })
})

describe('two requests that are one', () => {
  it('are found while typing by the person, the name or the telephone', async () => {
    const id = await aRequest(gate, nadia, {
      callerPhone: '03 53 01 88 20',
      concerned: { kind: 'told', name: 'Colette Georgel', birthDate: '1952-03-02' },
      communeCode: '88408',
    })
    const byName = await as(nadia, similarRequests, { name: 'georgel colette', communeCode: '88408' })
    expect(byName.rows).toMatchObject([{ id, because: 'name' }])
    expect((await as(nadia, similarRequests, { phone: '0353018820' })).rows).toMatchObject([{ id, because: 'phone' }])
    expect((await as(nadia, similarRequests, { name: 'georgel colette', birthDate: '1960-01-01' })).rows).toEqual([])
    expect((await as(elsewhere, similarRequests, { name: 'georgel colette' })).rows).toEqual([])
  })

  it('are counted once when they are reunited, and twice again when they are separated', async () => {
    const kept = await aRequest(gate, nadia)
    const double = await aRequest(gate, nadia, { requesterKind: 'hospital_social_service', requesterName: 'CH, service social' })
    const before = (await as(nadia, requestQueue, {})).counts.all
    await as(nadia, mergeRequests, { id: double, keptId: kept, reason: 'Même sortie d’hôpital' })
    expect((await as(nadia, requestQueue, {})).counts.all).toBe(before - 1)
    expect((await detail(kept)).merged).toMatchObject([{ id: double, requesterName: 'CH, service social' }])
    await expect(as(nadia, takeRequest, { id: double })).rejects.toMatchObject({ code: 'request_merged' })
    await as(julie, separateRequests, { id: double })
    expect((await as(nadia, requestQueue, {})).counts.all).toBe(before)
    await expect(as(julie, separateRequests, { id: double })).rejects.toMatchObject({ code: 'merge_none' })
  })

  it('a request is not reunited with itself, nor with one about somebody else, nor with one of another DAC', async () => {
    const one = await aRequest(gate, nadia, { concerned: { kind: 'known', personId: await aPerson(db, { dac: dac.id }) } })
    const two = await aRequest(gate, nadia, { concerned: { kind: 'known', personId: await aPerson(db, { dac: dac.id }) } })
    const there = await aRequest(gate, elsewhere)
    await expect(as(nadia, mergeRequests, { id: one, keptId: one })).rejects.toMatchObject({ code: 'merge_itself' })
    await expect(as(nadia, mergeRequests, { id: one, keptId: two })).rejects.toMatchObject({ code: 'merge_persons_differ' })
    await expect(as(nadia, mergeRequests, { id: one, keptId: there })).rejects.toMatchObject({ kind: 'not_found' })
  })

  const opens = async (personId: PersonId): Promise<readonly string[]> =>
    (
      await asSystem(
        db,
        'look at what each request opens',
        async (tx) =>
          (
            await sql<{
              source_id: string
            }>`select source_id from persons.sight where person_id = ${personId} and basis = 'request' and ends_at is null order by source_id`.execute(tx)
          ).rows,
      )
    ).map((row) => row.source_id)

  it('open what the kept one opens, and no more: the right of a double ends with the merge, and comes back with a separation', async () => {
    const personId = await aPerson(db, { dac: null })
    const kept = await aRequest(gate, nadia, { concerned: { kind: 'known', personId } })
    const double = await aRequest(gate, nadia, { concerned: { kind: 'known', personId } })
    await as(nadia, mergeRequests, { id: double, keptId: kept })
    expect(await opens(personId)).toEqual([kept])
    await as(nadia, separateRequests, { id: double })
    expect(await opens(personId)).toEqual([kept, double].sort())
    await as(nadia, mergeRequests, { id: double, keptId: kept })
    await as(nadia, recordAnswer, { id: newId<AnswerId>(), sollicitationId: kept, answer: { code: 'B1' } })
    await as(nadia, closeRequest, { id: kept })
    expect(await opens(personId)).toEqual([])
    expect((await sightOf(personId)).filter(({ ends_at }) => ends_at !== null && ends_at > '2028')).toHaveLength(1)
  })

  it('are about the same person: the kept one that named nobody takes her over, and gives her back', async () => {
    const personId = await aPerson(db, { dac: null })
    const kept = await aRequest(gate, nadia, { concerned: { kind: 'unnamed' } })
    const double = await aRequest(gate, nadia, { concerned: { kind: 'known', personId } })
    await as(nadia, mergeRequests, { id: double, keptId: kept })
    expect((await detail(kept)).request.person).toMatchObject({ personId })
    expect(await opens(personId)).toEqual([kept])
    const another = await aRequest(gate, nadia, { concerned: { kind: 'known', personId: await aPerson(db, { dac: dac.id }) } })
    await expect(as(nadia, mergeRequests, { id: another, keptId: kept })).rejects.toMatchObject({ code: 'merge_persons_differ' })
    await as(nadia, separateRequests, { id: double })
    expect((await detail(kept)).request.person).toBeNull()
    expect(await opens(personId)).toEqual([double])
  })

  it('with one that is closed: nothing goes on for her, and the right of the double has its end', async () => {
    const personId = await aPerson(db, { dac: null })
    const kept = await aRequest(gate, nadia, { concerned: { kind: 'known', personId }, answers: [{ code: 'B1' }], close: true })
    const double = await aRequest(gate, nadia, { concerned: { kind: 'known', personId } })
    await as(nadia, mergeRequests, { id: double, keptId: kept })
    expect(await opens(personId)).toEqual([])
    expect((await sightOf(personId)).every(({ ends_at }) => ends_at !== null && ends_at > '2028')).toBe(true)
  })

  it('A into B and B into A at once: one merge only', async () => {
    const a = await aRequest(gate, nadia)
    const b = await aRequest(gate, nadia)
    const results = await Promise.allSettled([as(nadia, mergeRequests, { id: a, keptId: b }), as(julie, mergeRequests, { id: b, keptId: a })])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

describe('a request for another territory', () => {
  it('goes with the sight of its person to the DAC of the commune; the first DAC sees neither any more', async () => {
    const personId = newId()
    const id = await aRequest(gate, nadia, { communeCode: '54039', concerned: { kind: 'new', person: { personId: personId as never, usedName: 'Bastien' } } })
    expect((await detail(id)).request.communeDac).toEqual({ id: otherDac.id, name: 'DAC Meurthe et Mortagne' })
    await as(nadia, transferRequest, { id, dacId: otherDac.id, reason: 'Habite Baccarat' })
    await expect(detail(id)).rejects.toMatchObject({ kind: 'not_found' })
    expect((await as(elsewhere, request, { id })).request.person?.usedName).toBe('Bastien')
    expect(await sightOf(personId)).toMatchObject([
      { party_id: dac.id, ends_at: expect.any(String) },
      { party_id: otherDac.id, ends_at: null },
    ])
  })

  it('is taken by whoever takes it there, and the trace says when', async () => {
    const id = await aRequest(gate, nadia)
    await as(nadia, transferRequest, { id, dacId: otherDac.id, reason: 'Habite Baccarat' })
    await as(elsewhere, takeRequest, { id })
    const { rows } = await asSystem(db, 'look at the trace', (tx) =>
      sql<{ taken_at: string }>`select taken_at from intake.transfer where sollicitation_id = ${id}`.execute(tx),
    )
    expect(rows[0]?.taken_at).toBe('2026-10-15T07:42:00.000Z')
  })

  it('goes to a DAC and to nobody else, and not from a desk that does not hold it', async () => {
    const id = await aRequest(gate, nadia)
    await expect(as(nadia, transferRequest, { id, dacId: newId(), reason: 'Ailleurs' })).rejects.toMatchObject({ code: 'transfer_to_dac_only' })
    await expect(as(nadia, transferRequest, { id, dacId: dac.id, reason: 'Ici' })).rejects.toMatchObject({ code: 'transfer_to_dac_only' })
    await expect(as(elsewhere, transferRequest, { id, dacId: otherDac.id, reason: 'À nous' })).rejects.toMatchObject({ kind: 'not_found' })
  })
})

describe('what leaves a trace', () => {
  it('every reading of a person’s request, and no trait in the audit or in the events', async () => {
    const personId = await aPerson(db, { dac: dac.id, usedName: 'ZZCANARI' })
    const id = await aRequest(gate, nadia, { text: 'CANARITEXTE', concerned: { kind: 'known', personId, toldAs: 'ZZCANARI odile' } })
    await as(julie, request, { id })
    const { rows } = await asSystem(db, 'look at the audit', (tx) =>
      sql<{ name: string; person_ids: string[] }>`select name, person_ids from audit.inbox where ${personId}::uuid = any (person_ids)`.execute(tx),
    )
    expect(rows.map((row) => row.name)).toEqual(expect.arrayContaining(['intake.sollicitation.receive', 'intake.request']))
    const { rows: leaks } = await asSystem(db, 'look for traits', (tx) =>
      sql`select 1 from audit.inbox where details::text ~ 'CANARI' union all
      select 1 from platform.event_inbox where payload::text ~ 'CANARI' union all select 1 from platform.idempotency where result::text ~ 'CANARI'`.execute(tx),
    )
    expect(leaks).toEqual([])
  })
})
