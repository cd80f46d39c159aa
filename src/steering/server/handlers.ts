import type { Implementation } from '../../platform/server/implement.ts'
import { readEightIndicators } from './eight-indicators.ts'
import { staffAndFundingHandlers } from './keep-staff-and-funding.ts'
import { readAccompanimentLines, readDoctorLines, readSollicitationLines } from './read-lines.ts'

/** Everything that steering can do, as the gate runs it. */
export const steeringHandlers: readonly Implementation[] = [
  readEightIndicators,
  readSollicitationLines,
  readAccompanimentLines,
  readDoctorLines,
  ...staffAndFundingHandlers,
]
