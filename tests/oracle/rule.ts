/**
 * Who may see what, written from the law and from the agreed design, by somebody who had not read the product's rule. Imports nothing.
 *
 * Sources, by article of the code de la santé publique (CSP):
 * - R.1110-1: what is shared is strictly necessary to the care or follow-up, and within the perimeter of the missions of who receives it.
 * - R.1110-2: the closed list of those with whom it may be shared: 1° health professionals; 2° a) to j), (j) being the staff of a DAC.
 * - L.1110-4 II and III: within the équipe de soins, informed and not opposed; outside of it, with prior consent.
 * - L.1110-4 IV, R.1110-3: the person opposes at any time; D.1110-3-1: crossing the two categories supposes that she was told beforehand.
 * - L.1110-12: who is of the équipe de soins: a professional, not a structure, a relative or a contact.
 * - RGPD 18.2: while the use of her data is limited, they are kept, and used with her consent or on a ground of that article; CSP L.1110-4 IV and the code pénal,
 *   223-6, leave what cannot wait: hence the exceptional access alone.
 * - L.1111-7: the person's own access; L.1111-17 II: exceptional access, bounded, with its reason, never against a known refusal.
 */

export type Volet = 'administrative' | 'social' | 'health'
export const everyVolet: readonly Volet[] = ['administrative', 'social', 'health']

/** The families of R.1110-2; `administrative` is in none of them. */
export type Category = 'health' | 'social' | 'legal_protection' | 'coordination' | 'administrative'

export type Mission =
  | 'front_desk'
  | 'referent'
  | 'doctor'
  | 'team_lead'
  | 'director'
  | 'outside_professional'
  | 'cpts_coordinator'
  | 'expert_team'
  | 'governance_member'
  | 'regional_admin'
  | 'person'

/** Instants are milliseconds; `until` is the first instant at which it no longer holds. */
export interface Period {
  readonly from: number
  readonly until: number | null
}

export interface Reader {
  readonly user: string
  /** Her card of the directory. */
  readonly card: string | null
  /** The service that she acts for in this session. */
  readonly service: string
  readonly inDac: boolean
  readonly category: Category
  readonly missions: readonly Mission[]
  /** While she works there and her account is open. */
  readonly posts: readonly Period[]
}

/** Why somebody may see a person: what was done or declared, not what a table made of it. */
export type Ground = {
  readonly id?: string
  readonly planted?: boolean
} /** A DAC accompanies her; its records stay open to it two years after the end (CNIL, délibération 2023-095). */ & (
  | { readonly basis: 'dac_in_charge'; readonly service: string; readonly from: number; readonly closedAt: number | null }
  /** A DAC handles a request about her: identity only, until two years after its end. */
  | { readonly basis: 'request'; readonly service: string; readonly from: number; readonly closedAt: number | null }
  | ({
      readonly basis: 'care_team'
      readonly card: string
      /** Who was named: only a professional can be of the équipe de soins. */
      readonly named: 'professional' | 'structure' | 'relative' | 'contact'
      readonly inR1110_2: boolean
      readonly informedAt: number | null
      /** What the person lets her see; all that her category allows when left out. */
      readonly entrusted: readonly Volet[] | null
    } & Period)
  | ({
      readonly basis: 'consent'
      readonly card: string
      readonly named: 'professional' | 'structure' | 'relative' | 'contact'
      readonly consentAt: number | null
      readonly entrusted: readonly Volet[] | null
    } & Period)
  /** `entrusted`: what her category was allowed on the day she opened it. */
  | ({ readonly basis: 'break_glass'; readonly user: string; readonly reason: string; readonly entrusted?: readonly Volet[] } & Period)
  | { readonly basis: 'self'; readonly user: string }
)
export type Basis = Ground['basis']

export interface Answer {
  readonly number: 1 | 2 | 3
  readonly state: 'non_opposition' | 'opposition'
  readonly at: number
}

/** All that is known of one person's wishes, and who has a ground to see her. */
export interface Wishes {
  readonly answers: readonly Answer[]
  /** « Ne rien partager avec… »: one named professional, by her card or her account. */
  readonly refusals: readonly ({ readonly id?: string; readonly party: string } & Period)[]
  /** A volet kept from a category, or from one party. */
  readonly withheld: readonly ({ readonly id?: string; readonly volet: Volet; readonly keptFrom: Category | { readonly party: string } } & Period)[]
  /** The use of her data is limited. */
  readonly limited: readonly ({ readonly id?: string } & Period)[]
}

