import { IconHandStop, IconPrinter } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { voletWord } from '../../../platform/web/display/Volet.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { formatInstant } from '../../../platform/web/text/dates.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import type { PersonAccessData } from '../../contract/queries.ts'

type Sight = PersonAccessData['sights'][number]

const basisWords: Readonly<Record<Sight['basis'], string>> = {
  dac_in_charge: 'DAC qui accompagne',
  request: 'Demande en cours',
  care_team: 'Équipe de soins',
  consent: 'Accord de la personne',
  break_glass: 'Accès exceptionnel',
  self: 'Elle-même',
}

/** Who may see, why, what and until when; then who opened, how many times, the last time. */
export function AccessList({ access }: { readonly access: PersonAccessData }): ReactNode {
  const live = access.sights.filter((one) => one.live)
  const past = access.sights.filter((one) => !one.live)
  return (
    <>
      <Section title="Qui peut voir, et pourquoi" count={String(live.length)}>
        <ul className="lines">
          {live.map((one) => (
            <SightLine key={`${one.partyId}${one.startsAt}${one.basis}`} sight={one} />
          ))}
        </ul>
        {past.length > 0 ? (
          <details className="small" style={{ marginTop: 6 }}>
            <summary>{plural(past.length, 'accès terminé')}</summary>
            <ul className="lines">
              {past.map((one) => (
                <SightLine key={`${one.partyId}${one.startsAt}${one.basis}`} sight={one} />
              ))}
            </ul>
          </details>
        ) : null}
      </Section>
      <Section
        title="Qui a ouvert"
        count="sur un an"
        end={
          <Button small quiet icon={IconPrinter} onClick={() => window.print()}>
            Imprimer
          </Button>
        }
      >
        <ul className="lines">
          {access.readers.map((reader) => (
            <li key={`${reader.userId}${reader.service}`}>
              <div className="row sp">
                <span className="cut">
                  <b>{reader.name}</b>
                </span>
                <span className="small mut nw">{plural(reader.times, 'lecture')}</span>
              </div>
              <div className="small mut row sp">
                <span className="cut">{reader.service ?? 'sans service'}</span>
                <span className="nw">{formatInstant(reader.lastAt)}</span>
              </div>
            </li>
          ))}
        </ul>
        {access.readers.length === 0 ? <p className="small mut">Personne encore.</p> : null}
      </Section>
    </>
  )
}

function SightLine({ sight }: { readonly sight: Sight }): ReactNode {
  const until = sight.endsAt ? `${sight.live ? 'jusqu’au' : 'terminé le'} ${formatDay(sight.endsAt)}` : null
  const why = sight.reason === basisWords[sight.basis] ? null : sight.reason
  return (
    <li>
      <div className="row wrap" style={{ gap: '2px 6px' }}>
        <b>{sight.name}</b>
        {sight.suspendedAt ? (
          <StatusPill tone="warning" icon={IconHandStop}>
            {sight.suspensions.includes('refusal')
              ? 'Fermé à sa demande'
              : sight.suspensions.includes('limitation')
                ? 'Usage limité'
                : 'Fermé par l’opposition'}
          </StatusPill>
        ) : null}
      </div>
      <p className="small">{[basisWords[sight.basis], why].filter(Boolean).join(' · ')}</p>
      <p className="small mut">
        {sight.volets.map((one) => voletWord(one)).join(', ')} · depuis le {formatDay(sight.startsAt)}
        {until ? ` · ${until}` : ''}
      </p>
    </li>
  )
}
