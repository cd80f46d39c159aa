import { type RefObject, useLayoutEffect } from 'react'

/** Where the days are wider than the screen, the calendar opens on today beside the names; other days, on their first. */
export function useTodayFirst(table: RefObject<HTMLTableElement | null>, days: readonly string[]): void {
  const first = days[0]
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the days change, never while one scrolls in them.
  useLayoutEffect(() => {
    const region = table.current?.parentElement
    const head = table.current?.tHead
    if (!region || !head || region.scrollWidth <= region.clientWidth) return
    const today = head.querySelector<HTMLElement>('.team-cal__today')
    region.scrollLeft = today === null ? 0 : today.offsetLeft - (head.rows[0]?.cells[0]?.offsetWidth ?? 0)
  }, [first])
}
