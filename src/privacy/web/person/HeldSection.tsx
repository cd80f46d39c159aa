import { IconBraces, IconFileTypePdf, IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { formatNumber } from '../../../platform/web/text/numbers.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { personData, personDataSummary } from '../../contract/queries.ts'
import { useFileAnswer } from '../save-answer.ts'

/** « Ce que Jalon sait »: counted, given in one click, with what stays out and why. */
export function HeldSection({ personId }: { readonly personId: PersonId }): ReactNode {
  const summary = useJalonQuery(personDataSummary, { personId })
  const { making, save } = useFileAnswer()
  const withPrivate = async (): Promise<void> => {
    const read = await confirm({
      title: 'Joindre les notes privées du DAC',
      text: 'Relisez-les d’abord : ce qu’un tiers a confié (un proche, un voisin) n’est pas remis. Le document dira qu’elles sont jointes.',
      action: 'Je les ai relues',
    })
    if (read) await save(personData, { personId, format: 'pdf', privateNotes: true }, 'private')
  }
  return (
    <Section title="Ce que Jalon sait d’elle">
      <QueryState query={summary}>
        {(data) => (
          <div className="stack" style={{ gridTemplateColumns: 'minmax(0, 1fr)' }}>
            <div className="row wrap">
              <Button main icon={IconFileTypePdf} blocked={making !== null} onClick={() => void save(personData, { personId, format: 'pdf' }, 'pdf')}>
                {making === 'pdf' ? 'Préparation…' : 'Tout, en PDF'}
              </Button>
              <Button icon={IconBraces} blocked={making !== null} onClick={() => void save(personData, { personId, format: 'json' }, 'json')}>
                {making === 'json' ? 'Préparation…' : 'JSON'}
              </Button>
            </div>
            <details className="small">
              <summary>Ce que le document contient : {plural(data.sections.length, 'rubrique')}</summary>
              <ul className="lines">
                {data.sections.map((one) => (
                  <li key={one.title} className="row sp">
                    <span>{one.title}</span>
                    <span className="num mut">{formatNumber(one.records)}</span>
                  </li>
                ))}
              </ul>
            </details>
            {data.privateNotes > 0 ? (
              <div className="small">
                <p className="mut">
                  {plural(data.privateNotes, 'élément')} gardé{data.privateNotes > 1 ? 's' : ''} pour le DAC : à relire avant de{' '}
                  {data.privateNotes > 1 ? 'les' : 'le'} remettre.
                </p>
                <Button small quiet icon={IconLock} blocked={making !== null} onClick={() => void withPrivate()}>
                  PDF avec les notes privées
                </Button>
              </div>
            ) : null}
            <details className="small">
              <summary>Ce qui n’est jamais joint, et pourquoi</summary>
              <ul className="lines">
                {data.leftOut.map((one) => (
                  <li key={one.what}>
                    <b>{one.what}</b>
                    <p className="mut">{one.why}</p>
                  </li>
                ))}
              </ul>
            </details>
          </div>
        )}
      </QueryState>
    </Section>
  )
}
