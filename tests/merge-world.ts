import { sql } from 'kysely'
import type { Random } from '../src/app/seed/region/random.ts'
import { seedDemoRegion } from '../src/app/seed/seed-demo.ts'
import { registry } from '../src/app/server/registry.ts'
import { proposeMerge, undoMerge, validateMerge } from '../src/duplicates/contract/actions.ts'
import { type ChosenTrait, chosenTraits, type Side } from '../src/duplicates/contract/merged-identity.ts'
import type { MergeId, PairId } from '../src/duplicates/contract/pair.ts'
import type { Actor } from '../src/platform/contract/actor.ts'
import { newId, type PersonId, type ServiceId } from '../src/platform/contract/ids.ts'
import { asSystem, type Database } from '../src/platform/server/db.ts'
import { call, testGate } from '../src/platform/testing/gate.ts'
import type { DatabaseUrls } from '../src/platform/testing/test-server.ts'
import { anActor } from '../src/territory/testing/builders.ts'

/** A demo region with, in each DAC, one who proposes and one who validates: merges are tried on rows as the software writes them, in every table. */
export interface MergeWorld {
  readonly persons: readonly { readonly id: PersonId; readonly dac: ServiceId }[]
  readonly proposer: ReadonlyMap<ServiceId, Actor>
  readonly validator: ReadonlyMap<ServiceId, Actor>
  readonly now: Date
  propose(
    kept: PersonId,
    absorbed: PersonId,
    by: Actor,
    choices?: Readonly<Record<ChosenTrait, Side>>,
  ): Promise<{ readonly id: MergeId; readonly pairId: PairId }>
  validate(id: MergeId, by: Actor): Promise<void>
  undo(id: MergeId, by: Actor): Promise<{ readonly notRestored: number; readonly followed: number }>
  /** A fingerprint of each table whose rows bear a person, lines of the merges themselves in the Fil left out. */
  fingerprint(): Promise<Readonly<Record<string, string>>>
  /** The rows behind it, as text, sorted: of these tables, or of all. */
  rowsOf(tables?: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>
}

/** Which rows of which tables are not what they were: `-` what is gone, `+` what came. */
export async function differences(world: MergeWorld, before: ReadonlyMap<string, readonly string[]>, tables: readonly string[]): Promise<readonly string[]> {
  const now = await world.rowsOf(tables)
  return tables.flatMap((table) => {
    const [had, has] = [new Set(before.get(table)), new Set(now.get(table))]
    return [
      ...[...had].filter((row) => !has.has(row)).map((row) => `${table} - ${row}`),
      ...[...has].filter((row) => !had.has(row)).map((row) => `${table} + ${row}`),
    ]
  })
}

export async function aMergeWorld(db: Database, urls: Pick<DatabaseUrls, 'ownerUrl' | 'appUrl'>, persons: number): Promise<MergeWorld> {
  const now = new Date('2026-10-15T07:42:00Z')
  await seedDemoRegion({ ownerUrl: urls.ownerUrl, appUrl: urls.appUrl, now, persons, log: () => undefined })
  const gate = testGate(db, () => new Date(now))
  const read = <T>(text: string): Promise<readonly T[]> =>
    asSystem(db, 'reads in a test of merges', async (tx) => (await sql<T>`${sql.raw(text)}`.execute(tx)).rows)
  const known = await read<{ id: PersonId; dac: ServiceId }>(`select distinct on (p.person_id) p.person_id as id, s.party_id as dac from persons.person p
    join persons.sight s on s.person_id = p.person_id and s.basis in ('dac_in_charge', 'request') and s.ends_at is null and s.suspended_at is null and 'administrative' = any (s.volets)
    join territory.service v on v.id = s.party_id and v.kind = 'dac' where p.protection = 'shared' order by p.person_id, s.basis`)
  const services = await read<{ id: ServiceId; name: string }>(`select id, name from territory.service where kind = 'dac'`)
  const [proposer, validator] = [new Map<ServiceId, Actor>(), new Map<ServiceId, Actor>()]
  for (const service of services.filter(({ id }) => known.some(({ dac }) => dac === id))) {
    const at = { id: service.id, name: service.name, kind: 'dac' } as never
    proposer.set(service.id, await anActor(db, { service: at, givenName: 'Karim', familyName: 'Belkacem', functions: ['front_desk'] }))
    validator.set(service.id, await anActor(db, { service: at, givenName: 'Julie', familyName: 'Marchal', functions: ['referent'] }))
  }
  const kept = Object.fromEntries(chosenTraits.map((trait) => [trait, 'kept'])) as Record<ChosenTrait, Side>
  const tables = (await read<{ name: string }>('select t::text as name from duplicates.moving_tables() t')).map(({ name }) => name)
  // The version of a person goes on at a merge and at its undoing, with the history of her fields.
  const mergers = [...proposer.values(), ...validator.values()].map(({ userId }) => `'${userId}'`).join(', ')
  // What a merge writes of itself in the Fil, and what that makes unread, tells what happened: it stays.
  const ofMerges = `select id from persons.timeline_item where source = 'duplicates'`
  const left: Readonly<Record<string, string>> = {
    'persons.timeline_item': ` where t.source <> 'duplicates'`,
    'liaison.unread': ` where t.item_id not in (${ofMerges})`,
    'platform.field_history': ` where t.record_type <> 'person' or t.changed_by is null or t.changed_by not in (${mergers})`,
  }
  const compared = [...tables, 'persons.person'].map((table) => ({
    table,
    row: table === 'persons.person' ? `(to_jsonb(t) - 'version')::text` : 't::text',
    left: left[table] ?? '',
  }))
  return {
    persons: known,
    proposer,
    validator,
    now,
    propose: async (keptId, absorbedId, by, choices = kept) => {
      const [first, second] = [keptId, absorbedId].sort()
      const id = newId<MergeId>()
      const pairId = await asSystem(db, 'a pair in a test', async (tx) => {
        // a proposal that another test left waiting
        await sql`update duplicates.merge set state = 'declined' where state = 'proposed' and person_id in (${keptId}, ${absorbedId}) and absorbed_id in (${keptId}, ${absorbedId})`.execute(
          tx,
        )
        const found = await sql<{ id: PairId }>`insert into duplicates.pair (id, person_id, other_person_id, score, level, reasons, found_at, holder_org)
          values (${newId()}, ${first}, ${second}, 93, 'probable', '{même nom}', ${now}, ${by.serviceId})
          on conflict (person_id, other_person_id) do update set state = 'to_review' returning id`.execute(tx)
        return found.rows[0]?.id as PairId
      })
      const versions = await asSystem(db, 'versions in a test', async (tx) => {
        const { rows } = await sql<{
          id: string
          version: number
        }>`select person_id as id, version from persons.person where person_id in (${keptId}, ${absorbedId})`.execute(tx)
        return new Map(rows.map((row) => [row.id, row.version]))
      })
      await call(gate, registry, proposeMerge, by, {
        id,
        pairId,
        keptId,
        choices,
        keptVersion: versions.get(keptId) ?? 0,
        absorbedVersion: versions.get(absorbedId) ?? 0,
      } as never)
      return { id, pairId }
    },
    validate: async (id, by) => void (await call(gate, registry, validateMerge, by, { id })),
    undo: async (id, by) => call(gate, registry, undoMerge, by, { id, reason: 'Deux personnes différentes.' }),
    fingerprint: async () => {
      const rows = await read<{ name: string; print: string }>(
        compared
          .map(
            ({ table, row, left }) =>
              `select '${table}' as name, coalesce(md5(string_agg(md5(${row}), '' order by md5(${row}))), '') || ' ' || count(*) as print from ${table} t${left}`,
          )
          .join(' union all '),
      )
      return Object.fromEntries(rows.map((row) => [row.name, row.print]))
    },
    rowsOf: async (wanted = compared.map(({ table }) => table)) => {
      const found = new Map<string, readonly string[]>()
      for (const { table, row, left } of compared.filter((one) => wanted.includes(one.table)))
        found.set(
          table,
          (await read<{ line: string }>(`select ${row} as line from ${table} t${left} order by 1`)).map(({ line }) => line),
        )
      return found
    },
  }
}

/** Two persons of the region whom one DAC at least keeps, and each trait from either side. */
export function aRandomPair(
  random: Random,
  world: MergeWorld,
): { readonly kept: PersonId; readonly absorbed: PersonId; readonly dac: ServiceId; readonly choices: Record<ChosenTrait, Side> } {
  const one = random.pick(world.persons)
  const other = random.pick(world.persons.filter(({ id }) => id !== one.id))
  const choices = Object.fromEntries(chosenTraits.map((trait) => [trait, random.chance(0.5) ? 'kept' : 'absorbed'])) as Record<ChosenTrait, Side>
  return { kept: one.id, absorbed: other.id, dac: one.dac, choices }
}
