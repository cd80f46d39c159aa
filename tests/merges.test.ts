import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { writeSafetyNote } from '../src/agenda/contract/actions.ts'
import { safetyNoteQuery } from '../src/agenda/contract/queries.ts'
import { randomOf } from '../src/app/seed/region/random.ts'
import { personTables } from '../src/app/server/person-data.ts'
import { registry } from '../src/app/server/registry.ts'
import { chosenTraits } from '../src/duplicates/contract/merged-identity.ts'
import type { MergeId } from '../src/duplicates/contract/pair.ts'
import { duplicatePair, duplicatePairs } from '../src/duplicates/contract/queries.ts'
import { findPairsOf } from '../src/duplicates/server/find.sql.ts'
import { addContact } from '../src/persons/contract/actions.ts'
import { personHeader } from '../src/persons/contract/queries.ts'
import { newId, type PersonId } from '../src/platform/contract/ids.ts'
import { asActor, asSystem } from '../src/platform/server/db.ts'
import { call, testGate } from '../src/platform/testing/gate.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'
import { aMergeWorld, aRandomPair, type MergeWorld } from './merge-world.ts'

const { db, owner, ownerUrl, appUrl } = await testDatabase()
let world: MergeWorld
beforeAll(async () => {
  world = await aMergeWorld(db, { ownerUrl, appUrl }, 60)
}, 240_000)

const seed = Number(process.env['MERGE_SEED'] ?? 4)
const times = Number(process.env['MERGES'] ?? 25)

/** A pair that nothing forbids to merge, with the DAC of the one who stays. */
async function aMergeablePair(random = randomOf(seed), where: string = 'true'): Promise<ReturnType<typeof aRandomPair>> {
  for (;;) {
    const pair = aRandomPair(random, world)
    const [row] = await rows<{ obstacle: string | null; wanted: boolean }>(
      `select duplicates.obstacle('${pair.kept}', '${pair.absorbed}') as obstacle, (${where.replaceAll('$kept', `'${pair.kept}'`).replaceAll('$absorbed', `'${pair.absorbed}'`)}) as wanted`,
    )
    if (row?.obstacle === null && row.wanted) return pair
  }
}
const rows = <T>(text: string): Promise<readonly T[]> =>
  asSystem(db, 'reads in a test of merges', async (tx) => (await sql<T>`${sql.raw(text)}`.execute(tx)).rows)
/** Tables with a row under the id of somebody who was merged. */
async function strays(): Promise<readonly string[]> {
  const tables = await rows<{ name: string }>('select t::text as name from duplicates.moving_tables() t')
  const found = await rows<{ name: string; n: number }>(
    tables
      .map(
        ({ name }) =>
          `select '${name}' as name, count(*)::int as n from ${name} where person_id in (select person_id from persons.alias where ends_at is null)`,
      )
      .join(' union all '),
  )
  return found.filter(({ n }) => n > 0).map(({ name }) => name)
}
/** Who proposes is of a service that keeps the one who stays, who validates of one that keeps the other. */
const by = (pair: { dac: never | string; absorbed: PersonId }) => ({
  proposer: world.proposer.get(pair.dac as never) as never,
  validator: world.validator.get(world.persons.find(({ id }) => id === pair.absorbed)?.dac as never) as never,
})

