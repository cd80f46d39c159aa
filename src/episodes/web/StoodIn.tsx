import type { ReactNode } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { addDays, dayOf, formatDay } from '../../platform/contract/dates.ts'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { displayZone } from '../../platform/web/text/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import type { day } from '../contract/queries.ts'
import { TaskList } from './TaskList.tsx'

type Task = OutputOf<typeof day>['stoodIn'][number]

/** What falls to me while a colleague is away, one list each: hers again when she is back. */
export function StoodIn({ tasks }: { readonly tasks: readonly Task[] }): ReactNode {
  const colleagues = [...new Map(tasks.map((task) => [task.assigneeId, task])).values()]
  return (
    <Section title="En l’absence de collègues" count={plural(tasks.length, 'tâche')}>
      {colleagues.map(({ assigneeId, assigneeName, awayUntil }) => {
        const words = `${assigneeName}, ${absenceWords(awayUntil)}`
        return (
          <div key={assigneeId}>
            <p className="small mut">{words}</p>
            <TaskList tasks={tasks.filter((task) => task.assigneeId === assigneeId)} label={`Tâches de ${words}`} />
          </div>
        )
      })}
    </Section>
  )
}

/** « absence jusqu’au 27/11 inclus »: `until` is the first instant at which she is back. */
function absenceWords(until: string): string {
  const zone = displayZone()
  const last = dayOf(new Date(Date.parse(until) - 1).toISOString(), zone)
  const today = dayOf(new Date().toISOString(), zone)
  if (last <= today) return 'absence jusqu’à ce soir'
  return last === addDays(today, 1) ? 'absence jusqu’à demain soir' : `absence jusqu’au ${formatDay(last).slice(0, 5)} inclus`
}
