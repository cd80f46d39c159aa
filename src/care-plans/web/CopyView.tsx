import './plan.css'
import '../../platform/web/layout/PrintLayout.css'
import { IconArrowLeft, IconFileTypePdf, IconPrinter } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { errorDetail } from '../../platform/web/api/api-error.ts'
import { callQuery, saveFile } from '../../platform/web/api/client.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../platform/web/display/Button.tsx'
import { ErrorState, Waiting } from '../../platform/web/display/QueryState.tsx'
import { VoletChip, voletWord } from '../../platform/web/display/Volet.tsx'
import { Bar } from '../../platform/web/layout/Columns.tsx'
import { ScrollRegion } from '../../platform/web/layout/ScrollRegion.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { setAside, statementOf } from '../contract/compare.ts'
import type { HandoverId, PlanContent, PlanHandover } from '../contract/plan.ts'
import { planDocument, planVersionContent } from '../contract/queries.ts'
import { contentForCopy } from '../contract/recipients.ts'
import { actionStatusWords, objectiveStatusWords, termWords, whoWords } from '../contract/words.ts'
import { usePlan } from './use-plan.ts'

/** The copy that was prepared for someone: on the screen, on paper, or as a PDF. It holds her volets and nothing else. */
export function CopyView(props: { readonly handoverId: HandoverId }): ReactNode {
  const { data } = usePlan()
  const handover = data.handovers.find((one) => one.id === props.handoverId)
  const [making, setMaking] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const download = async (): Promise<void> => {
    setMaking(true)
    setFault(null)
    try {
      const { base64, contentType, fileName } = await callQuery(planDocument, { handoverId: props.handoverId })
      saveFile(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: contentType }), fileName)
    } catch (error) {
      setFault(errorDetail(error))
    } finally {
      setMaking(false)
    }
  }
  return (
    <div className="planpage" style={{ display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0 }}>
      <div className="no-print">
        <Bar
          end={
            <>
              {fault ? <span className="small t-alert">{fault}</span> : null}
              <ButtonLink small icon={IconArrowLeft} to="." search={{} as never}>
                Revenir au PPCS
              </ButtonLink>
              <Button small icon={IconPrinter} onClick={() => window.print()}>
                Imprimer
              </Button>
              <Button small main icon={IconFileTypePdf} blocked={making} onClick={() => void download()}>
                {making ? 'Préparation…' : 'Télécharger le PDF'}
              </Button>
            </>
          }
        >
          <h2>{handover ? `Copie pour ${handover.recipientName}` : 'Copie du PPCS'}</h2>
        </Bar>
      </div>
      <ScrollRegion className="scroll" label="Copie du PPCS" region>
        {handover === undefined ? (
          <ErrorState title="Copie introuvable">Cette copie n’existe pas, ou elle ne vous est pas ouverte.</ErrorState>
        ) : handover.number === null ? (
          <Copy handover={handover} content={data.content} heading="Projet, non validé" reviewOn={data.reviewOn} />
        ) : (
          <ValidatedCopy handover={handover} number={handover.number} />
        )}
      </ScrollRegion>
    </div>
  )
}

function ValidatedCopy(props: { readonly handover: PlanHandover; readonly number: number }): ReactNode {
  const { data } = usePlan()
  const query = useJalonQuery(planVersionContent, { id: data.id, number: props.number })
  if (query.error) return <ErrorState error={query.error} />
  if (!query.data) return <Waiting />
  const { version, content } = query.data
  return (
    <Copy
      handover={props.handover}
      content={content}
      heading={`Version ${version.number}, validée le ${formatDay(version.validatedOn)}`}
      reviewOn={version.reviewOn}
    />
  )
}

function Copy(props: {
  readonly handover: PlanHandover
  readonly content: PlanContent
  readonly heading: string
  readonly reviewOn: string | null
}): ReactNode {
  const { data, personName } = usePlan()
  const label = useValueLabels()
  const { handover } = props
  const content = contentForCopy(props.content, handover.volets)
  const wishes = statementOf(content, 'wishes')
  const alert = statementOf(content, 'alert_plan')
  const aside = setAside(content)
  return (
    <article className="paper stack stack--3" style={{ marginTop: 12 }}>
      <header>
        <div>
          <h2>Plan personnalisé de coordination en santé</h2>
          <p>{personName}</p>
          <p className="small mut">{props.heading}</p>
        </div>
        <dl>
          <dt>Le </dt>
          <dd>{formatDay(handover.handedOn)}</dd>
          <dt>Par </dt>
          <dd>
            {handover.handedByName}, {data.holderName}
          </dd>
          <dt>Remis à </dt>
          <dd>{handover.recipientName}</dd>
        </dl>
      </header>
      <p className="small mut">
        Référent&nbsp;: {data.referentName}. Volets de cette copie&nbsp;: {handover.volets.map((volet) => voletWord(volet).toLowerCase()).join(', ')}.
      </p>
      {wishes ? <blockquote style={{ margin: 0, fontStyle: 'italic' }}>{wishes.words}</blockquote> : null}
      {content.problems
        .filter((problem) => problem.objectives.length === 0 || problem.objectives.some((objective) => objective.status !== 'not_pursued'))
        .map((problem) => (
          <section key={problem.id}>
            <div className="sec">
              <h3>{problem.title}</h3>
              <span className="sec__end">
                <VoletChip volet={problem.volet} />
              </span>
            </div>
            {problem.details ? <p className="small mut">{problem.details}</p> : null}
            {problem.objectives
              .filter((objective) => objective.status !== 'not_pursued')
              .map((objective) => (
                <div key={objective.id} style={{ marginTop: 6 }}>
                  <p>
                    <b>{objective.title}</b> <span className="small mut">{objective.details}</span>
                    {objective.status === 'in_progress' ? null : <span className="small"> – {objectiveStatusWords(objective)}</span>}
                  </p>
                  <table className="tbl">
                    <caption className="vh">Actions pour {objective.title}</caption>
                    <thead>
                      <tr>
                        <th scope="col">Action</th>
                        <th scope="col">Qui</th>
                        <th scope="col">Quand</th>
                        <th scope="col">Où on en est</th>
                      </tr>
                    </thead>
                    <tbody>
                      {objective.actions.map((action) => (
                        <tr key={action.id}>
                          <td>{action.title}</td>
                          <td>{whoWords(action)}</td>
                          <td>{termWords(action)}</td>
                          <td>{actionStatusWords(action.status)}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              ))}
          </section>
        ))}
      {aside.length > 0 ? (
        <section>
          <h3>Objectifs écartés</h3>
          <ul>
            {aside.map(({ objective }) => (
              <li key={objective.id}>
                {objective.title}&nbsp;: {objective.statusWords ?? label('care_plans.not_pursued_reason', objective.statusReason)}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {alert ? (
        <section>
          <h3>En cas de problème</h3>
          <p style={{ whiteSpace: 'pre-line' }}>{alert.words}</p>
        </section>
      ) : null}
      <section>
        <h3>
          À réviser {props.reviewOn ? `le ${formatDay(props.reviewOn)}` : ''}
          {content.criteria.length > 0 ? ', ou dès que\u00a0:' : ''}
        </h3>
        <ul>
          {content.criteria.map((one) => (
            <li key={one.id}>{one.words}</li>
          ))}
        </ul>
      </section>
    </article>
  )
}
