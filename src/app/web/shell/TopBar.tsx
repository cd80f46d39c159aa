import { useMediaQuery } from '@mantine/hooks'
import { IconArrowBackUp, IconBell, IconCloudCheck, IconCloudUpload, IconPlus, IconSearch, IconWifiOff } from '@tabler/icons-react'
import { Link, useNavigate, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { readableName } from '../../../directory/contract/readable-name.ts'
import { useUnreadCount } from '../../../liaison/web/use-unread-count.ts'
import { isBehindStuck } from '../../../offline/contract/waiting.ts'
import { lostSince } from '../../../offline/web/lost-since.ts'
import { waitingHere } from '../../../offline/web/outbox-here.ts'
import { network, saveState } from '../../../platform/web/api/network.ts'
import { useSession } from '../../../platform/web/api/SessionProvider.tsx'
import { useSignal } from '../../../platform/web/api/signal.ts'
import { Button, ButtonLink } from '../../../platform/web/display/Button.tsx'
import { Ic, type Icon } from '../../../platform/web/display/Ic.tsx'
import { Keys } from '../../../platform/web/display/Keys.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { currentPage } from '../../../platform/web/layout/Page.tsx'
import { formatHour } from '../../../platform/web/text/dates.ts'
import { mayAsk } from '../navigation.ts'
import { briefWords, standingWords } from '../tour/standing-words.ts'
import { Me } from './Me.tsx'

/** Where one is, the search, whether all is saved, the new request, the news, oneself. */
export function TopBar(props: { readonly onSearch: () => void; readonly onShortcuts: () => void }): ReactNode {
  const { actor, settings } = useSession()
  const page = useSignal(currentPage)
  const unread = useUnreadCount()
  return (
    <header className="topbar">
      <Back />
      <span className="topbar__where">{page.where ?? <span className="cut">{readableName(actor.serviceName)}</span>}</span>
      <button className="search" type="button" onClick={props.onSearch}>
        <Ic of={IconSearch} size="s" />
        <span className="grow cut">Une personne, un professionnel, une structure, une action…</span>
        <Keys k="Ctrl+k" />
      </button>
      {settings['mode'] === 'demo' ? (
        <span className="topbar__demo">
          <StatusPill tone="warning">Démonstration</StatusPill>
        </span>
      ) : null}
      <SaveWords note={page.note} />
      {mayAsk(actor) ? (
        <ButtonLink small icon={IconPlus} keys="n" to="/demandes/nouvelle">
          Nouvelle demande
        </ButtonLink>
      ) : null}
      {unread === null ? null : (
        <span className="bell">
          <ButtonLink small icon={IconBell} iconOnly label={`Notifications\u00a0: ${unread} non ${unread >= 2 ? 'lues' : 'lue'}`} to="/nouveautes" />
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
  const narrow = useMediaQuery('(max-width: 759px)', undefined, { getInitialValueInEffect: false })
  const saved = useSignal(saveState)
  const lostAt = useSignal(lostSince)
  const here = useSignal(waitingHere).filter(({ told }) => told?.action !== 'draft.save')
  const waiting = here.length
  const stuck = here.filter(({ state }) => state !== 'waiting').length
  const toSend = here.filter((one) => one.state === 'waiting' && !isBehindStuck(one, here)).length
  const say = (icon: Icon, text: ReactNode, look = ''): ReactNode => (
    <span className={`topbar__state${look}`} role="status">
      <Ic of={icon} size="s" />
      {text}
    </span>
  )
  const inBrief = (whole: string, brief: string): ReactNode => <span>{narrow ? brief : whole}</span>
  if (waiting > 0)
    return say(
      net === 'lost' ? IconWifiOff : IconCloudUpload,
      <Link to="/tournee/attente" className="topbar__wait">
        {inBrief(standingWords(net === 'lost' ? lostAt : null, toSend, stuck), briefWords(toSend, stuck))}
      </Link>,
      net === 'lost' ? ' topbar__state--lost' : '',
    )
  if (net === 'lost')
    return say(
      IconWifiOff,
      inBrief(saved.kind === 'draft' ? `Réseau perdu, brouillon gardé à ${formatHour(saved.at)}` : 'Réseau perdu', 'Réseau perdu'),
      ' topbar__state--lost',
    )
  if (saved.kind === 'draft') return say(IconCloudCheck, <span>Brouillon gardé à {formatHour(saved.at)}</span>, ' topbar__state--quiet')
  if (saved.kind === 'saving') return say(IconCloudUpload, <span>Enregistrement…</span>, ' topbar__state--quiet')
  if (props.note) return <span className="topbar__state topbar__state--note">{props.note}</span>
  return say(IconCloudCheck, <span>Tout est enregistré</span>, ' topbar__state--quiet')
}
