import { existsSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { aCommune } from '../../../territory/testing/builders.ts'
import { importContent } from '../../testing/import-content.ts'
import { pointOfFiness } from './projections.ts'

const { db, owner } = await testDatabase()
await aCommune(db, { code: '88383', name: 'Remiremont', postalCodes: ['88200'] })
const head = 'finess;etalab;111;2026-05-12'
const site = (finess = '880780077', name = 'SSIAD DES HAUTES VALLEES') =>
  `structureet;${finess};880000005;${name};${name};;;3;R;DES TILLEULS;;;383;88;VOSGES;88200 REMIREMONT;0353013371;;354;S.S.I.A.D;4605;Services;;;08;PCD;;;2001-01-15;2001-01-15;2026-04-04;`
const place = (finess = '880780077') => `geolocalisation;${finess};966000.2;6779000.1;1,ATLASANTE,96,BAN,EPSG:2154 RGF93 / Lambert-93 (Métropole);2026-05-04`
const lines = (...all: readonly string[]) => `${all.join('\n')}\n`
const bring = (content: string | Buffer) => importContent(db, 'finess', content, { fileName: 'etalab-cs1100507-stock-20260512-0339.csv' })
const structures = async () =>
  (await owner.query('select finess, name, kind, commune_code, phone, address, latitude, longitude, opened_on::text from directory.structure order by finess'))
    .rows
const rejected = async (importId: string) =>
  (await owner.query('select line, reason from directory.rejected_line where import_id = $1 order by line', [importId])).rows

beforeEach(async () => {
  await owner.query('truncate directory.structure, directory.source, directory.vanished, directory.rejected_line, directory.import, directory.entry cascade')
})

test('a site comes in from the former CSV with its commune, its telephone and its coordinates', async () => {
  const { outcome } = await bring(lines(head, site(), place()))
  expect(outcome).toMatchObject({ state: 'done', counts: { lines: 1, added: 1, rejected: 0 } })
  expect(await structures()).toEqual([
    {
      finess: '880780077',
      name: 'SSIAD DES HAUTES VALLEES',
      kind: 'ssiad',
      commune_code: '88383',
      phone: '0353013371',
      address: '3 R DES TILLEULS',
      latitude: expect.closeTo(48.02, 1),
      longitude: expect.closeTo(6.57, 1),
      opened_on: '2001-01-15',
    },
  ])
  expect((await owner.query(`select edition::text from directory.source where code = 'finess'`)).rows).toEqual([{ edition: '2026-05-12' }])
})

test('ISO-8859-1, doubled quotes and a missing last field are read', async () => {
  const line = site('880780077', '"LIEU DE VIE ""LES HÊTRES"""').slice(0, -1)
  await bring(Buffer.from(lines(head, line), 'latin1'))
  expect(await structures()).toMatchObject([{ name: 'LIEU DE VIE "LES HÊTRES"' }])
})

test('it never replaces a newer edition', async () => {
  await owner.query(
    `insert into directory.source (code, edition, imported_at, import_id, reading) values ('finess', '2026-10-14', now(), gen_random_uuid(), 2)`,
  )
  const { outcome } = await bring(lines(head, site()))
  expect(outcome).toMatchObject({ state: 'failed', code: 'import_older' })
  expect(await structures()).toEqual([])
})

describe('a damaged file', () => {
  const many = Array.from({ length: 300 }, (_, at) => site('880780077', `SITE ${at}`))
  test('cut in the middle of a line changes nothing, and says where', async () => {
    expect((await bring(`${head}\n${site()}\n${site('880780085').slice(0, 90)}`)).outcome).toMatchObject({
      state: 'failed',
      code: 'import_truncated',
      params: { line: 3 },
    })
    expect(await structures()).toEqual([])
  })
  test('with NUL bytes changes nothing', async () => {
    expect((await bring(lines(head, site(), 'structureet;\u0000\u0000'))).outcome).toMatchObject({
      state: 'failed',
      code: 'import_not_text',
      params: { line: 3 },
    })
  })
  test('with a line of ten megabytes changes nothing', async () => {
    expect((await bring(Buffer.from(lines(head, 'x'.repeat(10_000_000))))).outcome).toMatchObject({ state: 'failed', code: 'import_line_too_long' })
  })
  test('of other columns is refused when most lines are', async () => {
    const { outcome, importId } = await bring(lines(head, ...many.map((line) => line.split(';').slice(0, 12).join(';'))))
    expect(outcome).toMatchObject({ state: 'failed', code: 'import_too_many_rejected' })
    expect((await rejected(importId))[0]).toEqual({ line: 2, reason: '12 colonnes au lieu de 32' })
  })
  test('tells each line that it refuses, and brings the others in', async () => {
    const { outcome, importId } = await bring(lines(head, site(), site(), site('880780078'), 'autre;ligne', place('990000001')))
    expect(outcome).toMatchObject({ state: 'done', counts: { added: 1, rejected: 4 } })
    expect(await rejected(importId)).toEqual([
      { line: 3, reason: 'Numéro FINESS déjà lu dans ce fichier' },
      { line: 4, reason: 'Numéro FINESS invalide' },
      { line: 5, reason: 'Ligne d’une nature inconnue' },
      { line: 6, reason: 'Coordonnées d’un site absent du fichier' },
    ])
  })
  test('without any site is said empty', async () => {
    expect((await bring(lines(head))).outcome).toMatchObject({ state: 'failed', code: 'import_empty' })
  })
})

const samples = '../shared/data/reference/finess/'
test.skipIf(!existsSync(samples))('the published control points of every projection are found again within a metre', () => {
  const [, ...points] = readFileSync(`${samples}crs-control-points.csv`, 'utf8').trim().split('\n')
  expect(points.length).toBe(6)
  for (const line of points) {
    const [epsg = '', x, y, longitude, latitude] = line.split(',')
    const found = pointOfFiness(Number(x), Number(y), epsg)
    expect(Math.abs((found?.[0] ?? 0) - Number(latitude))).toBeLessThan(1e-5)
    expect(Math.abs((found?.[1] ?? 0) - Number(longitude))).toBeLessThan(1e-5)
  }
})
test.skipIf(!existsSync(samples))('the real extracts come in whole', async () => {
  for (const file of ['etalab-cs1100502-extrait-20260512.csv', 'etalab-cs1100507-extrait-20260512.csv']) {
    const { outcome } = await bring(readFileSync(samples + file))
    expect(outcome).toMatchObject({ state: 'done', counts: { rejected: 0 } })
  }
  expect((await structures()).map((row) => row.finess)).toContain('970100012')
})
