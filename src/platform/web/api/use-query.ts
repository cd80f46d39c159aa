import {
  type InfiniteData,
  keepPreviousData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useCallback } from 'react'
import type { AnyQuery, OutputOf, RawInputOf } from '../../contract/action.ts'
import type { ApiError } from './api-error.ts'
import { callQuery } from './client.ts'

/** 'carePlan.sign' belongs to 'carePlan': what is thrown away together when something of it changes. */
export function capabilityOf(name: string): string {
  return name.slice(0, name.indexOf('.'))
}

/** Key of a query in the cache. The first part is the capability. */
export function queryKeyOf(contract: AnyQuery, input?: unknown): readonly unknown[] {
  return input === undefined ? [capabilityOf(contract.name), contract.name] : [capabilityOf(contract.name), contract.name, input]
}

export interface QueryOptions {
  /** False waits: an id is not known yet, a text is too short. */
  readonly enabled?: boolean | undefined
  /** Keeps showing the former answer while another input loads: for filters and suggestions. */
  readonly keepPrevious?: boolean | undefined
  /** Milliseconds during which the answer is not asked again; 30 s by default, since events say what changed. */
  readonly staleTime?: number | undefined
}

/** Reads a query and keeps the answer fresh. */
export function useJalonQuery<C extends AnyQuery>(contract: C, input: RawInputOf<C>, options: QueryOptions = {}): UseQueryResult<OutputOf<C>, ApiError> {
  return useQuery<OutputOf<C>, ApiError>({
    queryKey: queryKeyOf(contract, input),
    queryFn: ({ signal }) => callQuery(contract, input, signal),
    enabled: options.enabled ?? true,
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData as never } : {}),
  })
}

/** The shape that lists answer with: rows, and the cursor of what follows. `total` only when the server counted it. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
  readonly total?: number | null | undefined
}

export type RowOf<C extends AnyQuery> = OutputOf<C> extends Page<infer Row> ? Row : never

export interface ListQuery<C extends AnyQuery> {
  readonly contract: C
  readonly input: RawInputOf<C>
  readonly rows: readonly RowOf<C>[]
  /** Null until counted, or when the server does not count. */
  readonly total: number | null
  readonly hasMore: boolean
  readonly more: () => void
  readonly loading: boolean
  readonly loadingMore: boolean
  readonly error: ApiError | null
  readonly retry: () => void
}

/** Reads a list page after page. Takes a query whose input has `cursor` and whose output is a `Page`. */
export function useInfiniteJalonQuery<C extends AnyQuery>(contract: C, input: RawInputOf<C>, options: QueryOptions = {}): ListQuery<C> {
  const query: UseInfiniteQueryResult<InfiniteData<Page<RowOf<C>>>, ApiError> = useInfiniteQuery({
    queryKey: queryKeyOf(contract, input),
    queryFn: ({ pageParam, signal }) => callQuery(contract, { ...(input as object), cursor: pageParam } as RawInputOf<C>, signal) as Promise<Page<RowOf<C>>>,
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<RowOf<C>>) => last.next,
    enabled: options.enabled ?? true,
    ...(options.keepPrevious === false ? {} : { placeholderData: keepPreviousData }),
  })
  const { fetchNextPage, refetch } = query
  return {
    contract,
    input,
    rows: query.data?.pages.flatMap((page) => page.rows) ?? [],
    total: query.data?.pages[0]?.total ?? null,
    hasMore: query.hasNextPage,
    more: useCallback(() => void fetchNextPage(), [fetchNextPage]),
    loading: query.isPending,
    loadingMore: query.isFetchingNextPage,
    error: query.error,
    retry: useCallback(() => void refetch(), [refetch]),
  }
}

/** Gives the function that throws away what is known of capabilities, or of one query: `invalidate('carePlan', openRequests)`. */
export function useInvalidate(): (...what: readonly (string | AnyQuery)[]) => Promise<void> {
  const client = useQueryClient()
  return useCallback(
    async (...what) => {
      await Promise.all(what.map((one) => client.invalidateQueries({ queryKey: typeof one === 'string' ? [one] : queryKeyOf(one) })))
    },
    [client],
  )
}
