import { loadPerson } from '../../persons/server/api.ts'
import { notFound } from '../../platform/contract/errors.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { decodeCursor, encodeCursor } from '../../platform/server/keyset.ts'
import { duplicatePair, duplicatePairs, linesLeftToSort, mergesOfPerson } from '../contract/queries.ts'
import { loadPair } from './decide.ts'
import { type AfterPair, selectLinesLeft, selectMergesOf, selectPairs } from './pair.sql.ts'

export const duplicatePairsImplementation = implement(duplicatePairs, {
  load: noTarget,
  run: async ({ tx }, { states, pageSize, cursor }) => {
    const found = await selectPairs(tx, states, decodeCursor(cursor, 3) as AfterPair | null, pageSize + 1)
    const rows = found.slice(0, pageSize)
    const last = rows.at(-1)
    return { rows, next: found.length > rows.length && last !== undefined ? encodeCursor([last.score, last.foundAt, last.id]) : null }
  },
})

export const duplicatePairImplementation = implement(duplicatePair, {
  load: (context, { id }) => loadPair(context, id),
  run: async (_context, _input, pair) => pair,
})

export const mergesOfPersonImplementation = implement(mergesOfPerson, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async ({ tx }, _input, person) => ({ rows: [...(await selectMergesOf(tx, person.personId))] }),
})

export const linesLeftToSortImplementation = implement(linesLeftToSort, {
  load: async ({ tx }, { id }) => {
    const left = await selectLinesLeft(tx, id)
    if (left === null) throw notFound('merge')
    return left
  },
  run: async (_context, _input, left) => left,
})
