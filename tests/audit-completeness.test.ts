import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { registry } from '../src/app/server/registry.ts'
import { randomFrom } from '../src/audit-trail/testing/tampering.ts'
import { anEpisode } from '../src/episodes/testing/builders.ts'
import { aPerson, aSight } from '../src/persons/testing/builders.ts'
import { DomainError } from '../src/platform/contract/errors.ts'
import { newId, type PersonId } from '../src/platform/contract/ids.ts'
import { asSystem, setActor } from '../src/platform/server/db.ts'
import { runInside } from '../src/platform/server/execute.ts'
import { testClock, testGate } from '../src/platform/testing/gate.ts'
import { type MatrixRow, relations } from '../src/platform/testing/matrix-model.ts'
import { rolledBack, testDatabase } from '../src/platform/testing/test-database.ts'
import { keyOf, matrixRows } from './matrix-play.ts'
import { buildMatrixWorld } from './matrix-world.ts'

/*
 * A mirror of the answers: whatever a query or an action answers is searched for the identifier of any person of the database and for the names of
 * persons, which nobody else bears; the line that the same call left must name each of them. Long run: JALON_AUDIT_CALLS=50000.
 */
const { db, owner } = await testDatabase()
const clock = testClock()
const gate = testGate(db, clock)
const world = await buildMatrixWorld(db, clock())
const random = randomFrom(Number(process.env['JALON_AUDIT_SEED'] ?? 20_261_122))

// Other persons around her, so that lists hold several, each with a name that is nobody else's.
const others: PersonId[] = []
for (let n = 0; n < 6; n += 1) {
  const dac = n % 3 === 2 ? world.dacB : world.dacA
  const episodeId = newId() as never
  const personId = await aPerson(db, {
    dac,
    episodeId,
    birthName: `KANARI${'ABCDEF'[n]}`,
    usedName: null,
    firstNames: [`ZELIE${'ABCDEF'[n]}`],
    communeCode: world.communeA,
  })
  await anEpisode(db, { id: episodeId, personId, dac, referentId: world.referentId })
  if (n % 2 === 0) await aSight(db, personId, String(world.actors.circleDoctor.professionalId), { basis: 'care_team' })
  others.push(personId)
}
const everyone = [world.personId, ...others]
await owner.query(`update persons.person set birth_name = 'KANARIZ', used_name = 'KANARIY' where person_id = $1`, [world.personId])

interface Mirrored {
  readonly outcome: 'answered' | 'refused' | 'other'
  /** Persons whom the answer shows and the line does not name. */
  readonly missing: readonly string[]
  /** How many persons the answer shows. */
  readonly shown: number
  readonly lines: number
}

const names = async (ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { rows } = await owner.query<{ id: string; words: string[] }>(
    `select person_id as id, array_remove(array[birth_name, used_name] || birth_given_names, null) as words from persons.person where person_id = any ($1)`,
    [ids],
  )
  return new Map(rows.map((row) => [row.id, row.words]))
}
const words = await names(everyone)

/** Persons whom a text shows: by identifier, or by a name that only she bears. */
function personsIn(text: string, ids: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>()
  for (const [id] of text.matchAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g)) if (ids.has(id)) found.add(id)
  for (const [id, own] of words) if (own.some((word) => word.startsWith('KANARI') && text.toUpperCase().includes(word))) found.add(id)
  return found
}

async function mirror(row: MatrixRow, relation: (typeof relations)[number], personId: PersonId): Promise<Mirrored> {
  const implementation = registry.get(keyOf(row))
  if (implementation === undefined) throw new Error(`not implemented: ${row.contract.name}`)
  const actor = world.actors[relation]
  return rolledBack(db, async (tx) => {
    await sql`set local role jalon_system`.execute(tx)
    const arranged = (await row.arrange?.(world, tx)) ?? {}
    await sql`set local role none`.execute(tx)
    await setActor(tx, { actor, clock: clock(), timeZone: gate.timeZone })
    const input = row.contract.input.safeParse(aboutAnother(row.input(world, arranged, actor), personId))
    if (!input.success) return { outcome: 'other', missing: [], shown: 0, lines: 0 }
    const call = { actor, input: input.data, idempotencyKey: row.contract.kind === 'action' ? newId() : undefined, authenticatedAt: clock() }
    try {
      const text = JSON.stringify(await runInside(tx, gate, implementation, call, input.data, clock()))
      await sql`set local role jalon_system`.execute(tx)
      const ids = new Set((await sql<{ id: string }>`select person_id as id from persons.person`.execute(tx)).rows.map(({ id }) => id))
      const { rows: lines } = await sql<{
        persons: string[]
        report: boolean
      }>`select person_ids as persons, details ?| array['reportId', 'reportIds'] as report
        from audit.inbox where name = ${row.contract.name} and actor_id = ${actor.userId}`.execute(tx)
      const told = new Set(lines.flatMap(({ persons }) => persons))
      // What answers a question about a person is about her, even where it says neither her name nor her number; unless the contract says why not.
      const shown = personsIn('none' in row.contract.audit ? text : `${text} ${JSON.stringify(input.data)}`, ids)
      // A restricted report is told by its own identifier, so that the accesses to a person do not reveal that there is one.
      if (row.contract.name.startsWith('safeguarding.') && lines[0]?.report === true)
        return { outcome: 'answered', missing: [], shown: shown.size, lines: lines.length }
      return { outcome: 'answered', missing: [...shown].filter((id) => !told.has(id)), shown: shown.size, lines: lines.length }
    } catch (error) {
      return {
        outcome: error instanceof DomainError && (error.kind === 'forbidden' || error.kind === 'not_found') ? 'refused' : 'other',
        missing: [],
        shown: 0,
        lines: 0,
      }
    }
  })
}

