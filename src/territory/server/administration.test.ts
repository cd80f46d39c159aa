import { expect, test } from 'vitest'
import type { OutputOf, RawInputOf } from '../../platform/contract/action.ts'
import { newId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { openSession } from '../../platform/server/sessions.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import {
  addMembership,
  addToPerimeter,
  addValue,
  closeAccount,
  closeService,
  createLegalPerson,
  createService,
  createSite,
  createUser,
  editMembership,
  editService,
  editSite,
  editUser,
  editValue,
  endMembership,
  endPerimeter,
  reopenAccount,
} from '../contract/actions.ts'
import {
  areas,
  colleagues,
  coverage,
  legalPersons,
  perimeter,
  perimeterPreview,
  serviceDetail,
  services,
  users,
  valueSetDetail,
  valueSets,
} from '../contract/queries.ts'
import { legalKinds, perimeterSources, siteKinds } from '../contract/territory-value-sets.ts'
import { actorFor, aService, aUser } from '../testing/builders.ts'
import { sessionCaller } from './actor.sql.ts'
import { assertValue, partyIdOf, serviceInCharge } from './api.ts'
import { loadGeography } from './geography.sql.ts'
import { territoryHandlers } from './handlers.ts'
import { loadValueSets } from './reference.sql.ts'

const { db, owner } = await testDatabase()
const clock = testClock()
const gate = testGate(db, clock)
const registry = registryOf(territoryHandlers)

await asSystem(db, 'lists and communes of a small region', async (tx) => {
  const commune = (code: string, name: string, departmentCode: string, epciCode: string, parentCode: string | null = null) => ({
    code,
    name,
    kind: parentCode === null ? ('commune' as const) : ('arrondissement' as const),
    parentCode,
    departmentCode,
    regionCode: '44',
    epciCode,
    postalCodes: [],
    population: 100,
  })
  await loadValueSets(tx, [siteKinds, perimeterSources, legalKinds])
  await loadGeography(tx, {
    edition: 'test',
    regions: [{ code: '44', name: 'Grand Est' }],
    departments: [
      { code: '88', name: 'Vosges', regionCode: '44' },
      { code: '69', name: 'Rhône', regionCode: '44' },
    ],
    epcis: [
      { code: '1', name: 'CC des Ballons' },
      { code: '2', name: 'CC des Plaines' },
    ],
    communes: [
      commune('88001', 'Amont', '88', '1'),
      commune('88002', 'Milieu', '88', '1'),
      commune('88003', 'Aval', '88', '2'),
      commune('88004', 'Plaine', '88', '2'),
      commune('69123', 'Lyon', '69', '2'),
      commune('69381', 'Lyon 1er', '69', '2', '69123'),
      commune('69382', 'Lyon 2e', '69', '2', '69123'),
    ],
    aliases: [{ communeCode: '88001', code: '88900', name: 'Vieil-Amont' }],
  })
})
const bruno = await actorFor(
  db,
  await aUser(db, { functions: ['regional_admin'], service: await aService(db, { kind: 'grades', name: 'GRADeS' }), givenName: 'Bruno', familyName: 'Henry' }),
)
const admin = <C extends Parameters<typeof call>[2]>(contract: C, input: RawInputOf<C>) => call(gate, registry, contract, bruno, input)

async function aDac(name: string): Promise<ServiceId> {
  const id = newId<ServiceId>()
  await admin(createService, { id, kind: 'dac', name })
  return id
}

