import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** Argon2id with the parameters that OWASP gives first: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 }
const length = 32

/** A password never stands alone here, and is typed rarely: length is what counts (NIST SP 800-63B, ANSSI). */
export const shortestPassword = 12

/** Hashes a password: `argon2id$memory$passes$parallelism$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await run(password, salt, cost)
  return ['argon2id', cost.memory, cost.passes, cost.parallelism, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** True if the password is the one. An unreadable hash is never it. */
export async function verifyPassword(password: string, kept: string): Promise<boolean> {
  const [name, memory, passes, parallelism, salt, hash] = kept.split('$')
  if (name !== 'argon2id' || salt === undefined || hash === undefined) return false
  const expected = Buffer.from(hash, 'base64url')
  const given = await run(password, Buffer.from(salt, 'base64url'), { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) })
  return expected.length === given.length && timingSafeEqual(expected, given)
}

/** A hash of nothing that anybody knows, so that an unknown account takes the time of a known one. */
export const nobodysHash = await hashPassword(randomBytes(24).toString('base64url'))

/** Refuses what a list of guesses begins with: too short, one character or a run repeated, her own name or address. Gives why, in French, or null. */
export function weaknessOf(password: string, known: readonly string[]): string | null {
  if (password.length < shortestPassword) return `${shortestPassword} caractères au moins : une phrase est plus sûre et plus facile à retenir.`
  if (password.length > 200) return '200 caractères au plus.'
  const plain = password.toLowerCase()
  if (new Set(plain).size < 6) return 'Trop répétitif : choisissez une phrase.'
  const holds = (word: string): boolean => word.length >= 4 && plain.includes(word.toLowerCase())
  if (known.some(holds)) return 'Ne mettez ni votre nom ni votre adresse.'
  if (guesses.some((guess) => plain.startsWith(guess) && password.length < guess.length + 8)) return 'Trop courant : choisissez une phrase.'
  return null
}

const guesses = ['motdepasse', 'password', 'azertyuiop', 'qwertyuiop', '1234567890', 'jalon', 'bonjour', 'azerty123', 'soleil']

function run(password: string, nonce: Buffer, { memory, passes, parallelism }: typeof cost): Promise<Buffer> {
  return derive('argon2id', { message: password.normalize('NFKC'), nonce, parallelism, tagLength: length, memory, passes })
}
