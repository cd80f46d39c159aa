import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { episodesValueSets } from '../src/episodes/contract/value-sets.ts'
import { anEpisode } from '../src/episodes/testing/builders.ts'
import { intakeValueSets } from '../src/intake/contract/value-sets.ts'
import { aRequest, withIntakeLists } from '../src/intake/testing/builders.ts'
import { aPerson } from '../src/persons/testing/builders.ts'
import type { Actor } from '../src/platform/contract/actor.ts'
import { newId } from '../src/platform/contract/ids.ts'
import { asSystem } from '../src/platform/server/db.ts'
import { registryOf } from '../src/platform/server/implement.ts'
import { call, testClock, testGate } from '../src/platform/testing/gate.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'
import { saveFunding, savePost } from '../src/steering/contract/actions.ts'
import { accompanimentLines, doctorLines, eightIndicators, type Figures, sollicitationLines } from '../src/steering/contract/queries.ts'
import { steeringValueSets } from '../src/steering/contract/value-sets.ts'
import { steeringHandlers } from '../src/steering/server/handlers.ts'
import { loadValueSets } from '../src/territory/server/reference.sql.ts'
import { anActor, aPerimeter, aService, type BuiltService } from '../src/territory/testing/builders.ts'

const { db } = await testDatabase()
const clock = testClock('2026-03-02T09:00:00Z')
const gate = testGate(db, clock)
const registry = registryOf(steeringHandlers)

let dac: BuiltService
let other: BuiltService
let desk: Actor
let director: Actor
let region: Actor
const commune = '88351'
const scope = () => ({ serviceId: dac.id, from: '2026-01-01', to: '2026-12-31' })

const aDoctor = async (name: string, communeCode: string, mode: 'L' | 'S' | null = 'L'): Promise<string> => {
  const party = newId()
  await asSystem(db, 'plant a generalist', async (tx) => {
    await sql`insert into directory.entry (party_id, kind, facet, label, detail, category, sort_key, words, commune_code)
      values (${party}, 'professional', 'gp', ${name}, 'Médecin généraliste', 'health', ${name.toLowerCase()}, to_tsvector('simple', ${name}), ${communeCode})`.execute(
      tx,
    )
    await sql`insert into directory.practice (line_hash, party_id, profession, skill, mode, sector, commune_code) values (${Math.floor(Math.random() * 1e15)}, ${party}, '10', 'SM54', ${mode}, 'SA05', ${communeCode})`.execute(
      tx,
    )
  })
  return party
}

beforeAll(async () => {
  await withIntakeLists(db)
  await asSystem(db, 'lists for the figures', (tx) => loadValueSets(tx, [...intakeValueSets, ...episodesValueSets, ...steeringValueSets]))
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  other = await aService(db, { name: 'DAC Meurthe et Mortagne' })
  await aPerimeter(db, dac, [commune])
  await aPerimeter(db, other, ['54039'])
  desk = await anActor(db, { service: dac, functions: ['front_desk', 'referent'] })
  director = await anActor(db, { service: dac, functions: ['director'] })
  region = await anActor(db, { functions: ['governance_member'], service: await aService(db, { kind: 'ars', name: 'ARS' }) })
  const humbert = await aDoctor('Dr Paul Humbert', commune)
  await aDoctor('Dr Anne Fritsch', commune)
  await aDoctor('Dr Ailleurs', '54039')
  await aDoctor('Dr Claire Salmon', commune, 'S')
  // The national file does not say how she practises.
  await aDoctor('Dr Zoé Tisserand', commune, null)

  for (let n = 0; n < 6; n += 1) {
    await aRequest(gate, desk, {
      requesterKind: 'hospital_acute',
      requesterName: 'CH des Hautes-Vallées',
      communeCode: commune,
      concerned: { kind: 'unnamed' },
    })
    clock.advance(86_400_000)
  }
  await aRequest(gate, desk, {
    requesterKind: 'gp_treating',
    requesterName: 'Dr Paul Humbert',
    requesterPartyId: humbert as never,
    communeCode: commune,
    answers: [{ code: 'B1', text: 'Trois cabinets indiqués.' }],
    close: true,
  })
  await aRequest(gate, desk, { requesterKind: 'gp_treating', requesterName: 'Dr Paul Humbert', requesterPartyId: humbert as never, communeCode: commune })
  await aRequest(gate, await anActor(db, { service: other, functions: ['front_desk', 'referent'] }), { communeCode: '54039' })

  for (const [birthDay, state, closed] of [
    ['1941-03-12', 'open', null],
    ['2015-05-05', 'open', null],
    ['1990-01-01', 'dormant', null],
    ['1950-12-31', 'open', '2025-06-30'],
  ] as const) {
    const personId = await aPerson(db, { dac: dac.id, birthDay, communeCode: commune })
    const id = await anEpisode(db, {
      personId,
      dac: dac.id,
      referentId: desk.userId,
      state,
      openedOn: '2025-01-10',
      ...(state === 'dormant' ? { wakeUpOn: '2027-01-01' } : {}),
    })
    await asSystem(db, 'make the episode asleep or closed', (tx) =>
      sql`update episodes.episode set dormant_since = ${state === 'dormant' ? '2025-11-01' : null}::date, closed_on = ${closed}::date, state = ${closed ? 'closed' : state} where id = ${id}`.execute(
        tx,
      ),
    )
    if (closed !== null)
      await asSystem(db, 'end its level', (tx) => sql`update episodes.level_period set ends_on = ${closed}::date where episode_id = ${id}`.execute(tx))
    await asSystem(db, 'say her problem', (tx) =>
      sql`insert into episodes.problem (id, episode_id, person_id, axis, code, principal, starts_on, volet, holder_org)
      values (${newId()}, ${id}, ${personId}, 'population', 'geriatrics', true, '2025-01-10', 'health', ${dac.id})`.execute(tx),
    )
  }
})

