import { allowed, refused, type Verdict } from '../../platform/contract/action.ts'
import type { ProfessionalCategory, Volet } from '../../platform/contract/actor.ts'
import { french } from '../../platform/contract/typography.ts'
import { closedReasons } from './hidden.ts'
import type { SightBasis } from './person.ts'
import type { Rights } from './rights.ts'

/** A right as its row says it; the database evaluates the same in the policies of persons.protect. Instants are ISO 8601 in UTC. */
export interface HeldSight {
  readonly basis: SightBasis
  /** Whom it was given to: the actor, her card, or her service. */
  readonly partyId: string
  /** The category of that party (R.1110-2 CSP): 'coordination' for a DAC. Null where nobody knows it. */
  readonly partyCategory: ProfessionalCategory | null
  /** What the basis gives. */
  readonly entrusted: readonly Volet[]
  readonly startsAt: string
  readonly endsAt: string | null
}

/** A volet that the person withholds today, from a category or from one party. */
export interface Withholding {
  readonly volet: 'social' | 'health'
  readonly from: ProfessionalCategory | { readonly partyId: string }
}

export interface AccessFacts {
  readonly item: { readonly volet: Volet; readonly protection: 'shared' | 'org_private' | 'restricted'; readonly holderOrg: string }
  /** The service on whose behalf the actor acts. */
  readonly serviceId: string | null
  /** What the table of the region opens to her category. */
  readonly categoryVolets: readonly Volet[]
  /** What her functions ever open; the desk has the administrative volet alone. */
  readonly functionVolets: readonly Volet[]
  readonly sights: readonly HeldSight[]
  /** The three answers of the person. */
  readonly rights: Rights
  /** The account and the card of the actor: a refusal that names her holds whatever party her right was given to. */
  readonly ownParties: readonly string[]
  /** Professionals with whom she refuses sharing, each under her account and her card. */
  readonly refusedParties: readonly string[]
  /** The use of the file is limited (art. 18 RGPD). */
  readonly limited: boolean
  readonly withheld: readonly Withholding[]
  readonly now: string
}

/** Bases that are shares of the DAC's file: an opposition or a refusal suspends them. A DAC keeps what closing needs, the person keeps her own. */
const shares: readonly SightBasis[] = ['care_team', 'consent', 'break_glass']

/** True while the right runs: from its first instant, until its end, which is out of it. */
export function runs(sight: Pick<HeldSight, 'startsAt' | 'endsAt'>, now: string): boolean {
  return sight.startsAt <= now && (sight.endsAt === null || sight.endsAt > now)
}

/** What holds rights back, as the person and her DAC said it. */
export type Restraints = Pick<AccessFacts, 'rights' | 'refusedParties' | 'ownParties' | 'limited'>

/**
 * True while the right is held back: by an opposition to care or to the file; by the refusal of this professional, under any name and whatever party the
 * right was given to; by a limitation, but for an exceptional access, which is the way through it. Her own right never is.
 */
export function heldBack(sight: Pick<HeldSight, 'basis' | 'partyId'>, { rights, refusedParties, ownParties, limited }: Restraints): boolean {
  if (sight.basis === 'self') return false
  if (ownParties.some((party) => refusedParties.includes(party))) return true
  if (!shares.includes(sight.basis)) return false
  return rights[1] === 'opposition' || rights[2] === 'opposition' || refusedParties.includes(sight.partyId) || (limited && sight.basis !== 'break_glass')
}

/**
 * What is left of what a right gives, once the person has withheld volets from its category, its party, or the professional herself under any of her names,
 * whatever party the right was given to; and while the use of her file is limited. Her own right is never narrowed.
 */
export function voletsLeft(sight: HeldSight, withheld: readonly Withholding[], limited: boolean, ownParties: readonly string[]): readonly Volet[] {
  if (sight.basis === 'self') return sight.entrusted
  if (limited && sight.basis !== 'break_glass') return sight.entrusted.filter((volet) => volet === 'administrative')
  const closed = withheld
    .filter(({ from }) => (typeof from === 'string' ? from === sight.partyCategory : from.partyId === sight.partyId || ownParties.includes(from.partyId)))
    .map(({ volet }): Volet => volet)
  return sight.entrusted.filter((volet) => !closed.includes(volet))
}

/**
 * May this row of a person's file be read? The rule of access in one place (R.1110-1, R.1110-2, L.1110-4 CSP), for explanations on screen; the database
 * applies it, and a test compares the two. The reason is the first that closes, from the person's protection to the width of the right.
 */
export function mayRead(facts: AccessFacts): Verdict {
  const { item } = facts
  if (item.protection === 'restricted') return refused(reasons.restricted)
  if (item.protection === 'org_private' && item.holderOrg !== facts.serviceId) return refused(reasons.private)
  const running = facts.sights.filter((sight) => runs(sight, facts.now))
  if (running.length === 0) return refused(facts.sights.length === 0 ? reasons.none : reasons.over)
  const live = running.filter((sight) => !heldBack(sight, facts))
  if (live.length === 0)
    return refused(facts.limited && running.some((sight) => !heldBack(sight, { ...facts, limited: false })) ? reasons.limited : reasons.opposed)
  if (!facts.categoryVolets.includes(item.volet)) return refused(reasons.category)
  if (!facts.functionVolets.includes(item.volet)) return refused(reasons.function)
  // An exceptional access opens what is shared, never the private room of a service.
  const opening = item.protection === 'org_private' ? live.filter(({ basis }) => basis !== 'break_glass') : live
  if (opening.length === 0) return refused(reasons.room)
  if (opening.some((sight) => voletsLeft(sight, facts.withheld, facts.limited, facts.ownParties).includes(item.volet))) return allowed
  if (facts.limited && opening.some((sight) => voletsLeft(sight, facts.withheld, false, facts.ownParties).includes(item.volet))) return refused(reasons.limited)
  return refused(opening.some((sight) => sight.entrusted.includes(item.volet)) ? reasons.withheld : reasons.not_entrusted)
}

const closed = (why: keyof typeof closedReasons): string => french(`Ce volet ne vous est pas ouvert : ${closedReasons[why]}.`)
const reasons = {
  restricted: french('Réservé à une liste nominative de lecteurs.'),
  private: french('Note interne à un autre service.'),
  room: french('Note interne à votre service : un accès exceptionnel n’ouvre que ce qui est partagé.'),
  none: french('Cette personne ne vous est pas ouverte : vous n’êtes ni dans son cercle, ni du DAC qui l’accompagne.'),
  over: french('Votre accès à cette personne a pris fin, ou n’a pas commencé.'),
  opposed: french('La personne s’oppose au partage, ou au partage avec vous.'),
  limited: french('L’usage de ce dossier est limité à la demande de la personne : il se garde, il ne se lit plus sans un motif que la loi prévoit.'),
  category: closed('category'),
  function: closed('function'),
  withheld: closed('withheld'),
  not_entrusted: closed('not_entrusted'),
} as const

/** Who answers for the person's wishes, given her own rights and whether a DAC accompanies the person now; persons.speaks_for says the same. */
export function speaksFor(facts: Omit<AccessFacts, 'item'>, accompaniedNow: boolean): boolean {
  const sees = (...bases: readonly SightBasis[]): boolean =>
    facts.sights.some(
      (sight) =>
        bases.includes(sight.basis) &&
        runs(sight, facts.now) &&
        !heldBack(sight, facts) &&
        voletsLeft(sight, facts.withheld, facts.limited, facts.ownParties).includes('administrative'),
    )
  return sees('dac_in_charge', 'self') || (sees('request') && !accompaniedNow)
}
