import './columns.css'
import { type ReactNode, useEffect, useRef } from 'react'
import { createSignal } from '../api/signal.ts'
import { typo } from '../text/typography.ts'

export interface PageHeading {
  readonly title: string
  /** What the left of the top bar says: the service by default, or a way back (« Mes personnes › Dossier »). */
  readonly where?: ReactNode
  /** Replaces the state of saving in the top bar: « Vous êtes sa référente », « Chiffres agrégés, aucun nom ». */
  readonly note?: ReactNode
}

/** What the shell shows of the page that is open. */
export const currentPage = createSignal<PageHeading>({ title: '' })

/** Heads a page: title of the tab, announcement to readers, top bar. One h1 per page: that of Bar or PersonHeader, or a hidden one. */
export function Page(props: PageHeading & { readonly hiddenHeading?: boolean | undefined; readonly children: ReactNode }): ReactNode {
  const { title, where, note } = props
  const first = useRef(true)
  useEffect(() => {
    document.title = `${title} – Jalon`
    currentPage.set({ title, where, note })
  })
  useEffect(() => {
    if (!first.current) return
    first.current = false
    const main = document.getElementById('contenu')
    if (main && !main.contains(document.activeElement)) main.focus({ preventScroll: true })
  }, [])
  useEffect(() => () => currentPage.set({ title: '' }), [])
  return (
    <div className="page">
      {props.hiddenHeading ? <h1 className="vh">{typo(title)}</h1> : null}
      {props.children}
    </div>
  )
}
