import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'

export interface ComboOptions<Hit> {
  /** Asks for suggestions; the signal stops an answer that is no longer wanted. Best first. */
  readonly search: (text: string, signal: AbortSignal) => Promise<readonly Hit[]>
  readonly keyOf: (hit: Hit) => string
  /** Called by ↵ on the chosen hit (the best one at first), by a click, never by typing alone. */
  readonly onPick: (hit: Hit) => void
  /** Characters before asking; 2 by default. */
  readonly minLength?: number | undefined
  /** Milliseconds without typing before asking; 140 by default. */
  readonly pause?: number | undefined
}

export interface Combo<Hit> {
  readonly listId: string
  readonly hits: readonly Hit[]
  /** The hit that ↵ takes. */
  readonly active: number
  readonly open: boolean
  readonly waiting: boolean
  readonly failed: boolean
  /** Text asked about, once answered: for « Personne ne répond à … ». */
  readonly answered: string
  readonly keyOf: (hit: Hit) => string
  readonly type: (text: string) => void
  readonly pick: (hit: Hit) => void
  readonly point: (index: number) => void
  readonly close: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly optionId: (index: number) => string
}

/** Suggestions while one types: the field and the panel that shows the hits share it. */
export function useCombo<Hit>(options: ComboOptions<Hit>): Combo<Hit> {
  const listId = useId()
  const latest = useRef(options)
  latest.current = options
  const [text, setText] = useState<string | null>(null)
  const [state, setState] = useState<{ readonly hits: readonly Hit[]; readonly answered: string; readonly failed: boolean }>({
    hits: [],
    answered: '',
    failed: false,
  })
  const [active, setActive] = useState(0)
  const [open, setOpen] = useState(false)
  const [waiting, setWaiting] = useState(false)

  useEffect(() => {
    const { minLength = 2, pause = 140 } = latest.current
    if (text === null || text.trim().length < minLength) {
      setState({ hits: [], answered: '', failed: false })
      setOpen(false)
      setWaiting(false)
      return
    }
    const stop = new AbortController()
    setWaiting(true)
    const timer = setTimeout(async () => {
      try {
        const hits = await latest.current.search(text.trim(), stop.signal)
        if (stop.signal.aborted) return
        setState({ hits, answered: text.trim(), failed: false })
        setActive(0)
        setOpen(true)
        setWaiting(false)
      } catch {
        if (stop.signal.aborted) return
        setState({ hits: [], answered: text.trim(), failed: true })
        setOpen(true)
        setWaiting(false)
      }
    }, pause)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [text])

  const pick = (hit: Hit): void => {
    setOpen(false)
    setText(null)
    latest.current.onPick(hit)
  }
  return {
    listId,
    hits: state.hits,
    active,
    open,
    waiting,
    failed: state.failed,
    answered: state.answered,
    keyOf: options.keyOf,
    type: setText,
    pick,
    point: setActive,
    close: () => setOpen(false),
    optionId: (index) => `${listId}-${index}`,
    onKeyDown: (event) => {
      if (!open || state.hits.length === 0 || event.ctrlKey || event.altKey || event.metaKey) return
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
      if (step !== 0) {
        event.preventDefault()
        setActive((current) => (current + step + state.hits.length) % state.hits.length)
      } else if (event.key === 'Enter') {
        const hit = state.hits[active]
        if (hit === undefined) return
        event.preventDefault()
        pick(hit)
      } else if (event.key === 'Escape') {
        event.preventDefault()
        event.stopPropagation()
        setOpen(false)
      }
    },
  }
}
