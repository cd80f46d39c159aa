import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import type { Log } from '../../platform/server/log.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { addContact, checkIdentity, createPersonAction, editContact, editPerson, setAttributes } from '../contract/actions.ts'
import { askInsi, decideInsi, type InsiCallId, withdrawIns } from '../contract/identity-actions.ts'
import { identityWorkList, insiState } from '../contract/identity-queries.ts'
import type { InsiPort, InsiSearchAnswer } from '../contract/insi.ts'
import { personHeader, personHistory, personIdentity } from '../contract/queries.ts'
import { aPerson, aSight } from '../testing/builders.ts'
import { aPersonWorld, communeWithCpts, filOf, type PersonWorld } from '../testing/person-world.ts'
import { outwardInsOf } from './api.ts'
import { answerCall, verifyDue } from './insi-jobs.ts'

const { db } = await testDatabase()
let world: PersonWorld
beforeAll(async () => {
  world = await aPersonWorld(db)
  await connected(true)
})

const connected = (yes: boolean) =>
  asSystem(db, 'the teleservice is connected', (tx) =>
    sql`insert into platform.setting (key, value) values ('insi', to_jsonb(${yes}::boolean)) on conflict (key) do update set value = excluded.value`.execute(
      tx,
    ),
  )
const outward = (id: PersonId) => asSystem(db, 'what may leave', (tx) => outwardInsOf(tx, id))
const real = (answer: InsiSearchAnswer): InsiSearchAnswer =>
  answer.outcome === 'ok' && answer.code === '00' ? { ...answer, identity: { ...answer.identity, oid: '1.2.250.1.213.1.4.8' } } : answer

const testOid = '1.2.250.1.213.1.4.10'
/** Odile Kempf, a woman of March 1941 in Le Thillot; the key verifies. */
const keyed = (number: string): string => `${number}${String(97 - (Number(number) % 97)).padStart(2, '0')}`
const odile = keyed('2410388468045')

const complete = async (facts: Parameters<typeof aPerson>[1] = { dac: world.dac.id }): Promise<PersonId> => {
  const id = await aPerson(db, facts)
  await asSystem(db, 'a birthplace in a test', (tx) => sql`update persons.person set birth_place_code = '88468' where person_id = ${id}`.execute(tx))
  return id
}
const identity = (id: PersonId) => world.as(world.julie, personIdentity, { personId: id })

describe('creating an identity at the desk', () => {
  it('one name is enough; the person is provisional and seen by the desk at once', async () => {
    const id = newId<PersonId>()
    await world.as(world.nadia, createPersonAction, { id, usedName: 'Vaxelaire', phone: '06 39 98 22 63', communeCode: communeWithCpts })
    const header = await world.as(world.nadia, personHeader, { personId: id })
    expect(header).toMatchObject({
      person: { birthName: 'Vaxelaire', firstName: '', identityStatus: 'PROV' },
      phone: '+33639982263',
      bases: ['request'],
      inCharge: false,
    })
    expect((await identity(id)).birthName).toBeNull()
    expect(await filOf(db, id)).toEqual(['Identité créée'])
  })

  it('without any name it is refused, and so is an impossible birth day', async () => {
    await expect(world.as(world.nadia, createPersonAction, { id: newId<PersonId>(), birthGivenNames: ['Odile'] })).rejects.toMatchObject({
      code: 'input_invalid',
    })
    await expect(world.as(world.nadia, createPersonAction, { id: newId<PersonId>(), usedName: 'Claudel', birthDate: '2031-02-03' })).rejects.toMatchObject({
      code: 'input_invalid',
    })
  })

  it('the same traits as somebody known are refused until the look-alikes were seen', async () => {
    await aPerson(db, { dac: world.dac.id, birthName: 'GEORGEL', usedName: null, firstNames: ['COLETTE'], birthDay: '1952-04-09' })
    const typed = { birthName: 'Georgel', birthGivenNames: ['Colette'], birthDate: '1952-04-09', sex: 'F' as const }
    await expect(world.as(world.nadia, createPersonAction, { id: newId<PersonId>(), ...typed })).rejects.toMatchObject({ code: 'person_already_known' })
    await expect(world.as(world.nadia, createPersonAction, { id: newId<PersonId>(), ...typed, lookAlikesSeen: true })).resolves.toMatchObject({ version: 1 })
  })

  it('sending the same creation twice makes one person', async () => {
    const id = newId<PersonId>()
    const key = newId()
    const first = await world.as(world.nadia, createPersonAction, { id, usedName: 'Pierrat' }, key)
    expect(await world.as(world.nadia, createPersonAction, { id, usedName: 'Pierrat' }, key)).toEqual(first)
    expect(await filOf(db, id)).toEqual(['Identité créée'])
  })

  it('a director and an outside doctor create nobody', async () => {
    for (const actor of [world.director, world.doctor]) {
      await expect(world.as(actor, createPersonAction, { id: newId<PersonId>(), usedName: 'Thomas' })).rejects.toMatchObject({ kind: 'forbidden' })
    }
  })
})

