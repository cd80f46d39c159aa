import { Link } from '@tanstack/react-router'
import { type ReactNode } from 'react'
import { planOfPerson } from '../../care-plans/contract/queries.ts'
import { circle } from '../../care-team/contract/queries.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import { newId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { voletWord } from '../../platform/web/display/Volet.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { addCaseDecision, decisionToPlan, handDecisionTo } from '../contract/actions.ts'
import { type CaseDecision } from '../contract/conference.ts'
import type { SheetProps } from './ConferencePage.tsx'

const whole = { gridColumn: '1 / -1' }

/** Those around the table and in the circle, for the actor of a decision. */
function useActors({
  sheet,
}: SheetProps): readonly { readonly value: string; readonly label: string; readonly partyId: string | null; readonly role: string | null }[] {
  const around = useJalonQuery(circle, { personId: sheet.person.personId })
  const label = useValueLabels()
  const table = sheet.participants.map((one) => ({ value: one.partyId ?? one.id, label: one.name, partyId: one.partyId, role: one.role }))
  const others = (around.data?.members ?? [])
    .filter((member) => member.current && !table.some((one) => one.partyId === member.partyId || one.label === member.name))
    .map((member) => ({ value: member.id, label: member.name, partyId: member.partyId, role: label('care_team.role', member.roles[0]?.role ?? '') || null }))
  return [...table, ...others]
}

/** A decision, with who does it: somebody around the table, of the circle, or named by hand. */
export function DecisionForm(props: SheetProps & { readonly onDone: () => void }): ReactNode {
  const { sheet, target, onDone } = props
  const actors = useActors(props)
  const open: readonly Volet[] = (['social', 'health', 'administrative'] as const).filter((volet) => !sheet.closedVolets.includes(volet))
  const form = useActionForm(addCaseDecision, {
    target,
    draftKey: `caseConferences.decision:${sheet.conference.id}`,
    initialValues: () => ({ id: newId() as string, words: '', volet: (open[0] ?? 'administrative') as Volet, actor: '', actorName: '', dueOn: '' }),
    toInput: ({ actor, actorName, ...typed }) => {
      const one = actors.find(({ value }) => value === actor)
      return {
        ...typed,
        conferenceId: sheet.conference.id,
        actorPartyId: one?.partyId ?? null,
        actorName: one?.label ?? actorName,
        actorRole: one?.role ?? null,
      }
    },
    onDone,
  })
  return (
    <Form form={form}>
      <AreaField {...form.field('words')} label="Ce qui est décidé" rows={2} autoFocus />
      <SelectField {...form.field('actor')} label="Qui le fait" span={12} placeholder="Quelqu’un d’autre" options={actors} />
      {form.values.actor === '' ? <TextField {...form.field('actorName')} label="Son nom" span={12} /> : null}
      <DayField {...form.field('dueOn')} label="Pour le" optional span={12} />
      <SegmentedChoice {...form.field('volet')} label="Volet" span={12} options={open.map((value) => ({ value, label: voletWord(value) }))} />
      <div style={whole}>
        <FormFoot form={form} submit="Noter la décision" />
      </div>
    </Form>
  )
}

/** Refused by one, given to another. */
export function HandForm(props: SheetProps & { readonly decision: CaseDecision; readonly onDone: () => void }): ReactNode {
  const { decision, target, onDone } = props
  const actors = useActors(props).filter((one) => one.partyId !== decision.actorPartyId || one.partyId === null)
  const form = useActionForm(handDecisionTo, {
    target,
    initialValues: { actor: '', actorName: '' },
    toInput: ({ actor, actorName }) => {
      const one = actors.find(({ value }) => value === actor)
      return {
        id: decision.id,
        baseVersion: decision.version,
        actorPartyId: one?.partyId ?? null,
        actorName: one?.label ?? actorName,
        actorRole: one?.role ?? null,
      }
    },
    onDone,
  })
  return (
    <Form form={form}>
      <SelectField {...form.field('actor')} label="Qui le fait" span={12} placeholder="Quelqu’un d’autre" options={actors} />
      {form.values.actor === '' ? <TextField {...form.field('actorName')} label="Son nom" span={12} /> : null}
      <div style={whole}>
        <FormFoot form={form} submit="Confier" />
      </div>
    </Form>
  )
}

/** Under which objective of the plan being written. */
export function ToPlan(props: SheetProps & { readonly decision: CaseDecision; readonly onDone: () => void }): ReactNode {
  const { decision, sheet, target, onDone } = props
  const plan = useJalonQuery(planOfPerson, { personId: sheet.person.personId })
  const objectives = (plan.data?.plan?.content.problems ?? []).flatMap((problem) =>
    problem.objectives.map((objective) => ({ value: objective.id as string, label: `${problem.title} → ${objective.title}` })),
  )
  const form = useActionForm(decisionToPlan, {
    target,
    initialValues: () => ({ id: decision.id as string, actionId: newId() as string, objectiveId: '' }),
    invalidates: ['carePlans'],
    done: 'Reprise dans le PPCS, avec son acceptation.',
    onDone,
  })
  if (plan.data === undefined) return null
  if (plan.data.plan?.state !== 'draft')
    return (
      <p className="small mut">
        {plan.data.plan === null ? 'Aucun PPCS n’est en cours de rédaction. ' : 'Le PPCS n’est pas en cours de rédaction. '}
        <Link to="/personnes/$personId/ppcs" params={{ personId: sheet.person.personId } as never}>
          Ouvrir le PPCS
        </Link>
      </p>
    )
  return (
    <Form form={form}>
      <SelectField {...form.field('objectiveId')} label="Sous quel objectif" span={12} options={objectives} />
      <div style={whole}>
        <FormFoot form={form} submit="Reprendre" />
      </div>
    </Form>
  )
}
