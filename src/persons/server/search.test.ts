import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId, type PersonId, type ServiceId } from '../../platform/contract/ids.ts'
import { asActor, asSystem, type Tx } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { addContact } from '../contract/actions.ts'
import { nameKeys } from '../contract/names.ts'
import { personCandidates, personHeader, recentPersons, searchPersons } from '../contract/queries.ts'
import { parsePersonQuery } from '../contract/query.ts'
import { aDacUser, aPerson, aSight } from '../testing/builders.ts'
import { aPersonWorld, type PersonWorld } from '../testing/person-world.ts'
import { identify, searchInSight } from './search.sql.ts'

const { db, owner } = await testDatabase()
let world: PersonWorld
let odile: PersonId
let gerard: PersonId
let gerald: PersonId
beforeAll(async () => {
  world = await aPersonWorld(db)
  odile = await aPerson(db, { dac: world.dac.id })
  gerard = await aPerson(db, { dac: world.dac.id, birthName: 'THIRIET', usedName: null, firstNames: ['GÉRARD', 'MARIE'], birthDay: '1938-11-04', sex: 'M' })
  gerald = await aPerson(db, { dac: world.otherDac.id, birthName: 'THIRIET', usedName: null, firstNames: ['GÉRALD'], birthDay: '1938-04-11', sex: 'M' })
  await world.as(world.nadia, addContact, { id: newId(), personId: gerard, kind: 'mobile', value: '06 39 98 14 52' })
  await asSystem(db, 'a matricule in a test', (tx) =>
    sql`update persons.person set ins_matricule = '138118846804517', ins_oid = '1.2.250.1.213.1.4.10', ins_retrieved_at = now(), identity_status = 'RECUP' where person_id = ${gerard}`.execute(
      tx,
    ),
  )
})

const found = async (text: string, actor = world.julie): Promise<string[]> => (await world.as(actor, searchPersons, { text })).rows.map((row) => row.personId)

describe('searching a person', () => {
  it.each([
    ['the names in any order', 'gerard thiriet'],
    ['without accents or with them', 'Thiriet Gérard'],
    ['the beginning of each', 'thir ger'],
    ['as it sounds', 'tyriet gérar'],
    ['with a letter missing', 'thiret gerard'],
    ['with two letters swapped', 'thirite gerard'],
    ['with a wrong letter', 'thiriez gerard'],
    ['with a civility', 'M. Thiriet'],
    ['the name and the birth day typed at once', 'thiriet 04111938'],
    ['the birth day in words', 'thiriet 4 novembre 1938'],
    ['the birth day alone', '04/11/1938'],
    ['the year of birth', 'thiriet 1938'],
    ['his telephone', '06 39 98 14 52'],
    ['his matricule', '1 38 11 88 468 045 17'],
    ['his second given name', 'thiriet marie'],
  ])('finds him by %s', async (_how, typed) => {
    expect(await found(typed)).toContain(gerard)
  })

  it('finds a woman under her used name and under her birth name', async () => {
    expect([await found('perrin odile'), await found('kempf'), await found('odile perrin')]).toEqual([[odile], [odile], [odile]])
  })

  it('says what it understood, and refuses a day that does not exist without losing the name', async () => {
    expect(await world.as(world.nadia, searchPersons, { text: 'thiriet 04111938' })).toMatchObject({ understood: ['04/11/1938 compris'] })
    const odd = await world.as(world.nadia, searchPersons, { text: 'thiriet 31/02/1938' })
    expect(odd.refused).toHaveLength(1)
    expect(odd.rows.map((row) => row.personId)).toContain(gerard)
  })

  it('a birth day that agrees comes before a name that agrees', async () => {
    const cousin = await aPerson(db, { dac: world.dac.id, birthName: 'THIRIET', usedName: null, firstNames: ['ANNE'], birthDay: '1971-02-03' })
    expect((await found('thiriet 03/02/1971'))[0]).toBe(cousin)
  })

  it('shows nobody whom one does not see: neither another DAC, nor a circle that the person closed', async () => {
    expect(await found('thiriet', world.elsewhere)).toEqual([gerald])
    expect(await found('thiriet gerard', world.doctor)).toEqual([])
    const source = await aSight(db, gerard, world.doctor.professionalId, { basis: 'care_team' })
    expect(await found('thiriet gerard', world.doctor)).toEqual([gerard])
    await asSystem(db, 'an opposition in a test', (tx) =>
      sql`update persons.sight set suspended_at = now(), suspensions = '{opposition}' where source_id = ${source}`.execute(tx),
    )
    expect(await found('thiriet gerard', world.doctor)).toEqual([])
  })

  it('a direction sees no file: the search is refused with the reason', async () => {
    await expect(found('thiriet', world.director)).rejects.toMatchObject({ kind: 'forbidden', details: { reason: expect.stringContaining('Pilotage') } })
  })

  it.each(['', 'x', '   ', '%', "'; drop", '(:*|&)'])('« %s » finds nobody and breaks nothing', async (typed) => {
    expect(await found(typed)).toEqual([])
  })

  it('the audit says who was shown, never what was typed', async () => {
    await found('thiriet gerard')
    const { rows } = await owner.query(`select person_ids, details::text as details from audit.inbox where name = 'persons.search' order by at desc limit 1`)
    expect(rows[0]).toMatchObject({ person_ids: expect.arrayContaining([gerard]) })
    expect(rows[0].details).not.toMatch(/thiriet/i)
  })
})

