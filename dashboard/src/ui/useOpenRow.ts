import { useSearchParams } from 'react-router';

/** The open row of a list, kept in the address under this name: links open it, Back closes it. */
export function useOpenRow(name: string) {
  const [search, setSearch] = useSearchParams();
  const addressOf = (id: string | null) => {
    const next = new URLSearchParams(search);
    if (id) next.set(name, id);
    else next.delete(name);
    return next;
  };
  return {
    open: search.get(name),
    href: (id: string) => `?${addressOf(id)}`,
    close: () => setSearch(addressOf(null), { replace: true }),
  };
}
