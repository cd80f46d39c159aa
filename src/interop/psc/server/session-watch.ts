import { asSystem } from '../../../platform/server/db.ts'
import type { Gate } from '../../../platform/server/execute.ts'
import type { Log } from '../../../platform/server/log.ts'
import { auditLogin } from './admission.ts'
import type { PscClient } from './oidc-client.ts'
import { openText, sealText } from './sealed-cookie.ts'
import { endSessionOver, keepRefresh, takeSessionsToCheck } from './session-watch.sql.ts'

const everyMs = 30_000

export interface SessionWatch {
  /** Asks about every session that is due. Gives how many ended. */
  readonly look: () => Promise<number>
  readonly stop: () => void
}

/**
 * Ends the sessions whose own session at Pro Santé Connect is over, for installations that ask for it (PSC_SESSION_CHECK_MINUTES): the refresh
 * token of the login is refused from then on. When Pro Santé Connect does not answer, sessions go on: its failure closes nobody’s file.
 */
export function watchPscSessions(gate: Gate, client: PscClient, { key, minutes, log }: { key: Buffer; minutes: number; log: Log }): SessionWatch {
  const look = async (): Promise<number> => {
    const now = gate.clock()
    const due = await asSystem(gate.db, 'sessions to ask Pro Santé Connect about', (tx) =>
      takeSessionsToCheck(tx, new Date(now.getTime() - minutes * 60_000), now),
    )
    let ended = 0
    for (const { handle, userId, refresh } of due) {
      const token = openText(key, refresh)
      // Sealed by a former secret: nothing can be asked any more, as after a change of the client.
      const answer = token === null ? 'unknown' : await client.refresh(token)
      if (answer === 'over') {
        const over = await asSystem(gate.db, 'the session at Pro Santé Connect is over', (tx) => endSessionOver(tx, handle, gate.clock()))
        if (over) await auditLogin(gate, { name: 'session.close', outcome: 'done', userId, details: { by: 'provider_session' }, requestId: handle })
        ended += over ? 1 : 0
      } else if (answer !== 'unknown') {
        await asSystem(gate.db, 'the next refresh token', (tx) => keepRefresh(tx, handle, sealText(key, answer.next)))
      }
    }
    return ended
  }
  const timer = setInterval(() => void look().catch((error: unknown) => log.warn({ err: error }, 'sessions not asked about')), everyMs)
  timer.unref()
  return { look, stop: () => clearInterval(timer) }
}
