import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { sessionLost } from '../../../platform/web/api/network.ts'
import { type Session, SessionProvider } from '../../../platform/web/api/SessionProvider.tsx'
import { ErrorState, Waiting } from '../../../platform/web/display/QueryState.tsx'
import { openDrafts } from '../../../platform/web/drafts/draft-keeper.ts'
import { onStreamSignedOut, openStream } from '../../../platform/web/live/event-stream.ts'
import { ConfirmIdentity } from './ConfirmIdentity.tsx'
import { loadSession, type SessionNews, sessionChannel } from './load-session.ts'
import { SessionLost } from './SessionLost.tsx'
import { Welcome } from './Welcome.tsx'

type State =
  | { readonly kind: 'asking' }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'unreachable'; readonly error: unknown }
  | { readonly kind: 'open'; readonly session: Session }

/** Lets in whoever has a session. When the session is lost, the page stays as it was under a window where one logs in again. */
export function SessionGate(props: { readonly children: ReactNode }): ReactNode {
  const [state, setState] = useState<State>({ kind: 'asking' })
  const known = useRef<Session | null>(null)
  const queries = useQueryClient()

  const ask = useCallback(async () => {
    try {
      const session = await loadSession()
      if (!session) {
        if (!known.current) setState({ kind: 'nobody' })
        return
      }
      const before = known.current
      if (before && before.actor.userId !== session.actor.userId) {
        window.location.assign('/')
        return
      }
      openDrafts(session, before)
      known.current = session
      setState({ kind: 'open', session })
      if (sessionLost.get()) {
        sessionLost.set(false)
        void queries.invalidateQueries()
      }
    } catch (error) {
      if (!known.current) setState({ kind: 'unreachable', error })
    }
  }, [queries])

  useEffect(() => {
    void ask()
    const channel = sessionChannel()
    channel.onmessage = (message: MessageEvent<SessionNews>) => {
      if (message.data === 'signed-out') window.location.assign('/')
      else void ask()
    }
    const stop = onStreamSignedOut(() => sessionLost.set(true))
    const onFocus = (): void => {
      if (sessionLost.get()) void ask()
    }
    window.addEventListener('focus', onFocus)
    return () => {
      channel.onmessage = null
      stop()
      window.removeEventListener('focus', onFocus)
    }
  }, [ask])

  const userId = state.kind === 'open' ? state.session.actor.userId : null
  useEffect(() => (userId ? openStream(userId) : undefined), [userId])

  if (state.kind === 'asking') return <Waiting label="Ouverture de Jalon" />
  if (state.kind === 'nobody') return <Welcome />
  if (state.kind === 'unreachable') {
    return (
      <main style={{ maxWidth: 520, margin: '12vh auto', padding: 16 }}>
        <ErrorState title="Jalon ne répond pas" error={state.error} onRetry={() => void ask()} />
      </main>
    )
  }
  return (
    <SessionProvider session={state.session}>
      {props.children}
      <SessionLost />
      <ConfirmIdentity />
    </SessionProvider>
  )
}
