import { useSearchParams } from 'react-router';
import type { operations } from '../../api/schema';

export type Filters = Omit<NonNullable<operations['list_messages']['parameters']['query']>, 'limit' | 'cursor'>;

const NAMES = ['session', 'state', 'direction', 'class', 'phone', 'campaign', 'code', 'text', 'from', 'to'] as const;
const NARROW = ['session', 'campaign', 'phone', 'from'] as const;
/** Words are looked for in this much, unless something else narrows the search. */
const SEARCH_DAYS = 30;
const DAY_MS = 86_400_000;

/** The filters are the address: it can be sent to somebody, and Back undoes them. */
export function useFilters() {
  const [search, setSearch] = useSearchParams();
  const filters = Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = search.get(name);
      return value ? [[name, value]] : [];
    }),
  ) as Filters;
  const set = (changes: Partial<Record<keyof Filters, string | null>>) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    // The API searches words only in a part of all messages; which part is seen in the filter.
    if (next.has('text') && !NARROW.some((name) => next.has(name))) {
      const midnight = Math.floor(Date.now() / DAY_MS) * DAY_MS;
      next.set('from', new Date(midnight - SEARCH_DAYS * DAY_MS).toISOString());
    }
    setSearch(next, { replace: true });
  };
  return { filters, set, clear: () => setSearch({}, { replace: true }), any: Object.keys(filters).length > 0 };
}
