import type { NonOpposition, NonOppositionNumber, SharingState } from '../contract/person.ts'
import type { SharingRows } from './sharing.sql.ts'

const notCollected: NonOpposition = { state: 'not_collected', on: null, mode: null, byName: null, documentVersion: null, givenBy: null }

/** The state that follows from the last answers; a question without an answer is « non recueillie ». */
export function sharingFrom(rows: SharingRows): SharingState {
  const answer = (number: NonOppositionNumber): NonOpposition => {
    const found = rows.answers.find((one) => one.number === number)
    if (found === undefined) return notCollected
    const { number: _asked, ...rest } = found
    return rest
  }
  const nonOppositions = { 1: answer(1), 2: answer(2), 3: answer(3) }
  return {
    informedOn: rows.informedOn,
    informedBy: rows.informedBy,
    nonOppositions,
    silences: [...rows.silences],
    opposed: nonOppositions[1].state === 'opposition' || nonOppositions[2].state === 'opposition',
    uncollected: nonOppositions[1].state === 'not_collected' || nonOppositions[2].state === 'not_collected',
  }
}
