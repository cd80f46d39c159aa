import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asActor, asSystem, type Tx } from '../../platform/server/db.ts'
import type { Context } from '../../platform/server/implement.ts'
import { testClock } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { aService } from '../../territory/testing/builders.ts'
import { aDacUser, anOutsideProfessional, aPerson, aSight } from '../testing/builders.ts'
import { applyOpposition, createPerson, endSight, grantSight, joinPerson, loadPerson, recordTimelineItem } from './api.ts'

const { db } = await testDatabase()
const clock = testClock()
const dac = (await aService(db, { name: 'DAC Hautes-Vallées' })).id
const otherDac = (await aService(db, { name: 'DAC Meurthe et Mortagne' })).id
const referent = aDacUser(dac)
const stranger = aDacUser(otherDac)

const as = <T>(actor: Actor, work: (context: Context) => Promise<T>): Promise<T> =>
  asActor(db, { actor, clock: clock(), timeZone: 'Europe/Paris' }, (tx: Tx) =>
    work({
      tx,
      actor,
      now: clock(),
      timeZone: 'Europe/Paris',
      newId: () => newId() as never,
      emit: () => undefined,
      note: () => undefined,
      enqueue: async () => undefined,
    }),
  )

const sees = (actor: Actor, personId: PersonId): Promise<boolean> =>
  as(actor, (context) =>
    loadPerson(context, personId).then(
      () => true,
      () => false,
    ),
  )
const titles = (actor: Actor, personId: PersonId): Promise<string[]> =>
  as(actor, async ({ tx }) =>
    (await sql<{ title: string }>`select title from persons.timeline_item where person_id = ${personId} order by at, id`.execute(tx)).rows.map(
      (row) => row.title,
    ),
  )
