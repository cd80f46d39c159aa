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
  /** Asks for what follows the last message held. */
  readonly catchUp: () => void
}

/**
 * The messages of a conversation as long as it is open. An event only says that something came: what follows the last number held is asked, so that after a
 * cut, a sleep, a change of server, exactly what was missed arrives, in order, once.
 */
export function useMessages(threadId: ThreadId): OpenMessages {
  const [rows, setRows] = useState<readonly Message[]>([])
  const [loading, setLoading] = useState(true)
  const [error, setError] = useState<ApiError | null>(null)
  const [hasEarlier, setHasEarlier] = useState(false)
  const held = useRef<readonly Message[]>([])
  const asking = useRef<Promise<void> | null>(null)
  const again = useRef(false)

  const keep = useCallback((more: readonly Message[]) => {
    held.current = joined(held.current, more)
    setRows(held.current)
  }, [])

  const ask = useCallback(async (): Promise<void> => {
    try {
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
  }, [threadId, keep])

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
      setHasEarlier(page.more)
      keep(page.rows)
    } catch (thrown) {
      setError(thrown instanceof ApiError ? thrown : unexpectedError())
    }
  }, [threadId, keep])

  return { rows, loading, error, hasEarlier, earlier, catchUp }
}