describe('two people edit the same identity', () => {
  it('changes to different fields both stay', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await world.as(world.julie, editPerson, { id, baseVersion: 1, changes: { callerInstruction: 'Parler fort' } })
    await world.as(world.nadia, editPerson, { id, baseVersion: 1, changes: { address: '12, rue de la Gare' } })
    expect(await identity(id)).toMatchObject({ version: 3, callerInstruction: 'Parler fort', address: '12, rue de la Gare' })
  })

  it('the same field shows both versions to the second, and nothing is overwritten', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await world.as(world.julie, editPerson, { id, baseVersion: 1, changes: { address: '12, rue de la Gare', language: 'de' } })
    const error = await world.as(world.nadia, editPerson, { id, baseVersion: 1, changes: { address: '14, rue de la Gare' } }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'stale_version',
      kind: 'conflict',
      details: {
        version: 2,
        fields: [{ field: 'address', base: null, theirs: '12, rue de la Gare', mine: '14, rue de la Gare', theirsBy: 'Julie Marchal' }],
      },
    })
    expect((await identity(id)).address).toBe('12, rue de la Gare')
  })

  it('at the very same moment, one is kept and the other sees both versions', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    const both = await Promise.allSettled([
      world.as(world.julie, editPerson, { id, baseVersion: 1, changes: { address: '12, rue de la Gare' } }),
      world.as(world.nadia, editPerson, { id, baseVersion: 1, changes: { address: '14, rue de la Gare' } }),
    ])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = both.find((one) => one.status === 'rejected') as PromiseRejectedResult
    expect(refused.reason).toMatchObject({ code: 'stale_version', details: { fields: [{ field: 'address', theirs: (await identity(id)).address }] } })
  })

  it('what is left out of an edit does not change', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await world.as(world.julie, editPerson, { id, baseVersion: 1, changes: { needsInterpreter: true } })
    expect(await identity(id)).toMatchObject({
      birthName: 'KEMPF',
      usedName: 'PERRIN',
      birthGivenNames: ['ODILE'],
      birthDate: '1941-03-12',
      needsInterpreter: true,
    })
  })

  it('the two names cannot both be taken away', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await expect(world.as(world.julie, editPerson, { id, baseVersion: 1, changes: { birthName: null, usedName: '' } })).rejects.toMatchObject({
      code: 'person_without_name',
    })
  })

  it('whoever sees the person from the circle corrects nothing, and is told to whom to say it', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await aSight(db, id, world.doctor.professionalId, { basis: 'care_team' })
    await expect(world.as(world.doctor, editPerson, { id, baseVersion: 1, changes: { address: 'x' } })).rejects.toMatchObject({
      kind: 'forbidden',
      details: { reason: expect.stringMatching(/Réservé au DAC/) },
    })
    await expect(world.as(world.elsewhere, editPerson, { id, baseVersion: 1, changes: { address: 'x' } })).rejects.toMatchObject({ kind: 'not_found' })
  })
})

/** The teleservice of a test: knows Odile under one matricule, unless told otherwise. */
function teleservice(matricule: string, answers: Partial<InsiPort> = {}): InsiPort {
  return {
    search: async (asked) => ({
      outcome: 'ok',
      code: '00',
      identity: {
        matricule,
        oid: testOid,
        birthName: 'KEMPF',
        birthGivenNames: ['ODILE'],
        birthDate: asked.birthDate as never,
        sex: 'F',
        birthPlaceCode: '88468',
      },
    }),
    verify: async () => ({ outcome: 'ok', confirmed: true }),
    ...answers,
  }
}

