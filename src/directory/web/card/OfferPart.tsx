import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { Token } from '../../../platform/web/display/StatusPill.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { plural } from '../../../platform/web/text/typography.ts'
import { capacityWords } from '../../contract/capacity-words.ts'
import type { Offer } from '../../contract/offer.ts'
import { publicLabel, themeLabel } from '../../contract/social-themes.ts'
import { webLink } from '../../contract/web-link.ts'

/** What a structure offers: for whom, at what price, when, and how many places it told last. */
export function OfferPart({ offer }: { readonly offer: Offer }): ReactNode {
  const facts: readonly (readonly [string, string | null])[] = [
    ['Public', [...offer.publics.map(publicLabel), offer.publicsWords].filter(Boolean).join(', ') || null],
    ['Conditions', offer.conditions],
    ['Frais', offer.fees],
    ['Horaires', offer.openingHours],
    ['Contact', offer.contactName],
  ]
  const capacities = offer.capacities.map((one) => ({ ...one, ...capacityWords(one) })).sort((one, other) => Number(other.free) - Number(one.free))
  const free = capacities.reduce((sum, one) => sum + (one.free ? one.places : 0), 0)
  const link = webLink(offer.link)
  return (
    <>
      {offer.structureName ? (
        <p>
          Proposé par{' '}
          {offer.structureId ? (
            <Link to="." search={((old: Record<string, unknown>) => ({ ...old, fiche: offer.structureId })) as never} replace>
              {offer.structureName}
            </Link>
          ) : (
            offer.structureName
          )}
        </p>
      ) : null}
      {offer.themes.length > 0 ? (
        <p className="row wrap" style={{ gap: 6 }}>
          {offer.themes.map((theme) => (
            <Token key={theme}>{themeLabel(theme)}</Token>
          ))}
        </p>
      ) : null}
      {offer.description ? <p style={{ whiteSpace: 'pre-line' }}>{offer.description}</p> : null}
      <dl className="kv">
        {facts.map(([name, value]) =>
          value ? (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      {capacities.length > 0 ? (
        <Section title="Places" count={free > 0 ? `${plural(free, 'place')} ${free >= 2 ? 'disponibles' : 'disponible'}` : 'aucune disponible'}>
          <ul className="lines">
            {capacities.map((one) => (
              <li key={[one.place, one.kind, one.status, one.temporary].join('|')}>
                {one.free ? <b>{one.words}</b> : <span>{one.words}</span>}{' '}
                <span className="small mut">
                  {[one.place, one.temporary, one.updatedAt ? `dit le ${formatDay(one.updatedAt)}` : 'sans date'].filter(Boolean).join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {link ? (
        <p className="small">
          <a href={link} target="_blank" rel="noreferrer noopener">
            Demander ou en savoir plus
          </a>
        </p>
      ) : null}
      {offer.producer || offer.updatedOn ? (
        <p className="small dim">
          {[offer.producer ? `Dit par ${offer.producer}` : null, offer.updatedOn ? `le ${formatDay(offer.updatedOn)}` : null].filter(Boolean).join(', ')}
        </p>
      ) : null}
    </>
  )
}
