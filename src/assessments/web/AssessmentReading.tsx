import './questions.css'
import { Modal } from '@mantine/core'
import { IconArrowLeft, IconPencil, IconPrinter } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { newId } from '../../platform/contract/ids.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { HiddenNotice, Notice } from '../../platform/web/display/Notice.tsx'
import { VoletChip, voletWord } from '../../platform/web/display/Volet.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Bar, Columns, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { ScrollRegion } from '../../platform/web/layout/ScrollRegion.tsx'
import { correctAssessment } from '../contract/actions.ts'
import { isAsked, isGiven } from '../contract/answers.ts'
import type { AssessmentId, AssessmentTarget } from '../contract/assessment.ts'
import type { Answers, FormDefinition, FormSection } from '../contract/form-definition.ts'
import type { assessmentDetail } from '../contract/queries.ts'
import { AboutForm } from './AboutForm.tsx'
import { GridPlace } from './GridPlace.tsx'
import { Opinions } from './Opinions.tsx'
import { ScoreBox } from './ScoreBox.tsx'
import { answerWords, doneWords, inMonth } from './words.ts'

interface ReadingProps {
  readonly detail: OutputOf<typeof assessmentDetail>
  readonly form: FormDefinition
  readonly target: AssessmentTarget
  readonly onOpen: (id: AssessmentId | null) => void
}

/** A finished assessment: its score, its answers beside those of the time before, what the person says of it. */
export function AssessmentReading({ detail, form, target, onOpen }: ReadingProps): ReactNode {
  const { assessment, person, correctedBy, formerAnswers } = detail
  const [correcting, setCorrecting] = useState(false)
  const correct = useAction(correctAssessment, { ...target, person, form })
  const answers: Answers = Object.assign({}, ...detail.sections.map((section) => section.answers))
  const closed = [...new Set(form.sections.filter((section) => !detail.sections.some((one) => one.section === section.code)).map((section) => section.volet))]
  return (
    <Columns kind="two" drawerLabel="Score et avis">
      <div className="center">
        <Bar
          end={
            <>
              <Button small icon={IconPrinter} onClick={() => window.print()}>
                Imprimer
              </Button>
              {assessment.state === 'finished' ? (
                <span className="act">
                  {correctedBy ? (
                    <Button small icon={IconPencil} onClick={() => onOpen(correctedBy.id)}>
                      Voir la correction en cours
                    </Button>
                  ) : (
                    <Button small icon={IconPencil} blocked={!correct.allowed} describedBy="why-correct" onClick={() => setCorrecting(true)}>
                      Corriger
                    </Button>
                  )}
                  {correct.reason && !correctedBy ? (
                    <span id="why-correct" className="act__why">
                      {correct.reason}
                    </span>
                  ) : null}
                </span>
              ) : null}
            </>
          }
        >
          <Button small quiet icon={IconArrowLeft} onClick={() => onOpen(null)}>
            Évaluations
          </Button>
          <h2>{form.kind === 'grid' ? form.shortTitle : form.title}</h2>
          <span className="small mut">{doneWords(assessment)}</span>
        </Bar>
        <ScrollRegion className="body" label={form.title}>
          <div className="stack stack--4">
            {assessment.state === 'draft' ? <Notice>Cette évaluation est en cours de saisie.</Notice> : null}
            {assessment.state === 'replaced' && correctedBy ? (
              <Notice tone="warning">
                Cette évaluation a été corrigée.{' '}
                <button type="button" className="linklike" onClick={() => onOpen(correctedBy.id)}>
                  Lire celle qui la remplace
                </button>
              </Notice>
            ) : null}
            {assessment.incompleteReason ? <Notice>Terminée sans toutes les réponses&nbsp;: {assessment.incompleteReason}</Notice> : null}
            {form.sections
              .filter((section) => detail.sections.some((one) => one.section === section.code))
              .map((section) => (
                <Answered key={section.code} form={form} section={section} answers={answers} detail={detail} former={formerAnswers} onOpen={onOpen} />
              ))}
            {closed.length > 0 ? (
              <HiddenNotice
                reason={`Les réponses du volet ${closed.map((volet) => voletWord(volet).toLowerCase()).join(' et du volet ')} ne vous sont pas ouvertes pour cette personne.`}
              />
            ) : null}
          </div>
        </ScrollRegion>
      </div>
      <SideColumn side="right" label="Score et avis">
        {form.scoring.method === 'none' || !assessment.result ? null : (
          <section>
            <div className="sec">
              <h2>Résultat</h2>
            </div>
            <ScoreBox form={form} score={assessment.result} former={assessment.former} />
          </section>
        )}
        {assessment.state === 'finished' ? <Opinions detail={detail} target={{ ...target, person, form }} /> : null}
        <AboutForm form={form} detail={detail} target={target} />
      </SideColumn>
      {correcting ? <Correction detail={detail} form={form} target={target} onOpen={onOpen} onClose={() => setCorrecting(false)} /> : null}
    </Columns>
  )
}

