import { useSearch } from './useSearch';

/**
 * Filters of a list, kept in the address: it can be shared, and figures elsewhere link to the rows they counted.
 * Other parts of the address stay.
 */
export function useAddressFilters<Name extends string>(names: readonly Name[]) {
  const { search, change } = useSearch();
  const filters: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = search.get(name);
    if (value) filters[name] = value;
  }
  const set = (changes: Partial<Record<Name, string | null>>) => change(changes, { replace: true });
  const clear = () => set(Object.fromEntries(names.map((name) => [name, null])) as Record<Name, null>);
  return { filters, set, clear, any: Object.keys(filters).length > 0 };
}
