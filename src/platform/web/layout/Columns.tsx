import './columns.css'
import { IconLayoutSidebarRight, IconX } from '@tabler/icons-react'
import { createContext, type ReactNode, useContext, useId, useState } from 'react'
import { Button } from '../display/Button.tsx'
import { useKey } from '../shell/keys.ts'
import { typo } from '../text/typography.ts'
import { ScrollRegion } from './ScrollRegion.tsx'

/** 318·1·336, 318·1·352, 330·1·330, 396·1, 222·1·438, 1·336, 1. */
export type ColumnsKind = 'desk' | 'day' | 'file' | 'circle' | 'dir' | 'list' | 'two' | 'one'

const DrawerContext = createContext<{ readonly id: string; readonly open: boolean }>({ id: '', open: false })

/** The working area. Columns scroll on their own, the page never does; the right one becomes a drawer under 1100 px, all stack under 760. */
export function Columns(props: {
  readonly kind: ColumnsKind
  /** On a phone the left column (a list) comes first instead of the centre. */
  readonly listFirst?: boolean | undefined
  /** What the drawer is called under 1100 px. */
  readonly drawerLabel?: string | undefined
  readonly children: ReactNode
}): ReactNode {
  const [open, setOpen] = useState(false)
  const id = useId()
  const hasDrawer =
    props.kind === 'desk' || props.kind === 'day' || props.kind === 'file' || props.kind === 'dir' || props.kind === 'list' || props.kind === 'two'
  useKey('Escape', () => setOpen(false), 'Fermer le volet de droite', open)
  return (
    <DrawerContext value={{ id, open }}>
      <div className={`cols cols--${props.kind}${props.listFirst ? ' cols--list-first' : ''}`}>
        {props.children}
        {hasDrawer ? (
          <Button className="drawer-open" small icon={open ? IconX : IconLayoutSidebarRight} expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Fermer' : (props.drawerLabel ?? 'À côté')}
          </Button>
        ) : null}
      </div>
    </DrawerContext>
  )
}

/** What waits (left) or what the system already knows (right). No boxes, only headings and lines. */
export function SideColumn(props: {
  readonly side: 'left' | 'right'
  readonly label: string
  /** No padding and no gaps: a list that goes to the edges. */
  readonly flush?: boolean | undefined
  readonly children: ReactNode
}): ReactNode {
  const drawer = useContext(DrawerContext)
  const open = props.side === 'right' && drawer.open ? ' is-open' : ''
  return (
    <ScrollRegion
      region
      label={props.label}
      className={`side side--${props.side === 'left' ? 'l' : 'r'}${props.flush ? ' side--flush' : ' stack stack--4'}${open}`}
    >
      {props.children}
    </ScrollRegion>
  )
}

/** Where one acts: the sheet in focus, with what stands above (`head`) and below it (`foot`). */
export function CenterColumn(props: {
  readonly label: string
  readonly head?: ReactNode
  readonly foot?: ReactNode
  readonly flush?: boolean | undefined
  /** Cards on the desk instead of one sheet of paper. */
  readonly ground?: boolean | undefined
  readonly children: ReactNode
}): ReactNode {
  return (
    <section className={`center${props.flush ? ' center--flush' : ''}${props.ground ? ' center--ground' : ''}`} aria-label={props.label}>
      {props.head}
      <ScrollRegion label={props.label} className="body stack stack--3">
        {props.children}
      </ScrollRegion>
      {props.foot ? <div className="foot">{props.foot}</div> : null}
    </section>
  )
}

/** A white sheet that fills its place and scrolls. */
export function Sheet(props: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <ScrollRegion region label={props.label} className="sheet stack stack--3">
      {props.children}
    </ScrollRegion>
  )
}

/** A band above the working area: title, filters, at the end what one can do. */
export function Bar(props: { readonly title?: string | undefined; readonly children?: ReactNode; readonly end?: ReactNode }): ReactNode {
  return (
    <div className="bar">
      {props.title ? <h1>{typo(props.title)}</h1> : null}
      {props.children}
      {props.end ? <span className="end row wrap">{props.end}</span> : null}
    </div>
  )
}

/** A heading and what it holds; `count` in words, `end` a link or a button. */
export function Section(props: { readonly title: string; readonly count?: ReactNode; readonly end?: ReactNode; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <div className="sec">
        <h2>{typo(props.title)}</h2>
        {props.count ? <span className="n">{props.count}</span> : null}
        {props.end ? <span className="sec__end">{props.end}</span> : null}
      </div>
      {props.children}
    </div>
  )
}

/** A card of the centre: never nested in another card. `flush` for lists that go to its edges. */
export function Card(props: {
  readonly title?: string | undefined
  readonly badge?: ReactNode
  readonly count?: ReactNode
  readonly end?: ReactNode
  readonly flush?: boolean | undefined
  readonly children: ReactNode
}): ReactNode {
  return (
    <section className="card">
      {props.title ? (
        <header>
          <h2>{typo(props.title)}</h2>
          {props.badge}
          {props.count ? <span className="small dim">{props.count}</span> : null}
          {props.end ? <span className="end small">{props.end}</span> : null}
        </header>
      ) : null}
      {props.flush ? props.children : <div className="in-card stack">{props.children}</div>}
    </section>
  )
}
