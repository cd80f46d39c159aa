import './duplicates.css'
import { IconChecks, IconUsersGroup } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { useInfiniteJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { Segmented } from '../../platform/web/form/SegmentedChoice.tsx'
import { Bar, Card, CenterColumn, Columns, Section, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { useKey } from '../../platform/web/shell/keys.ts'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import { formatInstant } from '../../platform/web/text/dates.ts'
import { formatPersonName } from '../../platform/web/text/names.ts'
import { typo } from '../../platform/web/text/typography.ts'
import type { PairLine, PairSide, PairState } from '../contract/pair.ts'
import { duplicatePairs } from '../contract/queries.ts'

const views: Readonly<Record<string, { readonly states: readonly PairState[]; readonly label: string; readonly empty: string }>> = {
  examiner: { states: ['to_review'], label: 'À examiner', empty: 'Aucun doublon à examiner' },
  valider: { states: ['to_merge'], label: 'À valider', empty: 'Aucune fusion à valider' },
  fusionnes: { states: ['merged'], label: 'Fusionnés', empty: 'Aucune fusion' },
  ecartes: { states: ['not_duplicate'], label: 'Pas un doublon', empty: 'Aucune paire écartée' },
}

/** « Doublons »: identities that look alike, found at each creation or correction and by night; what was decided of them. */
export function DuplicatesPage(): ReactNode {
  const navigate = useNavigate()
  const { filters, setFilter } = useUrlFilters({ etat: 'code' })
  const chosen = filters.etat !== null && filters.etat !== undefined && filters.etat in views ? filters.etat : 'examiner'
  const view = views[chosen] as (typeof views)[string]
  const list = useInfiniteJalonQuery(duplicatePairs, { states: [...view.states] })
  useEvents(['duplicates.*'])
  const rows: readonly PairLine[] = list.rows
  const [at, setAt] = useState(0)
  const move = (by: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, at + by))
    setAt(next)
    document.getElementById(`paire-${rows[next]?.id}`)?.focus()
  }
  useKey('j', () => move(1), 'Paire suivante', rows.length > 0)
  useKey('k', () => move(-1), 'Paire précédente', rows.length > 0)
  useKey('o', () => void navigate({ to: '/doublons/$pairId', params: { pairId: rows[at]?.id } as never }), 'Comparer', rows.length > 0)
  return (
    <Page title="Doublons">
      <Bar title="Doublons">
        <Segmented
          inline
          label="État"
          value={chosen}
          onChange={(value) => {
            setAt(0)
            setFilter('etat', value === 'examiner' ? null : value)
          }}
          options={Object.entries(views).map(([value, { label }]) => ({ value, label }))}
        />
      </Bar>
      <Columns kind="two" drawerLabel="Comment décider">
        <CenterColumn label="Paires" ground>
          <QueryState
            query={{ data: list.loading || (list.error && rows.length === 0) ? undefined : rows, error: list.error, refetch: list.retry }}
            isEmpty={(data) => data.length === 0}
            empty={
              <EmptyState icon={IconChecks} title={view.empty}>
                Les identités sont comparées à chaque création ou correction, et toutes chaque nuit.
              </EmptyState>
            }
          >
            {(data) => (
              <Card flush>
                <ul aria-label={view.label} className="pairs">
                  {data.map((row) => (
                    <li key={row.id}>
                      <PairRow row={row} />
                    </li>
                  ))}
                </ul>
                {list.hasMore ? (
                  <div className="tablemore">
                    <Button small blocked={list.loadingMore} onClick={list.more}>
                      {list.loadingMore ? 'Chargement…' : 'Suite'}
                    </Button>
                  </div>
                ) : null}
              </Card>
            )}
          </QueryState>
        </CenterColumn>
        <SideColumn side="right" label="Comment décider">
          <Section title="Fusionner">
            <p className="small">{typo('Deux personnes différentes : l’une propose, l’autre valide. Rien n’est fusionné tout seul, et tout se défait.')}</p>
          </Section>
          <Section title="Pas un doublon">
            <p className="small">Jumeaux, homonymes, père et fils : dites-le une fois, la paire ne reviendra plus.</p>
          </Section>
          <Section title="Dans le doute">
            <p className="small">Une pièce d’identité tranche. Téléphonez avant de fusionner, et laissez la paire à examiner.</p>
          </Section>
        </SideColumn>
      </Columns>
    </Page>
  )
}

function PairRow({ row }: { readonly row: PairLine }): ReactNode {
  return (
    <Link className="pair" id={`paire-${row.id}`} to="/doublons/$pairId" params={{ pairId: row.id } as never}>
      <SideWords side={row.one} />
      <SideWords side={row.other} />
      <span className="small">{row.reasons.join(', ')}</span>
      <span className="stack small" style={{ justifyItems: 'start' }}>
        <StatusPill tone={row.level === 'same' ? 'warning' : 'neutral'} icon={IconUsersGroup}>
          {row.level === 'same' ? 'sans doute la même' : 'très proche'}
        </StatusPill>
        <span className="mut">{stateWords(row)}</span>
      </span>
    </Link>
  )
}

function SideWords({ side }: { readonly side: PairSide }): ReactNode {
  const { person, organisations, inScope } = side
  return (
    <span>
      <b>{formatPersonName(person)}</b>
      <span className="small mut" style={{ display: 'block' }}>
        {[person.birthDay ? formatDay(person.birthDay) : 'date inconnue', person.commune, organisations.join(', '), inScope ? null : 'traits partiels']
          .filter(Boolean)
          .join(' · ')}
      </span>
    </span>
  )
}

function stateWords(row: PairLine): string {
  if (row.proposedByName) return row.proposedByMe ? 'proposé par vous' : `proposé par ${row.proposedByName}`
  if (row.undone) return `fusion défaite par ${row.undone.byName}, le ${formatInstant(row.undone.at)}\u00a0: ${row.undone.reason}`
  if (row.decidedByName && row.decidedAt) return `${row.decidedByName}, le ${formatInstant(row.decidedAt)}${row.reason ? `\u00a0: ${row.reason}` : ''}`
  return `trouvé le ${formatInstant(row.foundAt)}`
}
