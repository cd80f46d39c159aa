import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'

/** What an address may hold: a code of a value set, several of them, an identifier, a day. Never free text: addresses land in logs and histories. */
export type FilterKind = 'code' | 'codes' | 'id' | 'day'

export type FilterValues<F extends Readonly<Record<string, FilterKind>>> = { readonly [K in keyof F]?: F[K] extends 'codes' ? readonly string[] : string }

const shapes: Record<Exclude<FilterKind, 'codes'>, RegExp> = { code: /^[A-Za-z0-9_.:-]{1,64}$/, id: /^[0-9a-f-]{36}$/, day: /^\d{4}-\d{2}-\d{2}$/ }

/** Filters kept in the address, so that a link, a refresh and « back » show the same list. What does not have the declared shape is dropped. */
export function useUrlFilters<F extends Readonly<Record<string, FilterKind>>>(
  kinds: F,
): {
  readonly filters: FilterValues<F>
  readonly setFilter: <K extends keyof F & string>(name: K, value: FilterValues<F>[K] | null) => void
  readonly clear: () => void
  readonly count: number
} {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  // `kinds` is written in the page: its text says whether it changed.
  const declared = JSON.stringify(kinds)
  const filters = useMemo(() => readFilters(JSON.parse(declared) as F, search), [declared, search])
  const go = useCallback(
    (next: (old: Record<string, unknown>) => Record<string, unknown>) => void navigate({ to: '.', search: next as never, replace: true }),
    [navigate],
  )
  return {
    filters,
    count: Object.keys(filters).length,
    setFilter: useCallback(
      (name, value) =>
        go((old) => ({
          ...old,
          [name]: value === null || value === undefined || value.length === 0 ? undefined : Array.isArray(value) ? value.join('~') : value,
        })),
      [go],
    ),
    clear: useCallback(() => go((old) => Object.fromEntries(Object.entries(old).filter(([name]) => !(name in (JSON.parse(declared) as F))))), [go, declared]),
  }
}

/** Reads filters out of the parameters of an address; drops what does not have its shape. */
export function readFilters<F extends Readonly<Record<string, FilterKind>>>(kinds: F, search: Readonly<Record<string, unknown>>): FilterValues<F> {
  const read: Record<string, string | readonly string[]> = {}
  for (const [name, kind] of Object.entries(kinds)) {
    const value = search[name] === undefined || search[name] === null ? '' : String(search[name])
    if (kind === 'codes') {
      const codes = value.split('~').filter((one) => shapes.code.test(one))
      if (codes.length > 0) read[name] = codes
    } else if (shapes[kind].test(value)) read[name] = value
  }
  return read as FilterValues<F>
}
