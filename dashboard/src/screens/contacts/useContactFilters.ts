import { useSearchParams } from 'react-router';

export interface ContactFilters {
  name?: string;
  phone?: string;
  tag?: string;
}

const NAMES = ['name', 'phone', 'tag'] as const;

/** The filters are the address. */
export function useContactFilters() {
  const [search, setSearch] = useSearchParams();
  const forming = search.has('new');
  const filters: ContactFilters = {};
  for (const name of NAMES) filters[name] = (!forming && search.get(name)) || undefined;
  const set = (changes: ContactFilters) => {
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...filters, ...changes })) if (value) next.set(name, value);
    setSearch(next, { replace: true });
  };
  return { filters, set, any: NAMES.some((name) => filters[name]), clear: () => setSearch({}, { replace: true }) };
}
