import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ClearFilters } from '../../components/ClearFilters';
import { FilterInput } from '../../components/FilterInput';
import type { useContactFilters } from './useContactFilters';

const FIELDS = ['name', 'phone', 'tag'] as const;

/** Name, number and tag, looked for as one types. */
export function FilterBar({ filters, set, any, clear }: ReturnType<typeof useContactFilters>) {
  const { t } = useTranslation('contacts');
  return (
    <Group gap="xs" align="flex-end">
      {FIELDS.map((field) => (
        <FilterInput
          key={field}
          label={t(`field.${field}`)}
          value={filters[field]}
          onChange={(value) => set({ [field]: value })}
        />
      ))}
      <ClearFilters any={any} clear={clear} />
    </Group>
  );
}
