import type { Paged } from '../../ui/usePaged';

interface Query<Row> {
  data?: { items: Row[] };
  isPending: boolean;
  error: unknown;
  refetch: () => unknown;
}

/** A list without pages, for `DataList`. */
export const singlePage = <Row>(query: Query<Row>): Paged<Row> => ({
  rows: query.data?.items ?? [],
  isLoading: query.isPending,
  isLoadingMore: false,
  hasMore: false,
  error: query.error,
  loadMore: () => {},
  retry: () => void query.refetch(),
});
