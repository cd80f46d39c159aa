import './imports.css'
import { IconDatabase } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useInfiniteJalonQuery, useInvalidate, useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { LongWork, type WorkState } from '../../../platform/web/display/LongWork.tsx'
import { EmptyState, Notice } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Bar, CenterColumn, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { TabLinks } from '../../../platform/web/layout/TabLinks.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { DataTable } from '../../../platform/web/table/DataTable.tsx'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { formatInstant } from '../../../platform/web/text/dates.ts'
import { formatNumber, formatSize } from '../../../platform/web/text/numbers.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { administrationPlacesFor } from '../../../territory/contract/administration-places.ts'
import { cancelImport } from '../../contract/actions.ts'
import { directoryFeeds } from '../../contract/feeds.ts'
import { fileSources, sourceNames } from '../../contract/import-sources.ts'
import { directoryImports, directorySources, type ImportRow } from '../../contract/queries.ts'
import { FeedPanel, FeedTable } from './Feeds.tsx'
import { RejectedLines } from './RejectedLines.tsx'
import { SendFile } from './SendFile.tsx'

const stateWords: Readonly<Record<ImportRow['state'], string>> = {
  receiving: 'Envoi en cours',
  waiting: 'En attente',
  running: 'En cours',
  done: 'Terminé',
  failed: 'Arrêté',
  cancelled: 'Annulé',
}
const unfinished = (row: ImportRow): boolean => row.state === 'waiting' || row.state === 'running'

/** The national directories: how fresh they are, a file to import, what became of the others. */
export function ImportsPage(): ReactNode {
  const { filters, setFilter } = useUrlFilters({ import: 'id', flux: 'code' })
  const list = useInfiniteJalonQuery(directoryImports, {})
  const invalidate = useInvalidate()
  const feeds = useJalonQuery(directoryFeeds, {})
  useEvents(['directory.feed.*', 'directory.import.*'])
  const live = list.rows.find(unfinished)
  const moving = live !== undefined || feeds.data?.rows.some((feed) => feed.state === 'running') === true
  useEffect(() => {
    if (!moving) return
    const timer = setInterval(() => void invalidate(directoryImports, directorySources, directoryFeeds), 1500)
    return () => clearInterval(timer)
  }, [moving, invalidate])
  const cancel = useAction(cancelImport, undefined)
  const stopReading = async (id: Parameters<typeof cancel.run>[0]['id'], fileName: string): Promise<void> => {
    const sure = await confirm({
      title: 'Arrêter cet import ?',
      text: `La lecture de ${fileName} s’interrompt : il faudra la recommencer.`,
      action: 'Arrêter l’import',
      danger: true,
    })
    if (sure) void cancel.run({ id })
  }
  const chosen = list.rows.find((row) => row.id === filters.import)
  const feed = feeds.data?.rows.find((row) => row.code === filters.flux)
  return (
    <Page title="Référentiels et imports">
      <Bar title="Administration" />
      <div className="admintabs">
        <TabLinks label="Administration" tabs={administrationPlacesFor(useActor())} />
      </div>
      <Columns kind="list" drawerLabel="Rapport">
        <SideColumn side="left" label="Référentiels">
          <Sources />
        </SideColumn>
        <CenterColumn label="Importer et suivre" flush>
          <div className="stack stack--3" style={{ padding: 16 }}>
            {live ? (
              <LongWork
                title={`${sourceNames[live.source]} · ${live.fileName}`}
                state={stateOf(live)}
                done={isPaged(live) ? live.done : Math.round(live.done / 1024)}
                total={live.total === null || live.total === 0 ? null : isPaged(live) ? live.total : Math.round(live.total / 1024)}
                unit={isPaged(live) ? 'fiches lues' : 'Kio lus'}
                rejected={live.rejected}
                onCancel={() => void stopReading(live.id, live.fileName)}
              />
            ) : (
              <SendFile
                onSent={(importId) => {
                  if (importId !== null) setFilter('import', importId)
                  void invalidate('directory')
                }}
              />
            )}
            {feeds.data ? <FeedTable feeds={feeds.data.rows} chosen={filters.flux} /> : null}
          </div>
          <DataTable
            list={list}
            caption="Imports"
            unit={['import', 'imports']}
            rowKey={(row) => row.id}
            rowLink={(row) => ({ to: '.', search: ((old: Record<string, unknown>) => ({ ...old, import: row.id })) as never })}
            columns={[
              { key: 'file', head: 'Fichier', cell: (row) => row.fileName },
              { key: 'source', head: 'Répertoire', width: 96, cell: (row) => sourceNames[row.source] },
              { key: 'when', head: 'Le', width: 150, cell: (row) => formatInstant(row.createdAt) },
              {
                key: 'state',
                head: 'État',
                width: 110,
                cell: (row) => (
                  <StatusPill tone={row.state === 'done' ? 'success' : row.state === 'failed' ? 'alert' : 'neutral'}>{stateWords[row.state]}</StatusPill>
                ),
              },
              { key: 'rejected', head: 'Refusées', num: true, width: 84, cell: (row) => (row.rejected > 0 ? formatNumber(row.rejected) : '') },
            ]}
            empty={
              <EmptyState icon={IconDatabase} title="Aucun import">
                Les extraits se téléchargent sur le site de l’Annuaire Santé (RPPS) et sur data.gouv.fr (FINESS+).
              </EmptyState>
            }
          />
        </CenterColumn>
        <SideColumn side="right" label="Rapport d’un import">
          {chosen ? (
            <Report row={chosen} />
          ) : feed ? (
            <FeedPanel feed={feed} onReport={(importId) => setFilter('import', importId)} />
          ) : (
            <p className="mut">Choisissez un import pour lire son rapport : ce qui a changé, et chaque ligne refusée avec sa raison.</p>
          )}
        </SideColumn>
      </Columns>
    </Page>
  )
}

