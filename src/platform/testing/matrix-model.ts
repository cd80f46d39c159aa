import type { AnyContract } from '../contract/action.ts'
import type { Actor } from '../contract/actor.ts'
import type { PersonId, ServiceId, UserId } from '../contract/ids.ts'
import type { Tx } from '../server/db.ts'

/** Who stands where towards the person of the matrix. Every row gives a verdict for each. */
export const relations = ['referent', 'frontDesk', 'director', 'otherReferent', 'circleDoctor', 'circleSocial', 'outsider', 'regionalAdmin'] as const
export type Relation = (typeof relations)[number]

/** What the gate answers: done, refused with its reason, or « n’existe pas ou ne vous est pas ouvert ». */
export type Expected = 'ok' | 'forbidden' | 'not_found'

/** The small world in which every row is tried: two DAC, one person accompanied by the first, her circle, and strangers. */
export interface MatrixWorld {
  readonly dacA: ServiceId
  readonly dacB: ServiceId
  readonly cpts: ServiceId
  /** A commune of the perimeter of dacA. */
  readonly communeA: string
  readonly communeB: string
  readonly personId: PersonId
  readonly episodeId: string
  readonly referentId: UserId
  /** A colleague of the référent in dacA, without file of her own. */
  readonly colleagueId: UserId
  readonly actors: Readonly<Record<Relation, Actor>>
  readonly clock: Date
}

export interface MatrixRow {
  readonly contract: AnyContract
  /** Makes what the row needs beyond the world, as the system, in the transaction that is rolled back after each cell. */
  readonly arrange?: (world: MatrixWorld, tx: Tx) => Promise<Readonly<Record<string, string>>>
  readonly input: (world: MatrixWorld, arranged: Readonly<Record<string, string>>, actor: Actor) => unknown
  readonly expected: Readonly<Record<Relation, Expected>>
}

/** The same verdict for everyone but those named. */
export function expectAll(verdict: Expected, except: Partial<Record<Relation, Expected>> = {}): Readonly<Record<Relation, Expected>> {
  return Object.fromEntries(relations.map((relation) => [relation, except[relation] ?? verdict])) as Record<Relation, Expected>
}
