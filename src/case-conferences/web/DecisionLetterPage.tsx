import './conferences.css'
import { IconMailOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { dayOf, formatDay } from '../../platform/contract/dates.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { PrintLayout } from '../../platform/web/layout/PrintLayout.tsx'
import { usePathId } from '../../platform/web/router/use-path-id.ts'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import { displayZone, today } from '../../platform/web/text/dates.ts'
import { formatCivilName } from '../../platform/web/text/names.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import type { CaseDecision, ConferenceId } from '../contract/conference.ts'
import { type ConferenceSheet, conferenceSheet } from '../contract/queries.ts'
import { conferenceKinds } from '../contract/value-sets.ts'

/** What is asked of somebody outside Jalon, on paper, with the slip that she sends back. */
export function DecisionLetterPage(): ReactNode {
  const id = usePathId<ConferenceId>('conferenceId')
  const { filters } = useUrlFilters({ decision: 'id' })
  const query = useJalonQuery(conferenceSheet, { id })
  const decision = query.data?.decisions.find((one) => one.id === filters.decision)
  return (
    <Page
      title="Lettre"
      hiddenHeading={decision === undefined}
      where={
        <Link to="/concertations/$conferenceId" params={{ conferenceId: id } as never}>
          ‹ Revenir à la concertation
        </Link>
      }
    >
      <QueryState query={query}>
        {(sheet) =>
          decision === undefined ? (
            <div style={{ padding: 16 }}>
              <EmptyState icon={IconMailOff} title="Cette décision n’est plus là">
                Elle a été retirée, ou son volet ne vous est pas ouvert. Revenez à la concertation.
              </EmptyState>
            </div>
          ) : (
            <Letter sheet={sheet} decision={decision} />
          )
        }
      </QueryState>
    </Page>
  )
}

function Letter({ sheet, decision }: { readonly sheet: ConferenceSheet; readonly decision: CaseDecision }): ReactNode {
  const actor = useActor()
  const { conference, person } = sheet
  const on = formatDay(dayOf(conference.startsAt, displayZone()))
  return (
    <PrintLayout
      title={`Ce qui vous est proposé après la ${labelOf(conferenceKinds, conference.kind).toLowerCase()} du ${on}`}
      about={formatCivilName(person)}
      date={formatDay(decision.letterOn ?? today())}
      author={`${actor.displayName}, ${conference.holderName}`}
    >
      <div className="minutes letter">
        <p>
          À l’attention de <b>{decision.actorName}</b>
          {decision.actorRole ? `, ${decision.actorRole}` : ''}
        </p>
        <p>Madame, Monsieur,</p>
        <p>
          Les intervenants réunis le {on} autour de {formatCivilName(person)} vous proposent{'\u00a0'}:
        </p>
        <p className="letter__asked">{decision.words}</p>
        {decision.dueOn ? <p>Si possible avant le {formatDay(decision.dueOn)}.</p> : null}
        <p>
          Rien ne vous est imposé{'\u00a0'}: dites-nous si vous acceptez, en renvoyant le coupon ci-dessous ou en appelant {conference.holderName}. Sans
          réponse, nous vous rappellerons.
        </p>
        <p>
          {actor.displayName}
          <br />
          {conference.holderName}
        </p>
        <section className="letter__slip" aria-label="Coupon de réponse">
          <h2>Réponse à renvoyer à {conference.holderName}</h2>
          <p>
            De {decision.actorName}, au sujet de{'\u00a0'}: {decision.words}
          </p>
          <p>☐ J’accepte &emsp; ☐ Je ne peux pas &emsp; ☐ Appelez-moi au ……………………………</p>
          <p>Précision{'\u00a0'}: ………………………………………………………………………………………</p>
          <p>Le …… / …… / ………… &emsp; Signature{'\u00a0'}:</p>
        </section>
      </div>
    </PrintLayout>
  )
}
