import './file.css'
import { IconDoorExit, IconHome, IconRefresh } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { personHeader } from '../../../persons/contract/queries.ts'
import type { SightChange } from '../../../persons/contract/sight-changes.ts'
import { queryKeyOf } from '../../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { formatHour } from '../../../platform/web/text/dates.ts'
import { forgetPerson, sightChangeText } from './sight-watch.ts'

/**
 * What stands in place of a file whose access ended while it was open: why, since when, where to go. Nothing of the person is left, on the screen
 * nor in what the browser keeps.
 */
export function FileClosed(props: { readonly personId: string; readonly change: SightChange; readonly onRetry: () => void }): ReactNode {
  const { personId, change } = props
  const client = useQueryClient()
  const since = useRef(new Date())
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const header = JSON.stringify(queryKeyOf(personHeader, { personId }))
    forgetPerson(client, personId, (query) => JSON.stringify(query.queryKey) === header)
    heading.current?.focus()
  }, [client, personId])
  return (
    <div className="closedfile" role="alert">
      <span className="closedfile__icon">
        <Ic of={IconDoorExit} size="l" />
      </span>
      <h1 ref={heading} tabIndex={-1}>
        Votre accès à ce dossier a pris fin
      </h1>
      <p>{change === 'ended' ? 'Votre place auprès de cette personne, ou l’accord qu’elle avait donné, est terminée.' : sightChangeText(change)}</p>
      <p className="mut small">
        Fermé à {formatHour(since.current)}. Rien n’en reste sur cet écran ; ce que vous y avez écrit est gardé dans le dossier, à votre nom. Pour vous,
        désormais, ce dossier n’existe pas, ou il ne vous est pas ouvert.
      </p>
      <div className="row wrap">
        <ButtonLink main icon={IconHome} to="/">
          Revenir à l’accueil
        </ButtonLink>
        <Button icon={IconRefresh} onClick={props.onRetry}>
          Redemander
        </Button>
      </div>
    </div>
  )
}
