import { beforeAll, expect, test } from 'vitest'
import type { RawInputOf } from '../../platform/contract/action.ts'
import { newId, type PartyId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { partyIdOf } from '../../territory/server/api.ts'
import { loadGeography } from '../../territory/server/geography.sql.ts'
import { actorFor, aService, aUser } from '../../territory/testing/builders.ts'
import { confirmLocalCard, createLocalCard, editLocalCard, removeLocalCard } from '../contract/actions.ts'
import { directoryCard, directorySources, searchDirectory } from '../contract/queries.ts'
import { importContent } from '../testing/import-content.ts'
import { anRpps, anRppsFile, anRppsLine, type RppsFields } from '../testing/rpps-file.ts'
import { assertParty, partiesOf, partyOf } from './api.ts'
import { directoryHandlers } from './handlers.ts'

const { db, owner } = await testDatabase()
const gate = testGate(db)
const registry = registryOf(directoryHandlers)
const dac = await aService(db, { name: 'DAC des Collines' })
const other = await aService(db, { name: 'DAC des Plaines' })
const julie = await actorFor(db, await aUser(db, { service: dac }))
const camille = await actorFor(db, await aUser(db, { service: other, givenName: 'Camille', familyName: 'Durupt' }))
const bruno = await actorFor(db, await aUser(db, { functions: ['regional_admin'], givenName: 'Bruno', familyName: 'Henry' }))

const places = {
  rupt: { 'Code commune (coord. structure)': '88408', 'Code postal (coord. structure)': '88360', 'Libellé commune (coord. structure)': 'Rupt-sur-Moselle' },
  vecoux: { 'Code commune (coord. structure)': '88498', 'Code postal (coord. structure)': '88200', 'Libellé commune (coord. structure)': 'Vecoux' },
  epinal: { 'Code commune (coord. structure)': '88160', 'Code postal (coord. structure)': '88000', 'Libellé commune (coord. structure)': 'Épinal' },
  nancy: { 'Code commune (coord. structure)': '54395', 'Code postal (coord. structure)': '54000', 'Libellé commune (coord. structure)': 'Nancy' },
}
const named = (family: string, given: string): RppsFields => ({ "Nom d'exercice": family, "Prénom d'exercice": given })
const nurse: RppsFields = {
  "Code civilité d'exercice": '',
  'Code civilité': 'MME',
  'Code profession': '60',
  'Libellé profession': 'Infirmier',
  'Code savoir-faire': '',
  'Libellé savoir-faire': '',
}
const kine: RppsFields = { ...nurse, 'Code profession': '70', 'Libellé profession': 'Masseur-Kinésithérapeute' }
const heart: RppsFields = { 'Code savoir-faire': 'SM04', 'Libellé savoir-faire': 'Cardiologie et maladies vasculaires' }

beforeAll(async () => {
  const commune = (code: string, name: string, postalCode: string, departmentCode: string, epciCode: string) => ({
    code,
    name,
    kind: 'commune' as const,
    parentCode: null,
    departmentCode,
    regionCode: '44',
    epciCode,
    postalCodes: [postalCode],
    population: 1000,
  })
  await asSystem(db, 'a small geography', (tx) =>
    loadGeography(tx, {
      edition: 'test',
      regions: [{ code: '44', name: 'Grand Est' }],
      departments: [
        { code: '88', name: 'Vosges', regionCode: '44' },
        { code: '54', name: 'Meurthe-et-Moselle', regionCode: '44' },
      ],
      epcis: [
        { code: '1', name: 'CC des Ballons' },
        { code: '2', name: 'CA d’Épinal' },
      ],
      communes: [
        commune('88408', 'Rupt-sur-Moselle', '88360', '88', '1'),
        commune('88498', 'Vecoux', '88200', '88', '1'),
        commune('88160', 'Épinal', '88000', '88', '2'),
        commune('54395', 'Nancy', '54000', '54', '2'),
      ],
      aliases: [],
    }),
  )
  await importContent(
    db,
    'rpps',
    anRppsFile([
      anRppsLine(anRpps(1), { ...named('FRITSCH', 'GERARD'), ...places.rupt }),
      anRppsLine(anRpps(2), { ...named('MARTIN', 'CLAIRE'), ...kine, ...places.rupt, 'Téléphone (coord. structure)': '0353017219' }),
      anRppsLine(anRpps(3), { ...named('MARTIN', 'PAUL'), ...places.nancy, ...heart }),
      anRppsLine(anRpps(4), { ...named('MARTINEAU', 'JULIE'), ...nurse, ...places.vecoux }),
      anRppsLine(anRpps(5), {
        ...named('ANTOINE', 'JULIEN'),
        ...nurse,
        'Code civilité': 'M',
        ...places.epinal,
        'Code mode exercice': 'S',
        'Raison sociale site': 'CH EMILE DURKHEIM',
      }),
      anRppsLine(anRpps(6), { ...named('LAURENT', 'SOPHIE'), ...nurse, ...places.nancy }),
      anRppsLine(anRpps(6), { ...named('LAURENT', 'SOPHIE'), ...nurse, ...places.rupt, 'Code mode exercice': 'S' }),
    ]),
  )
  await owner.query(
    `update territory.commune set latitude = v.lat, longitude = v.lon from (values ('88408', 47.92, 6.66), ('88498', 47.97, 6.63), ('88160', 48.17, 6.45), ('54395', 48.69, 6.18)) v(code, lat, lon) where commune.code = v.code`,
  )
})

const search = (input: RawInputOf<typeof searchDirectory>) => call(gate, registry, searchDirectory, julie, input)
const labels = async (input: RawInputOf<typeof searchDirectory>) => (await search(input)).rows.map((row) => row.label)

test('one box takes a name, a trade and a place in any order, by the beginning of each word', async () => {
  expect(await labels({ text: 'martin kiné 88360' })).toEqual(['Claire Martin'])
  expect(await labels({ text: 'dr martin kiné 88360' })).toEqual(['Claire Martin'])
  expect(await labels({ text: 'rupt mart' })).toEqual(['Claire Martin'])
  expect(await labels({ text: 'cardiologue nancy' })).toEqual(['Dr\u00a0Paul Martin'])
  expect(await labels({ text: 'dr frit' })).toEqual(['Dr\u00a0Gerard Fritsch'])
  expect(await labels({ text: 'infirmière vosges' })).toEqual(['Julien Antoine', 'Sophie Laurent', 'Julie Martineau'])
})

test('a trade alone, chosen in the list without a word nor a place that is known, is found and counted', async () => {
  const { rows, facets } = await search({ facets: ['physiotherapist'], within: 'department', withFacets: true })
  expect(rows.map((row) => row.label)).toEqual(['Claire Martin'])
  expect(facets).toEqual([{ facet: 'physiotherapist', count: 1 }])
})

test('someone is found by her telephone however it is typed, and by her RPPS number', async () => {
  for (const text of ['03 53 01 72 19', '+33 3 53 01 72 19', '035301721', anRpps(2)]) expect(await labels({ text })).toEqual(['Claire Martin'])
})

test('a whole name comes before a name that only begins like it', async () => {
  expect(await labels({ text: 'martin' })).toEqual(['Claire Martin', 'Dr\u00a0Paul Martin', 'Julie Martineau'])
})

test('around a commune, the nearest come first, with their distance', async () => {
  const { rows, around } = await search({ text: 'infirmier', near: '88408' })
  expect(around).toMatchObject({ code: '88408', name: 'Rupt-sur-Moselle' })
  expect(rows.map((row) => [row.label, row.city, Math.round(row.distanceKm ?? -1)])).toEqual([
    ['Sophie Laurent', 'Rupt-sur-Moselle', 0],
    ['Julie Martineau', 'Vecoux', 6],
    ['Julien Antoine', 'Épinal', 32],
  ])
})

test('a list can be kept to the commune, its EPCI or its département', async () => {
  expect(await labels({ text: 'infirmier', near: '88408', within: 'commune' })).toEqual(['Sophie Laurent'])
  expect(await labels({ text: 'infirmier', near: '88408', within: 'epci' })).toEqual(['Sophie Laurent', 'Julie Martineau'])
  expect(await labels({ text: '', near: '88408', within: 'department', facets: ['gp'] })).toEqual(['Dr\u00a0Gerard Fritsch'])
})

test('the counters of the trades equal the lists that they open', async () => {
  const { facets, total } = await search({ text: '', near: '88408', within: 'department', withFacets: true })
  expect(facets).toEqual([
    { facet: 'nurse', count: 3 },
    { facet: 'gp', count: 1 },
    { facet: 'physiotherapist', count: 1 },
  ])
  expect(total).toBe(5)
  for (const { facet, count } of facets ?? [])
    expect((await search({ text: '', near: '88408', within: 'department', facets: [facet as 'gp'] })).total).toBe(count)
})

test('pages follow one another without a hole or a repetition', async () => {
  const all = await labels({ text: '', near: '88408', within: 'department', withFacets: true })
  const paged: string[] = []
  for (let cursor: string | null = null; ; ) {
    const page = await search({ text: '', near: '88408', within: 'department', limit: 2, cursor })
    paged.push(...page.rows.map((row) => row.label))
    cursor = page.next
    if (cursor === null) break
  }
  expect(paged).toEqual(all)
  await expect(search({ text: 'martin', cursor: 'n’importe quoi' })).rejects.toMatchObject({ kind: 'invalid' })
})

test('a misspelt name is answered by those that sound like it, and it is said', async () => {
  expect(await search({ text: 'fritche' })).toMatchObject({ approximate: true, rows: [{ label: 'Dr\u00a0Gerard Fritsch' }] })
  expect(await search({ text: 'qwzx' })).toMatchObject({ approximate: false, rows: [], total: 0 })
})

test('whoever holds a skill or a diploma is found by it, and her card says which file tells it, and of what day', async () => {
  const identity = "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Nom d'exercice|Prénom d'exercice"
  const julie4 = `8|${anRpps(4)}|8${anRpps(4)}|MARTINEAU|JULIE`
  await importContent(
    db,
    'skills',
    `${identity}|Code profession|Libellé profession|Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire|\n${julie4}|60|Infirmier|C|Civil|C|Compétence|ASA1|Infirmière Asalée|\n`,
  )
  await importContent(
    db,
    'diplomas',
    `${identity}|Code type diplôme obtenu|Libellé type diplôme obtenu|Code diplôme obtenu|Libellé diplôme obtenu|Code type autorisation|Libellé type autorisation|Code discipline autorisation|Libellé discipline autorisation|\n${julie4}|DU|Diplôme universitaire|DU12|DU de gérontologie||||\n`,
  )
  for (const text of ['infirmière asalée', 'asalee vecoux', 'gérontologie vosges', 'géronto']) expect(await labels({ text })).toEqual(['Julie Martineau'])
  const { skills } = await call(gate, registry, directoryCard, julie, { partyId: partyIdOf('rpps', anRpps(4)) })
  expect(skills).toMatchObject([
    { label: 'Infirmière Asalée', kind: 'skill', source: 'skills' },
    { label: 'DU de gérontologie', kind: 'diploma', source: 'diplomas' },
  ])
})

test('a trade or a name with a wrong letter is answered by what it means, and it is said', async () => {
  expect(await search({ text: 'kinesitherapeuthe', near: '88408' })).toMatchObject({ approximate: true, rows: [{ label: 'Claire Martin' }] })
  expect(await search({ text: 'martinaux' })).toMatchObject({ approximate: true })
})

test('nothing is searched on one letter, and no sign of the keyboard breaks the search', async () => {
  expect(await labels({ text: 'm' })).toEqual([])
  for (const text of ["d'", "' | 'a", ':*', '\\', '%', '&!()', 'é'.repeat(200)]) await search({ text })
})

test('a card tells every practice, the numbers, the source and its date', async () => {
  const card = await call(gate, registry, directoryCard, julie, { partyId: partyIdOf('rpps', anRpps(6)) })
  expect(card).toMatchObject({
    rpps: anRpps(6),
    hit: { label: 'Sophie Laurent', detail: 'Infirmière libérale', city: 'Nancy', hasAccount: false },
    source: { code: 'rpps', edition: '2026-10-14' },
  })
  expect(card.practices.map((practice) => [practice.detail, practice.city])).toEqual([
    ['Libéral · Cabinet individuel', 'Nancy'],
    ['Salarié · Cabinet individuel', 'Rupt-sur-Moselle'],
  ])
  await expect(call(gate, registry, directoryCard, julie, { partyId: newId<PartyId>() })).rejects.toMatchObject({ kind: 'not_found' })
})

test('whoever can log in to Jalon is marked', async () => {
  await aUser(db, { professionalId: partyIdOf('rpps', anRpps(1)), functions: ['outside_professional'] })
  expect((await search({ text: 'fritsch' })).rows).toMatchObject([{ hasAccount: true }])
})

const roux = {
  kind: 'social_service' as const,
  name: 'Mme Roux',
  role: 'service social',
  structureName: 'CH Remiremont',
  phone: '03 53 01 44 12',
  communeCode: '88408',
}

test('a local card is seen by the whole region at once, with its author, and found by its telephone', async () => {
  const id = newId<PartyId>()
  await call(gate, registry, createLocalCard, julie, { id, ...roux })
  for (const text of ['roux social', 'roux rupt', '0353014412'])
    expect((await call(gate, registry, searchDirectory, camille, { text })).rows).toMatchObject([
      { partyId: id, kind: 'local', detail: 'service social', place: 'CH Remiremont', category: 'social' },
    ])
  const card = await call(gate, registry, directoryCard, camille, { partyId: id })
  expect(card).toMatchObject({
    local: { authorName: 'Julie Marchal', serviceName: 'DAC des Collines', confirmedOn: '2026-10-15', version: 1 },
    source: { code: 'local', edition: null },
  })
})

test('a local card is corrected by the service that keeps it, not by another; anyone may confirm it', async () => {
  const id = newId<PartyId>()
  await call(gate, registry, createLocalCard, julie, { id, ...roux, name: 'Mme Vannier' })
  await expect(call(gate, registry, editLocalCard, camille, { id, baseVersion: 1, changes: { phone: '0353010000' } })).rejects.toMatchObject({
    kind: 'forbidden',
  })
  expect(await call(gate, registry, editLocalCard, julie, { id, baseVersion: 1, changes: { phone: '03 53 01 00 00', note: 'Le matin' } })).toMatchObject({
    version: 2,
  })
  await expect(call(gate, registry, editLocalCard, bruno, { id, baseVersion: 1, changes: { phone: '0353019999' } })).rejects.toMatchObject({
    code: 'stale_version',
  })
  await call(gate, registry, confirmLocalCard, camille, { id })
  expect(await labels({ text: '0353010000' })).toEqual(['Mme Vannier'])
})

test('a local card that is removed is found no more, and an unknown commune is refused', async () => {
  const id = newId<PartyId>()
  await call(gate, registry, createLocalCard, julie, { id, ...roux, name: 'Mme Partie' })
  await call(gate, registry, removeLocalCard, julie, { id })
  expect(await labels({ text: 'partie' })).toEqual([])
  await expect(call(gate, registry, removeLocalCard, julie, { id })).rejects.toMatchObject({ kind: 'not_found' })
  await expect(call(gate, registry, createLocalCard, julie, { id: newId<PartyId>(), ...roux, communeCode: '99999' })).rejects.toMatchObject({
    code: 'commune_unknown',
  })
  await expect(call(gate, registry, createLocalCard, julie, { id: partyIdOf('rpps', anRpps(6)), ...roux })).rejects.toMatchObject({ code: 'id_taken' })
})

test('an import never touches a local card', async () => {
  const before = (await owner.query(`select count(*)::int as n from directory.entry where kind = 'local'`)).rows
  await importContent(db, 'rpps', anRppsFile([anRppsLine(anRpps(900))]), { allowShrink: true })
  expect((await owner.query(`select count(*)::int as n from directory.entry where kind = 'local'`)).rows).toEqual(before)
  expect(await labels({ text: 'sophie laurent' })).toEqual([])
})

test('other capabilities name a party, and learn that it is gone', async () => {
  await db.kysely.transaction().execute(async (tx) => {
    const here = partyIdOf('rpps', anRpps(900))
    expect(await assertParty(tx, here)).toMatchObject({ label: 'Dr\u00a0Gerard Fritsch', facet: 'gp', category: 'health', rpps: anRpps(900) })
    expect(await partyOf(tx, partyIdOf('rpps', anRpps(6)))).toBeNull()
    expect([...(await partiesOf(tx, [here, partyIdOf('rpps', anRpps(6))])).keys()]).toEqual([here])
    await expect(assertParty(tx, newId<PartyId>())).rejects.toMatchObject({ kind: 'not_found' })
  })
})

test('the page says how fresh the national directories are', async () => {
  expect(await call(gate, registry, directorySources, julie, {})).toMatchObject({
    sources: expect.arrayContaining([expect.objectContaining({ code: 'rpps', edition: '2026-10-14' })]),
    professionals: (await owner.query('select count(*)::int as n from directory.professional')).rows[0].n,
    structures: (await owner.query('select count(*)::int as n from directory.structure')).rows[0].n,
    localCards: 2,
  })
})