test('one association carries a DAC and a CLIC: two services, one organisme, each with its places', async () => {
  const legalPersonId = newId<never>() as string
  await admin(createLegalPerson, { id: legalPersonId, name: 'Association Appui', legalForm: 'association', siren: '732 829 320' })
  const [dac, clic] = [newId<ServiceId>(), newId<ServiceId>()]
  await admin(createService, { id: dac, kind: 'dac', name: 'DAC de l’Appui', legalPersonId, communeCode: '88001' })
  await admin(createService, { id: clic, kind: 'clic', name: 'CLIC de l’Appui', legalPersonId })
  const siteId = newId<never>() as string
  await admin(createSite, { id: siteId, serviceId: dac, kind: 'branch', name: 'Antenne de l’aval', communeCode: '88003' })
  expect((await admin(serviceDetail, { id: dac })).sites).toMatchObject([{ name: 'Antenne de l’aval', communeName: 'Aval' }])
  expect((await admin(serviceDetail, { id: clic })).sites).toEqual([])
  expect((await admin(legalPersons, { text: 'appui' })).rows).toMatchObject([{ name: 'Association Appui', services: 2, siren: '732829320' }])
  await expect(admin(createLegalPerson, { id: newId<never>() as string, name: 'Doublon', siren: '732829320' })).rejects.toMatchObject({
    code: 'legal_person_taken',
  })
  expect(await admin(editSite, { id: siteId, baseVersion: 1, changes: { endsOn: '2026-12-31' } })).toMatchObject({ version: 2 })
})

test('an unknown kind of place, status or commune is refused, and nothing is kept', async () => {
  const id = newId<ServiceId>()
  await expect(admin(createService, { id, kind: 'dac', name: 'DAC', communeCode: '99999' })).rejects.toMatchObject({ code: 'commune_unknown' })
  await expect(admin(createService, { id, kind: 'cpts', name: 'CPTS', cptsStatus: 'unheard' })).rejects.toMatchObject({ code: 'value_unknown' })
  await expect(admin(serviceDetail, { id })).rejects.toMatchObject({ kind: 'not_found' })
})

test('two administrators on one service: other fields merge, the same field shows both versions', async () => {
  const id = await aDac('DAC à deux')
  await admin(editService, { id, baseVersion: 1, changes: { phone: '0353010001' } })
  expect(await admin(editService, { id, baseVersion: 1, changes: { email: 'accueil@exemple.invalid' } })).toMatchObject({ version: 3 })
  await expect(admin(editService, { id, baseVersion: 1, changes: { phone: '0353010002' } })).rejects.toMatchObject({
    code: 'stale_version',
    details: { fields: [{ field: 'phone', theirs: '0353010001', mine: '0353010002' }] },
  })
})

test('communes given to a DAC are its own from that day; the overlap with another is refused, every commune and DAC named', async () => {
  const [collines, plaines] = [await aDac('DAC des Collines'), await aDac('DAC des Plaines')]
  expect(await admin(addToPerimeter, { serviceId: collines, communeCodes: ['88001', '88002'], startsOn: '2026-01-01' })).toMatchObject({ added: 2, already: 0 })
  expect(await admin(addToPerimeter, { serviceId: collines, communeCodes: ['88001'], startsOn: '2026-03-01' })).toMatchObject({ added: 0, already: 1 })
  await expect(admin(addToPerimeter, { serviceId: plaines, communeCodes: ['88001', '88002', '88003'], startsOn: '2026-06-01' })).rejects.toMatchObject({
    code: 'perimeter_overlap',
    params: { count: 2 },
    details: {
      overlaps: [
        { communeName: 'Amont', serviceName: 'DAC des Collines' },
        { communeName: 'Milieu', serviceName: 'DAC des Collines' },
      ],
    },
  })
  expect((await admin(perimeter, { serviceId: plaines, on: '2026-07-01' })).rows).toEqual([])
  expect(await admin(endPerimeter, { serviceId: collines, communeCodes: ['88002'], lastDay: '2026-12-31' })).toMatchObject({ ended: 1 })
  expect(await admin(addToPerimeter, { serviceId: plaines, communeCodes: ['88002', '88003'], startsOn: '2027-01-01' })).toMatchObject({ added: 2 })
  await db.kysely.transaction().execute(async (tx) => {
    expect((await serviceInCharge(tx, '88002', '2026-12-31'))?.name).toBe('DAC des Collines')
    expect((await serviceInCharge(tx, '88002', '2027-01-01'))?.name).toBe('DAC des Plaines')
  })
  expect(await admin(endPerimeter, { serviceId: plaines, communeCodes: ['88002', '88003'], lastDay: '2026-12-31' })).toMatchObject({ ended: 2 })
  expect((await admin(perimeter, { serviceId: plaines, on: '2027-02-01' })).rows).toEqual([])
})

