import { loadPerson } from '../../persons/server/api.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { duplicatePair, duplicatePairs, mergesOfPerson } from '../contract/queries.ts'
import { loadPair } from './decide.ts'
import { selectMergesOf, selectPairs } from './pair.sql.ts'

const page = 100

export const duplicatePairsImplementation = implement(duplicatePairs, {
  load: noTarget,
  run: async ({ tx }, { states }) => {
    const rows = await selectPairs(tx, states, page + 1)
    return { rows: rows.slice(0, page), more: rows.length > page }
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
