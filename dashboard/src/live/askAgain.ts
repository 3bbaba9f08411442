import type { Query, QueryClient } from '@tanstack/react-query';

/**
 * Refetches what is shown, because it changed. A first answer that is still on its way may be older than the change,
 * and a query without data is not fetched twice at once: it is fetched once more after that answer.
 */
export async function askAgain(client: QueryClient, concerns: (query: Query) => boolean): Promise<void> {
  const isFirst = ({ state }: Query) => state.data === undefined && state.fetchStatus === 'fetching';
  const first = new Set(client.getQueryCache().findAll({ predicate: (query) => concerns(query) && isFirst(query) }));
  await client.invalidateQueries({ predicate: concerns });
  if (first.size > 0) await client.invalidateQueries({ predicate: (query) => first.has(query) });
}