/** Asks, lets the job run, and accepts what came back. */
async function retrieve(id: PersonId, port: InsiPort, actor = world.nadia): Promise<{ version: number; identityStatus: string; checkLost: boolean }> {
  const call = await ask(id, port, actor)
  const { version } = await world.as(actor, insiState, { personId: id })
  return world.as(actor, decideInsi, { id: call, personId: id, decision: 'accepted', seenVersion: version })
}
async function ask(id: PersonId, port: InsiPort, actor = world.nadia, read: { matricule: string; oid: string } | null = null): Promise<InsiCallId> {
  const { id: call } = await world.as(actor, askInsi, { id: newId<InsiCallId>(), personId: id, read })
  await answerCall({ db, clock: world.clock, port }, call)
  return call as InsiCallId
}
const lastCall = async (id: PersonId) => (await world.as(world.nadia, insiState, { personId: id })).last

describe('the status of an identity', () => {
  it('follows from the document and from the teleservice: provisional, validated, qualified', async () => {
    const id = await complete()
    expect(await world.as(world.nadia, checkIdentity, { personId: id, document: 'id_card' })).toMatchObject({ identityStatus: 'VALI' })
    expect(await retrieve(id, teleservice(odile))).toMatchObject({ identityStatus: 'QUAL', checkLost: false })
    expect(await filOf(db, id)).toEqual(['Identité vérifiée', 'INS retrouvée par le téléservice'])
    expect((await identity(id)).birthName, 'our spelling stays when only capitals differ').toBe('KEMPF')
  })

  it('a driving licence is noted and proves nothing', async () => {
    const id = await complete()
    expect(await world.as(world.nadia, checkIdentity, { personId: id, document: 'driving_licence' })).toMatchObject({ identityStatus: 'PROV' })
    expect(await identity(id)).toMatchObject({ identityDocument: 'driving_licence', identityCheckedAt: null })
  })

  it('nothing is checked nor asked while a strict trait is missing', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await expect(world.as(world.nadia, checkIdentity, { personId: id, document: 'id_card' })).rejects.toMatchObject({ code: 'identity_incomplete' })
    await expect(world.as(world.nadia, askInsi, { id: newId<InsiCallId>(), personId: id })).rejects.toMatchObject({ code: 'identity_incomplete' })
  })

  it('traits of the teleservice that differ replace ours, and the document is to be seen again', async () => {
    const id = await complete()
    await world.as(world.nadia, checkIdentity, { personId: id, document: 'passport' })
    const port = teleservice(keyed('2410388468051'), {
      search: async () => ({
        outcome: 'ok',
        code: '00',
        identity: {
          matricule: keyed('2410388468051'),
          oid: testOid,
          birthName: 'KEMPF',
          birthGivenNames: ['ODILE', 'MARIE'],
          birthDate: '1941-03-12' as never,
          sex: 'F',
          birthPlaceCode: '88468',
        },
      }),
    })
    expect(await retrieve(id, port)).toMatchObject({ identityStatus: 'RECUP', checkLost: true })
    expect(await identity(id)).toMatchObject({ birthGivenNames: ['ODILE', 'MARIE'], identityCheckedAt: null })
    const { rows } = await world.as(world.julie, personHistory, { personId: id })
    expect(rows[0]?.changes).toContainEqual({ field: 'birthGivenNames', from: ['ODILE'], to: ['ODILE', 'MARIE'] })
  })

  it('several answers are asked again with all given names, then with the birthplace; then they are left to the user', async () => {
    const id = await complete({ dac: world.dac.id, firstNames: ['ODILE', 'MARIE'] })
    const asked: unknown[] = []
    await ask(
      id,
      teleservice('', {
        search: async (request) => {
          asked.push([request.givenNames, request.birthPlaceCode])
          return { outcome: 'ok', code: '02' }
        },
      }),
    )
    expect(asked).toEqual([
      [['ODILE'], null],
      [['ODILE', 'MARIE'], null],
      [['ODILE', 'MARIE'], '88468'],
    ])
    expect(await lastCall(id)).toMatchObject({ state: 'several', code: '02' })
  })

  it('a silent teleservice is asked again later, a few times, and changes nothing', async () => {
    const id = await complete()
    const silent = teleservice('', { search: async () => ({ outcome: 'unreachable', code: 'timeout' }) })
    const call = await ask(id, silent)
    expect(await lastCall(id)).toMatchObject({ state: 'waiting', attempts: 1, nextAttemptAt: '2026-10-15T07:42:30.000Z' })
    expect(await world.as(world.nadia, askInsi, { id: newId<InsiCallId>(), personId: id }), 'a second click asks nothing more').toMatchObject({ id: call })
    for (let attempt = 2; attempt <= 6; attempt += 1) await answerCall({ db, clock: world.clock, port: silent }, call)
    expect(await lastCall(id)).toMatchObject({ state: 'unreachable', attempts: 6, nextAttemptAt: null })
    expect(await identity(id)).toMatchObject({ identityStatus: 'PROV', matricule: null })
  })

  it('an identity corrected while the teleservice thinks makes its answer outdated', async () => {
    const id = await complete()
    const slow = teleservice(keyed('2410388468052'))
    await ask(id, {
      ...slow,
      search: async (request) => {
        await world.as(world.julie, editPerson, { id, baseVersion: 1, changes: { birthDate: '1941-03-13' } })
        return slow.search(request)
      },
    })
    expect(await lastCall(id)).toMatchObject({ state: 'outdated' })
  })

  it('what was compared must be what is accepted: an identity that moved is compared again', async () => {
    const id = await complete()
    const call = await ask(id, teleservice(keyed('2410388468053')))
    const { version } = await world.as(world.nadia, insiState, { personId: id })
    await world.as(world.julie, editPerson, { id, baseVersion: version, changes: { usedName: 'Roux' } })
    const decision = { id: call, personId: id, decision: 'accepted' as const }
    await expect(world.as(world.nadia, decideInsi, { ...decision, seenVersion: version })).rejects.toMatchObject({ code: 'identity_moved' })
    await world.as(world.nadia, decideInsi, { ...decision, decision: 'set_aside', seenVersion: version + 1 })
    await expect(world.as(world.nadia, decideInsi, { ...decision, seenVersion: version + 1 })).rejects.toMatchObject({ code: 'insi_answer_gone' })
  })

  it('a matricule of the real authority, given or read, is refused in a trial installation', async () => {
    const id = await complete()
    await ask(id, teleservice('', { search: async (request) => real(await teleservice(odile).search(request)) }))
    expect(await lastCall(id)).toMatchObject({ state: 'refused', code: 'answer_invalid', matricule: null })
    const read = { matricule: odile, oid: '1.2.250.1.213.1.4.8' }
    await expect(world.as(world.nadia, askInsi, { id: newId<InsiCallId>(), personId: id, read })).rejects.toMatchObject({ code: 'ins_authority_refused' })
  })

  it('without the teleservice there is no INS', async () => {
    const id = await complete()
    await connected(false)
    await expect(world.as(world.nadia, askInsi, { id: newId<InsiCallId>(), personId: id })).rejects.toMatchObject({
      code: 'insi_not_connected',
      kind: 'conflict',
    })
    await connected(true)
  })

  it('an INS read from a document is verified, then accepted as one that was searched', async () => {
    const id = await complete()
    const matricule = keyed('2410388468054')
    const call = await ask(id, teleservice(''), world.nadia, { matricule, oid: testOid })
    expect(await lastCall(id)).toMatchObject({
      operation: 'verification',
      state: 'found',
      matricule,
      compared: expect.arrayContaining([expect.objectContaining({ same: true })]),
    })
    expect(await world.as(world.nadia, decideInsi, { id: call, personId: id, decision: 'accepted', seenVersion: 1 })).toMatchObject({ identityStatus: 'RECUP' })
    const other = await complete()
    await ask(other, teleservice('', { verify: async () => ({ outcome: 'ok', confirmed: false }) }), world.nadia, { matricule, oid: testOid })
    expect(await lastCall(other)).toMatchObject({ state: 'denied' })
    expect(await identity(other)).toMatchObject({ identityStatus: 'PROV', matricule: null })
  })

  it('no two identities carry the same matricule, even one that the user does not see', async () => {
    const matricule = keyed('2410388468046')
    const [mine, theirs] = [await complete(), await complete({ dac: world.otherDac.id })]
    await retrieve(theirs, teleservice(matricule), world.elsewhere)
    await expect(retrieve(mine, teleservice(matricule))).rejects.toMatchObject({ code: 'matricule_taken' })
    expect((await identity(mine)).matricule).toBeNull()
  })

  it('of fifty who accept the same matricule at once, one carries it', async () => {
    const matricule = keyed('2410388468055')
    const ids = await Promise.all(Array.from({ length: 50 }, () => complete()))
    const calls: InsiCallId[] = []
    for (const id of ids) calls.push(await ask(id, teleservice(matricule)))
    const outcomes = await Promise.allSettled(
      ids.map((personId, n) => world.as(world.nadia, decideInsi, { id: calls[n] as InsiCallId, personId, decision: 'accepted', seenVersion: 1 })),
    )
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect(new Set(outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : [])))).toEqual(new Set(['matricule_taken']))
  })

  it('a strict trait corrected takes the status and the matricule away, with the trace of what was withdrawn', async () => {
    const matricule = keyed('2410388468047')
    const id = await complete()
    await world.as(world.nadia, checkIdentity, { personId: id, document: 'passport' })
    const { version } = await retrieve(id, teleservice(matricule))
    expect(await world.as(world.nadia, editPerson, { id, baseVersion: version, changes: { birthDate: '1941-03-13' } })).toMatchObject({ identityLost: true })
    expect(await identity(id)).toMatchObject({ identityStatus: 'PROV', matricule: null, identityCheckedAt: null })
    const { rows } = await world.as(world.julie, personHistory, { personId: id })
    expect(rows[0]?.changes).toContainEqual({ field: 'insMatricule', from: matricule, to: null })
    expect(rows[1]).toMatchObject({ byName: 'Nadia Ferry', changes: [{ field: 'birthDate', from: '1941-03-12', to: '1941-03-13' }] })
  })

  it('an INS withdrawn goes with its reason; what was checked on a document stays', async () => {
    const id = await complete()
    await world.as(world.nadia, checkIdentity, { personId: id, document: 'passport' })
    await retrieve(id, teleservice(keyed('2410388468056')))
    expect(await world.as(world.nadia, withdrawIns, { personId: id, reason: 'Celle de sa sœur' })).toMatchObject({ identityStatus: 'VALI' })
    await expect(world.as(world.nadia, withdrawIns, { personId: id, reason: 'Encore' })).rejects.toMatchObject({ code: 'no_ins' })
  })

  it('an accent or a used name corrected keeps the status', async () => {
    const id = await complete()
    const { version } = await world.as(world.nadia, checkIdentity, { personId: id, document: 'passport' })
    expect(await world.as(world.nadia, editPerson, { id, baseVersion: version, changes: { birthName: 'Kempf', usedName: 'Perrin-Roux' } })).toMatchObject({
      identityLost: false,
    })
    expect((await identity(id)).identityStatus).toBe('VALI')
  })

  it('a doubt brings it back to provisional and forbids the INS; lifting it gives back what was established', async () => {
    const id = await complete()
    await world.as(world.nadia, checkIdentity, { personId: id, document: 'passport' })
    expect(await world.as(world.nadia, setAttributes, { personId: id, attributes: ['doubtful'] })).toMatchObject({ identityStatus: 'PROV' })
    await expect(world.as(world.nadia, askInsi, { id: newId<InsiCallId>(), personId: id })).rejects.toMatchObject({ code: 'ins_blocked' })
    expect(await world.as(world.nadia, setAttributes, { personId: id, attributes: [] })).toMatchObject({ identityStatus: 'VALI' })
  })

  it('the matricule does not show to the circle', async () => {
    const id = await complete()
    await retrieve(id, teleservice(keyed('2410388468048')))
    await aSight(db, id, world.doctor.professionalId, { basis: 'care_team' })
    expect((await world.as(world.doctor, personIdentity, { personId: id })).matricule).toBeNull()
    expect((await identity(id)).matricule).not.toBeNull()
  })

  it('the database itself refuses a status without its facts and a matricule without its authority', async () => {
    const id = await complete()
    const write = (set: string) =>
      asSystem(db, 'a row written past the software', (tx) => sql`update persons.person set ${sql.raw(set)} where person_id = ${id}`.execute(tx))
    await expect(write(`identity_status = 'QUAL'`)).rejects.toThrow('identity_status_follows')
    await expect(write(`ins_matricule = '${odile}'`)).rejects.toThrow('matricule_whole')
    await expect(write(`ins_contested_at = now()`)).rejects.toThrow('contested_matricule')
  })
})

