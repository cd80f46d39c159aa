import { Menu, useMantineColorScheme } from '@mantine/core'
import {
  IconArrowBackUp,
  IconBell,
  IconCheck,
  IconCloudCheck,
  IconCloudUpload,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconPlus,
  IconSearch,
  IconSun,
  IconWifiOff,
} from '@tabler/icons-react'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useUnreadCount } from '../../../liaison/web/use-unread-count.ts'
import { network, saveState } from '../../../platform/web/api/network.ts'
import { useActor, useSession } from '../../../platform/web/api/SessionProvider.tsx'
import { useSignal } from '../../../platform/web/api/signal.ts'
import { Button, ButtonLink } from '../../../platform/web/display/Button.tsx'
import { Avatar } from '../../../platform/web/display/Hit.tsx'
import { Ic, type Icon } from '../../../platform/web/display/Ic.tsx'
import { Keys } from '../../../platform/web/display/Keys.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { currentPage } from '../../../platform/web/layout/Page.tsx'
import { setSingleKeys, useSingleKeys } from '../../../platform/web/shell/keys.ts'
import { formatHour } from '../../../platform/web/text/dates.ts'
import { functionTitle, homeFor, mayAsk } from '../navigation.ts'
import { logOut } from '../session/log-out.ts'

/** Where one is, the search, whether all is saved, the new request, the news, oneself. */
export function TopBar(props: { readonly onSearch: () => void; readonly onShortcuts: () => void }): ReactNode {
  const { actor, settings } = useSession()
  const page = useSignal(currentPage)
  const unread = useUnreadCount()
  return (
    <header className="topbar">
      <Back />
      <span className="topbar__where">
        {page.where ?? actor.serviceName}
        {settings['mode'] === 'demo' ? (
          <span className="topbar__demo">
            <StatusPill tone="warning">Démonstration</StatusPill>
          </span>
        ) : null}
      </span>
      <button className="search" type="button" onClick={props.onSearch}>
        <Ic of={IconSearch} size="s" />
        <span className="grow cut">Une personne, un professionnel, une structure, une action…</span>
        <Keys k="Ctrl+k" />
      </button>
      <SaveWords note={page.note} />
      {mayAsk(actor) ? (
        <ButtonLink small icon={IconPlus} keys="n" to="/demandes/nouvelle">
          Nouvelle demande
        </ButtonLink>
      ) : null}
      {unread === null ? null : (
        <span className="bell">
          <ButtonLink small icon={IconBell} iconOnly label={`Notifications\u00a0: ${unread} non ${unread >= 2 ? 'lues' : 'lue'}`} to={homeFor(actor)} />
        </span>
      )}
      <Me onShortcuts={props.onShortcuts} />
    </header>
  )
}

/** On a phone, the way back: the bar of places is only for the first level. */
function Back(): ReactNode {
  const depth = useRouterState({ select: (state) => state.location.pathname.split('/').filter(Boolean).length })
  const navigate = useNavigate()
  const path = useRouterState({ select: (state) => state.location.pathname })
  if (depth < 2) return null
  return (
    <span className="only-phone-inline">
      <Button
        iconOnly
        icon={IconArrowBackUp}
        label="Retour"
        onClick={() => (window.history.length > 1 ? window.history.back() : void navigate({ to: `/${path.split('/')[1] ?? ''}` }))}
      />
    </span>
  )
}

/** The state of saving is words, not a spinner. A lost network comes first, then what the page says, then drafts. */
function SaveWords(props: { readonly note: ReactNode }): ReactNode {
  const net = useSignal(network)
  const saved = useSignal(saveState)
  const say = (icon: Icon, text: ReactNode, look = ''): ReactNode => (
    <span className={`topbar__state${look}`} role="status">
      <Ic of={icon} size="s" />
      <span>{text}</span>
    </span>
  )
  if (net === 'lost')
    return say(IconWifiOff, saved.kind === 'draft' ? `Réseau perdu, brouillon gardé à ${formatHour(saved.at)}` : 'Réseau perdu', ' topbar__state--lost')
  if (saved.kind === 'draft') return say(IconCloudCheck, `Brouillon gardé à ${formatHour(saved.at)}`, ' topbar__state--quiet')
  if (saved.kind === 'saving') return say(IconCloudUpload, 'Enregistrement…', ' topbar__state--quiet')
  if (props.note) return <span className="topbar__state">{props.note}</span>
  return say(IconCloudCheck, 'Tout est enregistré', ' topbar__state--quiet')
}

const schemes = [
  { value: 'light', title: 'Clair', icon: IconSun },
  { value: 'dark', title: 'Sombre', icon: IconMoon },
  { value: 'auto', title: 'Comme mon appareil', icon: IconDeviceDesktop },
] as const

function Me(props: { readonly onShortcuts: () => void }): ReactNode {
  const actor = useActor()
  const singleKeys = useSingleKeys()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Menu position="bottom-end" width={264}>
      <Menu.Target>
        <button type="button" className="me">
          <Avatar name={actor.displayName} />
          <span className="me__who">
            <b>{actor.displayName}</b>
            <span className="dim">{functionTitle(actor)}</span>
            <span className="vh">Réglages et déconnexion</span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {actor.displayName}, {actor.serviceName}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>Affichage</Menu.Label>
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme.value}
            role="menuitemradio"
            aria-checked={colorScheme === scheme.value}
            leftSection={<Ic of={scheme.icon} size="s" />}
            rightSection={colorScheme === scheme.value ? <Ic of={IconCheck} size="s" /> : null}
            onClick={() => setColorScheme(scheme.value)}
          >
            {scheme.title}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>Clavier</Menu.Label>
        <Menu.Item
          role="menuitemcheckbox"
          aria-checked={singleKeys}
          leftSection={<Ic of={IconKeyboard} size="s" />}
          rightSection={singleKeys ? <Ic of={IconCheck} size="s" /> : null}
          closeMenuOnClick={false}
          onClick={() => setSingleKeys(!singleKeys)}
        >
          Raccourcis d’une seule touche
        </Menu.Item>
        <Menu.Item leftSection={<Ic of={IconKeyboard} size="s" />} onClick={props.onShortcuts}>
          Voir les raccourcis
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Ic of={IconLogout} size="s" />} onClick={() => void logOut()}>
          Se déconnecter
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
