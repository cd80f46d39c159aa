import './conferences.css'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { dayOf, formatDay } from '../../platform/contract/dates.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { voletWord } from '../../platform/web/display/Volet.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { PrintLayout } from '../../platform/web/layout/PrintLayout.tsx'
import { usePathId } from '../../platform/web/router/use-path-id.ts'
import { displayZone, formatHour } from '../../platform/web/text/dates.ts'
import { formatCivilName } from '../../platform/web/text/names.ts'
import { nbsp } from '../../platform/web/text/typography.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { agreementLabels, type ConferenceId, participantStateLabels } from '../contract/conference.ts'
import { type ConferenceSheet, conferenceSheet } from '../contract/queries.ts'
import { conferenceKinds } from '../contract/value-sets.ts'

/** The minutes on paper, with the volets of whoever prints them; a draft says so. */
export function MinutesPrintPage(): ReactNode {
  const id = usePathId<ConferenceId>('conferenceId')
  const query = useJalonQuery(conferenceSheet, { id })
  return (
    <Page
      title="Compte rendu"
      hiddenHeading={query.data === undefined}
      where={
        <Link to="/concertations/$conferenceId" params={{ conferenceId: id } as never}>
          ‹ Revenir à la concertation
        </Link>
      }
    >
      <QueryState query={query}>{(sheet) => <Paper sheet={sheet} />}</QueryState>
    </Page>
  )
}

function Paper({ sheet }: { readonly sheet: ConferenceSheet }): ReactNode {
  const actor = useActor()
  const { conference, participants, blocks, decisions, documents } = sheet
  const on = formatDay(dayOf(conference.startsAt, displayZone()))
  const present = participants.filter(({ state }) => state === 'present')
  const others = participants.filter(({ state }) => state !== 'present')
  return (
    <PrintLayout
      title={`${labelOf(conferenceKinds, conference.kind)} du ${on}`}
      about={formatCivilName(sheet.person)}
      date={on}
      author={conference.signedByName ?? `${actor.displayName}, ${actor.serviceName}`}
    >
      <div className="minutes">
        {conference.state === 'signed' ? null : <p className="minutes__draft">Projet, non signé</p>}
        <p>
          {formatHour(conference.startsAt)}, {conference.minutes}
          {nbsp}min{conference.place ? `, ${conference.place}` : ''}
          {conference.videoUrl ? ', avec visio' : ''}. Animée par {conference.animatorName}, {conference.holderName}.
        </p>
        <h2>Présents</h2>
        <p>{present.length === 0 ? 'À noter.' : present.map((one) => [one.name, one.role].filter(Boolean).join(', ')).join(' ; ')}</p>
        {others.length > 0 ? <p>{others.map((one) => `${one.name} (${participantStateLabels[one.state].toLowerCase()})`).join(' ; ')}</p> : null}
        <h2>L’avis de la personne</h2>
        <p>
          {agreementLabels[conference.agreement]}
          {conference.agreementOn ? `, le ${formatDay(conference.agreementOn)}` : ''}.{' '}
          {conference.agreementWords ? `«${nbsp}${conference.agreementWords}${nbsp}»` : ''}
        </p>
        {blocks.map((block) => (
          <section key={block.id}>
            <h2>
              {block.heading} <small>{voletWord(block.volet)}</small>
            </h2>
            <p className="passage__body">{block.body === '' ? '–' : block.body}</p>
          </section>
        ))}
        <h2>Décisions</h2>
        {decisions.length === 0 ? (
          <p>Aucune décision.</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">Décision</th>
                <th scope="col">Qui</th>
                <th scope="col">Pour le</th>
                <th scope="col">Réponse</th>
              </tr>
            </thead>
            <tbody>
              {decisions.map((decision) => (
                <tr key={decision.id}>
                  <td>{decision.words}</td>
                  <td>{[decision.actorName, decision.actorRole].filter(Boolean).join(', ')}</td>
                  <td>{decision.dueOn ? formatDay(decision.dueOn) : '–'}</td>
                  <td>{decision.answer === null ? 'attendue' : decision.answer === 'accepted' ? 'acceptée' : 'refusée'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {documents.length > 0 ? (
          <>
            <h2>Documents apportés</h2>
            <p>{documents.map((one) => one.label).join(' ; ')}</p>
          </>
        ) : null}
        {sheet.closedVolets.length > 0 ? (
          <p className="small">
            Imprimé sans {sheet.closedVolets.length > 1 ? 'les volets' : 'le volet'} {sheet.closedVolets.map(voletWord).join(', ').toLowerCase()}.
          </p>
        ) : null}
      </div>
    </PrintLayout>
  )
}
