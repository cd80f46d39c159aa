import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { accompanies } from '../../platform/contract/actor.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ButtonLink } from '../../platform/web/display/Button.tsx'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { mayHoldReports } from '../contract/access.ts'
import { reports } from '../contract/queries.ts'
import { DangerPill, useKindWords } from './report-words.tsx'

/** In the file of a person: the reports of which I am a reader, and the way to write one. Whoever reads none sees the same words, report or not. */
export function FileReports({ personId }: { readonly personId: PersonId }): ReactNode {
  const actor = useActor()
  const kinds = useKindWords()
  const { data } = useJalonQuery(reports, { personId }, { enabled: mayHoldReports(actor) })
  useEvents(mayHoldReports(actor) ? ['safeguarding.*'] : [])
  if (!mayHoldReports(actor)) return null
  const rows = data?.rows ?? []
  return (
    <Section
      title="Signalements"
      count={rows.length > 0 ? 'dont vous êtes lecteur' : undefined}
      end={
        accompanies(actor) ? (
          <ButtonLink small quiet icon={IconPlus} to="/signalements/nouveau" search={{ personne: personId } as never}>
            Écrire
          </ButtonLink>
        ) : undefined
      }
    >
      {rows.length > 0 ? (
        <ul className="lines">
          {rows.map((row) => (
            <li key={row.id}>
              <div className="row sp">
                <Link to="/signalements/$reportId" params={{ reportId: row.id } as never}>
                  Du {formatDay(row.openedAt)}
                </Link>
                {row.state === 'closed' ? <span className="small mut">clos</span> : <DangerPill level={row.dangerLevel} />}
              </div>
              <p className="small mut cut">{kinds(row.kinds)}</p>
            </li>
          ))}
        </ul>
      ) : (
        <p className="small mut">Maltraitance, information préoccupante : lus par leur auteur, sa direction et ceux qu’ils nomment, jamais par le cercle.</p>
      )}
    </Section>
  )
}
