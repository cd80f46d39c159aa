import { useEffect, useRef } from 'react'
import { capabilityOf, useInvalidate } from '../api/use-query.ts'
import { type LiveEvent, onLiveEvent } from './event-stream.ts'

/**
 * Follows what happens elsewhere. `types` are event types ('liaison.noteAdded') or whole capabilities ('liaison.*').
 * Without a handler, the queries of each event's capability are read again; bursts are read once.
 */
export function useEvents(types: readonly string[], handler?: (event: LiveEvent) => void): void {
  const invalidate = useInvalidate()
  const latest = useRef(handler)
  latest.current = handler
  const wanted = types.join(' ')
  useEffect(() => {
    const waiting = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = onLiveEvent((event) => {
      if (!wanted.split(' ').some((type) => matchesType(type, event.type))) return
      if (latest.current) {
        latest.current(event)
        return
      }
      waiting.add(capabilityOf(event.type))
      timer ??= setTimeout(() => {
        timer = undefined
        void invalidate(...waiting)
        waiting.clear()
      }, 200)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [wanted, invalidate])
}

function matchesType(wanted: string, type: string): boolean {
  return wanted.endsWith('.*') ? type.startsWith(wanted.slice(0, -1)) : wanted === type
}
