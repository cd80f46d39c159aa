import { IconCloudOff, IconLock, IconRefresh, IconSend } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { type Sealed, sealedHere } from '../../../offline/web/carrying.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { plural } from '../../../platform/web/text/typography.ts'
import { ClosedPage } from './SessionLost.tsx'

/** Jalon opened without network where no code opens anything: what lies here, that nothing of it is lost, and the way on. */
export function NoNetwork({ onRetry }: { readonly onRetry: () => unknown }): ReactNode {
  const [sealed, setSealed] = useState<readonly Sealed[]>([])
  useEffect(() => void sealedHere().then(setSealed), [])
  useEffect(() => {
    const timer = setInterval(() => navigator.onLine && onRetry(), 15_000)
    window.addEventListener('online', onRetry)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', onRetry)
    }
  }, [onRetry])
  return (
    <ClosedPage title="Sans réseau">
      <p>
        <Ic of={IconCloudOff} size="s" /> Jalon ne répond pas. Cette page s’ouvrira seule dès que le réseau revient. Les brouillons de cet appareil sont gardés.
      </p>
      {sealed.some(({ closedFiles }) => closedFiles) ? (
        <p>
          <Ic of={IconLock} size="s" /> <b>La tournée a été prise sans code</b>&nbsp;: la page fermée ou rechargée, ses dossiers ne s’ouvrent plus sans réseau.
          La prochaine fois, choisissez un code de tournée&nbsp;: il les rouvre.
        </p>
      ) : null}
      {sealed
        .filter(({ waiting }) => waiting > 0)
        .map(({ name, waiting }) => (
          <p key={name}>
            <Ic of={IconSend} size="s" /> <b>{plural(waiting, 'geste')}</b> de {name} {waiting > 1 ? 'attendent ici, scellés' : 'attend ici, scellé'}&nbsp;:
            rien n’est perdu, tout partira à la prochaine connexion sur cet appareil.
          </p>
        ))}
      <div className="row">
        <Button main icon={IconRefresh} onClick={onRetry}>
          Réessayer le réseau
        </Button>
      </div>
    </ClosedPage>
  )
}
