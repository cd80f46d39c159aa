import { IconCheck, IconChevronDown, IconChevronRight, IconMinus, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { today } from '../../../platform/web/text/dates.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import type { SequenceLineId } from '../../contract/episode.ts'
import { addSequenceLine, answerSequenceLine, type CriticalSequence, lineStateLabels, type SequenceLine } from '../../contract/sequences.ts'
import { AnswerForm, HandOverLine } from './SequenceForms.tsx'
import { answeredWords, type SequenceProps } from './sequence-props.ts'

type Moment = CriticalSequence['moments'][number]

/** « 48 heures, 17/11 »: its lines, ticked one by one. */
export function SequenceMoment(props: SequenceProps & { readonly moment: Moment }): ReactNode {
  const { moment, mayAct } = props
  const [adding, setAdding] = useState(false)
  const [unfolded, setUnfolded] = useState(false)
  const open = moment.lines.filter((line) => line.state === 'open').length
  const late = open > 0 && moment.dueOn < today()
  return (
    <li className="moment">
      <div className="row sp">
        <h3>
          {open === 0 ? (
            <button type="button" className="moment__fold" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
              <Ic of={unfolded ? IconChevronDown : IconChevronRight} size="s" />
              {moment.label} <span className="dim">{formatDay(moment.dueOn).slice(0, 5)}</span>
            </button>
          ) : (
            <>
              {moment.label} <span className="dim">{formatDay(moment.dueOn).slice(0, 5)}</span>
            </>
          )}
        </h3>
        <span className={late ? 'small t-alert semi' : 'small mut'}>
          {open === 0
            ? `tout est vu, ${plural(moment.lines.length, 'point')}`
            : late
              ? `${plural(open, 'point')} en retard`
              : `${plural(open, 'point')} à voir`}
        </span>
      </div>
      {open > 0 || unfolded ? (
        <ul className="lines" aria-label={moment.label}>
          {moment.lines.map((line) => (
            <Line key={line.id} {...props} line={line} />
          ))}
        </ul>
      ) : null}
      {mayAct && (open > 0 || unfolded) ? (
        adding ? (
          <AddLine {...props} onDone={() => setAdding(false)} />
        ) : (
          <button
            type="button"
            className="linklike row small"
            style={{ gap: 4 }}
            onClick={() => setAdding(true)}
            aria-label={`Ajouter un point à « ${moment.label} »`}
          >
            <IconPlus className="ic ic--s" stroke={1.75} />
            Ajouter un point
          </button>
        )
      ) : null}
    </li>
  )
}

function Line(props: SequenceProps & { readonly moment: Moment; readonly line: SequenceLine }): ReactNode {
  const { line, target, mayAct } = props
  const [part, setPart] = useState<'answer' | 'hand' | null>(null)
  const answer = useAction(answerSequenceLine, target)
  const done = line.state === 'done'
  const none = line.state === 'not_applicable'
  const tick = (): void => void answer.run({ id: line.id, baseVersion: line.version, state: line.state === 'open' ? 'done' : 'open', remark: line.remark })
  const toggle = (wanted: 'answer' | 'hand'): void => setPart(part === wanted ? null : wanted)
  return (
    <li className="seqline">
      <div className="row row--top">
        <label className="tick">
          <input type="checkbox" checked={done} disabled={!mayAct || answer.pending} onChange={tick} />
          <span className={done ? 'box on' : none ? 'box none' : 'box'} aria-hidden="true">
            <Ic of={none ? IconMinus : IconCheck} />
          </span>
          <span className="vh">{`${lineStateLabels[line.state]} : ${line.label}`}</span>
        </label>
        <div className="grow">
          <div className={none ? 'dim' : undefined}>
            {none ? <s>{line.label}</s> : line.label}
            {line.added ? <span className="small dim"> · ajouté</span> : null}
          </div>
          {line.remark ? <div className="small">{line.remark}</div> : null}
          {line.state === 'open' ? null : (
            <div className="small mut">
              {lineStateLabels[line.state].toLowerCase()} {answeredWords(line)}
            </div>
          )}
          {line.task !== null && line.state === 'open' ? (
            <div className="small mut">
              confié à {line.task.assigneeName ?? 'qui le prendra'}
              {line.task.dueOn ? `, pour le ${formatDay(line.task.dueOn).slice(0, 5)}` : ''}
              {line.task.state === 'done' ? ', fait' : ''}
            </div>
          ) : null}
          {answer.error ? (
            <div className="small t-alert" role="alert">
              {answer.error.detail}
            </div>
          ) : null}
        </div>
        {mayAct ? (
          <span className="row seqline__acts">
            <button
              type="button"
              className="linklike small"
              aria-expanded={part === 'answer'}
              onClick={() => toggle('answer')}
              aria-label={`Préciser : ${line.label}`}
            >
              Préciser
            </button>
            {line.state === 'open' && line.task === null ? (
              <button
                type="button"
                className="linklike small"
                aria-expanded={part === 'hand'}
                onClick={() => toggle('hand')}
                aria-label={`Confier : ${line.label}`}
              >
                Confier
              </button>
            ) : null}
          </span>
        ) : null}
      </div>
      {part === 'answer' ? <AnswerForm line={line} target={target} onDone={() => setPart(null)} /> : null}
      {part === 'hand' ? <HandOverLine line={line} target={target} dueOn={props.moment.dueOn} onDone={() => setPart(null)} /> : null}
    </li>
  )
}

function AddLine(props: SequenceProps & { readonly moment: Moment; readonly onDone: () => void }): ReactNode {
  const { sequence, moment } = props
  const form = useActionForm(addSequenceLine, {
    target: props.target,
    initialValues: () => ({ id: newId<SequenceLineId>() as string, label: '' }),
    toInput: (typed) => ({ ...typed, sequenceId: sequence.id, moment: moment.code }),
    onDone: props.onDone,
  })
  return (
    <Form form={form}>
      <TextField {...form.field('label')} label="Point à vérifier" span={12} autoFocus />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Ajouter" />
      </div>
    </Form>
  )
}