test('two administrators give the same commune to two DAC at once: one of them only succeeds', async () => {
  const [one, other] = [await aDac('DAC Un'), await aDac('DAC Deux')]
  const results = await Promise.allSettled(
    [one, other].map((serviceId) => admin(addToPerimeter, { serviceId, communeCodes: ['88004'], startsOn: '2026-01-01' })),
  )
  expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({ code: 'perimeter_overlap' })
})

test('CPTS may share communes; Lyon stands for its arrondissements; a former code for today’s commune; an unknown code refuses all', async () => {
  const cpts = async (name: string): Promise<ServiceId> => {
    const id = newId<ServiceId>()
    await admin(createService, { id, kind: 'cpts', name })
    await admin(addToPerimeter, { serviceId: id, communeCodes: ['69123', '88900'], startsOn: '2026-01-01' })
    return id
  }
  const first = await cpts('CPTS Une')
  await cpts('CPTS Deux')
  expect((await admin(perimeter, { serviceId: first })).rows.map((row) => row.communeCode)).toEqual(['69381', '69382', '88001'])
  await expect(admin(addToPerimeter, { serviceId: first, communeCodes: ['88003', '99998'], startsOn: '2026-01-01' })).rejects.toMatchObject({
    code: 'commune_unknown',
    details: { codes: ['99998'] },
  })
  await expect(admin(addToPerimeter, { serviceId: first, communeCodes: ['88003'], startsOn: '2026-02-01', endsOn: '2026-01-01' })).rejects.toMatchObject({
    code: 'perimeter_dates',
  })
})

test('before recording, pasted codes and EPCI show what they amount to: already there, taken by another, unknown', async () => {
  const mine = await aDac('DAC Aperçu')
  const preview = await admin(perimeterPreview, { serviceId: mine, text: '88001 Amont;\n88003, 99997', epciCodes: ['2'], startsOn: '2026-01-01' })
  expect(preview.unknown).toEqual(['99997'])
  expect(preview.rows.find((row) => row.communeCode === '88001')?.other).toMatchObject({ serviceName: 'DAC des Collines' })
  expect(preview.rows.map((row) => row.communeCode)).toEqual(['88001', '88003', '69381', '69382', '88004'])
  expect((await admin(areas, { text: 'ballons' })).rows).toEqual([{ kind: 'epci', code: '1', name: 'CC des Ballons', communes: 2 }])
})

test('the holes of the region are counted by département and listed', async () => {
  const { departments } = await admin(coverage, {})
  expect(departments).toEqual([{ code: '88', name: 'Vosges', communes: 4, covered: 3, dacs: expect.arrayContaining(['DAC des Collines']) }])
  expect((await admin(coverage, { departmentCode: '88' })).holes.map((hole) => hole.communeName)).toEqual(['Aval'])
})

test('a service is closed only when no commune and no user depends on it any more', async () => {
  const id = await aDac('DAC à fermer')
  await admin(addToPerimeter, { serviceId: id, communeCodes: ['88003'], startsOn: '2026-01-01' })
  await expect(admin(closeService, { id, endsOn: '2026-11-30' })).rejects.toMatchObject({ code: 'service_has_perimeter' })
  await admin(endPerimeter, { serviceId: id, communeCodes: ['88003'], lastDay: '2026-10-31' })
  expect(await admin(closeService, { id, endsOn: '2026-11-30' })).toMatchObject({ version: 2 })
  clock.set('2026-12-01T08:00:00Z')
  expect((await admin(services, { text: 'DAC à fermer' })).rows).toEqual([])
  expect((await admin(services, { text: 'DAC à fermer', ended: true })).rows).toMatchObject([{ endsOn: '2026-11-30' }])
  clock.set('2026-10-15T07:42:00Z')
})

