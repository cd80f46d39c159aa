import type { Branded, PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'

export type ReportId = Branded<'SafeguardingReportId'>
export type EntryId = Branded<'SafeguardingEntryId'>
export type ReaderId = Branded<'SafeguardingReaderId'>

/** Whom the facts put in danger: a report about a child or a neighbour is found in the file of the person who is accompanied. */
export const endangeredOnes = ['person', 'child', 'other_adult'] as const
export type Endangered = (typeof endangeredOnes)[number]

/** The lines of the journal of a report; none is ever changed. */
export const entryKinds = ['fact', 'concerned', 'notice', 'sending', 'step'] as const
export type EntryKind = (typeof entryKinds)[number]

/** A report as its reader sees it. Whoever is not one of its readers does not load it: absent and closed answer alike. */
export interface ReportTarget {
  readonly id: ReportId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly authorId: UserId
  readonly state: 'open' | 'closed'
  readonly version: number
}
