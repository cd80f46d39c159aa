import { existsSync, readFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { aCommune } from '../../../territory/testing/builders.ts'
import { phonesOf } from '../../contract/phones.ts'
import { importContent } from '../../testing/import-content.ts'
import { findWgs84 } from './finess-record.ts'

const { db, owner } = await testDatabase()
await aCommune(db, { code: '88383', name: 'Remiremont', postalCodes: ['88200'] })

interface Wish {
  readonly finess?: string
  readonly name?: string
  readonly category?: unknown
  readonly addresses?: readonly unknown[]
  readonly phone?: string
  readonly state?: string
  readonly closed?: string
}

const address = {
  usageAdresse: '03',
  numeroVoie: '3',
  typeVoie: 'R',
  libelleVoie: 'DES TILLEULS',
  ligneQuatre: '3 RUE DES TILLEULS',
  cogCommune: '88383',
  codePostal: '88200',
  ligneAcheminement: 'REMIREMONT',
  coordonneesGeographique: {
    coordonneeX: '6.59',
    coordonneeY: '48.01',
    directionLatitude: '6779000.1',
    directionLongitude: '966000.2',
    cleInInteropBAN: '88383_0001_00003',
  },
}
function aSite({
  finess = '880780077',
  name = 'SSIAD DES HAUTES VALLEES',
  category = '354',
  addresses = [address],
  phone = '0353013371',
  state = 'A',
  closed,
}: Wish = {}): unknown {
  return {
    informationsGeneralesEGE: {
      egeId: finess,
      nomEgeCourt: name,
      nomEgeLong: name,
      numFinessEge: finess,
      siret: null,
      dateOuverture: '2001-01-15',
      dateFermeture: closed ?? null,
    },
    categorieentiteGeographiqueExercice: category,
    adresse: addresses,
    contact: [{ typeContact: { roleContact: '01' }, telecom: { telephone: phone, courriel: null } }],
    etatObjet: state,
    dateDerniereMaj: '2026-09-04 23:42:46',
  }
}
function aFile(sites: readonly unknown[], legal = 'informationsGeneralesPMEJ'): string {
  return JSON.stringify({
    schemaVersion: 'v1.0.0',
    generatedAt: '2026-10-14T00:00:00Z',
    gcc: [{ nomGcc: 'un « autre » [groupe] {}' }],
    pmej: [{ [legal]: { pmSmsseId: '2', numFinessPm: '880000005', denominationPm: 'ADMR DES VOSGES' }, ege: sites }],
  })
}
const structures = async () =>
  (await owner.query('select finess, name, kind, commune_code, phone, other_phone, latitude, longitude, closed_on from directory.structure order by finess'))
    .rows
const entries = async () => (await owner.query('select label, detail, facet, city, phone, finess from directory.entry order by sort_key')).rows

beforeEach(async () => {
  await owner.query('truncate directory.structure, directory.source, directory.vanished, directory.rejected_line, directory.import, directory.entry cascade')
})

test('a site becomes a card: its kind from its category, its commune, its telephone, its legal person', async () => {
  expect((await importContent(db, 'finess', aFile([aSite()]))).outcome).toMatchObject({ state: 'done', counts: { lines: 1, added: 1 } })
  expect(await entries()).toEqual([
    {
      label: 'SSIAD DES HAUTES VALLEES',
      detail: 'Soins infirmiers à domicile (SSIAD)',
      facet: 'ssiad',
      city: 'Remiremont',
      phone: '0353013371',
      finess: '880780077',
    },
  ])
  expect((await owner.query(`select legal_name, finess_legal from directory.structure`)).rows).toEqual([
    { legal_name: 'ADMR DES VOSGES', finess_legal: '880000005' },
  ])
  expect((await owner.query(`select edition from directory.source where code = 'finess'`)).rows).toEqual([{ edition: '2026-10-14' }])
})

test('DAC, CPTS, MSP, CLIC, MDPH and pharmacies are told apart by their category', async () => {
  const categories = ['606', '604', '603', '463', '609', '620', '500', '999']
  const numbers = ['880000013', '880000021', '880000039', '880000047', '880000054', '880000062', '880000070', '880000088']
  await importContent(
    db,
    'finess',
    aFile(categories.map((category, at) => aSite({ finess: numbers[at] ?? '', category: { code: category, system: 'TRE_R397' } }))),
  )
  expect((await structures()).map((row) => row.kind)).toEqual(['dac', 'cpts', 'msp', 'clic', 'mdph', 'pharmacy', 'ehpad', 'other'])
  expect((await entries()).find((row) => row.facet === 'other')?.detail).toBe('Établissement ou service')
})

test('the address of exercise is the one of usage 03, wherever it stands', async () => {
  await importContent(
    db,
    'finess',
    aFile([aSite({ addresses: [{ ...address, usageAdresse: '06', cogCommune: '01173', codePostal: '01170', coordonneesGeographique: null }, address] })]),
  )
  expect(await structures()).toMatchObject([{ commune_code: '88383', latitude: 48.01, longitude: 6.59 }])
})

test('whichever pair of coordinates is WGS84 is found by its range, overseas too; a commune’s middle and Lambert alone are not an address', () => {
  expect(
    findWgs84([
      [46.211257, 5.254203],
      [873766.07, 6570414.61],
    ]),
  ).toEqual([46.211257, 5.254203])
  expect(
    findWgs84([
      [6578805.24, 936759.28],
      [46.267633, 6.074912],
    ]),
  ).toEqual([46.267633, 6.074912])
  expect(findWgs84([[6.074912, 46.267633]])).toEqual([46.267633, 6.074912])
  expect(findWgs84([[-21.12, 55.53]])).toEqual([-21.12, 55.53])
  expect(
    findWgs84([
      [6578805.24, 936759.28],
      [Number.NaN, 1],
    ]),
  ).toBeNull()
})

test('a key of five characters is the middle of a commune: it is not kept as an address', async () => {
  await importContent(
    db,
    'finess',
    aFile([aSite({ addresses: [{ ...address, coordonneesGeographique: { ...address.coordonneesGeographique, cleInInteropBAN: '88383' } }] })]),
  )
  expect(await structures()).toMatchObject([{ latitude: null, longitude: null }])
})

test('padding and lonely backslashes go, two telephones of one field are two', async () => {
  await importContent(
    db,
    'finess',
    aFile([
      aSite({
        name: 'CRECHE PARENTALE   ',
        phone: '03 53 01 33 71 / 0353013372',
        addresses: [{ ...address, complementPointGeographique: '\\ ', lieuDit: 'BP 12  ' }],
      }),
    ]),
  )
  expect(await structures()).toMatchObject([{ name: 'CRECHE PARENTALE', phone: '0353013371', other_phone: '0353013372' }])
  expect((await owner.query('select address from directory.structure')).rows).toEqual([{ address: '3 RUE DES TILLEULS, BP 12' }])
  expect(phonesOf('0353013371 0353013372')).toEqual(['0353013371', '0353013372'])
  expect(phonesOf('\\ ')).toEqual([])
})

test('a closed site is kept without being found; one that closes leaves the search', async () => {
  await importContent(db, 'finess', aFile([aSite(), aSite({ finess: '880000013', closed: '2014-03-31' }), aSite({ finess: '880000021', state: 'I' })]))
  expect((await entries()).map((row) => row.finess)).toEqual(['880780077'])
  await importContent(
    db,
    'finess',
    aFile([aSite({ closed: '2026-01-01' }), aSite({ finess: '880000013', closed: '2014-03-31' }), aSite({ finess: '880000021', state: 'I' })]),
  )
  expect(await entries()).toEqual([])
  expect(await structures()).toHaveLength(3)
})

test('the next day touches only what changed, and takes away what left', async () => {
  await importContent(db, 'finess', aFile([aSite(), aSite({ finess: '880000013', name: 'CH DE REMIREMONT', category: '355' })]))
  const before = (await owner.query(`select xmin::text from directory.structure where finess = '880780077'`)).rows
  const { outcome } = await importContent(db, 'finess', aFile([aSite(), aSite({ finess: '880000021', name: 'MSP DU BALLON', category: '603' })]))
  expect(outcome).toMatchObject({ counts: { added: 1, changed: 0, removed: 1 } })
  expect((await entries()).map((row) => row.label)).toEqual(['MSP DU BALLON', 'SSIAD DES HAUTES VALLEES'])
  expect((await owner.query(`select xmin::text from directory.structure where finess = '880780077'`)).rows).toEqual(before)
})

test('the schema’s own spelling of names is read as well as the daily file’s', async () => {
  await importContent(db, 'finess', aFile([aSite()], 'informationsGeneralesPmej'))
  expect((await owner.query('select legal_name from directory.structure')).rows).toEqual([{ legal_name: 'ADMR DES VOSGES' }])
})

test('a site without a valid number is refused with its reason, and a number is read once', async () => {
  const { outcome } = await importContent(
    db,
    'finess',
    aFile([aSite(), aSite({ finess: '880780078' }), aSite({ finess: '' }), aSite({ name: 'DEUXIEME' }), aSite({ finess: '2A0000012' })]),
  )
  expect(outcome).toMatchObject({ counts: { lines: 5, added: 2, rejected: 3 } })
  expect((await owner.query('select line::int, reason from directory.rejected_line order by line')).rows).toEqual([
    { line: 2, reason: 'Numéro FINESS invalide' },
    { line: 3, reason: 'Numéro FINESS absent' },
    { line: 4, reason: 'Numéro FINESS déjà lu dans ce fichier' },
  ])
})

test.each([
  ['cut short', aFile([aSite(), aSite({ finess: '880000013' })]).slice(0, -40), 'import_not_json'],
  ['that is not JSON', 'structureet;010000024;', 'import_not_json'],
  ['with a broken element', aFile([aSite()]).replace('"siret":null', '"siret":nul'), 'import_not_json'],
  ['of another content', JSON.stringify({ activites: [] }), 'import_not_finess'],
  ['with no site', aFile([]), 'import_empty'],
])('a file %s changes nothing and says why', async (_what, content, code) => {
  await importContent(db, 'finess', aFile([aSite()]))
  const before = await entries()
  expect((await importContent(db, 'finess', content, { piece: 97 })).outcome).toMatchObject({ state: 'failed', code })
  expect(await entries()).toEqual(before)
})

test('the middle of a commune is the median of the addresses of its structures', async () => {
  const at = (finess: string, x: string, y: string) =>
    aSite({ finess, addresses: [{ ...address, coordonneesGeographique: { ...address.coordonneesGeographique, coordonneeX: x, coordonneeY: y } }] })
  await importContent(db, 'finess', aFile([at('880000013', '6.59', '48.01'), at('880000021', '6.60', '48.02'), at('880000039', '6.70', '48.20')]))
  expect((await owner.query(`select latitude, longitude from territory.commune where code = '88383'`)).rows).toEqual([{ latitude: 48.02, longitude: 6.6 }])
})

const sample = new URL('../../../../../shared/data/reference/finess-plus/structures-extrait.json', import.meta.url)
test.skipIf(!existsSync(sample))('the sample of the reference data is imported whole (skipped where ../shared is absent)', async () => {
  expect((await importContent(db, 'finess', readFileSync(sample))).outcome).toMatchObject({ state: 'done', counts: { lines: 4, added: 4, rejected: 0 } })
  expect((await structures()).map((row) => [row.finess, row.latitude])).toEqual([
    ['010008894', 46.267633],
    ['010780195', 46.211257],
    ['080010085', null],
    ['130801541', 43.289659],
  ])
})
