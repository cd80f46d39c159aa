import { Popover, useMantineColorScheme } from '@mantine/core'
import { IconBellRinging, IconDevices, IconKeyboard, IconLogout, IconRoute } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { hasCalendar } from '../../../agenda/contract/access.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Avatar } from '../../../platform/web/display/Hit.tsx'
import { CheckField } from '../../../platform/web/form/ChoiceCards.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { setSingleKeys, useSingleKeys } from '../../../platform/web/shell/keys.ts'
import { functionTitle } from '../navigation.ts'
import { logOut } from '../session/log-out.ts'

const schemes = [
  { value: 'light', label: 'Clair' },
  { value: 'dark', label: 'Sombre' },
  { value: 'auto', label: 'Auto' },
] as const

/** Oneself: for whom one acts, how things look, the keyboard, the way out. */
export function Me(props: { readonly onShortcuts: () => void }): ReactNode {
  const actor = useActor()
  const singleKeys = useSingleKeys()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [open, setOpen] = useState(false)
  const navigate = useNavigate()
  const leave = (act: () => void): (() => void) => {
    return () => {
      setOpen(false)
      act()
    }
  }
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      width={300}
      trapFocus
      returnFocus
      shadow="none"
      transitionProps={{ duration: 120, transition: 'fade-up' }}
    >
      <Popover.Target>
        <button type="button" className="me" onClick={() => setOpen(!open)}>
          <Avatar name={actor.displayName} />
          <span className="me__who">
            <b>{actor.displayName}</b>
            <span className="dim">{functionTitle(actor)}</span>
            <span className="vh">Réglages et déconnexion</span>
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Réglages et déconnexion">
        <div className="stack stack--3">
          <div>
            <b>{actor.displayName}</b>
            <div className="small mut">
              {functionTitle(actor)}, {actor.serviceName}
            </div>
          </div>
          <SegmentedChoice span={12} label="Affichage" value={colorScheme} options={schemes} onChange={setColorScheme} />
          <div className="no-phone">
            <CheckField
              value={singleKeys}
              onChange={setSingleKeys}
              label="Raccourcis d’une seule touche"
              detail="À couper si vous dictez ou si vos mains tremblent."
            />
          </div>
          <div className="row sp wrap">
            {hasCalendar(actor).allowed ? (
              <Button small icon={IconRoute} onClick={leave(() => void navigate({ to: '/tournee' }))}>
                Ma tournée
              </Button>
            ) : null}
            <Button small icon={IconDevices} onClick={leave(() => void navigate({ to: '/mes-sessions' }))}>
              Mes sessions
            </Button>
            <Button small icon={IconBellRinging} onClick={leave(() => void navigate({ to: '/mes-notifications' }))}>
              Mes notifications
            </Button>
            <span className="no-phone">
              <Button small icon={IconKeyboard} onClick={leave(props.onShortcuts)}>
                Voir les raccourcis
              </Button>
            </span>
            <Button small icon={IconLogout} onClick={leave(() => void logOut(actor.userId))}>
              Se déconnecter
            </Button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
