import { sql } from 'kysely'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AppointmentId } from '../src/agenda/contract/appointment.ts'
import { healthSpace } from '../src/agenda/contract/health-space.ts'
import { personAgenda } from '../src/agenda/contract/queries.ts'
import type { StayLine } from '../src/agenda/contract/stay.ts'
import { reconcile } from '../src/agenda/server/health-space.sql.ts'
import { randomOf } from '../src/app/seed/region/random.ts'
import { registry } from '../src/app/server/registry.ts'
import { newId, type PersonId } from '../src/platform/contract/ids.ts'
import { asSystem } from '../src/platform/server/db.ts'
import { call, testGate } from '../src/platform/testing/gate.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'
import { aMergeWorld, aRandomPair, type MergeWorld } from './merge-world.ts'

const { db, ownerUrl, appUrl } = await testDatabase()
let world: MergeWorld
beforeAll(async () => {
  world = await aMergeWorld(db, { ownerUrl, appUrl }, 60)
}, 240_000)

const seed = Number(process.env['MERGE_SEED'] ?? 4)
type Pair = ReturnType<typeof aRandomPair>
const rows = <T>(text: string): Promise<readonly T[]> =>
  asSystem(db, 'reads in a test of merged agendas', async (tx) => (await sql<T>`${sql.raw(text)}`.execute(tx)).rows)
/** A pair of one DAC that nothing forbids to merge, each with a health volet that this DAC reads. */
async function aPairOfOneDac(turn: number): Promise<Pair> {
  const random = randomOf(seed + turn)
  const ofTheDac = (who: PersonId, dac: string) =>
    `exists (select from persons.sight s where s.person_id = '${who}' and s.party_id = '${dac}' and s.basis = 'dac_in_charge' and s.ends_at is null and s.suspended_at is null and 'health' = any (s.volets))`
  for (;;) {
    const pair = aRandomPair(random, world)
    const [row] = await rows<{ fits: boolean }>(`select duplicates.obstacle('${pair.kept}', '${pair.absorbed}') is null
      and ${ofTheDac(pair.kept, pair.dac)} and not exists (select from agenda.stay s where s.person_id in ('${pair.kept}', '${pair.absorbed}')) as fits`)
    if (row?.fits === true) return pair
  }
}
const by = (pair: Pair) => ({
  proposer: world.proposer.get(pair.dac as never) as never,
  validator: world.validator.get(world.persons.find(({ id }) => id === pair.absorbed)?.dac as never) as never,
  reader: world.validator.get(pair.dac as never) as never,
})
const gate = () => testGate(db, () => new Date(world.now))

interface Planted {
  readonly appointments: readonly AppointmentId[]
  readonly stays: readonly string[]
}
const planted: Planted[] = []

