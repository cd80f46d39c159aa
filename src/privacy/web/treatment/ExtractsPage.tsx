import { IconDownload, IconTable } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { downloadCsv } from '../../../platform/web/api/client.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { EmptyState, Notice } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { ScrollRegion } from '../../../platform/web/layout/ScrollRegion.tsx'
import { formatNumber } from '../../../platform/web/text/numbers.ts'
import { type ExtractTable, extractNotice, extractTables, extractTableWords } from '../../contract/extracts.ts'
import { type ExtractId, extractList, makeExtract, readExtract } from '../../contract/treatment.ts'
import { Treatment } from './Treatment.tsx'

/** De-identified extracts: a fixed list of tables for a year that is over; the secret cells carry one mark. */
export function ExtractsPage(): ReactNode {
  const list = useJalonQuery(extractList, {})
  const [chosen, setChosen] = useState<string | null>(null)
  const [table, setTable] = useState<ExtractTable>('age_sex')
  const [year, setYear] = useState('')
  const making = useAction(makeExtract, undefined, { onDone: ({ id }) => setChosen(id) })
  return (
    <Treatment title="Extraits désidentifiés">
      <QueryState query={list}>
        {(data) => {
          const wanted = Number(year || data.lastYear)
          const known = data.rows.find((row) => row.year === wanted && row.table === table)
          return (
            <>
              <Notice>{extractNotice}</Notice>
              <form
                className="form"
                onSubmit={(event) => {
                  event.preventDefault()
                  if (known) setChosen(known.id)
                  else void making.run({ id: newId<ExtractId>(), year: wanted, table })
                }}
              >
                <SelectField
                  label="Tableau"
                  name="tableau"
                  value={table}
                  onChange={(value) => setTable(value as ExtractTable)}
                  options={extractTables.map((value) => ({ value, label: extractTableWords[value].title }))}
                  span={6}
                />
                <SelectField
                  label="Année"
                  name="annee"
                  value={String(wanted)}
                  onChange={setYear}
                  options={Array.from({ length: 5 }, (_, index) => String(data.lastYear - index)).map((value) => ({ value, label: value }))}
                  span={3}
                />
                <div style={{ gridColumn: 'span 12' }}>
                  <Button main icon={IconTable} type="submit" blocked={making.pending}>
                    {known ? 'Voir l’extrait' : making.pending ? 'Calcul…' : 'Produire l’extrait'}
                  </Button>
                </div>
              </form>
              {making.error ? (
                <Notice tone="warning" live>
                  {making.error.detail}
                </Notice>
              ) : null}
              {chosen ? (
                <ExtractCard id={chosen as ExtractId} />
              ) : data.rows.length === 0 ? (
                <EmptyState icon={IconTable} title="Aucun extrait n’est encore sorti">
                  Un extrait sort une fois pour une année terminée, et ne change plus : deux extraits comparés ne doivent désigner personne.
                </EmptyState>
              ) : null}
            </>
          )
        }}
      </QueryState>
    </Treatment>
  )
}

function ExtractCard({ id }: { readonly id: ExtractId }): ReactNode {
  const extract = useJalonQuery(readExtract, { id })
  const shown = (value: number | null): string => (value === null ? 's' : formatNumber(value))
  return (
    <QueryState query={extract}>
      {(data) => (
        <Card
          title={`${extractTableWords[data.table].title}, ${data.year}`}
          count={`${data.serviceName} · sorti le ${formatDay(data.madeAt)} par ${data.madeByName}`}
          end={
            <Button small icon={IconDownload} onClick={() => void downloadCsv(readExtract, { id })}>
              CSV
            </Button>
          }
          flush
        >
          <ScrollRegion label={extractTableWords[data.table].title} className="tablescroll">
            <table className="tbl">
              <caption className="vh">{`${extractTableWords[data.table].title}, ${data.year}`}</caption>
              <thead>
                <tr>
                  <th scope="col">
                    <span className="vh">Ligne</span>
                  </th>
                  {data.columns.map((column) => (
                    <th key={column} scope="col" className="num">
                      {column}
                    </th>
                  ))}
                  <th scope="col" className="num">
                    Total
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.rows.map((row) => (
                  <tr key={row.label}>
                    <th scope="row">{row.label}</th>
                    {row.cells.map((value, index) => (
                      <td key={data.columns[index]} className="num">
                        {shown(value)}
                      </td>
                    ))}
                    <td className="num">
                      <b>{shown(row.total)}</b>
                    </td>
                  </tr>
                ))}
                <tr>
                  <th scope="row">Total</th>
                  {data.columnTotals.map((value, index) => (
                    <td key={data.columns[index]} className="num">
                      <b>{shown(value)}</b>
                    </td>
                  ))}
                  <td className="num">
                    <b>{formatNumber(data.total)}</b>
                  </td>
                </tr>
              </tbody>
            </table>
          </ScrollRegion>
        </Card>
      )}
    </QueryState>
  )
}