const read = (actor: Actor = director, over: Partial<ReturnType<typeof scope>> = {}): Promise<Figures> =>
  call(gate, registry, eightIndicators, actor, { ...scope(), ...over })

describe('the eight indicators of a DAC', () => {
  it('count sollicitations, their requesters and their answers, of this DAC only', async () => {
    const figures = await read()
    expect(figures.sollicitations.count).toBe(8)
    expect(figures.requesters.groups.map((g) => [g.label, g.count])).toEqual([
      ['Établissements de santé', 6],
      ['Médecins et soignants libéraux', 2],
    ])
    expect(figures.answers).toMatchObject({ answered: 1, principal: [{ label: 'Information et conseil', count: 1 }] })
    expect(figures.sollicitations.months.find((m) => m.month === '2026-03')?.count).toBe(8)
  })

  it('count persons with an active day, by age at 31/12; those asleep all along are told apart, those closed before are not counted', async () => {
    const { ages, problems } = await read()
    expect(ages).toMatchObject({ persons: 2, dormantOnly: 1, previous: 4 })
    expect(ages.bands.map((b) => [b.code, b.count])).toEqual([
      ['minor', 1],
      ['adult', 0],
      ['senior', 0],
      ['elder', 1],
    ])
    expect(problems.principal).toMatchObject([{ label: 'Gériatrie', count: 2, previous: 4 }])
  })

  it('of a past year stay as they were, when somebody is reopened, woken or closed since', async () => {
    const [long, kept] = [
      { from: '2024-01-01', to: '2024-12-31' },
      { from: '2023-01-01', to: '2023-12-31' },
    ]
    const before = { long: (await read(director, long)).ages, kept: (await read(director, kept)).ages, now: (await read()).ages }
    const anEpisodeOf = async (openedOn: string): Promise<{ id: string; personId: string }> => {
      const personId = await aPerson(db, { dac: dac.id, birthDay: '1944-04-04', communeCode: commune })
      return { id: await anEpisode(db, { personId, dac: dac.id, referentId: desk.userId, openedOn }), personId }
    }
    const write = (statement: ReturnType<typeof sql>): Promise<unknown> => asSystem(db, 'let the time pass', (tx) => statement.execute(tx))
    // Opened in 2022, closed in June 2023, reopened today: not accompanied in 2024.
    const reopened = await anEpisodeOf('2022-03-01')
    await write(sql`update episodes.level_period set ends_on = '2023-06-15' where episode_id = ${reopened.id}`)
    await write(sql`insert into episodes.level_period (id, episode_id, person_id, holder_org, level, starts_on)
      values (${newId()}, ${reopened.id}, ${reopened.personId}, ${dac.id}, 'brief', '2026-03-02')`)
    // Asleep from 2023 until she is woken today; and another asleep in 2023, closed today without waking.
    for (const state of ['open', 'closed']) {
      const { id } = await anEpisodeOf('2023-02-01')
      await write(
        sql`update episodes.episode set state = 'dormant', dormant_since = '2023-05-01', wake_up_on = '2026-04-01', dormancy_reason = 'stable' where id = ${id}`,
      )
      const asleep = await read(director, long)
      await write(sql`update episodes.episode set state = ${state}, dormant_since = null, wake_up_on = null, dormancy_reason = null,
        closed_on = case when ${state} = 'closed' then '2026-03-02'::date end, closure_reason = case when ${state} = 'closed' then 'stabilised' end where id = ${id}`)
      if (state === 'closed') await write(sql`update episodes.level_period set ends_on = '2026-03-02' where episode_id = ${id}`)
      expect((await read(director, long)).ages).toEqual(asleep.ages)
    }
    expect((await read(director, long)).ages).toMatchObject({ persons: before.long.persons, dormantOnly: (before.long.dormantOnly ?? 0) + 2 })
    expect((await read(director, kept)).ages).toMatchObject({ persons: (before.kept.persons ?? 0) + 3, dormantOnly: before.kept.dormantOnly })
    // This year: the reopened one and the woken one; the other never woke.
    expect((await read()).ages).toMatchObject({ persons: (before.now.persons ?? 0) + 2, dormantOnly: (before.now.dormantOnly ?? 0) + 1 })
    const { total } = await call(gate, registry, accompanimentLines, director, { ...scope(), ...long })
    expect(total).toBe(before.long.persons)
    for (const each of ['2022-03-01', '2023-02-01'])
      await write(sql`update episodes.level_period set starts_on = '2010-01-01', ends_on = '2010-01-02' where holder_org = ${dac.id} and starts_on = ${each}`)
    await write(sql`update episodes.level_period set starts_on = '2010-01-01', ends_on = '2010-01-02' where episode_id = ${reopened.id}`)
  })

  it('say the difficulties and the population of the period, not those of another year', async () => {
    const personId = await aPerson(db, { dac: dac.id, birthDay: '1960-06-06', communeCode: commune })
    const id = await anEpisode(db, { personId, dac: dac.id, referentId: desk.userId, openedOn: '2020-01-10' })
    await asSystem(db, 'say her problems over the years', async (tx) => {
      for (const [axis, code, principal, from, until] of [
        ['difficulty', 'falls', false, '2020-02-01', '2021-03-01'],
        ['difficulty', 'isolation', false, '2021-05-01', '2021-05-01'],
        ['difficulty', 'caregiver', false, '2022-02-01', null],
        ['population', 'palliative', true, '2020-01-10', '2022-04-01'],
        ['population', 'mental_health', true, '2022-04-01', null],
      ] as const)
        await sql`insert into episodes.problem (id, episode_id, person_id, axis, code, principal, starts_on, ends_on, volet, holder_org)
          values (${newId()}, ${id}, ${personId}, ${axis}, ${code}, ${principal}, ${from}, ${until}, 'health', ${dac.id})`.execute(tx)
    })
    const year = (of: number): { from: string; to: string } => ({ from: `${of}-01-01`, to: `${of}-12-31` })
    const { problems } = await read(director, year(2022))
    expect(problems.difficulties.map((row) => [row.code, row.count, row.previous])).toEqual([
      ['caregiver', 1, 0],
      ['falls', 0, 1],
    ])
    expect(problems.principal.map((row) => [row.code, row.count, row.previous])).toEqual([
      ['mental_health', 1, 0],
      ['palliative', 0, 1],
    ])
    for (const of of [2020, 2021, 2022]) {
      const figures = (await read(director, year(of))).problems
      for (const row of figures.difficulties)
        expect((await call(gate, registry, accompanimentLines, director, { ...scope(), ...year(of), difficulty: row.code })).total).toBe(row.count)
      for (const row of figures.principal)
        expect((await call(gate, registry, accompanimentLines, director, { ...scope(), ...year(of), population: row.code })).total).toBe(row.count)
    }
    await asSystem(db, 'put her away', (tx) => sql`update episodes.episode set state = 'closed', closed_on = '2022-12-31' where id = ${id}`.execute(tx))
  })

  it('know a person by the same pseudonym in every list', async () => {
    const same = await asSystem(db, 'two ways to one pseudonym', async (tx) => {
      const id = newId()
      const { rows } = await sql<{
        same: boolean
      }>`select reporting.pseudonym(${id}) = reporting.pseudonym_with(${id}, (select reporting.pseudonym_salt())) as same`.execute(tx)
      return rows[0]?.same
    })
    expect(same).toBe(true)
  })

  it('count the generalists of the territory who asked, once each', async () => {
    expect((await read()).doctors).toMatchObject({ asked: 1, practising: 4, previousAsked: 0 })
  })

  it('tell liberal from salaried generalists, each with the list behind it', async () => {
    const { modes } = (await read()).doctors
    expect(modes).toEqual([
      { code: 'liberal', label: 'Libéraux', asked: 1, practising: 2, previousAsked: 0, previousPractising: 2 },
      { code: 'salaried', label: 'Salariés', asked: 0, practising: 2, previousAsked: 0, previousPractising: 2 },
    ])
    for (const mode of modes) {
      const list = (asked: boolean | null) => call(gate, registry, doctorLines, director, { ...scope(), liberal: mode.code === 'liberal', asked })
      expect([(await list(null)).total, (await list(true)).total]).toEqual([mode.practising, mode.asked])
    }
    const { rows } = await call(gate, registry, doctorLines, director, { ...scope(), liberal: false })
    expect(rows).toMatchObject([
      { name: 'Dr Claire Salmon', liberal: false, requests: 0 },
      { name: 'Dr Zoé Tisserand', liberal: false, requests: 0 },
    ])
  })

  it('leave out, for the region, who of so few doctors asked', async () => {
    const { modes } = (await call(gate, registry, eightIndicators, region, { ...scope(), serviceId: null, from: '2025-01-01', to: '2025-12-31' })).doctors
    expect(modes.map(({ asked, previousAsked }) => [asked, previousAsked])).toEqual([
      [null, null],
      [null, null],
    ])
  })

  it('open, for each number, a list of exactly that length', async () => {
    const figures = await read()
    const lines = async (filter: object): Promise<number[]> => {
      const page = await call(gate, registry, sollicitationLines, director, { ...scope(), ...filter })
      return [page.total, page.rows.length]
    }
    expect(await lines({})).toEqual([figures.sollicitations.count, figures.sollicitations.count])
    for (const group of figures.requesters.groups) expect(await lines({ group: group.code })).toEqual([group.count, group.count])
    for (const answer of figures.answers.principal) expect(await lines({ principalAnswer: answer.code })).toEqual([answer.count, answer.count])
    for (const band of figures.ages.bands) {
      const page = await call(gate, registry, accompanimentLines, director, { ...scope(), band: band.code as 'minor' })
      expect([page.rows.length, band.code]).toEqual([band.count, band.code])
    }
    const doctors = await call(gate, registry, doctorLines, director, { ...scope(), asked: true })
    expect(doctors.rows).toMatchObject([{ name: 'Dr Paul Humbert', requests: 2 }])
  })

  it('tell after how long a request was answered in time of opening: a week-end does not count', async () => {
    await asSystem(db, 'answered on Monday what came on Friday evening', (tx) =>
      sql`update intake.sollicitation set received_at = '2026-03-06T16:00:00Z', first_answered_at = '2026-03-09T08:00:00Z' where first_answered_at is not null and holder_org = ${dac.id}`.execute(
        tx,
      ),
    )
    const { rows } = await call(gate, registry, sollicitationLines, director, { ...scope(), answered: true })
    expect(rows.map((row) => row.answeredAfter)).toEqual([90])
  })

  it('read page after page without losing or repeating a line', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: { rows: { id: string }[]; next: string | null } = await call(gate, registry, sollicitationLines, director, {
        ...scope(),
        pageSize: 3,
        cursor,
      })
      seen.push(...page.rows.map((row) => row.id))
      cursor = page.next
    } while (cursor !== null)
    expect([seen.length, new Set(seen).size]).toEqual([8, 8])
  })

  it('average staff over the days of the period, and add up the accounts of its year', async () => {
    const post = { serviceId: dac.id, employment: 'employed', label: null, startsOn: '2020-01-01' }
    await call(gate, registry, savePost, director, { ...post, id: newId(), baseVersion: 0, job: 'nurse', quotity: 0.8, endsOn: null })
    await call(gate, registry, savePost, director, { ...post, id: newId(), baseVersion: 0, job: 'doctor', quotity: 1, startsOn: '2026-07-02', endsOn: null })
    const funding = { serviceId: dac.id, baseVersion: 0, year: 2026, provisional: true, note: null }
    await call(gate, registry, saveFunding, director, { ...funding, id: newId(), funder: 'fir_fixed', amount: 1_118_000 })
    await expect(call(gate, registry, saveFunding, director, { ...funding, id: newId(), funder: 'fir_fixed', amount: 1 })).rejects.toMatchObject({
      code: 'funding_line_exists',
    })
    const figures = await read()
    expect(figures.staff).toMatchObject({ fte: 1.3, previous: 0.8 })
    expect(figures.funding).toMatchObject({ year: 2026, amount: 1_118_000, provisional: true })
  })
})

