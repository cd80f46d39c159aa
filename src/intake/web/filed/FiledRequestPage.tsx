import '../qualify/qualify.css'
import '../said.css'
import { type ReactNode, useEffect } from 'react'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { JalonPole } from '../../../platform/web/display/JalonPole.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill, Token } from '../../../platform/web/display/StatusPill.tsx'
import { CenterColumn, Columns, Section } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { usePathId } from '../../../platform/web/router/use-path-id.ts'
import { formatInstant, formatWhen } from '../../../platform/web/text/dates.ts'
import { readAnswer } from '../../contract/actions.ts'
import { headlineOf } from '../../contract/headline.ts'
import { filedRequest } from '../../contract/queries.ts'
import type { RequestTarget, SollicitationId } from '../../contract/sollicitation.ts'
import { answers, delays, motives, replyChannels } from '../../contract/value-sets.ts'
import { phoneWords, whoIs } from '../words.ts'
import { FiledColumn, filedWords } from './FiledColumn.tsx'

/** One request as its requester follows it: where it stands, who has it, what came back. */
export function FiledRequestPage(): ReactNode {
  const id = usePathId<SollicitationId>('requestId')
  const query = useJalonQuery(filedRequest, { id })
  return (
    <Page title={query.data ? `Demande n° ${query.data.number}` : 'Ma demande'}>
      <Columns kind="circle">
        <FiledColumn current={id} />
        <CenterColumn label="Ma demande">
          <QueryState query={query}>{(data) => <Filed key={id} data={data} />}</QueryState>
        </CenterColumn>
      </Columns>
    </Page>
  )
}

type FiledData = OutputOf<typeof filedRequest>

function Filed({ data }: { readonly data: FiledData }): ReactNode {
  const motiveList = useValueList(motives.code, motives.values)
  const delayList = useValueList(delays.code, delays.values)
  const answerList = useValueList(answers.code, answers.values)
  const channels = useValueList(replyChannels.code, replyChannels.values)
  useMarkRead(data)
  const { word, bands } = filedWords[data.status]
  return (
    <div className="qualify" style={{ maxWidth: 720 }}>
      <header className="stack">
        <h2>{data.text ? headlineOf(data.text, []) : 'Demande faite par téléphone'}</h2>
        <p className="mut">{[whoIs({ ...data, person: null }), data.communeName, `n° ${data.number}`].filter(Boolean).join(' · ')}</p>
        <div className="row" style={{ maxWidth: 420 }}>
          <JalonPole bands={bands} across />
          <StatusPill tone={data.status === 'closed' ? 'success' : 'accent'}>{word}</StatusPill>
        </div>
        <p className="small mut">
          {data.dacName}
          {data.assignedToName ? `, ${data.assignedToName}` : ''}
          {data.dacPhone ? ` · ${phoneWords(data.dacPhone)}` : ''}
        </p>
      </header>
      <Section title="Réponse du DAC">
        {data.feedbacks.length === 0 ? (
          <Notice>
            {data.dueAt ? `Réponse attendue avant le ${formatInstant(data.dueAt)}.` : 'Pas encore de réponse.'} Vous êtes prévenu ici dès qu’elle arrive.
          </Notice>
        ) : null}
        {data.answers.length > 0 ? (
          <p className="row wrap" style={{ gap: 6 }}>
            {data.answers.map((code) => (
              <Token key={code}>{answerList.label(code)}</Token>
            ))}
          </p>
        ) : null}
        <ul className="lines">
          {data.feedbacks.map((one) => (
            <li key={one.id}>
              <span className="small dim">
                {formatWhen(one.givenAt)}, {one.givenByName}, {channels.label(one.channel).toLowerCase()}
              </span>
              <p className="said">{one.text}</p>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Ce que vous avez demandé">
        {data.text ? <p className="said">{data.text}</p> : <p className="mut">Dit par téléphone : les notes de l’appel restent au DAC.</p>}
        <p className="row wrap" style={{ gap: 6, marginTop: 8 }}>
          {data.motives.map((code) => (
            <Token key={code}>{motiveList.label(code)}</Token>
          ))}
        </p>
        <p className="small dim" style={{ marginTop: 6 }}>
          Reçue {formatWhen(data.receivedAt)} · à traiter sous {delayList.label(data.urgency).toLowerCase()}
        </p>
      </Section>
    </div>
  )
}

/** Opening the answer is reading it. */
function useMarkRead(data: FiledData): void {
  const actor = useActor()
  const target = {
    id: data.id,
    holderOrg: '',
    status: data.status,
    personId: null,
    requesterUserId: actor.userId,
    requesterPartyId: null,
    assignedTo: null,
  } as unknown as RequestTarget
  const { run } = useAction(readAnswer, target)
  useEffect(() => {
    if (data.unread) void run({ id: data.id as SollicitationId })
  }, [data.unread, data.id, run])
}
