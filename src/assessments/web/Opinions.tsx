import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { newId } from '../../platform/contract/ids.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import type { AssessedPerson } from '../contract/access.ts'
import { recordOpinion } from '../contract/actions.ts'
import { type AssessmentTarget, type OpinionId, opinionAnswerLabels, opinionAnswers, opinionGiverLabels, opinionGivers } from '../contract/assessment.ts'
import type { FormDefinition } from '../contract/form-definition.ts'
import type { assessmentDetail } from '../contract/queries.ts'

/** The result was explained to the person: what she says of it, and what was said before. */
export function Opinions(props: {
  readonly detail: OutputOf<typeof assessmentDetail>
  readonly target: AssessmentTarget & { readonly person: AssessedPerson; readonly form: FormDefinition | undefined }
}): ReactNode {
  const { opinions, assessment } = props.detail
  const [adding, setAdding] = useState(false)
  const action = useAction(recordOpinion, props.target)
  return (
    <section>
      <div className="sec">
        <h2>Son avis</h2>
        {adding || !action.allowed ? null : (
          <Button small quiet className="sec__end" onClick={() => setAdding(true)}>
            {opinions.length === 0 ? 'Noter' : 'Ajouter'}
          </Button>
        )}
      </div>
      {adding ? <Adding target={props.target} id={assessment.id} onDone={() => setAdding(false)} /> : null}
      {opinions.length === 0 && !adding ? <p className="small mut">Les résultats lui sont expliqués&nbsp;; ce qu’elle en dit se note ici.</p> : null}
      <ul className="lines">
        {opinions.map((one) => (
          <li key={one.id}>
            {one.agrees ? <b className="semi">{opinionAnswerLabels[one.agrees]}</b> : null}
            {one.words ? <p>{one.words}</p> : null}
            <p className="small dim">
              {opinionGiverLabels[one.givenBy]}, le {formatDay(one.explainedOn)}, noté par {one.recordedByName}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Adding(props: { readonly target: Parameters<typeof Opinions>[0]['target']; readonly id: string; readonly onDone: () => void }): ReactNode {
  const form = useActionForm(recordOpinion, {
    target: props.target,
    draftKey: `assessments.opinion:${props.id}`,
    initialValues: () => ({ id: newId<OpinionId>(), assessmentId: props.id, givenBy: 'person' as string, agrees: '' as string, words: '' }),
    done: 'Avis noté.',
    onDone: props.onDone,
  })
  return (
    <Form form={form}>
      <SelectField {...form.field('givenBy')} label="Avis de" span={12} options={opinionGivers.map((value) => ({ value, label: opinionGiverLabels[value] }))} />
      <SelectField
        {...form.field('agrees')}
        label="Le résultat"
        optional
        span={12}
        options={opinionAnswers.map((value) => ({ value, label: opinionAnswerLabels[value] }))}
      />
      <AreaField {...form.field('words')} label="Ses mots" rows={3} autoFocus />
      <FormFoot
        form={form}
        submit="Noter"
        secondary={
          <Button small quiet onClick={props.onDone}>
            Annuler
          </Button>
        }
      />
    </Form>
  )
}
