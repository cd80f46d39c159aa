import { beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { aCommune } from '../../../territory/testing/builders.ts'
import { importContent } from '../../testing/import-content.ts'
import { anRpps, anRppsFile, anRppsLine } from '../../testing/rpps-file.ts'

/** One establishment that two sources tell of is one card; one professional, whatever number of lines tells of her, is one card too. */
const { db, owner } = await testDatabase()
await aCommune(db, { code: '88383', name: 'Remiremont', postalCodes: ['88200'] })
await aCommune(db, { code: '88408', name: 'Rupt-sur-Moselle', postalCodes: ['88360'] })

const siret = '26880001200018'
const site = (finess: string, more: Readonly<Record<string, unknown>> = {}, state = 'A') => ({
  informationsGeneralesEGE: {
    egeId: finess,
    nomEgeCourt: `SSIAD ${finess}`,
    nomEgeLong: `SSIAD ${finess}`,
    numFinessEge: finess,
    siret,
    dateOuverture: '2001-01-15',
    dateFermeture: null,
    ...more,
  },
  categorieentiteGeographiqueExercice: '354',
  adresse: [{ usageAdresse: '03', ligneQuatre: '3 RUE DES TILLEULS', cogCommune: '88383', codePostal: '88200', ligneAcheminement: 'REMIREMONT' }],
  contact: [],
  etatObjet: state,
  dateDerniereMaj: '2026-09-04 23:42:46',
})
const finess = (...sites: readonly unknown[]) =>
  importContent(
    db,
    'finess',
    JSON.stringify({
      schemaVersion: 'v1.0.0',
      generatedAt: '2026-10-14T00:00:00Z',
      gcc: [],
      pmej: [{ informationsGeneralesPMEJ: { pmSmsseId: '2', numFinessPm: '880000005', denominationPm: 'ADMR DES VOSGES' }, ege: sites }],
    }),
    { allowShrink: true },
  )
const social = (id: string, more: Readonly<Record<string, unknown>> = {}) => ({
  source: 'dora',
  id: `dora--${id}`,
  nom: 'Maison des aidants',
  date_maj: '2026-08-14',
  siret,
  code_insee: '88383',
  code_postal: '88200',
  commune: 'Remiremont',
  ...more,
})
const dora = (...structures: readonly unknown[]) => importContent(db, 'social_structures', JSON.stringify(structures))
const listed = async () => (await owner.query(`select label from directory.entry where kind = 'structure' order by label`)).rows.map((row) => row.label)

beforeEach(async () => {
  await owner.query(`truncate directory.service, directory.outside_structure, directory.structure, directory.entry, directory.source, directory.rejected_line, directory.import,
    directory.vanished, directory.practice, directory.professional cascade`)
})

test('a structure that data·inclusion told first is listed once as soon as FINESS has it, and again by its own name once FINESS loses it', async () => {
  await dora(social('1'))
  expect(await listed()).toEqual(['Maison des aidants'])
  await finess(site('880780077'), site('880780085', { siret: '26880001200034' }))
  expect(await listed()).toEqual(['SSIAD 880780077', 'SSIAD 880780085'])
  await finess(site('880780085', { siret: '26880001200034' }))
  expect(await listed()).toEqual(['Maison des aidants', 'SSIAD 880780085'])
})

test('a SIRET that FINESS corrects frees the structure that it hid, and hides the one whose it is', async () => {
  await dora(social('1'), social('2', { nom: 'Plateforme de répit', siret: '26880001200034' }))
  await finess(site('880780077'))
  expect(await listed()).toEqual(['Plateforme de répit', 'SSIAD 880780077'])
  await finess(site('880780077', { siret: '26880001200034' }))
  expect(await listed()).toEqual(['Maison des aidants', 'SSIAD 880780077'])
})

test('where two sites of FINESS bear one SIRET both are listed, and the structure shows only when the last of them closes', async () => {
  await dora(social('1'))
  const gone = { dateFermeture: '2026-09-30' }
  await finess(site('880780077'), site('880780085'))
  expect(await listed()).toEqual(['SSIAD 880780077', 'SSIAD 880780085'])
  await finess(site('880780077', gone, 'F'), site('880780085'))
  expect(await listed()).toEqual(['SSIAD 880780085'])
  await finess(site('880780077', gone, 'F'), site('880780085', gone, 'F'))
  expect(await listed()).toEqual(['Maison des aidants'])
})

test('two structures of data·inclusion with the SIRET of one site both give way to it', async () => {
  await dora(social('1'), social('2', { nom: 'Accueil de jour' }))
  await finess(site('880780077'))
  expect(await listed()).toEqual(['SSIAD 880780077'])
})

test('a line that stands twice in the extract of the RPPS makes one practice; two persons of one name, at one place, are two cards', async () => {
  const line = anRppsLine(anRpps(1))
  const { outcome } = await importContent(db, 'rpps', anRppsFile([line, line, anRppsLine(anRpps(2))]))
  expect(outcome).toMatchObject({ state: 'done', counts: { added: 2 } })
  expect((await owner.query('select rpps from directory.entry order by rpps')).rows.map((row) => row.rpps)).toEqual([anRpps(1), anRpps(2)].sort())
  expect((await owner.query('select count(*)::int as n from directory.practice')).rows).toEqual([{ n: 2 }])
  const again = await importContent(db, 'rpps', anRppsFile([line, anRppsLine(anRpps(2)), line]))
  expect(again.outcome).toMatchObject({ state: 'done', counts: { added: 0, changed: 0, removed: 0 } })
})

test('a place that the Annuaire told first, and the extract tells then, stands once on her card', async () => {
  await importContent(db, 'rpps', anRppsFile([anRppsLine(anRpps(1)), anRppsLine(anRpps(2))]))
  await owner.query(
    `insert into directory.practice (line_hash, party_id, profession, status, mode, site_name, postal_code, commune_code, city)
     select 42, party_id, '10', 'C', 'S', 'CH DE REMIREMONT', '88200', '88383', 'Remiremont' from directory.professional where rpps = $1`,
    [anRpps(1)],
  )
  const hospital = anRppsLine(anRpps(1), { 'Code mode exercice': 'S', 'Libellé mode exercice': 'Salarié', 'Raison sociale site': 'CH DE REMIREMONT' })
  await importContent(db, 'rpps', anRppsFile([anRppsLine(anRpps(1)), hospital, anRppsLine(anRpps(2))]))
  expect(
    (
      await owner.query(
        `select site_name from directory.practice where party_id = (select party_id from directory.professional where rpps = $1) order by site_name`,
        [anRpps(1)],
      )
    ).rows.map((row) => row.site_name),
  ).toEqual(['CABINET DU DR FRITSCH', 'CH DE REMIREMONT'])
})
