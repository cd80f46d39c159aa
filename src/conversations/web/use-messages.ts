import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError, unexpectedError } from '../../platform/web/api/api-error.ts'
import { callQuery } from '../../platform/web/api/client.ts'
import { network } from '../../platform/web/api/network.ts'
import { onLiveEvent } from '../../platform/web/live/event-stream.ts'
import { type Message, messages } from '../contract/queries.ts'
import type { ThreadId } from '../contract/thread.ts'
import { joined, lastNumberOf } from './message-order.ts'

export interface OpenMessages {
  readonly rows: readonly Message[]
  readonly loading: boolean
  readonly error: ApiError | null
  readonly hasEarlier: boolean
  readonly earlier: () => Promise<void>
  /** True around an older message, while what follows the last one held is not read yet: what arrives is not added there. */
  readonly away: boolean
  readonly later: () => Promise<void>
  /** The message around which they were read; undefined at the present. */
  readonly around: number | undefined
  /** Leaves the older message for the last ones. */
  readonly toPresent: () => void
  /** Asks for what follows the last message held; at the present after whatever was sent from elsewhere. */
  readonly catchUp: () => void
  readonly afterSending: () => void
}

/** How many are read before and after the one that a search found. */
const beside = 25

/**
 * The messages of a conversation as long as it is open. An event only says that something came: what follows the last number held is asked, so that after a
 * cut, a sleep, a change of server, exactly what was missed arrives, in order, once. `at`: a message that a search found, around which one begins to read.
 */
export function useMessages(threadId: ThreadId, at?: number | undefined): OpenMessages {
  const [rows, setRows] = useState<readonly Message[]>([])
  const [loading, setLoading] = useState(true)
  const [error, setError] = useState<ApiError | null>(null)
  const [hasEarlier, setHasEarlier] = useState(false)
  const [around, setAround] = useState(at)
  const [away, setAway] = useState(false)
  const held = useRef<readonly Message[]>([])
  const place = useRef({ around: at, away: false })
  const asking = useRef<Promise<void> | null>(null)
  const again = useRef(false)

  const keep = useCallback((more: readonly Message[]) => {
    held.current = joined(held.current, more)
    setRows(held.current)
  }, [])

  const stand = useCallback((next: { readonly around: number | undefined; readonly away: boolean }) => {
    place.current = next
    setAround(next.around)
    setAway(next.away)
  }, [])

  const ask = useCallback(async (): Promise<void> => {
    try {
      const { around: found, away: elsewhere } = place.current
      if (elsewhere) return
      if (found !== undefined && held.current.length === 0) {
        const from = Math.max(0, found - beside - 1)
        const page = await callQuery(messages, { threadId, after: from, limit: 2 * beside + 1 })
        if (place.current.around !== found) return
        // Numbers have no gap: where the first one read is later than asked, nothing earlier is open to her.
        setHasEarlier(from > 0 && page.rows[0]?.number === from + 1)
        stand({ around: found, away: page.more })
        keep(page.rows)
        setError(null)
        if (page.more) return
      }
      for (;;) {
        const after = lastNumberOf(held.current)
        const page = await callQuery(messages, after === 0 ? { threadId } : { threadId, after, limit: 200 })
        if (after === 0) setHasEarlier(page.more)
        keep(page.rows)
        setError(null)
        if (after === 0 || !page.more) return
      }
    } catch (thrown) {
      setError(thrown instanceof ApiError ? thrown : unexpectedError())
      if (thrown instanceof ApiError && thrown.status === 404) {
        held.current = []
        setRows([])
      }
    } finally {
      setLoading(false)
    }
  }, [threadId, keep, stand])

  /** One question at a time; what is announced meanwhile is asked right after. */
  const catchUp = useCallback(() => {
    if (asking.current !== null) {
      again.current = true
      return
    }
    asking.current = ask().finally(() => {
      asking.current = null
      if (again.current) {
        again.current = false
        catchUp()
      }
    })
  }, [ask])

  useEffect(() => {
    held.current = []
    setRows([])
    setLoading(true)
    catchUp()
    const stopEvents = onLiveEvent((event) => {
      const changed = event.type === 'conversations.message.linked' || (event.type === 'conversations.file.scanned' && typeof event['number'] === 'number')
      if (changed && event['threadId'] === threadId) {
        const number = Number(event['number'])
        // One that is not held is read with its neighbours, or not at all: there is no gap in what is shown.
        if (number < (held.current[0]?.number ?? 0) || number > lastNumberOf(held.current)) return
        void callQuery(messages, { threadId, after: number - 1, limit: 1 }).then(
          (page) => keep(page.rows),
          () => undefined,
        )
      } else if ((event.type.startsWith('conversations.') && event['threadId'] === threadId) || event.type.startsWith('persons.sight.')) catchUp()
    })
    const stopNetwork = network.subscribe(() => {
      if (network.get() === 'up') catchUp()
    })
    const onShow = (): void => {
      if (document.visibilityState === 'visible') catchUp()
    }
    document.addEventListener('visibilitychange', onShow)
    return () => {
      stopEvents()
      stopNetwork()
      document.removeEventListener('visibilitychange', onShow)
    }
  }, [threadId, catchUp, keep])

  const earlier = useCallback(async () => {
    const first = held.current[0]
    if (first === undefined) return
    try {
      const page = await callQuery(messages, { threadId, before: first.number })
      if (held.current[0] !== first) return
      setHasEarlier(page.more)
      keep(page.rows)
    } catch (thrown) {
      setError(thrown instanceof ApiError ? thrown : unexpectedError())
    }
  }, [threadId, keep])

  const later = useCallback(async () => {
    try {
      const page = await callQuery(messages, { threadId, after: lastNumberOf(held.current) })
      if (!place.current.away) return
      keep(page.rows)
      stand({ ...place.current, away: page.more })
    } catch (thrown) {
      setError(thrown instanceof ApiError ? thrown : unexpectedError())
    }
  }, [threadId, keep, stand])

  const moveTo = useCallback(
    (message: number | undefined) => {
      held.current = []
      setRows([])
      setLoading(true)
      stand({ around: message, away: false })
      catchUp()
    },
    [catchUp, stand],
  )
  const toPresent = useCallback(() => moveTo(undefined), [moveTo])
  useEffect(() => {
    if (place.current.around !== at) moveTo(at)
  }, [at, moveTo])

  const afterSending = useCallback(() => {
    if (place.current.away) toPresent()
    else catchUp()
  }, [catchUp, toPresent])

  return { rows, loading, error, hasEarlier, earlier, away, later, around, toPresent, catchUp, afterSending }
}