/** In each file: a series of two times with a guest who answered to one of them alone, what she wants in her health space and what stands there, and a stay. */
async function plant(pair: Pair): Promise<Record<'kept' | 'absorbed', { appointment: AppointmentId; times: readonly string[]; stay: string }>> {
  const files = { kept: pair.kept, absorbed: pair.absorbed } as const
  const made = {} as Record<'kept' | 'absorbed', { appointment: AppointmentId; times: readonly string[]; stay: string }>
  await asSystem(db, 'agendas in a test of merges', async (tx) => {
    for (const [side, who] of Object.entries(files) as ['kept' | 'absorbed', PersonId][]) {
      const [appointment, times, guest, stay] = [newId<AppointmentId>(), [newId(), newId()], newId(), newId()]
      await sql`insert into agenda.appointment (id, person_id, kind, starts_local, minutes, time_zone, rule, place_kind, uid, organizer_id, organizer_name, volet, holder_org, created_at, changed_at)
        values (${appointment}, ${who}, 'visit', '2026-10-20 10:00', 60, 'Europe/Paris', 'FREQ=WEEKLY;COUNT=2', 'home', ${appointment}, ${newId()}, 'Julie Marchal', 'administrative', ${pair.dac}, ${world.now}, ${world.now})`.execute(
        tx,
      )
      for (const [n, time] of times.entries())
        await sql`insert into agenda.occurrence (id, appointment_id, person_id, recurrence_at, starts_at, ends_at, organizer_id, volet, holder_org)
          select ${time}, ${appointment}, ${who}, t.at, t.at, t.at + interval '1 hour', ${newId()}, 'administrative', ${pair.dac} from (select '2026-10-20T08:00:00Z'::timestamptz + ${n} * interval '7 days' as at) t`.execute(
          tx,
        )
      // The same guest in both files, at the same hour.
      await sql`insert into agenda.participant (id, appointment_id, person_id, kind, name, organizer_id, volet, holder_org)
        values (${guest}, ${appointment}, ${who}, 'outside', 'Inès Roux', ${newId()}, 'administrative', ${pair.dac})`.execute(tx)
      await sql`insert into agenda.date_answer (participant_id, occurrence_id, person_id, response, answered_at, organizer_id, volet, holder_org)
        values (${guest}, ${times[0]}, ${who}, ${side === 'kept' ? 'accepted' : 'declined'}, ${world.now}, ${newId()}, 'administrative', ${pair.dac})`.execute(
        tx,
      )
      // The one who stays said no, long ago; the other file says yes since.
      await sql`insert into agenda.health_space_decision (id, person_id, decision, detail, decided_on, mode, recorded_at, recorded_by, recorded_by_name, holder_org)
        values (${newId()}, ${who}, ${side === 'kept' ? 'withdrawn' : 'given'}, ${side === 'kept' ? 'minimal' : 'kind'}, '2026-09-01', 'oral', ${side === 'kept' ? '2026-09-01T08:00:00Z' : '2026-10-01T08:00:00Z'},
          ${newId()}, 'Julie Marchal', ${pair.dac})`.execute(tx)
      await sql`insert into agenda.health_space_line (occurrence_id, appointment_id, person_id, starts_at, ends_at, print, sent_digest, state, tried, next_attempt_at, volet, holder_org)
        values (${times[0]}, ${appointment}, ${who}, '2026-10-20T08:00:00Z', '2026-10-20T09:00:00Z', 'as sent', 'digest', ${side === 'kept' ? 'cancelled' : 'sent'}, true, ${world.now}, 'administrative', ${pair.dac})`.execute(
        tx,
      )
      // One stay, told by its establishment in one file, written by hand in the other.
      await sql`insert into agenda.stay (id, person_id, told_by, establishment_name, place_key, starts_on, expected_on, recorded_by_name, created_at, changed_at, holder_org)
        values (${stay}, ${who}, ${side === 'kept' ? 'hand' : 'hospital'}, 'CH de Remiremont', agenda.place_key('CH de Remiremont'), ${side === 'kept' ? '2026-10-13' : '2026-10-14'}, '2026-10-20', 'Julie Marchal',
          ${world.now}, ${world.now}, ${pair.dac})`.execute(tx)
      // The team noted the exit of the one that was told.
      await sql`update agenda.stay set left_on = '2026-10-16', left_by_name = 'Julie Marchal', left_at = ${world.now} where id = ${stay} and told_by = 'hospital'`.execute(
        tx,
      )
      made[side] = { appointment, times, stay }
    }
  })
  planted.push({ appointments: [made.kept.appointment, made.absorbed.appointment], stays: [made.kept.stay, made.absorbed.stay] })
  return made
}
afterEach(async () => {
  for (const { appointments, stays } of planted.splice(0)) {
    const these = `('${appointments.join("','")}')`
    await rows(`delete from agenda.health_space_line where appointment_id in ${these}`)
    await rows(`delete from agenda.date_answer where participant_id in (select id from agenda.participant where appointment_id in ${these})`)
    for (const table of ['participant', 'occurrence']) await rows(`delete from agenda.${table} where appointment_id in ${these}`)
    await rows(`delete from agenda.appointment where id in ${these}`)
    await rows(`delete from agenda.stay where id in ('${stays.join("','")}')`)
  }
  await rows(`delete from agenda.health_space_decision where recorded_by_name = 'Julie Marchal' and mode = 'oral'`)
})

const october = { from: '2026-10-01', to: '2026-10-31' }
const staysRead = async (pair: Pair, personId: PersonId): Promise<readonly StayLine[]> =>
  (await call(gate(), registry, personAgenda, by(pair).reader, { personId, ...october })).stays
