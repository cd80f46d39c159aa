import type { ReactNode } from 'react'
import { VoletShape } from '../../platform/web/display/Volet.tsx'
import { Section } from '../../platform/web/layout/Columns.tsx'
import type { Reader } from './reader-words.ts'

/** Who reads the shared notebook besides the DAC, each with her volets. */
export function Readers(props: { readonly readers: readonly (Reader & { readonly profession?: string | null })[] }): ReactNode {
  return (
    <Section title="Qui lit le carnet partagé" count={props.readers.length === 0 ? undefined : String(props.readers.length)}>
      {props.readers.length === 0 ? (
        <p className="small mut">Le DAC seul. Un membre du cercle le lit dès que son accès est ouvert dans l’onglet Cercle.</p>
      ) : (
        <ul className="lines">
          {props.readers.map((reader) => (
            <li key={reader.userId} className="row">
              <span className="grow">
                {reader.name}
                {reader.profession ? <span className="small mut reader-trade">{reader.profession}</span> : null}
              </span>
              <span className="row" style={{ gap: 3 }}>
                {reader.volets.map((volet) => (
                  <VoletShape key={volet} volet={volet} named />
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