/** The same question about somebody else, where it names a person. */
function aboutAnother(input: unknown, personId: PersonId): unknown {
  return JSON.parse(JSON.stringify(input, (_key, value: unknown) => (value === world.personId ? personId : value)))
}

describe('the completeness of the audit', () => {
  it('every answer that shows a person is a line that names her: every query and action, generated calls, 100 %', { timeout: 3_600_000 }, async () => {
    const calls = Number(process.env['JALON_AUDIT_CALLS'] ?? 0)
    const plays: [MatrixRow, (typeof relations)[number], PersonId][] = matrixRows.flatMap((row) =>
      relations
        .filter((relation) => row.expected[relation] === 'ok')
        .map((relation): [MatrixRow, (typeof relations)[number], PersonId] => [row, relation, world.personId]),
    )
    while (plays.length < Math.max(calls, 1_000)) {
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
      plays.push([pick(matrixRows), pick(relations), pick(everyone)])
    }
    const incomplete = new Map<string, number>()
    const without: string[] = []
    let answered = 0
    let showing = 0
    for (const [row, relation, personId] of plays) {
      const result = await mirror(row, relation, personId)
      if (result.outcome !== 'answered') continue
      answered += 1
      if (result.shown > 0) showing += 1
      if (result.lines !== 1) without.push(row.contract.name)
      if (result.missing.length > 0) incomplete.set(row.contract.name, (incomplete.get(row.contract.name) ?? 0) + 1)
    }
    process.stdout.write(
      `audit completeness: ${plays.length} calls, ${answered} answered, ${showing} show a person, ${incomplete.size === 0 ? '100 %' : 'incomplete'} named\n`,
    )
    expect(Object.fromEntries(incomplete)).toEqual({})
    expect(without).toEqual([])
    expect(showing).toBeGreaterThan(150)
  })

  it('the mirror sees a line that forgets somebody', () => {
    expect(personsIn(`{"id":"${world.personId}"}`, new Set(everyone))).toEqual(new Set([world.personId]))
    expect(personsIn('{"name":"Kanaria"}', new Set(everyone))).toEqual(new Set([others[0]]))
    expect(personsIn('{"id":"00000000-0000-0000-0000-000000000000"}', new Set(everyone))).toEqual(new Set())
  })

  it('every refusal about a person is a line that names her and shows nothing', async () => {
    const { execute } = await import('../src/platform/server/execute.ts')
    const refused: string[] = []
    const nameless: string[] = []
    for (const row of matrixRows) {
      if (row.arrange !== undefined || row.expected.outsider === 'ok') continue
      const input = row.input(world, {}, world.actors.outsider) as { readonly personId?: string }
      if (input.personId !== world.personId || 'none' in row.contract.audit) continue
      const implementation = registry.get(keyOf(row))
      if (implementation === undefined) continue
      await expect(
        execute(gate, implementation, {
          actor: world.actors.outsider,
          input,
          idempotencyKey: row.contract.kind === 'action' ? newId() : undefined,
          authenticatedAt: clock(),
        }),
      ).rejects.toBeInstanceOf(DomainError)
      refused.push(row.contract.name)
      const line = await asSystem(
        db,
        'read the line of a refusal',
        async (tx) =>
          (
            await sql<{
              persons: string[]
              volets: string[]
              outcome: string
            }>`select person_ids as persons, volets, outcome from audit.inbox where name = ${row.contract.name} order by at desc limit 1`.execute(tx)
          ).rows[0],
      )
      if (line?.outcome !== 'refused' || !line.persons.includes(world.personId) || line.volets.length > 0) nameless.push(row.contract.name)
    }
    expect(nameless).toEqual([])
    expect(refused.length).toBeGreaterThan(20)
  })
})
