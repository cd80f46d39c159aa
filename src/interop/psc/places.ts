import { professionalCategoryOf } from './profession.ts'
import type { PscIdentity, PscSituation } from './userinfo.ts'

/** A membership that Jalon holds for her today. */
export interface KnownMembership {
  readonly id: string
  readonly serviceId: string
  readonly serviceName: string
  readonly jobTitle: string | null
  readonly finess: string | null
  readonly finessLegal: string | null
  readonly siren: string | null
}

/** Where she may enter: one of her memberships, or a practice of her own that her first login makes. */
export interface Place {
  /** null: to be made. */
  readonly membership: KnownMembership | null
  readonly situation: PscSituation
}

/**
 * The places among which she chooses, in the order shown. Takes what Pro Santé Connect says and what Jalon holds.
 *
 * A membership goes with the situation of the same place (FINESS, SIREN, name); failing that with the situation that Pro Santé Connect puts forward, because the
 * service that employs her vouches for her. A situation without membership opens a practice of her own when she works for herself, or when
 * Jalon knows nothing else of her; never when R.1110-2 CSP does not name what she does, nor for the staff of a DAC or a CPTS.
 */
export function placesOf(identity: PscIdentity, memberships: readonly KnownMembership[]): readonly Place[] {
  const main = identity.situations.find((situation) => situation.suggested) ?? identity.situations[0]
  if (main === undefined) return []
  const taken = new Set<PscSituation>()
  const known = memberships.map((membership) => {
    const situation = matchOf(membership, identity.situations)
    if (situation !== undefined) taken.add(situation)
    return { membership, situation: situation ?? main }
  })
  const own = identity.situations
    .filter((situation) => !taken.has(situation) && (memberships.length === 0 || situation.mode === 'L') && mayComeIn(situation))
    .map((situation) => ({ membership: null, situation }))
  return [...known, ...own]
}

/** DAC and regional schemes, CPTS (TRE_R02): who is employed there works with Jalon and is registered by her service. */
const registeringSectors: readonly (string | null)[] = ['SA57', 'SA63']

/** True for those whom R.1110-2 CSP names and who are outside: the others need a service of the region that gives them an access. */
function mayComeIn(situation: PscSituation): boolean {
  const employedInside = situation.mode !== 'L' && registeringSectors.includes(situation.sectorCode)
  return !employedInside && professionalCategoryOf(situation).category !== 'administrative'
}

function matchOf(membership: KnownMembership, situations: readonly PscSituation[]): PscSituation | undefined {
  const same = (a: string | null, b: string | null): boolean => a !== null && a === b
  return (
    situations.find(({ structure }) => same(structure.finess, membership.finess)) ??
    situations.find(({ structure }) => plain(structure.name) !== '' && plain(structure.name) === plain(membership.serviceName)) ??
    situations.find(({ structure }) => same(structure.finessLegal, membership.finessLegal) || same(structure.siren, membership.siren))
  )
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}
