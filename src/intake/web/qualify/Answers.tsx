import { IconPlus, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { newId } from '../../../platform/contract/ids.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { CheckField } from '../../../platform/web/form/ChoiceCards.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { formatWhen } from '../../../platform/web/text/dates.ts'
import { recordAnswer, removeAnswer } from '../../contract/actions.ts'
import type { RequestDetail } from '../../contract/request-line.ts'
import { type AnswerId, noFollowUpCode } from '../../contract/sollicitation.ts'
import { answers, noFollowUpReasons } from '../../contract/value-sets.ts'
import { isOver, targetOf } from './target.ts'

/** Indicator 3: what was answered, one principal answer. */
export function Answers({ detail }: { readonly detail: RequestDetail }): ReactNode {
  const list = useValueList(answers.code, answers.values)
  const reasons = useValueList(noFollowUpReasons.code, noFollowUpReasons.values)
  const [adding, setAdding] = useState(false)
  const target = targetOf(detail)
  const remove = useAction(removeAnswer, target)
  const over = isOver(detail)
  return (
    <Section
      title="Réponses"
      end={
        over || adding ? null : (
          <Button small quiet icon={IconPlus} onClick={() => setAdding(true)}>
            Noter une réponse
          </Button>
        )
      }
    >
      {detail.answers.length === 0 && !adding ? <p className="small dim">Aucune réponse encore. Une demande se clôt avec une réponse au moins.</p> : null}
      <ul className="lines">
        {detail.answers.map((answer) => (
          <li key={answer.id} className="row row--top">
            <div className="grow">
              <b>{list.label(answer.code)}</b> {answer.principal ? <StatusPill tone="accent">principale</StatusPill> : null}{' '}
              <span className="small dim">
                {formatWhen(answer.givenAt)}, {answer.givenByName}
              </span>
              {answer.noFollowUpReason ? <p className="small mut">{reasons.label(answer.noFollowUpReason)}</p> : null}
              {answer.text ? <p className="said">{answer.text}</p> : null}
            </div>
            {over ? null : (
              <ActionButton
                action={remove}
                input={{ sollicitationId: target.id, code: answer.code }}
                small
                quiet
                icon={IconTrash}
                iconOnly
                label={`Retirer la réponse ${list.label(answer.code)}`}
              />
            )}
          </li>
        ))}
      </ul>
      {adding ? <AnswerForm detail={detail} onDone={() => setAdding(false)} /> : null}
    </Section>
  )
}

function AnswerForm({ detail, onDone }: { readonly detail: RequestDetail; readonly onDone: () => void }): ReactNode {
  const list = useValueList(answers.code, answers.values)
  const reasons = useValueList(noFollowUpReasons.code, noFollowUpReasons.values)
  const target = targetOf(detail)
  const form = useActionForm(recordAnswer, {
    target,
    draftKey: `intake.answer:${target.id}`,
    initialValues: () => ({
      id: newId<AnswerId>(),
      sollicitationId: target.id,
      answer: { code: '', text: '', noFollowUpReason: '' },
      principal: detail.answers.length === 0,
    }),
    done: 'Réponse notée.',
    onDone,
  })
  const given = detail.answers.map(({ code }) => code)
  return (
    <Form form={form}>
      <SelectField
        {...form.field('answer.code')}
        label="Réponse donnée"
        span={6}
        options={list.values.filter(({ code }) => !given.includes(code)).map(({ code, label }) => ({ value: code, label }))}
      />
      {form.values.answer.code === noFollowUpCode ? (
        <SelectField
          {...form.field('answer.noFollowUpReason')}
          label="Pourquoi sans suite"
          span={6}
          options={reasons.values.map(({ code, label }) => ({ value: code, label }))}
        />
      ) : null}
      <AreaField {...form.field('answer.text')} label="Ce qui a été dit ou fait" optional rows={2} />
      {detail.answers.length > 0 ? <CheckField {...form.field('principal')} label="C’est la réponse principale" /> : null}
      <FormFoot form={form} submit="Noter" secondary={<Button onClick={onDone}>Annuler</Button>} />
    </Form>
  )
}
