import { type ReactNode, useState } from 'react'
import type { ReadableWaiting } from '../../../offline/contract/outbox.ts'
import type { Words } from '../../../offline/contract/waiting.ts'
import { changeHere } from '../../../offline/web/outbox-here.ts'
import { errorDetail } from '../../../platform/web/api/api-error.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { keepBoth, pourInto } from './settle-begun.ts'
import { useOffline } from './use-offline.ts'

/** The same evaluation begun the same day by two who did not see each other: one evaluation with the answers of both, or two. */
export function BegunTwice(props: { readonly one: ReadableWaiting; readonly told: Words; readonly behind: readonly ReadableWaiting[] }): ReactNode {
  const { one, told, behind } = props
  const { userId } = useActor()
  const { lostAt } = useOffline()
  const [error, setError] = useState<string | null>(null)
  const pour = (): void => void changeHere(userId, (outbox) => pourInto(outbox, one, behind)).catch((thrown: unknown) => setError(errorDetail(thrown)))
  const sealed = behind.some(({ told: words }) => words === null)
  return (
    <div className="stack" style={{ marginTop: 8 }}>
      <div className="row wrap">
        <Button small main blocked={lostAt !== null || sealed} onClick={pour}>
          Verser mes réponses dans la sienne
        </Button>
        <Button small onClick={() => void changeHere(userId, (outbox) => keepBoth(outbox, one, told))}>
          Garder les deux
        </Button>
      </div>
      {lostAt === null ? null : <p className="small mut">Pour les réunir, il faut lire la sienne{'\u00a0'}: avec le réseau.</p>}
      {error === null ? null : (
        <p className="small t-alert" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
