import './shell.css'
import { Drawer } from '@mantine/core'
import { IconDots, IconSearch } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { notePrints } from '../../../audit-trail/web/note-prints.ts'
import { useUnreadMessages } from '../../../conversations/web/use-unread-messages.ts'
import { useQueueCount } from '../../../intake/web/use-queue-count.ts'
import { useToReview } from '../../../persons/web/exceptional/use-to-review.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useSignal } from '../../../platform/web/api/signal.ts'
import { ConfirmHost } from '../../../platform/web/display/confirm.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { Toasts } from '../../../platform/web/display/toast.tsx'
import { currentPage } from '../../../platform/web/layout/Page.tsx'
import { useKey } from '../../../platform/web/shell/keys.ts'
import { AdministrationGate } from '../administration/AdministrationGate.tsx'
import { helpPlace, mayAsk, type Place, phonePlaces, placesFor } from '../navigation.ts'
import { JalonMark } from './JalonMark.tsx'
import { RefusedFiles } from './RefusedFiles.tsx'
import { returnFocus } from './return-focus.ts'
import { TopBar } from './TopBar.tsx'
import { useTypedAhead } from './use-typed-ahead.ts'

const Palette = lazy(() => import('./Palette.tsx').then((module) => ({ default: module.Palette })))
const ShortcutsHelp = lazy(() => import('./ShortcutsHelp.tsx').then((module) => ({ default: module.ShortcutsHelp })))

/** What surrounds every page: rail, top bar, palette, messages; on a phone, a bar within reach of the thumb. */
export function Shell(props: { readonly children: ReactNode }): ReactNode {
  const actor = useActor()
  const navigate = useNavigate()
  const counts = { requests: useQueueCount(), reviews: useToReview(), messages: useUnreadMessages() }
  const [searching, setSearching] = useState(false)
  const [query, setQuery] = useState('')
  const [helping, setHelping] = useState(false)
  const [more, setMore] = useState(false)
  const places = placesFor(actor)
  const onPhone = phonePlaces(actor)
  const elsewhere = onPhone.rest.reduce((sum, place) => sum + (place.counts ? (counts[place.counts] ?? 0) : 0), 0)
  useEffect(() => notePrints(), [])
  useEffect(() => returnFocus(() => document.getElementById('contenu')), [])
  useTypedAhead(searching, setQuery)
  useKey('Ctrl+k', () => setSearching(true), 'Chercher une personne, un professionnel, une structure, une action')
  useKey('n', () => void navigate({ to: '/demandes/nouvelle' }), 'Nouvelle demande', mayAsk(actor))
  useKey('?', () => setHelping(true), 'Les raccourcis de cette page')
  const closeSearch = (): void => {
    setSearching(false)
    setQuery('')
  }

  return (
    <div className="app">
      <button type="button" className="skip" onClick={() => document.getElementById('contenu')?.focus()}>
        Aller au contenu
      </button>
      <nav className="rail" aria-label="Principal">
        <span className="rail__logo">
          <JalonMark />
        </span>
        {places.map((place) => (
          <PlaceLink key={place.to} place={place} count={place.counts ? counts[place.counts] : null} unit={place.counts} />
        ))}
        <PlaceLink place={helpPlace} count={null} end />
      </nav>
      <TopBar onSearch={() => setSearching(true)} onShortcuts={() => setHelping(true)} />
      <main className="main" id="contenu" tabIndex={-1}>
        <Suspense fallback={null}>
          <AdministrationGate>{props.children}</AdministrationGate>
        </Suspense>
      </main>
      <nav className="phonebar" aria-label="Principal, téléphone">
        {onPhone.shown.map((place) => (
          <PlaceLink key={place.to} place={place} count={place.counts ? counts[place.counts] : null} unit={place.counts} short />
        ))}
        <button type="button" onClick={() => setSearching(true)}>
          <Ic of={IconSearch} size="l" />
          Chercher
        </button>
        <button type="button" aria-haspopup="dialog" onClick={() => setMore(true)}>
          <Ic of={IconDots} size="l" />
          Plus
          {elsewhere > 0 ? (
            <span className="rail__n">
              {elsewhere}
              <span className="vh"> à voir</span>
            </span>
          ) : null}
        </button>
      </nav>
      <Drawer opened={more} onClose={() => setMore(false)} position="bottom" size="auto" title="Plus">
        <nav aria-label="Autres pages">
          <ul className="phonemore">
            {onPhone.rest.map((place) => (
              <li key={place.to}>
                <Link to={place.to} onClick={() => setMore(false)} activeOptions={{ includeSearch: false }}>
                  <Ic of={place.icon} size="l" />
                  <span className="grow">{place.title}</span>
                  {place.counts && counts[place.counts] ? <b>{counts[place.counts]}</b> : null}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </Drawer>
      <Announcer />
      <RefusedFiles />
      <Toasts />
      <ConfirmHost />
      <Suspense fallback={null}>
        {searching ? <Palette query={query} onQuery={setQuery} onClose={closeSearch} /> : null}
        {helping ? <ShortcutsHelp onClose={() => setHelping(false)} /> : null}
      </Suspense>
    </div>
  )
}

/** Letters that the 76 px of the rail hold at 12 px. */
const longestOnRail = 12

function PlaceLink(props: {
  readonly place: Place
  readonly count: number | null
  readonly unit?: Place['counts']
  readonly end?: boolean
  readonly short?: boolean
}): ReactNode {
  const { place, count } = props
  return (
    <Link to={place.to} className={props.end ? 'rail__end' : undefined} activeOptions={{ includeSearch: false }}>
      <Ic of={place.icon} size={props.short ? 'l' : 'm'} />
      {props.short || place.title.length > longestOnRail ? (place.short ?? place.title) : place.title}
      {count ? (
        <span className="rail__n">
          {count}
          <span className="vh">{props.unit === 'reviews' ? ' à relire' : props.unit === 'messages' ? ' non lus' : ' en attente'}</span>
        </span>
      ) : null}
    </Link>
  )
}

/** Says the page to readers when one goes from page to page: nothing else tells them in a page that never reloads. */
function Announcer(): ReactNode {
  const { title } = useSignal(currentPage)
  return (
    <div className="vh" role="status" aria-live="polite">
      {title}
    </div>
  )
}