describe('the periodical verification', () => {
  it('a matricule denied stays written, no longer leaves, is on the work list, and comes back once it is confirmed', async () => {
    const id = await complete()
    await world.as(world.nadia, checkIdentity, { personId: id, document: 'passport' })
    const matricule = keyed('2410388468057')
    await retrieve(id, teleservice(matricule))
    expect(await outward(id)).toMatchObject({ matricule, kind: 'NIR' })
    world.clock.advance(61 * 86_400_000)
    const verify = (confirmed: boolean) => ({ db, clock: world.clock, port: teleservice('', { verify: async () => ({ outcome: 'ok', confirmed }) }) })
    expect(await verifyDue(verify(false))).toBeGreaterThan(0)
    expect(await identity(id)).toMatchObject({ identityStatus: 'QUAL', matricule })
    expect(await outward(id)).toBeNull()
    expect((await world.as(world.nadia, identityWorkList, { work: 'contested' })).rows.map((row) => row.person.personId)).toContain(id)
    expect(await filOf(db, id)).toContain('INS refusée par le téléservice')
    await retrieve(id, teleservice(matricule))
    expect(await outward(id)).toMatchObject({ matricule })
    expect(await verifyDue(verify(true)), 'those contested wait for somebody, the others were just verified').toBe(0)
  })

  it('a teleservice that is down is asked once, not for everybody', async () => {
    for (const n of [58, 59]) await retrieve(await complete(), teleservice(keyed(`24103884680${n}`)))
    world.clock.advance(61 * 86_400_000)
    let asked = 0
    const port = teleservice('', {
      verify: async () => {
        asked += 1
        return { outcome: 'unreachable', code: 'down' }
      },
    })
    await verifyDue({ db, clock: world.clock, port })
    expect(asked).toBe(1)
  })
})