async function aColleague(serviceId: ServiceId, nationalId = `8${Math.floor(Math.random() * 1e11)}`): Promise<{ userId: UserId; membershipId: string }> {
  const [userId, membershipId] = [newId<UserId>(), newId<never>() as string]
  await admin(createUser, {
    id: userId,
    nationalId,
    givenName: 'Agathe',
    familyName: 'Grandidier',
    category: 'coordination',
    membership: { id: membershipId, serviceId, functions: ['referent', 'front_desk'], jobTitle: 'Référente', startsOn: '2026-01-01' },
  })
  return { userId, membershipId }
}
const loggedIn = async (token: string) => (await sessionCaller(db, { token }, { now: clock(), today: '2026-10-15' }))?.actor
const aSession = async (who: { userId: UserId; membershipId: string }) => (await openSession(db, { ...who, now: clock(), absoluteMinutes: 600 })).token

test('an account opened by the region works in its service, and is tied to its card by its RPPS number', async () => {
  const dac = await aDac('DAC des Comptes')
  const { userId } = await aColleague(dac, '810001234567')
  expect((await owner.query('select professional_id from territory.user_account where id = $1', [userId])).rows).toEqual([
    { professional_id: partyIdOf('rpps', '10001234567') },
  ])
  expect((await admin(users, { text: 'grandidier', serviceId: dac })).rows).toMatchObject([
    { status: 'active', memberships: [{ serviceName: 'DAC des Comptes', functions: ['referent', 'front_desk'] }] },
  ])
  await expect(aColleague(dac, '810001234567')).rejects.toMatchObject({ code: 'national_id_taken' })
})

test('closing an account ends its sessions at once, and reopening does not bring them back', async () => {
  const who = await aColleague(await aDac('DAC qui ferme un compte'))
  const token = await aSession(who)
  expect((await loggedIn(token))?.userId).toBe(who.userId)
  await admin(closeAccount, { id: who.userId })
  expect(await loggedIn(token)).toBeUndefined()
  await admin(reopenAccount, { id: who.userId })
  expect(await loggedIn(token)).toBeUndefined()
  expect(
    (await owner.query(`select details ->> 'sessionsEnded' as ended from audit.inbox where name = 'territory.user.close' and outcome = 'done'`)).rows,
  ).toEqual([{ ended: '1' }])
})

test('nobody closes her own account', async () => {
  await expect(admin(closeAccount, { id: bruno.userId })).rejects.toMatchObject({ kind: 'forbidden' })
})

test('the end of a place of work closes it from the day after; a day already past closes it at once', async () => {
  const [dac, clic] = [await aDac('DAC quitté'), await aService(db, { kind: 'clic', name: 'CLIC gardé' })]
  const who = await aColleague(dac)
  const second = newId<never>() as string
  await admin(addMembership, { id: second, userId: who.userId, serviceId: clic.id, functions: ['referent'], startsOn: '2026-02-01' })
  const [inDac, inClic] = [await aSession(who), await aSession({ userId: who.userId, membershipId: second })]
  await admin(endMembership, { id: who.membershipId, endsOn: '2026-10-14' })
  expect(await loggedIn(inDac)).toBeUndefined()
  expect((await loggedIn(inClic))?.serviceName).toBe('CLIC gardé')
  await expect(admin(endMembership, { id: who.membershipId, endsOn: '2026-11-01' })).rejects.toMatchObject({ code: 'membership_ended' })
  await expect(admin(endMembership, { id: second, endsOn: '2026-01-01' })).rejects.toMatchObject({ code: 'membership_dates' })
})

test('functions follow the kind of service, and change what she may do at her next click', async () => {
  const dac = await aDac('DAC des fonctions')
  const who = await aColleague(dac)
  const token = await aSession(who)
  await expect(admin(editMembership, { id: who.membershipId, baseVersion: 1, changes: { functions: ['cpts_coordinator'] } })).rejects.toMatchObject({
    code: 'function_not_for_service',
  })
  await admin(editMembership, { id: who.membershipId, baseVersion: 1, changes: { functions: ['team_lead'] } })
  expect((await loggedIn(token))?.functions).toEqual(['team_lead'])
  await expect(
    admin(addMembership, { id: newId<never>() as string, userId: who.userId, serviceId: dac, functions: ['referent'], startsOn: '2026-10-01' }),
  ).rejects.toMatchObject({ code: 'membership_overlap' })
})

