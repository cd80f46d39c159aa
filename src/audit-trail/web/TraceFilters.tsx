import { type ReactNode, useState } from 'react'
import { holds } from '../../platform/contract/actor.ts'
import { auditManners, auditOutcomes } from '../../platform/contract/audit.ts'
import { callQuery } from '../../platform/web/api/client.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { ComboField } from '../../platform/web/form/ComboField.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { useCombo } from '../../platform/web/form/use-combo.ts'
import { services, users } from '../../territory/contract/queries.ts'
import { traceTitles } from '../contract/queries.ts'
import { auditBases, basisWords, mannerWords, outcomeWords } from '../contract/words.ts'
import { SubjectSearch } from './SubjectSearch.tsx'
import { type TraceFilters as Filters, reportNumber } from './trace-filters.ts'

interface Choice {
  readonly id: string
  readonly name: string
  readonly detail?: string | undefined
}

/** What one looks for; each choice is kept in the address. */
export function TraceFilters(props: {
  readonly filters: Filters
  readonly count: number
  readonly setFilter: (name: keyof Filters, value: string | null) => void
  readonly clear: () => void
}): ReactNode {
  const { filters, setFilter } = props
  const region = holds(useActor(), 'regional_admin')
  const titles = useJalonQuery(traceTitles, {}, { staleTime: Number.POSITIVE_INFINITY }).data?.rows ?? []
  const day = (name: 'du' | 'au', label: string): ReactNode => (
    <DayField
      label={label}
      span={12}
      optional
      value={filters[name] ?? ''}
      onChange={(value) => setFilter(name, /^\d{4}-\d\d-\d\d$/.test(value) ? value : null)}
    />
  )
  const select = (name: 'issue' | 'base' | 'sortie', label: string, words: Readonly<Record<string, string>>, codes: readonly string[]): ReactNode => (
    <SelectField
      label={label}
      span={12}
      optional
      placeholder="Toutes"
      options={codes.map((code) => ({ value: code, label: words[code] ?? code }))}
      value={filters[name] ?? ''}
      onChange={(code) => setFilter(name, code || null)}
    />
  )
  return (
    <div className="form">
      {day('du', 'Du')}
      {day('au', 'Au')}
      <Picked
        label="Qui"
        value={filters.qui}
        onPick={(id) => setFilter('qui', id)}
        search={async (text, signal) =>
          (await callQuery(users, { text, limit: 8 }, signal)).rows.map((row) => ({
            id: row.id,
            name: `${row.givenName} ${row.familyName}`,
            detail: row.memberships[0]?.serviceName,
          }))
        }
      />
      {region ? (
        <Picked
          label="Service"
          value={filters.service}
          onPick={(id) => setFilter('service', id)}
          search={async (text, signal) =>
            (await callQuery(services, { text, limit: 8 }, signal)).rows.map((row) => ({ id: row.id, name: row.name, detail: row.communeName ?? undefined }))
          }
        />
      ) : null}
      <Picked
        label="Geste"
        value={filters.geste}
        shown={titles.find((one) => one.name === filters.geste)?.title}
        onPick={(id) => setFilter('geste', id)}
        search={async (text) => {
          const wanted = plain(text)
          return titles
            .filter(({ title }) => plain(title).includes(wanted))
            .slice(0, 12)
            .map(({ name, title }) => ({ id: name, name: title }))
        }}
      />
      {select('issue', 'Issue', outcomeWords, auditOutcomes)}
      {select('base', 'Base de l’accès', basisWords, auditBases)}
      {select('sortie', 'Sortie', mannerWords, auditManners)}
      <ReportNumber value={filters.signalement} onNumber={(id) => setFilter('signalement', id)} />
      {region || filters.personne !== undefined ? <SubjectSearch personId={filters.personne} onFound={(id) => setFilter('personne', id)} /> : null}
      {props.count > 0 ? (
        <div style={{ gridColumn: 'span 12' }}>
          <Button small onClick={props.clear}>
            Tout afficher
          </Button>
        </div>
      ) : null}
    </div>
  )
}

/** The traces of one restricted report, by the number that stands on its paper: without it, they are shown to its readers only. */
function ReportNumber({ value, onNumber }: { readonly value: string | undefined; readonly onNumber: (id: string | null) => void }): ReactNode {
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? value ?? ''
  return (
    <TextField
      label="N° de signalement"
      span={12}
      maxLength={200}
      hint="au pied du document remis"
      error={text.trim() !== '' && reportNumber(text) === null ? 'Un numéro entier, comme au pied du document.' : undefined}
      value={text}
      onChange={(next) => {
        const number = reportNumber(next)
        setTyped(number === null ? next : null)
        if (number !== null || value !== undefined) onNumber(number)
      }}
    />
  )
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Somebody or something by its name: typed, proposed, taken by ↵; emptied, it no longer filters. */
function Picked(props: {
  readonly label: string
  readonly value: string | undefined
  readonly shown?: string | undefined
  readonly search: (text: string, signal: AbortSignal) => Promise<readonly Choice[]>
  readonly onPick: (id: string | null) => void
}): ReactNode {
  const [typed, setTyped] = useState<string | null>(null)
  const [picked, setPicked] = useState<Choice | null>(null)
  const combo = useCombo<Choice>({
    search: props.search,
    keyOf: (one) => one.id,
    onPick: (one) => {
      setPicked(one)
      setTyped(null)
      props.onPick(one.id)
    },
  })
  const shown = picked?.id === props.value ? picked?.name : (props.shown ?? 'Choisi dans la liste')
  return (
    <ComboField
      label={props.label}
      span={12}
      optional
      combo={combo}
      value={typed ?? (props.value === undefined ? '' : (shown ?? ''))}
      onChange={(text) => {
        setTyped(text)
        if (props.value !== undefined) props.onPick(null)
      }}
      option={(one) => (
        <>
          {one.name} {one.detail === undefined ? null : <span className="small mut">{one.detail}</span>}
        </>
      )}
    />
  )
}