describe('the traits that stay here', () => {
  const due = async (number: string): Promise<{ readonly id: PersonId; readonly matricule: string }> => {
    const [id, matricule] = [await complete(), keyed(number)]
    await retrieve(id, teleservice(matricule))
    return { id, matricule }
  }
  const plant = (text: ReturnType<typeof sql>) => asSystem(db, 'rows of another capability in a test', (tx) => text.execute(tx))
  const merged = async (absorbed: PersonId, kept: PersonId): Promise<void> => {
    await plant(sql`insert into persons.alias (person_id, into_person_id, starts_at) values (${absorbed}, ${kept}, ${world.clock()})`)
    await plant(sql`update persons.person set protection = 'restricted' where person_id = ${absorbed}`)
  }
  /** Those whom the teleservice is asked about; it confirms, or does what a test says. */
  const asking = (asked: string[], answers: (matricule: string) => Promise<void> = async () => undefined): InsiPort =>
    teleservice('', {
      verify: async ({ matricule }) => {
        asked.push(matricule)
        await answers(matricule)
        return { outcome: 'ok', confirmed: true }
      },
    })

  it('a file merged, archived or limited is not verified at night, and keeps nobody else from it', async () => {
    const [absorbed, kept, archived, limited] = [await due('2410388468061'), await due('2410388468062'), await due('2410388468063'), await due('2410388468064')]
    await merged(absorbed.id, kept.id)
    await plant(sql`insert into privacy.archived_file (person_id, archived_on, last_sign_on, rule_class, rule_version, holder_org)
      values (${archived.id}, '2026-10-01', '2021-10-01', 'accompaniment', 1, ${world.dac.id})`)
    await plant(sql`insert into privacy.limitation (id, person_id, reason, since, set_by, set_by_name, holder_org)
      values (${newId()}, ${limited.id}, 'accuracy', ${world.clock()}, ${newId()}, 'Julie Marchal', ${world.dac.id})`)
    world.clock.advance(61 * 86_400_000)
    const asked: string[] = []
    await verifyDue({ db, clock: world.clock, port: asking(asked) })
    expect(asked).toContain(kept.matricule)
    expect([absorbed, archived, limited].filter(({ matricule }) => asked.includes(matricule))).toEqual([])
  })

  it('a question that was waiting when the use of the file was limited is never put', async () => {
    const id = await complete()
    const { id: call } = await world.as(world.nadia, askInsi, { id: newId<InsiCallId>(), personId: id, read: null })
    await plant(sql`insert into privacy.limitation (id, person_id, reason, since, set_by, set_by_name, holder_org)
      values (${newId()}, ${id}, 'accuracy', ${world.clock()}, ${newId()}, 'Julie Marchal', ${world.dac.id})`)
    const port = teleservice(odile, { search: () => Promise.reject(new Error('her traits left')) })
    expect(await answerCall({ db, clock: world.clock, port }, call)).toBe('outdated')
  })

  it('merged while the teleservice was thinking, her call is closed on the file that was kept', async () => {
    const [absorbed, kept] = [await due('2410388468065'), await complete()]
    world.clock.advance(61 * 86_400_000)
    const merge = async (matricule: string): Promise<void> => {
      if (matricule !== absorbed.matricule) return
      await plant(sql`update persons.insi_call set person_id = ${kept} where person_id = ${absorbed.id}`)
      await merged(absorbed.id, kept)
    }
    await verifyDue({ db, clock: world.clock, port: asking([], merge) })
    expect(await lastCall(kept)).toMatchObject({ operation: 'verification', state: 'outdated' })
  })

  it('of two who are due, the one whose verification fails ends the turn of nobody, and the log names no one', async () => {
    const [failing, other] = [await due('2410388468066'), await due('2410388468067')]
    world.clock.advance(61 * 86_400_000)
    const asked: string[] = []
    const port = asking(asked, async (matricule) => {
      if (matricule === failing.matricule) throw new Error(`KEMPF ${matricule}`)
    })
    const logged: unknown[] = []
    const log = { error: (...said: unknown[]) => void logged.push(said) } as unknown as Log
    await verifyDue({ db, clock: world.clock, port, log })
    expect(asked).toEqual(expect.arrayContaining([failing.matricule, other.matricule]))
    expect(logged).toEqual([[{ failed: 1, causes: ['Error'] }, 'verifications of matricules failed']])
    expect(await lastCall(failing.id)).toMatchObject({ state: 'unreachable' })
    await verifyDue({ db, clock: world.clock, port: asking(asked) })
    expect(asked.at(-1), 'and is due again the next night').toBe(failing.matricule)
  })
})

