import type { ReactNode } from 'react'
import { newId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { CheckField } from '../../../platform/web/form/ChoiceCards.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { colleagues } from '../../../territory/contract/queries.ts'
import { labelOf } from '../../../territory/contract/value-sets.ts'
import type { EpisodeTarget, TaskId } from '../../contract/episode.ts'
import {
  acceptCriticalSequence,
  answerSequenceLine,
  declineCriticalSequence,
  endCriticalSequence,
  lineStateLabels,
  lineStates,
  moveCriticalSequence,
  type SequenceLine,
  taskOfSequenceLine,
} from '../../contract/sequences.ts'
import { levels } from '../../contract/value-sets.ts'
import type { SequenceProps } from './sequence-props.ts'

const whole = { gridColumn: '1 / -1' }
const conflictLabels = { state: 'Réponse', remark: 'Remarque' }

/** The answer to one line: done, of no use here, or to see again; and what is worth saying. */
export function AnswerForm(props: { readonly line: SequenceLine; readonly target: EpisodeTarget; readonly onDone: () => void }): ReactNode {
  const { line } = props
  const form = useActionForm(answerSequenceLine, {
    target: props.target,
    record: `episodes.line:${line.id}`,
    initialValues: { baseVersion: line.version, state: (line.state === 'open' ? 'done' : line.state) as SequenceLine['state'], remark: line.remark ?? '' },
    toInput: (typed) => ({ ...typed, id: line.id }),
    labels: conflictLabels,
    words: (field, value) => (field === 'state' ? lineStateLabels[value as SequenceLine['state']] : value),
    onDone: props.onDone,
  })
  return (
    <Form form={form}>
      <SegmentedChoice {...form.field('state')} label="Réponse" span={12} options={lineStates.map((value) => ({ value, label: lineStateLabels[value] }))} />
      <AreaField {...form.field('remark')} label="Remarque" optional rows={2} />
      <div style={whole}>
        <FormFoot form={form} submit="Enregistrer" />
      </div>
    </Form>
  )
}

/** The line becomes a task of somebody of the team. */
export function HandOverLine(props: {
  readonly line: SequenceLine
  readonly target: EpisodeTarget
  readonly dueOn: string
  readonly onDone: () => void
}): ReactNode {
  const actor = useActor()
  const team = useJalonQuery(colleagues, {})
  const form = useActionForm(taskOfSequenceLine, {
    target: props.target,
    initialValues: () => ({ id: newId<TaskId>() as string, assigneeId: '', dueOn: props.dueOn < today() ? today() : props.dueOn }),
    toInput: (typed) => ({ ...typed, lineId: props.line.id }),
    done: 'Tâche donnée. Le point reste à cocher.',
    onDone: props.onDone,
  })
  return (
    <Form form={form}>
      <SelectField
        {...form.field('assigneeId')}
        label="À"
        span={8}
        placeholder="Qui la prendra dans l’équipe"
        options={(team.data?.rows ?? []).map((one) => ({ value: one.userId, label: one.userId === actor.userId ? `${one.name} (moi)` : one.name }))}
      />
      <DayField {...form.field('dueOn')} label="Pour le" span={4} />
      <div style={whole}>
        <FormFoot form={form} submit="Confier" />
      </div>
    </Form>
  )
}

export function MoveSequenceForm(props: SequenceProps & { readonly onDone: () => void }): ReactNode {
  const { sequence } = props
  const form = useActionForm(moveCriticalSequence, {
    target: props.target,
    initialValues: { startsOn: sequence.startsOn },
    toInput: (typed) => ({ ...typed, id: sequence.id }),
    done: (output) => (output.moved === 0 ? 'Date inchangée.' : `${plural(output.moved, 'point')} décalé${output.moved > 1 ? 's' : ''}.`),
    onDone: props.onDone,
  })
  return (
    <Form form={form}>
      <DayField {...form.field('startsOn')} label="Jour J" span={5} autoFocus help="Ce qui reste à voir se décale d’autant ; ce qui est coché garde sa date." />
      <div style={whole}>
        <FormFoot form={form} submit="Décaler" />
      </div>
    </Form>
  )
}

export function EndSequenceForm(props: SequenceProps & { readonly onDone: () => void; readonly onCancel: () => void }): ReactNode {
  const { sequence } = props
  const balances = useValueList('episodes.sequence_balance')
  const ruptures = useValueList('episodes.rupture_type')
  const left = sequence.moments.flatMap((moment) => moment.lines).filter((line) => line.state === 'open').length
  const form = useActionForm(endCriticalSequence, {
    target: props.target,
    draftKey: `episodes.sequenceEnd:${sequence.id}`,
    initialValues: { balance: '', worked: '', failed: '', ruptureType: '', backToLevel: sequence.levelBefore !== null },
    toInput: (typed) => ({ ...typed, id: sequence.id }),
    invalidates: ['liaison'],
    done: 'Séquence terminée, bilan gardé dans le fil.',
    onDone: props.onDone,
  })
  return (
    <Form form={form}>
      <SelectField {...form.field('balance')} label="Comment cela s’est passé" span={12} options={balances.options} />
      <AreaField {...form.field('worked')} label="Ce qui a marché" optional rows={3} />
      <AreaField {...form.field('failed')} label="Ce qui a manqué" optional rows={3} />
      <SelectField
        {...form.field('ruptureType')}
        label="Rupture de parcours à noter"
        span={12}
        optional={form.values.balance !== 'rupture'}
        placeholder="Aucune"
        options={ruptures.options}
        help="L’observatoire la lira sans la personne."
      />
      {sequence.levelBefore ? (
        <CheckField
          {...form.field('backToLevel')}
          label={`Revenir au niveau ${labelOf(levels, sequence.levelBefore).toLowerCase()}`}
          detail="L’accompagnement renforcé prend fin avec la séquence."
        />
      ) : null}
      {left > 0 ? (
        <p className="small mut" style={whole}>
          {plural(left, 'point')} sans réponse {left > 1 ? 'resteront' : 'restera'} dans l’historique ; les tâches qui restent seront annulées.
        </p>
      ) : null}
      <div style={whole}>
        <FormFoot form={form} submit="Terminer la séquence" secondary={<Button onClick={props.onCancel}>Revenir aux points</Button>} />
      </div>
    </Form>
  )
}

export function AcceptSequenceForm(props: SequenceProps & { readonly onDone: () => void }): ReactNode {
  const { sequence } = props
  const form = useActionForm(acceptCriticalSequence, {
    target: props.target,
    initialValues: { startsOn: sequence.startsOn, reinforce: false },
    toInput: (typed) => ({ ...typed, id: sequence.id }),
    invalidates: ['liaison'],
    done: (output) => `Séquence ouverte, ${plural(output.steps, 'moment')} dans les tâches du référent.`,
    onDone: props.onDone,
  })
  return (
    <Form form={form}>
      <DayField {...form.field('startsOn')} label="Jour J" span={5} autoFocus />
      <CheckField {...form.field('reinforce')} label="Renforcer l’accompagnement" detail="Niveau intensif pendant la séquence, avec retour proposé au bilan." />
      <div style={whole}>
        <FormFoot form={form} submit="Ouvrir la séquence" />
      </div>
    </Form>
  )
}

export function DeclineSequenceForm(props: SequenceProps & { readonly onDone: () => void }): ReactNode {
  const form = useActionForm(declineCriticalSequence, {
    target: props.target,
    initialValues: { because: '' },
    toInput: (typed) => ({ ...typed, id: props.sequence.id }),
    done: 'Proposition écartée.',
    onDone: props.onDone,
  })
  return (
    <Form form={form}>
      <AreaField {...form.field('because')} label="Pourquoi l’écarter" rows={2} autoFocus />
      <div style={whole}>
        <FormFoot form={form} submit="Écarter" />
      </div>
    </Form>
  )
}
