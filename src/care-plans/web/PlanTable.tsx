import '../../platform/web/table/table.css'
import './plan.css'
import { Fragment, type ReactNode } from 'react'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { VoletChip } from '../../platform/web/display/Volet.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { today } from '../../platform/web/text/dates.ts'
import { nbsp } from '../../platform/web/text/typography.ts'
import { type Comparison, markWord } from '../contract/compare.ts'
import type { PlanAction, PlanContent, PlanObjective, PlanProblem } from '../contract/plan.ts'
import { daysLate, termWords, whoWords } from '../contract/words.ts'
import { actionLook, objectiveLook, pronoun } from './plan-words.ts'

export interface PlanTableProps {
  readonly caption: string
  readonly content: PlanContent
  readonly comparison: Comparison | null
  readonly sex: 'F' | 'M' | 'I' | null
  /** Where a click leads while the plan is written. */
  readonly edit?:
    | {
        readonly problem: (problem: PlanProblem) => void
        readonly objective: (objective: PlanObjective, problem: PlanProblem) => void
        readonly action: (action: PlanAction, objective: PlanObjective) => void
        readonly addObjective: (problem: PlanProblem) => void
        readonly addAction: (objective: PlanObjective) => void
      }
    | undefined
  /** The cell « où on en est » when the user may say it. */
  readonly status?: ((action: PlanAction, pill: ReactNode) => ReactNode) | undefined
  /** Below who does it: her answer to give, when it is the user's. */
  readonly answer?: ((action: PlanAction) => ReactNode) | undefined
  readonly objectiveStatus?: ((objective: PlanObjective, pill: ReactNode) => ReactNode) | undefined
}