test('a team leader sees her team and not that of another service; a référent sees no list of accounts', async () => {
  const [mine, other] = [await aService(db, { name: 'DAC Équipe' }), await aService(db, { name: 'DAC Autre équipe' })]
  const lead = await actorFor(db, await aUser(db, { service: mine, functions: ['team_lead'], givenName: 'Line', familyName: 'Valentin' }))
  const member = await actorFor(db, await aUser(db, { service: mine, givenName: 'Karim', familyName: 'Belkacem' }))
  await aUser(db, { service: other, givenName: 'Camille', familyName: 'Durupt' })
  expect((await call(gate, registry, users, lead, { serviceId: other.id })).rows.map((row) => row.familyName)).toEqual(['Belkacem', 'Valentin'])
  await expect(call(gate, registry, users, member, {})).rejects.toMatchObject({ kind: 'forbidden' })
  expect((await call(gate, registry, colleagues, member, { functions: ['team_lead'] })).rows).toMatchObject([
    { name: 'Line Valentin', functions: ['team_lead'] },
  ])
})

test('accounts come page by page, each once', async () => {
  const total = (await admin(users, {})).total
  const seen: string[] = []
  for (let cursor: string | null = null; ; ) {
    const page: OutputOf<typeof users> = await admin(users, { limit: 2, cursor })
    seen.push(...page.rows.map((row) => row.id))
    cursor = page.next
    if (cursor === null) break
  }
  expect(new Set(seen).size).toBe(total)
  expect(seen).toHaveLength(total)
})

test('an account is corrected without losing the other’s correction', async () => {
  const { userId } = await aColleague(await aDac('DAC des corrections'))
  await admin(editUser, { id: userId, baseVersion: 1, changes: { phone: '0353010003' } })
  expect(await admin(editUser, { id: userId, baseVersion: 1, changes: { email: 'a.grandidier@exemple.invalid' } })).toMatchObject({ version: 3 })
  expect((await owner.query('select phone, email from territory.user_account where id = $1', [userId])).rows).toEqual([
    { phone: '0353010003', email: 'a.grandidier@exemple.invalid' },
  ])
})

test('the region adds, hides and maps values; a hidden value is no longer offered but still has its name', async () => {
  await admin(addValue, { setCode: 'territory.site_kind', code: 'van', label: 'Camion itinérant' })
  await admin(editValue, { setCode: 'territory.site_kind', code: 'branch', changes: { hidden: true, nationalMapping: 'X-12' } })
  const set = (await admin(valueSets, {})).sets.find(({ code }) => code === 'territory.site_kind')
  expect(set?.values.find(({ code }) => code === 'branch')).toMatchObject({ hidden: true, label: 'Antenne' })
  expect((await admin(valueSetDetail, { code: 'territory.site_kind' })).values.find(({ code }) => code === 'van')).toMatchObject({
    origin: 'regional',
    label: 'Camion itinérant',
  })
  await db.kysely.transaction().execute(async (tx) => {
    await assertValue(tx, 'territory.site_kind', 'van')
    await expect(assertValue(tx, 'territory.site_kind', 'branch')).rejects.toMatchObject({ code: 'value_unknown' })
  })
  await expect(admin(addValue, { setCode: 'territory.site_kind', code: 'van2', label: 'camion itinérant' })).rejects.toMatchObject({ code: 'value_exists' })
  await expect(admin(addValue, { setCode: 'unheard.of', code: 'x', label: 'X' })).rejects.toMatchObject({ kind: 'not_found' })
})

test('the words of a national or starter value cannot be rewritten, only its use', async () => {
  await admin(editValue, { setCode: 'territory.site_kind', code: 'headquarters', changes: { label: 'Autre chose', hidden: false } })
  expect((await admin(valueSetDetail, { code: 'territory.site_kind' })).values.find(({ code }) => code === 'headquarters')?.label).toBe('Siège')
})
