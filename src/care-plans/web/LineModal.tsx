import { Modal } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Volet } from '../../platform/contract/actor.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { newId } from '../../platform/contract/ids.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { VoletShape, voletWord } from '../../platform/web/display/Volet.tsx'
import { ChoiceCards } from '../../platform/web/form/ChoiceCards.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { addObjective, addPlanAction, editObjective, editPlanAction, editProblem, removeLine } from '../contract/actions.ts'
import type { ObjectiveId, PlanAction, PlanActionId, PlanObjective, PlanProblem } from '../contract/plan.ts'
import { ActionFields, type ActionValues, actorInput, emptyAction, termInput, valuesOf } from './ActionFields.tsx'
import { JudgeModal } from './StatusMenu.tsx'
import { usePlan } from './use-plan.ts'

export type Editing =
  | { readonly kind: 'problem'; readonly problem: PlanProblem }
  | { readonly kind: 'objective'; readonly objective: PlanObjective; readonly problem: PlanProblem }
  | { readonly kind: 'action'; readonly action: PlanAction; readonly objective: PlanObjective }
  | { readonly kind: 'addObjective'; readonly problem: PlanProblem }
  | { readonly kind: 'addAction'; readonly objective: PlanObjective }

/** The window in which one line of the plan is written. */
export function LineModal(props: { readonly editing: Editing; readonly onClose: () => void }): ReactNode {
  const { editing, onClose } = props
  const titles = { problem: 'Problème', objective: 'Objectif', action: 'Action', addObjective: 'Nouvel objectif', addAction: 'Nouvelle action' }
  return (
    <Modal opened onClose={onClose} title={titles[editing.kind]} size="lg">
      {editing.kind === 'problem' ? <ProblemForm problem={editing.problem} onClose={onClose} /> : null}
      {editing.kind === 'objective' ? <ObjectiveForm objective={editing.objective} onClose={onClose} /> : null}
      {editing.kind === 'action' ? <ActionForm action={editing.action} onClose={onClose} /> : null}
      {editing.kind === 'addObjective' ? <NewObjective problem={editing.problem} onClose={onClose} /> : null}
      {editing.kind === 'addAction' ? <NewAction objective={editing.objective} onClose={onClose} /> : null}
    </Modal>
  )
}

export const voletChoices: readonly { readonly value: Volet; readonly title: string; readonly detail: string; readonly mark: ReactNode }[] = [
  { value: 'health', title: 'Santé', detail: 'lu par les professionnels de santé', mark: <VoletShape volet="health" /> },
  { value: 'social', title: 'Social', detail: 'lu par tout le cercle', mark: <VoletShape volet="social" /> },
  { value: 'administrative', title: 'Administratif', detail: 'lu par tout le cercle', mark: <VoletShape volet="administrative" /> },
]

/** Only what was changed is sent: what a colleague changes meanwhile in another field stays hers. */
function changed<V extends object>(values: V, initial: V): Partial<V> {
  return Object.fromEntries(Object.entries(values).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(initial[key as keyof V]))) as Partial<V>
}

const withVersion = (version: number | null): { baseVersion?: number } => (version === null ? {} : { baseVersion: version })
const inside = (path: string): string => path.replace(/^changes\.((actor|term)\.)?/, '')
const lineLabels = { title: 'Texte', details: 'Précisions', volet: 'Volet', actor: 'Qui', term: 'Quand', position: 'Place' }

/** Codes and shapes of a line as they read: the name of whoever acts, the words or the day of a term. */
function lineWords(field: string, value: unknown): unknown {
  if (field === 'volet') return voletWord(value as Volet)
  const parts = (value ?? {}) as Partial<ActionValues>
  if (field === 'actor') return [parts.actorName, parts.actorRole].filter(Boolean).join(', ')
  if (field === 'term') return [parts.dueOn ? formatDay(parts.dueOn) : null, parts.dueWords].filter(Boolean).join(', ')
  return value
}

function ProblemForm(props: { readonly problem: PlanProblem; readonly onClose: () => void }): ReactNode {
  const { problem } = props
  const { target } = usePlan()
  const initial = { title: problem.title, details: problem.details ?? '', volet: problem.volet as Volet }
  const form = useActionForm(editProblem, {
    target,
    draftKey: `carePlans.problem:${problem.id}`,
    initialValues: { id: problem.id, baseVersion: problem.version, ...initial },
    toInput: ({ id, baseVersion, ...values }) => ({ id, baseVersion, changes: changed(values, initial) }),
    fieldOf: inside,
    labels: lineLabels,
    words: lineWords,
    resolve: (values, kept, version) => ({ ...values, ...kept, ...withVersion(version) }),
    onDone: props.onClose,
  })
  return (
    <Form form={form}>
      <TextField {...form.field('title')} label="Problème" span={12} />
      <AreaField {...form.field('details')} label="Précisions" optional rows={2} />
      <ChoiceCards {...form.field('volet')} label="Volet" options={voletChoices} />
      <FormFoot form={form} submit="Enregistrer" secondary={<Remove kind="problem" line={problem} onClose={props.onClose} />} />
    </Form>
  )
}

