import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

export interface StickyEnd {
  readonly ref: RefObject<HTMLDivElement | null>
  /** The end is in view: what arrives is read. */
  readonly atEnd: boolean
  /** The last message that stood in view at the end: what came after waits below. */
  readonly seen: number
  readonly onScroll: () => void
  readonly toEnd: () => void
  /** Adds lines above without moving those that are being read. */
  readonly keepPlace: (work: () => Promise<void>) => Promise<void>
}

const near = 48

/** Follows the end of a conversation while one is there; whoever reads further up is not moved by what arrives. */
export function useStickyEnd({
  last,
  mineLast,
  loading,
  at,
  away,
}: {
  readonly last: number
  readonly mineLast: string | null
  readonly loading: boolean
  readonly at: number | undefined
  /** What is shown ends before the present: its end is not the end. */
  readonly away: boolean
}): StickyEnd {
  const ref = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(at === undefined)
  const [seen, setSeen] = useState(0)
  const following = useRef(at === undefined)

  const toEnd = useCallback(() => {
    const body = ref.current
    if (body === null) return
    body.scrollTop = body.scrollHeight
    following.current = true
    setAtEnd(true)
  }, [])

  // What one writes oneself is always shown.
  const mine = useRef(mineLast)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end moves with each message that arrives.
  useLayoutEffect(() => {
    if (loading) return
    if (following.current || (mineLast !== null && mineLast !== mine.current)) toEnd()
    mine.current = mineLast
  }, [last, mineLast, loading, toEnd])

  // Back from an older message: the last ones are shown from their end.
  useLayoutEffect(() => {
    if (at === undefined) following.current = true
  }, [at])

  useEffect(() => {
    if (loading || at === undefined) return
    const [body, line] = [ref.current, document.getElementById(`message-${at}`)]
    if (body === null || line === null) return
    // By the list alone: scrollIntoView would move the page under its header too.
    body.scrollTop += line.getBoundingClientRect().top - body.getBoundingClientRect().top - (body.clientHeight - line.clientHeight) / 2
    line.focus({ preventScroll: true })
  }, [loading, at])

  useEffect(() => {
    if (atEnd) setSeen(last)
  }, [atEnd, last])

  // A field that grows, a keyboard that opens: the end stays in view.
  useEffect(() => {
    const body = ref.current
    if (body === null) return
    const watch = new ResizeObserver(() => {
      if (following.current) body.scrollTop = body.scrollHeight
    })
    watch.observe(body)
    return () => watch.disconnect()
  }, [])

  return {
    ref,
    atEnd,
    seen,
    toEnd,
    onScroll: useCallback(() => {
      const body = ref.current
      if (body === null) return
      following.current = !away && body.scrollHeight - body.scrollTop - body.clientHeight < near
      setAtEnd(following.current)
    }, [away]),
    keepPlace: useCallback(async (work) => {
      const body = ref.current
      const before = body === null ? 0 : body.scrollHeight - body.scrollTop
      await work()
      requestAnimationFrame(() => {
        if (body !== null) body.scrollTop = body.scrollHeight - before
      })
    }, []),
  }
}
