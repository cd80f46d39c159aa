import './exceptional.css'
import { IconKey, IconLockOff } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useInvalidate, useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { JalonPole } from '../../../platform/web/display/JalonPole.tsx'
import { formatHour } from '../../../platform/web/text/dates.ts'
import { closeExceptionalAccess } from '../../contract/access-actions.ts'
import { type ExceptionalAccess, myExceptionalAccesses } from '../../contract/access-queries.ts'
import type { ExceptionalAccessTarget } from '../../contract/person.ts'

/** While an exceptional access lasts: how long it still does, why it was opened, and the way to close it. */
export function ExceptionalBand({ personId }: { readonly personId: PersonId }): ReactNode {
  const { data } = useJalonQuery(myExceptionalAccesses, {})
  const live = data?.rows.find((row) => row.personId === personId && row.live)
  return live === undefined ? null : <Band access={live} />
}

function Band({ access }: { readonly access: ExceptionalAccess }): ReactNode {
  const left = useMinutesLeft(access.endsAt)
  const invalidate = useInvalidate()
  const close = useAction(closeExceptionalAccess, access as unknown as ExceptionalAccessTarget, { invalidates: ['persons'] })
  useEffect(() => {
    if (left === 0) void invalidate('persons')
  }, [left, invalidate])
  return (
    <div className="exceptionalband" role="status">
      <Ic of={IconKey} />
      <span className="exceptionalband__pole">
        <JalonPole across tone="near" bands={bandsRun(access, left)} />
      </span>
      <span className="grow">
        <b>Accès exceptionnel jusqu’à {formatHour(access.endsAt)}</b>, reste {leftWords(left)} · {access.reasonLabel.toLocaleLowerCase('fr-FR')}. Chaque lecture
        est tracée et sera relue.
      </span>
      <Button
        small
        icon={IconLockOff}
        blocked={close.pending}
        onClick={async () => {
          if (
            await confirm({
              title: 'Fermer l’accès exceptionnel',
              text: 'Le dossier se ferme maintenant. Pour le rouvrir, il faudra un nouveau motif.',
              action: 'Fermer maintenant',
            })
          )
            void close.run({ id: access.id as never })
        }}
      >
        Fermer maintenant
      </Button>
    </div>
  )
}

/** Whole minutes until an instant, counted again every ten seconds. */
function useMinutesLeft(endsAt: string): number {
  const minutes = (): number => Math.max(0, Math.ceil((Date.parse(endsAt) - Date.now()) / 60_000))
  const [left, setLeft] = useState(minutes)
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted from the end alone.
  useEffect(() => {
    const timer = setInterval(() => setLeft(minutes()), 10_000)
    return () => clearInterval(timer)
  }, [endsAt])
  return left
}

/** How much of the pole is filled: five bands for the whole of what was asked. */
function bandsRun(access: ExceptionalAccess, left: number): number {
  const whole = (Date.parse(access.endsAt) - Date.parse(access.openedAt)) / 60_000
  return Math.min(5, Math.max(0, 5 * (1 - left / Math.max(1, whole))))
}

/** « 3 h 12 », « 12 min », « moins d’une minute » */
function leftWords(minutes: number): string {
  if (minutes <= 1) return 'moins d’une minute'
  if (minutes < 60) return `${minutes}\u00a0min`
  return `${Math.floor(minutes / 60)}\u00a0h\u00a0${String(minutes % 60).padStart(2, '0')}`
}
