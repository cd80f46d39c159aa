import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../platform/contract/actor.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { asActor, asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { nameKeys, nameWords, phoneticKey } from '../contract/names.ts'
import { aPerson } from '../testing/builders.ts'
import { aPersonWorld, type PersonWorld } from '../testing/person-world.ts'
import { countNames, readFileFacts } from './file-facts.sql.ts'
import { identify } from './search.sql.ts'

const { db, owner } = await testDatabase()
let world: PersonWorld
/** Of our DAC and of the other: Zéphyrin Martin Dupont, Jean Martin, Marinette Kwiatkowski, and her namesake whom the other follows. */
let zephyrin: PersonId
let jean: PersonId
let marinette: PersonId
let namesake: PersonId
/** Names whose first word is a particle: no sound of it is kept. */
const withParticle = ['Ould Ahmed', 'Della Rocca', 'Saint Dizier', 'Sainte Odile', 'Vander Meersch']

/** Four hundred of the same names, none born in March nor on a 12. */
beforeAll(async () => {
  world = await aPersonWorld(db)
  const model = await aPerson(db, { dac: world.dac.id, birthName: 'MARTIN', usedName: 'DUPONT', firstNames: ['MARIE'], birthDay: '1940-05-20' })
  await owner.query(
    `insert into persons.person select (jsonb_populate_record(p, jsonb_build_object('person_id', gen_random_uuid(), 'birth_date', date '1940-05-20' + 366 * (n % 40)))).*
       from persons.person p, generate_series(1, 400) n where p.person_id = $1`,
    [model],
  )
  zephyrin = await aPerson(db, { dac: world.otherDac.id, birthName: 'MARTIN', usedName: 'DUPONT', firstNames: ['ZÉPHYRIN'], birthDay: '1931-03-12' })
  jean = await aPerson(db, { dac: world.otherDac.id, birthName: 'MARTIN', usedName: null, firstNames: ['JEAN'], birthDay: '1931-03-12' })
  marinette = await aPerson(db, { dac: world.dac.id, birthName: 'KWIATKOWSKI', usedName: null, firstNames: ['MARINETTE'], birthDay: '1950-01-01' })
  namesake = await aPerson(db, { dac: world.otherDac.id, birthName: 'KWIATKOWSKI', usedName: null, firstNames: ['MARIELLE'], birthDay: '1950-01-01' })
  await aPerson(db, { dac: world.dac.id, birthName: 'KWIATKOWSKI', usedName: null, firstNames: ['PAUL'], birthDay: '1950-01-01' })
  for (const birthName of withParticle) await aPerson(db, { dac: world.dac.id, birthName, usedName: null, firstNames: ['Renée'] })
  await asSystem(db, 'names of the file are counted', countNames)
})

const broughtFor = (names: readonly string[], birthDate: string | null): Promise<readonly PersonId[]> => {
  const keys = nameKeys(names)
  return asSystem(db, 'look-alikes in a test', async (tx) =>
    (
      await sql<{
        id: PersonId
      }>`select person_id as id from persons.look_alikes(${keys.searchKey}, ${keys.soundKey}, ${birthDate}::date, '{}', null, null, 40)`.execute(tx)
    ).rows.map(({ id }) => id),
  )
}

describe('look-alikes in a file whose names are counted', () => {
  it('keeps how many bear a sound, ten at least, and gives none of it to whoever weighs names', async () => {
    const { rows } = await owner.query(`select name from persons.name_share where kind = 'sound' order by name`)
    expect(rows.map(({ name }) => name)).toEqual([...new Set(nameKeys(['MARTIN', 'DUPONT', 'MARIE']).soundKey.split(' '))].sort())
    const { shares } = await asSystem(db, 'shares in a test', readFileFacts)
    expect(shares.family('MARTI')).toBe(shares.family('NOBODY'))
  })

  it('meets a rare name by its sound, the day and the month of another year, behind two frequent ones', async () => {
    expect(await broughtFor(['Martin', 'Dupont', 'Zéfirin'], '1961-03-12')).toContain(zephyrin)
  })

  it('meets a frequent name with its given name in the same year, or on a day that is partly the same, and not by itself', async () => {
    expect(await broughtFor(['Martin', 'Jean'], '1931-09-25')).toContain(jean)
    expect(await broughtFor(['Martin', 'Zoé'], '1931-03-25')).toContain(jean)
    expect(await broughtFor(['Martin', 'Dupont', 'Zoé', 'Ursule'], '1964-03-12')).not.toContain(jean)
  })

  it('meets a rare name without a day together with any other sound, and puts it before the frequent ones', async () => {
    expect((await broughtFor(['Martin', 'Zéphyrin'], null))[0]).toBe(zephyrin)
  })
})

describe('names alone, in a file whose names are counted', () => {
  const seenBy = (actor: Actor, line: string): Promise<readonly PersonId[]> => {
    const words = nameWords(line)
    const wanted = { words, names: nameKeys(words), birthDate: null, phone: null, matricule: null, everywhere: false }
    return asActor(db, { actor, clock: world.clock(), timeZone: 'Europe/Paris' }, async (tx) =>
      (await identify(tx, wanted, 40)).map(({ person }) => person.personId),
    )
  }

  it('a rare name with the beginning of a frequent one shows whom one sees, and nobody outside the perimeter', async () => {
    expect(await seenBy(world.nadia, 'Kwiatkowski mari')).toEqual([marinette])
    expect(await seenBy(world.elsewhere, 'Kwiatkowski mari')).toEqual([namesake])
  })

  it.each(withParticle)('« %s » is found by all its words, particle included', async (name) => {
    expect(nameKeys([name]).soundKey.split(' ')).not.toContain(phoneticKey(nameWords(name)[0] ?? ''))
    expect(await seenBy(world.nadia, `${name} Renée`)).toHaveLength(1)
  })
})