/** Read page by page from a service: records are counted, not bytes. */
const isPaged = (row: ImportRow): boolean => row.source === 'ror' || row.source === 'annuaire'

function stateOf(row: ImportRow): WorkState {
  return row.state === 'waiting' || row.state === 'receiving' ? 'suspended' : row.state
}

function Sources(): ReactNode {
  const sources = useJalonQuery(directorySources, {})
  return (
    <QueryState query={sources}>
      {(data) => (
        <>
          {fileSources.map((code) => {
            const source = data.sources.find((one) => one.code === code)
            return (
              <Section key={code} title={sourceNames[code]}>
                {source ? (
                  <p className="small mut">
                    Édition du {formatDay(source.edition ?? source.importedAt)}, importée le {formatDay(source.importedAt)}.
                    <br />
                    {code === 'rpps' ? `${plural(data.professionals, 'professionnel')}.` : code === 'finess' ? `${plural(data.structures, 'site')}.` : null}
                  </p>
                ) : (
                  <p className="small mut">Jamais importé.</p>
                )}
              </Section>
            )
          })}
          <Section title="Fiches locales">
            <p className="small mut">{formatNumber(data.localCards)}, tenues par les services. Aucun import n’y touche.</p>
          </Section>
          <p className="small dim">
            Qui disparaît d’un répertoire national disparaît aussitôt de l’annuaire : la loi le demande. Les dossiers gardent le nom écrit à l’époque.
          </p>
        </>
      )}
    </QueryState>
  )
}

function Report(props: { readonly row: ImportRow }): ReactNode {
  const { row } = props
  return (
    <>
      <div className="stack">
        <h2>{sourceNames[row.source]}</h2>
        <p className="mut">
          {row.fileName}, {formatSize(row.byteLength)}, demandé par {row.requestedByName} le {formatInstant(row.createdAt)}
        </p>
      </div>
      {row.failure ? (
        <Notice tone={row.state === 'failed' ? 'alert' : 'neutral'} live>
          {row.failure}
        </Notice>
      ) : null}
      {row.state === 'done' ? (
        <dl className="kv">
          <dt>Lues</dt>
          <dd>{formatNumber(row.lines)}</dd>
          <dt>Ajoutées</dt>
          <dd>{formatNumber(row.added)}</dd>
          <dt>Modifiées</dt>
          <dd>{formatNumber(row.changed)}</dd>
          <dt>Retirées</dt>
          <dd>{formatNumber(row.removed)}</dd>
          <dt>Refusées</dt>
          <dd>{formatNumber(row.rejected)}</dd>
        </dl>
      ) : null}
      {row.rejected > 0 ? <RejectedLines importId={row.id} /> : null}
    </>
  )
}
