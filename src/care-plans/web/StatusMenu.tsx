import { Menu, Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useAction } from '../../platform/web/api/use-action.ts'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../platform/web/lists/value-lists.tsx'
import { answerAction, followAction, judgeObjective } from '../contract/actions.ts'
import type { PlanAction, PlanObjective } from '../contract/plan.ts'
import { actionStatuses, notPursuedReasons, objectiveStatuses } from '../contract/value-sets.ts'
import { actionLook } from './plan-words.ts'
import { usePlan } from './use-plan.ts'

/** Where an action stands, said in two gestures; « non réalisable » asks why. */
export function StatusMenu(props: { readonly action: PlanAction; readonly pill: ReactNode }): ReactNode {
  const { action } = props
  const { target, writes } = usePlan()
  const { values, label } = useValueList('care_plans.action_status', actionStatuses.values)
  const [explaining, setExplaining] = useState<string | null>(null)
  const follow = useAction(followAction, { ...target, actorPartyId: action.actor.partyId })
  const answer = useAction(answerAction, { ...target, actorPartyId: action.actor.partyId })
  const ofAnother = writes.allowed && action.actor.kind !== 'person' && action.actor.name !== null
  const choose = async (status: string): Promise<void> => {
    if (status === 'not_feasible') {
      setExplaining(status)
      return
    }
    const former = { status: action.status, words: action.statusWords }
    const done = await follow.run({ id: action.id, baseVersion: action.version, status, words: action.status === 'not_feasible' ? null : action.statusWords })
    if (done) toast({ text: `${label(status)} : ${action.title}`, undo: () => void follow.run({ id: action.id, baseVersion: done.version, ...former }) })
  }
  return (
    <>
      {/* Inside the landmark of the content; the first line takes the focus, nothing hidden stands in the menu (axe: region, aria-required-children). */}
      <Menu position="bottom-end" portalProps={{ target: '#contenu' }} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className="pillbtn">
            {props.pill}
            <span className="vh">, changer où en est : {action.title}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {values.map((one) => (
            <Menu.Item
              key={one.code}
              leftSection={<Ic of={actionLook(one.code).icon} size="s" />}
              disabled={one.code === action.status}
              onClick={() => void choose(one.code)}
            >
              {one.label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setExplaining(action.status)}>Préciser en quelques mots…</Menu.Item>
          {ofAnother && action.answer !== 'accepted' ? (
            <Menu.Item onClick={() => void answer.run({ id: action.id, baseVersion: action.version, answer: 'accepted', mode: 'phone' })}>
              {action.actor.name} accepte, par téléphone
            </Menu.Item>
          ) : null}
          {ofAnother && action.answer !== 'refused' ? (
            <Menu.Item onClick={() => void answer.run({ id: action.id, baseVersion: action.version, answer: 'refused', mode: 'phone' })}>
              {action.actor.name} refuse, par téléphone
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {follow.error || answer.error ? (
        <div className="small t-alert" role="alert">
          {(follow.error ?? answer.error)?.detail}
        </div>
      ) : null}
      {explaining !== null ? <FollowModal action={action} status={explaining} onClose={() => setExplaining(null)} /> : null}
    </>
  )
}

function FollowModal(props: { readonly action: PlanAction; readonly status: string; readonly onClose: () => void }): ReactNode {
  const { action } = props
  const { target } = usePlan()
  const { options } = useValueList('care_plans.action_status', actionStatuses.values)
  const form = useActionForm(followAction, {
    target: { ...target, actorPartyId: action.actor.partyId },
    record: `${action.id}:${props.status}`,
    initialValues: { id: action.id, baseVersion: action.version, status: props.status, words: action.statusWords ?? '' },
    labels: { status: 'Où on en est', statusWords: 'Précision' },
    words: (field, value) => (field === 'status' ? (options.find((one) => one.value === value)?.label ?? value) : value),
    resolve: (values, kept, version) => ({
      ...values,
      status: String(kept['status'] ?? values.status),
      words: String(kept['statusWords'] ?? values.words),
      ...(version === null ? {} : { baseVersion: version }),
    }),
    done: 'Enregistré.',
    onDone: props.onClose,
  })
  return (
    <Modal opened onClose={props.onClose} title={action.title} size="md">
      <Form form={form}>
        <SelectField {...form.field('status')} label="Où on en est" span={12} options={options} />
        <AreaField
          {...form.field('words')}
          label={form.values.status === 'not_feasible' ? 'Pourquoi : ce qui manque sur le territoire' : 'En quelques mots'}
          optional={form.values.status !== 'not_feasible'}
          rows={3}
          autoFocus
        />
        <FormFoot form={form} submit="Enregistrer" />
      </Form>
    </Modal>
  )
}

/** Whoever is to do it says yes or no, in one gesture: nothing is imposed on her (R100). */
export function AnswerLine(props: { readonly action: PlanAction }): ReactNode {
  const { action } = props
  const { target } = usePlan()
  const answer = useAction(answerAction, { ...target, actorPartyId: action.actor.partyId })
  const send = (given: 'accepted' | 'refused'): void => void answer.run({ id: action.id, baseVersion: action.version, answer: given, mode: 'online' })
  return (
    <div className="row wrap no-print" style={{ gap: 8, marginTop: 3 }}>
      <button type="button" className="linklike semi" onClick={() => send('accepted')}>
        J’accepte<span className="vh"> : {action.title}</span>
      </button>
      <button type="button" className="linklike" onClick={() => send('refused')}>
        Je ne peux pas<span className="vh"> : {action.title}</span>
      </button>
      {answer.error ? <span className="t-alert">{answer.error.detail}</span> : null}
    </div>
  )
}

/** What became of an objective. « Non poursuivi » asks the reason. */
export function JudgeMenu(props: { readonly objective: PlanObjective; readonly pill: ReactNode }): ReactNode {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="pillbtn" onClick={() => setOpen(true)}>
        {props.pill}
        <span className="vh">, changer le résultat de l’objectif : {props.objective.title}</span>
      </button>
      {open ? <JudgeModal objective={props.objective} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

export function JudgeModal(props: { readonly objective: PlanObjective; readonly status?: string | undefined; readonly onClose: () => void }): ReactNode {
  const { objective } = props
  const { target } = usePlan()
  const statuses = useValueList('care_plans.objective_status', objectiveStatuses.values)
  const reasons = useValueList('care_plans.not_pursued_reason', notPursuedReasons.values)
  const form = useActionForm(judgeObjective, {
    target,
    record: `${objective.id}:${props.status ?? 'any'}`,
    initialValues: {
      id: objective.id,
      baseVersion: objective.version,
      status: props.status ?? objective.status,
      reason: objective.statusReason ?? '',
      words: objective.statusWords ?? '',
    },
    labels: { status: 'Résultat', statusReason: 'Raison', statusWords: 'Précision' },
    resolve: (values, kept, version) => ({
      ...values,
      status: String(kept['status'] ?? values.status),
      reason: String(kept['statusReason'] ?? values.reason),
      words: String(kept['statusWords'] ?? values.words),
      ...(version === null ? {} : { baseVersion: version }),
    }),
    done: 'Enregistré.',
    onDone: props.onClose,
  })
  return (
    <Modal opened onClose={props.onClose} title={objective.title} size="md">
      <Form form={form}>
        <SelectField {...form.field('status')} label="Cet objectif est" span={12} options={statuses.options} />
        {form.values.status === 'not_pursued' ? (
          <SelectField {...form.field('reason')} label="Pourquoi il n’est pas poursuivi" span={12} options={reasons.options} />
        ) : null}
        <AreaField {...form.field('words')} label="En quelques mots" optional rows={3} />
        <FormFoot form={form} submit="Enregistrer" />
      </Form>
    </Modal>
  )
}
