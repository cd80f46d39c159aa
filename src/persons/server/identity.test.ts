import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { addContact, checkIdentity, createPersonAction, editContact, editPerson, recordIns, setAttributes } from '../contract/actions.ts'
import { personHeader, personHistory, personIdentity } from '../contract/queries.ts'
import { aPerson, aSight } from '../testing/builders.ts'
import { aPersonWorld, communeWithCpts, filOf, type PersonWorld } from '../testing/person-world.ts'

const { db } = await testDatabase()
let world: PersonWorld
beforeAll(async () => {
  world = await aPersonWorld(db)
})

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

describe('the status of an identity', () => {
  it('follows from the document and from the INS: provisional, validated, qualified', async () => {
    const id = await complete()
    expect(await world.as(world.nadia, checkIdentity, { personId: id, document: 'id_card' })).toMatchObject({ identityStatus: 'VALI' })
    expect(await world.as(world.nadia, recordIns, { personId: id, matricule: odile, oid: testOid })).toMatchObject({ identityStatus: 'QUAL' })
    expect(await filOf(db, id)).toEqual(['Identité vérifiée', 'INS notée'])
  })

  it('a driving licence is noted and proves nothing', async () => {
    const id = await complete()
    expect(await world.as(world.nadia, checkIdentity, { personId: id, document: 'driving_licence' })).toMatchObject({ identityStatus: 'PROV' })
    expect(await identity(id)).toMatchObject({ identityDocument: 'driving_licence', identityCheckedAt: null })
  })

  it('nothing is checked while a strict trait is missing', async () => {
    const id = await aPerson(db, { dac: world.dac.id })
    await expect(world.as(world.nadia, checkIdentity, { personId: id, document: 'id_card' })).rejects.toMatchObject({ code: 'identity_incomplete' })
  })

  it('a wrong key is refused at entry, a number that says otherwise than the traits asks to be confirmed', async () => {
    const id = await complete({ dac: world.dac.id, birthDay: '1943-03-12' })
    const wrong = `${odile.slice(0, 13)}${odile.endsWith('11') ? '12' : '11'}`
    await expect(world.as(world.nadia, recordIns, { personId: id, matricule: wrong, oid: testOid })).rejects.toMatchObject({ code: 'input_invalid' })
    const other = keyed('2410388468044')
    await expect(world.as(world.nadia, recordIns, { personId: id, matricule: other, oid: testOid })).rejects.toMatchObject({
      code: 'matricule_disagrees',
      details: { disagreements: ['Le matricule indique une autre année de naissance.'] },
    })
    await expect(world.as(world.nadia, recordIns, { personId: id, matricule: other, oid: testOid, disagreementsSeen: true })).resolves.toMatchObject({
      identityStatus: 'RECUP',
    })
  })

  it('a real INS is refused in a trial installation', async () => {
    const id = await complete()
    await expect(world.as(world.nadia, recordIns, { personId: id, matricule: odile, oid: '1.2.250.1.213.1.4.8' })).rejects.toMatchObject({
      code: 'ins_authority_refused',
    })
  })

  it('no two identities carry the same matricule, even one that the user does not see', async () => {
    const matricule = keyed('2410388468046')
    const [mine, theirs] = [await complete(), await complete({ dac: world.otherDac.id })]
    await world.as(world.elsewhere, recordIns, { personId: theirs, matricule, oid: testOid })
    await expect(world.as(world.nadia, recordIns, { personId: mine, matricule, oid: testOid })).rejects.toMatchObject({ code: 'matricule_taken' })
  })

  it('a strict trait corrected takes the status and the matricule away, with the trace of what was withdrawn', async () => {
    const matricule = keyed('2410388468047')
    const id = await complete()
    await world.as(world.nadia, checkIdentity, { personId: id, document: 'passport' })
    const { version } = await world.as(world.nadia, recordIns, { personId: id, matricule, oid: testOid })
    expect(await world.as(world.nadia, editPerson, { id, baseVersion: version, changes: { birthDate: '1941-03-13' } })).toMatchObject({ identityLost: true })
    expect(await identity(id)).toMatchObject({ identityStatus: 'PROV', matricule: null, identityCheckedAt: null })
    const { rows } = await world.as(world.julie, personHistory, { personId: id })
    expect(rows[0]?.changes).toContainEqual({ field: 'insMatricule', from: matricule, to: null })
    expect(rows[1]).toMatchObject({ byName: 'Nadia Ferry', changes: [{ field: 'birthDate', from: '1941-03-12', to: '1941-03-13' }] })
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
    await expect(world.as(world.nadia, recordIns, { personId: id, matricule: odile, oid: testOid })).rejects.toMatchObject({ code: 'ins_blocked' })
    expect(await world.as(world.nadia, setAttributes, { personId: id, attributes: [] })).toMatchObject({ identityStatus: 'VALI' })
  })

  it('the matricule does not show to the circle', async () => {
    const id = await complete()
    await world.as(world.nadia, recordIns, { personId: id, matricule: keyed('2410388468048'), oid: testOid })
    await aSight(db, id, world.doctor.professionalId, { basis: 'care_team' })
    expect((await world.as(world.doctor, personIdentity, { personId: id })).matricule).toBeNull()
    expect((await identity(id)).matricule).not.toBeNull()
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
