import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { formatPersonName } from '../../../platform/web/text/names.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { type FileOfParty, reasonToLeaveLabels } from '../../contract/many-files.ts'

/** The files, and what the change would make of each: chosen unless one says otherwise, or left with its reason. */
export function FilesTable(props: {
  readonly rows: readonly FileOfParty[]
  /** A whole change is asked about: each line says what becomes of it. */
  readonly asked: boolean
  readonly left: ReadonlySet<string>
  readonly onToggle: (memberId: string) => void
  readonly onAll: (all: boolean) => void
}): ReactNode {
  const { rows, asked, left } = props
  const label = useValueLabels()
  const possible = rows.filter(({ why }) => why === null)
  const chosen = possible.filter(({ memberId }) => !left.has(memberId)).length
  return (
    <fieldset className="manyfiles">
      <legend className="lab">
        {asked
          ? `${plural(chosen, 'dossier sera changé', 'dossiers seront changés')} sur ${rows.length}`
          : `Dans le cercle de ${plural(rows.length, 'personne')}`}
      </legend>
      {possible.length > 1 ? (
        <label className="manyfiles__all">
          <input type="checkbox" checked={chosen === possible.length} onChange={(event) => props.onAll(event.currentTarget.checked)} />
          Tous les dossiers possibles
        </label>
      ) : null}
      <ul className="lines">
        {rows.map((row) => (
          <li key={row.memberId} className="manyfiles__row">
            <label>
              <input
                type="checkbox"
                checked={row.why === null && !left.has(row.memberId)}
                disabled={row.why !== null}
                onChange={() => props.onToggle(row.memberId)}
              />
              <span>
                <b>{formatPersonName(row.person)}</b>
                <span className="small mut">
                  {' '}
                  {row.roles.map((role) => label('care_team.role', role)).join(', ')}, depuis le {formatDay(row.since)}
                  {row.place ? ` · ${row.place}` : ''}
                </span>
                {row.why === null ? null : <span className="small t-warning semi manyfiles__why">{reasonToLeaveLabels[row.why]}</span>}
              </span>
            </label>
            <span className="row" style={{ gap: 8 }}>
              {row.opened ? <StatusPill tone="accent">Dossier ouvert</StatusPill> : null}
              <Link className="small nw" to="/personnes/$personId/cercle" params={{ personId: row.person.personId } as never}>
                Son cercle
              </Link>
            </span>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
