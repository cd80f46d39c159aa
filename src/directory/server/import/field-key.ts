import type { ScannedLine } from './line-scanner.ts'
import type { FieldReader } from './rpps-rows.ts'

const bar = 0x7c

/**
 * Fifty-three bits of what some columns of a line tell together, by which what was found for them is found again without a string. Of some tens of
 * thousands of such tellings, two share a key with a chance of one in ten million.
 */
export function keyOfFields(line: ScannedLine, places: readonly number[], field: FieldReader): number {
  const { bytes } = line
  let one = 0x2bdd_4e15
  let other = 0x1b56_c4e9
  for (const place of places) {
    field.find(line, place)
    for (let spot = field.from; spot < field.to; spot += 1) {
      one = Math.imul(one ^ (bytes[spot] as number), 0x9e37_79b1)
      other = Math.imul(((other << 5) | (other >>> 27)) ^ (bytes[spot] as number), 0x5f35_6495)
    }
    one = Math.imul(one ^ bar, 0x85eb_ca6b)
    other = Math.imul(((other << 5) | (other >>> 27)) ^ bar, 0xc2b2_ae35)
  }
  return (one >>> 0) * 0x20_0000 + ((other ^ (other >>> 16)) & 0x1f_ffff)
}
