import { IconMapOff } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import type { ServiceId } from '../../../platform/contract/ids.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useInfiniteJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { DataTable } from '../../../platform/web/table/DataTable.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { endPerimeter } from '../../contract/actions.ts'
import { perimeter } from '../../contract/queries.ts'

/** The communes of a service today, EPCI by EPCI, and the way to take some out of it. */
export function CommuneTable(props: { readonly service: { readonly id: string; readonly name: string } }): ReactNode {
  const { service } = props
  const list = useInfiniteJalonQuery(perimeter, { serviceId: service.id })
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [lastDay, setLastDay] = useState<string>(today())
  const end = useAction(endPerimeter, undefined, {
    onDone: ({ ended }) => {
      setPicked(new Set())
      toast({ text: `${plural(ended, 'commune retirée', 'communes retirées')} du périmètre.` })
    },
  })
  const toggle = (code: string): void => setPicked((old) => new Set(old.has(code) ? [...old].filter((one) => one !== code) : [...old, code]))
  return (
    <>
      <div className="adminhead">
        <h2>{service.name}</h2>
      </div>
      {picked.size > 0 ? (
        <div className="row wrap" style={{ padding: '8px 16px', alignItems: 'flex-end' }}>
          <DayField label="Dernier jour dans le périmètre" value={lastDay} onChange={setLastDay} span={4} pivotYear={Number(today().slice(0, 4)) + 2} />
          <ActionButton
            action={end}
            input={() => ({ serviceId: service.id as ServiceId, communeCodes: [...picked], lastDay })}
            small
            ask={() =>
              confirm({
                title: `Retirer ${plural(picked.size, 'commune')} ?`,
                text: `${service.name} n’en aura plus la charge après le ${formatDay(lastDay)}. Les situations en cours ne changent pas de DAC.`,
                action: 'Retirer du périmètre',
                danger: true,
              })
            }
          >
            Retirer {plural(picked.size, 'commune')}
          </ActionButton>
        </div>
      ) : null}
      <DataTable
        list={list}
        caption={`Communes de ${service.name}`}
        unit={['commune', 'communes']}
        rowKey={(row) => row.communeCode}
        startsGroup={(row, before) => before !== undefined && before.epciName !== row.epciName}
        csv
        columns={[
          { key: 'name', head: 'Commune', cell: (row) => <Tick row={row} on={picked.has(row.communeCode)} onToggle={() => toggle(row.communeCode)} /> },
          { key: 'code', head: 'Code INSEE', width: 96, cell: (row) => row.communeCode },
          { key: 'epci', head: 'EPCI', cell: (row) => row.epciName ?? <span className="dim">aucun</span> },
          { key: 'since', head: 'Depuis', width: 104, cell: (row) => formatDay(row.startsOn) },
        ]}
        empty={
          <EmptyState icon={IconMapOff} title="Aucune commune">
            Ajoutez-en à droite : par EPCI, par département, ou en collant des codes INSEE.
          </EmptyState>
        }
      />
    </>
  )
}

type Row = OutputOf<typeof perimeter>['rows'][number]

function Tick(props: { readonly row: Row; readonly on: boolean; readonly onToggle: () => void }): ReactNode {
  return (
    <label className="facet" style={{ fontSize: 'inherit' }}>
      <input type="checkbox" checked={props.on} onChange={props.onToggle} />
      <span className={props.on ? 'box on' : 'box'} aria-hidden="true" />
      {props.row.communeName}
    </label>
  )
}
