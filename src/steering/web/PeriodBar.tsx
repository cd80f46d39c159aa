import { type ReactNode, useState } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Segmented } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { today } from '../../platform/web/text/dates.ts'
import { services } from '../../territory/contract/queries.ts'
import { monthAround, usualPeriods } from './period.ts'
import type { SteeringScope } from './use-scope.ts'

/** The days that are counted, and for the region whose figures they are. */
export function PeriodBar({ steering }: { readonly steering: SteeringScope }): ReactNode {
  const { scope, setFilter, region } = steering
  const usual = usualPeriods(today(), region)
  const chosen = (Object.entries(usual).find(([, period]) => period.from === scope.from && period.to === scope.to)?.[0] ?? 'other') as
    | 'month'
    | 'year'
    | 'lastYear'
    | 'other'
  const choose = (name: 'month' | 'year' | 'lastYear' | 'other'): void => {
    if (name === 'other') return
    setFilter('from', usual[name].from)
    setFilter('to', usual[name].to)
  }
  return (
    <>
      <Segmented
        label="Période"
        value={chosen}
        onChange={choose}
        options={[
          { value: 'month', label: 'Mois écoulé' },
          { value: 'year', label: `${formatDay(usual.year.from).slice(0, 5)} au ${formatDay(usual.year.to)}` },
          { value: 'lastYear', label: usual.lastYear.from.slice(0, 4) },
        ]}
      />
      <div className="steering-days">
        <DayFilter key={`from${scope.from}`} label="Du" day={scope.from} onDay={(day) => setFilter('from', region ? monthAround(day, today()).from : day)} />
        <DayFilter key={`to${scope.to}`} label="Au" day={scope.to} onDay={(day) => setFilter('to', region ? monthAround(day, today()).to : day)} />
        {region ? <ServiceField value={scope.serviceId} onChange={(id) => setFilter('service', id)} /> : null}
      </div>
    </>
  )
}

function ServiceField({ value, onChange }: { readonly value: string | null; readonly onChange: (id: string | null) => void }): ReactNode {
  const dacs = useJalonQuery(services, { kinds: ['dac'], limit: 200 })
  const options = (dacs.data?.rows ?? []).map((service) => ({ value: service.id as string, label: service.name }))
  return <SelectField label="Service" placeholder="Toute la région" value={value ?? ''} onChange={(id) => onChange(id === '' ? null : id)} options={options} />
}

/** What is typed stays in the field until it is a day: the address holds whole days only. */
function DayFilter({ label, day, onDay }: { readonly label: string; readonly day: string; readonly onDay: (day: string) => void }): ReactNode {
  const [typed, setTyped] = useState(day)
  return (
    <DayField
      label={label}
      value={typed}
      onChange={(next) => {
        setTyped(next)
        if (/^\d{4}-\d{2}-\d{2}$/.test(next) && next !== day) onDay(next)
      }}
    />
  )
}
