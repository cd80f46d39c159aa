import './tour.css'
import { IconAlertTriangle, IconCloudCheck, IconCloudOff, IconCloudUpload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { lastSent } from '../../../offline/web/outbox-here.ts'
import { useSignal } from '../../../platform/web/api/signal.ts'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { formatHour } from '../../../platform/web/text/dates.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { standingWords } from './standing-words.ts'
import { useOffline } from './use-offline.ts'

/** Where one stands, in one line that is always there: with or without a network, what waits, what must be settled. */
export function Standing({ onTheList = false }: { readonly onTheList?: boolean }): ReactNode {
  const { lostAt, toSend, stuck } = useOffline()
  const sent = useSignal(lastSent)
  const calm = lostAt === null && toSend === 0 && stuck === 0
  const tone = stuck > 0 ? ' standing--alert' : lostAt !== null ? ' standing--lost' : ''
  return (
    <div className={`standing${tone}`}>
      <Ic of={stuck > 0 ? IconAlertTriangle : lostAt !== null ? IconCloudOff : toSend > 0 ? IconCloudUpload : IconCloudCheck} />
      <span className="grow" role="status">
        <b>{standingWords(lostAt, toSend, stuck)}</b>
        {calm && sent !== null ? (
          <span className="small">
            {' '}
            – {plural(sent.count, 'élément envoyé', 'éléments envoyés')}, le dernier à {formatHour(sent.at)}
          </span>
        ) : null}
      </span>
      {toSend + stuck > 0 && !onTheList ? (
        <Link className="standing__see" to="/tournee/attente">
          Voir
        </Link>
      ) : null}
    </div>
  )
}
