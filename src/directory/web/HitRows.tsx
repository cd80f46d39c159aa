import { IconPlugConnected } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { KeyboardEvent, ReactNode } from 'react'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { formatPhone } from '../../platform/web/text/phones.ts'
import { type DirectoryHit, hitPlace } from '../contract/hit.ts'

/** The answers, numbered as they will be on the map: ↑ ↓ go through them, ↵ opens the card beside. */
export function HitRows(props: {
  readonly rows: readonly DirectoryHit[]
  readonly chosen: string | null
  /** What the page lets one say of each, without opening its card. */
  readonly under?: ((hit: DirectoryHit) => ReactNode) | undefined
}): ReactNode {
  return (
    <ul onKeyDown={moveBetweenHits}>
      {props.rows.map((hit, index) => (
        <li key={hit.partyId}>
          <Link
            to="."
            search={((old: Record<string, unknown>) => ({ ...old, fiche: hit.partyId, ajout: undefined })) as never}
            replace
            className={hit.partyId === props.chosen ? 'res is-on' : 'res'}
            aria-current={hit.partyId === props.chosen ? 'true' : undefined}
          >
            <span className="pin" aria-hidden="true">
              {index + 1}
            </span>
            <span className="res__who">
              <span className="row" style={{ gap: 7 }}>
                <b className="cut">{hit.label}</b>
                {hit.kind === 'local' ? <StatusPill tone="accent">Fiche locale</StatusPill> : null}
              </span>
              <span className="small mut cut" style={{ display: 'block' }}>
                {[hit.detail, hit.place].filter(Boolean).join(' · ')}
              </span>
              <span className="small dim cut" style={{ display: 'block' }}>
                {hitPlace(hit) || 'lieu inconnu'}
              </span>
            </span>
            <span className="res__side stack">
              <span className="nw">{hit.phone ? formatPhone(hit.phone) : <span className="small dim">sans téléphone</span>}</span>
              {hit.hasAccount ? (
                <StatusPill icon={IconPlugConnected} tone="success">
                  Compte Jalon
                </StatusPill>
              ) : null}
            </span>
          </Link>
          {props.under?.(hit)}
        </li>
      ))}
    </ul>
  )
}

function moveBetweenHits(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 'nextElementSibling' : event.key === 'ArrowUp' ? 'previousElementSibling' : null
  if (step === null) return
  const next = (event.target as HTMLElement).closest('li')?.[step]?.querySelector<HTMLElement>('a')
  if (!next) return
  event.preventDefault()
  next.focus()
}
