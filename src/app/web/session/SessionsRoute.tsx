import { IconDeviceMobile, IconEraser } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { wipeDevice } from '../../../offline/contract/actions.ts'
import { myDevices } from '../../../offline/contract/queries.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { formatHour, formatWhen } from '../../../platform/web/text/dates.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { MySessionsPage } from '../../../sign-in/web/MySessionsPage.tsx'

/** « Mes sessions », with the devices that keep files for reading without network, and the way to erase one that is lost. */
export function SessionsRoute(): ReactNode {
  return (
    <MySessionsPage>
      <DevicesHere />
    </MySessionsPage>
  )
}

function DevicesHere(): ReactNode {
  const devices = useJalonQuery(myDevices, {}, { staleTime: 0 })
  const wipe = useAction(wipeDevice, undefined, {
    invalidates: ['signIn'],
    onDone: () => toast({ text: 'L’appareil s’effacera dès qu’il retrouvera le réseau. Sa session est fermée.' }),
  })
  const rows = devices.data?.rows ?? []
  const deposits = devices.data?.deposits ?? 0
  if (rows.length === 0 && deposits === 0) return null
  return (
    <Card title="Appareils qui gardent ma tournée" flush badge={<StatusPill>{String(rows.length)}</StatusPill>}>
      <ul className="lines" style={{ padding: '0 12px' }}>
        {rows.map((row) => (
          <li key={row.id} className="row sp wrap">
            <span>
              <Ic of={IconDeviceMobile} size="s" /> <b>{row.device}</b>
              <div className="small mut">
                Préparée {formatWhen(row.carriedAt)}, lisible jusqu’à {formatHour(row.readUntil)}
              </div>
            </span>
            {row.wipedAt !== null ? (
              <StatusPill tone="success">Effacé {formatWhen(row.wipedAt)}</StatusPill>
            ) : row.wipeAskedAt !== null ? (
              <StatusPill tone="warning">S’effacera à son prochain contact</StatusPill>
            ) : (
              <ActionButton
                action={wipe}
                input={{ id: row.id }}
                small
                icon={IconEraser}
                ask={() =>
                  confirm({
                    title: 'Effacer cet appareil ?',
                    text: 'Sa session se ferme. Dès qu’il retrouve le réseau, il envoie ce qui y était écrit, scellé, puis détruit les dossiers emportés.',
                    action: 'Fermer et effacer',
                    danger: true,
                  })
                }
              >
                Fermer et effacer
              </ActionButton>
            )}
          </li>
        ))}
        {deposits === 0 ? null : (
          <li className="small">
            {plural(deposits, 'élément laissé', 'éléments laissés')} par un appareil effacé&#8239;: ouvrez « Ma tournée » pour les enregistrer.
          </li>
        )}
      </ul>
    </Card>
  )
}
