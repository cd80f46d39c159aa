import { expect, test } from 'vitest'
import { partyIdOf } from '../../../territory/server/api.ts'
import { writePartyId } from './party-number.ts'

test('a number of the RPPS gives the id that the rest of Jalon knows the professional by', () => {
  const id = Buffer.alloc(16)
  for (let serial = 0; serial < 2000; serial += 1) {
    const number = String(10_000_000_000 + serial * 44_611_977)
    writePartyId(id, Buffer.from(`8|${number}|`), 2)
    expect(id.toString('hex')).toBe(partyIdOf('rpps', number).replaceAll('-', ''))
  }
})
