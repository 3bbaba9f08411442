import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

interface Page<Row> {
  items: Row[];
  next_cursor?: string | null;
}

/** What `DataList` shows. */
export interface Paged<Row> {
  rows: Row[];
  isLoading: boolean;
  isLoadingMore: boolean;
  hasMore: boolean;
  error: unknown;
  loadMore: () => void;
  retry: () => void;
}

/**
 * A list of the API by its cursor. `key` begins like that of `$api` ('get', path), so that hints find it, and holds all
 * filters:
 *
 *     usePaged(['get', '/api/v1/messages', filters], (cursor, signal) =>
 *       api.GET('/api/v1/messages', { params: { query: { ...filters, cursor } }, signal }));
 */
export function usePaged<Row>(
  key: QueryKey,
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<{ data?: Page<Row>; error?: unknown }>,
): Paged<Row> {
  const query = useInfiniteQuery({
    queryKey: [...key, 'paged'],
    queryFn: async ({ pageParam, signal }) => {
      const { data, error } = await fetchPage(pageParam, signal);
      if (!data) throw error;
      return data;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    // When filters change, the old rows stay until the new ones arrive, so that the page does not jump.
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return {
    rows,
    isLoading: query.isPending,
    isLoadingMore: query.isFetchingNextPage,
    hasMore: query.hasNextPage,
    error: query.error,
    loadMore: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
  };
}
