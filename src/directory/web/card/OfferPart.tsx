import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { Token } from '../../../platform/web/display/StatusPill.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { plural } from '../../../platform/web/text/typography.ts'
import type { Offer } from '../../contract/offer.ts'
import { publicLabel, themeLabel } from '../../contract/social-themes.ts'

/** What a structure offers: for whom, at what price, when, and how many places it told last. */
export function OfferPart({ offer }: { readonly offer: Offer }): ReactNode {
  const facts: readonly (readonly [string, string | null])[] = [
    ['Public', [...offer.publics.map(publicLabel), offer.publicsWords].filter(Boolean).join(', ') || null],
    ['Conditions', offer.conditions],
    ['Frais', offer.fees],
    ['Horaires', offer.openingHours],
    ['Contact', offer.contactName],
  ]
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
      {offer.capacities.length > 0 ? (
        <Section title="Places">
          <ul className="lines">
            {offer.capacities.map((one) => (
              <li key={[one.place, one.kind, one.status, one.temporary].join('|')}>
                <b>{plural(one.places, 'place')}</b>{' '}
                <span className="small mut">
                  {[one.place, one.temporary, one.updatedAt ? `dit le ${formatDay(one.updatedAt)}` : 'sans date'].filter(Boolean).join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {offer.link ? (
        <p className="small">
          <a href={offer.link} target="_blank" rel="noreferrer noopener">
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
