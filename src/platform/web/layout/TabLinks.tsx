import './TabLinks.css'
import { Link, type LinkProps } from '@tanstack/react-router'
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
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })
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
