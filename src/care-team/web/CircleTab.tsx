import './circle.css'
import { Menu } from '@mantine/core'
import { IconDots, IconHeartHandshake, IconMailForward, IconMapPin, IconPrinter, IconUsersPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useRef, useState } from 'react'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { verdictOf } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../platform/web/display/Button.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { EmptyState, Notice } from '../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../platform/web/display/QueryState.tsx'
import { Columns } from '../../platform/web/layout/Columns.tsx'
import { ScrollRegion } from '../../platform/web/layout/ScrollRegion.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { useKey } from '../../platform/web/shell/keys.ts'
import { addMember, editMember } from '../contract/actions.ts'
import type { Member } from '../contract/member.ts'
import { type CircleData, circle as circleQuery } from '../contract/queries.ts'
import { Around } from './around/Around.tsx'
import { useCircleTarget } from './circle-target.ts'
import { Invitations } from './invite/Invitations.tsx'
import { InviteProfessional } from './invite/InviteProfessional.tsx'
import { JoinRequests } from './join/JoinRequests.tsx'
import { AddMember } from './member/AddMember.tsx'
import { MemberDrawer } from './member/MemberDrawer.tsx'
import { type FailedSearch, ProviderSearch } from './search/ProviderSearch.tsx'
import { IfSomethingGoesWrong } from './week/IfSomethingGoesWrong.tsx'
import { gapsOf, weekTitle } from './week/slots.ts'
import { type EditedRow, WeekOnPhone, WeekTable } from './week/WeekTable.tsx'

export interface CircleTabProps {
  readonly personId: PersonId
  /** What a search for a provider that failed proposes. */
  readonly whenSearchFails?: ((search: FailedSearch) => ReactNode) | undefined
  /** What makes this week another one than usual. */
  readonly thisWeek?: ReactNode
}

/** The tab « Cercle » of a person's file: who stands around her, who does what this week, whom to call. */
export function CircleTab({ personId, whenSearchFails, thisWeek }: CircleTabProps): ReactNode {
  const query = useJalonQuery(circleQuery, { personId })
  useEvents(['careTeam.*'])
  useEvents(['persons.*'], () => void query.refetch())
  if (query.data === undefined)
    return (
      <div style={{ padding: 16 }}>
        {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : <Waiting label="Lecture du cercle" />}
      </div>
    )
  return <Circle personId={personId} circle={query.data} whenSearchFails={whenSearchFails} thisWeek={thisWeek} />
}

/** Whoever has something to do in the week, in the order of the day: who comes the most first, the doctor and the coordination after. */
function weekRows(circle: CircleData, editedId: string | undefined): readonly Member[] {
  const acts = circle.members.filter((member) => member.current && (member.week.length > 0 || member.does !== null || member.id === editedId))
  return acts.sort((a, b) => b.week.length - a.week.length || Number(b.does !== null) - Number(a.does !== null))
}

