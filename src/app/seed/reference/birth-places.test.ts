import { describe, expect, it } from 'vitest'
import { asSystem } from '../../../platform/server/db.ts'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { loadedBirthPlaces, replaceBirthPlaces, searchBirthPlaces } from '../../../territory/server/birth-places.sql.ts'
import { assertBirthPlace, birthPlaceOn, importCog } from '../../../territory/server/birth-places.ts'
import { CogFault, readCog } from '../../../territory/server/read-cog.ts'
import { readBirthPlaces } from './birth-places.ts'

const { db } = await testDatabase()
const { edition, periods } = await readBirthPlaces()
await asSystem(db, 'the birthplaces that come with Jalon', (tx) => replaceBirthPlaces(tx, periods, edition, false))
const on = (code: string, day: string | null) => asSystem(db, 'a birthplace', (tx) => birthPlaceOn(tx, code, day))
const search = async (text: string, day: string | null, limit = 4) =>
  (await asSystem(db, 'search of birthplaces', (tx) => searchBirthPlaces(tx, text, day, limit))).map((one) => `${one.code} ${one.name}`)

describe('the birthplace by its code on the day of birth', () => {
  it.each([
    ['2A004', '1950-06-01', false, ['20004 Ajaccio']],
    ['20004', '1950-06-01', true, []],
    ['20004', '1980-06-01', false, ['2A004 Ajaccio']],
    ['91228', '1950-06-01', false, ['78228 Évry-Petit-Bourg']],
    ['91228', '1990-06-01', true, []],
    ['88408', '1941-03-12', true, []],
    ['75112', '1941-03-12', true, []],
    ['75056', '1941-03-12', true, []],
    ['97601', '1985-01-01', true, []],
    ['99352', '1935-01-01', true, []],
    ['99123', '1950-01-01', true, []],
    ['99115', '1960-01-01', true, []],
    ['99115', '1994-01-01', false, []],
  ])('%s on %s: %s', async (code, day, valid, proposals) => {
    const found = await on(code, day)
    expect(found?.valid).toBe(valid)
    expect(found?.proposals.map((one) => `${one.code} ${one.name}`).slice(0, 1)).toEqual(proposals)
  })

  it('a country has the name of that day', async () => {
    expect((await on('99123', '1950-01-01'))?.name).toBe('URSS')
    expect((await on('99123', '2000-01-01'))?.name).toBe('Russie')
  })

  it('a code that never was, or did not hold, is refused on its field with what may be meant', async () => {
    const refused = (code: string) =>
      asSystem(db, 'a birthplace', (tx) => assertBirthPlace(tx, code, '1950-06-01', 'birthPlaceCode')).catch(
        (error: { details: { fields: object } }) => error.details.fields,
      )
    expect(await refused('88999')).toEqual({ birthPlaceCode: 'Ce lieu de naissance est inconnu. Votre saisie est gardée.' })
    expect(await refused('2A004')).toEqual({
      birthPlaceCode: 'Ajaccio\u00a0: ce code n’existait pas le 01/06/1950. Ce jour-là\u00a0: Ajaccio (20004). Votre saisie est gardée.',
    })
  })

  it('is found by its name of then, its name of now, its code, and what did not exist is not proposed', async () => {
    expect((await search('ajaccio', '1950-06-01'))[0]).toBe('20004 Ajaccio')
    expect((await search('ajaccio', '1990-06-01'))[0]).toBe('2A004 Ajaccio')
    expect(await search('evry petit', '1950-06-01')).toEqual(['78228 Évry-Petit-Bourg'])
    expect((await search('chalons sur marne', '1950-01-01'))[0]).toBe('51108 Châlons-sur-Marne')
    expect((await search('chalons sur marne', '2010-01-01'))[0], 'an old name gives the name of that day').toBe('51108 Châlons-en-Champagne')
    expect((await search('algerie', '1935-01-01'))[0]).toBe('99352 Algérie')
    expect((await search('tchecoslo', '1960-01-01'))[0]).toBe('99115 Tchécoslovaquie')
    expect(await search('tchecoslo', '1999-01-01')).toEqual([])
    expect(await search('88383', null)).toEqual(['88383 Remiremont'])
    expect((await search('st etienne les rem', null))[0]).toContain('Saint-Étienne-lès-Remiremont')
  })
})

describe('a newer official code, imported from the files of INSEE', () => {
  const communes = (lines: number): string =>
    [
      '"COM","TNCC","NCC","NCCENR","LIBELLE","DATE_DEBUT","DATE_FIN"',
      ...Array.from({ length: lines }, (_, n) => `"${String(10_000 + n)}","1","N","N","Lieu, n° ${n}","1943-01-01",""`),
    ].join('\r\n')
  const countries = (lines: number): string =>
    [
      'COG,CRPAY,LIBCOG,LIBENR,DATE_DEBUT,DATE_FIN',
      ...Array.from({ length: lines }, (_, n) => `99${String(100 + n)},,Pays ${n},"Pays ""${n}""",1943-01-01,2001-01-01`),
    ].join('\n')

  it('replaces everything or nothing, and is not replaced by the shipped one at the next start', async () => {
    expect(await importCog(db, [communes(300), countries(10)], 'COG 2027')).toMatchObject({ ok: false, fault: expect.stringContaining('tronqué') })
    expect(await importCog(db, [communes(300), communes(300)], 'COG 2027')).toMatchObject({ ok: false, fault: expect.stringContaining('les deux fichiers') })
    expect(await importCog(db, [communes(300).replace('"10007"', '"1OOO7"'), countries(250)], 'COG 2027')).toEqual({
      ok: false,
      fault: 'Ligne 9 illisible : rien n’est changé.',
    })
    expect((await on('88408', null))?.name).toBe('Rupt-sur-Moselle')
    expect(await importCog(db, [countries(250), communes(300)], 'COG 2027')).toEqual({ ok: true, communes: 300, countries: 250 })
    expect((await on('10007', '1950-01-01'))?.name).toBe('Lieu, n° 7')
    expect(await on('88408', null)).toBeNull()
    expect(await asSystem(db, 'what is loaded', loadedBirthPlaces)).toEqual({ edition: 'COG 2027', imported: true })
    expect(() => readCog('a,b\n1,2')).toThrow(CogFault)
  })
})