function ObjectiveForm(props: { readonly objective: PlanObjective; readonly onClose: () => void }): ReactNode {
  const { objective } = props
  const { target } = usePlan()
  const [judging, setJudging] = useState(false)
  const initial = { title: objective.title, details: objective.details ?? '' }
  const form = useActionForm(editObjective, {
    target,
    draftKey: `carePlans.objective:${objective.id}`,
    initialValues: { id: objective.id, baseVersion: objective.version, ...initial },
    toInput: ({ id, baseVersion, ...values }) => ({ id, baseVersion, changes: changed(values, initial) }),
    fieldOf: inside,
    labels: lineLabels,
    words: lineWords,
    resolve: (values, kept, version) => ({ ...values, ...kept, ...withVersion(version) }),
    onDone: props.onClose,
  })
  if (judging) return <JudgeModal objective={objective} status="not_pursued" onClose={props.onClose} />
  return (
    <Form form={form}>
      <TextField {...form.field('title')} label="Objectif" span={12} />
      <TextField {...form.field('details')} label="À quoi on verra qu’il est atteint" optional span={12} />
      <FormFoot
        form={form}
        submit="Enregistrer"
        secondary={
          <>
            <Button small onClick={() => setJudging(true)}>
              Écarter, ou dire le résultat
            </Button>
            <Remove kind="objective" line={objective} onClose={props.onClose} />
          </>
        }
      />
    </Form>
  )
}

function ActionForm(props: { readonly action: PlanAction; readonly onClose: () => void }): ReactNode {
  const { action } = props
  const { target } = usePlan()
  const initial = valuesOf(action)
  const form = useActionForm(editPlanAction, {
    target: { ...target, actorPartyId: action.actor.partyId } as typeof target,
    draftKey: `carePlans.action:${action.id}`,
    initialValues: { id: action.id, baseVersion: action.version, ...initial },
    toInput: ({ id, baseVersion, ...values }) => {
      const own = changed(values as ActionValues, initial)
      const has = (...keys: readonly (keyof ActionValues)[]): boolean => keys.some((key) => key in own)
      return {
        id,
        baseVersion,
        changes: {
          ...(has('title') ? { title: values.title } : {}),
          ...(has('details') ? { details: values.details } : {}),
          ...(has('actorKind', 'actorPartyId', 'actorName', 'actorRole') ? { actor: actorInput(values) } : {}),
          ...(has('dueOn', 'dueKind', 'dueWords') ? { term: termInput(values) } : {}),
        },
      }
    },
    fieldOf: inside,
    labels: lineLabels,
    words: lineWords,
    resolve: (values, kept, version) => ({
      ...values,
      ...(typeof kept['title'] === 'string' ? { title: kept['title'] } : {}),
      ...('details' in kept ? { details: String(kept['details'] ?? '') } : {}),
      ...blanks(kept['actor']),
      ...blanks(kept['term']),
      ...withVersion(version),
    }),
    onDone: props.onClose,
  })
  return (
    <Form form={form}>
      <ActionFields values={form.values} field={form.field as never} set={(some) => form.setAll({ ...form.values, ...some })} />
      <FormFoot form={form} submit="Enregistrer" secondary={<Remove kind="action" line={action} onClose={props.onClose} />} />
    </Form>
  )
}

/** Fields of the form hold '' where the record holds null. */
function blanks(kept: unknown): Partial<ActionValues> {
  return kept && typeof kept === 'object'
    ? (Object.fromEntries(Object.entries(kept).map(([key, value]) => [key, value === null && key !== 'actorPartyId' ? '' : value])) as Partial<ActionValues>)
    : {}
}

function NewObjective(props: { readonly problem: PlanProblem; readonly onClose: () => void }): ReactNode {
  const { target } = usePlan()
  const form = useActionForm(addObjective, {
    target,
    draftKey: `carePlans.newObjective:${props.problem.id}`,
    initialValues: () => ({ id: newId<ObjectiveId>(), problemId: props.problem.id, title: '', details: '' }),
    onDone: props.onClose,
  })
  return (
    <Form form={form}>
      <TextField {...form.field('title')} label={`Objectif pour « ${props.problem.title} »`} span={12} autoFocus />
      <TextField {...form.field('details')} label="À quoi on verra qu’il est atteint" optional span={12} />
      <FormFoot form={form} submit="Ajouter" />
    </Form>
  )
}

function NewAction(props: { readonly objective: PlanObjective; readonly onClose: () => void }): ReactNode {
  const { target } = usePlan()
  const form = useActionForm(addPlanAction, {
    target,
    draftKey: `carePlans.newAction:${props.objective.id}`,
    initialValues: () => ({ id: newId<PlanActionId>(), objectiveId: props.objective.id, ...emptyAction }),
    onDone: props.onClose,
  })
  return (
    <Form form={form}>
      <ActionFields values={form.values} field={form.field as never} set={(some) => form.setAll({ ...form.values, ...some })} />
      <FormFoot form={form} submit="Ajouter" />
    </Form>
  )
}

function Remove(props: {
  readonly kind: 'problem' | 'objective' | 'action'
  readonly line: { readonly id: string; readonly version: number }
  readonly onClose: () => void
}): ReactNode {
  const { target } = usePlan()
  const remove = useAction(removeLine, target, { onDone: props.onClose })
  return (
    <>
      {remove.error ? <span className="small t-alert">{remove.error.detail}</span> : null}
      <Button
        small
        quiet
        icon={IconTrash}
        blocked={remove.pending}
        onClick={() => void remove.run({ kind: props.kind, id: props.line.id, baseVersion: props.line.version })}
      >
        Retirer
      </Button>
    </>
  )
}
