import './episodes.css'
import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { today } from '../../platform/web/text/dates.ts'
import { formatCivilName } from '../../platform/web/text/names.ts'
import { nbsp, plural } from '../../platform/web/text/typography.ts'
import type { TaskLine } from '../contract/queries.ts'
import { finishTask, resumeTask } from '../contract/tasks.ts'

/** Tasks to tick: one gesture, with « Annuler » for six seconds. What was done can be said in the file. */
export function TaskList(props: {
  readonly tasks: readonly TaskLine[]
  readonly showPerson?: boolean | undefined
  readonly label?: string | undefined
  /** Whose it is, in a list of several colleagues. */
  readonly showAssignee?: boolean | undefined
}): ReactNode {
  return (
    <ul className="lines" aria-label={props.label ?? 'Tâches'}>
      {props.tasks.map((task) => (
        <TaskItem key={task.id} task={task} showPerson={props.showPerson ?? true} showAssignee={props.showAssignee ?? false} />
      ))}
    </ul>
  )
}

interface ItemProps {
  readonly task: TaskLine
  readonly showPerson: boolean
  readonly showAssignee: boolean
}

function TaskItem(props: ItemProps): ReactNode {
  const { task } = props
  const done = task.state === 'done'
  return (
    <li className="row row--top">
      <TaskTick task={task} />
      <div className={done ? 'grow dim' : 'grow'}>
        {done ? <s>{task.title}</s> : task.title}
        <Details {...props} />
      </div>
    </li>
  )
}

/** The box to tick: done, or to do again. */
export function TaskTick({ task }: { readonly task: TaskLine }): ReactNode {
  const finish = useAction(finishTask, undefined)
  const resume = useAction(resumeTask, undefined)
  const done = task.state === 'done'
  const tick = async (): Promise<void> => {
    if (done) {
      await resume.run({ id: task.id })
      return
    }
    const output = await finish.run({ id: task.id })
    if (output !== null) toast({ text: 'Tâche faite.', undo: () => void resume.run({ id: task.id }) })
  }
  const why = finish.error ?? resume.error
  return (
    <span className="tickbox">
      <label className="tick">
        <input type="checkbox" checked={done} disabled={finish.pending || resume.pending} onChange={() => void tick()} />
        <span className={done ? 'box on' : 'box'} aria-hidden="true">
          <Ic of={IconCheck} />
        </span>
        <span className="vh">{done ? `Remettre à faire : ${task.title}` : `Faite : ${task.title}`}</span>
      </label>
      {why ? (
        <span className="small t-alert" role="alert">
          {why.detail}
        </span>
      ) : null}
    </span>
  )
}

function Details({ task, showPerson, showAssignee }: ItemProps): ReactNode {
  if (task.state === 'done') return null
  const now = today()
  const late = task.dueOn !== null && task.dueOn < now
  return (
    <>
      <div className={late ? 'small t-alert semi' : 'small mut'}>
        {showPerson && task.person !== null ? (
          <>
            <Link to="/personnes/$personId" params={{ personId: task.person.personId } as never} className="plainlink">
              {formatCivilName(task.person)}
            </Link>
            {task.dueOn === null ? '' : ' · '}
          </>
        ) : null}
        {dueWords(task, now)}
      </div>
      {task.remindedOn !== null || task.outsideName !== null || showAssignee ? (
        <div className="small mut">
          {[
            showAssignee ? (task.assigneeName ?? 'à prendre dans l’équipe') : null,
            task.outsideName === null
              ? null
              : `confiée à ${task.outsideName}${task.letterOn === null ? '' : `, courrier du ${formatDay(task.letterOn).slice(0, 5)}`}`,
            task.remindedOn === null
              ? null
              : `relancée le ${formatDay(task.remindedOn).slice(0, 5)}${task.remindedStep === 'follower' ? ' auprès du référent' : ''}`,
          ]
            .filter(Boolean)
            .join(' · ')}
          {task.outsideName === null ? null : (
            <>
              {' · '}
              <Link to="/taches/$taskId/lettre" params={{ taskId: task.id } as never}>
                {letterWords(task)}
              </Link>
            </>
          )}
        </div>
      ) : null}
    </>
  )
}

function letterWords({ letterOn, remindedOn, relaunchLetterOn }: TaskLine): string {
  if (letterOn === null) return 'Courrier à imprimer'
  const toRelaunch = remindedOn !== null && (relaunchLetterOn === null || relaunchLetterOn < remindedOn)
  return toRelaunch ? 'Courrier de relance à imprimer' : 'Courrier'
}

/** « prévu le 13/10, 2 jours de retard », « avant 12 h 00 », « pour le 20/10 ». */
export function dueWords(task: Pick<TaskLine, 'dueOn' | 'dueTime'>, now: string): string {
  if (task.dueOn === null) return ''
  const hour = task.dueTime === null ? '' : ` à${nbsp}${Number(task.dueTime.slice(0, 2))}${nbsp}h${nbsp}${task.dueTime.slice(3)}`
  if (task.dueOn < now) {
    const days = Math.round((Date.parse(now) - Date.parse(task.dueOn)) / 86_400_000)
    return `prévu le ${formatDay(task.dueOn).slice(0, 5)}, ${plural(days, 'jour')} de retard`
  }
  if (task.dueOn === now) return `aujourd’hui${hour}`
  return `pour le ${formatDay(task.dueOn).slice(0, task.dueOn.slice(0, 4) === now.slice(0, 4) ? 5 : 10)}${hour}`
}
