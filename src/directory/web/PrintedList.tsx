import { IconArrowLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { PrintLayout } from '../../platform/web/layout/PrintLayout.tsx'
import { today } from '../../platform/web/text/dates.ts'
import { formatPhone } from '../../platform/web/text/phones.ts'
import { type DirectoryHit, hitPlace } from '../contract/hit.ts'

/** The list as it is handed to somebody: names, what they do, where, and the telephone in bold. */
export function PrintedList(props: { readonly rows: readonly DirectoryHit[]; readonly around: string | null; readonly onClose: () => void }): ReactNode {
  const actor = useActor()
  return (
    <Page title="Liste à remettre">
      <div className="no-print" style={{ padding: '8px 16px' }}>
        <Button small icon={IconArrowLeft} onClick={props.onClose}>
          Revenir à l’annuaire
        </Button>
      </div>
      <PrintLayout
        title={props.around ? `Contacts autour de ${props.around}` : 'Contacts'}
        date={formatDay(today())}
        author={`${actor.displayName}, ${actor.serviceName}`}
        foot="Répertoires nationaux et fiches locales. Les disponibilités sont à vérifier par téléphone."
      >
        <table className="tbl">
          <caption className="vh">Contacts</caption>
          <thead>
            <tr>
              <th scope="col">Nom</th>
              <th scope="col">Métier ou nature</th>
              <th scope="col">Lieu</th>
              <th scope="col">Téléphone</th>
            </tr>
          </thead>
          <tbody>
            {props.rows.map((hit) => (
              <tr key={hit.partyId}>
                <th scope="row">{hit.label}</th>
                <td>{[hit.detail, hit.place].filter(Boolean).join(', ')}</td>
                <td>{hitPlace(hit)}</td>
                <td className="nw">
                  <b>{hit.phone ? formatPhone(hit.phone) : ''}</b>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </PrintLayout>
    </Page>
  )
}
