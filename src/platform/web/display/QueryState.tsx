import './Notice.css'
import { IconHome, IconLock, IconRefresh, IconSearchOff } from '@tabler/icons-react'
import { type ReactNode, useEffect, useLayoutEffect, useState } from 'react'
import { ApiError, errorDetail } from '../api/api-error.ts'
import { typo } from '../text/typography.ts'
import { Button, ButtonLink } from './Button.tsx'
import { Ic } from './Ic.tsx'

/** What happened, what is kept, what to do. */
export function ErrorState(props: {
  readonly title?: string | undefined
  readonly error?: unknown
  readonly onRetry?: (() => void) | undefined
  readonly children?: ReactNode
}): ReactNode {
  const status = props.error instanceof ApiError ? props.error.status : undefined
  const title = props.title ?? (status === 403 ? 'Ceci ne vous est pas ouvert' : status === 404 ? 'Introuvable' : 'Le chargement n’a pas abouti')
  const Title = useAloneOnItsPage() ? 'h1' : 'p'
  return (
    <div className={status === 403 ? 'empty empty--closed' : 'empty'} role="alert">
      <Ic of={status === 403 ? IconLock : status === 404 ? IconSearchOff : IconRefresh} />
      <Title className="empty__title">{typo(title)}</Title>
      <p className="small">{props.children ?? errorDetail(props.error)}</p>
      {status === 403 ? (
        <>
          <p className="small mut">Rien n’a été changé. Ce qui s’ouvre suit vos fonctions : si votre mission le demande, parlez-en à votre direction.</p>
          <ButtonLink small icon={IconHome} to="/">
            Revenir à l’accueil
          </ButtonLink>
        </>
      ) : null}
      {props.onRetry && status !== 403 && status !== 404 ? (
        <Button small onClick={props.onRetry}>
          Réessayer
        </Button>
      ) : null}
    </div>
  )
}

/** A page whose heading comes with its answer has none when there is no answer. */
function useAloneOnItsPage(): boolean {
  const [alone, setAlone] = useState(false)
  useLayoutEffect(() => setAlone(document.querySelector('h1') === null), [])
  return alone
}

/** Three quiet lines, shown only when the answer takes longer than a blink. */
export function Waiting(props: { readonly label?: string | undefined }): ReactNode {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 250)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div role="status">
      {late ? (
        <div className="waiting">
          <span />
          <span />
          <span />
          <p className="vh">{props.label ?? 'Chargement…'}</p>
        </div>
      ) : null}
    </div>
  )
}

interface Answer<T> {
  readonly data: T | undefined
  readonly error: unknown
  readonly refetch: () => unknown
}

/** Draws the four states of a query: waiting, error, empty, data. An error after a first answer keeps showing the answer. */
export function QueryState<T>(props: {
  readonly query: Answer<T>
  readonly isEmpty?: ((data: T) => boolean) | undefined
  readonly empty?: ReactNode
  readonly children: (data: T) => ReactNode
}): ReactNode {
  const { query } = props
  if (query.data === undefined) return query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : <Waiting />
  if (props.isEmpty?.(query.data)) return props.empty
  return props.children(query.data)
}
