import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { type AccessFacts, type HeldSight, mayRead, speaksFor, type Withholding } from '../src/persons/contract/access-rule.ts'
import { selectTarget } from '../src/persons/server/target.sql.ts'
import { aPerson } from '../src/persons/testing/builders.ts'
import type { Actor, ProfessionalCategory, Volet } from '../src/platform/contract/actor.ts'
import { volets } from '../src/platform/contract/actor.ts'
import { newId, type PartyId, type PersonId } from '../src/platform/contract/ids.ts'
import { setActor, type Tx } from '../src/platform/server/db.ts'
import { rolledBack, testDatabase } from '../src/platform/testing/test-database.ts'
import { actorFor, aService, aUser } from '../src/territory/testing/builders.ts'

const { db } = await testDatabase()
const dac = await aService(db, { name: 'DAC Hautes-Vallées' })
const otherDac = await aService(db, { name: 'DAC Meurthe et Mortagne' })
const practice = await aService(db, { kind: 'practice', name: 'Cabinet Fritsch' })
const at = new Date('2026-10-15T08:00:00.000Z')
const hours = (n: number): string => new Date(at.getTime() + n * 3_600_000).toISOString()

interface Reader {
  readonly actor: Actor
  readonly name: string
}
const outside = async (category: ProfessionalCategory): Promise<Reader> => ({
  name: category,
  actor: await actorFor(db, await aUser(db, { service: practice, functions: ['outside_professional'], category, professionalId: newId<PartyId>() })),
})
const readers: readonly Reader[] = [
  await outside('health'),
  await outside('social'),
  await outside('legal_protection'),
  { name: 'referent', actor: await actorFor(db, await aUser(db, { service: dac, functions: ['referent'] })) },
  { name: 'front desk', actor: await actorFor(db, await aUser(db, { service: dac, functions: ['front_desk'] })) },
  { name: 'other DAC', actor: await actorFor(db, await aUser(db, { service: otherDac, functions: ['referent'] })) },
]
const personId: PersonId = await aPerson(db, { dac: null })
const categoryVolets: Readonly<Record<string, readonly Volet[]>> = {
  health: volets,
  coordination: volets,
  social: ['administrative', 'social'],
  legal_protection: ['administrative', 'social'],
}

const someVolets = fc.subarray([...volets])
const sight = fc.record({
  basis: fc.constantFrom('dac_in_charge', 'request', 'care_team', 'consent', 'break_glass', 'self'),
  party: fc.constantFrom('user', 'card', 'service', 'stranger'),
  entrusted: someVolets,
  starts: fc.constantFrom(-48, -1, 0, 1),
  ends: fc.constantFrom(null, -1, 0, 1, 48),
})
const situation = fc.record({
  reader: fc.nat(readers.length - 1),
  sights: fc.array(sight, { maxLength: 3 }),
  answers: fc.array(fc.record({ number: fc.constantFrom(1, 2, 3), state: fc.constantFrom('opposition', 'non_opposition') }), { maxLength: 3 }),
  refused: fc.constantFrom(null, null, 'user', 'card', 'stranger'),
  limited: fc.constantFrom(false, false, true),
  /** Another DAC accompanies her now, or closed its accompaniment and keeps its records. */
  elsewhere: fc.constantFrom(null, 'open', 'closed'),
  withheld: fc.array(fc.record({ volet: fc.constantFrom('social', 'health'), from: fc.constantFrom('health', 'social', 'coordination', 'user', 'service') }), {
    maxLength: 2,
  }),
})
type Situation = typeof situation extends fc.Arbitrary<infer S> ? S : never

const items = volets.flatMap((volet) =>
  (['shared', 'org_private', 'restricted'] as const).flatMap((protection) =>
    [dac.id, otherDac.id].map((holderOrg) => ({ id: newId(), volet, protection, holderOrg })),
  ),
)

