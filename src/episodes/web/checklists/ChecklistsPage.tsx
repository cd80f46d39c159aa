import '../episodes.css'
import { IconArrowLeft } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { dayOf, formatDay } from '../../../platform/contract/dates.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction, verdictOf } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button, ButtonLink } from '../../../platform/web/display/Button.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { Bar, CenterColumn, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { TabLinks } from '../../../platform/web/layout/TabLinks.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { displayZone } from '../../../platform/web/text/dates.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { administrationPlacesFor } from '../../../territory/contract/administration-places.ts'
import { publishPractice } from '../../contract/practices.ts'
import { checklists, returnToRegionalChecklist, setChecklist } from '../../contract/sequences.ts'
import { ChecklistEditor, type WrittenMoment } from './ChecklistEditor.tsx'
import { ChecklistPreview } from './ChecklistPreview.tsx'

const ofTheRegion = 'liste de la région'
type Row = OutputOf<typeof checklists>['rows'][number]

/** « Séquences critiques »: what is looked at, and when, for each kind. Written, seen as a référent will see it, then published; every version is kept. */
export function ChecklistsPage(): ReactNode {
  const query = useJalonQuery(checklists, {})
  const { filters, setFilter } = useUrlFilters({ sequence: 'code' })
  const label = useValueLabels()
  const actor = useActor()
  const ofRegion = actor.serviceKind !== 'dac'
  return (
    <Page title="Séquences critiques">
      <Bar
        title={ofRegion ? 'Administration' : 'Listes des séquences critiques'}
        end={
          ofRegion ? undefined : (
            <ButtonLink small icon={IconArrowLeft} to="/equipe">
              Équipe
            </ButtonLink>
          )
        }
      />
      {ofRegion ? (
        <div className="admintabs">
          <TabLinks label="Administration" tabs={administrationPlacesFor(actor)} />
        </div>
      ) : null}
      <QueryState query={query}>
        {({ rows }) => {
          const row = rows.find(({ kind }) => kind === filters.sequence) ?? (rows[0] as Row)
          return (
            <Columns kind="desk" drawerLabel="Aperçu">
              <SideColumn side="left" label="Séquences">
                <ul className="lines" aria-label="Séquences">
                  {rows.map((one) => (
                    <li key={one.kind}>
                      <button
                        type="button"
                        className="linklike checklist__kind"
                        aria-current={one.kind === row.kind ? 'true' : undefined}
                        onClick={() => setFilter('sequence', one.kind)}
                      >
                        <b>{label('episodes.critical_sequence', one.kind)}</b>
                      </button>
                      <div className="small mut">
                        {one.from === 'starter'
                          ? 'Liste de départ'
                          : !ofRegion && one.from === 'region'
                            ? 'Liste de la région'
                            : `Version ${one.version}, ${one.editedByName ?? ''}`}
                      </div>
                    </li>
                  ))}
                </ul>
              </SideColumn>
              <OneList key={`${row.kind} ${row.version}`} row={row} />
            </Columns>
          )
        }}
      </QueryState>
    </Page>
  )
}

function OneList({ row }: { readonly row: Row }): ReactNode {
  const label = useValueLabels()
  const actor = useActor()
  const ofRegion = actor.serviceKind !== 'dac'
  const verdict = ofRegion ? verdictOf(publishPractice, actor, undefined as never, { ofRegion }) : verdictOf(setChecklist, actor, undefined as never)
  const [written, setWritten] = useState<readonly WrittenMoment[]>(row.moments)
  const back = useAction(returnToRegionalChecklist, undefined as never, {
    onDone: () => toast({ text: 'Votre liste n’est plus en service : les prochaines séquences suivent celle de la région.' }),
  })
  const [from, setFrom] = useState<{ readonly version: number; readonly moments: readonly WrittenMoment[] } | null>(null)
  const points = written.reduce((sum, { lines }) => sum + lines.filter((line) => line.trim() !== '').length, 0)
  const name = label('episodes.critical_sequence', row.kind)
  return (
    <>
      <CenterColumn label={name}>
        <h2>{name}</h2>
        <p className="small mut">
          {plural(written.length, 'moment')}, {plural(points, 'point')}. Les séquences en cours gardent la liste de leur premier jour.
        </p>
        {verdict !== null && !verdict.allowed ? <Notice tone="neutral">{verdict.reason}</Notice> : null}
        <ChecklistEditor
          key={from?.version ?? 'current'}
          ofRegion={ofRegion}
          kind={row.kind}
          version={row.version}
          moments={from?.moments ?? row.moments}
          again={from !== null}
          mayWrite={verdict?.allowed ?? false}
          onWritten={setWritten}
        />
      </CenterColumn>
      <SideColumn side="right" label="Aperçu et versions">
        <ChecklistPreview moments={written} />
        {!ofRegion && row.from === 'service' && verdict?.allowed ? (
          <ActionButton
            small
            action={back}
            input={{ kind: row.kind, baseVersion: row.version }}
            ask={() =>
              confirm({
                title: 'Revenir à la liste de la région ?',
                text: `Les prochaines séquences « ${name} » suivront la liste de la région, et ce qu’elle en changera ; la liste de départ tant que la région n’en a pas. Celles qui sont en cours gardent la leur. Vos versions restent, et se reprennent.`,
                action: 'Revenir à la liste de la région',
              })
            }
          />
        ) : null}
        <Section title="Versions">
          {row.history.length === 0 ? (
            <p className="small mut">
              {row.from === 'region' ? 'Liste de la région.' : 'Liste de départ, proposée par Jalon.'} Publier en fait celle de{' '}
              {ofRegion ? 'la région, pour les DAC qui n’ont pas la leur' : 'votre service'}.
            </p>
          ) : null}
          <ul className="lines">
            {row.history.map((one) => (
              <li key={one.version} className="row sp wrap">
                <span className="small">
                  <b>Version {one.version}</b>{' '}
                  <span className="mut">
                    {formatDay(dayOf(one.editedAt, displayZone()))}, {one.editedByName}
                  </span>
                </span>
                {one.moments === null ? (
                  <span className="small mut">{ofTheRegion}</span>
                ) : one.version === row.version || verdict?.allowed !== true ? (
                  <span className="small mut">{one.version === row.version ? 'en service' : ''}</span>
                ) : (
                  <Button
                    small
                    quiet
                    label={`Reprendre la version ${one.version}`}
                    onClick={() => setFrom({ version: one.version, moments: one.moments ?? [] })}
                  >
                    Reprendre
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Section>
      </SideColumn>
    </>
  )
}
