import './TabLinks.css'
import { Link, type LinkProps, useLocation } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'

export interface TabLink extends Pick<LinkProps, 'to' | 'params' | 'search'> {
  readonly key: string
  readonly title: string
  /** News since the last visit; shown only when it equals a list. */
  readonly news?: number | undefined
  /** The tab is the exact address only. */
  readonly exact?: boolean | undefined
}

/** Tabs that are places: each has its address, so that a link or a refresh comes back to it. */
export function TabLinks(props: { readonly label: string; readonly tabs: readonly TabLink[] }): ReactNode {
  const nav = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  // The tab where one is comes to the middle, on arriving and when the screen turns; then the row is the thumb's.
  useEffect(() => {
    const row = nav.current
    if (row === null || pathname === '') return
    const center = (): void => {
      const here = row.querySelector<HTMLElement>('[aria-current]')
      if (here !== null) row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - here.offsetWidth) / 2
    }
    center()
    const turned = new ResizeObserver(center)
    turned.observe(row)
    return () => turned.disconnect()
  }, [pathname])
  return (
    <nav className="tabs" aria-label={props.label} ref={nav}>
      {props.tabs.map(({ key, title, news, exact, ...link }) => (
        <Link key={key} {...(link as LinkProps)} activeOptions={{ exact: exact ?? false, includeSearch: false }}>
          {title}
          {news ? (
            <span className="n">
              {news}
              <span className="vh"> {news >= 2 ? 'nouveautés' : 'nouveauté'}</span>
            </span>
          ) : null}
        </Link>
      ))}
    </nav>
  )
}