/** Plants the situation by the tables that gestures write, then the function that applies the person's wishes. */
async function plant(tx: Tx, s: Situation, partyOf: (party: string) => string): Promise<void> {
  for (const [index, { number, state }] of s.answers.entries())
    await sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org, recorded_at)
      values (${newId()}, ${personId}, ${number}, ${state}, '2026-10-01', 'oral_present', ${newId()}, 'x', ${dac.id}, ${hours(index - 100)})`.execute(tx)
  if (s.refused !== null)
    await sql`insert into persons.non_disclosure (id, person_id, kind, towards, party_id, since, holder_org)
      values (${newId()}, ${personId}, 'no_sharing', 'x', ${partyOf(s.refused)}, '2026-10-01', ${dac.id})`.execute(tx)
  if (s.limited)
    await sql`insert into privacy.limitation (id, person_id, reason, since, set_by, set_by_name, holder_org)
      values (${newId()}, ${personId}, 'accuracy', ${hours(-10)}, ${newId()}, 'x', ${dac.id})`.execute(tx)
  if (s.elsewhere !== null)
    await sql`insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at, ends_at)
      values (${newId()}, ${personId}, ${newId()}, 'dac_in_charge', '{administrative}', 'x', ${newId()}, ${hours(-400)}, ${s.elsewhere === 'open' ? null : hours(400)})`.execute(
      tx,
    )
  for (const { basis, party, entrusted, starts, ends } of s.sights)
    await sql`insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at, ends_at)
      values (${newId()}, ${personId}, ${partyOf(party)}, ${basis}, ${`{${entrusted.join(',')}}`}::text[], 'x', ${newId()}, ${hours(starts)}, ${ends === null ? null : hours(ends)})`.execute(
      tx,
    )
  for (const { volet, from } of s.withheld)
    await sql`insert into persons.withheld_volet (id, person_id, withholds, from_category, from_party_id, since, mode, given_by, recorded_at, recorded_by, recorded_by_name, holder_org)
      values (${newId()}, ${personId}, ${volet}, ${isParty(from) ? null : from}, ${isParty(from) ? partyOf(from) : null}, '2026-10-01', 'oral_present', 'person', ${at}, ${newId()}, 'x', ${dac.id})
      on conflict do nothing`.execute(tx)
  for (const item of items)
    await sql`insert into persons.timeline_item (id, person_id, at, kind, title, author_name, source, source_id, volet, holder_org, protection)
      values (${item.id}, ${personId}, ${at}, 'note', 'x', 'x', 'test', ${item.id}, ${item.volet}, ${item.holderOrg}, ${item.protection})`.execute(tx)
}
const isParty = (from: string): boolean => from === 'user' || from === 'service'

/** Applies wishes as a DAC in charge does: with a right of its own, taken back at once. */
async function applyWishes(tx: Tx): Promise<void> {
  const applying = newId()
  await sql`insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at)
    values (${applying}, ${personId}, ${applying}, 'dac_in_charge', '{administrative}', 'x', ${applying}, ${hours(-500)})`.execute(tx)
  await sql`select set_config('jalon.parties', ${`{${applying}}`}, true), set_config('jalon.clock', ${at.toISOString()}, true), persons.apply_opposition(${personId})`.execute(
    tx,
  )
  await sql`delete from persons.sight where id = ${applying}`.execute(tx)
}

/** The same situation in the words of the pure rule. */
function factsOf(s: Situation, actor: Actor, partyOf: (party: string) => string): Omit<AccessFacts, 'item'> {
  const last = (number: number) => s.answers.filter((one) => one.number === number).at(-1)?.state ?? 'not_collected'
  const same = (party: string): readonly string[] =>
    actor.professionalId !== null && (party === 'user' || party === 'card') ? [partyOf('user'), partyOf('card')] : [partyOf(party)]
  const mine = new Set<string>(actor.parties)
  const sights: HeldSight[] = s.sights
    .filter(({ party }) => mine.has(partyOf(party)))
    .map(({ basis, party, entrusted, starts, ends }) => ({
      basis: basis as HeldSight['basis'],
      partyId: partyOf(party),
      partyCategory: party === 'service' ? (actor.serviceKind === 'dac' ? 'coordination' : null) : actor.category,
      entrusted: entrusted as Volet[],
      startsAt: hours(starts),
      endsAt: ends === null ? null : hours(ends),
    }))
  return {
    serviceId: actor.serviceId,
    categoryVolets: categoryVolets[actor.category] ?? [],
    functionVolets: actor.volets,
    sights,
    rights: { 1: last(1), 2: last(2), 3: last(3) } as AccessFacts['rights'],
    ownParties: [actor.userId, ...(actor.professionalId === null ? [] : [actor.professionalId])],
    limited: s.limited,
    refusedParties: s.refused === null ? [] : same(s.refused),
    withheld: s.withheld.flatMap(({ volet, from }): Withholding[] =>
      isParty(from)
        ? same(from).map((partyId) => ({ volet: volet as 'social' | 'health', from: { partyId } }))
        : [{ volet: volet as 'social' | 'health', from: from as ProfessionalCategory }],
    ),
    now: at.toISOString(),
  }
}

describe('the rule of access', () => {
  it('is the same in the database and in the words that explain it, over generated situations', { timeout: 120_000 }, async () => {
    let decisions = 0
    let open = 0
    let speaking = 0
    let besides = 0
    await fc.assert(
      fc.asyncProperty(situation, async (s) => {
        const reader = readers[s.reader] as Reader
        const { actor } = reader
        const stranger = newId()
        const partyOf = (party: string): string =>
          ({ user: actor.userId as string, card: actor.professionalId ?? stranger, service: String(actor.serviceId) })[party] ?? stranger
        const seen = await rolledBack(db, async (tx) => {
          await sql`set local role jalon_system`.execute(tx)
          await plant(tx, s, partyOf)
          await applyWishes(tx)
          await sql`set local role none`.execute(tx)
          await setActor(tx, { actor, clock: at, timeZone: 'Europe/Paris' })
          const { rows } = await sql<{ id: string }>`select id from persons.timeline_item where person_id = ${personId}`.execute(tx)
          const doors = await sql<{ speaks: boolean; sights: boolean }>`select persons.speaks_for(${personId}) as speaks,
            exists (select from persons.sights_of(${personId})) as sights`.execute(tx)
          return { ids: new Set(rows.map((row) => row.id)), door: doors.rows[0], target: await selectTarget(tx, personId) }
        })
        const facts = factsOf(s, actor, partyOf)
        const disagreements = items.filter((item) => mayRead({ ...facts, item }).allowed !== seen.ids.has(item.id))
        decisions += items.length
        open += seen.ids.size
        // A DAC that accompanies her now, were it the actor's own by a right that is held back from the actor.
        const accompanied = s.elsewhere === 'open' || s.sights.some(({ basis, starts, ends }) => basis === 'dac_in_charge' && starts <= 0 && ends === null)
        const speaks = speaksFor(facts, accompanied)
        if (speaks) speaking++
        if (facts.sights.some(({ basis }) => basis === 'request') && !speaks) besides++
        expect([seen.door?.speaks, seen.target?.speaksFor ?? false, seen.door?.sights]).toEqual([
          speaks,
          speaks && actor.volets.includes('administrative'),
          speaks,
        ])
        return disagreements.length === 0
      }),
      { numRuns: 400, seed: 20261122 },
    )
    expect(decisions).toBe(400 * items.length)
    // Both verdicts are tried, else agreement would prove nothing.
    expect(open).toBeGreaterThan(100)
    expect(decisions - open).toBeGreaterThan(1000)
    expect(speaking).toBeGreaterThan(20)
    expect(besides).toBeGreaterThan(10)
  })
})
