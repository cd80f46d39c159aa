import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { purposeOf, purposes } from '../src/app/server/purposes.ts'
import { registry } from '../src/app/server/registry.ts'
import { newId } from '../src/platform/contract/ids.ts'
import type { Tx } from '../src/platform/server/db.ts'
import { testClock, testGate } from '../src/platform/testing/gate.ts'
import { relations } from '../src/platform/testing/matrix-model.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'
import { matrixRows, playCell } from './matrix-play.ts'
import { buildMatrixWorld } from './matrix-world.ts'

const { db } = await testDatabase()
const clock = testClock()
const world = await buildMatrixWorld(db, clock())
const board = { db, gate: testGate(db, clock), world }
const actionsOnPersons = [...registry.values()].flatMap(({ contract }) => (contract.kind === 'action' && !('none' in contract.audit) ? [contract.name] : []))

/** She opposes, today, the first or the second of the three. */
const opposes = (number: 1 | 2) => (tx: Tx) =>
  sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org, recorded_at)
    values (${newId()}, ${world.personId}, ${number}, 'opposition', '2026-10-15', 'oral_present', ${world.referentId}, 'Julie Marchal', ${world.dacA}, ${clock()})`.execute(
    tx,
  )

describe('what is done for a person who opposes it', () => {
  it('is declared for every action on a person: accompanied, recorded, or open with its reason', () => {
    expect(actionsOnPersons.filter((name) => purposeOf(name) === undefined)).toEqual([])
    expect(Object.values(purposes).filter((one) => typeof one !== 'string' && one.open.length < 20)).toEqual([])
    const known = [...registry.values()].map(({ contract }) => contract.name)
    expect(Object.keys(purposes).filter((key) => !known.some((name) => name === key || (key.endsWith('.') && name.startsWith(key))))).toEqual([])
  })

  const stopped = matrixRows.filter(({ contract }) => contract.kind === 'action' && typeof purposeOf(contract.name) === 'string')
  it.each(stopped.map((row) => [row.contract.name, row] as const))('%s stops, whoever asks, at the next request', async (_name, row) => {
    for (const relation of relations.filter((one) => row.expected[one] === 'ok')) {
      const number = relation === 'referent' ? 1 : 2
      expect([relation, await playCell(board, row, world.actors[relation], opposes(number))]).toEqual([relation, 'forbidden'])
    }
  })

  const open = matrixRows.filter(({ contract }) => contract.kind === 'action' && !('none' in contract.audit) && typeof purposeOf(contract.name) === 'object')
  it.each(open.map((row) => [row.contract.name, row] as const))('%s stays possible for her DAC', async (_name, row) => {
    if (row.expected.referent !== 'ok') return
    const answer = await playCell(board, row, world.actors.referent, opposes(1))
    // What shares says so in its own words: it is a state of the file, not a right that is missing.
    expect(['ok', 'invalid: sharing_opposed ', 'invalid: episodes.person_opposed ']).toContain(answer)
  })
})
