import { useSearchParams } from 'react-router';

/**
 * Filters of a list, kept in the address: it can be shared, and figures elsewhere link to the rows they counted.
 * Other parts of the address stay.
 */
export function useAddressFilters<Name extends string>(names: readonly Name[]) {
  const [search, setSearch] = useSearchParams();
  const filters: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = search.get(name);
    if (value) filters[name] = value;
  }
  const set = (changes: Partial<Record<Name, string | null>>) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries<string | null | undefined>(changes)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true },
    );
  const clear = () => set(Object.fromEntries(names.map((name) => [name, null])) as Record<Name, null>);
  return { filters, set, clear, any: Object.keys(filters).length > 0 };
}
