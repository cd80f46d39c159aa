import type { Told, VisitKind, VisitState } from './told.ts'

/** Where a stay stands, from all that was told of it. */
export interface Course {
  readonly state: VisitState
  readonly kind: VisitKind
  readonly admittedAt: string | null
  readonly dischargedAt: string | null
  readonly expectedOn: string | null
  readonly deceased: boolean
  /** Everything that led to this state was told as history. */
  readonly historic: boolean
}

const rank: Readonly<Record<Told['act'], number>> = { admit: 0, transfer: 1, update: 2, discharge: 3, cancel_discharge: 4, cancel_admit: 5, state: 6 }

const instantOf = (one: Told): string => one.occurredAt ?? one.sentAt

/** True when a cancellation is of this movement: named by its number where both have one, otherwise the one that was told before. */
function cancels(cancel: Told, one: Told): boolean {
  if (cancel.movement !== null && one.movement !== null) return cancel.movement === one.movement
  return cancel.sentAt >= one.sentAt
}

/**
 * The stay that a set of messages tells, whatever the order of their arrival and however often one came: null when they tell of none (an update alone, a
 * cancellation of what was never told).
 */
export function courseOf(messages: readonly Told[]): Course | null {
  const all = messages.toSorted((a, b) => a.sentAt.localeCompare(b.sentAt) || rank[a.act] - rank[b.act] || JSON.stringify(a).localeCompare(JSON.stringify(b)))
  const last = all.at(-1)
  if (last === undefined) return null
  const expectedOn = all.findLast((one) => one.expectedOn !== null)?.expectedOn ?? null
  const deceased = all.findLast((one) => one.act === 'discharge' || one.act === 'update' || one.act === 'state')?.deceased ?? false
  const whole = all.findLast((one) => one.act === 'state')
  if (whole !== undefined && whole.state !== null)
    return {
      state: whole.state,
      kind: whole.kind ?? 'other',
      admittedAt: whole.admittedAt,
      dischargedAt: whole.dischargedAt,
      expectedOn,
      deceased,
      historic: whole.historic,
    }
  const kind = all.findLast((one) => one.kind !== null && !one.act.startsWith('cancel'))?.kind ?? all.findLast((one) => one.kind !== null)?.kind ?? 'other'
  const cancelledEntries = all.filter((one) => one.act === 'cancel_admit')
  const cancelledExits = all.filter((one) => one.act === 'cancel_discharge')
  const entriesTold = onceEach(all.filter((one) => one.act === 'admit' || one.act === 'transfer'))
  const entries = entriesTold.filter((one) => !cancelledEntries.some((cancel) => (one.act === 'admit' || cancel.movement === null) && cancels(cancel, one)))
  // A stay that is cancelled takes its transfers along: they were told of the same presence.
  const living = entries.some((one) => one.act === 'admit') || cancelledEntries.length === 0 ? entries : []
  const exits = onceEach(all.filter((one) => one.act === 'discharge')).filter((one) => !cancelledExits.some((cancel) => cancels(cancel, one)))
  const entry = living.at(-1)
  const exit = exits.at(-1)
  const firstAdmission = living.find((one) => one.act === 'admit') ?? living[0]
  const updated = all.findLast((one) => one.act === 'update' && one.admittedAt !== null)
  const admission =
    (updated !== undefined && firstAdmission !== undefined && updated.sentAt > firstAdmission.sentAt ? updated.admittedAt : null) ??
    firstAdmission?.admittedAt ??
    (firstAdmission === undefined ? (exit?.admittedAt ?? cancelledExits.at(-1)?.admittedAt ?? null) : instantOf(firstAdmission))
  const common = { kind, expectedOn, deceased }
  if (exit !== undefined) {
    const left = exit.dischargedAt ?? instantOf(exit)
    // Entered again after this exit, under the same number.
    const again = entry !== undefined && entry.act === 'admit' && instantOf(entry) > left && entry.sentAt > exit.sentAt
    const withdrawn = entry === undefined && cancelledEntries.some((cancel) => cancel.sentAt >= exit.sentAt)
    if (!again && !withdrawn) return { ...common, state: 'discharged', admittedAt: admission, dischargedAt: left, historic: exit.historic }
    if (again) return { ...common, state: 'in_hospital', admittedAt: entry.admittedAt ?? instantOf(entry), dischargedAt: null, historic: entry.historic }
  }
  if (entry !== undefined) return { ...common, state: 'in_hospital', admittedAt: admission, dischargedAt: null, historic: entry.historic }
  if (cancelledEntries.length > 0) return { ...common, state: 'cancelled', admittedAt: null, dischargedAt: null, historic: false }
  const cancelledExit = cancelledExits.at(-1)
  if (cancelledExit !== undefined) return { ...common, state: 'in_hospital', admittedAt: admission, dischargedAt: null, historic: cancelledExit.historic }
  return null
}

/** One movement told under several numbers of message is one: as it was told first. Without a number, the same act at the same instant. */
function onceEach(list: readonly Told[]): readonly Told[] {
  const seen = new Set<string>()
  return list.filter((one) => {
    const key = one.movement ?? `${one.act} ${instantOf(one)}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
