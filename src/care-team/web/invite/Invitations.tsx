import { IconMailForward } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PersonTarget } from '../../../persons/contract/person.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { formatInstant } from '../../../platform/web/text/dates.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { type CircleInvitation, circleInvitations, revokeInvitation } from '../../contract/invitations.ts'

/** Invitations that wait for their professional, and those that ended without her. Nothing where there is none. */
export function Invitations({ personId, target }: { readonly personId: PersonId; readonly target: PersonTarget | null }): ReactNode {
  const query = useJalonQuery(circleInvitations, { personId })
  useEvents(['careTeam.invitation.*'], () => void query.refetch())
  const rows = query.data?.rows ?? []
  if (rows.length === 0) return null
  const waiting = rows.filter(({ state }) => state === 'waiting').length
  return (
    <details className="invitations">
      <summary>
        <Ic of={IconMailForward} size="s" /> {waiting > 0 ? plural(waiting, 'invitation en attente', 'invitations en attente') : 'Invitations sans suite'}
      </summary>
      <ul className="lines">
        {rows.map((row) => (
          <Line key={row.id} row={row} personId={personId} target={target} />
        ))}
      </ul>
    </details>
  )
}

const mailWords = {
  to_send: 'part dans la minute',
  sent: 'envoyée',
  refused: 'adresse refusée',
  no_way: 'pas partie : aucun envoi branché, remettez un lien',
} as const

function Line(props: { readonly row: CircleInvitation; readonly personId: PersonId; readonly target: PersonTarget | null }): ReactNode {
  const { row, personId, target } = props
  const label = useValueLabels()
  const revoke = useAction(revokeInvitation, target, { onDone: () => toast({ text: 'Invitation retirée : le lien ne sert plus.' }) })
  const failed = row.mail === 'refused' || row.mail === 'no_way'
  return (
    <li className="row sp wrap">
      <span>
        <b>{row.name}</b> <span className="small mut">{label('care_team.role', row.role)}</span>
        <span className={`small ${failed ? 't-warning semi' : 'mut'}`} style={{ display: 'block' }}>
          {row.way === 'link' ? 'Lien remis' : `${row.address} : ${mailWords[row.mail ?? 'to_send']}`}, par {row.invitedByName}, valable jusqu’au{' '}
          {formatInstant(row.expiresAt)}
        </span>
      </span>
      {row.state === 'waiting' ? (
        <ActionButton action={revoke} small quiet input={{ id: row.id, personId }}>
          Retirer
        </ActionButton>
      ) : (
        <StatusPill tone={row.state === 'declined' ? 'warning' : 'neutral'}>{row.state === 'declined' ? 'Déclinée' : 'Passée'}</StatusPill>
      )}
    </li>
  )
}
