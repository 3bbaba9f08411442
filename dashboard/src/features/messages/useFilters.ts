import type { operations } from '../../api/schema';
import { useAddressFilters } from '../../ui/useAddressFilters';

export type Filters = Omit<NonNullable<operations['list_messages']['parameters']['query']>, 'limit' | 'cursor'>;

const NAMES = ['session', 'state', 'direction', 'class', 'phone', 'campaign', 'code', 'text', 'from', 'to'] as const;
const NARROW = ['session', 'campaign', 'phone', 'from'] as const;
/** How far back text is searched, unless another filter narrows the search. */
const SEARCH_DAYS = 30;
const DAY_MS = 86_400_000;

/** What messages are filtered by. */
export function useFilters() {
  const { filters, set: setAll, ...rest } = useAddressFilters(NAMES);
  const set = (changes: Parameters<typeof setAll>[0]) => {
    const next = { ...filters, ...changes };
    // The API searches words only in a part of all messages; which part is seen in the filter.
    if (!next.text || NARROW.some((name) => next[name])) return setAll(changes);
    const midnight = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    setAll({ ...changes, from: new Date(midnight - SEARCH_DAYS * DAY_MS).toISOString() });
  };
  return { ...rest, filters: filters as Filters, set };
}