/** Something of the person. */
export interface Row {
  readonly volet: Volet
  readonly protection: 'shared' | 'org_private' | 'restricted'
  readonly holder: string
  /** Of what is restricted: the users on its list. */
  readonly readers?: readonly string[]
  /** Of what was asked or said to the desk of `holder`: whether it is still being handled, and whether it is what was said in a call about her. */
  readonly desk?: { readonly open: boolean; readonly callText: boolean }
}

/** What a category sees of each volet: a region may change it. */
export type CategoryTable = Readonly<Record<Category, readonly Volet[]>>

/** R.1110-1, R.1110-2, L.1110-4: health information goes to those who care (1°) and who coordinate care (2° j); the others receive what their mission needs. */
export const lawfulTable: CategoryTable = {
  health: everyVolet,
  coordination: everyVolet,
  social: ['administrative', 'social'],
  legal_protection: ['administrative', 'social'],
  administrative: ['administrative'],
}

const hour = 3_600_000
export const longestExceptionalAccess = 24 * hour

/** Two years later, by the calendar. */
export function twoYearsAfter(instant: number): number {
  const day = new Date(instant)
  day.setUTCFullYear(day.getUTCFullYear() + 2)
  return day.getTime()
}

const holds = (period: Period, now: number): boolean => period.from <= now && (period.until === null || now < period.until)

/** The last answer to a question at an instant. */
function stateOf(wishes: Wishes, number: 1 | 2, now: number): Answer['state'] | 'not_collected' {
  const said = wishes.answers.filter((answer) => answer.number === number && answer.at <= now)
  return said.reduce<Answer | null>((last, answer) => (last === null || answer.at >= last.at ? answer : last), null)?.state ?? 'not_collected'
}

const opposes = (wishes: Wishes, now: number): boolean => stateOf(wishes, 1, now) === 'opposition' || stateOf(wishes, 2, now) === 'opposition'
const wasAsked = (wishes: Wishes, now: number): boolean => ([1, 2] as const).every((number) => stateOf(wishes, number, now) === 'non_opposition')

/** Those of a DAC who work on files act for their service; directors, coordinators of a CPTS and the administration do not. */
const actsForService = (reader: Reader): boolean =>
  reader.inDac && reader.missions.some((mission) => ['front_desk', 'referent', 'doctor', 'team_lead'].includes(mission))

/** R.1110-1, perimeter of the mission: the desk identifies and directs; it does not read what is social or medical in a file. */
function withinMission(reader: Reader): readonly Volet[] {
  if (reader.missions.includes('person')) return everyVolet
  const deskOnly = reader.missions.includes('front_desk') && !reader.missions.some((mission) => ['referent', 'doctor', 'team_lead'].includes(mission))
  return deskOnly ? ['administrative'] : everyVolet
}

/** Is it her ground, and does it stand at this instant? */
function stands(ground: Ground, reader: Reader, wishes: Wishes, now: number): boolean {
  switch (ground.basis) {
    case 'dac_in_charge':
    case 'request':
      // An opposition stops the accompaniment and the sharing; what was recorded stays with the DAC that answers for it.
      return (
        ground.service === reader.service &&
        actsForService(reader) &&
        !refusesHer(reader, wishes, now) &&
        holds({ from: ground.from, until: ground.closedAt === null ? null : twoYearsAfter(ground.closedAt) }, now)
      )
    case 'care_team':
      return (
        ground.card === reader.card &&
        ground.named === 'professional' &&
        ground.inR1110_2 &&
        ground.informedAt !== null &&
        ground.informedAt <= now &&
        holds(ground, now) &&
        wasAsked(wishes, ground.from) &&
        !isLimited(wishes, now) &&
        !refuses(reader, wishes, now)
      )
    case 'consent':
      return (
        ground.card === reader.card &&
        ground.named === 'professional' &&
        ground.consentAt !== null &&
        ground.consentAt <= now &&
        holds(ground, now) &&
        wasAsked(wishes, ground.from) &&
        !isLimited(wishes, now) &&
        !refuses(reader, wishes, now)
      )
    case 'break_glass':
      return (
        ground.user === reader.user &&
        ['health', 'social', 'coordination'].includes(reader.category) &&
        ground.reason.trim().length >= 10 &&
        holds(ground, now) &&
        now < ground.from + longestExceptionalAccess &&
        !refuses(reader, wishes, now)
      )
    case 'self':
      return ground.user === reader.user
  }
}

