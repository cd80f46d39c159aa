import { addMonths } from '../../platform/contract/dates.ts'

/** The classes that have a duration of their own. */
export const ruledClasses = [
  'accompaniment',
  'request',
  'exchange',
  'opposition_trace',
  'rights_request',
  'safeguarding',
  'conversation',
  'draft',
  'deposit',
] as const
export type RuledClass = (typeof ruledClasses)[number]

export interface RetentionRule {
  readonly dataClass: RuledClass
  readonly version: number
  readonly activeMonths: number
  readonly archiveMonths: number
  readonly afterDeathMonths: number | null
  readonly fate: 'destroy' | 'anonymise'
  /** False for a proposal of the software: nothing is archived nor destroyed under it. */
  readonly decided: boolean
}
export type RetentionRules = Readonly<Record<RuledClass, RetentionRule>>

/** What is known of one person for the durations, days as 'YYYY-MM-DD'. */
export interface FileFacts {
  /** Was she ever accompanied? If not, what is held is a request. */
  readonly accompanied: boolean
  /** The last sign of life of the file: contact, note, visit, request, closure. */
  readonly lastSign: string
  /** An accompaniment is open, or a request in progress. */
  readonly live: boolean
  readonly deceasedOn: string | null
  /** The last opposition still in force. */
  readonly opposedOn: string | null
  /** A litigation, or a limitation: nothing is destroyed. */
  readonly held: boolean
  /** Something of the file remains; and her traits remain. */
  readonly hasFile: boolean
  readonly hasIdentity: boolean
  /** Since when it is archived, and the last sign known then. */
  readonly archived: { readonly lastSign: string } | null
  /** Requests of the person: their last sign, and whether one is in progress; null where there is none. */
  readonly rights: { readonly lastSign: string; readonly live: boolean } | null
  readonly safeguarding: { readonly lastSign: string; readonly live: boolean } | null
}

export type Step = 'archive' | 'restore' | 'end_file' | 'end_identity' | 'end_rights' | 'end_safeguarding' | 'end_row'

export interface Terms {
  /** The day on which it leaves the active base; null where it has no archive. */
  readonly archiveOn: string | null
  readonly endOn: string
  readonly identityEndOn: string
}

/** The terms of a file under the rules: months count from the last sign of life; once she died, the archive lasts no longer than the rule says. */
export function termsOf(facts: Pick<FileFacts, 'accompanied' | 'lastSign' | 'deceasedOn' | 'opposedOn'>, rules: RetentionRules): Terms {
  const rule = facts.accompanied ? rules.accompaniment : rules.request
  const active = addMonths(facts.lastSign, rule.activeMonths)
  const whole = addMonths(facts.lastSign, rule.activeMonths + rule.archiveMonths)
  const afterDeath = facts.deceasedOn === null || rule.afterDeathMonths === null ? whole : addMonths(facts.deceasedOn, rule.afterDeathMonths)
  const endOn = latest(active, afterDeath < whole ? afterDeath : whole)
  const { opposition_trace: trace } = rules
  const traceEnd = facts.opposedOn === null ? endOn : addMonths(facts.opposedOn, trace.activeMonths + trace.archiveMonths)
  return { archiveOn: rule.archiveMonths === 0 ? null : active, endOn, identityEndOn: latest(endOn, traceEnd) }
}

/**
 * What is due today for one person, in the order in which it is done. Nothing is destroyed while something goes on or must be kept; archiving needs
 * no more than that nothing goes on. The row of the person goes last, once nothing hangs on it.
 */
export function dueSteps(facts: FileFacts, rules: RetentionRules, today: string): readonly Step[] {
  const terms = termsOf(facts, rules)
  const steps: Step[] = []
  const rightsDue = facts.rights !== null && !facts.rights.live && today >= endOf(facts.rights.lastSign, rules.rights_request)
  const safeguardingDue = facts.safeguarding !== null && !facts.safeguarding.live && today >= endOf(facts.safeguarding.lastSign, rules.safeguarding)
  if (facts.archived !== null && (facts.live || facts.lastSign > facts.archived.lastSign)) steps.push('restore')
  const fileDue = !facts.live && today >= terms.endOn
  if (facts.hasFile && !facts.live && facts.archived === null && terms.archiveOn !== null && today >= terms.archiveOn && (!fileDue || facts.held))
    steps.push('archive')
  // A report in the hands of an authority keeps the file as a litigation does.
  if (facts.held || facts.safeguarding?.live === true) return steps
  if (facts.hasFile && fileDue) steps.push('end_file')
  if (safeguardingDue) steps.push('end_safeguarding')
  if (rightsDue) steps.push('end_rights')
  if (facts.hasIdentity && fileDue && today >= terms.identityEndOn) steps.push('end_identity')
  const identityGone = !facts.hasIdentity || steps.includes('end_identity')
  if (identityGone && fileDue && (facts.rights === null || rightsDue) && (facts.safeguarding === null || safeguardingDue)) steps.push('end_row')
  return steps
}

/** The steps whose durations somebody decided: under a mere proposal of the software nothing leaves the active base. */
export function decidedSteps(steps: readonly Step[], facts: Pick<FileFacts, 'accompanied' | 'opposedOn'>, rules: RetentionRules): readonly Step[] {
  const main = (facts.accompanied ? rules.accompaniment : rules.request).decided
  const identity = main && (facts.opposedOn === null || rules.opposition_trace.decided)
  const open: Readonly<Record<Step, boolean>> = {
    archive: main,
    restore: true,
    end_file: main,
    end_identity: identity,
    end_rights: rules.rights_request.decided,
    end_safeguarding: rules.safeguarding.decided,
    end_row: identity,
  }
  const kept = steps.filter((step) => open[step])
  // The row of the person goes last: not while something that hangs on it stays.
  return kept.length === steps.length ? kept : kept.filter((step) => step !== 'end_row')
}

function endOf(lastSign: string, rule: RetentionRule): string {
  return addMonths(lastSign, rule.activeMonths + rule.archiveMonths)
}

function latest(one: string, other: string): string {
  return one > other ? one : other
}
