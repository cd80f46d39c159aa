import './plan.css'
import { IconArrowLeft, IconEqual } from '@tabler/icons-react'
import { type ReactNode, useMemo } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ButtonLink } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { VoletChip } from '../../platform/web/display/Volet.tsx'
import { wordDiff } from '../../platform/web/form/word-diff.ts'
import { ScrollRegion } from '../../platform/web/layout/ScrollRegion.tsx'
import { plural } from '../../platform/web/text/typography.ts'
import { type Change, type Comparison, comparePlans, markWord } from '../contract/compare.ts'
import type { PlanContent, PlanProblem } from '../contract/plan.ts'
import { planVersionContent } from '../contract/queries.ts'
import { termWords, whoWords } from '../contract/words.ts'
import { usePlan } from './use-plan.ts'

const kinds = { problem: 'Problème', objective: 'Objectif', action: 'Action', criterion: 'Critère de révision', statement: 'Texte' }

/** What changed since a version, problem by problem: added, changed word by word, taken out. */
export function ComparisonView(props: { readonly from: number }): ReactNode {
  const { data } = usePlan()
  const query = useJalonQuery(planVersionContent, { id: data.id, number: props.from })
  const to = data.shows === 'living' ? data.draftNumber : null
  return (
    <div className="planpage" style={{ display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0 }}>
      <div className="bar planbar">
        <h2>
          De la version {props.from} à {to === null ? 'aujourd’hui' : `la version ${to}`}
        </h2>
        <span className="end row wrap no-print">
          {data.versions
            .filter((one) => one.number !== props.from)
            .map((one) => (
              <ButtonLink key={one.number} small quiet to="." search={{ comparer: String(one.number) } as never}>
                depuis la v&nbsp;{one.number}
              </ButtonLink>
            ))}
          <ButtonLink small icon={IconArrowLeft} to="." search={{} as never}>
            Revenir au PPCS
          </ButtonLink>
        </span>
      </div>
      <ScrollRegion className="plan" label="Ce qui a changé" region>
        <div style={{ padding: 16, maxWidth: 980 }}>
          <QueryState query={query}>{({ content, version }) => <Changes before={content} after={data.content} since={version.validatedOn} />}</QueryState>
        </div>
      </ScrollRegion>
    </div>
  )
}

function Changes(props: { readonly before: PlanContent; readonly after: PlanContent; readonly since: string }): ReactNode {
  const { before, after } = props
  const comparison = useMemo(() => comparePlans(before, after), [before, after])
  if (comparison.count === 0)
    return (
      <EmptyState icon={IconEqual} title="Rien n’a changé">
        Le plan dit la même chose que le {formatDay(props.since)}.
      </EmptyState>
    )
  const touched = after.problems.filter((problem) => touches(problem, comparison))
  return (
    <div className="stack stack--4">
      <p className="mut">
        {plural(comparison.count, 'changement')} depuis le {formatDay(props.since)}.
      </p>
      {touched.map((problem) => (
        <section key={problem.id}>
          <div className="sec">
            <h2>{problem.title}</h2>
            <span className="sec__end">
              <VoletChip volet={problem.volet} />
            </span>
          </div>
          <ul className="changes">
            <Line what="problem" title={problem.title} change={comparison.changes.get(problem.id)} />
            {problem.objectives.map((objective) => (
              <Under key={objective.id}>
                <Line what="objective" title={objective.title} change={comparison.changes.get(objective.id)} />
                {objective.actions.map((action) => (
                  <Line
                    key={action.id}
                    what="action"
                    title={action.title}
                    detail={`${whoWords(action)}, ${termWords(action)}`}
                    change={comparison.changes.get(action.id)}
                  />
                ))}
                {(comparison.removedActions.get(objective.id) ?? []).map((action) => (
                  <Line key={action.id} what="action" title={action.title} change={comparison.changes.get(action.id)} />
                ))}
              </Under>
            ))}
            {(comparison.removedObjectives.get(problem.id) ?? []).map((objective) => (
              <Line key={objective.id} what="objective" title={objective.title} change={comparison.changes.get(objective.id)} />
            ))}
          </ul>
        </section>
      ))}
      {comparison.removedProblems.length > 0 ? (
        <section>
          <h2>Problèmes retirés</h2>
          <ul className="changes">
            {comparison.removedProblems.map((problem) => (
              <Line key={problem.id} what="problem" title={problem.title} change={comparison.changes.get(problem.id)} />
            ))}
          </ul>
        </section>
      ) : null}
      <Others before={before} after={after} comparison={comparison} />
    </div>
  )
}

