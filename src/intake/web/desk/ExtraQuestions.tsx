import { Fragment, type ReactNode } from 'react'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { type ExtraQuestion, questionsFor } from '../../contract/extra-questions.ts'

const yesNo = [
  { value: 'yes', label: 'Oui' },
  { value: 'no', label: 'Non' },
] as const

/** What this kind of requester is asked besides; an answer that forbids something says so at once. */
export function ExtraQuestions(props: {
  readonly kind: string
  readonly answers: Readonly<Record<string, string>>
  readonly onChange: (answers: Readonly<Record<string, string>>) => void
}): ReactNode {
  const set = (code: string, value: string): void => {
    const { [code]: _former, ...others } = props.answers
    props.onChange(value === '' ? others : { ...others, [code]: value })
  }
  return questionsFor(props.kind, props.answers).map((question) => (
    <Fragment key={question.code}>
      <Question question={question} value={props.answers[question.code] ?? ''} onChange={(value) => set(question.code, value)} />
    </Fragment>
  ))
}

function Question(props: { readonly question: ExtraQuestion; readonly value: string; readonly onChange: (value: string) => void }): ReactNode {
  const { question, value } = props
  const unmet = question.needed && value !== '' && value !== question.needed.is ? question.needed.reason : undefined
  const common = { label: question.label, span: 6, value, error: unmet, onChange: props.onChange }
  if (question.kind === 'yes_no') return <SegmentedChoice {...common} value={value === 'yes' || value === 'no' ? value : null} options={yesNo} />
  return question.kind === 'day' ? <DayField {...common} optional /> : <TextField {...common} optional />
}
