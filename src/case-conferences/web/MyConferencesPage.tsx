import './conferences.css'
import { IconCalendarEvent, IconChecks, IconVideo } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { PersonTarget } from '../../persons/contract/person.ts'
import type { OutputOf } from '../../platform/contract/action.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { VoletChip } from '../../platform/web/display/Volet.tsx'
import { Bar, CenterColumn, Columns, Section } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { formatUpcoming } from '../../platform/web/text/dates.ts'
import { formatPersonName } from '../../platform/web/text/names.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { answerCaseDecision, answerInvitation } from '../contract/actions.ts'
import type { ConferenceTarget, ParticipantId } from '../contract/conference.ts'
import { participantStateLabels } from '../contract/conference.ts'
import { conferencesOfMine } from '../contract/queries.ts'
import { conferenceKinds } from '../contract/value-sets.ts'

type Mine = OutputOf<typeof conferencesOfMine>

/** « Mes concertations »: for whoever is invited in many files, what awaits her answer, and where she is expected. */
export function MyConferencesPage(): ReactNode {
  const query = useJalonQuery(conferencesOfMine, {})
  useEvents(['caseConferences.*'], () => void query.refetch())
  return (
    <Page title="Mes concertations">
      <Bar title="Mes concertations" />
      <Columns kind="one">
        <CenterColumn label="Mes concertations">
          <QueryState query={query}>
            {({ rows, decisions }) => {
              const asked = rows.filter(({ myAnswer }) => myAnswer === 'invited')
              const others = rows.filter(({ myAnswer }) => myAnswer !== 'invited')
              const waiting = asked.length + decisions.length
              return (
                <div className="stack stack--5 conferences">
                  <Section title="Attend ma réponse" count={waiting > 0 ? String(waiting) : undefined}>
                    {waiting === 0 ? <p className="small mut">Rien n’attend votre réponse.</p> : null}
                    <ul className="lines" aria-label="Attend ma réponse">
                      {asked.map((row) => (
                        <Meeting key={row.id} row={row} />
                      ))}
                      {decisions.map((decision) => (
                        <Decision key={decision.id} decision={decision} />
                      ))}
                    </ul>
                  </Section>
                  <Section title="À venir et en cours" count={others.length > 0 ? String(others.length) : undefined}>
                    {others.length === 0 && asked.length === 0 ? (
                      <EmptyState icon={IconCalendarEvent} title="Aucune concertation">
                        Celles où vous êtes invité, dans tous vos dossiers, se lisent ici.
                      </EmptyState>
                    ) : null}
                    <ul className="lines" aria-label="À venir et en cours">
                      {others.map((row) => (
                        <Meeting key={row.id} row={row} />
                      ))}
                    </ul>
                  </Section>
                </div>
              )
            }}
          </QueryState>
        </CenterColumn>
      </Columns>
    </Page>
  )
}

/** What the browser knows of the rule: she answers for herself. The server looks at the meeting. */
function useOwn(personId: PersonId): (ConferenceTarget & { readonly partyId: string | null }) | null {
  const actor = useActor()
  const partyId = actor.parties[0] ?? null
  return {
    id: '' as never,
    personId,
    holderOrg: '' as never,
    state: 'planned',
    animatorId: '' as never,
    invitedParties: partyId === null ? [] : [partyId],
    person: { inCharge: false } as PersonTarget,
    partyId,
  }
}

function Meeting({ row }: { readonly row: Mine['rows'][number] }): ReactNode {
  const answer = useAction(answerInvitation, useOwn(row.person.personId))
  const say = (state: 'accepted' | 'declined'): void => void answer.run({ id: row.participantId as ParticipantId, state })
  const name = formatPersonName(row.person)
  return (
    <li className="stack stack--2">
      <div className="row sp wrap">
        <Link to="/concertations/$conferenceId" params={{ conferenceId: row.id } as never}>
          <b>{name}</b>, {labelOf(conferenceKinds, row.kind).toLowerCase()}
        </Link>
        <span className="row" style={{ gap: 8 }}>
          {row.myAnswer === null ? (
            <StatusPill tone="accent">Je l’anime</StatusPill>
          ) : row.myAnswer === 'invited' ? (
            <StatusPill tone="warning">Réponse attendue</StatusPill>
          ) : (
            <StatusPill tone="success">{participantStateLabels[row.myAnswer as 'accepted']}</StatusPill>
          )}
        </span>
      </div>
      <div className="small mut">
        {[formatUpcoming(row.startsAt), `${row.minutes} min`, row.place].filter(Boolean).join(' · ')} · {row.coming} sur {row.participants} confirmés
      </div>
      {row.names.length > 0 ? <div className="small">Avec {row.names.join(', ')}</div> : null}
      <div className="row wrap">
        {row.myAnswer === 'invited' && row.participantId !== null ? (
          <>
            <Button small label={`Je viens : ${name}`} blocked={answer.pending} onClick={() => say('accepted')}>
              Je viens
            </Button>
            <Button small quiet label={`Je ne peux pas : ${name}`} blocked={answer.pending} onClick={() => say('declined')}>
              Je ne peux pas
            </Button>
          </>
        ) : null}
        {row.videoUrl ? (
          <a className="small row" style={{ gap: 4 }} href={row.videoUrl} target="_blank" rel="noreferrer">
            <Ic of={IconVideo} size="s" /> Rejoindre en visio
          </a>
        ) : null}
      </div>
      {answer.error ? (
        <p className="small t-alert" role="alert">
          {answer.error.detail}
        </p>
      ) : null}
    </li>
  )
}

function Decision({ decision }: { readonly decision: Mine['decisions'][number] }): ReactNode {
  const answer = useAction(answerCaseDecision, useOwn(decision.person.personId), { invalidates: ['carePlans'] })
  const say = (said: 'accepted' | 'refused'): void =>
    void answer.run({ id: decision.id, baseVersion: decision.version, answer: said, mode: 'online', words: null })
  return (
    <li className="stack stack--2">
      <div className="row row--top" style={{ gap: 8 }}>
        <span className="grow">
          <Ic of={IconChecks} size="s" /> <b>{decision.words}</b>
        </span>
        <VoletChip volet={decision.volet} />
      </div>
      <div className="small mut">
        <Link to="/concertations/$conferenceId" params={{ conferenceId: decision.conferenceId } as never}>
          {formatPersonName(decision.person)}
        </Link>
        , décidé le {formatDay(decision.decidedOn)}
        {decision.dueOn ? `, pour le ${formatDay(decision.dueOn)}` : ''}
        {decision.actorRole ? ` · ${decision.actorRole}` : ''}
      </div>
      <div className="row wrap">
        <Button small label={`J’accepte : ${decision.words}`} blocked={answer.pending} onClick={() => say('accepted')}>
          J’accepte
        </Button>
        <Button small quiet label={`Je refuse : ${decision.words}`} blocked={answer.pending} onClick={() => say('refused')}>
          Je refuse
        </Button>
      </div>
      {answer.error ? (
        <p className="small t-alert" role="alert">
          {answer.error.detail}
        </p>
      ) : null}
    </li>
  )
}
