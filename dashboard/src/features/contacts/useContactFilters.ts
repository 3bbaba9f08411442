import { useSearchParams } from 'react-router';
import { useAddressFilters } from '../../ui/useAddressFilters';

const NAMES = ['name', 'phone', 'tag'] as const;

export type ContactFilters = Partial<Record<(typeof NAMES)[number], string>>;

/** In `?new&phone=+62...` the same words are about the person to be added. */
export function useContactFilters() {
  const [search] = useSearchParams();
  const of = useAddressFilters(NAMES);
  return search.has('new') ? { ...of, filters: {}, any: false } : of;
}
