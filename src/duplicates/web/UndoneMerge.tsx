import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { formatInstant } from '../../platform/web/text/dates.ts'
import { plural, typo } from '../../platform/web/text/typography.ts'
import type { Pair } from '../contract/pair.ts'
import { linesLeftToSort } from '../contract/queries.ts'

/** Why the pair is to be looked at again: its merge was undone. And what was written meanwhile, which nobody but who wrote it can give back to the right file. */
export function UndoneMerge({ undone }: { readonly undone: NonNullable<Pair['undone']> }): ReactNode {
  return (
    <>
      <Section title="Fusion défaite">
        <p className="small">
          Par <b>{undone.byName}</b>, le {formatInstant(undone.at)}
          {'\u00a0'}: {undone.reason}
        </p>
        <p className="small mut">
          {typo('Chacun a retrouvé son dossier. La paire reste à examiner : dites si ce sont deux personnes, ou proposez de nouveau.')}
        </p>
      </Section>
      {undone.toSort > 0 ? (
        <Section title="À trier">
          <Lines undone={undone} />
        </Section>
      ) : null}
    </>
  )
}

function Lines({ undone }: { readonly undone: NonNullable<Pair['undone']> }): ReactNode {
  const left = useJalonQuery(linesLeftToSort, { id: undone.mergeId })
  return (
    <QueryState query={left}>
      {({ personId, rows }) => (
        <div className="stack">
          <p className="small">
            {typo(
              rows.length === 0
                ? 'Tout est trié, ou ce qui reste ne vous est pas ouvert.'
                : `${plural(rows.length, 'ligne écrite', 'lignes écrites')} pendant que les deux dossiers n’en faisaient qu’un. Restées dans le dossier gardé : si l’une d’elles concerne l’autre personne, récrivez-la dans son dossier.`,
            )}
          </p>
          <ul className="lines">
            {rows.map((line) => (
              <li key={line.id} className="small">
                {line.title}
                <span className="mut" style={{ display: 'block' }}>
                  {formatInstant(line.at)}, {line.authorName}
                </span>
              </li>
            ))}
          </ul>
          <p>
            <Link to="/personnes/$personId" params={{ personId } as never}>
              Ouvrir le dossier
            </Link>
          </p>
        </div>
      )}
    </QueryState>
  )
}
