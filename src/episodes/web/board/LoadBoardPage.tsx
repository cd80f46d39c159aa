import './board.css'
import { IconArrowLeft, IconUsers } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import type { OutputOf } from '../../../platform/contract/action.ts'
import type { Day } from '../../../platform/contract/dates.ts'
import type { UserId } from '../../../platform/contract/ids.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ButtonLink } from '../../../platform/web/display/Button.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { Bar } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { ScrollRegion } from '../../../platform/web/layout/ScrollRegion.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { formatWhen, today } from '../../../platform/web/text/dates.ts'
import { formatPersonName } from '../../../platform/web/text/names.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { labelOf } from '../../../territory/contract/value-sets.ts'
import { type BoardFile, loadBoard, pointsOf } from '../../contract/load-board.ts'
import type { LoadContent } from '../../contract/practices.ts'
import { teamLoad } from '../../contract/queries.ts'
import { levels } from '../../contract/value-sets.ts'
import { ProposeHandover } from './ProposeHandover.tsx'

type Colleague = OutputOf<typeof teamLoad>['rows'][number]

/** « Répartir la charge »: a column for each référent, what her files weigh, what is late. A file that is dropped elsewhere is proposed, never moved. */
export function LoadBoardPage(): ReactNode {
  const board = useJalonQuery(loadBoard, {})
  const team = useJalonQuery(teamLoad, {})
  useEvents(['episodes.*'], () => void board.refetch())
  return (
    <Page title="Répartir la charge">
      <Bar
        title="Répartir la charge"
        end={
          <ButtonLink small icon={IconArrowLeft} to="/equipe">
            Équipe
          </ButtonLink>
        }
      >
        <span className="small mut">Glissez une situation vers un collègue, ou Entrée sur elle : il reçoit une proposition.</span>
      </Bar>
      <QueryState query={board}>{({ files, points }) => <Board files={files} points={points} team={team.data?.rows ?? []} />}</QueryState>
    </Page>
  )
}

function Board({
  files,
  points,
  team,
}: {
  readonly files: readonly BoardFile[]
  readonly points: LoadContent
  readonly team: readonly Colleague[]
}): ReactNode {
  const on = today() as Day
  const [proposing, setProposing] = useState<{ readonly file: BoardFile; readonly to: UserId | null } | null>(null)
  const [over, setOver] = useState<UserId | null>(null)
  const [dragged, setDragged] = useState<BoardFile | null>(null)
  const weigh = (userId: UserId): number => files.filter(({ referentId }) => referentId === userId).reduce((sum, file) => sum + pointsOf(file, points, on), 0)
  const most = Math.max(1, ...team.map(({ userId }) => weigh(userId)))
  if (team.length === 0)
    return (
      <EmptyState icon={IconUsers} title="Personne dans l’équipe">
        Les colonnes sont celles des référents du service.
      </EmptyState>
    )
  return (
    <ScrollRegion region label="Charge par référent" className="board">
      {team.map((one) => (
        <section
          key={one.userId}
          aria-label={one.name}
          className={over === one.userId && dragged?.referentId !== one.userId ? 'board__column is-over' : 'board__column'}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(one.userId)
          }}
          onDragLeave={() => setOver((before) => (before === one.userId ? null : before))}
          onDrop={(event) => {
            event.preventDefault()
            setOver(null)
            if (dragged !== null && dragged.referentId !== one.userId) setProposing({ file: dragged, to: one.userId })
            setDragged(null)
          }}
        >
          <header className="stack" style={{ gap: 2 }}>
            <h2>{one.name}</h2>
            <span className="board__weight" role="img" aria-label={`${weigh(one.userId).toLocaleString('fr-FR')} points`}>
              <span style={{ width: `${(weigh(one.userId) / most) * 100}%` }} />
            </span>
            <span className="small mut">
              <b>{weigh(one.userId).toLocaleString('fr-FR')} points</b> · {plural(one.open, 'situation')}, dont {one.intensive} en intensif
            </span>
            <span className="small mut">
              {one.lateTasks > 0 ? <b className="t-warning">{plural(one.lateTasks, 'tâche en retard', 'tâches en retard')}</b> : 'Rien en retard'} ·{' '}
              {Math.round(one.minutes / 60)} h notées en 30 j
            </span>
          </header>
          <ul className="plain" onKeyDown={moveBetweenFiles}>
            {files
              .filter(({ referentId }) => referentId === one.userId)
              .map((file) => (
                <li key={file.episodeId}>
                  <button
                    type="button"
                    className="board__file"
                    draggable
                    onDragStart={(event) => {
                      event.dataTransfer.effectAllowed = 'move'
                      event.dataTransfer.setData('text/plain', file.episodeId)
                      setDragged(file)
                    }}
                    onDragEnd={() => {
                      setDragged(null)
                      setOver(null)
                    }}
                    onClick={() => setProposing({ file, to: null })}
                  >
                    <b className="cut">{formatPersonName(file.person)}</b>
                    <span className="small mut">
                      {file.state === 'dormant' ? 'En veille' : labelOf(levels, file.level)}
                      {file.lastContactAt === null ? ', aucun contact noté' : `, vu ${formatWhen(file.lastContactAt)}`}
                    </span>
                    {file.lateTasks > 0 ? <span className="small t-warning semi">{plural(file.lateTasks, 'tâche en retard', 'tâches en retard')}</span> : null}
                    {file.proposal ? <span className="small t-accent semi">Proposée à {file.proposal.toName}</span> : null}
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
      {proposing === null ? null : <ProposeHandover file={proposing.file} to={proposing.to} team={team} onClose={() => setProposing(null)} />}
    </ScrollRegion>
  )
}

/** ↑ ↓ within a column, ← → to the same height in the next one. */
function moveBetweenFiles(event: KeyboardEvent<HTMLElement>): void {
  const item = (event.target as HTMLElement).closest('li')
  const column = item?.closest('section')
  if (!item || !column) return
  const items = [...column.querySelectorAll('li')]
  const at = items.indexOf(item)
  const beside = event.key === 'ArrowRight' ? column.nextElementSibling : event.key === 'ArrowLeft' ? column.previousElementSibling : null
  const besideItems = beside === null ? [] : [...beside.querySelectorAll('li')]
  const next = event.key === 'ArrowDown' ? items[at + 1] : event.key === 'ArrowUp' ? items[at - 1] : besideItems[Math.min(at, besideItems.length - 1)]
  const button = next?.querySelector('button')
  if (!button) return
  event.preventDefault()
  button.focus()
}
