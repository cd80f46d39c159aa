import { IconRoute } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { ChoiceCards } from '../../platform/web/form/ChoiceCards.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Columns, Section, Sheet } from '../../platform/web/layout/Columns.tsx'
import { useValueList } from '../../platform/web/lists/value-lists.tsx'
import { decidesPlan } from '../contract/access.ts'
import { decidePlan } from '../contract/actions.ts'
import type { DecisionId, PlanDecision, PlanId } from '../contract/plan.ts'
import { planDecisions } from '../contract/value-sets.ts'
import type { PlanAnswer } from './use-plan.ts'

/** No plan yet: a plan or none is decided with the partners, and the reason is kept (R45). */
export function NoPlan(props: { readonly answer: PlanAnswer; readonly personId: PersonId }): ReactNode {
  const { answer, personId } = props
  const actor = useActor()
  const verdict = decidesPlan(actor, answer.person)
  const [deciding, setDeciding] = useState(false)
  const last = answer.decisions[0]
  return (
    <Columns kind="one">
      <Sheet label="PPCS">
        <div style={{ maxWidth: 820, margin: '0 auto', width: '100%' }} className="stack stack--4">
          {deciding ? (
            <DecisionForm answer={answer} personId={personId} onDone={() => setDeciding(false)} />
          ) : (
            <EmptyState
              icon={IconRoute}
              title={last && !last.code.startsWith('yes') ? 'Pas de PPCS pour cette personne' : 'Aucun PPCS'}
              action={
                verdict.allowed ? (
                  <Button main onClick={() => setDeciding(true)}>
                    {last ? 'Revoir cette décision' : 'Décider d’un PPCS'}
                  </Button>
                ) : (
                  <p className="small">{verdict.reason}</p>
                )
              }
            >
              {last
                ? 'La décision et sa raison sont gardées ci-dessous.'
                : 'Un PPCS se décide avec ceux qui interviennent, quand la situation le demande : la décision et sa raison sont gardées, qu’elle soit oui ou non.'}
            </EmptyState>
          )}
          {answer.decisions.length > 0 ? <Decisions decisions={answer.decisions} /> : null}
        </div>
      </Sheet>
    </Columns>
  )
}

/** What was decided, when, by whom and why. */
export function Decisions(props: { readonly decisions: readonly PlanDecision[] }): ReactNode {
  const { label } = useValueList('care_plans.decision', planDecisions.values)
  return (
    <Section title="Décisions">
      <ul className="lines">
        {props.decisions.map((one) => (
          <li key={one.id}>
            <b className="semi">{label(one.code)}</b>
            {one.words ? <p>{one.words}</p> : null}
            <p className="small dim">
              {formatDay(one.decidedOn)}, {one.decidedByName}
              {one.withWhom ? `, avec ${one.withWhom}` : ''}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function DecisionForm(props: { readonly answer: PlanAnswer; readonly personId: PersonId; readonly onDone: () => void }): ReactNode {
  const { values } = useValueList('care_plans.decision', planDecisions.values)
  const form = useActionForm(decidePlan, {
    target: props.answer.person,
    draftKey: `carePlans.decision:${props.personId}`,
    initialValues: () => ({ id: newId<DecisionId>(), personId: props.personId, code: '', words: '', withWhom: '', planId: newId<PlanId>() }),
    done: (output) => (output.planId ? 'PPCS ouvert, version 1 en rédaction.' : 'Décision enregistrée.'),
    onDone: props.onDone,
  })
  const no = form.values.code !== '' && !form.values.code.startsWith('yes')
  return (
    <Form form={form}>
      <ChoiceCards
        {...form.field('code')}
        label="Un PPCS est-il nécessaire ?"
        options={values.map((one) => ({ value: one.code, title: one.label, detail: one.definition ?? undefined }))}
      />
      <AreaField {...form.field('words')} label="Pourquoi" optional={!no} rows={3} />
      <TextField {...form.field('withWhom')} label="Décidé avec" optional hint="médecin traitant, SSIAD, la personne…" span={12} />
      <FormFoot
        form={form}
        submit={no ? 'Enregistrer la décision' : 'Ouvrir le PPCS'}
        secondary={
          <Button quiet onClick={props.onDone}>
            Annuler
          </Button>
        }
      />
    </Form>
  )
}
