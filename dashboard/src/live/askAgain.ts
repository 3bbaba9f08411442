import type { Query, QueryClient } from '@tanstack/react-query';

/**
 * Asks again for what is shown, because it changed. A first answer that is still on its way may be older than the change,
 * and a query without an answer is not asked twice at once: it is asked once more when that has come.
 */
export async function askAgain(client: QueryClient, concerns: (query: Query) => boolean): Promise<void> {
  const isFirst = ({ state }: Query) => state.data === undefined && state.fetchStatus === 'fetching';
  const first = new Set(client.getQueryCache().findAll({ predicate: (query) => concerns(query) && isFirst(query) }));
  await client.invalidateQueries({ predicate: concerns });
  if (first.size > 0) await client.invalidateQueries({ predicate: (query) => first.has(query) });
}