/** Problems, what was decided with her, who does what by when and where it stands. Objectives set aside stand below the table. */
export function PlanTable(props: PlanTableProps): ReactNode {
  const { content } = props
  const problems = content.problems
    .map((problem) => ({ problem, objectives: problem.objectives.filter((objective) => objective.status !== 'not_pursued') }))
    .filter(({ problem, objectives }) => objectives.length > 0 || problem.objectives.length === 0)
  return (
    <table className="tbl tbl--plan">
      <caption className="vh">{props.caption}</caption>
      <colgroup>
        <col style={{ width: 208 }} />
        <col style={{ width: 252 }} />
        <col />
        <col style={{ width: 196 }} />
        <col style={{ width: 122 }} />
        <col style={{ width: 148 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Problème</th>
          <th scope="col">Objectif décidé avec {pronoun(props.sex)}</th>
          <th scope="col">Actions</th>
          <th scope="col">Qui</th>
          <th scope="col">Quand</th>
          <th scope="col">Où on en est</th>
        </tr>
      </thead>
      <tbody>
        {problems.map(({ problem, objectives }) => (
          <ProblemRows key={problem.id} {...props} problem={problem} objectives={objectives} />
        ))}
      </tbody>
    </table>
  )
}

function ProblemRows(props: PlanTableProps & { readonly problem: PlanProblem; readonly objectives: readonly PlanObjective[] }): ReactNode {
  const { problem, objectives, edit } = props
  const span = Math.max(
    1,
    objectives.reduce((sum, objective) => sum + Math.max(1, objective.actions.length), 0),
  )
  const head = (
    <th scope="rowgroup" rowSpan={span}>
      <Marked of={problem.id} what="problem" comparison={props.comparison} />
      <Cell strong onClick={edit && (() => edit.problem(problem))}>
        {problem.title}
      </Cell>
      {problem.details ? <div className="sub">{problem.details}</div> : null}
      <div className="row" style={{ marginTop: 6 }}>
        <VoletChip volet={problem.volet} />
        {edit ? <Add words="Objectif" of={problem.title} onClick={() => edit.addObjective(problem)} /> : null}
      </div>
    </th>
  )
  if (objectives.length === 0)
    return (
      <tr className="top">
        {head}
        <td className="obj mut" colSpan={5}>
          Pas encore d’objectif.
        </td>
      </tr>
    )
  return objectives.map((objective, index) => (
    <Fragment key={objective.id}>
      <ObjectiveRows {...props} objective={objective} head={index === 0 ? head : null} />
    </Fragment>
  ))
}

function ObjectiveRows(props: PlanTableProps & { readonly problem: PlanProblem; readonly objective: PlanObjective; readonly head: ReactNode }): ReactNode {
  const { objective, problem, head, edit, comparison } = props
  const label = useValueLabels()
  const look = objectiveLook(objective.status)
  const pill = (
    <StatusPill tone={look.tone} icon={look.icon}>
      {label('care_plans.objective_status', objective.status)}
    </StatusPill>
  )
  const shownStatus = props.objectiveStatus ? props.objectiveStatus(objective, pill) : pill
  const cell = (
    <td className="obj" rowSpan={Math.max(1, objective.actions.length)}>
      <Marked of={objective.id} what="objective" comparison={comparison} />
      <Cell strong onClick={edit && (() => edit.objective(objective, problem))}>
        {objective.title}
      </Cell>
      <div className="sub">
        {objective.details} {edit ? <Add words="Action" of={objective.title} onClick={() => edit.addAction(objective)} /> : null}
      </div>
      {objective.status !== 'in_progress' ? <div style={{ marginTop: 5 }}>{shownStatus}</div> : null}
    </td>
  )
  const top = head === null ? undefined : 'top'
  if (objective.actions.length === 0)
    return (
      <tr className={top}>
        {head}
        {cell}
        <td className="mut" colSpan={4}>
          Pas encore d’action.
        </td>
      </tr>
    )
  return objective.actions.map((action, index) => (
    <ActionRow key={action.id} {...props} action={action} before={index === 0 ? [head, cell] : [null, null]} top={index === 0 ? top : undefined} />
  ))
}

function ActionRow(
  props: PlanTableProps & {
    readonly objective: PlanObjective
    readonly action: PlanAction
    readonly before: readonly [ReactNode, ReactNode]
    readonly top: string | undefined
  },
): ReactNode {
  const { action, objective, comparison, edit } = props
  const label = useValueLabels()
  const change = comparison?.changes.get(action.id)
  const late = daysLate(action, today())
  const look = actionLook(action.status)
  const word = action.status === 'refused' ? `Refusée par ${pronoun(props.sex)}` : label('care_plans.action_status', action.status)
  const pill = (
    <StatusPill tone={look.tone} icon={look.icon}>
      {word}
    </StatusPill>
  )
  const [head, cell] = props.before
  return (
    <tr className={[props.top, change ? 'chg' : null].filter(Boolean).join(' ') || undefined}>
      {head}
      {cell}
      <td>
        <Marked of={action.id} what="action" comparison={comparison} />
        <Cell onClick={edit && (() => edit.action(action, objective))}>{action.title}</Cell>
        {action.details ? <div className="sub">{action.details}</div> : null}
        {action.statusWords && action.status !== 'done' ? <div className="sub">{action.statusWords}</div> : null}
      </td>
      <td className="small">
        {whoWords(action)}
        {action.answer === 'refused' ? (
          <div className="t-warning">refuse cette action</div>
        ) : action.answer === 'accepted' ? (
          <span className="dim nw"> · a accepté</span>
        ) : null}
        {props.answer?.(action)}
      </td>
      <td className={late > 0 ? 'small t-alert semi' : 'small'}>
        {late > 0 ? `${termWords(action, today()).replace(/^avant le |^le /, '')}, retard ${late}${nbsp}j` : termWords(action, today())}
      </td>
      <td>{props.status ? props.status(action, pill) : pill}</td>
    </tr>
  )
}

/** « Ajoutée », « Modifiée »: what changed since the last validated version, in a word. */
function Marked(props: { readonly of: string; readonly what: 'problem' | 'objective' | 'action'; readonly comparison: Comparison | null }): ReactNode {
  const change = props.comparison?.changes.get(props.of)
  if (!change) return null
  return (
    <span style={{ marginRight: 6 }}>
      <StatusPill tone="info">{markWord(change.mark, props.what)}</StatusPill>
    </span>
  )
}

function Cell(props: { readonly strong?: boolean | undefined; readonly onClick?: (() => void) | undefined; readonly children: ReactNode }): ReactNode {
  if (!props.onClick) return props.strong ? <b>{props.children}</b> : props.children
  return (
    <button type="button" className={props.strong ? 'cellbtn cellbtn--strong' : 'cellbtn'} onClick={props.onClick}>
      {props.children}
    </button>
  )
}

function Add(props: { readonly words: string; readonly of: string; readonly onClick: () => void }): ReactNode {
  return (
    <span className="addline no-print">
      <button type="button" className="linklike nw" onClick={props.onClick}>
        + {props.words}
        <span className="vh"> pour {props.of}</span>
      </button>
    </span>
  )
}
