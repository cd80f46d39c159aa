import { DomainError } from '../contract/errors.ts'
import type { Caller } from './http.ts'

/** Follows who may still be here, for answers and streams that last. */
export interface Standing {
  /** Calls `look` when something changed for the sessions of the user, in whatever process it did. Gives the way to stop. */
  watch(userId: string, look: () => void): () => void
  /**
   * Runs a work that may last. It is cut short with `signed_out` within a second of the end of the caller's session, and `signal` then
   * aborts: what writes piece by piece looks at it between two pieces.
   */
  during<T>(caller: Caller, work: (signal: AbortSignal) => Promise<T>): Promise<T>
}

/** Where changes of sessions are heard: the user, or '*' for all. */
export interface SessionNews {
  onSessions(callback: (userId: string) => void): () => void
}

/** `again` looks at a caller's session anew: null once it is over. */
export function keepStanding(news: SessionNews, again: (caller: Caller) => Promise<Caller | null>): Standing {
  const watched = new Map<string, Set<() => void>>()
  news.onSessions((userId) => {
    if (userId !== '*') for (const look of [...(watched.get(userId) ?? [])]) look()
    else for (const looks of [...watched.values()]) for (const look of [...looks]) look()
  })

  const watch = (userId: string, look: () => void): (() => void) => {
    const looks = watched.get(userId) ?? new Set()
    watched.set(userId, looks)
    looks.add(look)
    return () => {
      looks.delete(look)
      if (looks.size === 0 && watched.get(userId) === looks) watched.delete(userId)
    }
  }

  return {
    watch,
    during: async (caller, work) => {
      const controller = new AbortController()
      const cut = Promise.withResolvers<never>()
      // Nobody waits for it once the work is done.
      cut.promise.catch(() => undefined)
      const stop = watch(caller.actor.userId, () => {
        again(caller)
          // A database out of reach for a moment says nothing about the session.
          .catch(() => caller)
          .then((still) => {
            if (still !== null) return
            const over = new DomainError('forbidden', 'signed_out')
            controller.abort(over)
            cut.reject(over)
          })
      })
      try {
        return await Promise.race([work(controller.signal), cut.promise])
      } finally {
        stop()
      }
    },
  }
}
