import '../../../platform/web/table/table.css'
import { IconCircleCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { EmptyState, Notice } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { formatNumber } from '../../../platform/web/text/numbers.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { coverage } from '../../contract/queries.ts'

/** The communes of a département that no DAC has today. */
export function Holes(props: { readonly departmentCode: string }): ReactNode {
  const query = useJalonQuery(coverage, { departmentCode: props.departmentCode }, { keepPrevious: true })
  return (
    <QueryState query={query}>
      {({ departments, holes }) => {
        const department = departments.find((one) => one.code === props.departmentCode)
        if (holes.length === 0) {
          return (
            <div style={{ padding: 16 }}>
              <EmptyState icon={IconCircleCheck} title={`${department ? `${department.name} : t` : 'T'}outes les communes ont un DAC`}>
                {department?.dacs.join(', ')}
              </EmptyState>
            </div>
          )
        }
        return (
          <div className="stack stack--3" style={{ padding: 16 }}>
            <Notice tone="warning">
              {plural(holes.length, 'commune')} sans DAC dans {department?.name ?? 'ce département'}. Une demande qui en vient n’est adressée à personne.
            </Notice>
            <table className="tbl">
              <caption className="vh">Communes sans DAC</caption>
              <thead>
                <tr>
                  <th scope="col">Commune</th>
                  <th scope="col">Code INSEE</th>
                  <th scope="col">EPCI</th>
                  <th scope="col" className="num">
                    Habitants
                  </th>
                </tr>
              </thead>
              <tbody>
                {holes.map((hole) => (
                  <tr key={hole.communeCode}>
                    <th scope="row">{hole.communeName}</th>
                    <td>{hole.communeCode}</td>
                    <td>{hole.epciName ?? <span className="dim">aucun</span>}</td>
                    <td className="num">{hole.population === null ? '' : formatNumber(hole.population)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )
      }}
    </QueryState>
  )
}
