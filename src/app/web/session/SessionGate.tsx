import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { somethingHere, whoMayOpen } from '../../../offline/web/carrying.ts'
import type { Place } from '../../../offline/web/device-store.ts'
import { atContactWithoutSession, watchEnd } from '../../../offline/web/last-contact.ts'
import { openHere } from '../../../offline/web/open-here.ts'
import { keepSending } from '../../../offline/web/outbox-here.ts'
import { bindPageTo, isNetworkError } from '../../../platform/web/api/client.ts'
import { anotherUser, network, sessionLost } from '../../../platform/web/api/network.ts'
import { askingIdentity } from '../../../platform/web/api/reauthentication.ts'
import { type Session, SessionProvider } from '../../../platform/web/api/SessionProvider.tsx'
import { useSignal } from '../../../platform/web/api/signal.ts'
import { ErrorState, Waiting } from '../../../platform/web/display/QueryState.tsx'
import { openDrafts } from '../../../platform/web/drafts/draft-keeper.ts'
import { onStreamRefused, onStreamSignedOut, openStream } from '../../../platform/web/live/event-stream.ts'
import { AnotherUser } from './AnotherUser.tsx'
import { ConfirmIdentity } from './ConfirmIdentity.tsx'
import { Leaving } from './Leaving.tsx'
import { loadSession, type SessionNews, sessionChannel } from './load-session.ts'
import { endLeaving } from './log-out.ts'
import { NoNetwork } from './NoNetwork.tsx'
import { OfflineStart } from './OfflineStart.tsx'
import { answerOtherTabs, followOut } from './other-tabs.ts'
import { SessionLost } from './SessionLost.tsx'
import { Welcome } from './Welcome.tsx'

type State =
  | { readonly kind: 'asking' }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'unreachable'; readonly error: unknown; readonly places: readonly Place[] }
  /** Opened from this device, without network: the server has not been asked yet. */
  | { readonly kind: 'open'; readonly session: Session; readonly unasked?: true }

/**
 * Lets in whoever has a session. When it is lost, or becomes another user's, nothing of the page stays: neither on the screen nor in memory, but
 * for the drafts. The same user coming back finds the same address, read anew, with what she had typed.
 */
export function SessionGate(props: { readonly children: ReactNode }): ReactNode {
  const [state, setState] = useState<State>({ kind: 'asking' })
  const known = useRef<Session | null>(null)
  const queries = useQueryClient()

  const ask = useCallback(async () => {
    try {
      const session = await loadSession()
      if (endLeaving(session?.actor.userId ?? null)) return
      if (!session) {
        void atContactWithoutSession(null)
        if (known.current) sessionLost.set(true)
        else setState({ kind: 'nobody' })
        return
      }
      const before = known.current
      if (before && before.actor.userId !== session.actor.userId) {
        anotherUser.set(true)
        return
      }
      const { userId } = session.actor
      bindPageTo(userId)
      void atContactWithoutSession(userId)
      if (await somethingHere(userId)) await openHere(session)
      openDrafts(session, before)
      known.current = session
      setState({ kind: 'open', session })
      anotherUser.set(false)
      sessionLost.set(false)
    } catch (error) {
      if (!known.current) setState({ kind: 'unreachable', error, places: isNetworkError(error) ? await whoMayOpen() : [] })
    }
  }, [])

  useEffect(() => {
    void ask()
    const channel = sessionChannel()
    channel.onmessage = (message: MessageEvent<SessionNews>) => {
      if (message.data === 'signed-out') followOut()
      else void ask()
    }
    const stop = onStreamSignedOut(() => sessionLost.set(true))
    const stopRefused = onStreamRefused(() => void ask())
    const onFocus = (): void => {
      if (sessionLost.get() || anotherUser.get()) void ask()
    }
    window.addEventListener('focus', onFocus)
    return () => {
      channel.onmessage = null
      stop()
      stopRefused()
      window.removeEventListener('focus', onFocus)
    }
  }, [ask])

  const userId = state.kind === 'open' ? state.session.actor.userId : null
  useEffect(() => (userId ? keepSending(userId) : undefined), [userId])
  useEffect(() => watchEnd(), [])
  const unasked = state.kind === 'open' && state.unasked === true
  useEffect(() => {
    if (!unasked) return
    const again = (): void => void ask()
    const timer = setInterval(() => navigator.onLine && again(), 15_000)
    window.addEventListener('online', again)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', again)
    }
  }, [unasked, ask])
  useEffect(() => (userId && !unasked ? openStream(userId) : undefined), [userId, unasked])
  useEffect(() => (userId ? answerOtherTabs(userId) : undefined), [userId])

  const lost = useSignal(sessionLost)
  const another = useSignal(anotherUser)
  const closed = lost || another
  useEffect(() => {
    if (!closed) return
    void atContactWithoutSession(null)
    // The screens are gone, their drafts kept: what they had read goes too.
    document.title = 'Session terminée – Jalon'
    askingIdentity.get()?.answer(false)
    void queries.cancelQueries()
    queries.clear()
  }, [closed, queries])

  if (state.kind === 'asking') return <Waiting label="Ouverture de Jalon" />
  if (state.kind === 'nobody') return <Welcome />
  if (state.kind === 'unreachable' && state.places.length > 0) {
    const open = (session: Session): void => {
      known.current = session
      network.set('lost')
      // Nothing else can be read without network.
      if (!window.location.pathname.startsWith('/tournee')) window.history.replaceState(null, '', '/tournee')
      setState({ kind: 'open', session, unasked: true })
    }
    return <OfflineStart places={state.places} onOpen={open} onRetry={() => void ask()} />
  }
  if (state.kind === 'unreachable' && isNetworkError(state.error)) return <NoNetwork onRetry={ask} />
  if (state.kind === 'unreachable') {
    return (
      <main style={{ maxWidth: 520, margin: '12vh auto', padding: 16 }}>
        <ErrorState title="Jalon ne répond pas" error={state.error} onRetry={() => void ask()} />
      </main>
    )
  }
  return (
    <SessionProvider session={state.session}>
      {closed ? null : props.children}
      {another ? <AnotherUser /> : lost ? <SessionLost /> : null}
      <ConfirmIdentity />
      <Leaving />
    </SessionProvider>
  )
}