describe('a merge of two files', () => {
  it('moves every table that bears a person, as they are declared', async () => {
    const moving = (await rows<{ name: string }>('select t::text as name from duplicates.moving_tables() t')).map(({ name }) => name)
    const declared = personTables.filter((one) => one.hers === 'person_id').map((one) => one.table)
    const stay = ['persons.person', 'persons.alias', 'duplicates.pair', 'duplicates.merge', 'platform.event', 'platform.event_inbox']
    expect(declared.filter((table) => !moving.includes(table) && !stay.includes(table))).toEqual([])
    expect(moving.filter((table) => !declared.includes(table))).toEqual([])
  })

  it('makes writers wait on every such table', async () => {
    const { rows: without } = await owner.query(`select t::text as name from duplicates.moving_tables() t
      where not exists (select from pg_trigger g where g.tgrelid = t and g.tgname = 'written_for_the_living')`)
    // A new table of a person says « select duplicates.follow('…') » in its migration.
    expect(without).toEqual([])
  })

  it(`is undone to the bit, ${times} times out of ${times}, whoever was merged`, async () => {
    const random = randomOf(seed)
    const before = await world.fingerprint()
    for (let turn = 0; turn < times; turn += 1) {
      const pair = await aMergeablePair(random)
      const { proposer, validator } = by(pair)
      const { id } = await world.propose(pair.kept, pair.absorbed, proposer, pair.choices)
      await world.validate(id, validator)
      const left = await rows<{ n: number }>(`select count(*)::int as n from persons.timeline_item where person_id = '${pair.absorbed}'`)
      expect(left[0]?.n).toBe(0)
      expect(await world.undo(id, validator)).toMatchObject({ notRestored: 0, followed: 0 })
      expect(await world.fingerprint()).toEqual(before)
    }
  }, 300_000)

  it('where both files have a safety note of one service, sets one aside; both are read, one is written in, and the undoing gives both back', async () => {
    const pair = await aMergeablePair(randomOf(seed + 3), `not exists (select from agenda.safety_note n where n.person_id in ($kept, $absorbed))`)
    const { proposer, validator } = by(pair)
    const gate = testGate(db, () => new Date(world.now))
    const codes = [
      [pair.kept, '47B12'],
      [pair.absorbed, '99A'],
    ] as const
    await asSystem(db, 'notes in a test', async (tx) => {
      for (const [who, code] of codes)
        await sql`insert into agenda.safety_note (id, person_id, holder_org, door_code, written_by_name, written_at)
          values (${newId()}, ${who}, ${pair.dac}, ${code}, 'Julie Marchal', '2026-10-01T08:00:00Z')`.execute(tx)
    })
    const before = await world.fingerprint()
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    await world.validate(id, validator)
    const team = world.validator.get(pair.dac as never) as never
    const read = () => call(gate, registry, safetyNoteQuery, team, { personId: pair.kept, occurrenceId: null })
    const both = await read()
    expect([both.note?.doorCode, both.setAside.map(({ doorCode }) => doorCode)]).toEqual(['47B12', ['99A']])
    await world.undo(id, validator)
    expect(await world.fingerprint()).toEqual(before)
    expect(await read()).toMatchObject({ note: { doorCode: '47B12' }, setAside: [] })
    // Merged again, it is written in: the other one stays as it was.
    const again = (await world.propose(pair.kept, pair.absorbed, proposer)).id
    await world.validate(again, validator)
    await call(gate, registry, writeSafetyNote, team, {
      id: newId(),
      personId: pair.kept,
      baseVersion: both.note?.version ?? 0,
      changes: { doorCode: '47B13' },
    } as never)
    const written = await read()
    expect([written.note?.doorCode, written.setAside.map(({ doorCode }) => doorCode)]).toEqual(['47B13', ['99A']])
    await world.undo(again, validator)
    await asSystem(db, 'the notes of a test', (tx) =>
      sql`delete from agenda.safety_note where person_id = any (${[pair.kept, pair.absorbed]}::uuid[])`.execute(tx),
    )
  })

  it('where one professional waits to join both circles, leaves one request waiting, and the undoing gives both back', async () => {
    const pair = await aMergeablePair(randomOf(seed + 4))
    const { proposer, validator } = by(pair)
    const user = (await rows<{ id: string }>('select id from territory.user_account order by id limit 1'))[0]?.id as string
    const who = newId()
    await asSystem(db, 'requests in a test', async (tx) => {
      for (const person of [pair.kept, pair.absorbed])
        await sql`insert into care_team.join_request (id, person_id, user_id, party_id, name, role, words, asked_at, holder_org)
          values (${newId()}, ${person}, ${user}, ${who}, 'Inès Roux', 'nurse', 'Je la suis depuis lundi', '2026-10-01T08:00:00Z', ${pair.dac})`.execute(tx)
    })
    const before = await world.fingerprint()
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    await world.validate(id, validator)
    expect(await rows(`select state, answer_words from care_team.join_request where party_id = '${who}' order by state`)).toEqual([
      { state: 'asked', answer_words: null },
      { state: 'refused', answer_words: 'Même demande dans les deux dossiers fusionnés' },
    ])
    await world.undo(id, validator)
    expect(await world.fingerprint()).toEqual(before)
    await asSystem(db, 'the requests of a test', (tx) => sql`delete from care_team.join_request where party_id = ${who}`.execute(tx))
  })

  it('is refused where the teleservice gave each a matricule of its own, qualified or not; a waiting number and a NIR are one person', async () => {
    const pair = await aMergeablePair(
      randomOf(seed + 23),
      `(select count(*) from persons.person p where p.person_id in ($kept, $absorbed) and p.ins_matricule is null and p.identity_status = 'PROV') = 2`,
    )
    const give = (who: PersonId, matricule: string, oid: string) =>
      rows(
        `update persons.person set ins_matricule = '${matricule}', ins_oid = '${oid}', ins_retrieved_at = now(), identity_status = 'RECUP' where person_id = '${who}'`,
      )
    const forget = () =>
      rows(
        `update persons.person set ins_matricule = null, ins_oid = null, ins_retrieved_at = null, identity_status = 'PROV' where person_id in ('${pair.kept}', '${pair.absorbed}')`,
      )
    const obstacle = async () => (await rows<{ said: string | null }>(`select duplicates.obstacle('${pair.kept}', '${pair.absorbed}') as said`))[0]?.said
    await give(pair.kept, '241038806299901', '1.2.250.1.213.1.4.10')
    await give(pair.absorbed, '241038806299805', '1.2.250.1.213.1.4.10')
    expect(await obstacle()).toBe('two_matricules')
    await give(pair.absorbed, '741038806299805', '1.2.250.1.213.1.4.9')
    expect(await obstacle()).toBeNull()
    await forget()
  })

  it('takes two people, and is refused to the one who proposed it', async () => {
    const pair = await aMergeablePair()
    const { proposer } = by(pair)
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    await expect(world.validate(id, proposer)).rejects.toMatchObject({ kind: 'forbidden' })
    await asSystem(db, 'a test that forges', (tx) =>
      sql`update duplicates.merge set state = 'done', decided_by = proposed_by, decided_at = now() where id = ${id}`.execute(tx),
    ).then(
      () => expect.unreachable('the database lets one person merge'),
      (error: { code: string }) => expect(error.code).toBe('23514'),
    )
  })

  it('leaves the old id answering, to read and to write', async () => {
    const pair = await aMergeablePair(randomOf(seed + 1))
    const { proposer, validator } = by(pair)
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    await world.validate(id, validator)
    const gate = testGate(db, () => new Date(world.now))
    const header = await call(gate, registry, personHeader, validator, { personId: pair.absorbed })
    expect(header).toMatchObject({ person: { personId: pair.kept } })
    const contact = newId()
    await call(gate, registry, addContact, validator, { id: contact, personId: pair.absorbed, kind: 'mobile', value: '06 39 98 00 11' }).catch(
      (error: { kind: string }) => expect(error.kind).toBe('forbidden'),
    )
    expect(
      (await rows<{ who: PersonId }>(`select person_id as who from persons.contact_point where id = '${contact}'`)).every(({ who }) => who === pair.kept),
    ).toBe(true)
    await world.undo(id, validator)
  })

  it('keeps an opposition of either file, and gives back what it suspended when it is undone', async () => {
    const pair = await aMergeablePair(randomOf(seed + 2))
    const { proposer, validator } = by(pair)
    const oppose = (who: PersonId, state: string, at: string) =>
      asSystem(db, 'an answer in a test', (tx) =>
        sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org, recorded_at)
          values (${newId()}, ${who}, 2, ${state}, '2026-10-15', 'oral_present', ${newId()}, 'Julie Marchal', ${pair.dac}, ${at}::timestamptz)`.execute(tx),
      )
    await oppose(pair.absorbed, 'opposition', '2027-01-01T08:00:00Z')
    await oppose(pair.kept, 'non_opposition', '2027-01-02T08:00:00Z')
    await rows(`select duplicates.settle_after_undo('${pair.kept}'), duplicates.settle_after_undo('${pair.absorbed}')`)
    const before = await world.fingerprint()
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    await world.validate(id, validator)
    const [last] = await rows<{ state: string }>(
      `select state from persons.non_opposition where person_id = '${pair.kept}' and number = 2 order by recorded_at desc, id desc limit 1`,
    )
    expect(last?.state).toBe('opposition')
    expect(
      await rows(
        `select id from persons.sight where person_id = '${pair.kept}' and basis in ('care_team', 'consent') and (ends_at is null or ends_at > '2026-10-15T07:42:00Z') and suspended_at is null`,
      ),
    ).toEqual([])
    await world.undo(id, validator)
    expect(await world.fingerprint()).toEqual(before)
  })

  it('happens once when several validate at once, and leaves nothing when its process dies in the middle', async () => {
    const pair = await aMergeablePair(randomOf(seed + 3))
    const { proposer, validator } = by(pair)
    const before = await world.fingerprint()
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    const killed = asActor(db, { actor: validator, clock: new Date(world.now), timeZone: 'Europe/Paris' } as never, async (tx) => {
      const { rows: done } = await sql<{
        obstacle: string | null
      }>`select duplicates.apply_merge(${id}, '{}'::jsonb, '{}'::uuid[], 'Julie Marchal') as obstacle`.execute(tx)
      expect(done[0]?.obstacle).toBeNull()
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
    })
    await expect(killed).rejects.toBeDefined()
    expect(await world.fingerprint()).toEqual(before)
    const outcomes = await Promise.allSettled([world.validate(id, validator), world.validate(id, validator), world.validate(id, validator)])
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    await world.undo(id, validator)
    expect(await world.fingerprint()).toEqual(before)
  })

  it('lets two merges cross without leaving anybody half merged', async () => {
    const random = randomOf(seed + 5)
    const pair = await aMergeablePair(random)
    const third = await aMergeablePair(
      random,
      `'${pair.kept}' not in ($kept, $absorbed) and '${pair.absorbed}' not in ($kept, $absorbed) and duplicates.obstacle($kept, '${pair.kept}') is null`,
    )
    const before = await world.fingerprint()
    // absorbed → kept, and at the same moment kept → third
    const one = await world.propose(pair.kept, pair.absorbed, by(pair).proposer)
    const other = await world.propose(third.kept, pair.kept, by(third).proposer)
    const outcomes = await Promise.allSettled([world.validate(one.id, by(pair).validator), world.validate(other.id, by(third).validator)])
    expect(outcomes.some((outcome) => outcome.status === 'fulfilled')).toBe(true)
    expect(await strays()).toEqual([])
    const done = await rows<{ id: MergeId; dac: string }>(
      `select id from duplicates.merge where state = 'done' order by decided_at desc, person_id = '${third.kept}' desc`,
    )
    for (const { id } of done) await world.undo(id, id === one.id ? by(pair).validator : by(third).validator)
    expect(await world.fingerprint()).toEqual(before)
  })

  it('leaves nothing under the old id when others write during it', async () => {
    const pair = await aMergeablePair(
      randomOf(seed + 6),
      `persons.identity_set($kept) is not null and exists (select from persons.sight s where s.person_id = $absorbed and s.basis = 'dac_in_charge' and s.ends_at is null)`,
    )
    const { proposer, validator } = by(pair)
    const writer = world.validator.get(world.persons.find(({ id }) => id === pair.absorbed)?.dac as never) as never
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    const gate = testGate(db, () => new Date(world.now))
    const write = (n: number) =>
      call(gate, registry, addContact, writer, { id: newId(), personId: pair.absorbed, kind: 'mobile', value: `06 39 98 01 ${10 + n}` })
    const outcomes = await Promise.allSettled([write(0), write(1), world.validate(id, validator), write(2), write(3), write(4), write(5)])
    expect(outcomes[2]?.status).toBe('fulfilled')
    expect(await strays()).toEqual([])
    const kept = await rows<{ n: number }>(`select count(*)::int as n from persons.contact_point where person_id = '${pair.kept}' and value like '%399801%'`)
    expect(kept[0]?.n).toBe(outcomes.filter((one, n) => n !== 2 && one.status === 'fulfilled').length)
    await world.undo(id, validator)
  })

  it('sends back what was written since with what it hangs on, and leaves the rest to be sorted', async () => {
    const pair = await aMergeablePair(randomOf(seed + 7), `exists (select from episodes.episode e where e.person_id = $absorbed and e.state <> 'closed')`)
    const { proposer, validator } = by(pair)
    const [episode] = await rows<{ id: string }>(`select id from episodes.episode where person_id = '${pair.absorbed}' and state <> 'closed' limit 1`)
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    await world.validate(id, validator)
    const line = (source: string) =>
      sql`insert into persons.timeline_item (id, person_id, at, kind, title, author_name, source, source_id, volet, holder_org)
        values (${newId()}, ${pair.kept}, ${world.now}, 'call', 'Appel', 'Julie Marchal', 'episodes', ${source}, 'administrative', ${pair.dac})`
    await asSystem(db, 'written since, in a test', async (tx) => {
      await line(String(episode?.id)).execute(tx)
      await line(newId()).execute(tx)
    })
    expect(await world.undo(id, validator)).toMatchObject({ followed: 1, notRestored: 0 })
    const where = await rows<{ who: string }>(
      `select person_id as who from persons.timeline_item where kind = 'call' and title = 'Appel' and author_name = 'Julie Marchal' and at = '${world.now.toISOString()}' and source = 'episodes'`,
    )
    expect(where.map(({ who }) => who).toSorted()).toEqual([pair.kept, pair.absorbed].toSorted())
  })

  it('leaves in its file what it had before, though it is tied to something of the other: a call about her request, a right, a line of the Fil', async () => {
    const pair = await aMergeablePair(
      randomOf(seed + 14),
      `exists (select from intake.sollicitation s where s.person_id = $absorbed) and exists (select from persons.timeline_item t where t.person_id = $kept)`,
    )
    const { proposer, validator } = by(pair)
    const [request] = await rows<{ id: string }>(`select id from intake.sollicitation where person_id = '${pair.absorbed}' limit 1`)
    const planted = newId()
    await asSystem(db, 'what is tied to the other file, in a test', async (tx) => {
      await sql`insert into intake.contact (id, first_key, at, channel, person_id, sollicitation_id, recorded_by, recorded_by_name, holder_org)
        values (${planted}, 'follow_up', ${world.now}, 'phone', ${pair.kept}, ${request?.id}, ${newId()}, 'Julie Marchal', ${pair.dac})`.execute(tx)
      await sql`insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at, ends_at)
        values (${planted}, ${pair.kept}, ${newId()}, 'consent', '{administrative}', 'Accord', ${request?.id}, '2026-01-01T08:00:00Z', '2026-02-01T08:00:00Z')`.execute(
        tx,
      )
      await sql`insert into persons.timeline_item (id, person_id, at, kind, title, author_name, source, source_id, volet, holder_org)
        values (${planted}, ${pair.kept}, ${world.now}, 'call', 'Appel de la voisine', 'Julie Marchal', 'intake', ${request?.id}, 'administrative', ${pair.dac})`.execute(
        tx,
      )
    })
    const before = await world.fingerprint()
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    await world.validate(id, validator)
    expect(await world.undo(id, validator)).toMatchObject({ followed: 0, notRestored: 0 })
    expect(await world.fingerprint()).toEqual(before)
    await rows(`delete from intake.contact where id = '${planted}'`)
    await rows(`delete from persons.sight where id = '${planted}'`)
    await rows(`delete from persons.timeline_item where id = '${planted}'`)
  })

  it('asks the teleservice again, once undone, the question that the merge had ended', async () => {
    const pair = await aMergeablePair(randomOf(seed + 15), `not exists (select from persons.insi_call c where c.person_id in ($kept, $absorbed))`)
    const { proposer, validator } = by(pair)
    const question = newId()
    await rows(`insert into persons.insi_call (id, person_id, operation, asked_version, asked_at, holder_org)
      values ('${question}', '${pair.absorbed}', 'search', 1, '2026-10-15T07:40:00Z', '${pair.dac}')`)
    const before = await world.fingerprint()
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    await world.validate(id, validator)
    expect(await rows(`select state, code from persons.insi_call where id = '${question}'`)).toEqual([{ state: 'outdated', code: 'merged' }])
    await world.undo(id, validator)
    expect(await world.fingerprint()).toEqual(before)
    const { rows: jobs } = await owner.query(`select key from graphile_worker.jobs where key = $1`, [`insi:${question}`])
    expect(jobs).toHaveLength(1)
    await rows(`delete from persons.insi_call where id = '${question}'`)
  })

  it('takes somebody of each service that follows one of the two files', async () => {
    const pair = await aMergeablePair(
      randomOf(seed + 8),
      `exists (select from persons.sight a where a.person_id = $absorbed and a.basis = 'dac_in_charge' and a.ends_at is null)
        and not exists (select from persons.sight a join persons.sight k on k.party_id = a.party_id and k.person_id = $kept where a.person_id = $absorbed and a.basis in ('dac_in_charge', 'request'))`,
    )
    const { proposer, validator } = by(pair)
    const colleague = world.validator.get(pair.dac) as never
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    await expect(world.validate(id, colleague)).rejects.toMatchObject({ code: 'duplicates.kept_by_others' })
    await expect(strays()).resolves.toEqual([])
    await world.validate(id, validator)
    await world.undo(id, validator)
  })

  it('lets two colleagues merge a file that nobody follows any more', async () => {
    const pair = await aMergeablePair(
      randomOf(seed + 9),
      `not exists (select from persons.sight a join persons.sight k on k.party_id = a.party_id and k.person_id = $kept where a.person_id = $absorbed and a.basis in ('dac_in_charge', 'request'))`,
    )
    const { proposer } = by(pair)
    const colleague = world.validator.get(pair.dac) as never
    await rows(
      `update persons.sight set ends_at = starts_at where person_id = '${pair.absorbed}' and basis in ('dac_in_charge', 'request') and '${world.now.toISOString()}' > starts_at`,
    )
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    await world.validate(id, colleague)
    await world.undo(id, colleague)
  })

  it('shows no archived file: neither as a look-alike nor in a pair', async () => {
    const pair = await aMergeablePair(randomOf(seed + 10))
    const { proposer } = by(pair)
    const gate = testGate(db, () => new Date(world.now))
    const { id, pairId } = await world.propose(pair.kept, pair.absorbed, proposer)
    const alike = () =>
      rows<{
        id: string
      }>(`select l.person_id as id from persons.person p cross join lateral persons.look_alikes(p.search_key, p.sound_key, p.birth_date, '{}', null, null, 40) l
        where p.person_id = '${pair.absorbed}' and l.person_id = p.person_id`)
    expect(await alike()).toHaveLength(1)
    expect((await call(gate, registry, duplicatePairs, proposer, { states: ['to_merge'] })).rows.map((row) => row.id)).toContain(pairId)
    await rows(`insert into privacy.archived_file (person_id, archived_on, last_sign_on, rule_class, rule_version, holder_org)
      values ('${pair.absorbed}', '2026-10-01', '2020-10-01', 'file', 1, '${pair.dac}')`)
    expect(await alike()).toEqual([])
    expect((await call(gate, registry, duplicatePairs, proposer, { states: ['to_merge'] })).rows.map((row) => row.id)).not.toContain(pairId)
    await expect(call(gate, registry, duplicatePair, proposer, { id: pairId })).rejects.toMatchObject({ kind: 'not_found' })
    await expect(world.propose(pair.kept, pair.absorbed, proposer)).rejects.toMatchObject({ kind: 'not_found' })
    expect(await asSystem(db, 'looks for duplicates in a test', (tx) => findPairsOf(tx, [pair.absorbed], world.now))).toBe(0)
    await rows(`delete from privacy.archived_file where person_id = '${pair.absorbed}'`)
    await rows(`update duplicates.merge set state = 'declined' where id = '${id}'`)
  })

  it('tells what follows a death or a danger that came with the other file, and what its undoing gives back', async () => {
    const pair = await aMergeablePair(
      randomOf(seed + 17),
      '(select count(*) from persons.person p where p.person_id in ($kept, $absorbed) and p.deceased_on is null) = 2',
    )
    const { proposer, validator } = by(pair)
    await rows(`update persons.person set deceased_on = '2026-09-01' where person_id = '${pair.absorbed}'`)
    const told = () =>
      rows<{ type: string; who: string }>(`select type, case person_id when '${pair.kept}' then 'kept' else 'absorbed' end as who from platform.event_inbox
        where type in ('persons.silence.changed', 'persons.person.died', 'persons.person.deathWithdrawn') and person_id in ('${pair.kept}', '${pair.absorbed}') order by type, who`)
    await rows(`delete from platform.event_inbox where person_id in ('${pair.kept}', '${pair.absorbed}')`)
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    await world.validate(id, validator)
    expect(await told()).toEqual([
      { type: 'persons.person.died', who: 'kept' },
      { type: 'persons.silence.changed', who: 'kept' },
    ])
    await world.undo(id, validator)
    expect(await told()).toEqual([
      { type: 'persons.person.deathWithdrawn', who: 'kept' },
      { type: 'persons.person.died', who: 'kept' },
      { type: 'persons.silence.changed', who: 'absorbed' },
      { type: 'persons.silence.changed', who: 'kept' },
      { type: 'persons.silence.changed', who: 'kept' },
    ])
    await rows(`update persons.person set deceased_on = null where person_id = '${pair.absorbed}'`)
  })

  it('is undone with the wishes recorded since in both files, and not while an erasure waits', async () => {
    const pair = await aMergeablePair(
      randomOf(seed + 11),
      `not exists (select from persons.non_opposition n where n.person_id = $absorbed and n.state = 'opposition') and exists (select from persons.sight s where s.person_id = $absorbed and s.basis = 'care_team' and s.ends_at is null)`,
    )
    const { proposer, validator } = by(pair)
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer)
    await world.validate(id, validator)
    await asSystem(db, 'wishes in a test', async (tx) => {
      await sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org, recorded_at)
        values (${newId()}, ${pair.kept}, 2, 'opposition', '2026-10-15', 'oral_present', ${newId()}, 'Julie Marchal', ${pair.dac}, '2027-03-01T08:00:00Z')`.execute(
        tx,
      )
      await sql`insert into persons.withheld_volet (id, person_id, withholds, from_category, since, mode, given_by, recorded_at, recorded_by, recorded_by_name, holder_org)
        values (${newId()}, ${pair.kept}, 'health', 'legal_protection', '2026-10-15', 'oral_present', 'person', ${world.now}, ${newId()}, 'Julie Marchal', ${pair.dac})`.execute(
        tx,
      )
      await sql`insert into persons.non_disclosure (id, person_id, kind, towards, since, holder_org) values (${newId()}, ${pair.kept}, 'no_call', 'Sa fille', '2026-10-15', ${pair.dac})`.execute(
        tx,
      )
      const request = newId()
      await sql`insert into privacy.request (id, person_id, kind, received_on, mode, asked_by, identity_checked, due_on, holder_org, recorded_at, recorded_by, recorded_by_name)
        values (${request}, ${pair.kept}, 'erasure', '2026-10-15', 'oral_present', 'person', 'met', '2026-11-15', ${pair.dac}, ${world.now}, ${newId()}, 'Julie Marchal')`.execute(
        tx,
      )
      await sql`insert into privacy.erasure (id, person_id, request_id, plan, proposed_at, proposed_by, proposed_by_name, holder_org)
        values (${newId()}, ${pair.kept}, ${request}, '{}', ${world.now}, ${newId()}, 'Julie Marchal', ${pair.dac})`.execute(tx)
    })
    await expect(world.undo(id, validator)).rejects.toMatchObject({ code: 'duplicates.erasure_open' })
    await rows(`update privacy.erasure set state = 'cancelled' where person_id = '${pair.kept}' and state = 'proposed'`)
    await world.undo(id, validator)
    for (const who of [pair.kept, pair.absorbed]) {
      const [hers] = await rows<{ opposition: string; withheld: number; said: number; open: number }>(`select
        (select state from persons.non_opposition where person_id = '${who}' and number = 2 order by recorded_at desc, id desc limit 1) as opposition,
        (select count(*)::int from persons.withheld_volet where person_id = '${who}' and from_category = 'legal_protection' and ended_at is null) as withheld,
        (select count(*)::int from persons.non_disclosure where person_id = '${who}' and towards = 'Sa fille' and ended_at is null) as said,
        (select count(*)::int from persons.sight where person_id = '${who}' and basis = 'care_team' and ends_at is null and suspended_at is null) as open`)
      expect(hers).toEqual({ opposition: 'opposition', withheld: 1, said: 1, open: 0 })
    }
  })

  it('is undone after the teleservice contested the matricule, or a document was checked', async () => {
    const ins = `ins_matricule = '299019900000150', ins_oid = '1.2.250.1.213.1.4.10', ins_retrieved_at = '2026-10-01T08:00:00Z'`
    for (const since of [
      `ins_contested_at = '2026-10-15T08:00:00Z'`,
      `identity_checked_at = '2026-10-15T08:00:00Z', identity_document = 'passport', identity_status = persons.identity_status_of(ins_retrieved_at, '2026-10-15T08:00:00Z', identity_attributes)`,
    ]) {
      const pair = await aMergeablePair(randomOf(seed + 12))
      await rows(`update persons.person set ins_matricule = null, ins_oid = null, ins_retrieved_at = null, ins_verified_at = null, ins_contested_at = null, identity_checked_at = null,
        identity_checked_by = null, identity_document = null, identity_attributes = '{}', identity_status = 'PROV' where person_id in ('${pair.kept}', '${pair.absorbed}')`)
      const { proposer, validator } = by(pair)
      await rows(
        `update persons.person set ${ins}, identity_status = persons.identity_status_of('2026-10-01T08:00:00Z', identity_checked_at, identity_attributes) where person_id = '${pair.absorbed}'`,
      )
      const facts = () => rows<Record<string, unknown>>(`select to_jsonb(p) - 'version' as row from persons.person p where person_id = '${pair.kept}'`)
      const before = await facts()
      const all = Object.fromEntries(chosenTraits.map((trait) => [trait, 'absorbed'])) as never
      const { id } = await world.propose(pair.kept, pair.absorbed, proposer, all)
      await world.validate(id, validator)
      await rows(`update persons.person set ${since} where person_id = '${pair.kept}'`)
      expect(await world.undo(id, validator)).toMatchObject({ notRestored: 0 })
      // The strict traits went back: what was checked on the others says nothing of hers.
      expect(await facts()).toEqual(before)
      await rows(`update persons.person set ins_matricule = null, ins_oid = null, ins_retrieved_at = null,
        identity_status = persons.identity_status_of(null, identity_checked_at, identity_attributes) where person_id = '${pair.absorbed}'`)
    }
  })

  it('tells an edit that was open meanwhile what it would overwrite, after the merge and after its undoing', async () => {
    const pair = await aMergeablePair(randomOf(seed + 13))
    await rows(`update persons.person set used_name = 'Lavandier' where person_id = '${pair.absorbed}'`)
    const { proposer, validator } = by(pair)
    const version = async () => (await rows<{ version: number }>(`select version from persons.person where person_id = '${pair.kept}'`))[0]?.version ?? 0
    const told = async (at: number) =>
      (
        await rows<{ fields: string[] }>(
          `select array(select jsonb_object_keys(changes)) as fields from platform.field_history where record_id = '${pair.kept}' and version = ${at}`,
        )
      )[0]?.fields ?? []
    const before = await version()
    const choices = Object.fromEntries(chosenTraits.map((trait) => [trait, trait === 'usedName' ? 'absorbed' : 'kept'])) as never
    const { id } = await world.propose(pair.kept, pair.absorbed, proposer, choices)
    await world.validate(id, validator)
    expect(await version()).toBe(before + 1)
    expect(await told(before + 1)).toContain('usedName')
    await world.undo(id, validator)
    expect(await version()).toBe(before + 2)
    expect(await told(before + 2)).toContain('usedName')
  })
})
