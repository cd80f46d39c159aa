import type { StrictTrait } from './identity-status.ts'
import { type InsOid, insOidAllowed, insOidFits, parseNir } from './ins.ts'
import { nameKey, officialSpelling } from './names.ts'
import type { ProvisionalTraits, StrictTraits } from './traits.ts'

/** Five strict traits and a matricule, as the teleservice gives them. */
export interface InsIdentity extends StrictTraits {
  readonly matricule: string
  readonly oid: InsOid
}

/** What is asked by traits: the name of birth is strict, given names and birthplace are added when several persons answer. */
export interface InsiSearch {
  readonly birthName: string
  readonly givenNames: readonly string[]
  readonly sex: 'F' | 'M'
  readonly birthDate: string
  readonly birthPlaceCode: string | null
}

/** The teleservice said no to the request itself, or said nothing that can be used. `code` is a code of ours, never a trait. */
export type InsiFailure =
  | { readonly outcome: 'refused'; readonly code: 'not_authorised' | 'request_invalid' | 'answer_invalid' }
  | { readonly outcome: 'unreachable'; readonly code: 'down' | 'timeout' | 'answer_unreadable' }

/** Return codes of INSi: 00 one identity, 01 none, 02 several. */
export type InsiSearchAnswer =
  | { readonly outcome: 'ok'; readonly code: '00'; readonly identity: InsIdentity }
  | { readonly outcome: 'ok'; readonly code: '01' | '02' }
  | InsiFailure

export type InsiVerificationAnswer = { readonly outcome: 'ok'; readonly confirmed: boolean } | InsiFailure

/** The teleservice INSi as Jalon uses it: two operations. Neither throws; neither is called inside a transaction. */
export interface InsiPort {
  readonly search: (request: InsiSearch) => Promise<InsiSearchAnswer>
  readonly verify: (identity: InsIdentity) => Promise<InsiVerificationAnswer>
}

/** The requests that one search may take, in their order: the first given name; all of them; the birthplace too. Doubles are left out. */
export function searchRequests(traits: StrictTraits): readonly InsiSearch[] {
  const { birthName, birthDate, birthPlaceCode } = traits
  const sex = traits.sex as 'F' | 'M'
  const base = { birthName: officialSpelling(birthName), birthDate, sex }
  const given = traits.birthGivenNames.map(officialSpelling)
  const first = { ...base, givenNames: given.slice(0, 1), birthPlaceCode: null }
  const all = { ...base, givenNames: given, birthPlaceCode: null }
  return [first, ...(given.length > 1 ? [all] : []), { ...all, birthPlaceCode }]
}

/**
 * Searches by traits, asking again more precisely while several persons answer (02). Gives the last answer and how many calls it took. A failure ends
 * the search: it is tried again later, as a whole.
 */
export async function searchIns(port: Pick<InsiPort, 'search'>, traits: StrictTraits): Promise<{ readonly answer: InsiSearchAnswer; readonly calls: number }> {
  const requests = searchRequests(traits)
  let calls = 0
  let answer: InsiSearchAnswer = { outcome: 'ok', code: '01' }
  for (const request of requests) {
    answer = await port.search(request)
    calls += 1
    if (answer.outcome !== 'ok' || answer.code !== '02') break
  }
  return { answer, calls }
}

/** True for an identity that this installation may receive: authority of its kind, number of the right shape and, among real ones, the right key. */
export function receivable(identity: InsIdentity, production: boolean): boolean {
  const parsed = parseNir(identity.matricule)
  return (
    parsed.ok &&
    identity.matricule.length === 15 &&
    insOidAllowed(identity.oid, production) &&
    insOidFits(identity.oid, identity.matricule) &&
    (!production || parsed.nir.keyValid === true)
  )
}

/** One trait, here and at the teleservice. */
export interface TraitComparison {
  readonly trait: StrictTrait
  readonly here: string | null
  readonly there: string
  readonly same: boolean
}

const order: readonly StrictTrait[] = ['birthName', 'birthGivenNames', 'birthDate', 'sex', 'birthPlaceCode']

/** The five traits side by side. Accents, capitals and kinds of apostrophe make no difference; hyphens do, as for the civil status. */
export function compareTraits(here: ProvisionalTraits, there: StrictTraits): readonly TraitComparison[] {
  return order.map((trait) => {
    const [ours, theirs] = [written(here[trait]), written(there[trait]) as string]
    return { trait, here: ours, there: theirs, same: ours !== null && officialSpelling(ours) === officialSpelling(theirs) }
  })
}

function written(value: string | readonly string[] | null): string | null {
  if (value === null || typeof value === 'string') return value
  return value.length === 0 ? null : value.join(' ')
}

/**
 * The strict traits to keep once the answer is accepted: those of the teleservice, but for a spelling that differs by accents and capitals alone, where
 * ours is kept (officialSpelling gives theirs back whenever it leaves).
 */
export function acceptedTraits(here: ProvisionalTraits, there: StrictTraits): Partial<StrictTraits> {
  const differing = compareTraits(here, there).filter((one) => !one.same)
  return Object.fromEntries(differing.map(({ trait }) => [trait, there[trait]]))
}

/** Given names as the teleservice lists them: separated by spaces, compound names hyphenated. */
export function givenNamesOf(list: string): readonly string[] {
  return list.split(/\s+/).filter((name) => nameKey(name) !== '')
}
