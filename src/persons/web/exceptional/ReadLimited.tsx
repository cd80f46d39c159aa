import { type ReactNode, useState } from 'react'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { opensExceptionally } from '../../contract/access.ts'
import { OpenExceptional } from './OpenExceptional.tsx'

/** The way through a limitation, on a ground of art. 18.2: told, bounded, reviewed like every exceptional access. */
export function ReadLimited({ personId }: { readonly personId: PersonId }): ReactNode {
  const actor = useActor()
  const [opening, setOpening] = useState(false)
  if (!opensExceptionally(actor, null, null).allowed) return null
  return (
    <>
      <button type="button" className="linklike" onClick={() => setOpening(true)}>
        Lire malgré la limitation…
      </button>
      {opening ? <OpenExceptional personId={personId} limited onClose={() => setOpening(false)} /> : null}
    </>
  )
}
