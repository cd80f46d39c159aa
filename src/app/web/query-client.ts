import { QueryClient } from '@tanstack/react-query'
import { isNetworkError } from '../../platform/web/api/client.ts'

/** Answers are kept five minutes; events say what changed, so nothing is asked again for 30 seconds. Only a lost network is worth repeating. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 300_000,
      networkMode: 'always',
      retry: (count, error) => isNetworkError(error) && count < 3,
      retryDelay: (attempt) => Math.min(1_000 * 2 ** attempt, 8_000),
    },
  },
})
