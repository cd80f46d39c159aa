import { IconAlertTriangle, IconMessagePlus, IconNote, IconPencil, IconTags } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import type { PartyId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { StatusPill, Token } from '../../../platform/web/display/StatusPill.tsx'
import { PriveBlock } from '../../../platform/web/display/Volet.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { formatDayOf } from '../../../platform/web/text/dates.ts'
import { dial } from '../../../platform/web/text/dial.ts'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { type Correction, correctionFields } from '../../contract/correction.ts'
import {
  contactPreferences,
  exchangeKinds,
  followsPartners,
  ownWords,
  removeExchange,
  removeNote,
  reportStates,
  reportSubjects,
  withdrawCorrection,
} from '../../contract/own-words.ts'
import { CorrectionForm, ExchangeForm, NoteForm, RelationForm, ReportForm } from './PartnerForms.tsx'

type Opened = 'note' | 'correct' | 'report' | 'exchange' | 'relation' | null

/** How many exchanges are told before one asks for all of them. */
const shortList = 4

/** What one's own service knows of a party: what it corrected, its notes, how she likes to be reached, what was exchanged. */
export function Partner(props: { readonly partyId: PartyId; readonly corrections: readonly Correction[]; readonly national: boolean }): ReactNode {
  const { partyId } = props
  const actor = useActor()
  const [opened, setOpened] = useState<Opened>(null)
  const { data, refetch } = useJalonQuery(ownWords, { partyId }, { keepPrevious: false })
  useEvents(['directory.card.*', 'directory.errorReport.*'])
  const follows = followsPartners(actor).allowed
  const close = (): void => setOpened(null)
  const toggle = (wanted: Opened): void => setOpened(opened === wanted ? null : wanted)
  return (
    <>
      <Corrections partyId={partyId} corrections={props.corrections} withdraws={follows} />
      {data?.reports.map((report) => (
        <Notice key={report.id} tone="warning">
          <b>{reportSubjects[report.about]}</b>
          {report.words ? ` — ${report.words}` : ''} Signalé le {formatDayOf(report.reportedAt)} par {report.reportedByName}. {reportStates[report.state]}.
        </Notice>
      ))}
      <div className="row wrap">
        {follows ? (
          <>
            <Button small icon={IconNote} pressed={opened === 'note'} onClick={() => toggle('note')}>
              Noter
            </Button>
            <Button small icon={IconMessagePlus} pressed={opened === 'exchange'} onClick={() => toggle('exchange')}>
              Échange
            </Button>
            {props.national ? (
              <Button small icon={IconPencil} pressed={opened === 'correct'} onClick={() => toggle('correct')}>
                Corriger
              </Button>
            ) : null}
            <Button small icon={IconTags} pressed={opened === 'relation'} onClick={() => toggle('relation')}>
              Étiquettes
            </Button>
          </>
        ) : null}
        <Button small quiet icon={IconAlertTriangle} pressed={opened === 'report'} onClick={() => toggle('report')}>
          Signaler une erreur
        </Button>
      </div>
      {opened === 'note' ? <NoteForm partyId={partyId} onClose={close} /> : null}
      {opened === 'correct' ? <CorrectionForm partyId={partyId} onClose={close} /> : null}
      {opened === 'report' ? <ReportForm partyId={partyId} onClose={close} /> : null}
      {opened === 'exchange' ? <ExchangeForm partyId={partyId} onClose={close} /> : null}
      {opened === 'relation' && data ? <RelationForm partyId={partyId} relation={data.relation} onClose={close} onConflict={() => void refetch()} /> : null}
      {data && follows ? <Known partyId={partyId} words={data} /> : null}
    </>
  )
}

/** What holds over the national file, with who said it and when. */
function Corrections(props: { readonly partyId: PartyId; readonly corrections: readonly Correction[]; readonly withdraws: boolean }): ReactNode {
  const withdraw = useAction(withdrawCorrection, undefined)
  if (props.corrections.length === 0) return null
  return (
    <Section title="Corrigé par un service">
      <ul className="lines">
        {props.corrections.map((one) => (
          <li key={one.field} className="stack" style={{ gap: 2 }}>
            <span>
              {correctionFields[one.field]}
              {'\u00a0: '}
              {one.field === 'phone' || one.field === 'other_phone' ? <a href={dial(one.value)}>{formatPhone(one.value)}</a> : <b>{one.value}</b>}
            </span>
            <span className="small mut">
              {one.serviceName}, {one.writtenByName}, le {formatDayOf(one.writtenAt)}
              {props.withdraws ? (
                <>
                  {' · '}
                  <button
                    type="button"
                    className="linklike small"
                    disabled={withdraw.pending}
                    onClick={() => void withdraw.run({ partyId: props.partyId, field: one.field })}
                  >
                    revenir au répertoire
                  </button>
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {withdraw.error ? (
        <Notice tone="alert" live>
          {withdraw.error.detail}
        </Notice>
      ) : null}
    </Section>
  )
}

type Words = NonNullable<ReturnType<typeof useJalonQuery<typeof ownWords>>['data']>

function Known(props: { readonly partyId: PartyId; readonly words: Words }): ReactNode {
  const { words } = props
  const { relation } = words
  const [all, setAll] = useState(false)
  const remove = useAction(removeNote, undefined)
  const take = useAction(removeExchange, undefined)
  const labels = useValueLabels()
  const exchanges = all ? words.exchanges : words.exchanges.slice(0, shortList)
  const told = (kind: string, code: string | null): string => {
    if (kind === 'request') return 'A demandé'
    if (kind === 'referred') return 'A orienté vers le DAC'
    if (kind === 'answer') return code === null ? 'Réponse donnée' : `Réponse : ${labels('intake.answer', code)}`
    if (kind === 'reorientation') return code === null ? 'Personne orientée vers elle' : `Orientation : ${labels('intake.reorientation_outcome', code)}`
    return exchangeKinds[kind as keyof typeof exchangeKinds]
  }
  return (
    <>
      {relation.tags.length > 0 || relation.prefers || relation.prefersWords || relation.noCampaign ? (
        <div className="row wrap" style={{ gap: 6 }}>
          {relation.tags.map((tag) => (
            <Token key={tag}>{tag}</Token>
          ))}
          {relation.prefers || relation.prefersWords ? (
            <span className="small">{[relation.prefers ? contactPreferences[relation.prefers] : null, relation.prefersWords].filter(Boolean).join(', ')}</span>
          ) : null}
          {relation.noCampaign ? <StatusPill tone="neutral">Pas de courrier d’information</StatusPill> : null}
        </div>
      ) : null}
      {words.notes.length > 0 ? (
        <Section title="Notes de l’équipe">
          <PriveBlock>
            <ul className="lines">
              {words.notes.map((note) => (
                <li key={note.id} className="stack" style={{ gap: 2 }}>
                  <span style={{ whiteSpace: 'pre-line' }}>{note.words}</span>
                  <span className="small mut">
                    {note.writtenByName}, le {formatDayOf(note.writtenAt)} ·{' '}
                    <button type="button" className="linklike small" disabled={remove.pending} onClick={() => void remove.run({ id: note.id })}>
                      retirer
                    </button>
                  </span>
                </li>
              ))}
            </ul>
          </PriveBlock>
          {remove.error ? (
            <Notice tone="alert" live>
              {remove.error.detail}
            </Notice>
          ) : null}
        </Section>
      ) : null}
      <Section title="Échanges avec votre service" count={words.requests > 0 ? plural(words.requests, 'demande') : undefined}>
        {words.exchanges.length === 0 ? (
          <p className="small mut">Aucun échange connu{'\u00a0'}: ni demande, ni réponse, ni rencontre.</p>
        ) : (
          <ul className="lines">
            {exchanges.map((one) => (
              <li key={one.id} className="row row--top" style={{ gap: 8 }}>
                <span className="small mut nw">{formatDay(one.at)}</span>
                <span className="grow">
                  <b>{told(one.kind, one.code)}</b>{' '}
                  {one.sollicitationId ? (
                    <Link to="/demandes" search={{ demande: one.sollicitationId } as never}>
                      {one.subject}
                    </Link>
                  ) : (
                    <span>{one.subject}</span>
                  )}
                  {one.byName ? <span className="small mut">, {one.byName}</span> : null}
                  {one.kind in exchangeKinds ? (
                    <span className="small mut">
                      {' · '}
                      <button
                        type="button"
                        className="linklike small"
                        aria-label={`retirer l’échange « ${one.subject} »`}
                        disabled={take.pending}
                        onClick={() => void take.run({ id: one.id })}
                      >
                        retirer
                      </button>
                    </span>
                  ) : null}
                </span>
              </li>
            ))}
          </ul>
        )}
        {take.error ? (
          <Notice tone="alert" live>
            {take.error.detail}
          </Notice>
        ) : null}
        {words.exchanges.length > exchanges.length ? (
          <button type="button" className="linklike small" onClick={() => setAll(true)}>
            Les {words.exchanges.length} échanges
          </button>
        ) : null}
      </Section>
    </>
  )
}
