import '../../../platform/web/table/table.css'
import { IconEye, IconEyeOff, IconList } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { Bar, CenterColumn, Columns, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { today } from '../../../platform/web/text/dates.ts'
import { editValue } from '../../contract/actions.ts'
import { valueSetDetail, valueSets } from '../../contract/queries.ts'
import { AdministrationTabs } from '../AdministrationTabs.tsx'
import { Pick } from '../Pick.tsx'
import { ValueSide } from './ValueSide.tsx'

const origins = { national: 'Liste nationale', regional: 'Liste de la région', local: 'Liste de Jalon, faute de liste nationale publique' } as const

/** The lists of the trade as the region has them: it adds, hides and maps; nothing that was used is ever deleted. */
export function ValueSetsPage(): ReactNode {
  const { filters } = useUrlFilters({ liste: 'code', valeur: 'code' })
  const sets = useJalonQuery(valueSets, {})
  return (
    <Page title="Listes de valeurs">
      <Bar title="Administration" />
      <AdministrationTabs />
      <Columns kind="dir" drawerLabel="Valeur">
        <SideColumn side="left" label="Listes" flush>
          <QueryState query={sets}>
            {(data) => (
              <div className="adminpicks">
                {[...data.sets]
                  .sort((a, b) => a.title.localeCompare(b.title, 'fr'))
                  .map((set) => (
                    <Pick
                      key={set.code}
                      on={set.code === filters.liste}
                      search={{ liste: set.code, valeur: undefined }}
                      title={set.title}
                      end={set.values.filter((value) => !value.hidden).length}
                    />
                  ))}
              </div>
            )}
          </QueryState>
        </SideColumn>
        <CenterColumn label="Valeurs" flush>
          {filters.liste ? (
            <Values setCode={filters.liste} chosen={filters.valeur ?? null} />
          ) : (
            <div style={{ padding: 16 }}>
              <EmptyState icon={IconList} title="Choisissez une liste">
                On y ajoute des valeurs de la région, on en masque, on leur donne leur code national.
              </EmptyState>
            </div>
          )}
        </CenterColumn>
        <SideColumn side="right" label="Valeur">
          {filters.liste ? <ValueSide key={`${filters.liste} ${filters.valeur ?? ''}`} setCode={filters.liste} chosen={filters.valeur ?? null} /> : null}
        </SideColumn>
      </Columns>
    </Page>
  )
}

function Values(props: { readonly setCode: string; readonly chosen: string | null }): ReactNode {
  const query = useJalonQuery(valueSetDetail, { code: props.setCode }, { keepPrevious: true })
  const edit = useAction(editValue, undefined)
  const show = async (value: { readonly code: string; readonly label: string }, shown: boolean): Promise<void> => {
    const change = (hidden: boolean) => edit.run({ setCode: props.setCode, code: value.code, changes: { hidden } })
    if ((await change(!shown)) !== null) toast({ text: `« ${value.label} » ${shown ? 'proposée' : 'masquée'}.`, undo: () => void change(shown) })
  }
  return (
    <QueryState query={query}>
      {(set) => (
        <>
          <div className="adminhead">
            <h2 className="grow">{set.title}</h2>
            <span className="small mut">
              {origins[set.origin]}, version {set.version}
            </span>
          </div>
          <table className="tbl tbl--rows">
            <caption className="vh">{set.title}</caption>
            <thead>
              <tr>
                <th scope="col">Valeur</th>
                <th scope="col">Code national</th>
                <th scope="col">État</th>
                <th scope="col">
                  <span className="vh">Masquer ou montrer</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {set.values.map((value) => (
                <tr key={value.code}>
                  <th scope="row" style={value.parent ? { paddingLeft: 32 } : undefined}>
                    <Link
                      to="."
                      replace
                      search={((old: Record<string, unknown>) => ({ ...old, valeur: value.code })) as never}
                      aria-current={value.code === props.chosen ? 'true' : undefined}
                    >
                      {value.label}
                    </Link>
                  </th>
                  <td>{value.nationalMapping ?? <span className="dim">à relier</span>}</td>
                  <td>
                    {value.validTo && value.validTo < today() ? (
                      <StatusPill>Close le {formatDay(value.validTo)}</StatusPill>
                    ) : value.hidden ? (
                      <StatusPill icon={IconEyeOff}>Masquée</StatusPill>
                    ) : (
                      'Proposée'
                    )}{' '}
                    {value.origin === 'regional' ? <StatusPill tone="accent">Région</StatusPill> : null}
                  </td>
                  <td className="num">
                    <Button
                      small
                      quiet
                      iconOnly
                      icon={value.hidden ? IconEye : IconEyeOff}
                      label={value.hidden ? `Montrer ${value.label}` : `Masquer ${value.label}`}
                      blocked={edit.pending}
                      onClick={() => void show(value, value.hidden)}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </QueryState>
  )
}