describe('who reads the figures', () => {
  it('a director reads her own service only', async () => {
    await expect(read(director, { serviceId: other.id })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(read(director, { serviceId: null as never })).rejects.toMatchObject({ kind: 'forbidden' })
  })
  it('a référent reads none', async () => {
    await expect(read(await anActor(db, { service: dac }))).rejects.toMatchObject({ kind: 'forbidden' })
  })
  it('governance reads every service and the region, no cell under five, and never a line', async () => {
    clock.set('2027-01-04T09:00:00Z')
    const figures = await read(region)
    // Six and two of eight: the one would give the other.
    expect(figures.requesters.groups.map((g) => g.count)).toEqual([null, null])
    expect(figures.requesters.kinds.map((k) => k.count)).toEqual([null, null])
    // Nine in the region, one in the other DAC: eight here would give it.
    expect([figures.sollicitations.count, figures.answers.answered]).toEqual([null, null])
    expect((await read(region, { serviceId: other.id })).sollicitations.count).toBeNull()
    expect(figures.ages.persons).toBeNull()
    // A day more, or a month that goes on, would give one person by difference.
    await expect(read(region, { to: '2026-12-30' })).rejects.toMatchObject({ code: 'region_reads_whole_months' })
    await expect(read(region, { from: '2027-01-01', to: '2027-01-31' })).rejects.toMatchObject({ code: 'region_reads_whole_months' })
    expect((await read(region, { serviceId: null as never })).sollicitations.count).toBe(9)
    await expect(call(gate, registry, sollicitationLines, region, scope())).rejects.toMatchObject({ kind: 'forbidden' })
  })
  it('each period that somebody of the region reads stands in the trace, with its service; a direction reads its own without', async () => {
    const asked = async (userId: string) =>
      (
        await asSystem(db, 'what the trace says of figures', (tx) =>
          sql<{
            details: object
          }>`select details from audit.inbox where name = 'steering.indicators' and outcome = 'done' and actor_id = ${userId} order by id desc limit 1`.execute(
            tx,
          ),
        )
      ).rows[0]?.details
    await read(region, { from: '2025-02-01', to: '2025-04-30' })
    expect(await asked(region.userId)).toEqual({ serviceId: dac.id, from: '2025-02-01', to: '2025-04-30' })
    await read()
    expect(await asked(director.userId)).toEqual({})
  })
  it('whoever reads every service counts the same generalists in each as it does itself', async () => {
    const { practising, modes } = (await read(region)).doctors
    expect([practising, ...modes.map((mode) => mode.practising)]).toEqual([4, 2, 2])
    const own = (await read()).doctors
    expect([own.practising, ...own.modes.map((mode) => mode.practising)]).toEqual([4, 2, 2])
  })
  it('only the direction enters staff and funding', async () => {
    const line = { id: newId(), serviceId: dac.id, baseVersion: 0, year: 2025, funder: 'department', amount: 1, provisional: false, note: null }
    await expect(call(gate, registry, saveFunding, await anActor(db, { service: dac, functions: ['team_lead'] }), line)).rejects.toMatchObject({
      kind: 'forbidden',
    })
    await expect(call(gate, registry, saveFunding, director, { ...line, serviceId: other.id })).rejects.toMatchObject({ kind: 'forbidden' })
  })
})
