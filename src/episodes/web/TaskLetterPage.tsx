import './task-letter.css'
import { IconMailOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { EmptyState, Notice } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { PrintLayout } from '../../platform/web/layout/PrintLayout.tsx'
import { usePathId } from '../../platform/web/router/use-path-id.ts'
import { today } from '../../platform/web/text/dates.ts'
import { formatCivilName } from '../../platform/web/text/names.ts'
import type { TaskId } from '../contract/episode.ts'
import { taskSheet } from '../contract/queries.ts'
import { writeToTaskActor } from '../contract/tasks.ts'

type Sheet = OutputOf<typeof taskSheet>

/** What is asked of somebody outside Jalon, on paper, with the slip that she sends back; asked again, it says so. */
export function TaskLetterPage(): ReactNode {
  const id = usePathId<TaskId>('taskId')
  const query = useJalonQuery(taskSheet, { id })
  const outside = query.data?.task.outsideName ?? null
  return (
    <Page title="Courrier" hiddenHeading={query.data === undefined || outside === null}>
      <QueryState query={query}>
        {(sheet) =>
          outside === null ? (
            <div style={{ padding: 16 }}>
              <EmptyState icon={IconMailOff} title="Pas de courrier pour cette tâche">
                Elle n’est confiée à personne en dehors de Jalon.
              </EmptyState>
            </div>
          ) : (
            <Letter sheet={sheet} to={outside} />
          )
        }
      </QueryState>
    </Page>
  )
}

function Letter({ sheet, to }: { readonly sheet: Sheet; readonly to: string }): ReactNode {
  const actor = useActor()
  const { task, holderName } = sheet
  const again = task.letterOn !== null
  // Only the service that holds the task reads this page.
  const note = useAction(writeToTaskActor, { personId: task.person?.personId ?? null, holderOrg: actor.serviceId as ServiceId })
  const who = task.person === null ? null : formatCivilName(task.person)
  const sent = [
    task.letterOn === null ? null : `Courrier du ${formatDay(task.letterOn)}`,
    task.relaunchLetterOn === null ? null : `relance du ${formatDay(task.relaunchLetterOn)}`,
  ]
  return (
    <>
      <div className="no-print letternote">
        <Notice tone={again ? 'info' : 'neutral'}>
          <span className="row wrap sp">
            <span>{again ? `${sent.filter(Boolean).join(', ')}.` : 'Une fois imprimée et postée, notez-la : sans réponse, Jalon vous la rappellera.'}</span>
            {task.state === 'open' && task.relaunchLetterOn !== today() && task.letterOn !== today() ? (
              <ActionButton action={note} input={{ id: task.id }} small>
                {again ? 'Noter la relance d’aujourd’hui' : 'Noter l’envoi d’aujourd’hui'}
              </ActionButton>
            ) : null}
          </span>
        </Notice>
      </div>
      <PrintLayout
        title={again ? 'Rappel de notre demande' : 'Ce que nous vous demandons'}
        about={who ?? undefined}
        date={formatDay(today())}
        author={`${actor.displayName}, ${holderName}`}
      >
        <div className="taskletter">
          <p>
            À l’attention de <b>{to}</b>
            {task.outsideRole ? `, ${task.outsideRole}` : ''}
          </p>
          <p>Madame, Monsieur,</p>
          <p>
            {again ? `Par notre courrier du ${formatDay(String(task.letterOn))}, nous vous avons demandé` : 'Nous vous demandons'}
            {who === null ? '' : `, au sujet de ${who}`}
            {'\u00a0'}:
          </p>
          <p className="taskletter__asked">{task.title}</p>
          {task.dueOn ? <p>{again ? `Nous l’attendions pour le ${formatDay(task.dueOn)}.` : `Si possible avant le ${formatDay(task.dueOn)}.`}</p> : null}
          <p>
            {again ? 'Sauf erreur, nous n’avons pas reçu votre réponse. ' : ''}Rien ne vous est imposé{'\u00a0'}: dites-nous ce que vous pouvez faire, en
            renvoyant le coupon ci-dessous ou en appelant {holderName}.
          </p>
          <p>
            {actor.displayName}
            <br />
            {holderName}
          </p>
          <section className="taskletter__slip" aria-label="Coupon de réponse">
            <h2>Réponse à renvoyer à {holderName}</h2>
            <p>
              De {to}, au sujet de{'\u00a0'}: {task.title}
            </p>
            <p>☐ C’est fait &emsp; ☐ Ce sera fait le …… / …… / ………… &emsp; ☐ Je ne peux pas</p>
            <p>Précision{'\u00a0'}: ………………………………………………………………………………………</p>
            <p>Le …… / …… / ………… &emsp; Signature{'\u00a0'}:</p>
          </section>
        </div>
      </PrintLayout>
    </>
  )
}
