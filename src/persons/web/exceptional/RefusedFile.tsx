import './exceptional.css'
import { IconKey, IconLock } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { ApiError } from '../../../platform/web/api/api-error.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../../platform/web/display/QueryState.tsx'
import { opensExceptionally } from '../../contract/access.ts'
import { OpenExceptional } from './OpenExceptional.tsx'

/** A file that does not open: the same words whether it exists or not; and, for those who may, the exceptional way in. */
export function RefusedFile(props: { readonly personId: PersonId; readonly error: unknown; readonly onRetry: () => void }): ReactNode {
  const actor = useActor()
  const [opening, setOpening] = useState(false)
  if (props.error === null) return <Waiting label="Ouverture du dossier" />
  if (!(props.error instanceof ApiError) || props.error.status !== 404) return <ErrorState error={props.error} onRetry={props.onRetry} />
  const mayOpen = opensExceptionally(actor, null, null).allowed
  return (
    <div className="refusedfile">
      <EmptyState
        icon={IconLock}
        title="Ce dossier n’existe pas, ou il ne vous est pas ouvert"
        action={
          mayOpen ? (
            <Button icon={IconKey} onClick={() => setOpening(true)}>
              Accès exceptionnel…
            </Button>
          ) : undefined
        }
      >
        Un dossier s’ouvre quand le DAC qui accompagne la personne vous nomme dans son équipe de soins, ou avec son accord.
        {mayOpen ? ' En urgence, ou pour la continuité des soins, un accès exceptionnel est possible : tracé, limité à 24 heures, relu.' : ''}
      </EmptyState>
      {opening ? <OpenExceptional personId={props.personId} onClose={() => setOpening(false)} /> : null}
    </div>
  )
}
