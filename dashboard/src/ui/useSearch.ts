import { type NavigateOptions, useSearchParams } from 'react-router';

/**
 * The query of the address, and how to change parts of it. A change starts from the address itself and not from the
 * last render, which may still be pending: it would undo the change before it.
 */
export function useSearch() {
  const [search, setSearch] = useSearchParams();
  const change = (changes: Record<string, string | null | undefined>, options?: NavigateOptions) => {
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setSearch(next, options);
  };
  return { search, change };
}
