import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { aDacUser, aPerson, aSight } from '../../persons/testing/builders.ts'
import { newId, type PersonId, type ServiceId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { pointAt, proposeMerge, setAside, undoMerge, validateMerge } from '../contract/actions.ts'
import { type ChosenTrait, chosenTraits, type Side } from '../contract/merged-identity.ts'
import type { MergeId, PairId, PairLine } from '../contract/pair.ts'
import { duplicatePair, duplicatePairs, linesLeftToSort } from '../contract/queries.ts'
import { findPairsOf } from './find.sql.ts'
import { duplicatesHandlers } from './handlers.ts'

const { db } = await testDatabase()
const now = new Date('2026-10-15T07:42:00Z')
const gate = testGate(db, () => now)
const registry = registryOf(duplicatesHandlers)
const dac = newId<ServiceId>()
const julie = aDacUser(dac)
const karim = aDacUser(dac, { displayName: 'Karim Belkacem', functions: ['front_desk'] })
const choices = (side: Side): Record<ChosenTrait, Side> => Object.fromEntries(chosenTraits.map((trait) => [trait, side])) as Record<ChosenTrait, Side>
const find = (...ids: readonly PersonId[]) => asSystem(db, 'looks for duplicates in a test', (tx) => findPairsOf(tx, ids, now))
const rows = <T>(text: string): Promise<readonly T[]> =>
  asSystem(db, 'reads in a test of pairs', async (tx) => (await sql<T>`${sql.raw(text)}`.execute(tx)).rows)
const pairsOf = (personId: PersonId) =>
  rows<{ id: PairId; state: string }>(`select id, state from duplicates.pair where '${personId}' in (person_id, other_person_id)`)

async function merge(pairId: PairId, keptId: PersonId, side: Side = 'kept'): Promise<MergeId> {
  const id = newId<MergeId>()
  const pair = await call(gate, registry, duplicatePair, julie, { id: pairId })
  const [kept, absorbed] = pair.one.person.personId === keptId ? [pair.one, pair.other] : [pair.other, pair.one]
  await call(gate, registry, proposeMerge, julie, {
    id,
    pairId,
    keptId,
    choices: choices(side),
    keptVersion: kept.version,
    absorbedVersion: absorbed.version,
  } as never)
  await call(gate, registry, validateMerge, karim, { id })
  return id
}

describe('two files that somebody points at', () => {
  it('are compared as those that were found, once, by who keeps one and sees the other', async () => {
    const [odile, other] = [
      await aPerson(db, { dac }),
      await aPerson(db, { dac, birthName: 'FRITSCH', usedName: null, firstNames: ['ANNA'], birthDay: '1960-02-02' }),
    ]
    const id = newId<PairId>()
    await expect(call(gate, registry, pointAt, julie, { id, personId: odile, otherId: other } as never)).resolves.toEqual({ id, known: false })
    await expect(call(gate, registry, pointAt, karim, { id: newId(), personId: other, otherId: odile } as never)).resolves.toEqual({ id, known: true })
    const pair = await call(gate, registry, duplicatePair, julie, { id })
    expect(pair.reasons[0]).toBe('signalé par Julie Marchal')
    // They look alike in nothing: only somebody could say it, and no comparison takes it away.
    await find(odile, other)
    expect(await pairsOf(other)).toEqual([{ id, state: 'to_review' }])
  })

  it('are refused where the other file is not seen, and where it is the same', async () => {
    const [odile, elsewhere] = [await aPerson(db, { dac }), await aPerson(db, { dac: newId<ServiceId>() })]
    await expect(call(gate, registry, pointAt, julie, { id: newId(), personId: odile, otherId: elsewhere } as never)).rejects.toMatchObject({
      kind: 'not_found',
    })
    await expect(call(gate, registry, pointAt, julie, { id: newId(), personId: odile, otherId: odile } as never)).rejects.toMatchObject({
      code: 'duplicates.one_file',
    })
  })
})

describe('« pas un doublon »', () => {
  it('is not proposed again once one of the two was merged into another file', async () => {
    const service = newId<ServiceId>()
    const [referent, desk] = [aDacUser(service), aDacUser(service, { functions: ['front_desk'] })]
    const as = { birthName: 'VAXELAIRE', usedName: null, sex: 'M' as const, birthDay: '1950-06-07' }
    const paul = await aPerson(db, { dac: service, ...as, firstNames: ['PAUL'] })
    const twin = await aPerson(db, { dac: service, ...as, firstNames: ['PAULIN'] })
    const again = await aPerson(db, { dac: service, ...as, firstNames: ['PAUL'] })
    const point = (one: PersonId, other: PersonId) => call(gate, registry, pointAt, referent, { id: newId(), personId: one, otherId: other } as never)
    const apart = await point(paul, twin)
    await call(gate, registry, setAside, referent, { id: apart.id, reason: 'Jumeaux.' })
    const { id: pairId } = await point(paul, again)
    const id = newId<MergeId>()
    await call(gate, registry, proposeMerge, referent, { id, pairId, keptId: again, choices: choices('kept'), keptVersion: 1, absorbedVersion: 1 } as never)
    await call(gate, registry, validateMerge, desk, { id })
    await find(again, twin)
    expect((await pairsOf(twin)).map(({ state }) => state)).toEqual(['not_duplicate'])
    await call(gate, registry, undoMerge, referent, { id, reason: 'Deux personnes.' })
    await find(paul, twin)
    expect((await pairsOf(twin)).filter(({ state }) => state !== 'not_duplicate').length).toBeLessThanOrEqual(1)
    expect(await rows(`select state from duplicates.pair where id = '${apart.id}'`)).toEqual([{ state: 'not_duplicate' }])
  })
})

describe('pairs that were found', () => {
  it('go when a correction leaves nothing alike, and stay when somebody decided', async () => {
    const [one, other] = [
      await aPerson(db, { dac, birthName: 'GRANDCLAUDE', usedName: null }),
      await aPerson(db, { dac, birthName: 'GRANDCLAUDE', usedName: null }),
    ]
    expect(await find(one)).toBe(1)
    await rows(
      `update persons.person set birth_name = 'ZIMMER', birth_given_names = '{ROSE}', birth_date = '1971-08-09', search_key = 'ZIMMER ROSE', sound_key = 'SIME ROS' where person_id = '${other}'`,
    )
    await find(other)
    expect(await pairsOf(one)).toEqual([])
  })

  it('are read page after page, each once, the likeliest first', async () => {
    const service = newId<ServiceId>()
    const reader = aDacUser(service)
    for (let n = 0; n < 9; n += 1) {
      const [a, b] = [await aPerson(db, { dac: service, birthDay: null }), await aPerson(db, { dac: null, birthDay: null })]
      const [first, second] = [a, b].sort()
      await rows(`insert into duplicates.pair (id, person_id, other_person_id, score, level, reasons, found_at, holder_org)
        values ('${newId()}', '${first}', '${second}', ${90 + (n % 3)}, 'probable', '{même nom}', '2026-10-0${1 + (n % 2)}T08:00:00Z', '${service}')`)
    }
    const seen: PairLine[] = []
    let cursor: string | null = null
    do {
      const page: { rows: PairLine[]; next: string | null } = await call(gate, registry, duplicatePairs, reader, { states: ['to_review'], pageSize: 4, cursor })
      seen.push(...page.rows)
      cursor = page.next
    } while (cursor !== null)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(9)
    expect(seen.map(({ score }) => score)).toEqual([...seen.map(({ score }) => score)].sort((a, b) => b - a))
    await expect(call(gate, registry, duplicatePairs, reader, { states: ['to_review'], cursor: 'n’importe quoi' })).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('after an undoing', () => {
  it('the pair is in the work list again, with who undid it and why, and what was written meanwhile is there to be sorted', async () => {
    const service = newId<ServiceId>()
    const [referent, desk] = [aDacUser(service), aDacUser(service, { functions: ['front_desk'], displayName: 'Karim Belkacem' })]
    const [kept, absorbed] = [
      await aPerson(db, { dac: service, birthName: 'MOUGENOT', usedName: null, firstNames: ['ODETTE'], birthDay: '1944-05-06' }),
      await aPerson(db, { dac: service, birthName: 'ANTOINE', usedName: null, firstNames: ['LUC'], birthDay: '1971-02-03' }),
    ]
    const { id: pairId } = await call(gate, registry, pointAt, referent, { id: newId(), personId: kept, otherId: absorbed } as never)
    const id = newId<MergeId>()
    const line = (personId: PersonId, title: string) =>
      rows(`insert into persons.timeline_item (id, person_id, at, kind, title, author_name, source, source_id, volet, holder_org)
        values ('${newId()}', '${personId}', '2026-10-15T07:00:00Z', 'call', '${title}', 'Julie Marchal', 'intake', '${newId()}', 'administrative', '${service}')`)
    await line(kept, 'Avant la fusion')
    await call(gate, registry, proposeMerge, referent, { id, pairId, keptId: kept, choices: choices('kept'), keptVersion: 1, absorbedVersion: 1 } as never)
    await call(gate, registry, validateMerge, desk, { id })
    await line(kept, 'Appel de la fille')
    await expect(call(gate, registry, linesLeftToSort, desk, { id })).rejects.toMatchObject({ kind: 'not_found' })
    await call(gate, registry, undoMerge, desk, { id, reason: 'Mère et fils.' })
    await find(kept, absorbed)
    const told = { mergeId: id, keptId: kept, byName: 'Karim Belkacem', reason: 'Mère et fils.', toSort: 1 }
    const { rows: list } = await call(gate, registry, duplicatePairs, referent, { states: ['to_review'] })
    expect(list.map((row) => [row.id, row.undone])).toEqual([[pairId, expect.objectContaining(told)]])
    expect((await call(gate, registry, duplicatePair, referent, { id: pairId })).undone).toMatchObject(told)
    const left = await call(gate, registry, linesLeftToSort, referent, { id })
    expect([left.personId, left.rows.map(({ title }) => title)]).toEqual([kept, ['Appel de la fille']])
    // Decided again: the undoing is history.
    await call(gate, registry, setAside, referent, { id: pairId, reason: 'Mère et fils.' })
    expect((await call(gate, registry, duplicatePair, referent, { id: pairId })).undone).toBe(null)
  })

  it('each file is found by the names that it bears, corrected since the merge or not', async () => {
    const [kept, absorbed] = [
      await aPerson(db, { dac, birthName: 'LAHEURTE', usedName: null, firstNames: ['ROSE'], birthDay: '1949-01-02' }),
      await aPerson(db, { dac, birthName: 'LAHEURT', usedName: null, firstNames: ['ROSE'], birthDay: '1949-01-02' }),
    ]
    await aSight(db, kept, dac)
    const { id: pairId } = await call(gate, registry, pointAt, julie, { id: newId(), personId: kept, otherId: absorbed } as never)
    const id = await merge(pairId, kept, 'absorbed')
    // Somebody adds a used name meanwhile: it stays, while the birth name goes back.
    await rows(
      `update persons.person set used_name = 'MANGEOLLE', search_key = 'LAHEURT MANGEOLLE ROSE', sound_key = 'LAERT MANJOL ROS', version = version + 1 where person_id = '${kept}'`,
    )
    await call(gate, registry, undoMerge, karim, { id, reason: 'Deux sœurs.' })
    expect(await rows(`select birth_name, used_name, search_key from persons.person where person_id = '${kept}'`)).toEqual([
      { birth_name: 'LAHEURTE', used_name: 'MANGEOLLE', search_key: 'LAHEURTE MANGEOLLE ROSE' },
    ])
  })
})