const oppose = (personId: PersonId, number: 1 | 2 | 3, state: 'opposition' | 'non_opposition'): Promise<number> =>
  as(referent, async (context) => {
    await sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org, recorded_at)
      values (${newId()}, ${personId}, ${number}, ${state}, '2026-10-15', 'oral_present', ${referent.userId}, 'Julie Marchal', ${dac}, clock_timestamp())`.execute(
      context.tx,
    )
    return applyOpposition(context, personId, state === 'opposition' ? 'opposition' : 'opposition_lifted')
  })

describe('who sees a person', () => {
  it('her DAC sees her, another DAC does not, and is told the same as for someone who does not exist', async () => {
    const person = await aPerson(db, { dac })
    expect(await as(referent, (context) => loadPerson(context, person))).toMatchObject({
      bases: ['dac_in_charge'],
      inCharge: true,
      volets: ['administrative', 'health', 'social'],
    })
    const invisible = await as(stranger, (context) => loadPerson(context, person)).catch((error: unknown) => error)
    const absent = await as(stranger, (context) => loadPerson(context, newId<PersonId>())).catch((error: unknown) => error)
    expect(invisible).toEqual(absent)
  })

  it('whoever creates a person sees her at once, and nobody else does', async () => {
    const person = await as(referent, (context) =>
      createPerson(context, { usedName: 'Perrin', firstNames: ['Odile'] }, { basis: 'request', reason: 'Demande reçue', sourceId: newId() }),
    )
    expect(await as(referent, (context) => loadPerson(context, person))).toMatchObject({
      bases: ['request'],
      inCharge: false,
      volets: ['administrative'],
      identityStatus: 'PROV',
    })
    expect(await sees(stranger, person)).toBe(false)
  })

  it('the front desk of the DAC in charge sees the administrative volet only', async () => {
    const person = await aPerson(db, { dac })
    await as(referent, (context) =>
      recordTimelineItem(context, { personId: person, kind: 'note', title: 'Chute', source: 'liaison', sourceId: newId(), volet: 'health' }),
    )
    await as(referent, (context) =>
      recordTimelineItem(context, { personId: person, kind: 'note', title: 'Pièce reçue', source: 'liaison', sourceId: newId(), volet: 'administrative' }),
    )
    expect(await titles(aDacUser(dac, { functions: ['front_desk'] }), person)).toEqual(['Pièce reçue'])
    expect(await titles(referent, person)).toEqual(['Chute', 'Pièce reçue'])
  })

  it('a note private to the DAC stays hidden from a doctor of the circle who sees the health volet', async () => {
    const person = await aPerson(db, { dac })
    const doctor = anOutsideProfessional()
    await as(referent, (context) =>
      grantSight(context, {
        personId: person,
        partyId: doctor.professionalId,
        basis: 'care_team',
        volets: ['administrative', 'social', 'health'],
        reason: 'Médecin traitant',
        sourceId: newId(),
      }),
    )
    await as(referent, (context) =>
      recordTimelineItem(context, {
        personId: person,
        kind: 'note',
        title: 'Entre nous',
        source: 'liaison',
        sourceId: newId(),
        volet: 'health',
        protection: 'org_private',
      }),
    )
    await as(referent, (context) =>
      recordTimelineItem(context, { personId: person, kind: 'note', title: 'Chute', source: 'liaison', sourceId: newId(), volet: 'health' }),
    )
    expect(await titles(doctor, person)).toEqual(['Chute'])
  })

  it('a sight that has ended, or has not begun, opens nothing', async () => {
    const past = await aPerson(db, { dac: null })
    await aSight(db, past, dac, { until: '2026-10-15T07:41:59Z' })
    const future = await aPerson(db, { dac: null })
    await aSight(db, future, dac, { since: '2026-10-15T07:42:01Z' })
    expect([await sees(referent, past), await sees(referent, future)]).toEqual([false, false])
  })
})

describe('giving and ending sight', () => {
  const refused = /may not be (granted|ended|applied) by this actor/

  it('a DAC that does not see the person gives no right on her, not even to itself', async () => {
    const person = await aPerson(db, { dac })
    await expect(
      as(stranger, (context) => grantSight(context, { personId: person, partyId: otherDac, basis: 'dac_in_charge', reason: 'x', sourceId: newId() })),
    ).rejects.toThrow(refused)
  })

  it('a doctor of the circle may not invite a colleague by herself', async () => {
    const person = await aPerson(db, { dac })
    const doctor = anOutsideProfessional()
    await aSight(db, person, doctor.professionalId, { basis: 'care_team' })
    await expect(
      as(doctor, (context) =>
        grantSight(context, { personId: person, partyId: newId(), basis: 'care_team', volets: ['health'], reason: 'x', sourceId: newId() }),
      ),
    ).rejects.toThrow(refused)
  })

  it('a doctor of the circle cannot take charge of the person, for herself or for her practice', async () => {
    const person = await aPerson(db, { dac })
    const doctor = anOutsideProfessional()
    await aSight(db, person, doctor.professionalId, { basis: 'care_team', volets: ['administrative'] })
    for (const partyId of [doctor.professionalId, String(doctor.serviceId)]) {
      await expect(
        as(doctor, (context) => grantSight(context, { personId: person, partyId, basis: 'dac_in_charge', reason: 'x', sourceId: newId() })),
      ).rejects.toThrow(refused)
    }
  })

  it('a request never opens more than the administrative volet', async () => {
    const person = await aPerson(db, { dac })
    await expect(
      as(referent, (context) =>
        grantSight(context, { personId: person, partyId: otherDac, basis: 'request', volets: ['health'], reason: 'x', sourceId: newId() }),
      ),
    ).rejects.toThrow(refused)
  })

  it('ending the sight of a source takes it away at the next request, and leaves what other sources gave', async () => {
    const person = await aPerson(db, { dac })
    const doctor = anOutsideProfessional()
    const member = newId()
    await as(referent, (context) =>
      grantSight(context, {
        personId: person,
        partyId: doctor.professionalId,
        basis: 'care_team',
        volets: ['health', 'administrative'],
        reason: 'x',
        sourceId: member,
      }),
    )
    expect(await sees(doctor, person)).toBe(true)
    expect(await as(referent, (context) => endSight(context, { personId: person, sourceId: member }))).toBe(1)
    expect([await sees(doctor, person), await sees(referent, person)]).toEqual([false, true])
  })

  it('a doctor may leave the circle by herself, not put somebody else out', async () => {
    const person = await aPerson(db, { dac })
    const doctor = anOutsideProfessional()
    const member = await aSight(db, person, doctor.professionalId, { basis: 'care_team' })
    const nurse = await aSight(db, person, newId(), { basis: 'care_team' })
    await expect(as(doctor, (context) => endSight(context, { personId: person, sourceId: nurse }))).rejects.toThrow(refused)
    expect(await as(doctor, (context) => endSight(context, { personId: person, sourceId: member, partyId: doctor.professionalId }))).toBe(1)
  })

  it('a request about a person known elsewhere opens her administrative volet, and her DAC reads it in the Fil', async () => {
    const person = await aPerson(db, { dac })
    const target = await as(stranger, (context) => joinPerson(context, person, { sourceId: newId(), reason: 'Demande en cours de qualification' }))
    expect(target).toMatchObject({ bases: ['request'], volets: ['administrative'], inCharge: false })
    expect(await titles(referent, person)).toEqual(['Demande reçue par DAC Hautes-Vallées'])
  })

  it('joining someone who does not exist is refused like something invisible', async () => {
    await expect(as(stranger, (context) => joinPerson(context, newId<PersonId>(), { sourceId: newId(), reason: 'x' }))).rejects.toMatchObject({
      kind: 'not_found',
    })
  })
})

describe('an opposition', () => {
  it.each([1, 2] as const)('n° %i closes the file to the circle at the next request, not to the DAC; taking it back reopens it', async (number) => {
    const person = await aPerson(db, { dac })
    const doctor = anOutsideProfessional()
    await aSight(db, person, doctor.professionalId, { basis: 'care_team' })
    expect(await oppose(person, number, 'opposition')).toBe(1)
    expect([await sees(doctor, person), await sees(referent, person)]).toEqual([false, true])
    expect(await oppose(person, number, 'non_opposition')).toBe(1)
    expect(await sees(doctor, person)).toBe(true)
  })

  it('n° 3 (studies) changes nothing in who sees the file', async () => {
    const person = await aPerson(db, { dac })
    const doctor = anOutsideProfessional()
    await aSight(db, person, doctor.professionalId, { basis: 'care_team' })
    expect(await oppose(person, 3, 'opposition')).toBe(0)
    expect(await sees(doctor, person)).toBe(true)
  })

  it('holds for whoever joins the circle afterwards', async () => {
    const person = await aPerson(db, { dac })
    await oppose(person, 1, 'opposition')
    const nurse = anOutsideProfessional()
    await as(referent, (context) =>
      grantSight(context, {
        personId: person,
        partyId: nurse.professionalId,
        basis: 'care_team',
        volets: ['administrative', 'health'],
        reason: 'x',
        sourceId: newId(),
      }),
    )
    expect(await sees(nurse, person)).toBe(false)
  })

  it('to one named professional closes the file to her alone, and stays when the general opposition is taken back', async () => {
    const person = await aPerson(db, { dac })
    const [pharmacist, nurse] = [anOutsideProfessional(), anOutsideProfessional()]
    for (const one of [pharmacist, nurse]) await aSight(db, person, one.professionalId, { basis: 'care_team' })
    await as(referent, async (context) => {
      await sql`insert into persons.non_disclosure (id, person_id, kind, towards, party_id, since, holder_org)
        values (${newId()}, ${person}, 'no_sharing', 'Pharmacie du Pont', ${pharmacist.professionalId}, '2026-09-02', ${dac})`.execute(context.tx)
      expect(await applyOpposition(context, person, 'refusal')).toBe(1)
    })
    expect([await sees(pharmacist, person), await sees(nurse, person)]).toEqual([false, true])
    await oppose(person, 1, 'opposition')
    await oppose(person, 1, 'non_opposition')
    expect([await sees(pharmacist, person), await sees(nurse, person)]).toEqual([false, true])
  })
})

describe('a right given again, or by whoever may not', () => {
  const refused = /may not be granted by this actor|for one's own (party|service)/
  const given = (person: PersonId, party: string, sourceId: string, basis: 'request' | 'care_team' | 'consent' | 'dac_in_charge') => (context: Context) =>
    grantSight(context, { personId: person, partyId: party, basis, volets: ['administrative'], reason: 'x', sourceId })

  it('keeps its basis: a request given again on the source of an accompaniment does not replace it', async () => {
    const episode = newId()
    const person = await aPerson(db, { dac, episodeId: episode })
    await expect(as(referent, given(person, dac, episode, 'request'))).rejects.toThrow(refused)
    expect(await as(referent, (context) => loadPerson(context, person))).toMatchObject({
      bases: ['dac_in_charge'],
      volets: ['administrative', 'health', 'social'],
    })
  })

  it('does not touch the request of another service, nor narrow the right of a member', async () => {
    const person = await aPerson(db, { dac })
    const theirs = newId()
    await aSight(db, person, otherDac, { basis: 'request', volets: ['administrative'], sourceId: theirs })
    const doctor = anOutsideProfessional()
    const member = await aSight(db, person, doctor.professionalId, { basis: 'care_team' })
    await expect(as(referent, given(person, otherDac, theirs, 'request'))).rejects.toThrow(refused)
    await expect(as(referent, given(person, doctor.professionalId, member, 'request'))).rejects.toThrow(refused)
  })

  it('is of a DAC when it is an accompaniment or a request, and of somebody when it is the équipe de soins or a consent', async () => {
    const person = await aPerson(db, { dac })
    const cpts = await aService(db, { kind: 'cpts', name: 'CPTS' })
    await expect(as(referent, given(person, cpts.id, newId(), 'request'))).rejects.toThrow(refused)
    await expect(as(referent, given(person, cpts.id, newId(), 'consent'))).rejects.toThrow(refused)
    await expect(as(referent, given(person, otherDac, newId(), 'care_team'))).rejects.toThrow(refused)
    const coordinator = { ...aDacUser(cpts.id), serviceKind: 'cpts' as const, functions: ['cpts_coordinator' as const] }
    await aSight(db, person, cpts.id, { basis: 'request', volets: ['administrative'] })
    await expect(as(coordinator, given(person, cpts.id, newId(), 'dac_in_charge'))).rejects.toThrow(refused)
    await expect(as(coordinator, (context) => joinPerson(context, person, { sourceId: newId(), reason: 'x' }))).rejects.toThrow(refused)
    await expect(
      as(coordinator, (context) => createPerson(context, { usedName: 'Perrin' }, { basis: 'request', reason: 'x', sourceId: newId() })),
    ).rejects.toThrow(refused)
    await expect(as(referent, (context) => createPerson(context, { usedName: 'Perrin' }, { basis: 'self', reason: 'x', sourceId: newId() }))).rejects.toThrow(
      refused,
    )
  })

  it('is recorded for the circle by the DAC that accompanies now, not by one that keeps its records', async () => {
    const person = await aPerson(db, { dac: null })
    await aSight(db, person, dac, { until: '2028-01-01T00:00:00Z' })
    await expect(as(referent, given(person, newId(), newId(), 'care_team'))).rejects.toThrow(refused)
  })
})

describe('what the database says of a person', () => {
  const asked = (actor: Actor, call: ReturnType<typeof sql<{ said: boolean }>>): Promise<boolean | undefined> =>
    as(actor, async ({ tx }) => (await call.execute(tx)).rows[0]?.said)

  it('that she is in danger, or hides her address, is answered to nobody who does not see her', async () => {
    const person = await aPerson(db, { dac })
    for (const kind of ['at_risk', 'hidden_address'])
      await asSystem(db, 'a consigne in a test', (tx) =>
        sql`insert into persons.non_disclosure (id, person_id, kind, towards, since, holder_org) values (${newId()}, ${person}, ${kind}, 'Marc', '2026-10-01', ${dac})`.execute(
          tx,
        ),
      )
    const circle = anOutsideProfessional()
    await aSight(db, person, circle.professionalId, { basis: 'care_team' })
    const risk = sql<{ said: boolean }>`select persons.at_risk(${person}) as said`
    const hidden = sql<{ said: boolean }>`select persons.address_hidden(${person}) as said`
    expect([await asked(referent, risk), await asked(stranger, risk)]).toEqual([true, false])
    expect([await asked(circle, hidden), await asked(stranger, hidden)]).toEqual([true, false])
    expect((await asSystem(db, 'a job asks', (tx) => risk.execute(tx))).rows[0]?.said).toBe(true)
  })

  it('who sees her is asked by the installation only', async () => {
    const person = await aPerson(db, { dac })
    const audience = sql<{ said: boolean }>`select cardinality(platform.audience_of(${person}, null)) > 0 as said`
    await expect(asked(referent, audience)).rejects.toThrow(/permission denied/)
    expect((await asSystem(db, 'the sequencer asks', (tx) => audience.execute(tx))).rows[0]?.said).toBe(true)
  })

  it('her wishes are applied by whoever answers for her: not by a request beside the DAC that accompanies her, again once it no longer does', async () => {
    const person = await aPerson(db, { dac })
    const end = await aSight(db, person, otherDac, { basis: 'request', volets: ['administrative'] })
    expect((await as(stranger, (context) => loadPerson(context, person))).speaksFor).toBe(false)
    await expect(as(stranger, (context) => applyOpposition(context, person, 'opposition'))).rejects.toThrow(/may not be applied/)
    await expect(as(stranger, (context) => endSight(context, { personId: person, sourceId: newId() }))).rejects.toThrow(/may not be ended/)
    expect(await as(stranger, (context) => endSight(context, { personId: person, sourceId: end, partyId: otherDac }))).toBe(1)
    const left = await aPerson(db, { dac: null })
    await aSight(db, left, dac, { until: '2028-01-01T00:00:00Z' })
    await aSight(db, left, otherDac, { basis: 'request', volets: ['administrative'] })
    expect((await as(stranger, (context) => loadPerson(context, left))).speaksFor).toBe(true)
    expect(await as(stranger, (context) => applyOpposition(context, left, 'opposition'))).toBe(0)
  })
})