describe('look-alikes while an identity is typed', () => {
  it('show the same person in sight, and one of another DAC with partial traits and the DAC that accompanies her', async () => {
    const { rows } = await world.as(world.nadia, personCandidates, { text: 'thiriet gerard 04111938' })
    expect(rows[0]).toMatchObject({ inScope: true, level: 'same', person: { personId: gerard } })
    expect(rows.find((row) => !row.inScope)).toMatchObject({
      person: { personId: gerald, birthDay: '1938-04-11', identityStatus: 'PROV' },
      organisations: ['DAC Meurthe et Mortagne'],
      address: null,
      callerInstruction: null,
      reasons: expect.arrayContaining(['jour et mois inversés']),
    })
  })

  it('a name alone does not list the region', async () => {
    const { rows, everywhere } = await world.as(world.nadia, personCandidates, { text: 'thiriet' })
    expect(everywhere).toBe(false)
    expect(rows.every((row) => row.inScope)).toBe(true)
  })

  it('the same telephone is told, whatever the name', async () => {
    const { rows } = await world.as(world.nadia, personCandidates, { usedName: 'Thiry', phone: '+33 6 39 98 14 52' })
    expect(rows[0]).toMatchObject({ person: { personId: gerard }, reasons: expect.arrayContaining(['même téléphone']) })
  })

  it('the same matricule is the same person', async () => {
    const { rows } = await world.as(world.elsewhere, personCandidates, { usedName: 'Autre', matricule: '138118846804517' })
    expect(rows[0]).toMatchObject({ person: { personId: gerard }, inScope: false, level: 'same' })
  })

  it('leave out the person being edited', async () => {
    const { rows } = await world.as(world.nadia, personCandidates, { usedName: 'Thiriet', firstNames: 'Gérard', birthDate: '1938-11-04', except: gerard })
    expect(rows.map((row) => row.person.personId)).not.toContain(gerard)
  })

  it('are for the DAC only, and the audit says who was shown', async () => {
    await expect(world.as(world.doctor, personCandidates, { text: 'thiriet gerald 11/04/1938' })).rejects.toMatchObject({ kind: 'forbidden' })
    await world.as(world.nadia, personCandidates, { text: 'thiriet gerald 11/04/1938' })
    const { rows } = await owner.query(`select person_ids from audit.inbox where name = 'persons.candidates' and outcome = 'done' order by at desc limit 1`)
    expect(rows[0].person_ids).toContain(gerald)
  })
})

describe('files opened recently', () => {
  it('are mine, the last first, and only those that I still see', async () => {
    const mine = await aPerson(db, { dac: world.dac.id, birthName: 'PIERRAT', usedName: null })
    const source = newId()
    const lost = await aPerson(db, { dac: world.dac.id, birthName: 'GRANDJEAN', usedName: null, episodeId: source })
    for (const personId of [mine, lost, mine]) await world.as(world.nadia, personHeader, { personId })
    await asSystem(db, 'the end of a sight', (tx) => sql`update persons.sight set ends_at = starts_at where source_id = ${source}`.execute(tx))
    expect((await world.as(world.nadia, recentPersons, {})).rows.map((row) => row.personId)).toEqual([mine])
    expect((await world.as(world.elsewhere, recentPersons, {})).rows).toEqual([])
  })
})

