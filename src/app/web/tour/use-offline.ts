import { useEffect } from 'react'
import type { ReadableWaiting } from '../../../offline/contract/outbox.ts'
import { isBehindStuck } from '../../../offline/contract/waiting.ts'
import { type Carrying, carrying } from '../../../offline/web/carrying.ts'
import { lostSince } from '../../../offline/web/lost-since.ts'
import { openHere } from '../../../offline/web/open-here.ts'
import { waitingHere } from '../../../offline/web/outbox-here.ts'
import { useSession } from '../../../platform/web/api/SessionProvider.tsx'
import { useSignal } from '../../../platform/web/api/signal.ts'

export interface Offline {
  readonly carrying: Carrying | null
  readonly waiting: readonly ReadableWaiting[]
  /** Those that leave by themselves, and those that need their author. */
  readonly toSend: number
  readonly stuck: number
  readonly lostAt: string | null
}

/** What this page knows of its work without network; asks for the keys of the session where it has none yet. */
export function useOffline(): Offline {
  const session = useSession()
  const here = useSignal(carrying)
  // What is being typed on a page of the tour is not a gesture yet.
  const waiting = useSignal(waitingHere).filter(({ told }) => told?.action !== 'draft.save')
  const lostAt = useSignal(lostSince)
  useEffect(() => {
    if (here === null) void openHere(session)
  }, [here, session])
  const toSend = waiting.filter((one) => one.state === 'waiting' && !isBehindStuck(one, waiting)).length
  const stuck = waiting.filter(({ state }) => state !== 'waiting').length
  return { carrying: here, waiting, toSend, stuck, lostAt }
}