const whose = (table: string, key: string, ids: readonly string[]): Promise<readonly { who: PersonId }[]> =>
  rows<{ who: PersonId }>(`select person_id as who from agenda.${table} where ${key} in ('${ids.join("','")}') order by 1`)

describe('the agendas of two files that are merged', () => {
  it('are one: each answer to one date, each line of the health space and each stay is under her who stays, and the undoing gives all back to the bit', async () => {
    const pair = await aPairOfOneDac(0)
    const { proposer, validator } = by(pair)
    const { kept, absorbed } = await plant(pair)
    const before = await world.fingerprint()
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    await world.validate(id, validator)
    for (const [table, key, ids] of [
      ['date_answer', 'occurrence_id', [...kept.times.slice(0, 1), ...absorbed.times.slice(0, 1)]],
      ['health_space_line', 'appointment_id', [kept.appointment, absorbed.appointment]],
      ['stay', 'id', [kept.stay, absorbed.stay]],
    ] as const)
      expect([table, (await whose(table, key, ids)).map(({ who }) => who)]).toEqual([table, [pair.kept, pair.kept]])
    expect(
      (
        await rows<{ response: string }>(
          `select response from agenda.date_answer where occurrence_id in ('${kept.times[0]}', '${absorbed.times[0]}') order by occurrence_id = '${kept.times[0]}' desc`,
        )
      ).map(({ response }) => response),
    ).toEqual(['accepted', 'declined'])
    expect(await world.undo(id, validator)).toMatchObject({ notRestored: 0, followed: 0 })
    expect(await world.fingerprint()).toEqual(before)
  })

  it('where one holds by hand the stay that the other was told, show the one of the establishment, and both again once undone', async () => {
    const pair = await aPairOfOneDac(1)
    const { proposer, validator } = by(pair)
    const { kept, absorbed } = await plant(pair)
    expect((await staysRead(pair, pair.kept)).map((one) => one.id)).toEqual([kept.stay])
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    await world.validate(id, validator)
    expect((await staysRead(pair, pair.kept)).map((one) => [one.id, one.until, one.behind.map((hidden) => hidden.id)])).toEqual([
      [absorbed.stay, '2026-10-16', [kept.stay]],
    ])
    await world.undo(id, validator)
    expect((await staysRead(pair, pair.kept)).map((one) => [one.id, one.behind])).toEqual([[kept.stay, []]])
  })

  it('where she said yes in one and no in the other, follow the last word, and each her own once undone', async () => {
    const pair = await aPairOfOneDac(2)
    const { proposer, validator, reader } = by(pair)
    await plant(pair)
    const decided = async () => (await call(gate(), registry, healthSpace, reader, { personId: pair.kept })).decision?.decision
    expect(await decided()).toBe('withdrawn')
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    await world.validate(id, validator)
    expect(await decided()).toBe('given')
    await world.undo(id, validator)
    expect(await decided()).toBe('withdrawn')
  })

  it('give back with its appointment what was placed in the health space meanwhile, and nothing of hers', async () => {
    const pair = await aPairOfOneDac(3)
    const { proposer, validator } = by(pair)
    const { kept, absorbed } = await plant(pair)
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    await world.validate(id, validator)
    await asSystem(db, 'appointments that a person wants in her health space', (tx) => reconcile(tx, world.now))
    const second = [...kept.times.slice(1), ...absorbed.times.slice(1)]
    expect(await whose('health_space_line', 'occurrence_id', second)).toEqual([{ who: pair.kept }, { who: pair.kept }])
    await world.undo(id, validator)
    for (const [side, who] of [
      [kept, pair.kept],
      [absorbed, pair.absorbed],
    ] as const)
      expect(await whose('health_space_line', 'appointment_id', [side.appointment])).toEqual([{ who }, { who }])
    // What she did not want does not stay there: the difference is told by the next sending.
    await asSystem(db, 'appointments that a person wants in her health space', (tx) => reconcile(tx, world.now))
    expect(
      await rows(
        `select distinct person_id as who, wish from agenda.health_space_line where appointment_id in ('${kept.appointment}', '${absorbed.appointment}') order by wish`,
      ),
    ).toEqual([
      { who: pair.kept, wish: 'cancel' },
      { who: pair.absorbed, wish: 'keep' },
    ])
  })
})