describe('look-alikes by names alone', () => {
  it('finds the one whom the service follows now behind three hundred of her name whom it followed, or follows without the administrative volet', async () => {
    const dac = newId<ServiceId>()
    const model = await aPerson(db, { dac: null, birthName: 'ARNOULD', usedName: null, firstNames: ['CÉLESTINE'] })
    await owner.query(
      `with planted as (insert into persons.person select (jsonb_populate_record(p, jsonb_build_object('person_id', gen_random_uuid()))).*
          from persons.person p, generate_series(1, 300) where p.person_id = $1 returning person_id)
        insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at, ends_at)
        select gen_random_uuid(), person_id, $2, 'dac_in_charge', case when n % 2 = 0 then '{administrative}'::text[] else '{social}' end, 'Accompagnement', gen_random_uuid(), '2026-01-01',
          case when n % 2 = 0 then '2026-03-01'::timestamptz end from (select person_id, row_number() over () as n from planted) p`,
      [model, dac],
    )
    const followed = await aPerson(db, { dac, birthName: 'ARNOULD', usedName: null, firstNames: ['CÉLESTINE'] })
    const wanted = {
      words: ['ARNOULD', 'CELESTINE'],
      names: nameKeys(['ARNOULD', 'CÉLESTINE']),
      birthDate: null,
      phone: null,
      matricule: null,
      everywhere: false,
    }
    const alike = await asActor(db, { actor: aDacUser(dac), clock: world.clock(), timeZone: 'Europe/Paris' }, (tx) => identify(tx, wanted, 8))
    expect(alike.map(({ person }) => person.personId)).toEqual([followed])
  })
})

describe('at volume', () => {
  const most = 20
  beforeAll(async () => {
    const key = nameKeys(['MARTIN', 'JEANNE'])
    await asSystem(db, 'twenty thousand persons, one in five ours', async (tx) => {
      await sql`insert into persons.person (person_id, birth_name, birth_given_names, birth_date, search_key, sound_key, identity_status, holder_org)
        select gen_random_uuid(), case when n % 97 = 0 then 'MARTIN' else 'N' end, '{JEANNE}', date '1930-01-01' + (n % 25000),
          case when n % 97 = 0 then ${key.searchKey} else upper(substr(translate(md5(n::text), '0123456789', 'ghijklmnop'), 1, 8)) || ' JEANNE' end,
          case when n % 97 = 0 then ${key.soundKey} else upper(substr(translate(md5(n::text), '0123456789', 'ghijklmnop'), 1, 5)) end,
          'PROV', case when n % 5 = 0 then ${world.dac.id}::uuid else ${world.otherDac.id}::uuid end
        from generate_series(1, 20000) n`.execute(tx)
      await sql`insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at)
        select gen_random_uuid(), p.person_id, p.holder_org, 'dac_in_charge', '{administrative,social,health}', 'volume', gen_random_uuid(), '2026-01-01' from persons.person p
        where not exists (select from persons.sight s where s.person_id = p.person_id)`.execute(tx)
      await sql`insert into persons.contact_point (id, person_id, kind, value, holder_org)
        select gen_random_uuid(), p.person_id, 'mobile', '+3363998' || lpad((row_number() over ())::text, 5, '0'), p.holder_org from persons.person p`.execute(
        tx,
      )
    })
    await owner.query('analyze persons.person, persons.sight, persons.contact_point')
  })

  /** How many times the transaction read a whole table, as PostgreSQL counts it. */
  const sequentialScans = (work: (tx: Tx) => Promise<unknown>): Promise<number> =>
    asActor(db, { actor: world.julie, clock: world.clock(), timeZone: 'Europe/Paris' }, async (tx) => {
      await work(tx)
      const { rows } = await sql<{
        n: number
      }>`select sum(pg_stat_get_xact_numscans(t::regclass))::int as n from unnest('{persons.person,persons.sight,persons.contact_point}'::text[]) t`.execute(tx)
      return rows[0]?.n ?? -1
    })

  it.each(['martin', 'martin jeanne', 'mar', 'ma je', 'jeanne', 'mrtin', 'martin 04/11/1938', '04/11/1938', '06 39 98 14 52', '1 38 11 88 468 045 17'])(
    '« %s » is found without reading all the persons',
    async (typed) => {
      expect(await sequentialScans((tx) => searchInSight(tx, parsePersonQuery(typed), most))).toBe(0)
    },
  )

  it('look-alikes are found without reading all the persons', async () => {
    const wanted = {
      words: ['MARTIN', 'JEANNE'],
      names: nameKeys(['MARTIN', 'JEANNE']),
      birthDate: '1938-11-04',
      phone: '+33639981452',
      matricule: '1381188468045',
      everywhere: true,
    }
    expect(await sequentialScans((tx) => identify(tx, wanted, most))).toBe(0)
  })

  it('counting whole reads would notice one', async () => {
    expect(await sequentialScans((tx) => sql`select count(*) from persons.person where search_key like '%ARTI%'`.execute(tx))).toBeGreaterThan(0)
  })
})