function Answered(props: {
  readonly form: FormDefinition
  readonly section: FormSection
  readonly answers: Answers
  readonly detail: ReadingProps['detail']
  readonly former: ReadingProps['detail']['formerAnswers']
  readonly onOpen: (id: AssessmentId) => void
}): ReactNode {
  const { form, section, answers, former, detail } = props
  const observations = detail.sections.find((one) => one.section === section.code)?.observations ?? {}
  const items = section.items.filter(
    (item) =>
      isAsked(form, answers, item) &&
      (item.type === 'grid'
        ? detail.grids.some((one) => one.formCode === item.grid)
        : isGiven(answers[item.code]) || isGiven(former?.answers[item.code]) || item.required),
  )
  return (
    <section aria-label={section.title}>
      <div className="sec">
        <h2>{section.title}</h2>
        <span className="sec__end">
          <VoletChip volet={section.volet} />
        </span>
      </div>
      {items.length === 0 ? (
        <p className="small dim">Rien n’a été noté.</p>
      ) : (
        <table className="answers">
          <caption className="vh">{section.title}</caption>
          <thead>
            <tr>
              <th scope="col">Question</th>
              <th scope="col">Réponse</th>
              {former ? <th scope="col">{inMonth(former.performedOn)}</th> : null}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => {
              if (item.type === 'grid')
                return (
                  <tr key={item.code}>
                    <td colSpan={former ? 3 : 2}>
                      <GridPlace
                        code={item.grid}
                        label={item.label}
                        known={detail.grids.find((one) => one.formCode === item.grid) ?? null}
                        onOpen={props.onOpen}
                      />
                    </td>
                  </tr>
                )
              const before = former?.answers[item.code]
              const changed = former !== null && JSON.stringify(before ?? null) !== JSON.stringify(answers[item.code] ?? null)
              return (
                <tr key={item.code} className={changed ? 'chg' : undefined}>
                  <th scope="row">{item.label}</th>
                  <td>
                    {answerWords(item, answers[item.code])}
                    {observations[item.code]?.remark ? <div className="mut">{observations[item.code]?.remark}</div> : null}
                    {changed ? <span className="vh"> (changé)</span> : null}
                  </td>
                  {former ? <td className="mut">{answerWords(item, before)}</td> : null}
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** A correction starts from the answers and says why; the first stays readable. */
function Correction(props: ReadingProps & { readonly onClose: () => void }): ReactNode {
  const { detail, target, onOpen } = props
  const form = useActionForm(correctAssessment, {
    target: { ...target, person: detail.person, form: props.form },
    initialValues: () => ({ id: newId<AssessmentId>(), assessmentId: detail.assessment.id, reason: '' }),
    onDone: (output) => onOpen(output.id),
  })
  return (
    <Modal opened onClose={props.onClose} title="Corriger cette évaluation" size="md">
      <Form form={form}>
        <p className="mut" style={{ gridColumn: '1 / -1' }}>
          Une nouvelle version part de ces réponses. Celle du {formatDay(detail.assessment.performedOn)} reste lisible, marquée comme corrigée.
        </p>
        <TextField {...form.field('reason')} label="Ce qui est à corriger" span={12} autoFocus />
        <FormFoot form={form} submit="Commencer la correction" />
      </Form>
    </Modal>
  )
}
