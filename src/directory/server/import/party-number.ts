/** territory.party_id of numbers of the RPPS, millions of them: MD5 of the one block that « rpps: » and eleven digits make. */

const [prefix, digits] = [Buffer.from('rpps:'), 11]
const turns = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
].flatMap((four) => [...four, ...four, ...four, ...four])
const shifts = Uint8Array.from(turns)
const sines = Int32Array.from({ length: 64 }, (_, at) => Math.floor(Math.abs(Math.sin(at + 1)) * 2 ** 32))
const block = Buffer.alloc(64)
block.set(prefix)
block[prefix.length + digits] = 0x80
block[56] = (prefix.length + digits) * 8
const words = new Int32Array(block.buffer, block.byteOffset, 16)
const state = new Int32Array(4)
const digest = new Uint8Array(state.buffer)

/** Writes the sixteen bytes of the id of whoever bears the number that stands there. */
export function writePartyId(id: Buffer, source: Uint8Array, from: number): void {
  for (let at = 0; at < digits; at += 1) block[prefix.length + at] = source[from + at] as number
  let a = 0x6745_2301
  let b = 0xefcd_ab89 | 0
  let c = 0x98ba_dcfe | 0
  let d = 0x1032_5476
  for (let step = 0; step < 64; step += 1) {
    let mixed = 0
    let word = step
    if (step < 16) mixed = (b & c) | (~b & d)
    else if (step < 32) {
      mixed = (d & b) | (~d & c)
      word = step * 5 + 1
    } else if (step < 48) {
      mixed = b ^ c ^ d
      word = step * 3 + 5
    } else {
      mixed = c ^ (b | ~d)
      word = step * 7
    }
    const sum = (((a + mixed) | 0) + (((sines[step] as number) + (words[word & 15] as number)) | 0)) | 0
    const shift = shifts[step] as number
    a = d
    d = c
    c = b
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0
  }
  state[0] = (a + 0x6745_2301) | 0
  state[1] = (b + 0xefcd_ab89) | 0
  state[2] = (c + 0x98ba_dcfe) | 0
  state[3] = (d + 0x1032_5476) | 0
  for (let at = 0; at < id.length; at += 1) id[at] = digest[at] as number
  // A UUID of version 8, as territory.party_id makes it.
  id[6] = 0x80 | ((id[6] as number) & 0x0f)
  id[8] = 0x80 | ((id[8] as number) & 0x0f)
}
