import { useSearch } from './useSearch';

/** The open row of a list, kept in the address under this name: links open it, Back closes it. */
export function useOpenRow(name: string) {
  const { search, change } = useSearch();
  const href = (id: string) => {
    const next = new URLSearchParams(search);
    next.set(name, id);
    return `?${next}`;
  };
  return { open: search.get(name), href, close: () => change({ [name]: null }, { replace: true }) };
}
