import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { ButtonLink } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { VoletChip } from '../../../platform/web/display/Volet.tsx'
import { Bar, CenterColumn, Columns } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { formatInstant } from '../../../platform/web/text/dates.ts'
import { acceptInvitation, declineInvitation, invitationAtHand } from '../../contract/invitations.ts'
import { type CircleLink, forgetCircleLink, keepCircleLink } from './invitation-link.ts'

/** Where the link of an invitation leads, once she has signed in: who invites, as what, and her answer. */
export function InvitedPage(): ReactNode {
  const [link, setLink] = useState(keepCircleLink)
  // Another link pasted into this tab changes what follows « # » alone: the page is not loaded again.
  useEffect(() => {
    const look = (): void => {
      if (window.location.hash.length > 1) setLink(keepCircleLink())
    }
    window.addEventListener('hashchange', look)
    return () => window.removeEventListener('hashchange', look)
  }, [])
  return (
    <Page title="Invitation dans un cercle">
      <Bar title="Invitation dans un cercle de soins" />
      <Columns kind="one">
        <CenterColumn label="Invitation">
          <div className="stack stack--4" style={{ maxWidth: 640 }}>
            {link === null ? (
              <Useless>Le lien est incomplet, ou il a déjà servi dans cet onglet. Copiez-le en entier depuis le message reçu.</Useless>
            ) : (
              <Invited link={link} />
            )}
          </div>
        </CenterColumn>
      </Columns>
    </Page>
  )
}

function Useless({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <>
      <Notice tone="warning">{children}</Notice>
      <p>
        <ButtonLink to="/">Aller à l’accueil</ButtonLink>
      </p>
    </>
  )
}

const whyNot = {
  another: 'Cette invitation est pour quelqu’un d’autre. Elle ne s’ouvre qu’avec la carte ou l’e-CPS de la personne invitée.',
  expired: 'Cette invitation est passée. Demandez-en une autre à qui vous l’a envoyée.',
  declined: 'Vous avez décliné cette invitation.',
  revoked: 'Cette invitation a été retirée par le service qui l’avait envoyée.',
  unknown: 'Ce lien ne peut pas servir. Copiez-le en entier, ou demandez-en un autre.',
} as const

function Invited({ link }: { readonly link: CircleLink }): ReactNode {
  const query = useJalonQuery(invitationAtHand, link)
  return <QueryState query={query}>{(data) => <Answer link={link} data={data} />}</QueryState>
}

function Answer({ link, data }: { readonly link: CircleLink; readonly data: OutputOf<typeof invitationAtHand> }): ReactNode {
  const label = useValueLabels()
  const navigate = useNavigate()
  const actor = useActor()
  const target = { reached: [] }
  const accept = useAction(acceptInvitation, target, {
    onDone: ({ personId }) => {
      forgetCircleLink()
      toast({ text: 'Vous êtes dans le cercle.' })
      void navigate({ to: '/personnes/$personId', params: { personId } as never })
    },
  })
  const decline = useAction(declineInvitation, target, { onDone: forgetCircleLink })
  if (data.state === 'accepted')
    return (
      <>
        <Notice tone="success">Vous êtes déjà dans ce cercle.</Notice>
        <p>
          <ButtonLink to="/patients">Mes patients suivis</ButtonLink>
        </p>
      </>
    )
  if (data.state !== 'waiting') return <Useless>{whyNot[data.state]}</Useless>
  return (
    <>
      <p>
        <b>{data.serviceName}</b> vous invite dans le cercle de soins d’une personne que vous suivez, comme{' '}
        <b>{label('care_team.role', data.role ?? '').toLowerCase()}</b>. Invitation de {data.invitedByName}, valable jusqu’au{' '}
        {formatInstant(data.expiresAt ?? '')}.
      </p>
      <Notice tone="info">
        <p>
          <b>Vous êtes {actor.displayName}.</b> En acceptant, vous verrez qui est la personne et, de son dossier, ce que votre métier ouvre{'\u00a0'}:
        </p>
        <p className="row wrap" style={{ gap: 6 }}>
          {data.volets.map((volet) => (
            <VoletChip key={volet} volet={volet} />
          ))}
        </p>
        <p>La personne en a été informée. Chaque ouverture du dossier est tracée, et vous pouvez quitter le cercle à tout moment.</p>
      </Notice>
      <span className="row wrap">
        <ActionButton action={accept} main input={link}>
          Accepter
        </ActionButton>
        <ActionButton action={decline} quiet input={link}>
          Décliner
        </ActionButton>
      </span>
    </>
  )
}