/** Her words, the alert plan, the criteria. */
function Others(props: { readonly before: PlanContent; readonly after: PlanContent; readonly comparison: Comparison }): ReactNode {
  const { after, before, comparison } = props
  const names = { wishes: 'Ce qui compte pour la personne', alert_plan: 'En cas de problème' }
  const statements = [...after.statements, ...before.statements.filter((one) => !after.statements.some((other) => other.id === one.id))].filter((one) =>
    comparison.changes.has(one.id),
  )
  const criteria = [...after.criteria, ...comparison.removedCriteria].filter((one) => comparison.changes.has(one.id))
  if (statements.length + criteria.length === 0) return null
  return (
    <section>
      <h2>Autour du plan</h2>
      <ul className="changes">
        {statements.map((one) => (
          <Line key={one.id} what="statement" label={names[one.kind]} title="" change={comparison.changes.get(one.id)} />
        ))}
        {criteria.map((one) => (
          <Line key={one.id} what="criterion" title={one.words} change={comparison.changes.get(one.id)} />
        ))}
      </ul>
    </section>
  )
}

function Under(props: { readonly children: ReactNode }): ReactNode {
  return props.children
}

function Line(props: {
  readonly what: keyof typeof kinds
  readonly title: string
  readonly label?: string | undefined
  readonly detail?: string | undefined
  readonly change: Change | undefined
}): ReactNode {
  const { change } = props
  if (!change) return null
  return (
    <li>
      <div className="row wrap">
        <StatusPill tone={change.mark === 'removed' ? 'neutral' : 'info'}>{markWord(change.mark, props.what)}</StatusPill>
        <span className="small dim">{props.label ?? kinds[props.what]}</span>
        <span
          className={change.mark === 'removed' ? 'is-gone' : 'semi'}
          style={change.mark === 'removed' ? { textDecoration: 'line-through', color: 'var(--ink-3)' } : undefined}
        >
          {props.title}
        </span>
        {change.mark === 'added' && props.detail ? <span className="small mut">{props.detail}</span> : null}
      </div>
      {change.fields.length > 0 ? (
        <dl>
          {change.fields.map((field) => (
            <Field key={field.field} {...field} />
          ))}
        </dl>
      ) : null}
    </li>
  )
}

/** Each part with its place in the text. */
function placed<Part extends { readonly text: string }>(parts: readonly Part[]): readonly (Part & { readonly at: number })[] {
  let at = 0
  return parts.map((part) => {
    const here = { ...part, at }
    at += part.text.length
    return here
  })
}

/** Before and after, the words that differ marked. */
function Field(props: { readonly field: string; readonly before: string; readonly after: string }): ReactNode {
  return (
    <>
      <dt>{props.field}</dt>
      <dd>
        {props.before ? (
          <div>
            <span className="vh">avant : </span>
            {placed(wordDiff(props.before, props.after)).map((part) => (part.changed ? <del key={part.at}>{part.text}</del> : part.text))}
          </div>
        ) : null}
        <div>
          <span className="vh">maintenant : </span>
          {props.after ? (
            placed(wordDiff(props.after, props.before)).map((part) => (part.changed ? <ins key={part.at}>{part.text}</ins> : part.text))
          ) : (
            <span className="dim">retiré</span>
          )}
        </div>
      </dd>
    </>
  )
}

function touches(problem: PlanProblem, { changes, removedActions, removedObjectives }: Comparison): boolean {
  return (
    changes.has(problem.id) ||
    removedObjectives.has(problem.id) ||
    problem.objectives.some(
      (objective) => changes.has(objective.id) || removedActions.has(objective.id) || objective.actions.some((action) => changes.has(action.id)),
    )
  )
}
