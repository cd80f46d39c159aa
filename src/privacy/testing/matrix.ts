import { expectAll, type MatrixRow } from '../../platform/testing/matrix-model.ts'
import { fileAccesses, fileAccessLines, personData, personDataSummary } from '../contract/queries.ts'

/** Answered by those who accompany her in the DAC in charge; the desk and the circle see her but do not answer her; the others do not know her. */
const answersHer = expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden', circleDoctor: 'forbidden', circleSocial: 'forbidden' })

export const privacyMatrix: readonly MatrixRow[] = [
  { contract: personData, input: ({ personId }) => ({ personId, format: 'json' }), expected: answersHer },
  { contract: personDataSummary, input: ({ personId }) => ({ personId }), expected: answersHer },
  { contract: fileAccesses, input: ({ personId }) => ({ personId, since: '2026-01-01' }), expected: answersHer },
  { contract: fileAccessLines, input: ({ personId, referentId }) => ({ personId, userId: referentId, day: '2026-10-15' }), expected: answersHer },
]
