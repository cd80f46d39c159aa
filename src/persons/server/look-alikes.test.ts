import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asActor, asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { nameKeys, nameWords, phoneticKey } from '../contract/names.ts'
import { anOutsideProfessional, aPerson, aSight } from '../testing/builders.ts'
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

describe('what is shown of those of a name', () => {
  const shownTo = (actor: Actor, birthName: string) => {
    const wanted = { words: [birthName], names: nameKeys([birthName]), birthDate: null, phone: null, matricule: null, everywhere: false }
    return asActor(db, { actor, clock: world.clock(), timeZone: 'Europe/Paris' }, (tx) => identify(tx, wanted, 40))
  }

  it('leaves out a file in intermediate archive, under whichever of her identities it was put away', async () => {
    const bearer = () => aPerson(db, { dac: world.dac.id, birthName: 'VAUBOURG', usedName: null })
    const [absorbed, kept, root, part, other] = [await bearer(), await bearer(), await bearer(), await bearer(), await bearer()]
    const shown = async () => (await shownTo(world.nadia, 'VAUBOURG')).map(({ person }) => person.personId).sort()
    expect(await shown()).toEqual([absorbed, kept, root, part, other].sort())
    await asSystem(db, 'two archives in a test', (tx) =>
      sql`insert into privacy.archived_file (person_id, archived_on, last_sign_on, rule_class, rule_version, holder_org)
        select p, '2026-10-02', '2021-10-01', 'person_file', 1, ${world.dac.id}::uuid from unnest(${[absorbed, root]}::uuid[]) p`.execute(tx),
    )
    expect(await shown()).toEqual([kept, part, other].sort())
    await owner.query('insert into persons.alias (person_id, into_person_id, starts_at) values ($1, $2, now()), ($3, $4, now())', [absorbed, kept, part, root])
    expect(await shown()).toEqual([other])
  })

  it('says the address of a woman who hides it to those who speak for her alone, and that of another to the whole circle', async () => {
    const circle = anOutsideProfessional()
    const [hiding, open] = [
      await aPerson(db, { dac: world.dac.id, birthName: 'XARONVAL', usedName: null, firstNames: ['ALICE'] }),
      await aPerson(db, { dac: world.dac.id, birthName: 'XARONVAL', usedName: null, firstNames: ['BERTHE'] }),
    ]
    for (const person of [hiding, open]) await aSight(db, person, circle.professionalId, { basis: 'care_team' })
    await asSystem(db, 'addresses in a test', async (tx) => {
      await sql`update persons.person set address = '3, impasse du Moulin' where person_id = any (${[hiding, open]}::uuid[])`.execute(tx)
      await sql`insert into persons.non_disclosure (id, person_id, kind, towards, since, holder_org)
        values (${newId()}, ${hiding}, 'hidden_address', 'Marc', '2026-10-01', ${world.dac.id})`.execute(tx)
    })
    const addresses = async (actor: Actor) => new Map((await shownTo(actor, 'XARONVAL')).map(({ person, address }) => [person.personId, address]))
    expect(await addresses(circle)).toEqual(
      new Map([
        [hiding, null],
        [open, '3, impasse du Moulin'],
      ]),
    )
    expect([...(await addresses(world.nadia)).values()]).toEqual(['3, impasse du Moulin', '3, impasse du Moulin'])
  })
})