describe('the work list of identities', () => {
  it('tells what each identity lacks, counts by kind, and gives only the files of the service', async () => {
    const incomplete = await aPerson(db, { dac: world.dac.id })
    const validated = await complete({ dac: world.dac.id, identityStatus: 'VALI' })
    const retrieved = await complete({ dac: world.dac.id, identityStatus: 'RECUP' })
    const doubtful = await complete()
    await world.as(world.nadia, setAttributes, { personId: doubtful, attributes: ['doubtful'] })
    const theirs = await aPerson(db, { dac: world.otherDac.id })
    const list = await world.as(world.nadia, identityWorkList, { limit: 5000 })
    const worksOf = (id: PersonId) => list.rows.find((row) => row.person.personId === id)?.works
    expect([incomplete, validated, retrieved, doubtful, theirs].map(worksOf)).toEqual([['incomplete'], ['ins'], ['document'], ['doubtful'], undefined])
    expect(list.rows.find((row) => row.person.personId === incomplete)?.missing).toEqual(['lieu de naissance'])
    const counted = list.counts.find((one) => one.work === 'incomplete')?.count
    expect((await world.as(world.nadia, identityWorkList, { work: 'incomplete', limit: 5000 })).total).toBe(counted)
  })
})

describe('ways to reach', () => {
  it('a telephone is kept as its digits, and one way only is preferred', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    const [home, mobile] = [newId(), newId()]
    await world.as(world.nadia, addContact, { id: home, personId: id, kind: 'home_phone', value: '03 53 01 27 64', preferred: true })
    await world.as(world.nadia, addContact, { id: mobile, personId: id, kind: 'mobile', value: '06.39.98.14.52', preferred: true })
    expect((await identity(id)).contacts).toMatchObject([
      { id: mobile, value: '+33639981452', preferred: true },
      { id: home, value: '+33353012764', preferred: false, version: 2 },
    ])
    await world.as(world.nadia, editContact, { id: mobile, personId: id, baseVersion: 1, changes: { ended: true } })
    expect((await identity(id)).contacts.map((one) => one.id)).toEqual([home])
  })

  it.each([
    ['mobile', '12'],
    ['email', 'odile chez exemple'],
  ])('a %s that cannot be used (%s) is refused with the reason', async (kind, value) => {
    const id = await aPerson(db, { dac: world.dac.id })
    await expect(world.as(world.nadia, addContact, { id: newId(), personId: id, kind, value })).rejects.toMatchObject({ code: 'input_invalid' })
  })
})