/** « Rien avec elle »: a professional whom the person refuses reads nothing of her, in her own name or in that of the service that she works for. */
function refusesHer(reader: Reader, wishes: Wishes, now: number): boolean {
  return wishes.refusals.some((refusal) => holds(refusal, now) && (refusal.party === reader.card || refusal.party === reader.user))
}

/** L.1110-4 IV: nothing is shared with anybody, or with her, by the person's wish now. */
const refuses = (reader: Reader, wishes: Wishes, now: number): boolean => refusesHer(reader, wishes, now) || opposes(wishes, now)

const isLimited = (wishes: Wishes, now: number): boolean => wishes.limited.some((one) => holds(one, now))

/**
 * May she write what the person wishes, and correct who she is? The DAC that accompanies her answers for it; while none does, the DAC that handles a request
 * about her. A request beside an accompaniment in progress lets one recognise her and call her DAC, no more (R.1110-1: what the mission needs).
 */
export function answersForHer(reader: Reader, grounds: readonly Ground[], wishes: Wishes, now: number): boolean {
  if (!reader.posts.some((post) => holds(post, now))) return false
  const hers = grounds.filter((ground) => stands(ground, reader, wishes, now)).map(({ basis }) => basis)
  const accompanied = grounds.some((ground) => ground.basis === 'dac_in_charge' && ground.from <= now && (ground.closedAt === null || now < ground.closedAt))
  return hers.includes('dac_in_charge') || (hers.includes('request') && !accompanied)
}

/** What the ground opens by itself, before category and mission: less what the person keeps from the category or from the party. */
function opened(ground: Ground, reader: Reader, wishes: Wishes, now: number): readonly Volet[] {
  const all: readonly Volet[] = ground.basis === 'request' ? ['administrative'] : 'entrusted' in ground ? (ground.entrusted ?? everyVolet) : everyVolet
  if (ground.basis === 'self') return all
  const byService = ground.basis === 'dac_in_charge' || ground.basis === 'request'
  const category: Category = byService ? 'coordination' : reader.category
  // What she keeps from a professional by name, she keeps from her under any of her names and whatever she reads by.
  const parties = byService ? [reader.service, reader.user, reader.card] : [reader.user, reader.card]
  // What is limited is kept, not read: of her DAC, what it takes to recognise and answer her.
  const kept = byService && isLimited(wishes, now) ? all.filter((volet) => volet === 'administrative') : all
  return kept.filter(
    (volet) =>
      !wishes.withheld.some(
        (kept) =>
          kept.volet === volet && holds(kept, now) && (typeof kept.keptFrom === 'string' ? kept.keptFrom === category : parties.includes(kept.keptFrom.party)),
      ),
  )
}

export interface Opening {
  readonly basis: Basis
  readonly volets: readonly Volet[]
}

/** On what grounds, and for which volets, she may look at the person now. */
export function openings(reader: Reader, grounds: readonly Ground[], wishes: Wishes, table: CategoryTable, now: number): readonly Opening[] {
  if (!reader.posts.some((post) => holds(post, now))) return []
  return grounds
    .filter((ground) => stands(ground, reader, wishes, now))
    .map((ground) => ({
      basis: ground.basis,
      // What a person reads of herself does not depend on a trade (L.1111-7).
      volets: opened(ground, reader, wishes, now).filter(
        (volet) => ground.basis === 'self' || (table[reader.category].includes(volet) && withinMission(reader).includes(volet)),
      ),
    }))
}

/** Does she see this row of the person, now? */
export function sees(reader: Reader, grounds: readonly Ground[], wishes: Wishes, table: CategoryTable, row: Row, now: number): boolean {
  if (row.protection === 'restricted') return reader.posts.some((post) => holds(post, now)) && (row.readers ?? []).includes(reader.user)
  if (row.desk !== undefined) {
    const handles = reader.posts.some((post) => holds(post, now)) && row.holder === reader.service && actsForService(reader) && !refusesHer(reader, wishes, now)
    // Whoever answers a request reads all of it (R.1110-1: her mission); what is said in a call about a known person is for those who accompany.
    if (handles) return !row.desk.callText || withinMission(reader).length > 1
    if (row.desk.open) return false
  }
  const covering = openings(reader, grounds, wishes, table, now).filter((opening) => opening.volets.includes(row.volet))
  if (row.protection === 'shared') return covering.length > 0
  // The room of a service: for those of that service who have a ground of their own; never through an exceptional access.
  return row.holder === reader.service && covering.some((opening) => opening.basis !== 'break_glass' && opening.basis !== 'self')
}
