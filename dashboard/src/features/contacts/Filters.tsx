import { useTranslation } from 'react-i18next';
import { FilterBar } from '../../ui/FilterBar';
import { FilterInput } from '../../ui/FilterInput';
import type { useContactFilters } from './useContactFilters';

const FIELDS = ['name', 'phone', 'tag'] as const;

/** Name, number and tag, looked for as one types. */
export function Filters({ filters, set, clear }: ReturnType<typeof useContactFilters>) {
  const { t } = useTranslation('contacts');
  return (
    <FilterBar filters={filters} clear={clear}>
      {FIELDS.map((field) => (
        <FilterInput
          key={field}
          label={t(`field.${field}`)}
          value={filters[field]}
          onChange={(value) => set({ [field]: value })}
        />
      ))}
    </FilterBar>
  );
}
