import { type Query, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from '../../platform/web/api/api-error.ts'
import { isNetworkError } from '../../platform/web/api/client.ts'
import { personOf } from './file/sight-watch.ts'

/**
 * Answers are kept five minutes; events say what changed, so nothing is asked again for 30 seconds, except what is about a person: each
 * click asks again, since a right may have ended meanwhile. Only a lost network is worth repeating.
 */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: forgetWhatIsClosed }),
  defaultOptions: {
    queries: {
      staleTime: (query) => (personOf(query) === undefined ? 30_000 : 0),
      gcTime: 300_000,
      networkMode: 'always',
      retry: (count, error) => isNetworkError(error) && count < 3,
      retryDelay: (attempt) => Math.min(1_000 * 2 ** attempt, 8_000),
    },
  },
})

/**
 * A right may end while a file is open (opposition, end of the équipe de soins): what was read before goes from the screen with the first
 * refusal, and everything else about that person is asked again.
 */
function forgetWhatIsClosed(error: unknown, refused: Query<unknown, unknown>): void {
  if (!(error instanceof ApiError) || (error.status !== 403 && error.status !== 404)) return
  if (refused.state.data !== undefined) refused.setState({ ...refused.state, data: undefined })
  const personId = personOf(refused)
  if (personId === undefined) return
  void queryClient.invalidateQueries({ predicate: (other) => other !== refused && other.state.data !== undefined && personOf(other) === personId })
}
