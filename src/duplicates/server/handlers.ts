import type { Implementation } from '../../platform/server/implement.ts'
import {
  declineMergeImplementation,
  pointAtImplementation,
  proposeMergeImplementation,
  setAsideImplementation,
  undoMergeImplementation,
  validateMergeImplementation,
} from './decide.ts'
import { duplicatePairImplementation, duplicatePairsImplementation, linesLeftToSortImplementation, mergesOfPersonImplementation } from './read.ts'

/** Everything that duplicates can do, as the gate runs it. */
export const duplicatesHandlers: readonly Implementation[] = [
  duplicatePairsImplementation,
  duplicatePairImplementation,
  mergesOfPersonImplementation,
  linesLeftToSortImplementation,
  pointAtImplementation,
  setAsideImplementation,
  proposeMergeImplementation,
  validateMergeImplementation,
  declineMergeImplementation,
  undoMergeImplementation,
]
