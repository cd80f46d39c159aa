import { IconCloudOff, IconLockOpen, IconRefresh } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { openWithoutNetwork } from '../../../offline/web/carrying.ts'
import type { Place } from '../../../offline/web/device-store.ts'
import type { Session } from '../../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { Segmented } from '../../../platform/web/form/SegmentedChoice.tsx'
import { formatHour } from '../../../platform/web/text/dates.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { SecretField } from '../../../sign-in/web/SecretField.tsx'
import { ClosedPage } from './SessionLost.tsx'

/** Jalon opened without network: the code of the tour opens the files that were taken along; nothing else can be read. */
export function OfflineStart(props: {
  readonly places: readonly Place[]
  readonly onOpen: (session: Session) => void
  readonly onRetry: () => void
}): ReactNode {
  const [userId, setUserId] = useState(props.places[0]?.userId ?? '')
  const [code, setCode] = useState('')
  const [state, setState] = useState<{ readonly pending: boolean; readonly left: number | null }>({ pending: false, left: null })
  const place = props.places.find((one) => one.userId === userId)
  const open = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setState({ pending: true, left: null })
    const opened = await openWithoutNetwork(userId, code)
    if (typeof opened === 'number') setState({ pending: false, left: opened })
    else props.onOpen(opened)
    setCode('')
  }
  return (
    <ClosedPage title="Sans réseau">
      <p>
        <Ic of={IconCloudOff} size="s" /> Jalon ne répond pas. <b>Votre tournée est sur cet appareil</b>
        {place === undefined ? '' : `, lisible jusqu’à ${formatHour(place.readUntil)}`}.
      </p>
      <form className="stack stack--3" onSubmit={(event) => void open(event)}>
        {props.places.length > 1 ? (
          <Segmented
            label="La tournée de"
            value={userId}
            options={props.places.map(({ userId: value, name }) => ({ value, label: name }))}
            onChange={setUserId}
          />
        ) : (
          <p className="semi">{place?.name}</p>
        )}
        <SecretField kind="password" label="Code de tournée" value={code} onChange={setCode} />
        {state.left === null ? null : (
          <Notice tone="alert" live>
            {state.left === 0
              ? 'Les dossiers ont été effacés de cet appareil. Ce que vous aviez écrit reste scellé, et partira à votre prochaine connexion ici.'
              : `Ce n’est pas ce code. Encore ${plural(state.left, 'essai')} avant que les dossiers s’effacent.`}
          </Notice>
        )}
        <div className="row wrap">
          <Button main type="submit" icon={IconLockOpen} disabled={state.pending || code === '' || state.left === 0}>
            {state.pending ? 'Ouverture…' : 'Ouvrir ma tournée'}
          </Button>
          <Button icon={IconRefresh} onClick={props.onRetry}>
            Réessayer le réseau
          </Button>
        </div>
      </form>
    </ClosedPage>
  )
}
