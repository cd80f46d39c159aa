import './liaison.css'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { Bar, CenterColumn, Columns, Section } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { TabLinks } from '../../platform/web/layout/TabLinks.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { formatInstant } from '../../platform/web/text/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { administrationPlacesFor } from '../../territory/contract/administration-places.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { type NoteTemplate, noteTemplateBook } from '../contract/note-templates.ts'
import { noteTypes } from '../contract/value-sets.ts'
import { NoteTemplateForm } from './NoteTemplateForm.tsx'
import { forWhom } from './template-words.ts'

type Row = OutputOf<typeof noteTemplateBook>['rows'][number]

/** « Modèles de notes » : the frames that the region offers to each trade, with what they were. */
export function NoteTemplatesPage(): ReactNode {
  const book = useJalonQuery(noteTemplateBook, {})
  useEvents(['liaison.noteTemplate.written'])
  const [writing, setWriting] = useState<{ readonly template: NoteTemplate | null } | null>(null)
  return (
    <Page title="Modèles de notes">
      <Bar
        title="Administration"
        end={
          <Button icon={IconPlus} onClick={() => setWriting({ template: null })}>
            Nouveau modèle
          </Button>
        }
      />
      <div className="admintabs">
        <TabLinks label="Administration" tabs={administrationPlacesFor(useActor())} />
      </div>
      <Columns kind="one">
        <CenterColumn label="Modèles de notes">
          {writing === null ? null : (
            <NoteTemplateForm key={`${writing.template?.id}${writing.template?.version}`} template={writing.template} onDone={() => setWriting(null)} />
          )}
          <QueryState query={book}>
            {({ rows }) => (
              <Section title="De la région" count={String(rows.filter(({ active }) => active).length)}>
                <ul className="lines rules">
                  {rows.map((row) => (
                    <TemplateLine key={row.id} row={row} onChange={() => setWriting({ template: row })} />
                  ))}
                </ul>
              </Section>
            )}
          </QueryState>
        </CenterColumn>
      </Columns>
    </Page>
  )
}

function TemplateLine(props: { readonly row: Row; readonly onChange: () => void }): ReactNode {
  const { row } = props
  const [versions, setVersions] = useState(false)
  return (
    <li>
      <div className="row wrap" style={{ gap: 8 }}>
        <b>{row.label}</b>
        {row.active ? null : <StatusPill>retiré</StatusPill>}
        <span className="small mut">{labelOf(noteTypes, row.type)}</span>
        <span className="end row">
          {row.earlier.length === 0 ? null : (
            <Button small quiet expanded={versions} label={`${plural(row.version, 'version')} du modèle ${row.label}`} onClick={() => setVersions(!versions)}>
              {plural(row.version, 'version')}
            </Button>
          )}
          <Button small label={`Changer le modèle ${row.label}`} onClick={props.onChange}>
            Changer
          </Button>
        </span>
      </div>
      <div className={row.active ? undefined : 'dim'}>{row.headings.join(' · ')}</div>
      <div className="small mut">{forWhom(row)}</div>
      {versions ? (
        <ol className="lines small" aria-label={`Versions de ${row.label}`} style={{ marginTop: 6 }}>
          {[row, ...row.earlier].map((one) => (
            <li key={one.version}>
              <span className="mut">
                Version {one.version}, {formatInstant(one.decidedAt)}, {one.decidedByName}
              </span>
              <br />
              {one.label} · {one.headings.join(' · ')}
              {one.active ? '' : ' · retiré'}
              {one.reason ? ` · « ${one.reason} »` : ''}
            </li>
          ))}
        </ol>
      ) : null}
    </li>
  )
}
