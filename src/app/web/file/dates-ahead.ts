import { addDays } from '../../../platform/contract/dates.ts'

export interface DatedThing {
  readonly kind: 'task' | 'plan' | 'episode'
  /** 'YYYY-MM-DD' */
  readonly on: string
  /** 'HH:MM' */
  readonly time: string | null
  readonly title: string
  readonly who: string | null
}

export interface KnownDates {
  readonly tasks: readonly { readonly title: string; readonly dueOn: string | null; readonly dueTime: string | null; readonly assigneeName: string | null }[]
  readonly episode: { readonly state: string; readonly wakeUpOn: string | null } | null
  readonly plan: {
    readonly reviewOn: string | null
    readonly next: readonly { readonly title: string; readonly dueOn: string | null; readonly who: string | null }[]
  } | null
  /** 'YYYY-MM-DD'; undefined while it is read. */
  readonly today: string | undefined
}

/** What the file already dates, in the order of the calendar: what is late, what comes within seven days, what comes later. */
export function datesOf({ tasks, episode, plan, today }: KnownDates): readonly { readonly title: string; readonly things: readonly DatedThing[] }[] {
  const things: DatedThing[] = [
    ...tasks.flatMap(({ dueOn, dueTime, title, assigneeName }) =>
      dueOn === null ? [] : [{ kind: 'task' as const, on: dueOn, time: dueTime, title, who: assigneeName }],
    ),
    ...(plan?.next ?? []).flatMap(({ dueOn, title, who }) => (dueOn === null ? [] : [{ kind: 'plan' as const, on: dueOn, time: null, title, who }])),
    ...(plan?.reviewOn ? [{ kind: 'plan' as const, on: plan.reviewOn, time: null, title: 'Revoir le PPCS', who: null }] : []),
    ...(episode?.wakeUpOn && episode.state === 'dormant'
      ? [{ kind: 'episode' as const, on: episode.wakeUpOn, time: null, title: 'Reprendre l’accompagnement en veille', who: null }]
      : []),
  ].sort((a, b) => `${a.on}${a.time ?? '99'}`.localeCompare(`${b.on}${b.time ?? '99'}`))
  if (today === undefined) return [{ title: 'À venir', things }]
  const week = addDays(today, 7)
  return [
    { title: 'En retard', things: things.filter(({ on }) => on < today) },
    { title: 'Dans les sept jours', things: things.filter(({ on }) => on >= today && on <= week) },
    { title: 'Plus tard', things: things.filter(({ on }) => on > week) },
  ]
}