function Circle({ personId, circle, whenSearchFails, thisWeek }: CircleTabProps & { readonly circle: CircleData }): ReactNode {
  const target = useCircleTarget(personId)
  const [opened, setOpened] = useState<string | null>(null)
  const [adding, setAdding] = useState<'circle' | 'consent' | 'invite' | null>(null)
  const [edited, setEdited] = useState<EditedRow | null>(null)
  const more = useRef<HTMLButtonElement>(null)
  const actor = useActor()
  const composes = verdictOf(addMember, actor, target)
  const keeps = verdictOf(editMember, actor, target)?.allowed ?? false
  const rows = weekRows(circle, edited?.id)
  const others = circle.members.filter((member) => member.current && !rows.includes(member))
  const member = circle.members.find(({ id }) => id === opened)
  const open = (one: Member): void => setOpened(one.id)
  const isEmpty = circle.members.every(({ current }) => !current)
  // The line of the menu is gone when the window closes: its focus comes back to the button that opened the menu.
  const fromMenu = (what: 'invite' | 'consent'): void => {
    more.current?.focus()
    setAdding(what)
  }
  useKey('a', () => setAdding('circle'), 'Ajouter au cercle', composes?.allowed ?? false)
  const add = composes?.allowed ? (
    <Button small main={isEmpty} icon={IconUsersPlus} keys="A" onClick={() => setAdding('circle')}>
      Ajouter ou inviter
    </Button>
  ) : null
  return (
    <>
      <Columns kind="circle">
        <ScrollRegion region label="Cercle de soins" className="side side--l circle-side">
          <Around circle={circle} onOpen={open} />
        </ScrollRegion>
        <ScrollRegion region label="Qui fait quoi" className="sheet circle-sheet">
          <div className="row wrap">
            <h2>Qui fait quoi</h2>
            <span className="small mut">{weekTitle(circle.monday)}</span>
            <span className="end row wrap">
              {add}
              {composes?.allowed ? (
                <ButtonLink small icon={IconMapPin} to="/personnes/$personId/alentours" params={{ personId } as never}>
                  Autour de la personne
                </ButtonLink>
              ) : null}
              <ButtonLink small icon={IconPrinter} to="/personnes/$personId/feuille-du-frigo" params={{ personId } as never}>
                Feuille du frigo
              </ButtonLink>
              {composes?.allowed ? (
                // Inside the landmark of the content; nothing hidden stands in the menu (axe: region, aria-required-children).
                <Menu position="bottom-end" portalProps={{ target: '#contenu' }} withInitialFocusPlaceholder={false}>
                  <Menu.Target>
                    <button ref={more} type="button" className="btn btn--s btn--icon" aria-label="Autres façons d’ouvrir le cercle">
                      <Ic of={IconDots} />
                    </button>
                  </Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item leftSection={<Ic of={IconMailForward} size="s" />} onClick={() => fromMenu('invite')}>
                      Inviter par un lien
                    </Menu.Item>
                    <Menu.Item leftSection={<Ic of={IconHeartHandshake} size="s" />} onClick={() => fromMenu('consent')}>
                      Accord hors équipe
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              ) : null}
            </span>
          </div>
          <Sharing personId={personId} circle={circle} />
          {thisWeek}
          <JoinRequests personId={personId} target={target} />
          {composes?.allowed ? <Invitations personId={personId} target={target} /> : null}
          {rows.length === 0 ? (
            <EmptyState icon={IconUsersPlus} title={isEmpty ? 'Personne encore dans ce cercle' : 'Aucun passage noté'}>
              {isEmpty
                ? 'Ajoutez le médecin traitant, l’infirmier, l’aide à domicile, les proches : être nommé ici n’ouvre pas le dossier.'
                : 'Choisissez ci-dessous qui vient, puis ce qu’il fait et quand il passe.'}
            </EmptyState>
          ) : (
            <>
              <WeekTable personId={personId} circle={circle} rows={rows} target={target} edited={edited} onEdit={setEdited} onOpen={open} />
              <WeekOnPhone circle={circle} rows={rows} onOpen={open} />
            </>
          )}
          {others.length > 0 ? (
            <p className="small mut">
              Sans passage noté{'\u00a0'}:{' '}
              {others.map((one, index) => (
                <span key={one.id}>
                  {index > 0 ? ' · ' : ''}
                  <button type="button" className="linklike" onClick={() => (keeps && !onPhone() ? setEdited({ id: one.id, field: 'does' }) : open(one))}>
                    {one.name}
                  </button>
                </span>
              ))}
            </p>
          ) : null}
          {keeps ? <ProviderSearch personId={personId} target={target} whenFailed={whenSearchFails} /> : null}
          <div className="circle-end">
            {gapsOf(rows).map((gap) => (
              <Notice key={gap.what} tone="alert">
                <b>
                  {gap.days}
                  {'\u00a0'}: personne.
                </b>{' '}
                À couvrir{'\u00a0'}: {gap.what}.{' '}
                <Link to="/personnes/$personId/echanges" params={{ personId } as never}>
                  Écrire au cercle
                </Link>
              </Notice>
            ))}
            <IfSomethingGoesWrong circle={circle} />
          </div>
        </ScrollRegion>
      </Columns>
      {adding === 'invite' ? <InviteProfessional personId={personId} circle={circle} target={target} onClose={() => setAdding(null)} /> : null}
      {adding === 'circle' || adding === 'consent' ? (
        <AddMember personId={personId} circle={circle} target={target} consent={adding === 'consent'} onClose={() => setAdding(null)} />
      ) : null}
      {member === undefined ? null : <MemberDrawer personId={personId} circle={circle} member={member} target={target} onClose={() => setOpened(null)} />}
    </>
  )
}

/** The week is corrected on the wide table; a telephone opens the member. */
const onPhone = (): boolean => window.matchMedia('(max-width: 759px)').matches

/** The wish of the person about sharing, where it changes what the circle sees. */
function Sharing({ personId, circle }: { readonly personId: PersonId; readonly circle: CircleData }): ReactNode {
  if (circle.sharing === 'open') return null
  const link = (
    <Link to="/personnes/$personId/information" params={{ personId } as never}>
      Information et accès
    </Link>
  )
  return circle.sharing === 'opposed' ? (
    <Notice tone="warning">
      <b>La personne s’oppose au partage.</b> Le cercle reste nommé et ne voit plus rien. {link}
    </Notice>
  ) : (
    <Notice>
      <b>Non-oppositions 1 et 2 non recueillies.</b> Le dossier ne peut être ouvert à personne avant. {link}
    </Notice>
  )
}
