import { QueryClient } from '@tanstack/react-query';

/**
 * Builds the cache of what main has told. Main is always reachable and tells of every change by an event, so nothing
 * is repeated, refetched on focus or held back while the computer is offline.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        networkMode: 'always',
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
    },
  });
}
