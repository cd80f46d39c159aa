import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { useSingleKeys } from '../../platform/web/shell/keys.ts'
import { displayZone } from '../../platform/web/text/dates.ts'
import type { Occurrence } from '../contract/queries.ts'
import { lengthOf, movedWall, wallOn } from './grid.ts'

export const hourHeight = 54
const step = 15

/** Where an appointment is being carried, by the mouse or by the arrows. */
export interface Carried {
  readonly one: Occurrence
  readonly wall: string
  readonly minutes: number
  readonly by: 'pointer' | 'keys'
}

export interface Carry {
  readonly carried: Carried | null
  readonly start: (event: PointerEvent, one: Occurrence, resizing: boolean) => void
  readonly drag: (event: PointerEvent) => void
  readonly drop: (event: PointerEvent) => void
  readonly onKeys: (event: KeyboardEvent<HTMLElement>, one: Occurrence) => void
}

/** Carries an appointment over the days, by the mouse or by the arrows, and puts it down. */
export function useCarry(
  grid: RefObject<HTMLDivElement | null>,
  of: {
    readonly days: readonly string[]
    readonly onOpen: (one: Occurrence) => void
    readonly onMove: (one: Occurrence, wall: string, minutes: number) => void
    readonly canMove: (one: Occurrence) => boolean
  },
): Carry {
  const { days, onOpen, onMove, canMove } = of
  const zone = displayZone()
  const singleKeys = useSingleKeys()
  const [carried, setCarried] = useState<Carried | null>(null)
  const dragging = useRef<{ readonly one: Occurrence; readonly x: number; readonly y: number; readonly resizing: boolean; moved: boolean } | null>(null)
  useEffect(() => {
    if (carried?.by === 'keys') grid.current?.querySelector<HTMLElement>(`[data-id="${carried.one.id}"]`)?.focus()
  })

  const columnAt = (x: number): number => {
    const columns = [...(grid.current?.querySelectorAll<HTMLElement>('.cal__day') ?? [])]
    const found = columns.findIndex((column) => x < column.getBoundingClientRect().right)
    return found === -1 ? columns.length - 1 : found
  }
  const start = (event: PointerEvent, one: Occurrence, resizing: boolean): void => {
    if (event.button !== 0 || event.pointerType === 'touch' || !canMove(one)) return
    dragging.current = { one, x: event.clientX, y: event.clientY, resizing, moved: false }
    event.currentTarget.setPointerCapture(event.pointerId)
    event.stopPropagation()
  }
  const drag = (event: PointerEvent): void => {
    const held = dragging.current
    if (held === null) return
    const dy = event.clientY - held.y
    if (!held.moved && Math.abs(dy) < 5 && Math.abs(event.clientX - held.x) < 5) return
    held.moved = true
    const by = Math.round(((dy / hourHeight) * 60) / step) * step
    const wall = wallOn(held.one.startsAt, zone)
    if (held.resizing) {
      setCarried({ one: held.one, wall, minutes: Math.max(step, lengthOf(held.one) + by), by: 'pointer' })
      return
    }
    const from = columnAt(held.x)
    setCarried({ one: held.one, wall: movedWall(wall, columnAt(event.clientX) - from, by), minutes: lengthOf(held.one), by: 'pointer' })
  }
  const drop = (event: PointerEvent): void => {
    const held = dragging.current
    dragging.current = null
    if (held === null) return
    event.stopPropagation()
    if (held.moved && carried !== null) put(carried)
    else if (!held.moved) onOpen(held.one)
    setCarried(null)
  }
  const put = ({ one, wall, minutes }: Carried): void => {
    if (wall !== wallOn(one.startsAt, zone) || minutes !== lengthOf(one)) onMove(one, wall, minutes)
  }

  const go = (from: HTMLElement, key: string): void => {
    const all = [...(grid.current?.querySelectorAll<HTMLElement>('[data-id]') ?? [])]
    const dayOfElement = (element: HTMLElement): number => days.indexOf(element.closest<HTMLElement>('[data-day]')?.dataset.day ?? '')
    const at = all.indexOf(from)
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      all[at + (key === 'ArrowDown' ? 1 : -1)]?.focus()
      return
    }
    const side = key === 'ArrowRight' ? 1 : -1
    const there = all.filter((one) => (dayOfElement(one) - dayOfElement(from)) * side > 0)
    const near = side === 1 ? there[0] : there.at(-1)
    if (near !== undefined) all.find((one) => dayOfElement(one) === dayOfElement(near))?.focus()
  }

  const onKeys = (event: KeyboardEvent<HTMLElement>, one: Occurrence): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (carried?.by === 'keys') {
      const by: Readonly<Record<string, readonly [number, number, number]>> = event.shiftKey
        ? { ArrowUp: [0, 0, -step], ArrowDown: [0, 0, step] }
        : { ArrowUp: [0, -step, 0], ArrowDown: [0, step, 0], ArrowLeft: [-1, 0, 0], ArrowRight: [1, 0, 0] }
      const move = by[event.key]
      if (move !== undefined) {
        const wall = movedWall(carried.wall, move[0], move[1])
        if (days.includes(wall.slice(0, 10))) setCarried({ ...carried, wall, minutes: Math.max(step, carried.minutes + move[2]) })
      } else if (event.key === 'Enter' || event.key === ' ') {
        put(carried)
        setCarried(null)
      } else if (event.key === 'Escape' || event.key === 'Tab') setCarried(null)
      else return
      if (event.key !== 'Tab') event.preventDefault()
      event.stopPropagation()
      return
    }
    if (event.key.startsWith('Arrow')) {
      event.preventDefault()
      go(event.currentTarget, event.key)
    } else if (singleKeys && event.key === 'm' && canMove(one)) {
      event.preventDefault()
      setCarried({ one, wall: wallOn(one.startsAt, zone), minutes: lengthOf(one), by: 'keys' })
    }
  }
  return { carried, start, drag, drop, onKeys }
}

/** The appointment as it would stand where it is carried. */
export function carriedRow({ one, wall, minutes }: Carried, zone: string): Occurrence {
  const shift = Date.parse(`${wall}:00Z`) - Date.parse(`${wallOn(one.startsAt, zone)}:00Z`)
  const startsAt = new Date(Date.parse(one.startsAt) + shift).toISOString()
  return { ...one, startsAt, endsAt: new Date(Date.parse(startsAt) + minutes * 60_000).toISOString() }
}
